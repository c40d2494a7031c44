/*
 * Why a rule never matched: the test that took away the last rows, and the
 * values that are really in the log.
 */
#ifndef RULE_MISS_H
#define RULE_MISS_H

#include "rule/check.h"

/* One sentence, living as long as check->a. */
struct str miss_describe(struct check *check);

/* "values seen: marketing (91204), service (12880), (absent) (43), 3 others"
   of a word over `rows`; values of personal words are only counted. Empty if
   nobody needs the word as text. */
struct str miss_values(struct arena *a, const struct facts *facts,
	uint32_t word, const struct bits *rows);

#endif
