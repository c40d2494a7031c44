/*
 * What was assumed about the sources, for the head of the text report: sources
 * of which the same was assumed share a row.
 */
#ifndef REPORT_ASSUMED_ROWS_H
#define REPORT_ASSUMED_ROWS_H

#include "report/grid.h"

/* Adds rows of two cells, "assumed" before the first; nothing if everything was
   declared. Rows stand in the order of their first source. */
void assumed_rows(struct grid *grid, const struct result *result);

#endif
