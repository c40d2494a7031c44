#include "rule/where.h"

#include "sample_p.h"
#include "where_slow_p.h"

#include <criterion/criterion.h>

static const char words[] = "vocabulary:\n"
			    "  keys: {customer: [customer_id]}\n"
			    "  fields:\n"
			    "    plain: [p]\n"
			    "    folded: {columns: [f], ignore_case: true}\n"
			    "    tags: {columns: [t], split: \";\"}\n"
			    "    begin: [b]\n"
			    "    end: [e]\n"
			    "  lists: {few: [Alba, a, B, \"5\"], none: []}\n";

struct asked {
	struct sample s;
	struct where where;
	struct where_eval *eval;
};

/* Reads a `where` and starts the log that it needs. */
static void ask(struct asked *q, const char *text)
{
	struct test_reader tests;
	const struct yaml_node *map;

	*q = (struct asked) {0};
	sample_open(&q->s);
	sample_declare(&q->s, words, false);
	sample_finish(&q->s);
	tests = vocabulary_test_reader(&q->s.v);
	map = yaml_parse(&q->s.a, str_of(text), 9, &q->s.diag);
	cr_assert_not_null(map, "%s", text);
	where_read(&tests, map, &q->where);
	cr_assert_str_eq(sample_complaints(&q->s), "", "%s", text);
	where_need(&q->where, &q->s.words, STR("test"));
	sample_open_log(&q->s);
}

static void begin_eval(struct asked *q)
{
	sample_close_log(&q->s);
	q->eval = where_eval_new(&q->s.a, &q->s.facts, &q->where);
}

/* The truth of a `where` on one row: 't', 'f' or '?'. */
static char answer(const char *text, const char *line)
{
	static const char truths[] = {[TRUTH_FALSE] = 'f',
		[TRUTH_TRUE] = 't',
		[TRUTH_UNDECIDABLE] = '?'};
	struct asked q;
	enum truth truth;

	ask(&q, text);
	sample_row(&q.s, 0, 0, 0, line);
	begin_eval(&q);
	truth = where_eval_row(q.eval, 0);
	sample_free(&q.s);
	return truths[truth];
}

/* A test, and its answers on some rows. */
struct example {
	const char *where;
	struct {
		char truth;
		const char *line;
	} rows[7];
};

static void expect_examples(const struct example *examples, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < 7 && examples[i].rows[j].truth; j++) {
			char truth = answer(
				examples[i].where, examples[i].rows[j].line);

			cr_expect_eq(truth, examples[i].rows[j].truth,
				"%s on '%s': expected %c, found %c",
				examples[i].where, examples[i].rows[j].line,
				examples[i].rows[j].truth, truth);
		}
}

#define EXPECT_EXAMPLES(examples) \
	expect_examples(examples, sizeof(examples) / sizeof((examples)[0]))

/* ---- the table of rules.md 5.3, row by row ---- */

Test(where, texts_are_equal_by_bytes_or_without_case)
{
	static const struct example examples[] = {
		{"plain: high", {{'t', "plain=high"}, {'f', "plain=High"},
					{'f', "plain=higher"}, {'f', ""}}},
		{"plain: [a, b]", {{'t', "plain=a"}, {'t', "plain=b"},
					  {'f', "plain=c"}, {'f', ""}}},
		{"folded: High", {{'t', "folded=hIGH"}, {'f', "folded=hig"}}},
		/* Only the letters A to Z fold. */
		{"folded: \"\u00c4\"",
			{{'t', "folded=\u00c4"}, {'f', "folded=\u00e4"}}},
		{"plain: \"present\"",
			{{'t', "plain=present"}, {'f', "plain=x"}}},
		{"plain: 5", {{'t', "plain=5"}, {'f', "plain=5.0"}}},
	};

	EXPECT_EXAMPLES(examples);
}

Test(where, presence_is_a_value)
{
	static const struct example examples[] = {
		{"plain: present", {{'t', "plain=x"}, {'f', ""}}},
		{"plain: absent", {{'f', "plain=x"}, {'t', ""}}},
		{"tags: present", {{'t', "tags=x;y"}, {'f', ""}}},
		{"begin: absent", {{'f', "begin=soon"}, {'t', ""}}},
	};

	EXPECT_EXAMPLES(examples);
}

