#include "report/grid.h"
#include "report/print.h"
#include "report/section.h"

#include <stdlib.h>

#define INCIDENTS_MAX 10

/* The one detected first comes first; identifier and place decide between
   equals. */
static int compare_incidents(const void *left, const void *right)
{
	const struct incident *a = left, *b = right;
	int order = str_compare(a->id, b->id);

	if (a->detected != b->detected)
		return a->detected < b->detected ? -1 : 1;
	if (order == 0)
		order = str_compare(a->place.path, b->place.path);
	if (order != 0)
		return order;
	return a->place.line < b->place.line ? -1
					     : a->place.line > b->place.line;
}

static void incident_row(struct grid *grid, const struct incident *incident)
{
	struct page *page = grid->page;
	struct str cells[] = {print_time(&page->a, incident->detected),
		incident->regulatory ? STR("yes") : STR("no"),
		arena_print(&page->a, "%.*s, %.*s",
			STR_ARG(page_whole(page, incident->id)),
			STR_ARG(page_place(page, &incident->place)))};

	grid_row(grid, cells);
}

static void write_rest(struct page *page, uint64_t n, const char *text)
{
	page_begin(page, 2, 2);
	page_print(
		page, "and %.*s", STR_ARG(print_labelled(&page->a, n, text)));
	page_end(page);
}

void section_incidents(struct page *page, const struct result *result)
{
	static const struct grid_column columns[] = {{"detected", GRID_LEFT},
		{"regulatory", GRID_LEFT}, {"incident", GRID_LEFT}};
	struct grid grid = {.page = page, .columns = columns, .n = 3};
	struct incident *open = arena_array(
		&page->a, struct incident, result->n_incidents);
	size_t n = 0;

	for (size_t i = 0; i < result->n_incidents; i++)
		if (result->incidents[i].is_open)
			open[n++] = result->incidents[i];
	if (n == 0)
		return;
	qsort(open, n, sizeof(*open), compare_incidents);
	for (size_t i = 0; i < n && i < INCIDENTS_MAX; i++)
		incident_row(&grid, &open[i]);
	page_heading(page, "Open incidents, oldest first");
	grid_print(&grid, 2);
	if (n > INCIDENTS_MAX)
		write_rest(page, n - INCIDENTS_MAX, "more in the JSON result");
	if (result->incidents_total > result->n_incidents)
		write_rest(page, result->incidents_total - result->n_incidents,
			"incidents, open or not, that are only counted");
}
