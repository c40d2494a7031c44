#include "report/grid.h"
#include "report/print.h"
#include "report/section.h"

/* Files that are listed one by one. */
#define FILES_MAX 40

static void add_counts(struct input_facts *sum, const struct input_facts *input)
{
	sum->rows.read += input->rows.read;
	sum->rows.accepted += input->rows.accepted;
	sum->rows.duplicate += input->rows.duplicate;
	sum->rows.filtered += input->rows.filtered;
	sum->rows.rejected += input->rows.rejected;
	sum->untimed += input->untimed;
}

static void row_of(struct grid *grid, const struct input_facts *input,
	struct str source, struct str file)
{
	struct arena *a = &grid->page->a;
	const struct row_counts *rows = &input->rows;
	struct str cells[] = {print_count(a, rows->read),
		print_count(a, rows->accepted), print_count(a, rows->duplicate),
		print_count(a, rows->filtered), print_count(a, rows->rejected),
		print_count(a, input->untimed), source, file};

	grid_row(grid, cells);
}

static struct str file_text(struct page *page, const struct input_facts *input)
{
	return arena_print(&page->a, "%.*s (%.*s)",
		STR_ARG(page_path(page, input->path)),
		STR_ARG(page_safe(page, input->format)));
}

/* The files beyond the list in one row, so that the rows still add up. */
static void rest_row(struct grid *grid, const struct result *r)
{
	struct input_facts sum = {0};

	if (r->n_inputs <= FILES_MAX)
		return;
	for (size_t i = FILES_MAX; i < r->n_inputs; i++)
		add_counts(&sum, &r->inputs[i]);
	row_of(grid, &sum, STR(""),
		arena_print(&grid->page->a, "and %.*s in the JSON result",
			STR_ARG(print_counted(&grid->page->a,
				r->n_inputs - FILES_MAX, "more file"))));
}

static void write_files(struct page *page, const struct result *r)
{
	static const struct grid_column columns[] = {{"read", GRID_COUNT},
		{"accepted", GRID_COUNT}, {"duplicate", GRID_COUNT},
		{"filtered", GRID_COUNT}, {"rejected", GRID_COUNT},
		{"untimed", GRID_COUNT}, {"source", GRID_LEFT},
		{"file", GRID_LEFT}};
	struct grid grid = {.page = page, .columns = columns, .n = 8};

	for (size_t i = 0; i < r->n_inputs && i < FILES_MAX; i++)
		row_of(&grid, &r->inputs[i],
			page_safe(page, r->sources[r->inputs[i].source].name),
			file_text(page, &r->inputs[i]));
	rest_row(&grid, r);
	grid_print(&grid, 2);
}

static bool same_cover(
	const struct source_facts *left, const struct source_facts *right)
{
	return left->start == right->start && left->end == right->end &&
	       left->declared == right->declared;
}

static struct str cover_text(
	struct page *page, const struct source_facts *source)
{
	return arena_print(&page->a, "%.*s to %.*s (%s)",
		STR_ARG(print_time(&page->a, source->start)),
		STR_ARG(print_time(&page->a, source->end)),
		source->declared ? "declared" : "assumed");
}

/* When its events happened, and the time in which rules expect them if that is
   not the one of `usual`. */
static struct str span_text(struct page *page,
	const struct source_facts *source, const struct source_facts *usual)
{
	struct arena *a = &page->a;
	struct str text = arena_print(a, "%.*s to %.*s",
		STR_ARG(print_time(a, source->first)),
		STR_ARG(print_time(a, source->last)));

	if (same_cover(source, usual))
		return text;
	return arena_print(a, "%.*s; covers %.*s", STR_ARG(text),
		STR_ARG(cover_text(page, source)));
}

/* The source whose horizon stands for all: the first that assumes it. */
static const struct source_facts *usual_source(const struct result *r)
{
	for (size_t i = 0; i < r->n_sources; i++)
		if (!r->sources[i].declared)
			return &r->sources[i];
	return &r->sources[0];
}

static void write_silent(struct page *page, const struct result *r)
{
	size_t shown = 0;

	page_begin(page, 2, 4);
	for (size_t i = 0; i < r->n_sources; i++) {
		if (cell_is_value(r->sources[i].first))
			continue;
		if (shown++ == 0)
			page_text(page, STR("no event with a time in"));
		if (shown <= FILES_MAX)
			page_word(page, page_whole(page, r->sources[i].name));
	}
	if (shown > FILES_MAX)
		page_print(page, "and %.*s",
			STR_ARG(print_counted(
				&page->a, shown - FILES_MAX, "more source")));
	if (shown > 0)
		page_end(page);
}

static void write_sources(struct page *page, const struct result *r)
{
	static const struct grid_column columns[] = {
		{"source", GRID_LEFT}, {"events", GRID_LEFT}};
	struct grid grid = {.page = page, .columns = columns, .n = 2};
	const struct source_facts *usual = usual_source(r);

	for (size_t i = 0; i < r->n_sources; i++) {
		const struct source_facts *source = &r->sources[i];
		struct str cells[] = {page_safe(page, source->name),
			span_text(page, source, usual)};

		if (cell_is_value(source->first))
			grid_row(&grid, cells);
	}
	page_begin(page, 0, 0);
	page_end(page);
	grid_print(&grid, 2);
	write_silent(page, r);
	if (!cell_is_value(usual->start))
		return;
	page_begin(page, 2, 4);
	page_print(page, "unless said, a source covers %.*s",
		STR_ARG(cover_text(page, usual)));
	page_end(page);
}

void section_inputs(struct page *page, const struct result *result)
{
	if (result->n_inputs == 0)
		return;
	page_heading(page, "Inputs");
	write_files(page, result);
	if (result->n_sources > 0)
		write_sources(page, result);
}
