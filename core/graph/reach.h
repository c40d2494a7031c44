/*
 * What a version comes from, or what came of it: everything that can be reached
 * along the edges of the graph, each node once. Breadth first with a queue, so
 * a chain of millions of versions is no problem. Linear in the nodes and edges.
 */
#ifndef GRAPH_REACH_H
#define GRAPH_REACH_H

#include "graph/graph.h"

enum reach_direction {
	REACH_UP,  /* towards causes */
	REACH_DOWN /* towards effects */
};

struct reach_options {
	enum reach_direction direction;
	unsigned modes; /* bits 1 << enum edge_mode; 0: EDGES_DATA */
	uint32_t depth; /* steps from version to version; 0: all */
	bool has_at;
	int64_t at; /* with has_at: as the graph was at this instant, ns */
};

/* What has no causes of its own: why a way up ends here. */
enum reach_root {
	REACH_INNER,
	REACH_SHELL, /* a version that no event has written by then */
	REACH_FIRST  /* a version whose event depends on nothing */
};

struct reach_item {
	node v;
	uint32_t distance; /* edges from the nearest start */
	node from; /* first node of the answer one edge nearer; or NODE_NONE */
	uint32_t n_cut; /* edges to nodes that the depth left out */
	uint8_t mode;   /* of the edge between `from` and v */
	uint8_t root;   /* an enum reach_root */
};

struct reach {
	struct reach_item *items; /* by (distance, node number) */
	uint32_t n;
	uint64_t n_cut; /* of all items; 0: the answer is complete */
	uint32_t n_shells, n_first;
};

/* Steps from version to version: an event lies half a step further. */
static inline uint32_t reach_step(uint32_t distance)
{
	return distance / 2 + distance % 2;
}

/*
 * Reaches from `n` nodes at once: one version, or all those of a record. Only
 * edges of the given modes count, and with `at` only those of events at or
 * before it; a start that did not exist then is left out. `depth` counts from
 * versions. The result lives as long as the arena.
 */
void reach_from(struct arena *a, const struct graph *graph, const node *starts,
	size_t n, const struct reach_options *options, struct reach *reach);

#endif
