#include "rule/condition.h"

#include "sample_p.h"

#include <criterion/criterion.h>

static const char words[] =
	"vocabulary:\n"
	"  keys: {customer: [customer_id, cust_no]}\n"
	"  fields:\n"
	"    risk: [risk]\n"
	"    email: {columns: [email], ignore_case: true}\n"
	"    labels: {columns: [labels], split: \";\"}\n"
	"    aware_at: [aware_at]\n"
	"  lists: {eea: [IS, NO, LI], own_brands: [Norda, Alba]}\n";

/* Opens the words above, with `text` as the tests of one `where`. */
static struct where read(struct sample *s, const char *text)
{
	struct where where = {0};
	struct test_reader tests;
	const struct yaml_node *map;

	sample_open(s);
	sample_declare(s, words, false);
	sample_finish(s);
	tests = vocabulary_test_reader(&s->v);
	map = yaml_parse(&s->a, str_of(text), 9, &s->diag);
	cr_assert_not_null(map, "%s", text);
	where_read(&tests, map, &where);
	return where;
}

/* ---- tests as text ---- */

static struct str tell_number(struct arena *a, struct decimal number)
{
	return arena_print(
		a, "%lldE-%d", (long long)number.digits, number.scale);
}

static struct str tell_range(struct arena *a, const struct test *test)
{
	struct str low = STR("."), high = STR(".");

	if (test->has_low)
		low = tell_number(a, test->low);
	if (test->has_high)
		high = tell_number(a, test->high);
	return arena_print(a, "%s%.*s,%.*s%s", test->open_low ? "(" : "[",
		STR_ARG(low), STR_ARG(high), test->open_high ? ")" : "]");
}

static struct str tell_texts(struct arena *a, const struct test *test)
{
	struct str out = STR("");

	for (size_t i = 0; i < test->texts.n; i++)
		out = arena_print(a, "%.*s<%.*s>", STR_ARG(out),
			STR_ARG(test->texts.at[i]));
	return out;
}

static struct str tell(struct sample *s, const struct test *test);

static struct str tell_parts(struct sample *s, const struct test *test)
{
	struct str out = STR("");

	for (size_t i = 0; i < test->n_parts; i++)
		out = arena_print(&s->a, "%.*s%s%.*s", STR_ARG(out),
			i ? ", " : "", STR_ARG(tell(s, test->parts[i])));
	return out;
}

static struct str tell_plain(struct sample *s, const struct test *test)
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
		rest = tell_texts(&s->a, test);
	else if (test->kind == TEST_RANGE || test->kind == TEST_LENGTH)
		rest = tell_range(&s->a, test);
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
static struct str tell(struct sample *s, const struct test *test)
{
	static const char *const groups[] = {[TEST_ALL] = "all",
		[TEST_ANY] = "any",
		[TEST_SOME_ITEM] = "some",
		[TEST_EVERY_ITEM] = "every"};
	const char *mark = test->negated ? "not " : "";

	if (test->kind < TEST_ALL)
		return arena_print(
			&s->a, "%s%.*s", mark, STR_ARG(tell_plain(s, test)));
	return arena_print(&s->a, "%s%s(%.*s)", mark, groups[test->kind],
		STR_ARG(tell_parts(s, test)));
}

struct reading {
	const char *written, *read;
};

/* Reads each row as the test of field risk (or the one before a colon). */
static void expect_readings(const struct reading *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sample s;
		struct where where = read(&s, rows[i].written);

		cr_expect_str_eq(sample_complaints(&s), "", "row %zu: %s", i,
			rows[i].written);
		cr_assert_eq(where.n, 1, "row %zu: %s", i, rows[i].written);
		cr_expect_str_eq(tell(&s, where.at[0].test).s, rows[i].read,
			"row %zu: %s", i, rows[i].written);
		sample_free(&s);
	}
}

#define EXPECT_READINGS(rows) \
	expect_readings(rows, sizeof(rows) / sizeof((rows)[0]))

/* ---- what tests mean: rules.md 5.3 ---- */

