#include "rule/where.h"

#include "base/glob.h"
#include "format/text.h"
#include "rule/textset.h"
#include "where_p.h"

/* ---- needs ---- */

static enum column_form form_of(const struct test *test)
{
	if (test->kind == TEST_PRESENT)
		return COLUMN_PRESENT;
	return condition_is_on_time(test->kind) ? COLUMN_TIME : COLUMN_SYM;
}

static void need_test(const struct test *test, uint32_t word,
	struct words *words, struct str user)
{
	if (test->n_parts) {
		for (size_t i = 0; i < test->n_parts; i++)
			need_test(test->parts[i], word, words, user);
		if (test->kind != TEST_ALL && test->kind != TEST_ANY)
			words_need(words, word, COLUMN_SYM, user);
		return;
	}
	words_need(words, word, form_of(test), user);
	if (test->kind == TEST_SAME_AS)
		words_need(words, test->other, COLUMN_SYM, user);
	else if (condition_is_on_time(test->kind))
		words_need(words, test->other, COLUMN_TIME, user);
}

enum column_form where_form(const struct clause *clause)
{
	const struct test *test = clause->test;

	/* Nested tests agree on the column that holds the word at all. */
	while (test->n_parts &&
		(test->kind == TEST_ALL || test->kind == TEST_ANY))
		test = test->parts[0];
	return test->n_parts ? COLUMN_SYM : form_of(test);
}

void where_need(const struct where *where, struct words *words, struct str user)
{
	for (size_t i = 0; i < where->n; i++)
		need_test(where->at[i].test, where->at[i].word, words, user);
}

/* ---- evaluation ---- */

/* Reason: nesting is bounded by TEST_DEPTH. */
static struct leaf make_leaf(
	struct where_eval *eval, const struct test *test, uint32_t word)
{
	const struct facts *facts = eval->facts;
	enum column_form form = test->n_parts ? COLUMN_SYM : form_of(test);
	struct leaf leaf = {.test = test,
		.column = facts_column(facts, word, form),
		.other = WORD_NONE};

	if (test->kind == TEST_SAME_AS)
		leaf.other = facts_column(facts, test->other, COLUMN_SYM);
	else if (condition_is_on_time(test->kind))
		leaf.other = facts_column(facts, test->other, COLUMN_TIME);
	leaf.parts = arena_array(eval->a, struct leaf, test->n_parts);
	for (size_t i = 0; i < test->n_parts; i++)
		leaf.parts[i] = make_leaf(eval, test->parts[i], word);
	return leaf;
}

struct where_eval *where_eval_new(
	struct arena *a, const struct facts *facts, const struct where *where)
{
	struct where_eval *eval = arena_new(a, struct where_eval);

	eval->a = a;
	eval->facts = facts;
	eval->n = where->n;
	eval->leaves = arena_array(a, struct leaf, where->n);
	for (size_t i = 0; i < where->n; i++)
		eval->leaves[i] = make_leaf(
			eval, where->at[i].test, where->at[i].word);
	return eval;
}

static enum truth not(enum truth truth) {
	if (truth == TRUTH_UNDECIDABLE) return truth;
	return truth == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

static bool is_in_range(const struct test *test, struct decimal value)
{
	int low = test->has_low ? decimal_compare(value, test->low) : 1;
	int high = test->has_high ? decimal_compare(test->high, value) : 1;

	return low >= test->open_low && high >= test->open_high;
}

/* A test that looks at one text alone. */
static enum truth test_text(const struct test *test, struct str text)
{
	struct decimal value;