Test(where, negations_hold_for_absent_values)
{
	static const struct example examples[] = {
		{"plain: not a",
			{{'f', "plain=a"}, {'t', "plain=b"}, {'t', ""}}},
		{"plain: not 1..5", {{'f', "plain=5"}, {'t', "plain=6"},
					    {'?', "plain=x"}, {'t', ""}}},
		{"plain: not present", {{'f', "plain=present"}, {'t', ""}}},
		{"plain: not absent", {{'t', "plain=absent"}, {'f', ""}}},
		{"plain: not listed in few",
			{{'f', "plain=Alba"}, {'t', "plain=b"}, {'t', ""}}},
		{"plain: not matches a*",
			{{'f', "plain=ab"}, {'t', "plain=b"}, {'t', ""}}},
		{"plain: not same as customer",
			{{'f', "plain=a customer=a"},
				{'t', "plain=a customer=b"}, {'t', "plain=a"},
				{'t', "customer=a"}, {'t', ""}}},
		{"begin: not before end",
			{{'f', "begin=1 end=2"}, {'t', "begin=2 end=2"},
				{'t', "begin=1"}, {'t', "end=1"}, {'t', ""}}},
		{"plain: {not: {any: [a, b]}}",
			{{'f', "plain=a"}, {'t', "plain=c"}, {'t', ""}}},
	};

	EXPECT_EXAMPLES(examples);
}

Test(where, numbers_are_compared_exactly)
{
	static const struct example examples[] = {
		{"plain: 0..1",
			{{'t', "plain=0"}, {'t', "plain=1.000"},
				{'f', "plain=1.0000000001"},
				{'f', "plain=-0.1"}, {'t', "plain=+.5"}}},
		{"plain: = 5", {{'t', "plain=5"}, {'t', "plain=05.00"},
				       {'f', "plain=5.01"}}},
		{"plain: more than 1000",
			{{'f', "plain=1000"}, {'t', "plain=1000.1"}}},
		{"plain: less than 0.1",
			{{'f', "plain=0.1"}, {'t', "plain=0.09"}}},
		{"plain: at least 3", {{'t', "plain=3"}, {'f', "plain=2.9"}}},
		{"plain: at most 3", {{'t', "plain=3"}, {'f', "plain=3.1"}}},
		{"plain: at most 999999999999999999",
			{{'t', "plain=999999999999999999"},
				/* More than 18 digits are no number. */
				{'?', "plain=1000000000000000000"}}},
	};

	EXPECT_EXAMPLES(examples);
}

Test(where, what_is_no_number_or_time_is_undecidable)
{
	static const struct example examples[] = {
		{"plain: more than 5", {{'?', "plain=high"}, {'?', "plain=1e3"},
					       {'?', "plain=1,5"}, {'f', ""}}},
		{"plain: not more than 5", {{'?', "plain=high"}, {'t', ""}}},
		{"begin: before end",
			{{'?', "begin=soon end=1"}, {'?', "begin=1 end=soon"},
				{'f', "begin=soon"}, {'f', "end=1"}}},
		{"begin: not before end", {{'?', "begin=soon end=1"}}},
	};

	EXPECT_EXAMPLES(examples);
}

Test(where, lengths_are_code_points)
{
	static const struct example examples[] = {
		{"plain: at least 3 characters",
			{{'t', "plain=abc"}, {'f', "plain=ab"},
				{'f', "plain=\u00e4\u00e4"},
				{'t', "plain=\u00e4\u00e4\u00e4"}, {'f', ""}}},
		{"plain: at most 2 characters",
			{{'t', "plain=\u00e4\u00e4"}, {'f', "plain=abc"},
				{'f', ""}}},
	};

	EXPECT_EXAMPLES(examples);
}

Test(where, patterns_match_the_whole_value)
{
	static const struct example examples[] = {
		{"plain: matches *@example.com",
			{{'t', "plain=x@example.com"},
				{'f', "plain=x@example.com.org"}, {'f', ""}}},
		{"plain: matches A-[0-9]?",
			{{'t', "plain=A-7\u00e4"}, {'f', "plain=A-77x"},
				{'f', "plain=A-xx"}}},
	};

	EXPECT_EXAMPLES(examples);
}

/* A matcher that backtracks would not come to an end. */
Test(where, hostile_patterns_take_linear_time)
{
	char line[20 + 20000] = "plain=";

	memset(line + 6, 'a', 20000);
	cr_expect_eq(answer("plain: matches "
			    "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
			     line),
		'f');
}