Test(condition, texts_are_compared_for_equality)
{
	static const struct reading rows[] = {
		{"risk: high", "is <high>"},
		{"risk: high risk", "is <high risk>"},
		{"risk: [low, high]", "is <high><low>"},
		{"risk: [high]", "is <high>"},
		{"risk: ['present', 'not a', more]",
			"is <more><not a><present>"},
		{"risk: [b, B, a]", "is <B><a><b>"},
		{"email: [b, C, a]", "is <a><b><C>"},
		{"risk: 5", "is <5>"},
		{"risk: 010", "is <010>"},
		{"risk: no", "is <no>"},
		{"risk: presents", "is <presents>"},
		{"risk: atleast 5", "is <atleast 5>"},
		{"risk: beforehand", "is <beforehand>"},
		{"risk: 'a '", "is <a>"},
		{"risk: not high", "not is <high>"},
		{"risk: not high risk", "not is <high risk>"},
		{"risk: nothing", "is <nothing>"},
		{"risk: {not: high}", "not is <high>"},
		{"risk: {not: [high, low]}", "not is <high><low>"},
	};

	EXPECT_READINGS(rows);
}

Test(condition, quotes_make_literal_texts_of_test_words)
{
	static const struct reading rows[] = {
		{"risk: \"present\"", "is <present>"},
		{"risk: 'absent'", "is <absent>"},
		{"risk: 'not high'", "is <not high>"},
		{"risk: '1..5'", "is <1..5>"},
		{"risk: '= 5'", "is <= 5>"},
		{"risk: 'more than 5'", "is <more than 5>"},
		{"risk: 'matches a*'", "is <matches a*>"},
		{"risk: 'listed in eea'", "is <listed in eea>"},
		{"risk: 'same as email'", "is <same as email>"},
		{"risk: ''", "is <>"},
	};

	EXPECT_READINGS(rows);
}

Test(condition, presence_can_be_asked_for)
{
	static const struct reading rows[] = {
		{"risk: present", "present"},
		{"risk: absent", "not present"},
		{"risk: {not: absent}", "present"},
		{"risk: not absent", "present"},
		{"risk: not present", "not present"},
		{"risk: {not: 'present'}", "not is <present>"},
		{"risk: {not: present}", "not present"},
		{"labels: present", "present"},
		{"labels: absent", "not present"},
	};

	EXPECT_READINGS(rows);
}

Test(condition, numbers_have_bounds)
{
	static const struct reading rows[] = {
		{"risk: 0..1", "[0E-0,1E-0]"},
		{"risk: -1.50..+2", "[-150E-2,2E-0]"},
		{"risk: 1 .. 1", "[1E-0,1E-0]"},
		{"risk: = 5", "[5E-0,5E-0]"},
		{"risk: = -0.5", "[-5E-1,-5E-1]"},
		{"risk: more than 1000", "(1000E-0,.]"},
		{"risk: less than 0.1", "[.,1E-1)"},
		{"risk: at least 3", "[3E-0,.]"},
		{"risk: at most 3", "[.,3E-0]"},
		{"risk: not more than 5", "not (5E-0,.]"},
		{"risk: not = 5", "not [5E-0,5E-0]"},
		{"risk: not 1..5", "not [1E-0,5E-0]"},
		{"risk: at most 999999999999999999",
			"[.,999999999999999999E-0]"},
		/* No numbers, so no range. */
		{"risk: 1..x", "is <1..x>"},
		{"risk: v1..2", "is <v1..2>"},
		{"risk: at least 20 characters", "length [20E-0,.]"},
		{"risk: at most 2 characters", "length [.,2E-0]"},
		{"risk: not at least 2 characters", "not length [2E-0,.]"},
	};

	EXPECT_READINGS(rows);
}

