/*
 * "Did you mean": the names nearest to a misspelt one.
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include "base/arena.h"

#define NEAR_MAX 3

/*
 * Damerau-Levenshtein distance (optimal string alignment: insert, delete,
 * replace, or swap two neighbours), over bytes. Texts longer than 64 bytes
 * count as far away: the result is then at least 65.
 */
unsigned near_distance(struct str left, struct str right);

/* The sentence part ` did you mean "a", "b" or "c"?` for the first NEAR_MAX of
   `names`; empty if there are none. Lives as long as the arena. */
struct str near_sentence(struct arena *a, const struct str *names, size_t n);

/*
 * The sentence part ` did you mean "a", "b" or "c"?` for the names among
 * `names` whose distance to `word` is at most a quarter of its length (at
 * least 1), nearest first, then by bytes; empty if none is near. Lives as long
 * as the arena.
 */
struct str near_hint(
	struct arena *a, struct str word, const struct str *names, size_t n);

#endif