Test(where, lists_have_members)
{
	static const struct example examples[] = {
		{"plain: listed in few",
			{{'t', "plain=Alba"}, {'t', "plain=5"},
				{'f', "plain=alba"}, {'f', "plain=Alb"},
				{'f', ""}}},
		{"folded: listed in few",
			{{'t', "folded=aLBA"}, {'t', "folded=b"},
				{'f', "folded=c"}}},
		{"plain: listed in none", {{'f', "plain=a"}, {'f', ""}}},
	};

	EXPECT_EXAMPLES(examples);
}

Test(where, fields_of_one_row_are_compared)
{
	static const struct example examples[] = {
		{"plain: same as customer",
			{{'t', "plain=a customer=a"},
				{'f', "plain=a customer=A"}, {'f', "plain=a"},
				{'f', "customer=a"}, {'f', ""},
				{'?', "plain=a customer=a;b"}}},
		{"folded: same as plain",
			{{'t', "folded=Ab plain=aB"}, {'f', "folded=A plain=b"},
				{'f', "folded=A"}}},
		{"folded: not same as plain",
			{{'f', "folded=Ab plain=aB"}, {'t', "folded=A"}}},
		{"plain: same as folded", {{'f', "folded=Ab plain=aB"}}},
		{"begin: before end",
			{{'t', "begin=1 end=2"}, {'f', "begin=2 end=2"},
				{'f', "begin=3 end=2"}}},
		{"begin: after end",
			{{'f', "begin=1 end=2"}, {'f', "begin=2 end=2"},
				{'t', "begin=3 end=2"}}},
		{"begin: within 2s of end",
			{{'t', "begin=0 end=2000000000"},
				{'t', "begin=2000000000 end=0"},
				{'f', "begin=0 end=2000000001"},
				{'f', "begin=2000000001 end=0"},
				{'f', "begin=1"}}},
		/* 1700-01-01 and 2262-01-01: further apart than an int64 of
		   nanoseconds can say. */
		{"begin: within 876600h of end",
			{{'f', "begin=-8520336000000000000 "
			       "end=9214646400000000000"},
				{'f', "begin=9214646400000000000 "
				      "end=-8520336000000000000"}}},
	};

	EXPECT_EXAMPLES(examples);
}

Test(where, many_values_are_asked_one_by_one)
{
	static const struct example examples[] = {
		{"tags: {some_item: gift}",
			{{'t', "tags=loan;gift"}, {'t', "tags=gift"},
				{'f', "tags=loan;x"}, {'f', ""}}},
		{"tags: {every_item: gift}",
			{{'t', "tags=gift;gift"}, {'f', "tags=gift;x"},
				{'f', ""}}},
		{"tags: {not: {some_item: gift}}",
			{{'f', "tags=loan;gift"}, {'t', "tags=loan"},
				{'t', ""}}},
		{"tags: {every_item: not gift}",
			{{'f', "tags=loan;gift"}, {'t', "tags=loan"},
				{'f', ""}}},
		{"tags: {some_item: more than 5}",
			{{'t', "tags=x;6"}, {'?', "tags=x;5"},
				{'f', "tags=4;5"}}},
		{"tags: {every_item: more than 5}",
			{{'f', "tags=x;5"}, {'?', "tags=x;6"},
				{'t', "tags=7;6"}}},
		/* A list after them is any of its texts, not its first one. */
		{"tags: {some_item: [gift, loan]}",
			{{'t', "tags=x;loan"}, {'t', "tags=gift"},
				{'f', "tags=x;y"}}},
		{"tags: {every_item: [gift, loan]}",
			{{'t', "tags=loan;gift"}, {'f', "tags=loan;x"}}},
		{"tags: {some_item: {all: [more than 5, less than 7]}}",
			{{'t', "tags=1;6"}, {'f', "tags=1;9"},
				{'?', "tags=x;9"}, {'f', ""}}},
		{"tags: {every_item: {not: {any: [a, b]}}}",
			{{'t', "tags=c;d"}, {'f', "tags=c;b"}}},
		{"tags: {every_item: {any: [absent, a]}}",
			{{'t', "tags=a;a"}, {'f', "tags=a;c"}}},
		{"tags: {any: [absent, {some_item: a}]}",
			{{'t', ""}, {'t', "tags=b;a"}, {'f', "tags=b;c"}}},
		/* A column that is repeated without being declared so. */
		{"plain: a", {{'?', "plain=a;b"}, {'?', "plain=a;a"}}},
		{"plain: {some_item: a}", {{'t', "plain=b;a"}}},
	};

	EXPECT_EXAMPLES(examples);
}