Test(condition, patterns_lists_and_other_fields)
{
	static const struct reading rows[] = {
		{"risk: matches *@example.com", "like *@example.com"},
		{"risk: matches [!a-z]? x", "like [!a-z]? x"},
		{"risk: not matches a*", "not like a*"},
		{"risk: listed in eea", "is <IS><LI><NO>"},
		{"email: listed in eea", "is <IS><LI><NO>"},
		{"risk: not listed in eea", "not is <IS><LI><NO>"},
		{"risk: same as customer", "same as customer"},
		{"risk: not same as customer", "not same as customer"},
		{"ts: before aware_at", "before aware_at"},
		{"ts: after aware_at", "after aware_at"},
		{"ts: not after aware_at", "not after aware_at"},
		{"ts: within 2h of aware_at", "near aware_at 7200s"},
		{"ts: within 30s of aware_at", "near aware_at 30s"},
	};

	EXPECT_READINGS(rows);
}

Test(condition, tests_combine)
{
	static const struct reading rows[] = {
		{"risk: {all: [present, not high]}",
			"all(present, not is <high>)"},
		{"risk: {any: [absent, 1..2]}",
			"any(not present, [1E-0,2E-0])"},
		{"risk: {any: high}", "any(is <high>)"},
		{"risk: {not: {any: [a, b]}}", "not any(is <a>, is <b>)"},
		{"risk: {not: {not: a}}", "is <a>"},
		{"labels: {some_item: gift}", "some(is <gift>)"},
		{"labels: {every_item: not gift}", "every(not is <gift>)"},
		{"labels: {some_item: [gift, loan]}", "some(is <gift><loan>)"},
		{"labels: {some_item: {any: [gift, {not: 1..5}]}}",
			"some(any(is <gift>, not [1E-0,5E-0]))"},
		/* Groups of such tests may be put to a field of many values. */
		{"labels: {any: [absent, {some_item: a}, {every_item: b}]}",
			"any(not present, some(is <a>), every(is <b>))"},
		/* Keys of the language have three spellings. */
		{"labels: {some item: a}", "some(is <a>)"},
		{"labels: {every-item: a}", "every(is <a>)"},
		{"labels: {not: {some_item: gift}}", "not some(is <gift>)"},
		/* A column may be repeated where that is not declared. */
		{"risk: {some_item: matches g*}", "some(like g*)"},
	};

	EXPECT_READINGS(rows);
}

/* ---- what is no test ---- */

static void expect_complaints(const struct reading *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sample s;
		struct where where = read(&s, rows[i].written);

		cr_expect_str_eq(sample_complaints(&s), rows[i].read,
			"row %zu: %s", i, rows[i].written);
		cr_expect_eq(where.n, 0, "row %zu: %s", i, rows[i].written);
		sample_free(&s);
	}
}

#define EXPECT_COMPLAINTS(rows) \
	expect_complaints(rows, sizeof(rows) / sizeof((rows)[0]))

Test(condition, unknown_words_are_refused_with_near_ones)
{
	static const struct reading rows[] = {
		{"rsik: high",
			"1:1+4 unknown-word there is no key or field 'rsik'; "
			"did you mean \"risk\"?\n"},
		{"colour: high", "1:1+6 unknown-word there is no key or field "
				 "'colour'\n"},
		{"risk: same as costumer",
			"1:7+16 unknown-word there is no key or field "
			"'costumer'; did you mean \"customer\"?\n"},
		{"ts: within 1h of awareat",
			"1:5+20 unknown-word there is no key or field "
			"'awareat'; did you mean \"aware_at\"?\n"},
		{"risk: listed in own_brand",
			"1:7+19 unknown-word there is no list 'own_brand'; "
			"did you mean \"own_brands\"?\n"},
		{"risk: not listed in countries",
			"1:7+23 unknown-word there is no list 'countries'\n"},
	};

	EXPECT_COMPLAINTS(rows);
}

