#include "figure_p.h"

/* metrics.md 2: 7 incidents in 4 whole quarters, 3 in 12,500 transactions. */
Test(figure_rate, the_worked_example_as_text)
{
	struct metrics metrics = {.rate = sample_rate};

	expect_rows(&figure_rate, &metrics,
		"regulatory incident rate  1.750  per quarter, 95% [0.704, "
		"3.606]; 7 incidents by detected date in\n"
		"                                 4.000 quarters\n"
		"                                 not counted: 4 not "
		"regulatory, 1 duplicate, 0 outside the period\n"
		"                                 dates that stand in for "
		"another: 1\n"
		"  reportable                  2  of them must be reported\n"
		"  per 1,000               0.240  transactions, 95% [0.049, "
		"0.701]\n"
		"  2025Q3                      5  95% [1.623, 11.668]\n"
		"  2026Q1                      2  95% [0.242, 7.225], partial\n"
		"  other quarters              0  in 1 quarter without an "
		"incident\n"
		"  no data                   n/a  in 1 quarter\n");
}

Test(figure_rate, the_worked_example_as_json)
{
	struct metrics metrics = {.rate = sample_rate};

	expect_object(&figure_rate, &metrics,
		"{\"value\": 1.75, \"ci95\": [0.703591, 3.605669], "
		"\"count\": 7, \"exposure\": 4, \"date\": \"detected\", "
		"\"reportable\": 2, \"not_regulatory\": 4, \"duplicates\": 1, "
		"\"outside\": 0, \"undated\": 0, \"proxies\": 1, "
		"\"per_1000_transactions\": 0.24, "
		"\"per_1000_ci95\": [0.049494, 0.701382], \"by_quarter\": ["
		"{\"quarter\": \"2025Q3\", \"count\": 5, "
		"\"ci95\": [1.623486, 11.668332], \"no_data\": false, \"partial\": false}, "
		"{\"quarter\": \"2025Q4\", \"count\": 0, "
		"\"ci95\": [0, 3.688879], \"no_data\": false, \"partial\": false}, "
		"{\"quarter\": \"2026Q1\", \"count\": 2, "
		"\"ci95\": [0.242209, 7.224688], \"no_data\": false, \"partial\": true}, {\"quarter\": \"2026Q2\", \"count\": 0, \"ci95\": null, \"no_data\": true, \"partial\": false}]}");
}

Test(figure_rate, without_incidents_in_the_inputs_it_says_why)
{
	struct metrics metrics = {
		.rate = {.why = STR("no source has the role incidents")}};

	expect_rows(&figure_rate, &metrics,
		"regulatory incident rate  n/a  no source has the role "
		"incidents\n");
	expect_object(&figure_rate, &metrics,
		"{\"value\": null, \"why\": \"no source has the role "
		"incidents\", \"ci95\": null, \"count\": 0, \"exposure\": 0, "
		"\"date\": \"\", \"reportable\": 0, \"not_regulatory\": 0, "
		"\"duplicates\": 0, \"outside\": 0, \"undated\": 0, \"proxies\": 0, "
		"\"per_1000_transactions\": null, \"by_quarter\": []}");
}

/* No incident in a covered quarter is a real 0, with [0, 3.688879]. */
Test(figure_rate, quarters_without_incidents_are_said_together)
{
	struct quarter_count quarters[25] = {0};
	struct metrics metrics = {.rate = {.high = 3.688879,
					  .exposure = 1,
					  .date = STR("detected"),
					  .by_quarter = quarters,
					  .n_quarters = 3}};

	expect_rows(&figure_rate, &metrics,
		"regulatory incident rate  0.000  per quarter, 95% [0.000, "
		"3.689]; 0 incidents by detected date in\n"
		"                                 1.000 quarters\n"
		"  other quarters              0  in 3 quarters without an "
		"incident\n");
}

Test(figure_rate, long_breakdowns_are_cut)
{
	static const struct grid_column columns[] = {
		{NULL, GRID_LEFT}, {NULL, GRID_RIGHT}, {NULL, GRID_LEFT}};
	struct quarter_count quarters[25] = {0};
	struct metrics metrics = {
		.rate = {.by_quarter = quarters, .n_quarters = 25}};
	struct capture c;
	struct grid grid = {.page = &c.page, .columns = columns, .n = 3};
	struct str text;

	for (size_t i = 1; i < 25; i++)
		quarters[i] = (struct quarter_count) {
			.quarter = STR("2026Q1"), .count = 1};
	capture_begin(&c, 100);
	figure_rate.show(&grid, &metrics);
	grid_print(&grid, 0);
	text = capture_end(&c);
	cr_expect(str_find_text(text, STR("and 4 more quarters in the JSON")) <
		  text.len);
	cr_expect(str_find_text(text, STR("in 1 quarter without")) < text.len);
	capture_free(&c);
}