	switch (test->kind) {
	case TEST_PRESENT:
		return TRUTH_TRUE;
	case TEST_EQUALS:
		return where_truth(
			textset_has(&test->texts, test->ignore_case, text));
	case TEST_GLOB:
		return where_truth(test->ignore_case
					   ? glob_match_fold(test->glob, text)
					   : glob_match(test->glob, text));
	case TEST_LENGTH:
		value = (struct decimal) {(int64_t)text_length(text), 0};
		return where_truth(is_in_range(test, value));
	case TEST_RANGE:
		if (!number_read_decimal(text, &value))
			return TRUTH_UNDECIDABLE;
		return where_truth(is_in_range(test, value));
	default:
		return TRUTH_UNDECIDABLE;
	}
}

/* A text that is found as it stands: only symbols of these texts pass, so no
   text is looked at. */
static bool is_exact(const struct test *test)
{
	return test->kind == TEST_EQUALS && !test->ignore_case;
}

static uint8_t memo_of(const struct test *test, bool value)
{
	return (uint8_t)(1 + where_truth(value != test->negated));
}

static void make_memo(struct where_eval *eval, struct leaf *leaf)
{
	const struct symbols *strings = eval->facts->strings;
	const struct str_vec *texts = &leaf->test->texts;
	size_t n = symbols_count(strings);

	leaf->memo = arena_array(eval->a, uint8_t, n);
	for (size_t i = 0; is_exact(leaf->test) && i < texts->n; i++)
		leaf->memo[symbols_find(strings, texts->at[i])] = memo_of(
			leaf->test, true);
}

/* Remembered per symbol; with the negation. */
enum truth where_leaf_sym(struct where_eval *eval, struct leaf *leaf, sym value)
{
	enum truth truth;

