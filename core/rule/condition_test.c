#include "rule/condition.h"

#include "written_p.h"

Test(condition, tests_combine)
{
	static const struct written rows[] = {
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

	WRITTEN_EXPECT(rows);
}

Test(condition, malformed_tests_are_refused_at_their_place)
{
	static const struct written rows[] = {
		{"risk: {maybe: high}",
			"1:7+1 bad-test expected one of {all: ...}, {any: "
			"...}, {not: ...}, {some_item: ...}, {every_item: "
			"...}; found '{maybe: ...}'\n"},
		{"risk: {all: [a], any: [b]}",
			"1:7+1 bad-test expected one of {all: ...}, {any: "
			"...}, {not: ...}, {some_item: ...}, {every_item: "
			"...}; found '{...}'\n"},
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

	WRITTEN_REFUSED(rows);
}

Test(condition, unknown_words_are_refused_with_near_ones)
{
	static const struct written rows[] = {
		{"rsik: high",
			"1:1+4 unknown-word there is no key or field 'rsik'; "
			"did you mean \"risk\"?\n"},
		{"colour: high",
			"1:1+6 unknown-word there is no key or field "
			"'colour'; declare it: `vocabulary: "
			"{fields: {colour: COLUMN}}`, or under `keys` if "
			"rows with one value belong together\n"},
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
			"1:7+23 unknown-word there is no list 'countries'; "
			"declare it: `vocabulary: {lists: {countries: [VALUE, "
			"VALUE]}}`\n"},
	};

	WRITTEN_REFUSED(rows);
}

Test(condition, items_are_texts)
{
	static const struct written rows[] = {
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

	WRITTEN_REFUSED(rows);
}

Test(condition, nesting_has_a_limit)
{
	struct sample s;

	cr_expect_eq(
		written_read(&s, "risk: {not: {not: {not: {not: {not: {not: "
				 "{not: x}}}}}}}")
			.n,
		1);
	sample_free(&s);
	cr_expect_eq(
		written_read(&s, "risk: {not: {not: {not: {not: {not: {not: "
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
	static const struct written rows[] = {
		{"risk: at least 20 characters", "at least 20 characters"},
		{"risk: \"present\"", "present"},
		{"risk: [high, 'very high']", "[high, very high]"},
		{"risk: {any: [absent, high]}", "{any: ...}"},
		{"risk: [a, b, c, d, e, f]", "[a, b, c, d, ...]"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;
		struct where where = written_read(&s, rows[i].yaml);

		cr_assert_eq(where.n, 1);
		cr_expect(str_equal(where.at[0].text, str_of(rows[i].says)),
			"row %zu", i);
		sample_free(&s);
	}
}

Test(condition, all_mistakes_of_a_map_are_reported_and_the_rest_is_read)
{
	struct sample s;
	struct where where = written_read(&s,
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