Test(condition, malformed_tests_are_refused_at_their_place)
{
	static const struct reading rows[] = {
		{"risk: more than high",
			"1:7+14 bad-test expected a number after `more than`; "
			"found 'high'\n"},
		{"risk: at least",
			"1:7+8 bad-test expected a number after `at least`; "
			"found ''\n"},
		{"risk: at most 1e3",
			"1:7+11 bad-test expected a number after `at most`; "
			"found '1e3'\n"},
		{"risk: less than 1234567890123456789",
			"1:7+29 bad-test expected a number after `less than`; "
			"found '1234567890123456789'\n"},
		{"risk: = x",
			"1:7+3 bad-test expected a number after `=`; found "
			"'x'\n"},
		{"risk: 5..1",
			"1:7+4 bad-test expected a range from the smaller to "
			"the larger number; found '5..1'\n"},
		{"risk: =5",
			"1:7+2 bad-test expected a blank behind `=`; found "
			"'=5'\n"},
		{"risk: at least 2.5 characters",
			"1:7+23 bad-test expected `at least n characters` or "
			"`at most n characters`; found '2.5 characters'\n"},
		{"risk: at most -1 characters",
			"1:7+21 bad-test expected `at least n characters` or "
			"`at most n characters`; found '-1 characters'\n"},
		{"risk: more than 5 characters",
			"1:7+22 bad-test expected `at least n characters` or "
			"`at most n characters`; found '5 characters'\n"},
		{"risk: same as",
			"1:7+7 bad-test expected the name of a field at the "
			"end; found 'same as'\n"},
		{"ts: not before",
			"1:5+10 bad-test expected the name of a field at the "
			"end; found 'not before'\n"},
		{"risk: same as labels",
			"1:7+14 item-quantifier 'labels' may have several "
			"values and cannot be compared with\n"},
		{"risk: not",
			"1:7+3 bad-test expected a test after `not`; found "
			"''\n"},
		{"risk: not not high",
			"1:7+12 bad-test expected a test after `not`; found "
			"'not high'\n"},
		{"risk: not 'high'",
			"1:7+10 bad-test expected {not: \"...\"} for a quoted "
			"text; found ''high''\n"},
		{"ts: within 2 days of aware_at",
			"1:5+25 bad-test expected `within HOURS of FIELD`, "
			"such as `within 2h of ts`; found '2 days of "
			"aware_at'\n"},
		{"ts: within 2h",
			"1:5+9 bad-test expected `within HOURS of FIELD`, "
			"such as `within 2h of ts`; found '2h'\n"},
		{"risk: {maybe: high}",
			"1:7+1 bad-test expected one of {all: ...}, {any: "
			"...}, {not: ...}, {some_item: ...}, {every_item: "
			"...}; found 'maybe'\n"},
		{"risk: {all: [a], any: [b]}",
			"1:7+1 bad-test expected one of {all: ...}, {any: "
			"...}, {not: ...}, {some_item: ...}, {every_item: "
			"...}; found ''\n"},
		{"risk: [a, {not: b}]",
			"1:11+1 bad-test expected a text in a list; found "
			"'{not: ...}'\n"},
		{"risk: [absent, high]",
			"1:8+6 bad-test expected a text in a list, or {any: "
			"[...]} for tests; found 'absent'\n"},
		{"risk: [not a, 1..5]",
			"1:8+5 bad-test expected a text in a list, or {any: "
			"[...]} for tests; found 'not a'\n"
			"1:15+4 bad-test expected a text in a list, or {any: "
			"[...]} for tests; found '1..5'\n"},
		{"risk: []", "1:7+1 bad-test expected at least one text; found "
			     "'[]'\n"},
		{"risk: {any: []}",
			"1:7+1 bad-test expected at least one test; found "
			"'[]'\n"},
		{"labels: gift",
			"1:9+4 item-quantifier 'labels' may have several "
			"values; say {some_item: ...} or {every_item: ...}\n"},
		{"labels: not gift",
			"1:9+8 item-quantifier 'labels' may have several "
			"values; say {some_item: ...} or {every_item: ...}\n"},
	};

	EXPECT_COMPLAINTS(rows);
}

Test(condition, items_are_texts)
{
	static const struct reading rows[] = {
		{"labels: {some_item: same as risk}",
			"1:9+1 bad-test expected a test on the text of one "
			"item; found 'same as risk'\n"},
		{"ts: {every_item: {any: [a, before aware_at]}}",
			"1:5+1 bad-test expected a test on the text of one "
			"item; found '{any: ...}'\n"},
		{"labels: {some_item: {every_item: a}}",
			"1:9+1 bad-test expected a test on the text of one "
			"item; found '{every_item: ...}'\n"},
		{"labels: {all: [present, a]}",
			"1:9+1 item-quantifier 'labels' may have several "
			"values; say {some_item: ...} or {every_item: ...}\n"},
	};

	EXPECT_COMPLAINTS(rows);
}