	if (!leaf->memo)
		make_memo(eval, leaf);
	if (leaf->memo[value] != MEMO_UNKNOWN)
		return (enum truth)(leaf->memo[value] - 1);
	if (is_exact(leaf->test)) {
		truth = where_truth(leaf->test->negated);
	} else {
		truth = test_text(
			leaf->test, symbols_show(eval->facts->strings, value));
		if (leaf->test->negated)
			truth = not(truth);
	}
	leaf->memo[value] = (uint8_t)(1 + truth);
	return truth;
}

/* How far apart two instants are; the whole range of int64 fits. */
static uint64_t distance(int64_t a, int64_t b)
{
	return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

static enum truth test_times(const struct where_eval *eval,
	const struct leaf *leaf, row e, bool *absent)
{
	const struct test *test = leaf->test;
	const struct column *columns = eval->facts->events->cells.columns;
	int64_t own = columns[leaf->column].values[e];
	int64_t other = columns[leaf->other].values[e];
	enum truth truth;

	*absent = own == CELL_ABSENT;
	if (own == CELL_ABSENT || other == CELL_ABSENT)
		return where_truth(test->negated);
	if (!cell_is_value(own) || !cell_is_value(other))
		return TRUTH_UNDECIDABLE;
	if (test->kind == TEST_BEFORE)
		truth = where_truth(own < other);
	else if (test->kind == TEST_AFTER)
		truth = where_truth(own > other);
	else
		truth = where_truth(distance(own, other) <=
				    (uint64_t)period_ns(test->period));
	return test->negated ? not(truth) : truth;
}

static enum truth test_present(const struct where_eval *eval,
	const struct leaf *leaf, row e, bool *absent)
{
	const struct column *columns = eval->facts->events->cells.columns;

	*absent = leaf->column == WORD_NONE ||
		  !column_is_present(&columns[leaf->column], e);
	return where_truth(*absent == leaf->test->negated);
}

/* `same as`: equal symbols, or texts that differ in case only if the field
   ignores it. */
static enum truth test_same(const struct where_eval *eval,
	const struct leaf *leaf, sym value, row e)
{
	const struct facts *facts = eval->facts;
	uint32_t n = 0;
	const sym *other = NULL;
	bool same;

	if (leaf->other != WORD_NONE)
		other = table_syms(&facts->events->cells, leaf->other, e, &n);
	if (n == 0)
		return where_truth(leaf->test->negated);
	if (n > 1)
		return TRUTH_UNDECIDABLE;
	same = value == *other ||
	       (leaf->test->ignore_case &&
		       str_equal_fold(symbols_show(facts->strings, value),
			       symbols_show(facts->strings, *other)));
	return where_truth(same != leaf->test->negated);
}

/* A simple test on the values of a row. */
static enum truth test_row(
	struct where_eval *eval, struct leaf *leaf, row e, bool *absent)
{
	uint32_t n;
	const sym *syms;

	if (leaf->test->kind == TEST_PRESENT)
		return test_present(eval, leaf, e, absent);
	if (leaf->column == WORD_NONE) {
		*absent = true;
		return where_truth(leaf->test->negated);
	}
	if (condition_is_on_time(leaf->test->kind))
		return test_times(eval, leaf, e, absent);
	syms = table_syms(&eval->facts->events->cells, leaf->column, e, &n);
	*absent = n == 0;
	if (n == 0)
		return where_truth(leaf->test->negated);
	if (n > 1)
		return TRUTH_UNDECIDABLE;
	if (leaf->test->kind == TEST_SAME_AS)
		return test_same(eval, leaf, syms[0], e);
	return where_leaf_sym(eval, leaf, syms[0]);
}

/* What a conjunction (`all`) or disjunction says after one truth more. */
static enum truth join(enum truth so_far, enum truth next, bool all)
{
	enum truth decisive = where_truth(!all);

	if (so_far == decisive || next == decisive)
		return decisive;
	return so_far == TRUTH_UNDECIDABLE ? so_far : next;
}

/* A test on one item. Reason: nesting is bounded by TEST_DEPTH. */
static enum truth test_item(
	struct where_eval *eval, struct leaf *leaf, sym value)
{
	bool all = leaf->test->kind == TEST_ALL;
	enum truth truth = where_truth(all);

	if (!all && leaf->test->kind != TEST_ANY)
		return where_leaf_sym(eval, leaf, value);
	for (size_t i = 0; i < leaf->test->n_parts; i++)
		truth = join(
			truth, test_item(eval, &leaf->parts[i], value), all);
	return leaf->test->negated ? not(truth) : truth;
}

/* some_item and every_item: the test on each value of the field. */
static enum truth test_items(
	struct where_eval *eval, struct leaf *leaf, row e, bool *absent)
{
	bool every = leaf->test->kind == TEST_EVERY_ITEM;
	enum truth truth = where_truth(every);
	uint32_t n = 0;
	const sym *syms = NULL;

	if (leaf->column != WORD_NONE)
		syms = table_syms(
			&eval->facts->events->cells, leaf->column, e, &n);
	*absent = n == 0;
	if (n == 0)
		return TRUTH_FALSE;
	for (uint32_t i = 0; i < n; i++)
		truth = join(truth, test_item(eval, &leaf->parts[0], syms[i]),
			every);
	return truth;
}

/* Reason: nesting is bounded by TEST_DEPTH. */
enum truth where_leaf_row(
	struct where_eval *eval, struct leaf *leaf, row e, bool *absent)
{
	enum test_kind kind = leaf->test->kind;
	bool all = kind == TEST_ALL;
	enum truth truth = where_truth(all);

	if (kind < TEST_ALL)
		return test_row(eval, leaf, e, absent);
	if (kind == TEST_SOME_ITEM || kind == TEST_EVERY_ITEM)
		truth = test_items(eval, leaf, e, absent);
	else
		for (size_t i = 0; i < leaf->test->n_parts; i++)
			truth = join(truth,
				where_leaf_row(
					eval, &leaf->parts[i], e, absent),
				all);
	return leaf->test->negated ? not(truth) : truth;
}

enum truth where_eval_clause(
	struct where_eval *eval, size_t clause, row e, bool *absent)
{
	return where_leaf_row(eval, &eval->leaves[clause], e, absent);
}

enum truth where_eval_row(struct where_eval *eval, row e)
{
	enum truth truth = TRUTH_TRUE;
	bool absent;

	for (size_t i = 0; i < eval->n && truth != TRUTH_FALSE; i++)
		truth = join(truth,
			where_leaf_row(eval, &eval->leaves[i], e, &absent),
			true);
	return truth;
}
