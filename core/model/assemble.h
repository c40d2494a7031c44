/*
 * The event table from pieces that were made by threads of their own: the fast
 * twin of event_append() and event_build(), with the same result.
 *
 * A piece has only the columns that its input fills, and its own symbols. It is
 * appended as soon as it is made, all columns at once by all threads, so that
 * few pieces exist at a time; what was appended last can be taken back. At the
 * end the rows are ordered column by column, each into the memory that the one
 * before it has left: hardly more than one column ever exists twice.
 */
#ifndef MODEL_ASSEMBLE_H
#define MODEL_ASSEMBLE_H

#include "model/event.h"

struct event_piece {
	const struct event_table *events;
	const uint32_t *columns; /* per column: its number in the whole */
	const sym *map;          /* its symbols to those of the whole */
	row base;                /* of its first row; filled in */
	uint32_t lists, refs;    /* likewise, in the lists and refs */
};

/* Where a table ends. */
struct event_end {
	row n;
	size_t lists, refs;
};

/* Appends the pieces, in their order, to a table of event_init(). A column that
   no piece has filled so far has no memory yet. */
void assemble_append(struct event_table *whole, struct event_piece *pieces,
	size_t n_pieces, unsigned jobs);

struct event_end assemble_end(const struct event_table *whole);

/* Takes back what was appended behind an end. */
void assemble_cut(struct event_table *whole, const struct event_end *end);

/*
 * Drops, sorts, fills by_sequence and n_timed: as event_build() does. Column c
 * gets the cells of column same_as[c], which is of the same form and shares its
 * memory, or c itself; one of presence may name one of text, which has a symbol
 * where there is a value. The result has one item per row before, its new
 * number or ROW_NONE, and lives in the arena.
 */
row *assemble_build(struct arena *a, struct event_table *whole,
	const uint32_t *same_as, unsigned jobs);

#endif
