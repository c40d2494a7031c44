#include "figure_p.h"

/* metrics.md 5: low -0.48, base 0.82. The cost is assumed by all scenarios
   and stands once. */
Test(figure_roi, the_worked_example_as_text)
{
	struct metrics metrics = {.roi = sample_roi};

	expect_rows(&figure_roi, &metrics,
		"compliance ROI   0.820  base scenario; an estimate from your "
		"own numbers\n"
		"                        assumes cost 25000.00 EUR\n"
		"  low           -0.480  saves 13,000.00 EUR for 25,000.00 "
		"EUR: fines 1,000.00 EUR, audit\n"
		"                        9,000.00 EUR, downtime 3,000.00 EUR; breaks even at "
		"fines of 13,000.00 EUR\n"
		"                        assumes audit_hours_after 300\n"
		"  base           0.820  saves 45,500.00 EUR for 25,000.00 "
		"EUR: fines 20,000.00 EUR, audit\n"
		"                        19,500.00 EUR, downtime 6,000.00 EUR; "
		"breaks even without them\n"
		"                        assumes audit_hours_after 250\n");
}

Test(figure_roi, the_worked_example_as_json)
{
	struct metrics metrics = {.roi = sample_roi};

	expect_object(&figure_roi, &metrics,
		"{\"value\": 0.82, \"scenarios\": ["
		"{\"scenario\": \"low\", \"roi\": -0.48, "
		"\"currency\": \"EUR\", \"cost\": \"25000.00\", "
		"\"avoided_fines\": \"1000.00\", "
		"\"audit_saving\": \"9000.00\", "
		"\"downtime_saving\": \"3000.00\", \"total\": \"13000.00\", "
		"\"break_even\": \"13000.00\", \"rosi\": null, "
		"\"npv_minor\": null, \"payback_years\": null, "
		"\"assumptions\": ["
		"{\"item\": \"cost\", \"value\": \"25000.00 EUR\"}, "
		"{\"item\": \"audit_hours_after\", \"value\": \"300\"}]}, "
		"{\"scenario\": \"base\", \"roi\": 0.82, "
		"\"currency\": \"EUR\", \"cost\": \"25000.00\", "
		"\"avoided_fines\": \"20000.00\", "
		"\"audit_saving\": \"19500.00\", "
		"\"downtime_saving\": \"6000.00\", \"total\": \"45500.00\", "
		"\"break_even\": null, \"rosi\": 1.4, "
		"\"npv_minor\": 1154193.9745, \"payback_years\": 2, "
		"\"assumptions\": ["
		"{\"item\": \"cost\", \"value\": \"25000.00 EUR\"}, "
		"{\"item\": \"audit_hours_after\", \"value\": \"250\"}]}]}");
}

Test(figure_roi, without_costs_it_says_why)
{
	struct metrics metrics = {.roi = {.why = STR("no costs")}};

	expect_rows(&figure_roi, &metrics, "compliance ROI  n/a  no costs\n");
	expect_object(&figure_roi, &metrics,
		"{\"value\": null, \"why\": \"no costs\", "
		"\"scenarios\": []}");
}

Test(figure_roi, a_scenario_without_cost_says_why)
{
	static const struct scenario_result base = {
		.scenario = STR_INIT("base"), .why = STR_INIT("the cost is 0")};
	struct metrics metrics = {.roi = {.why = STR("the cost is 0"),
					  .scenarios = &base,
					  .n_scenarios = 1}};

	expect_rows(&figure_roi, &metrics,
		"compliance ROI  n/a  the cost is 0\n"
		"  base          n/a  the cost is 0\n");
	expect_object(&figure_roi, &metrics,
		"{\"value\": null, \"why\": \"the cost is 0\", "
		"\"scenarios\": [{\"scenario\": \"base\", \"roi\": null, "
		"\"why\": \"the cost is 0\", \"currency\": \"\", "
		"\"cost\": \"0.00\", \"avoided_fines\": \"0.00\", "
		"\"audit_saving\": \"0.00\", \"downtime_saving\": \"0.00\", "
		"\"total\": \"0.00\", \"break_even\": null, \"rosi\": null, "
		"\"npv_minor\": null, \"payback_years\": null, "
		"\"assumptions\": []}]}");
}

/* One scenario assumes what the other does not: nothing is shared. */
Test(figure_roi, an_assumption_of_one_scenario_stays_with_it)
{
	static const struct key_value cost = {
		STR_INIT("cost"), STR_INIT("1.00"), false};
	static const struct scenario_result scenarios[] = {
		{.scenario = STR_INIT("low"), .why = STR_INIT("x")},
		{.scenario = STR_INIT("base"),
			.why = STR_INIT("y"),
			.assumptions = &cost,
			.n_assumptions = 1}};
	struct metrics metrics = {.roi = {.why = STR("z"),
					  .scenarios = scenarios,
					  .n_scenarios = 2}};

	expect_rows(&figure_roi, &metrics,
		"compliance ROI  n/a  z\n"
		"  low           n/a  x\n"
		"  base          n/a  y\n"
		"                     assumes cost 1.00\n");
}
