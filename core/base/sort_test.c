#include "base/sort.h"

#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

#define MOST 300

/* The obvious version: a stable insertion sort. */
static void insertion_sort(const int64_t *keys, uint32_t *order, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint32_t row = order[i];
		size_t at = i;

		while (at > 0 && keys[order[at - 1]] > keys[row]) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = row;
	}
}

/* Keys of several kinds: few values, small, all 64 bits, the limits. */
static int64_t random_key(struct rng *rng, uint64_t kind)
{
	static const int64_t limits[] = {
		INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};

	switch (kind) {
	case 0:
		return (int64_t)rng_below(rng, 3) - 1;
	case 1:
		return (int64_t)rng_below(rng, 100000) - 50000;
	case 2:
		return (int64_t)rng_next(rng);
	default:
		return limits[rng_below(rng, 7)];
	}
}

static void shuffle(struct rng *rng, uint32_t *order, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t j = rng_below(rng, i + 1);

		order[i] = order[j];
		order[j] = (uint32_t)i;
	}
}

/* Property: the order is that of a stable insertion sort, from any start. */
Test(sort, agrees_with_a_stable_insertion_sort)
{
	struct rng rng = {2};

	for (int round = 0; round < 400; round++) {
		size_t n = rng_below(&rng, MOST);
		uint64_t kind = rng_below(&rng, 4);
		int64_t keys[MOST];
		uint32_t small[MOST], order[MOST], wanted[MOST];
		int64_t wide[MOST];

		for (size_t i = 0; i < n; i++) {
			keys[i] = random_key(&rng, kind);
			small[i] = (uint32_t)keys[i];
			wide[i] = small[i];
		}
		shuffle(&rng, order, n);
		memcpy(wanted, order, sizeof(*order) * n);
		sort_rows_by_i64(keys, order, n);
		insertion_sort(keys, wanted, n);
		cr_assert(memcmp(order, wanted, sizeof(*order) * n) == 0);
		shuffle(&rng, order, n);
		memcpy(wanted, order, sizeof(*order) * n);
		sort_rows_by_u32(small, order, n);
		insertion_sort(wide, wanted, n);
		cr_assert(memcmp(order, wanted, sizeof(*order) * n) == 0);
	}
}

Test(sort, negative_keys_come_first)
{
	static const int64_t keys[] = {0, INT64_MAX, -1, INT64_MIN, 1};
	static const uint32_t wanted[] = {3, 2, 0, 4, 1};
	uint32_t order[] = {0, 1, 2, 3, 4};

	sort_rows_by_i64(keys, order, 5);
	cr_expect(memcmp(order, wanted, sizeof(order)) == 0);
}

Test(sort, large_unsigned_keys_come_last)
{
	static const uint32_t keys[] = {UINT32_MAX, 0, 0x80000000u, 255, 256};
	static const uint32_t wanted[] = {1, 3, 4, 2, 0};
	uint32_t order[] = {0, 1, 2, 3, 4};

	sort_rows_by_u32(keys, order, 5);
	cr_expect(memcmp(order, wanted, sizeof(order)) == 0);
}

Test(sort, a_part_of_the_rows_can_be_sorted)
{
	static const int64_t keys[] = {5, 4, 3, 2, 1, 0};
	uint32_t order[] = {1, 3, 5, 3};
	static const uint32_t wanted[] = {5, 3, 3, 1};

	sort_rows_by_i64(keys, order, 4);
	cr_expect(memcmp(order, wanted, sizeof(order)) == 0);
	sort_rows_by_i64(keys, order, 0);
	sort_rows_by_u32(NULL, NULL, 0);
}

/* Property: groups hold exactly their members, ascending, and meet without
   gaps. */
Test(sort, groups_hold_their_members_in_order)
{
	struct rng rng = {4};

	for (int round = 0; round < 300; round++) {
		size_t n = rng_below(&rng, MOST);
		size_t n_keys = rng_below(&rng, 20) + 1;
		uint32_t keys[MOST], order[MOST], start[22] = {0};

		for (size_t i = 0; i < n; i++)
			keys[i] = (uint32_t)rng_below(&rng, n_keys);
		sort_group(keys, n, n_keys, start, order);
		cr_assert(start[0] == 0 && start[n_keys] == n);
		for (size_t k = 0; k < n_keys; k++) {
			uint32_t at = start[k];

			for (uint32_t i = 0; i < n; i++)
				if (keys[i] == k)
					cr_assert(order[at++] == i);
			cr_assert(at == start[k + 1]);
		}
	}
}

Test(sort, no_rows_and_no_keys_make_no_groups)
{
	uint32_t start[4] = {9, 9, 9, 9};

	sort_group(NULL, 0, 3, start, NULL);
	for (size_t k = 0; k < 4; k++)
		cr_expect(start[k] == 0);
	start[0] = 9;
	sort_group(NULL, 0, 0, start, NULL);
	cr_expect(start[0] == 0);
}
