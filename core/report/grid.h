/*
 * Aligned tables for text reports, over libsmartcols. Cells must be harmless
 * (page_safe()); texts that a cell must not be broken at stand with PAGE_BLANK
 * and only in the last column. Rows are kept until grid_print(): only bounded
 * lists go into a grid.
 *
 * The last column takes what the others leave of the width; its words go on
 * in further lines below. Where the others leave too little, each row becomes
 * a paragraph instead: "violated 4, ok 33, DEC-005". So nothing is wider than
 * the width but a single word.
 */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "base/vec.h"
#include "report/page.h"

enum grid_align {
	GRID_LEFT,
	GRID_RIGHT,
	GRID_COUNT /* to the right, and left out where all cells are "0" */
};

struct grid_column {
	const char *heading; /* NULL in all columns: no headings */
	enum grid_align align;
};

#define GRID_COLUMNS_MAX 12

/* Set the first three; the rest is zero. There are at least two columns. */
struct grid {
	struct page *page;
	const struct grid_column *columns;
	size_t n;
	struct arena a;
	struct str_vec cells; /* row by row */
};

/* Adds a row of as many texts as there are columns. */
void grid_row(struct grid *grid, const struct str *cells);

/* Writes the table, which has `indent` columns to its left, and empties the
   grid. Without a row nothing is written. */
void grid_print(struct grid *grid, size_t indent);

#endif
