/*
 * Aligned tables for text reports, over libsmartcols. Cells must have passed
 * through escape_text() before; a first empty column keeps every line from
 * beginning with data. Only bounded lists go into a grid.
 */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "io/sink.h"

struct grid;

enum grid_column { GRID_LEFT, GRID_RIGHT, GRID_WRAP };

/* A grid of `n` columns with headings, or without if `headings` is NULL, for
   lines of `width` columns. Give it back with grid_print(). */
struct grid *grid_new(const enum grid_column *columns,
	const char *const *headings, size_t n, unsigned width, bool ascii);

/* Adds a row of as many texts as there are columns. */
void grid_row(struct grid *grid, const struct str *cells);

/* Prints and frees the grid. */
void grid_print(struct grid *grid, struct sink *sink);

#endif
