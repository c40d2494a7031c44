#include "report/figure.h"

#include "figure_p.h"

/* The members of "metrics" in the order of the result document. */
Test(figure, the_table_has_the_names_of_the_result_document)
{
	static const char *const names[] = {"audit_trail_completeness",
		"regulatory_incident_rate", "time_to_remediate",
		"downtime_impact", "compliance_roi", "explained_decisions",
		"decision_trace_completeness", "checkpoint_delay",
		"survey_feedback"};

	cr_assert(figure_count == sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < figure_count; i++) {
		const struct figure *figure = figure_table[i];

		cr_expect(str_equal(figure->name, str_of(names[i])), "row %zu",
			i);
		cr_expect(!figure->write == !figure->show, "row %zu", i);
	}
}

static void show_rows(struct grid *grid, const struct metrics *metrics)
{
	(void)metrics;
	figure_row(grid, "downtime impact", STR("12.0"), STR("minutes"));
	figure_part(grid, "system", STR("c\trm"), STR("7.0"), STR("of 8.0"));
	figure_part(grid, "", STR("2026Q1"), STR("5.0"), STR("of 5.0"));
	figure_more(grid, 0, "system");
	figure_more(grid, 1, "system");
	figure_more(grid, 1200, "system");
}

Test(figure, parts_are_indented_and_escaped)
{
	static const struct figure figure = {.show = show_rows};

	expect_rows(&figure, NULL,
		"downtime impact   12.0  minutes\n"
		"  system c\\x09rm   7.0  of 8.0\n"
		"  2026Q1           5.0  of 5.0\n"
		"                        and 1 more system in the JSON result\n"
		"                        and 1,200 more systems in the JSON "
		"result\n");
}
