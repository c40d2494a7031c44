#include "rule/days.h"

#include <criterion/criterion.h>

/* Reads `text` as a span; the complaints, one a line: "LINE:COL sentence". */
static struct str read_span(
	struct arena *a, const char *text, bool both, struct days_span *out)
{
	struct diag diag = {0};
	const struct yaml_node *map = yaml_parse(a, str_of(text), 1, &diag);
	struct str complaints = STR("");
	bool ok = map && days_read_span(map, "`covers`", both, out, &diag);

	for (size_t i = 0; i < diag.items.n; i++)
		complaints = arena_print(a, "%.*s%u:%u %.*s\n",
			STR_ARG(complaints), diag.items.at[i].loc.line,
			diag.items.at[i].loc.col,
			STR_ARG(diag.items.at[i].text));
	cr_expect(ok == (complaints.len == 0));
	diag_free(&diag);
	return complaints;
}

/* 2024-01-01 is day 19723: 54 years of 365 days and 13 leap days. */
Test(days, a_span_has_both_ends)
{
	struct arena a = {0};
	struct days_span span;

	cr_expect(
		read_span(&a, "{from: 2024-01-01, to: 2024-01-31}", true, &span)
			.len == 0);
	cr_expect(span.from == 19723 && span.to == 19753);
	cr_expect(
		read_span(&a, "{from: 2024-01-01, to: 2024-01-01}", true, &span)
			.len == 0);
	arena_free(&a);
}

Test(days, an_end_may_be_open_where_one_is_enough)
{
	struct arena a = {0};
	struct days_span span;

	cr_expect(read_span(&a, "{from: 2024-01-01}", false, &span).len == 0);
	cr_expect(span.from == 19723 && span.to == INT64_MAX);
	cr_expect(read_span(&a, "{to: 2024-01-01}", false, &span).len == 0);
	cr_expect(span.from == INT64_MIN && span.to == 19723);
	cr_expect(read_span(&a, "{from: 2024-01-01}", true, &span).len > 0);
	arena_free(&a);
}

Test(days, spans_that_are_none_are_refused_where_they_are_wrong)
{
	static const struct {
		const char *text, *complaints;
	} rows[] = {
		{"{from: 2024-02-30, to: 2024-03-01}",
			"1:8 expected a day as YYYY-MM-DD; found "
			"'2024-02-30'\n"},
		{"{from: 2024-03-02, to: 2024-03-01}",
			"1:24 `covers` ends before it begins\n"},
		{"{from: soon, to: later}",
			"1:8 expected a day as YYYY-MM-DD; found 'soon'\n"
			"1:18 expected a day as YYYY-MM-DD; found 'later'\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a = {0};
		struct days_span span;
		struct str got = read_span(&a, rows[i].text, true, &span);

		cr_expect(str_equal(got, str_of(rows[i].complaints)),
			"%s: %.*s", rows[i].text, STR_ARG(got));
		arena_free(&a);
	}
}

/* INT64_MAX nanoseconds are 106751.99 days. */
Test(days, a_day_of_time_has_instants)
{
	static const struct {
		const char *text;
		bool ok;
	} rows[] = {
		{"1990-01-01", true},
		{"1677-09-23", true},
		{"1677-09-22", false},
		{"2262-04-10", true},
		{"2262-04-11", false},
		{"9999-12-31", false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a = {0};
		struct diag diag = {0};
		int64_t day;
		const struct yaml_node *node = yaml_parse(
			&a, str_of(rows[i].text), 1, &diag);

		cr_expect(node && days_read_of_time(node, &day, &diag) ==
					  rows[i].ok,
			"%s", rows[i].text);
		diag_free(&diag);
		arena_free(&a);
	}
}
