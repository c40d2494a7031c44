#include "figure_p.h"

/* Shares as in metrics.md 1.5, to 2 decimals: 53/55 = 0.963636, 9/11 =
   0.818182, 10/12 = 0.833333, 8/12 = 0.666667. */
Test(figure_completeness, the_worked_example_as_text)
{
	struct metrics metrics = {.completeness = sample_completeness};

	expect_rows(&figure_completeness, &metrics,
		"audit trail completeness  75.00%  9 of 12 transactions are in "
		"the log, 1 cannot be verified\n"
		"                                  7 matched, 1 late, 1 "
		"partial; 2 missing, 1 unverifiable;\n"
		"                                  1 excluded\n"
		"  required fields         96.36%  53 of 55 are filled\n"
		"  in time                 87.50%  7 of 8 were logged in time\n"
		"  existence               81.82%  9 of 11 log entries have a "
		"transaction\n"
		"  at most                 83.33%  10 of 12 if what cannot be "
		"verified was logged\n"
		"  strong matches          66.67%  8 of 12 without matches by "
		"day only\n"
		"  system crm              75.00%  6 of 8\n"
		"  system erp              75.00%  3 of 4\n"
		"  quarter 2026Q1          75.00%  9 of 12\n");
}

Test(figure_completeness, the_worked_example_as_json)
{
	struct metrics metrics = {.completeness = sample_completeness};

	expect_object(&figure_completeness, &metrics,
		"{\"value\": 0.75, \"numerator\": 9, \"denominator\": 12, \"ci95\": null, "
		"\"variant\": \"record\", "
		"\"levels\": {"
		"\"record\": {\"value\": 0.75, \"numerator\": 9, "
		"\"denominator\": 12}, "
		"\"field\": {\"value\": 0.963636363636, \"numerator\": 53, "
		"\"denominator\": 55}, "
		"\"session\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"sessions are not followed\"}, "
		"\"lineage\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"hops are not followed\"}, "
		"\"path\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"paths are not followed\"}}, "
		"\"by\": ["
		"{\"by\": \"system\", \"key\": \"crm\", \"value\": 0.75, "
		"\"numerator\": 6, \"denominator\": 8}, "
		"{\"by\": \"system\", \"key\": \"erp\", \"value\": 0.75, "
		"\"numerator\": 3, \"denominator\": 4}, "
		"{\"by\": \"system\", \"key\": \"mail\", \"value\": null, "
		"\"numerator\": 0, \"denominator\": 0}, "
		"{\"by\": \"quarter\", \"key\": \"2026Q1\", \"value\": 0.75, "
		"\"numerator\": 9, \"denominator\": 12}], "
		"\"matched\": 7, \"late\": 1, \"partial\": 1, \"missing\": 2, "
		"\"unverifiable\": 1, \"excluded\": 1, \"outside\": 0, \"orphans\": 2, "
		"\"weak\": 1, \"walked\": 0, "
		/* metrics.md 1.5: 7/12 = 0.583333 */
		"\"strict\": {\"value\": 0.583333333333, \"numerator\": 7, "
		"\"denominator\": 12}, "
		"\"upper\": {\"value\": 0.833333333333, \"numerator\": 10, "
		"\"denominator\": 12}, "
		"\"verifiable\": {\"value\": 0.818181818182, "
		"\"numerator\": 9, \"denominator\": 11}, "
		"\"no_weak\": {\"value\": 0.666666666667, \"numerator\": 8, "
		"\"denominator\": 12}, "
		"\"existence\": {\"value\": 0.818181818182, "
		"\"numerator\": 9, \"denominator\": 11}, "
		"\"timeliness\": {\"value\": 0.875, \"numerator\": 7, "
		"\"denominator\": 8}, "
		/* points: 100 * 2 / 12 and 100 * 1 / 12 */
		"\"streams\": 0, \"streams_with_gaps\": 0, "
		"\"gaps\": [{\"system\": \"crm\", "
		"\"object_type\": \"account\", \"action\": \"update\", "
		"\"quarter\": \"2026Q1\", \"points\": 16.6666666667, "
		"\"missing\": 1, \"unverifiable\": 1, \"partial\": 1, "
		"\"late\": 0, \"places\": "
		"[{\"path\": \"exports/orders.csv\", \"line\": 5}, "
		"{\"path\": \"exports/orders.csv\", \"line\": 13}]}, "
		"{\"system\": \"erp\", \"object_type\": \"\", "
		"\"action\": \"delete\", \"quarter\": \"\", "
		"\"points\": 8.33333333333, \"missing\": 1, "
		"\"unverifiable\": 0, \"partial\": 0, \"late\": 0, "
		"\"places\": []}], \"gaps_total\": 2}");
}

