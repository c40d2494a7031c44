#include "base/glob.h"

#include "base/codepoint.h"

/* Stray bytes get numbers above all code points, so that they equal only
   themselves and lie in no range of letters. */
#define STRAY 0x200000u

static uint32_t next_point(struct str text, size_t *at)
{
	uint32_t point;

	return codepoint_next(text, at, &point) ? point : STRAY | point;
}

/* The next character of a pattern, `\` being taken off; false if there is
   none. */
static bool next_literal(struct str pattern, size_t *at, uint32_t *point)
{
	if (*at < pattern.len && pattern.s[*at] == '\\')
		*at += 1;
	if (*at >= pattern.len)
		return false;
	*point = next_point(pattern, at);
	return true;
}

static bool stands_at(struct str pattern, size_t at, char c)
{
	return at < pattern.len && pattern.s[at] == c;
}

/* Reads one member of a class, `a` or `a-z`; false if it is malformed. */
static bool next_member(
	struct str pattern, size_t *at, uint32_t *low, uint32_t *high)
{
	if (!next_literal(pattern, at, low))
		return false;
	*high = *low;
	if (!stands_at(pattern, *at, '-') || stands_at(pattern, *at + 1, ']'))
		return true;
	*at += 1;
	return next_literal(pattern, at, high) && *low <= *high;
}

/* The other case of an ASCII letter; any other code point itself. */
static uint32_t other_case(uint32_t point)
{
	uint32_t lower = point | 0x20;

	return 'a' <= lower && lower <= 'z' ? point ^ 0x20 : point;
}

/* Reads the class whose `[` is at `*at` and says in `*hit` if it matches
   `point` or `other`; false if it is malformed. */
static bool next_class(struct str pattern, size_t *at, uint32_t point,
	uint32_t other, bool *hit)
{
	bool negated = stands_at(pattern, *at + 1, '!'), found = false;
	uint32_t low, high;

	*at += negated ? 2 : 1;
	do {
		if (stands_at(pattern, *at, ']') ||
			!next_member(pattern, at, &low, &high))
			return false;
		found = found || (low <= point && point <= high) ||
			(low <= other && other <= high);
	} while (!stands_at(pattern, *at, ']'));
	*at += 1;
	*hit = found != negated;
	return true;
}

/* Matches one element of the pattern, no `*`, with one code point. */
static bool match_one(struct str pattern, size_t *at, struct str text,
	size_t *text_at, bool fold)
{
	uint32_t point = next_point(text, text_at), wanted;
	uint32_t other = fold ? other_case(point) : point;
	bool hit = false;

	if (stands_at(pattern, *at, '?')) {
		*at += 1;
		return true;
	}
	if (stands_at(pattern, *at, '['))
		return next_class(pattern, at, point, other, &hit) && hit;
	return next_literal(pattern, at, &wanted) &&
	       (wanted == point || wanted == other);
}

static bool match(struct str pattern, struct str text, bool fold)
{
	size_t at = 0, text_at = 0, star = SIZE_MAX, star_text = 0;

	while (text_at < text.len) {
		if (stands_at(pattern, at, '*')) {
			star = ++at;
			star_text = text_at;
			continue;
		}
		if (match_one(pattern, &at, text, &text_at, fold))
			continue;
		if (star == SIZE_MAX)
			return false;
		/* The last `*` takes one code point more. */
		next_point(text, &star_text);
		text_at = star_text;
		at = star;
	}
	while (stands_at(pattern, at, '*'))
		at++;
	return at == pattern.len;
}

bool glob_match(struct str pattern, struct str text)
{
	return match(pattern, text, false);
}

bool glob_match_fold(struct str pattern, struct str text)
{
	return match(pattern, text, true);
}

bool glob_check(struct str pattern, size_t *bad)
{
	size_t at = 0;
	uint32_t point;
	bool hit;

	while (at < pattern.len) {
		size_t start = at;
		bool good = stands_at(pattern, at, '[')
				    ? next_class(pattern, &at, 0, 0, &hit)
				    : next_literal(pattern, &at, &point);

		if (!good) {
			*bad = start;
			return false;
		}
	}
	return true;
}
