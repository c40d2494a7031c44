/*
 * Value tests on 64 rows at once, a bit each. A conjunction looks at a clause
 * only for the rows that are not false yet. What costs is the call: one a word
 * and clause instead of one a row and clause. Measured on a rule that wants two
 * fields of 547,000 rows: 2.9 ms instead of 11.6.
 */
#include "where_p.h"

#define ROWS 64

/* Bit i says whether byte i of eight is not 0. The product moves the lowest
   bit of byte i to bit 56 + i. */
static uint64_t pack_eight(const uint8_t *bytes)
{
	uint64_t x = 0;

	for (unsigned i = 0; i < 8; i++)
		x |= (uint64_t)(bytes[i] != 0) << 8 * i;
	return x * UINT64_C(0x0102040810204080) >> 56;
}

static uint64_t pack_bytes(const uint8_t *bytes, size_t n)
{
	uint64_t out = 0;

	if (n < ROWS) {
		for (size_t i = 0; i < n; i++)
			out |= (uint64_t)(bytes[i] != 0) << i;
		return out;
	}
	for (unsigned i = 0; i < ROWS; i += 8)
		out |= pack_eight(bytes + i) << i;
	return out;
}

static uint64_t pack_syms(const sym *syms, size_t n)
{
	uint64_t out = 0;

	for (size_t i = 0; i < n && i < ROWS; i++)
		out |= (uint64_t)(syms[i] != 0) << i;
	return out;
}

static struct truths present_word(
	const struct where_eval *eval, const struct leaf *leaf, size_t word)
{
	const struct event_table *events = eval->facts->events;
	size_t first = word * ROWS, n = events->n - first;
	const struct column *column;
	uint64_t has = 0;

	if (leaf->column != WORD_NONE) {
		column = &events->cells.columns[leaf->column];
		has = column->syms ? pack_syms(column->syms + first, n)
				   : pack_bytes(column->present + first, n);
	}
	return (struct truths) {leaf->test->negated ? ~has : has, 0};
}

static void add_truth(struct truths *out, unsigned bit, enum truth truth)
{
	out->yes |= (uint64_t)(truth == TRUTH_TRUE) << bit;
	out->undecided |= (uint64_t)(truth == TRUTH_UNDECIDABLE) << bit;
}

/* Any test, row by row. */
static struct truths rows_word(
	struct where_eval *eval, struct leaf *leaf, size_t word, uint64_t among)
{
	struct truths out = {0, 0};
	bool absent;

	for (; among; among &= among - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(among);

		add_truth(&out, bit,
			where_leaf_row(
				eval, leaf, (row)(word * ROWS + bit), &absent));
	}
	return out;
}

/* A test on one text: a list of symbols cannot be decided. */
static struct truths texts_word(
	struct where_eval *eval, struct leaf *leaf, size_t word, uint64_t among)
{
	const sym *cells =
		eval->facts->events->cells.columns[leaf->column].syms +
		word * ROWS;
	enum truth absent = where_truth(leaf->test->negated);
	struct truths out = {0, 0};

	for (; among; among &= among - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(among);
		sym cell = cells[bit];

		if (cell & SYM_LIST)
			add_truth(&out, bit, TRUTH_UNDECIDABLE);
		else if (cell == 0)
			add_truth(&out, bit, absent);
		else
			add_truth(&out, bit, where_leaf_sym(eval, leaf, cell));
	}
	return out;
}

static struct truths leaf_word(
	struct where_eval *eval, struct leaf *leaf, size_t word, uint64_t among)
{
	switch (leaf->test->kind) {
	case TEST_PRESENT:
		return present_word(eval, leaf, word);
	case TEST_EQUALS:
	case TEST_GLOB:
	case TEST_LENGTH:
	case TEST_RANGE:
		if (leaf->column != WORD_NONE)
			return texts_word(eval, leaf, word, among);
		return rows_word(eval, leaf, word, among);
	default:
		return rows_word(eval, leaf, word, among);
	}
}

struct truths where_eval_word(
	struct where_eval *eval, size_t word, uint64_t among)
{
	struct truths out = {among, 0};

	for (size_t i = 0; i < eval->n && (out.yes | out.undecided); i++) {
		uint64_t open = out.yes | out.undecided;
		struct truths t = leaf_word(eval, &eval->leaves[i], word, open);
		uint64_t possible = (t.yes | t.undecided) & open;

		out.yes &= t.yes;
		out.undecided = possible & ~out.yes;
	}
	return out;
}
