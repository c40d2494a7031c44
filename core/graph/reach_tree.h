/*
 * An answer of reach as a tree to print: depth first, each node once, and
 * later occurrences as references, so that no edge of the answer is lost. The
 * history of a record stays flat: a version of the same record as the version
 * two edges before stands at the level of that one, behind what else its event
 * saw or made. Linear in the nodes and edges of the answer, with a stack.
 */
#ifndef GRAPH_REACH_TREE_H
#define GRAPH_REACH_TREE_H

#include "graph/reach.h"

struct reach_row {
	uint32_t item;  /* position in reach->items */
	uint32_t level; /* 0: a start */
	bool again;     /* a reference: the item has a row of its own */
};

struct reach_rows VEC(struct reach_row);

/*
 * The rows of `reach`, which was found with `options`. Every item has exactly
 * one row that is no reference. An edge of the answer is left out only where
 * it leads from a start to a start of the same record. The rows live as long as
 * the arena.
 */
struct reach_rows reach_tree(struct arena *a, const struct graph *graph,
	const struct reach *reach, const struct reach_options *options);

#endif