Test(figure_completeness, without_transactions_it_says_why)
{
	struct metrics metrics = {
		.completeness = {.why = STR("no source has them"),
			.why_record = STR("no row")}};

	expect_rows(&figure_completeness, &metrics,
		"audit trail completeness  n/a  no source has them\n");
	expect_object(&figure_completeness, &metrics,
		"{\"value\": null, \"numerator\": 0, \"denominator\": 0, "
		"\"ci95\": null, \"why\": \"no source has them\", \"levels\": {"
		"\"record\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"no row\"}, "
		"\"field\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"no row\"}, "
		"\"session\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0}, "
		"\"lineage\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0}, "
		"\"path\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0}}, \"by\": [], "
		"\"matched\": 0, \"late\": 0, \"partial\": 0, \"missing\": 0, "
		"\"unverifiable\": 0, \"excluded\": 0, \"outside\": 0, \"orphans\": 0, "
		"\"weak\": 0, \"walked\": 0, "
		"\"strict\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"no row\"}, "
		"\"upper\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"no row\"}, "
		"\"verifiable\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"no row\"}, "
		"\"no_weak\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"no row\"}, "
		"\"existence\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"no row\"}, "
		"\"timeliness\": {\"value\": null, \"numerator\": 0, "
		"\"denominator\": 0, \"why\": \"no row\"}, "
		"\"streams\": 0, \"streams_with_gaps\": 0, "
		"\"gaps\": [], \"gaps_total\": 0}");
}

/* The counters 3, 4, 6, 7, 7, 10 of metrics.md 1.5: 5 of 8, and 5, 8, 9 are
   absent. */
Test(figure_completeness, counters_count_their_absent_numbers)
{
	static const int64_t ranges[] = {5, 5, 8, 9};
	static const struct gap_group gap = {.system = STR_INIT("log"),
		.missing = 3,
		.lost = 3,
		.of = 8,
		.ranges = ranges,
		.n_ranges = 2};
	struct metrics metrics = {.completeness = {.variant = STR("counter"),
					  .main = {5, 8},
					  .numbers_missing = 3,
					  .streams = 2,
					  .streams_with_gap = 1,
					  .gaps = &gap,
					  .n_gaps = 1,
					  .gaps_total = 1}};
	struct capture c;
	struct str json;
	struct json_writer writer;

	expect_rows(&figure_completeness, &metrics,
		"audit trail completeness  62.50%  5 of 8 counted updates are "
		"in the log (variant: counter)\n"
		"                                  3 numbers missing in 1 of 2 "
		"streams\n");
	capture_begin(&c, 80);
	writer = json_writer_init(write_text, &c.sink);
	json_inline(&writer);
	json_begin_object(&writer);
	figure_completeness.write(&writer, &metrics, &c.options);
	json_end_object(&writer);
	json = capture_end(&c);
	cr_expect(str_find_text(json, STR("\"variant\": \"counter\"")) <
		  json.len);
	cr_expect(str_find_text(json, STR("\"missing\": 3, ")) < json.len);
	cr_expect(str_find_text(json,
			  STR("\"streams\": 2, \"streams_with_gaps\": 1")) <
		  json.len);
	cr_expect(str_find_text(json, STR("\"absent\": [[5, 5], [8, 9]]")) <
		  json.len);
	capture_free(&c);
}

Test(figure_completeness, a_sample_has_an_interval)
{
	struct metrics metrics = {.completeness = {.variant = STR("record"),
					  .main = {95, 100},
					  .outside = 1200,
					  .field = {1, 1},
					  .timeliness = {1, 1},
					  .existence = {1, 1},
					  .has_interval = true,
					  .low = 0.8882,
					  .high = 0.9785}};

	expect_rows(&figure_completeness, &metrics,
		"audit trail completeness   95.00%  95 of 100 transactions are "
		"in the log\n"
		"                                   0 matched, 0 late, 0 "
		"partial; 0 missing, 0 unverifiable;\n"
		"                                   0 excluded, 1,200 outside "
		"the period\n"
		"                                   95% [88.82%, 97.85%] of "
		"all, as the transactions are a "
		"sample\n"
		"  required fields         100.00%  1 of 1 are filled\n"
		"  in time                 100.00%  1 of 1 were logged in "
		"time\n"
		"  existence               100.00%  1 of 1 log entries have a "
		"transaction\n");
}

Test(figure_completeness, rules_are_the_weakest_variant)
{
	struct metrics metrics = {
		.completeness = {.variant = STR("rule"), .main = {999, 1000}}};

	expect_rows(&figure_completeness, &metrics,
		"audit trail completeness  99.90%  999 of 1,000 decided cases "
		"are complete (variant: rule)\n");
}

Test(figure_completeness, long_breakdowns_are_cut)
{
	struct share_by by[23];
	struct metrics metrics = {.completeness = {.variant = STR("rule"),
					  .main = {1, 2},
					  .by = by,
					  .n_by = 23}};
	struct capture c;
	struct grid grid = {.page = &c.page};
	static const struct grid_column columns[] = {
		{NULL, GRID_LEFT}, {NULL, GRID_RIGHT}, {NULL, GRID_LEFT}};
	struct str text;

	/* One of them has no case and is not counted. */
	for (size_t i = 0; i < 23; i++)
		by[i] = (struct share_by) {
			"system", STR("crm"), {0, i == 4 ? 0 : 1}};
	grid.columns = columns;
	grid.n = 3;
	capture_begin(&c, 100);
	figure_completeness.show(&grid, &metrics);
	cr_expect(grid.cells.n == 3 * (1 + FIGURE_PARTS + 1));
	grid_print(&grid, 0);
	text = capture_end(&c);
	cr_expect(str_has_suffix(
		text, STR("and 2 more lines in the JSON result\n")));
	capture_free(&c);
}
