#include "format/jsonextent.h"

/* Levels of brackets whose kind is remembered. */
#define KINDS 64

/* Behind the closing quote of the string at `at`, or SIZE_MAX: a quote closes
   if an even number of backslashes stands before it. */
static size_t string_extent(struct str text, size_t at)
{
	size_t first = at + 1, quote = at;

	for (;;) {
		size_t n = 0;

		quote += 1 +
			 str_find(str_slice(text, quote + 1, text.len), '"');
		if (quote >= text.len)
			return SIZE_MAX;
		while (quote - n > first && text.s[quote - n - 1] == '\\')
			n++;
		if (n % 2 == 0)
			return quote + 1;
	}
}

struct brackets {
	uint64_t arrays; /* kinds of the innermost 64 */
	size_t depth;
	size_t lost; /* outermost ones whose kind was pushed out */
};

static void count_open(struct brackets *open, bool is_array)
{
	open->arrays = open->arrays << 1 | is_array;
	open->depth++;
	if (open->depth > open->lost + KINDS)
		open->lost = open->depth - KINDS;
}

/* False if the innermost bracket is of the other kind. */
static bool count_close(struct brackets *open, bool is_array)
{
	if (open->depth > open->lost && (open->arrays & 1) != is_array)
		return false;
	if (open->depth == open->lost)
		open->lost--;
	open->arrays >>= 1;
	open->depth--;
	return true;
}

/* False if `c` is a bracket that does not match. */
static bool count(struct brackets *open, char c)
{
	if (c == '{' || c == '[')
		count_open(open, c == '[');
	if (c == '}' || c == ']')
		return count_close(open, c == ']');
	return true;
}

size_t jsonextent_end(struct str text, size_t at)
{
	struct brackets open = {0};

	while (at < text.len) {
		char c = text.s[at];
		bool ends = c == ',' || c == ']' || c == '}';

		if (open.depth == 0 && ends)
			return at;
		if (!count(&open, c))
			return SIZE_MAX;
		at = c == '"' ? string_extent(text, at) : at + 1;
		if (open.depth == 0 && ends)
			return at;
	}
	return open.depth == 0 ? at : SIZE_MAX;
}
