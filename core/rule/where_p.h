/*
 * What both ways to put value tests to rows share: one row at a time in
 * where.c, 64 rows at a time in where_bits.c.
 */
#ifndef RULE_WHERE_P_H
#define RULE_WHERE_P_H

#include "rule/where.h"

/* What a test on text said about a symbol; otherwise the truth plus 1. */
#define MEMO_UNKNOWN 0

/* A test with its columns looked up, and what it said about each text. */
struct leaf {
	const struct test *test;
	uint32_t column, other; /* WORD_NONE: not kept, so always absent */
	uint8_t *memo;          /* per symbol; NULL until first used */
	struct leaf *parts;
};

struct where_eval {
	struct arena *a;
	const struct facts *facts;
	struct leaf *leaves;
	size_t n;
};

static inline enum truth where_truth(bool value)
{
	return value ? TRUTH_TRUE : TRUTH_FALSE;
}

/* The truth of one leaf for a row, and whether its value is absent. */
enum truth where_leaf_row(
	struct where_eval *eval, struct leaf *leaf, row e, bool *absent);

/* The truth of a test on text for a symbol that is not 0 and no list. */
enum truth where_leaf_sym(
	struct where_eval *eval, struct leaf *leaf, sym value);

#endif
