#include "base/intern.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static uint32_t hash_of(const struct intern *in, struct str text)
{
	return (uint32_t)XXH3_64bits_withSeed(
		text.len ? text.s : "", text.len, in->seed);
}

/* The slot that holds `text`, or the free one where it belongs. */
static struct intern_slot *probe(
	const struct intern *in, struct str text, uint32_t hash)
{
	size_t mask = in->n_slots - 1;

	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		struct intern_slot *slot = &in->slots[i];

		if (slot->sym == 0)
			return slot;
		if (slot->hash == hash &&
			str_equal(in->strings.at[slot->sym], text))
			return slot;
	}
}

static void start(struct intern *in)
{
	in->seed = INTERN_SEED;
	in->n_slots = INTERN_FIRST;
	in->slots = arena_array(&in->texts, struct intern_slot, INTERN_FIRST);
	vec_push(&in->texts, &in->strings, STR(""));
}

static void grow(struct intern *in)
{
	struct intern_slot *old = in->slots;
	size_t n = in->n_slots, mask = n * 2 - 1;

	in->slots = arena_array(&in->texts, struct intern_slot, n * 2);
	in->n_slots = n * 2;
	for (size_t i = 0; i < n; i++) {
		size_t to = old[i].hash & mask;

		if (old[i].sym == 0)
			continue;
		while (in->slots[to].sym != 0)
			to = (to + 1) & mask;
		in->slots[to] = old[i];
	}
	arena_release(&in->texts, old, n * sizeof(*old));
}

sym intern_put(struct intern *in, struct str text)
{
	uint32_t hash;
	struct intern_slot *slot;

	if (in->n_slots == 0)
		start(in);
	if (text.len == 0)
		return 0;
	hash = hash_of(in, text);
	slot = probe(in, text, hash);
	if (slot->sym != 0)
		return slot->sym;
	slot->hash = hash;
	slot->sym = (sym)in->strings.n;
	vec_push(&in->texts, &in->strings, arena_copy(&in->texts, text));
	if (in->strings.n * 4 > in->n_slots * 3) {
		grow(in);
		return (sym)(in->strings.n - 1);
	}
	return slot->sym;
}

sym intern_find(const struct intern *in, struct str text)
{
	if (in->n_slots == 0 || text.len == 0)
		return 0;
	return probe(in, text, hash_of(in, text))->sym;
}

struct str intern_get(const struct intern *in, sym number)
{
	if (number >= in->strings.n)
		return STR("");
	return in->strings.at[number];
}

size_t intern_count(const struct intern *in)
{
	return in->strings.n ? in->strings.n : 1;
}

void intern_free(struct intern *in)
{
	arena_free(&in->texts);
	*in = (struct intern) {0};
}
