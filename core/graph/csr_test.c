#include "graph/csr.h"

#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

#define MOST 30

static bool is_same(const struct csr *left, const struct csr *right)
{
	return left->n_nodes == right->n_nodes &&
	       left->n_edges == right->n_edges &&
	       memcmp(left->start, right->start,
		       (left->n_nodes + 1) * sizeof(*left->start)) == 0 &&
	       memcmp(left->to, right->to, left->n_edges * sizeof(*left->to)) ==
		       0 &&
	       memcmp(left->mode, right->mode, left->n_edges) == 0;
}

Test(csr, lists_keep_the_order_of_adding)
{
	static const struct csr_edge edges[] = {
		{3, 2, 7}, {1, 4, 0}, {3, 1, 1}, {3, 4, 2}, {4, 4, 3}};
	static const uint32_t start[] = {0, 0, 1, 1, 4, 5};
	static const node to[] = {4, 2, 1, 4, 4};
	static const uint8_t mode[] = {0, 7, 1, 2, 3};
	struct arena a = {0};
	struct csr_edges list = {0};
	struct csr csr;

	for (size_t i = 0; i < 5; i++)
		vec_push(&a, &list, edges[i]);
	csr = csr_build(&a, &list, 5);
	cr_expect(csr.n_nodes == 5 && csr.n_edges == 5);
	cr_expect(memcmp(csr.start, start, sizeof(start)) == 0);
	cr_expect(memcmp(csr.to, to, sizeof(to)) == 0);
	cr_expect(memcmp(csr.mode, mode, sizeof(mode)) == 0);
	cr_expect(csr_bytes(&csr) == 5 * 4 + 5 * 5);
	arena_free(&a);
}

Test(csr, reversed_lists_are_ascending)
{
	static const struct csr_edge edges[] = {
		{3, 2, 7}, {1, 2, 0}, {4, 2, 1}, {2, 2, 2}};
	static const uint32_t start[] = {0, 0, 0, 4, 4, 4};
	static const node to[] = {1, 2, 3, 4};
	static const uint8_t mode[] = {0, 2, 7, 1};
	struct arena a = {0};
	struct csr_edges list = {0};
	struct csr csr, back;

	for (size_t i = 0; i < 4; i++)
		vec_push(&a, &list, edges[i]);
	csr = csr_build(&a, &list, 5);
	back = csr_reverse(&a, &csr);
	cr_expect(memcmp(back.start, start, sizeof(start)) == 0);
	cr_expect(memcmp(back.to, to, sizeof(to)) == 0);
	cr_expect(memcmp(back.mode, mode, sizeof(mode)) == 0);
	arena_free(&a);
}

Test(csr, without_edges_all_lists_are_empty)
{
	for (uint32_t n = 0; n < 4; n++) {
		struct arena a = {0};
		struct csr csr = csr_build(&a, &(struct csr_edges) {0}, n);
		struct csr back = csr_reverse(&a, &csr);

		for (uint32_t v = 0; v <= n; v++)
			cr_expect(csr.start[v] == 0 && back.start[v] == 0);
		arena_free(&a);
	}
}

/* How often each (from, to, mode) stands in the lists, against the edges. */
static bool holds_edges(const struct csr *csr, const struct csr_edges *edges)
{
	int count[MOST][MOST][4] = {0};

	if (csr->n_edges != edges->n || csr->start[0] != 0 ||
		csr->start[csr->n_nodes] != edges->n)
		return false;
	for (size_t i = 0; i < edges->n; i++)
		count[edges->at[i].from][edges->at[i].to][edges->at[i].mode]++;
	for (node v = 0; v < csr->n_nodes; v++)
		for (uint32_t i = csr->start[v]; i < csr->start[v + 1]; i++)
			if (--count[v][csr->to[i]][csr->mode[i]] < 0)
				return false;
	return true;
}

/* Property: the lists hold exactly the edges that were added, and reversing is
   undone by reversing. */
Test(csr, reverse_of_reverse_is_the_graph)
{
	struct rng rng = {5};

	for (int round = 0; round < 1000; round++) {
		struct arena a = {0};
		struct csr_edges edges = {0};
		uint32_t n = 1 + (uint32_t)rng_below(&rng, MOST);
		struct csr csr, back, sorted, again;

		for (uint64_t i = rng_below(&rng, 4 * n); i > 0; i--)
			vec_push(&a, &edges,
				((struct csr_edge) {(node)rng_below(&rng, n),
					(node)rng_below(&rng, n),
					(uint8_t)rng_below(&rng, 4)}));
		csr = csr_build(&a, &edges, n);
		back = csr_reverse(&a, &csr);
		sorted = csr_reverse(&a, &back);
		again = csr_reverse(&a, &sorted);
		cr_assert(holds_edges(&csr, &edges), "round %d", round);
		cr_assert(holds_edges(&sorted, &edges), "round %d", round);
		again = csr_reverse(&a, &again);
		cr_assert(is_same(&sorted, &again), "round %d", round);
		arena_free(&a);
	}
}
