#include "base/sort.h"

#include <string.h>

/* Key bytes are ordered as unsigned; this puts negative keys first. */
static uint64_t unsigned_key(int64_t key)
{
	return (uint64_t)key ^ ((uint64_t)1 << 63);
}

static bool is_sorted(const uint64_t *keys, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (keys[i - 1] > keys[i])
			return false;
	return true;
}

struct item {
	uint64_t key;
	uint32_t row;
};

/* One stable pass over byte `shift / 8`; false if all keys agree there. */
static bool pass(
	const struct item *from, struct item *to, size_t n, unsigned shift)
{
	size_t start[256] = {0}, sum = 0;

	for (size_t i = 0; i < n; i++)
		start[from[i].key >> shift & 0xff]++;
	if (start[from[0].key >> shift & 0xff] == n)
		return false;
	for (size_t i = 0; i < 256; i++) {
		size_t count = start[i];

		start[i] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[start[from[i].key >> shift & 0xff]++] = from[i];
	return true;
}

static void sort_items(
	struct item *items, struct item *spare, uint32_t *order, size_t n)
{
	for (unsigned shift = 0; shift < 64; shift += 8) {
		struct item *swap = items;

		if (!pass(items, spare, n, shift))
			continue;
		items = spare;
		spare = swap;
	}
	for (size_t i = 0; i < n; i++)
		order[i] = items[i].row;
}

static void sort_keys(const uint64_t *keys, uint32_t *order, size_t n)
{
	struct arena scratch = {0};
	struct item *items;

	if (is_sorted(keys, n))
		return;
	items = arena_array(&scratch, struct item, n * 2);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct item) {keys[i], order[i]};
	sort_items(items, items + n, order, n);
	arena_free(&scratch);
}

void sort_rows_by_i64(const int64_t *keys, uint32_t *order, size_t n)
{
	struct arena scratch = {0};
	uint64_t *flat = arena_array(&scratch, uint64_t, n);

	for (size_t i = 0; i < n; i++)
		flat[i] = unsigned_key(keys[order[i]]);
	sort_keys(flat, order, n);
	arena_free(&scratch);
}

void sort_rows_by_u32(const uint32_t *keys, uint32_t *order, size_t n)
{
	struct arena scratch = {0};
	uint64_t *flat = arena_array(&scratch, uint64_t, n);

	for (size_t i = 0; i < n; i++)
		flat[i] = keys[order[i]];
	sort_keys(flat, order, n);
	arena_free(&scratch);
}

void sort_group(const uint32_t *keys, size_t n, size_t n_keys, uint32_t *start,
	uint32_t *order)
{
	memset(start, 0, (n_keys + 1) * sizeof(*start));
	for (size_t i = 0; i < n; i++)
		start[keys[i] + 1]++;
	for (size_t k = 0; k < n_keys; k++)
		start[k + 1] += start[k];
	for (size_t i = 0; i < n; i++)
		order[start[keys[i]]++] = (uint32_t)i;
	/* Each start now is the start of the next group: shift them back. */
	memmove(start + 1, start, n_keys * sizeof(*start));
	start[0] = 0;
}
