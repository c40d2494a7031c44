#include "report/grid.h"

#include "format/text.h"

#include <assert.h>
#include <libsmartcols.h>
#include <stdlib.h>

#define SEPARATOR "  "
#define GAP       (sizeof(SEPARATOR) - 1)

/* Below this the last column makes a poor table. */
#define LAST_MIN 12

/* Wider than any line: libsmartcols must never shorten a cell. */
#define NO_LIMIT 1000000

/* What of a grid is shown. */
struct layout {
	const struct grid *grid;
	size_t shown[GRID_COLUMNS_MAX]; /* columns, the last one not among them
					 */
	size_t n;
	size_t width; /* of these, with the blanks between them */
};

void grid_row(struct grid *grid, const struct str *cells)
{
	for (size_t i = 0; i < grid->n; i++)
		vec_push(
			&grid->a, &grid->cells, arena_copy(&grid->a, cells[i]));
}

static size_t count_rows(const struct grid *grid)
{
	return grid->cells.n / grid->n;
}

static struct str cell_at(const struct grid *grid, size_t row, size_t column)
{
	return grid->cells.at[row * grid->n + column];
}

static size_t max(size_t left, size_t right)
{
	return left > right ? left : right;
}

static bool has_headings(const struct grid *grid)
{
	return grid->columns[0].heading != NULL;
}

static size_t column_width(const struct grid *grid, size_t column)
{
	size_t width = 0;

	if (has_headings(grid))
		width = text_width(str_of(grid->columns[column].heading));
	for (size_t i = 0; i < count_rows(grid); i++)
		width = max(width, text_width(cell_at(grid, i, column)));
	return width;
}

/* A column of counts that are all 0. */
static bool is_idle(const struct grid *grid, size_t column)
{
	if (grid->columns[column].align != GRID_COUNT)
		return false;
	for (size_t i = 0; i < count_rows(grid); i++)
		if (!str_equal(cell_at(grid, i, column), STR("0")))
			return false;
	return true;
}

static struct layout layout_of(const struct grid *grid)
{
	struct layout layout = {.grid = grid};

	assert(grid->n >= 2 && grid->n <= GRID_COLUMNS_MAX);
	for (size_t i = 0; i + 1 < grid->n; i++) {
		if (is_idle(grid, i))
			continue;
		layout.width += column_width(grid, i) +
				(layout.n > 0 ? GAP : 0);
		layout.shown[layout.n++] = i;
	}
	return layout;
}

/* ---- as a table ---- */

/* libsmartcols fails only where memory is out. */
static void *must(void *made)
{
	if (!made)
		abort();
	return made;
}

/* The shown columns, aligned, a line per row, the headings first. */
static char *align(const struct layout *layout)
{
	const struct grid *grid = layout->grid;
	struct libscols_table *table = must(scols_new_table());
	char *text = NULL;

	scols_table_enable_noheadings(table, !has_headings(grid));
	/* The cells are harmless, and their "\x1b" must not be escaped. */
	scols_table_enable_noencoding(table, 1);
	scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS);
	scols_table_set_termwidth(table, NO_LIMIT);
	scols_table_set_column_separator(table, SEPARATOR);
	for (size_t i = 0; i < layout->n; i++) {
		const struct grid_column *column =
			&grid->columns[layout->shown[i]];

		must(scols_table_new_column(table,
			column->heading ? column->heading : "", 0,
			column->align == GRID_LEFT ? 0 : SCOLS_FL_RIGHT));
	}
	for (size_t i = 0; i < count_rows(grid); i++) {
		struct libscols_line *line = must(
			scols_table_new_line(table, NULL));

		for (size_t k = 0; k < layout->n; k++)
			scols_line_set_data(
				line, k, cell_at(grid, i, layout->shown[k]).s);
	}
	if (scols_print_table_to_string(table, &text) != 0)
		must(NULL);
	scols_unref_table(table);
	return text;
}

/* `text` without blanks at its end. */
static struct str trimmed(struct str text)
{
	while (text.len > 0 && text.s[text.len - 1] == ' ')
		text.len--;
	return text;
}

static void put_line(const struct layout *layout, struct str fixed,
	struct str last, size_t indent)
{
	struct page *page = layout->grid->page;
	size_t column = indent + layout->width + GAP;

	page_begin(page, indent, column);
	page_word(page, trimmed(fixed));
	if (!page->begun)
		page_begin(page, column, column);
	else
		page_tab(page, column);
	page_text(page, last);
	page_end(page);
}

static void print_table(const struct layout *layout, size_t indent)
{
	const struct grid *grid = layout->grid;
	char *text = align(layout);
	struct str rest = str_of(text);

	if (has_headings(grid))
		put_line(layout, str_cut(&rest, '\n'),
			str_of(grid->columns[grid->n - 1].heading), indent);
	for (size_t i = 0; i < count_rows(grid); i++)
		put_line(layout, str_cut(&rest, '\n'),
			cell_at(grid, i, grid->n - 1), indent);
	free(text);
}

/* ---- as paragraphs ---- */

/* `text`, a comma, and a cell; a number behind its heading. */
static struct str joined(
	struct grid *grid, struct str text, size_t row, size_t column)
{
	const struct grid_column *c = &grid->columns[column];
	struct str cell = str_trim(cell_at(grid, row, column));

	if (cell.len == 0)
		return text;
	if (c->heading && c->align != GRID_LEFT)
		cell = arena_print(&grid->a, "%s%c%.*s", c->heading, PAGE_BLANK,
			STR_ARG(cell));
	return arena_print(&grid->a, "%.*s%s%.*s", STR_ARG(text),
		text.len ? ", " : "", STR_ARG(cell));
}

static void print_paragraphs(
	struct grid *grid, const struct layout *layout, size_t indent)
{
	for (size_t i = 0; i < count_rows(grid); i++) {
		struct str text = {0};

		for (size_t k = 0; k < layout->n; k++)
			text = joined(grid, text, i, layout->shown[k]);
		text = joined(grid, text, i, grid->n - 1);
		page_begin(grid->page, indent, indent + GAP);
		page_text(grid->page, text);
		page_end(grid->page);
	}
}

void grid_print(struct grid *grid, size_t indent)
{
	struct layout layout = layout_of(grid);
	size_t last = column_width(grid, grid->n - 1);

	if (last > LAST_MIN)
		last = LAST_MIN;
	if (count_rows(grid) == 0)
		return;
	if (layout.n > 0 && indent + layout.width + GAP + last <=
				    grid->page->options->width)
		print_table(&layout, indent);
	else
		print_paragraphs(grid, &layout, indent);
	arena_free(&grid->a);
	grid->cells = (struct str_vec) {0};
}
