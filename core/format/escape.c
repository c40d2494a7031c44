#include "format/escape.h"

#include "base/codepoint.h"

#include <stdio.h>
#include <string.h>

/* The longest escape is `\u{10ffff}`. */
#define ESCAPE_MAX 16

/* Code points that steer a terminal or hide the order of a text: C1, and the
   bidirectional controls and line separators of Unicode. */
static const struct {
	uint32_t first, last;
} harmful[] = {
	{0x80, 0x9f},
	{0x061c, 0x061c},
	{0x200e, 0x200f},
	{0x2028, 0x202e},
	{0x2066, 0x2069},
};

static bool is_harmful(uint32_t point)
{
	for (size_t i = 0; i < sizeof(harmful) / sizeof(*harmful); i++)
		if (harmful[i].first <= point && point <= harmful[i].last)
			return true;
	return false;
}

/* Writes the escape of the code point at `*at`, which it passes, and gives its
   length: 0 if the code point stays as it is. */
static size_t escape_next(
	struct str text, size_t *at, bool ascii, char to[ESCAPE_MAX])
{
	uint32_t point;
	bool valid = codepoint_next(text, at, &point);
	bool doubled = point == '#' && *at < text.len && text.s[*at] == '#';

	if (!valid || point < 0x20 || point == 0x7f || doubled)
		return (size_t)snprintf(
			to, ESCAPE_MAX, "\\x%02x", (unsigned)point);
	if (point >= 0x80 && (ascii || is_harmful(point)))
		return (size_t)snprintf(
			to, ESCAPE_MAX, "\\u{%04x}", (unsigned)point);
	return 0;
}

static size_t escaped_len(struct str text, bool ascii)
{
	char escape[ESCAPE_MAX];
	size_t at = 0, total = 0;

	while (at < text.len) {
		size_t start = at, len = escape_next(text, &at, ascii, escape);

		total += len ? len : at - start;
	}
	return total;
}

struct str escape_text(struct arena *a, struct str text, bool ascii)
{
	size_t at = 0, used = 0, total = escaped_len(text, ascii);
	char escape[ESCAPE_MAX], *to;

	/* Every escape is longer than what it stands for. */
	if (total == text.len)
		return text;
	to = arena_alloc(a, total);
	while (at < text.len) {
		size_t start = at, len = escape_next(text, &at, ascii, escape);

		memcpy(to + used, len ? escape : text.s + start,
			len ? len : at - start);
		used += len ? len : at - start;
	}
	return (struct str) {to, used};
}

struct str escape_path(struct arena *a, struct str path, bool ascii)
{
	struct str safe = escape_text(a, path, ascii);

	if (path.len && str_find(STR(":#-"), path.s[0]) < 3)
		return arena_print(a, "./%.*s", STR_ARG(safe));
	return safe;
}

/* The first `n` code points of `text`. */
static struct str first_points(struct str text, size_t n)
{
	size_t at = 0;
	uint32_t point;

	while (n-- > 0 && at < text.len)
		codepoint_next(text, &at, &point);
	return str_slice(text, 0, at);
}

struct str escape_cut(
	struct arena *a, struct str text, size_t width, bool ascii)
{
	struct str dots = ascii ? STR("...") : STR("…");
	size_t n_dots = ascii ? 3 : 1;
	struct str kept;

	if (first_points(text, width).len == text.len)
		return text;
	if (width < n_dots)
		return first_points(dots, width);
	kept = first_points(text, width - n_dots);
	return arena_print(a, "%.*s%.*s", STR_ARG(kept), STR_ARG(dots));
}
