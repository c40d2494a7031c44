#include "report/figure.h"

#include "report/print.h"

static const struct figure explained = {
	.name = STR_INIT("explained_decisions")};
static const struct figure traced = {
	.name = STR_INIT("decision_trace_completeness")};
static const struct figure delay = {.name = STR_INIT("checkpoint_delay")};
static const struct figure feedback = {.name = STR_INIT("survey_feedback")};

/* To add a metric, follow the recipe at `struct figure`. */
const struct figure *const figure_table[] = {
	&figure_completeness,
	&figure_rate,
	&figure_remediation,
	&figure_downtime,
	&figure_roi,
	&explained,
	&traced,
	&delay,
	&feedback,
};
const size_t figure_count = sizeof(figure_table) / sizeof(figure_table[0]);

void figure_row(
	struct grid *grid, const char *name, struct str value, struct str basis)
{
	struct str cells[] = {str_of(name), value, basis};

	grid_row(grid, cells);
}

void figure_part(struct grid *grid, const char *kind, struct str key,
	struct str value, struct str basis)
{
	struct page *page = grid->page;
	struct str name = arena_print(&page->a, "  %s%s%.*s", kind,
		*kind && key.len ? " " : "", STR_ARG(page_safe(page, key)));
	struct str cells[] = {name, value, basis};

	grid_row(grid, cells);
}

void figure_more(struct grid *grid, size_t n, const char *noun)
{
	struct arena *a = &grid->page->a;

	if (n > 0)
		figure_row(grid, "", STR(""),
			arena_print(a, "and %.*s %s%s in the JSON result",
				STR_ARG(print_labelled(a, n, "more")), noun,
				n == 1 ? "" : "s"));
}
