#include "base/near.h"

#include <string.h>

#define NEAR_LONGEST 64

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned near_distance(struct str left, struct str right)
{
	unsigned rows[3][NEAR_LONGEST + 1];
	unsigned *older = rows[0], *old = rows[1], *now = rows[2];

	if (left.len > NEAR_LONGEST || right.len > NEAR_LONGEST)
		return NEAR_LONGEST + 1;
	for (unsigned j = 0; j <= right.len; j++)
		old[j] = j;
	for (unsigned i = 1; i <= left.len; i++) {
		unsigned *spare = older;

		now[0] = i;
		for (unsigned j = 1; j <= right.len; j++) {
			bool same = left.s[i - 1] == right.s[j - 1];

			now[j] = least(least(old[j], now[j - 1]) + 1,
				old[j - 1] + !same);
			if (i > 1 && j > 1 && left.s[i - 1] == right.s[j - 2] &&
				left.s[i - 2] == right.s[j - 1])
				now[j] = least(now[j], older[j - 2] + 1);
		}
		older = old;
		old = now;
		now = spare;
	}
	return old[right.len];
}

struct candidate {
	unsigned distance;
	struct str name;
};

static bool is_nearer(struct candidate a, struct candidate b)
{
	if (a.distance != b.distance)
		return a.distance < b.distance;
	return str_compare(a.name, b.name) < 0;
}

/* Keeps the best NEAR_MAX in order; returns how many there are now. */
static size_t keep(
	struct candidate best[NEAR_MAX], size_t n, struct candidate found)
{
	size_t at = n;

	while (at > 0 && is_nearer(found, best[at - 1]))
		at--;
	if (at == NEAR_MAX)
		return n;
	if (n < NEAR_MAX)
		n++;
	for (size_t i = n - 1; i > at; i--)
		best[i] = best[i - 1];
	best[at] = found;
	return n;
}

struct str near_sentence(struct arena *a, const struct str *names, size_t n)
{
	size_t said = n < NEAR_MAX ? n : NEAR_MAX;
	struct str text = STR("");

	for (size_t i = 0; i < said; i++)
		text = arena_print(a, "%.*s%s\"%.*s\"", STR_ARG(text),
			i == 0          ? " did you mean "
			: i + 1 == said ? " or "
					: ", ",
			STR_ARG(names[i]));
	return said ? arena_print(a, "%.*s?", STR_ARG(text)) : text;
}

struct str near_hint(
	struct arena *a, struct str word, const struct str *names, size_t n)
{
	struct candidate best[NEAR_MAX];
	unsigned limit = word.len < 8 ? 1 : (unsigned)(word.len / 4);
	struct str nearest[NEAR_MAX];
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned distance = near_distance(word, names[i]);

		if (distance > 0 && distance <= limit)
			found = keep(best, found,
				(struct candidate) {distance, names[i]});
	}
	for (size_t i = 0; i < found; i++)
		nearest[i] = best[i].name;
	return near_sentence(a, nearest, found);
}
