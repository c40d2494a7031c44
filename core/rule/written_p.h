/*
 * Value tests for tests: a `where` read from YAML with a few words, the tests
 * in it told back as text, or what is wrong with it.
 */
#ifndef RULE_WRITTEN_P_H
#define RULE_WRITTEN_P_H

#include "sample_p.h"

#include <criterion/criterion.h>

static const char written_words[] =
	"vocabulary:\n"
	"  keys: {customer: [customer_id, cust_no]}\n"
	"  fields:\n"
	"    risk: [risk]\n"
	"    email: {columns: [email], ignore_case: true}\n"
	"    labels: {columns: [labels], split: \";\"}\n"
	"    aware_at: [aware_at]\n"
	"  lists: {eea: [IS, NO, LI], own_brands: [Norda, Alba]}\n";

/* Opens the words above, with `text` as the tests of one `where`. */
static inline struct where written_read(struct sample *s, const char *text)
{
	struct where where = {0};
	struct test_reader tests;
	const struct yaml_node *map;

	sample_open(s);
	sample_declare(s, written_words, false);
	sample_finish(s);
	tests = vocabulary_test_reader(&s->v);
	map = yaml_parse(&s->a, str_of(text), 9, &s->diag);
	cr_assert_not_null(map, "%s", text);
	where_read(&tests, map, &where);
	return where;
}

/* ---- tests as text ---- */

static inline struct str written_tell_number(
	struct arena *a, struct decimal number)
{
	return arena_print(
		a, "%lldE-%d", (long long)number.digits, number.scale);
}

static inline struct str written_tell_range(
	struct arena *a, const struct test *test)
{
	struct str low = STR("."), high = STR(".");

	if (test->has_low)
		low = written_tell_number(a, test->low);
	if (test->has_high)
		high = written_tell_number(a, test->high);
	return arena_print(a, "%s%.*s,%.*s%s", test->open_low ? "(" : "[",
		STR_ARG(low), STR_ARG(high), test->open_high ? ")" : "]");
}

static inline struct str written_tell_texts(
	struct arena *a, const struct test *test)
{
	struct str out = STR("");

	for (size_t i = 0; i < test->texts.n; i++)
		out = arena_print(a, "%.*s<%.*s>", STR_ARG(out),
			STR_ARG(test->texts.at[i]));
	return out;
}

static inline struct str written_tell(
	struct sample *s, const struct test *test);

static inline struct str written_tell_parts(
	struct sample *s, const struct test *test)
{
	struct str out = STR("");

	for (size_t i = 0; i < test->n_parts; i++)
		out = arena_print(&s->a, "%.*s%s%.*s", STR_ARG(out),
			i ? ", " : "",
			STR_ARG(written_tell(s, test->parts[i])));
	return out;
}

static inline struct str written_tell_plain(
	struct sample *s, const struct test *test)
{
	static const char *const names[] = {[TEST_EQUALS] = "is ",
		[TEST_PRESENT] = "present",
		[TEST_RANGE] = "",
		[TEST_LENGTH] = "length ",
		[TEST_GLOB] = "like ",
		[TEST_SAME_AS] = "same as ",
		[TEST_BEFORE] = "before ",
		[TEST_AFTER] = "after ",
		[TEST_WITHIN_OF] = "near "};
	struct str rest = STR("");

	if (test->kind == TEST_EQUALS)
		rest = written_tell_texts(&s->a, test);
	else if (test->kind == TEST_RANGE || test->kind == TEST_LENGTH)
		rest = written_tell_range(&s->a, test);
	else if (test->kind == TEST_GLOB)
		rest = test->glob;
	else if (test->kind != TEST_PRESENT)
		rest = s->words.words.at[test->other].name;
	if (test->kind == TEST_WITHIN_OF)
		rest = arena_print(&s->a, "%.*s %llds", STR_ARG(rest),
			(long long)test->period.n);
	return arena_print(&s->a, "%s%.*s", names[test->kind], STR_ARG(rest));
}

/* Reason: tests are nested a few levels deep. */
static inline struct str written_tell(struct sample *s, const struct test *test)
{
	static const char *const groups[] = {[TEST_ALL] = "all",
		[TEST_ANY] = "any",
		[TEST_SOME_ITEM] = "some",
		[TEST_EVERY_ITEM] = "every"};
	const char *mark = test->negated ? "not " : "";

	if (test->kind < TEST_ALL)
		return arena_print(&s->a, "%s%.*s", mark,
			STR_ARG(written_tell_plain(s, test)));
	return arena_print(&s->a, "%s%s(%.*s)", mark, groups[test->kind],
		STR_ARG(written_tell_parts(s, test)));
}

struct written {
	const char *yaml, *says;
};

/* Each row is one clause without mistakes, and its test. */
static inline void written_expect(const struct written *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sample s;
		struct where where = written_read(&s, rows[i].yaml);

		cr_expect_str_eq(sample_complaints(&s), "", "row %zu: %s", i,
			rows[i].yaml);
		cr_assert_eq(where.n, 1, "row %zu: %s", i, rows[i].yaml);
		cr_expect_str_eq(written_tell(&s, where.at[0].test).s,
			rows[i].says, "row %zu: %s", i, rows[i].yaml);
		sample_free(&s);
	}
}

#define WRITTEN_EXPECT(rows) \
	written_expect(rows, sizeof(rows) / sizeof((rows)[0]))

static inline void written_refused(const struct written *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sample s;
		struct where where = written_read(&s, rows[i].yaml);

		cr_expect_str_eq(sample_complaints(&s), rows[i].says,
			"row %zu: %s", i, rows[i].yaml);
		cr_expect_eq(where.n, 0, "row %zu: %s", i, rows[i].yaml);
		sample_free(&s);
	}
}

#define WRITTEN_REFUSED(rows) \
	written_refused(rows, sizeof(rows) / sizeof((rows)[0]))

#endif