/* Kleene: false wins in a conjunction, true in a disjunction. */
Test(where, truth_has_three_values)
{
	static const struct example examples[] = {
		{"plain: {all: [more than 5, b]}",
			{{'f', "plain=6"}, {'?', "plain=b"}, {'f', "plain=x"}}},
		{"plain: {any: [more than 5, b]}",
			{{'t', "plain=6"}, {'t', "plain=b"}, {'?', "plain=x"},
				{'f', "plain=5"}}},
		{"plain: {not: {all: [more than 5, b]}}",
			{{'t', "plain=6"}, {'?', "plain=b"}}},
		{"{plain: more than 5, customer: a}",
			{{'t', "plain=6 customer=a"}, {'f', "plain=6"},
				{'?', "plain=x customer=a"},
				{'f', "plain=x customer=b"},
				{'f', "plain=5 customer=a"}}},
		{"{customer: a, plain: more than 5}",
			{{'?', "plain=x customer=a"},
				{'f', "plain=x customer=b"}}},
		{"{}", {{'t', ""}}},
	};

	EXPECT_EXAMPLES(examples);
}

Test(where, a_word_that_nobody_kept_is_absent)
{
	struct asked q;
	bool absent;

	ask(&q, "{plain: not a, folded: a, tags: {some_item: x}, "
		"begin: before end, end: present}");
	q.s.words.needs.n = 0;
	sample_open_log(&q.s);
	sample_row(&q.s, 0, 0, 0, "plain=a folded=a tags=x begin=1 end=2");
	begin_eval(&q);
	for (size_t i = 0; i < q.where.n; i++) {
		enum truth truth;

		absent = false;
		truth = where_eval_clause(q.eval, i, 0, &absent);
		cr_expect_eq(truth == TRUTH_TRUE, i == 0, "clause %zu", i);
		cr_expect(absent, "clause %zu", i);
	}
	sample_free(&q.s);
}

