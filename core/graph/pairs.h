/*
 * Pairs of numbers to one dense number by first sight: the first new pair gets
 * 1, the next 2, and so on; 0 is no pair. Numbers depend on the order of the
 * calls alone, never on the hash. A zero `struct pairs` is empty.
 *
 * Open addressing with linear probing, a power of two slots that hold numbers
 * only; the pairs themselves stand in one array, by number.
 */
#ifndef GRAPH_PAIRS_H
#define GRAPH_PAIRS_H

#include "base/vec.h"

struct pair {
	uint32_t left, right;
};

struct pairs {
	struct pair_items VEC(struct pair) items; /* by number; [0] is unused */
	uint32_t *slots;                          /* 0 is a free one */
	size_t n_slots;
};

/* The number of `pair`, a new one if it was not seen. The memory lives as long
   as the arena, which is the same in all calls. */
uint32_t pairs_put(struct arena *a, struct pairs *pairs, struct pair pair);

/* The number of `pair`, or 0 if it was never put. */
uint32_t pairs_find(const struct pairs *pairs, struct pair pair);

/* The pair with this number, which exists. */
static inline struct pair pairs_get(const struct pairs *pairs, uint32_t number)
{
	return pairs->items.at[number];
}

/* How many numbers exist, 0 included: all are below this. */
static inline uint32_t pairs_count(const struct pairs *pairs)
{
	return pairs->items.n ? (uint32_t)pairs->items.n : 1;
}

/* A copy with the same numbers that lives as long as the arena. */
struct pairs pairs_copy(struct arena *a, const struct pairs *from);

#endif
