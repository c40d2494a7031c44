#include "graph/csr.h"

/*
 * Tables for n edges. While they are filled, start[v + 1] is where the next
 * edge of v goes; when all are placed, that is where the edges of v + 1 begin.
 * Before that, start[v + 2] counts the edges of v.
 */
static struct csr make_room(struct arena *a, uint32_t n_nodes, size_t n)
{
	return (struct csr) {
		.n_nodes = n_nodes,
		.n_edges = (uint32_t)n,
		.start = arena_array(a, uint32_t, (size_t)n_nodes + 2),
		.to = arena_array(a, node, n),
		.mode = arena_array(a, uint8_t, n),
	};
}

static void sum_counts(struct csr *csr)
{
	for (size_t v = 2; v <= csr->n_nodes; v++)
		csr->start[v + 1] += csr->start[v];
}

static void place(struct csr *csr, node from, node to, uint8_t mode)
{
	uint32_t at = csr->start[from + 1]++;

	csr->to[at] = to;
	csr->mode[at] = mode;
}

struct csr csr_build(
	struct arena *a, const struct csr_edges *edges, uint32_t n_nodes)
{
	struct csr csr = make_room(a, n_nodes, edges->n);

	for (size_t i = 0; i < edges->n; i++)
		csr.start[edges->at[i].from + 2]++;
	sum_counts(&csr);
	for (size_t i = 0; i < edges->n; i++) {
		const struct csr_edge *edge = &edges->at[i];

		place(&csr, edge->from, edge->to, edge->mode);
	}
	return csr;
}

struct csr csr_reverse(struct arena *a, const struct csr *csr)
{
	struct csr back = make_room(a, csr->n_nodes, csr->n_edges);

	for (size_t i = 0; i < csr->n_edges; i++)
		back.start[csr->to[i] + 2]++;
	sum_counts(&back);
	for (node v = 0; v < csr->n_nodes; v++)
		for (uint32_t i = csr->start[v]; i < csr->start[v + 1]; i++)
			place(&back, csr->to[i], v, csr->mode[i]);
	return back;
}

size_t csr_bytes(const struct csr *csr)
{
	return (size_t)csr->n_nodes * sizeof(*csr->start) +
	       (size_t)csr->n_edges * (sizeof(*csr->to) + sizeof(*csr->mode));
}
