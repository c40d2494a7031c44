#include "report/figure.h"
#include "report/section.h"

void section_metrics(struct page *page, const struct result *result)
{
	static const struct grid_column columns[] = {{"metric", GRID_LEFT},
		{"value", GRID_RIGHT}, {"basis", GRID_LEFT}};
	struct grid grid = {.page = page, .columns = columns, .n = 3};

	page_heading(page, "Metrics");
	for (size_t i = 0; i < figure_count; i++)
		if (figure_table[i]->show)
			figure_table[i]->show(&grid, &result->metrics);
	grid_print(&grid, 2);
}
