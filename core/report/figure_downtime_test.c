#include "figure_p.h"

/* metrics.md 4, net of maintenance. */
Test(figure_downtime, the_worked_example_as_text)
{
	struct metrics metrics = {.downtime = sample_downtime};

	expect_rows(&figure_downtime, &metrics,
		"downtime impact      120.0  minutes of legal risk: 4 open "
		"obligations against 135.0 minutes of\n"
		"                            downtime (maintenance excluded)\n"
		"  longest outage      90.0  minutes; 95% of the outages last at "
		"most 90.0 minutes\n"
		"  deadlines exposed      1  had downtime shortly before they "
		"were due; 1 missed with downtime,\n"
		"                            0 missed even if moved by it\n"
		"                            1 obligation without a known "
		"system, held against all of them\n"
		"  system A            90.0  of 120.0 minutes down, 91.6667% "
		"available\n"
		"  system B            30.0  of 30.0 minutes down, 97.9167% "
		"available\n"
		"  system C            15.0  of 15.0 minutes down, 98.9583% "
		"available\n");
}

Test(figure_downtime, the_worked_example_as_json)
{
	struct metrics metrics = {.downtime = sample_downtime};

	metrics.downtime.n_systems = 1;
	expect_object(&figure_downtime, &metrics,
		"{\"downtime_minutes\": 135, \"legal_risk_minutes\": 120, "
		"\"downtime_sum_minutes\": 165, "
		"\"legal_risk_sum_minutes\": 135, \"window_minutes\": 1440, "
		"\"maintenance_excluded\": true, \"outages\": 4, "
		"\"longest_minutes\": 90, \"p95_minutes\": 90, "
		"\"still_open\": 1, \"data_errors\": 0, \"outside\": 0, \"obligations\": 4, "
		"\"obligations_without_system\": 1, \"deadline_exposed\": 1, "
		"\"deadline_missed_with_downtime\": 1, "
		"\"missed_if_minus_downtime\": 0, \"by_system\": ["
		"{\"system\": \"A\", \"downtime_minutes\": 120, "
		"\"legal_risk_minutes\": 90, "
		"\"availability\": 0.916666666667, \"outages\": 2, "
		"\"longest_minutes\": 90}]}");
}

Test(figure_downtime, without_outages_no_figure_is_zero)
{
	struct metrics metrics = {.downtime = {.why = STR("no outages")}};

	expect_rows(&figure_downtime, &metrics,
		"downtime impact  n/a  no outages\n");
	expect_object(&figure_downtime, &metrics,
		"{\"downtime_minutes\": null, \"legal_risk_minutes\": null, "
		"\"why\": \"no outages\", \"downtime_sum_minutes\": null, "
		"\"legal_risk_sum_minutes\": null, \"window_minutes\": null, "
		"\"maintenance_excluded\": false, \"outages\": 0, "
		"\"longest_minutes\": null, \"p95_minutes\": null, "
		"\"still_open\": 0, \"data_errors\": 0, \"outside\": 0, \"obligations\": 0, "
		"\"obligations_without_system\": 0, \"deadline_exposed\": 0, "
		"\"deadline_missed_with_downtime\": 0, "
		"\"missed_if_minus_downtime\": 0, \"by_system\": []}");
}