Test(condition, patterns_are_checked)
{
	static const struct reading rows[] = {
		{"risk: matches [a-",
			"1:7+11 bad-glob '[a-' is not a pattern of `*`, `?` "
			"and `[a-z]`\n"},
		{"risk: matches",
			"1:7+7 bad-glob '' is not a pattern of `*`, `?` and "
			"`[a-z]`\n"},
		{"risk: matches []",
			"1:7+10 bad-glob '[]' is not a pattern of `*`, `?` "
			"and `[a-z]`\n"},
		{"risk: matches [z-a]",
			"1:7+13 bad-glob '[z-a]' is not a pattern of `*`, `?` "
			"and `[a-z]`\n"},
		{"risk: matches a\\",
			"1:7+10 bad-glob 'a\\' is not a pattern of `*`, `?` "
			"and `[a-z]`\n"},
	};

	EXPECT_COMPLAINTS(rows);
}

Test(condition, a_pattern_has_at_most_256_bytes)
{
	char text[300] = "risk: matches ";
	struct sample s;

	memset(text + 14, 'a', 256);
	cr_expect_eq(read(&s, text).n, 1);
	sample_free(&s);
	text[14 + 256] = 'a';
	cr_expect_eq(read(&s, text).n, 0);
	cr_expect_eq(diag_count(&s.diag, DIAG_BAD_GLOB), 1);
	sample_free(&s);
}

Test(condition, nesting_has_a_limit)
{
	struct sample s;

	cr_expect_eq(read(&s, "risk: {not: {not: {not: {not: {not: {not: "
			      "{not: x}}}}}}}")
			     .n,
		1);
	sample_free(&s);
	cr_expect_eq(read(&s, "risk: {not: {not: {not: {not: {not: {not: "
			      "{not: {not: x}}}}}}}}")
			     .n,
		0);
	cr_expect_str_eq(sample_complaints(&s),
		"1:55+1 bad-test expected fewer nested tests; found 'too "
		"many'\n");
	sample_free(&s);
}

Test(condition, a_clause_says_what_was_written)
{
	static const struct reading rows[] = {
		{"risk: at least 20 characters", "at least 20 characters"},
		{"risk: \"present\"", "present"},
		{"risk: [high, 'very high']", "[high, very high]"},
		{"risk: {any: [absent, high]}", "{any: ...}"},
		{"risk: [a, b, c, d, e, f]", "[a, b, c, d, ...]"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;
		struct where where = read(&s, rows[i].written);

		cr_assert_eq(where.n, 1);
		cr_expect(str_equal(where.at[0].text, str_of(rows[i].read)),
			"row %zu", i);
		sample_free(&s);
	}
}

Test(condition, all_mistakes_of_a_map_are_reported_and_the_rest_is_read)
{
	struct sample s;
	struct where where = read(&s,
		"rsik: more than x\n"
		"email: 5..1\n"
		"customer: present\n"
		"risk: {all: [at least y, high, at most z]}\n");

	cr_expect_str_eq(sample_complaints(&s),
		"1:1+4 unknown-word there is no key or field 'rsik'; did you "
		"mean \"risk\"?\n"
		"1:7+11 bad-test expected a number after `more than`; found "
		"'x'\n"
		"2:8+4 bad-test expected a range from the smaller to the "
		"larger number; found '5..1'\n"
		"4:14+10 bad-test expected a number after `at least`; found "
		"'y'\n"
		"4:32+9 bad-test expected a number after `at most`; found "
		"'z'\n");
	cr_expect_eq(where.n, 1);
	cr_expect(where.at[0].word == words_find(&s.words, STR("customer")));
	cr_expect_eq(where.at[0].loc.line, 3);
	cr_expect_eq(where.at[0].loc.col, 11);
	sample_free(&s);
}
