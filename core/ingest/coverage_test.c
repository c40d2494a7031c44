#include "ingest/coverage.h"

#include "format/timestamp.h"

#include <criterion/criterion.h>

static const struct yaml_node *parse(
	struct arena *a, const char *text, struct diag *diag)
{
	const struct yaml_node *node = yaml_parse(a, str_of(text), 1, diag);

	cr_assert(node, "%s", text);
	return node;
}

/* 2026-03-01T13:00:00Z is 1772370000 (`date -u -d ... +%s`). */
Test(coverage, gaps_are_half_open_instants)
{
	struct arena a = {0};
	struct diag diag = {0};
	struct gap_list gaps = {0};

	coverage_read_gaps(&a,
		parse(&a,
			"- {from: 2026-03-01T13:00:00Z, "
			"to: 2026-03-01T14:00:00Z}\n"
			"- {from: 2026-03-01, to: 2026-03-02T01:00:00+01:00}\n",
			&diag),
		&gaps, &diag);
	cr_expect(diag.items.n == 0);
	cr_assert(gaps.n == 2);
	cr_expect(gaps.at[0].from == 1772370000 * NS_PER_SECOND);
	cr_expect(gaps.at[0].to == 1772373600 * NS_PER_SECOND);
	/* A day begins in UTC; an offset counts. */
	cr_expect(gaps.at[1].from == 1772323200 * NS_PER_SECOND);
	cr_expect(gaps.at[1].to == (1772323200 + 86400) * NS_PER_SECOND);
	arena_free(&a);
	diag_free(&diag);
}

Test(coverage, one_gap_needs_no_list)
{
	struct arena a = {0};
	struct diag diag = {0};
	struct gap_list gaps = {0};

	coverage_read_gaps(&a,
		parse(&a, "{from: 2026-03-01, to: 2026-03-02}", &diag), &gaps,
		&diag);
	cr_expect(gaps.n == 1 && diag.items.n == 0);
	arena_free(&a);
	diag_free(&diag);
}

static const struct {
	const char *text, *said;
	enum diag_code code;
} wrong_gaps[] = {
	{"- 2026-03-01", "expected {from: ..., to: ...}", DIAG_WRONG_TYPE},
	{"- {from: 2026-03-01}", "expected {from: ..., to: ...}",
		DIAG_WRONG_TYPE},
	{"- {from: 2026-03-01, till: 2026-03-02}",
		"expected {from: ..., to: ...}", DIAG_WRONG_TYPE},
	{"- {from: 2026-03-01, to: 2026-03-02, why: x}",
		"expected {from: ..., to: ...}", DIAG_WRONG_TYPE},
	{"- {from: [2026-03-01], to: 2026-03-02}",
		"expected {from: ..., to: ...}", DIAG_WRONG_TYPE},
	{"- {from: monday, to: 2026-03-02}",
		"'monday' is not a time; write 2026-03-01T13:00:00Z or "
		"2026-03-01",
		DIAG_BAD_DATE},
	{"- {from: 2026-03-01, to: 2026-02-30}",
		"'2026-02-30' is not a time; write 2026-03-01T13:00:00Z or "
		"2026-03-01",
		DIAG_BAD_DATE},
	{"- {from: 2026-03-02, to: 2026-03-01}",
		"the gap ends before it begins", DIAG_BAD_DATE},
	{"- {from: 2026-03-02, to: 2026-03-02}",
		"the gap ends before it begins", DIAG_BAD_DATE},
};

Test(coverage, what_is_no_gap_is_complained_about_and_left_out)
{
	for (size_t i = 0; i < sizeof(wrong_gaps) / sizeof(*wrong_gaps); i++) {
		struct arena a = {0};
		struct diag diag = {0};
		struct gap_list gaps = {0};

		coverage_read_gaps(
			&a, parse(&a, wrong_gaps[i].text, &diag), &gaps, &diag);
		cr_expect(gaps.n == 0, "row %zu", i);
		cr_assert(diag.items.n == 1, "row %zu", i);
		cr_expect(diag.items.at[0].code == wrong_gaps[i].code,
			"row %zu", i);
		cr_expect_str_eq(diag.items.at[0].text.s, wrong_gaps[i].said,
			"row %zu", i);
		arena_free(&a);
		diag_free(&diag);
	}
}

Test(coverage, days_count_from_1970_and_both_are_included)
{
	struct arena a = {0};
	struct diag diag = {0};
	int64_t from, to;

	/* 1772323200 / 86400 */
	cr_expect(coverage_read_days(
		parse(&a, "{from: 2026-03-01, to: 2026-03-01}", &diag), &from,
		&to, &diag));
	cr_expect(from == 20513 && to == 20513);
	cr_expect(coverage_read_days(
		parse(&a, "{to: 2026-03-02, from: 1970-01-01}", &diag), &from,
		&to, &diag));
	cr_expect(from == 0 && to == 20514);
	cr_expect(diag.items.n == 0);
	arena_free(&a);
	diag_free(&diag);
}

static const struct {
	const char *text, *said;
	uint32_t col;
} wrong_days[] = {
	{"{from: 2026-03-01}", "expected {from: ..., to: ...}", 1},
	{"2026-03-01", "expected {from: ..., to: ...}", 1},
	{"{from: 2026-3-1, to: 2026-03-02}",
		"'2026-3-1' is not a day as YYYY-MM-DD", 8},
	{"{from: 2026-03-01, to: 2026-03-02T00:00:00Z}",
		"'2026-03-02T00:00:00Z' is not a day as YYYY-MM-DD", 24},
	{"{from: 2026-03-02, to: 2026-03-01}", "covers ends before it begins",
		24},
};

Test(coverage, what_are_no_days_is_complained_about)
{
	for (size_t i = 0; i < sizeof(wrong_days) / sizeof(*wrong_days); i++) {
		struct arena a = {0};
		struct diag diag = {0};
		int64_t from, to;

		cr_expect(!coverage_read_days(
				  parse(&a, wrong_days[i].text, &diag), &from,
				  &to, &diag),
			"row %zu", i);
		cr_assert(diag.items.n == 1, "row %zu", i);
		cr_expect_str_eq(diag.items.at[0].text.s, wrong_days[i].said,
			"row %zu", i);
		cr_expect(diag.items.at[0].loc.col == wrong_days[i].col,
			"row %zu", i);
		arena_free(&a);
		diag_free(&diag);
	}
}
