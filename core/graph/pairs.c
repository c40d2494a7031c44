#include "graph/pairs.h"

#include <string.h>

#define PAIRS_FIRST 16

/* The first half of the mixer of SplitMix64; the high bits are the good ones,
   and the xor brings them down. */
static size_t hash_of(struct pair pair)
{
	uint64_t key = (uint64_t)pair.left << 32 | pair.right;

	key = (key ^ key >> 30) * 0xbf58476d1ce4e5b9u;
	return (size_t)(key ^ key >> 32);
}

static uint32_t *probe(const struct pairs *pairs, struct pair pair)
{
	size_t mask = pairs->n_slots - 1;

	for (size_t i = hash_of(pair) & mask;; i = (i + 1) & mask) {
		uint32_t *slot = &pairs->slots[i];
		const struct pair *item = &pairs->items.at[*slot];

		if (*slot == 0 ||
			(item->left == pair.left && item->right == pair.right))
			return slot;
	}
}

static void resize(struct arena *a, struct pairs *pairs, size_t n_slots)
{
	arena_release(a, pairs->slots, pairs->n_slots * sizeof(*pairs->slots));
	pairs->slots = arena_array(a, uint32_t, n_slots);
	pairs->n_slots = n_slots;
	for (uint32_t i = 1; i < pairs->items.n; i++)
		*probe(pairs, pairs->items.at[i]) = i;
}

static void start(struct arena *a, struct pairs *pairs)
{
	vec_push(a, &pairs->items, ((struct pair) {0, 0}));
	resize(a, pairs, PAIRS_FIRST);
}

uint32_t pairs_put(struct arena *a, struct pairs *pairs, struct pair pair)
{
	uint32_t *slot;

	if (pairs->n_slots == 0)
		start(a, pairs);
	slot = probe(pairs, pair);
	if (*slot)
		return *slot;
	*slot = (uint32_t)pairs->items.n;
	vec_push(a, &pairs->items, pair);
	if (pairs->items.n * 3 > pairs->n_slots * 2)
		resize(a, pairs, pairs->n_slots * 2);
	return (uint32_t)pairs->items.n - 1;
}

uint32_t pairs_find(const struct pairs *pairs, struct pair pair)
{
	return pairs->n_slots ? *probe(pairs, pair) : 0;
}

struct pairs pairs_copy(struct arena *a, const struct pairs *from)
{
	size_t n = from->items.n;
	struct pairs to = {.n_slots = from->n_slots};

	if (n == 0)
		return to;
	to.items.at = arena_array(a, struct pair, n);
	to.items.n = n;
	to.items.cap = n;
	memcpy(to.items.at, from->items.at, n * sizeof(*from->items.at));
	to.slots = arena_array(a, uint32_t, from->n_slots);
	memcpy(to.slots, from->slots, from->n_slots * sizeof(*from->slots));
	return to;
}
