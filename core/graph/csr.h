/*
 * Adjacency lists of a directed graph, packed: the edges of node v are the
 * positions start[v] .. start[v + 1] - 1, each with the node it leads to and
 * a mode. Made once and then read-only. Node 0 stands for "none".
 *
 * Built by counting sort: count, prefix sum, place; no comparisons. The
 * opposite direction is made by the same method from the first one, and its
 * lists are ascending.
 */
#ifndef GRAPH_CSR_H
#define GRAPH_CSR_H

#include "base/vec.h"

typedef uint32_t node;
#define NODE_NONE 0

/* Edges in any order, to build from. */
struct csr_edge {
	node from, to;
	uint8_t mode;
};
struct csr_edges VEC(struct csr_edge);

struct csr {
	uint32_t n_nodes; /* node 0 included */
	uint32_t n_edges;
	uint32_t *start; /* n_nodes + 1 positions */
	node *to;
	uint8_t *mode;
};

/* The lists of `edges`, fewer than 2^32 - 1, whose nodes are below `n_nodes`;
   each list keeps their order. */
struct csr csr_build(
	struct arena *a, const struct csr_edges *edges, uint32_t n_nodes);

/* The same edges turned around. Reversing twice gives the graph with every
   list ascending. */
struct csr csr_reverse(struct arena *a, const struct csr *csr);

/* Bytes that the lists take. */
size_t csr_bytes(const struct csr *csr);

#endif
