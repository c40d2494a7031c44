#include "section_p.h"

/* 2 and 1 of 12 transactions: 16.667 and 8.333 points. */
Test(section_gaps, groups_have_their_impact_and_first_place)
{
	struct result result = sample_result();

	expect_section(section_gaps, &result, 80,
		"\n"
		"Gaps in the audit trail, widest first\n"
		"  points  missing  unverifiable  partial  where, and the "
		"first place\n"
		"  16.667        1             1        1  crm account update "
		"2026Q1,\n"
		"                                          "
		"exports/orders.csv:5\n"
		"   8.333        1             0        0  erp delete\n");
}

/* The counters of metrics.md 1.5: 3 of 8, 37.5 points. */
Test(section_gaps, streams_have_the_numbers_they_lack)
{
	static const int64_t few[] = {5, 5, 8, 9};
	static const int64_t many[] = {1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 1200};
	static const struct gap_group gaps[] = {
		{.system = STR_INIT("log of crm"),
			.missing = 3,
			.lost = 3,
			.of = 8,
			.ranges = few,
			.n_ranges = 2},
		{.missing = 1200, .ranges = many, .n_ranges = 6}};
	struct result result = {
		.metrics = {.completeness = {.variant = STR("counter"),
				    .gaps = gaps,
				    .n_gaps = 2,
				    .gaps_total = 2}}};

	expect_section(section_gaps, &result, 80,
		"\n"
		"Gaps in the audit trail, widest first\n"
		"  points  missing  stream, its first row, and the numbers it lacks\n"
		"  37.500        3  log of crm: lacks 5, 8 to 9\n"
		"   0.000    1,200  (not named): lacks 1, 3, 5, 7, 9, and more\n");
}

Test(section_gaps, long_lists_are_cut)
{
	struct gap_group gaps[30] = {0};
	struct result result = {
		.metrics = {.completeness = {.variant = STR("record"),
				    .gaps = gaps,
				    .n_gaps = 30,
				    .gaps_total = 1250}}};
	struct capture c;
	struct str have;
	size_t lines = 0;

	for (size_t i = 0; i < 30; i++)
		gaps[i] = (struct gap_group) {.system = STR("crm"), .late = 1};
	capture_begin(&c, 80);
	section_gaps(&c.page, &result);
	have = capture_end(&c);
	cr_expect(str_has_suffix(
		have, STR("\n  and 1,230 more in the JSON result\n")));
	for (size_t i = 0; i < have.len; i++)
		lines += have.s[i] == '\n';
	/* An empty line, two headings, 20 groups, the rest. */
	cr_expect(lines == 24, "%zu", lines);
	capture_free(&c);
}

Test(section_gaps, without_gaps_it_is_left_out)
{
	struct result result = {0};

	expect_section(section_gaps, &result, 80, "");
}
