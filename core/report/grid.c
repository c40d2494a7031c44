#include "report/grid.h"

#include <libsmartcols.h>
#include <stdlib.h>

struct grid {
	struct arena a;
	struct libscols_table *table;
	size_t n;
};

/* libsmartcols fails only where memory is out. */
static void *must(void *made)
{
	if (!made)
		abort();
	return made;
}

static int flags_of(enum grid_column column)
{
	switch (column) {
	case GRID_RIGHT:
		return SCOLS_FL_RIGHT;
	case GRID_WRAP:
		return SCOLS_FL_WRAP;
	case GRID_LEFT:
		break;
	}
	return 0;
}

struct grid *grid_new(const enum grid_column *columns,
	const char *const *headings, size_t n, unsigned width, bool ascii)
{
	struct arena a = {0};
	struct grid *grid = arena_new(&a, struct grid);

	grid->a = a;
	grid->n = n;
	grid->table = must(scols_new_table());
	scols_table_enable_noheadings(grid->table, headings == NULL);
	scols_table_enable_ascii(grid->table, ascii);
	scols_table_enable_minout(grid->table, 1);
	scols_table_set_termforce(grid->table, SCOLS_TERMFORCE_ALWAYS);
	scols_table_set_termwidth(grid->table, width);
	scols_table_set_column_separator(grid->table, "  ");
	must(scols_table_new_column(grid->table, "", 0, 0));
	for (size_t i = 0; i < n; i++)
		must(scols_table_new_column(grid->table,
			headings ? headings[i] : "", 0, flags_of(columns[i])));
	return grid;
}

void grid_row(struct grid *grid, const struct str *cells)
{
	struct libscols_line *line = must(
		scols_table_new_line(grid->table, NULL));

	scols_line_set_data(line, 0, "");
	for (size_t i = 0; i < grid->n; i++)
		scols_line_set_data(
			line, i + 1, arena_copy(&grid->a, cells[i]).s);
}

void grid_print(struct grid *grid, struct sink *sink)
{
	struct arena a = grid->a;
	char *text = NULL;

	if (scols_print_table_to_string(grid->table, &text) == 0 && text)
		sink_write(sink, str_of(text));
	sink_write(sink, STR("\n"));
	free(text);
	scols_unref_table(grid->table);
	arena_free(&a);
}