Test(figure_downtime, without_obligations_the_downtime_stays)
{
	static const struct system_downtime system = {.system = STR_INIT("A"),
		.downtime_ns = 60 * SAMPLE_MINUTE,
		.has_availability = true,
		.availability = 0.5,
		.outages = 1,
		.longest_ns = 60 * SAMPLE_MINUTE};
	struct metrics metrics = {.downtime = {.any_ns = 60 * SAMPLE_MINUTE,
					  .sum_ns = 60 * SAMPLE_MINUTE,
					  .window_ns = 120 * SAMPLE_MINUTE,
					  .outages = 1,
					  .longest_ns = 60 * SAMPLE_MINUTE,
					  .p95_ns = 60 * SAMPLE_MINUTE,
					  .why_legal = STR("no obligation"),
					  .by_system = &system,
					  .n_systems = 1}};

	expect_rows(&figure_downtime, &metrics,
		"downtime impact    n/a  no obligation\n"
		"  longest outage  60.0  minutes; 95% of the outages last at "
		"most 60.0 minutes\n"
		"  system A         n/a  of 60.0 minutes down, 50.0000% "
		"available\n");
	expect_object(&figure_downtime, &metrics,
		"{\"downtime_minutes\": 60, \"legal_risk_minutes\": null, "
		"\"why\": \"no obligation\", \"downtime_sum_minutes\": 60, "
		"\"legal_risk_sum_minutes\": null, \"window_minutes\": 120, "
		"\"maintenance_excluded\": false, \"outages\": 1, "
		"\"longest_minutes\": 60, \"p95_minutes\": 60, "
		"\"still_open\": 0, \"data_errors\": 0, \"outside\": 0, \"obligations\": 0, "
		"\"obligations_without_system\": 0, \"deadline_exposed\": 0, "
		"\"deadline_missed_with_downtime\": 0, "
		"\"missed_if_minus_downtime\": 0, \"by_system\": ["
		"{\"system\": \"A\", \"downtime_minutes\": 60, "
		"\"legal_risk_minutes\": null, \"availability\": 0.5, "
		"\"outages\": 1, \"longest_minutes\": 60}]}");
}

Test(figure_downtime, availability_is_not_rounded_to_all_or_nothing)
{
	static const struct {
		double availability;
		const char *want;
	} rows[] = {
		{1, "100.0000%"},
		{0.99999999, "99.9999%"},
		{0.999999, "99.9999%"},
		{0.00000001, "0.0001%"},
		{0, "0.0000%"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct system_downtime system = {.system = STR("A"),
			.downtime_ns = SAMPLE_MINUTE,
			.has_availability = true,
			.availability = rows[i].availability};
		struct metrics metrics = {
			.downtime = {.by_system = &system, .n_systems = 1}};
		struct arena a = {0};

		expect_rows(&figure_downtime, &metrics,
			arena_print(&a,
				"downtime impact  0.0  minutes of legal risk: "
				"0 open obligations against 0.0 minutes of "
				"downtime\n"
				"  system A       0.0  of 1.0 minutes down, "
				"%s available\n",
				rows[i].want)
				.s);
		arena_free(&a);
	}
}

Test(figure_downtime, outages_outside_the_period_are_said)
{
	struct metrics metrics = {.downtime = {.outside = 1200}};

	expect_rows(&figure_downtime, &metrics,
		"downtime impact  0.0  minutes of legal risk: 0 open "
		"obligations against 0.0 minutes of downtime\n"
		"                      not counted: 1,200 outside the period\n");
}

Test(figure_downtime, long_breakdowns_are_cut)
{
	static const struct grid_column columns[] = {
		{NULL, GRID_LEFT}, {NULL, GRID_RIGHT}, {NULL, GRID_LEFT}};
	struct system_downtime systems[FIGURE_PARTS + 2];
	struct metrics metrics = {.downtime = {.by_system = systems,
					  .n_systems = FIGURE_PARTS + 2}};
	struct capture c;
	struct grid grid = {.page = &c.page, .columns = columns, .n = 3};
	struct str text;

	for (size_t i = 0; i < FIGURE_PARTS + 2; i++)
		systems[i] = (struct system_downtime) {
			.system = STR("A"), .downtime_ns = i > 0};
	capture_begin(&c, 100);
	figure_downtime.show(&grid, &metrics);
	cr_expect(grid.cells.n == 3 * (1 + FIGURE_PARTS + 1));
	grid_print(&grid, 0);
	text = capture_end(&c);
	cr_expect(str_has_suffix(
		text, STR("and 1 more system in the JSON result\n")));
	capture_free(&c);
}
