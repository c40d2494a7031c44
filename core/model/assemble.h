/*
 * The event table from its pieces, which were made by threads of their own:
 * the fast twin of event_append() and event_build(), with the same result.
 *
 * Pieces have only the columns that their input fills, and their own symbols.
 * The rows are numbered as if the pieces stood behind each other, dropped rows
 * are left out and the rest is ordered by time. Then each column is moved to
 * its place at once, all pieces in parallel, and the memory of the pieces is
 * given back column by column, so that hardly more than one column exists
 * twice.
 */
#ifndef MODEL_ASSEMBLE_H
#define MODEL_ASSEMBLE_H

#include "model/event.h"

struct event_piece {
	struct event_table *events;
	const uint32_t *columns; /* per column: its number in the whole */
	const sym *map;          /* its symbols to those of the whole */
	row base;                /* of its first row; filled in */
	uint32_t lists, refs;    /* likewise, in the lists and refs */
};

struct assembly {
	struct event_table *events; /* the whole: event_init(), no rows yet */
	struct event_piece *pieces;
	size_t n_pieces;
	/* Per column of the whole: another one of the same form with the same
	   cells, whose memory it shares, or itself. A column of presence may
	   name one of text, which has a symbol where there is a value. */
	const uint32_t *same_as;
	unsigned jobs;
};

/* Numbers the rows and takes over time, file, line and marks, which may then be
   changed until assemble_build(). */
void assemble_rows(struct assembly *assembly);

/* The symbols of a column in the order of rows, first ones of lists, in the
   arena; all 0 if no piece has it. */
sym *assemble_syms(
	struct arena *a, const struct assembly *assembly, uint32_t column);

/*
 * Drops, sorts, moves all columns: as event_build() does. The result has one
 * item per row of assemble_rows(), its new number or ROW_NONE; it lives in the
 * arena.
 */
row *assemble_build(struct arena *a, struct assembly *assembly);

#endif