Test(where, columns_are_asked_for_once_and_in_the_right_form)
{
	static const struct {
		const char *where, *needs;
	} rows[] = {
		{"plain: a", "plain text"},
		{"plain: present", "plain presence"},
		{"plain: {not: absent}", "plain presence"},
		{"plain: same as customer", "plain text, customer text"},
		{"begin: before end", "begin time, end time"},
		{"begin: within 1h of end", "begin time, end time"},
		{"tags: {some_item: a}", "tags text"},
		{"plain: {any: [a, b, absent]}", "plain text, plain presence"},
		{"{plain: a, folded: same as plain}",
			"plain text, folded text"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct asked q;
		struct str out = STR("");

		ask(&q, rows[i].where);
		for (size_t j = 0; j < q.s.words.needs.n; j++) {
			const struct need *need = &q.s.words.needs.at[j];

			out = arena_print(&q.s.a, "%.*s%s%.*s %s", STR_ARG(out),
				j ? ", " : "",
				STR_ARG(q.s.words.words.at[need->word].name),
				words_form_name(need->form));
			cr_expect(str_equal(need->users.at[0], STR("test")));
		}
		cr_expect_str_eq(out.s, rows[i].needs, "row %zu", i);
		cr_expect(where_form(&q.where.at[0]) ==
				  q.s.words.needs.at[0].form,
			"row %zu", i);
		sample_free(&q.s);
	}
}

/* ---- against the slow reading ---- */

static const char *pick(struct rng *rng)
{
	return rng_chance(rng, 200000)
		       ? NULL
		       : slow_values[rng_below(rng, SLOW_VALUES)].text;
}

static void add_line(struct asked *q, struct rng *rng, struct slow_line *line)
{
	struct str text = STR("");
	const char *const names[] = {
		"plain", "folded", "customer", "begin", "end"};

	*line = (struct slow_line) {.plain = pick(rng),
		.folded = pick(rng),
		.customer = pick(rng),
		.begin = slow_instants[rng_below(rng, 7)],
		.end = slow_instants[rng_below(rng, 7)],
		.n_tags = rng_below(rng, 3)};
	for (size_t i = 0; i < 5; i++) {
		const char *const texts[] = {line->plain, line->folded,
			line->customer, line->begin, line->end};

		if (texts[i])
			text = arena_print(&q->s.a, "%.*s%s=%s ", STR_ARG(text),
				names[i], texts[i]);
	}
	for (size_t i = 0; i < 2; i++)
		line->tags[i] = slow_values[rng_below(rng, SLOW_VALUES)].text;
	if (line->n_tags)
		text = arena_print(&q->s.a, "%.*stags=%s%s%s", STR_ARG(text),
			line->tags[0], line->n_tags > 1 ? ";" : "",
			line->n_tags > 1 ? line->tags[1] : "");
	sample_row(&q->s, 0, q->s.events.n, 0, arena_copy(&q->s.a, text).s);
}

#define LINES  12
#define FIELDS 4

static const char *const fields[FIELDS] = {"plain", "folded", "begin", "tags"};

/* A random test for some of the fields, at least one: the text of a `where`. */
static struct str make_where(
	struct arena *a, struct rng *rng, const struct slow_test **tests)
{
	struct str text = STR("");

	for (size_t i = 0; i < FIELDS; i++) {
		bool is_last = i == FIELDS - 1;

		if (!rng_chance(rng, 500000) && !(is_last && text.len == 0))
			continue;
		tests[i] = is_last ? slow_make_items(a, rng)
				   : slow_make(a, rng, fields[i], 0);
		text = arena_print(a, "%.*s%s: %.*s\n", STR_ARG(text),
			fields[i], STR_ARG(slow_write(a, tests[i])));
	}
	return text;
}

/* 0, 1, or -1 for undecidable. */
static int slow_where(
	const struct slow_test **tests, const struct slow_line *line)
{
	int all = 1;

	for (size_t i = 0; i < FIELDS; i++) {
		int truth = tests[i] ? slow_answer(tests[i], line, fields[i])
				     : 1;

		if (truth == 0)
			return 0;
		if (truth < 0)
			all = truth;
	}
	return all;
}

/* One random `where` on some random rows, each asked twice. */
static void compare(struct rng *rng, uint64_t round)
{
	static const int truths[] = {
		[TRUTH_FALSE] = 0, [TRUTH_TRUE] = 1, [TRUTH_UNDECIDABLE] = -1};
	const struct slow_test *tests[FIELDS] = {0};
	struct slow_line lines[LINES];
	struct arena a = {0};
	struct str text = make_where(&a, rng, tests);
	struct asked q;

	ask(&q, text.s);
	for (size_t i = 0; i < LINES; i++)
		add_line(&q, rng, &lines[i]);
	begin_eval(&q);
	for (row e = 0; e < 2 * LINES; e++) {
		int want = slow_where(tests, &lines[e % LINES]);
		int found = truths[where_eval_row(q.eval, e % LINES)];

		cr_assert_eq(found, want,
			"round %llu, row %u, expected %d, found %d:\n%s",
			(unsigned long long)round, e % LINES, want, found,
			text.s);
	}
	sample_free(&q.s);
	arena_free(&a);
}

/* Property: 64 rows at once are what each of them is; rows that are not asked
   for stay out. */
Test(where, words_of_rows_agree_with_single_rows)
{
	struct rng rng = {12};

	for (uint64_t round = 0; round < 300; round++) {
		const struct slow_test *tests[FIELDS] = {0};
		struct slow_line line;
		struct arena a = {0};
		struct str text = make_where(&a, &rng, tests);
		size_t n = 1 + rng_below(&rng, 200);
		struct asked q;

		ask(&q, text.s);
		for (size_t i = 0; i < n; i++)
			add_line(&q, &rng, &line);
		begin_eval(&q);
		for (row e = 0; e < n; e++) {
			enum truth want = where_eval_row(q.eval, e);
			uint64_t rows = n / 64 > e / 64
						? UINT64_MAX
						: ((uint64_t)1 << n % 64) - 1;
			uint64_t among = (uint64_t)1 << e % 64 |
					 (rng_next(&rng) & rows);
			struct truths found = where_eval_word(
				q.eval, e / 64, among);

			cr_assert(
				((found.yes | found.undecided) & ~among) == 0);
			cr_assert((found.yes >> e % 64 & 1) ==
				  (want == TRUTH_TRUE));
			cr_assert((found.undecided >> e % 64 & 1) ==
					  (want == TRUTH_UNDECIDABLE),
				"round %llu, row %u of %zu:\n%s",
				(unsigned long long)round, e, n, text.s);
		}
		sample_free(&q.s);
		arena_free(&a);
	}
}

/* Property: reading and evaluation agree with a slow reading of the same
   sentence, row by row; a second pass over the rows, with what was remembered,
   says the same. */
Test(where, agrees_with_a_slow_reading_row_by_row)
{
	struct rng rng = {11};

	for (uint64_t round = 0; round < 1500; round++)
		compare(&rng, round);
}
