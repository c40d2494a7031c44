#include "report/assumed_rows.h"

#include "report/print.h"

#include <stdlib.h>

/* Rows that are shown, and the sources that one of them names. */
#define ROWS_MAX  6
#define NAMES_MAX 3

/* A source and what was assumed of it. */
struct assumption {
	struct str text;
	size_t source;
};

/* Sources of one text: n of them, ascending, in the list at `first`. */
struct group {
	size_t first, n, source;
};

static int compare_assumptions(const void *left, const void *right)
{
	const struct assumption *a = left, *b = right;
	int order = str_compare(a->text, b->text);

	if (order)
		return order;
	return a->source < b->source ? -1 : a->source > b->source;
}

static int compare_groups(const void *left, const void *right)
{
	const struct group *a = left, *b = right;

	return a->source < b->source ? -1 : a->source > b->source;
}

static struct str join(struct page *page, const struct str_vec *texts)
{
	struct str all = STR("");

	for (size_t i = 0; i < texts->n; i++)
		all = arena_print(&page->a, "%.*s%s%.*s", STR_ARG(all),
			i ? "; " : "", STR_ARG(page_safe(page, texts->at[i])));
	return all;
}

/* Sorted by text. */
static struct assumption *list_all(
	struct page *page, const struct result *r, size_t *n)
{
	struct assumption *list = arena_array(
		&page->a, struct assumption, r->n_sources);

	*n = 0;
	for (size_t i = 0; i < r->n_sources; i++)
		if (r->sources[i].assumed.n)
			list[(*n)++] = (struct assumption) {
				join(page, &r->sources[i].assumed), i};
	if (*n)
		qsort(list, *n, sizeof(*list), compare_assumptions);
	return list;
}

/* Sorted by first source. */
static struct group *group_all(struct page *page, const struct assumption *list,
	size_t n, size_t *n_groups)
{
	struct group *groups = arena_array(&page->a, struct group, n);

	*n_groups = 0;
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || !str_equal(list[i].text, list[i - 1].text))
			groups[(*n_groups)++] = (struct group) {
				i, 0, list[i].source};
		groups[*n_groups - 1].n++;
	}
	qsort(groups, *n_groups, sizeof(*groups), compare_groups);
	return groups;
}

/* "crm, erp, mesh and 3 more: separator comma". */
static struct str group_text(struct page *page, const struct result *r,
	const struct assumption *list, const struct group *group)
{
	struct arena *a = &page->a;
	struct str names = STR("");

	for (size_t i = 0; i < group->n && i < NAMES_MAX; i++)
		names = arena_print(a, "%.*s%s%.*s", STR_ARG(names),
			i ? ", " : "",
			STR_ARG(page_safe(
				page, r->sources[list[group->first + i].source]
					      .name)));
	if (group->n > NAMES_MAX)
		names = arena_print(a, "%.*s and %.*s", STR_ARG(names),
			STR_ARG(print_labelled(
				a, group->n - NAMES_MAX, "more")));
	return arena_print(a, "%.*s: %.*s", STR_ARG(names),
		STR_ARG(list[group->first].text));
}

void assumed_rows(struct grid *grid, const struct result *result)
{
	struct page *page = grid->page;
	size_t n, n_groups;
	const struct assumption *list = list_all(page, result, &n);
	const struct group *groups;

	if (n == 0)
		return;
	groups = group_all(page, list, n, &n_groups);
	for (size_t i = 0; i < n_groups && i < ROWS_MAX; i++) {
		struct str cells[] = {i ? STR("") : STR("assumed"),
			group_text(page, result, list, &groups[i])};

		grid_row(grid, cells);
	}
	if (n_groups > ROWS_MAX) {
		struct str cells[] = {STR(""),
			arena_print(&page->a, "and %.*s in the JSON result",
				STR_ARG(print_labelled(&page->a,
					n_groups - ROWS_MAX, "more")))};

		grid_row(grid, cells);
	}
}
