#include "base/runs.h"

#include "base/rng.h"
#include "base/sort.h"

#include <string.h>

#include <criterion/criterion.h>

/* Keys that ascend for `run` items on average, over a few values or many. */
static int64_t *random_keys(struct arena *a, struct rng *rng, size_t n)
{
	int64_t *keys = arena_array(a, int64_t, n);
	uint64_t run = 1 + rng_below(rng, 2 * n), step = rng_below(rng, 3);
	int64_t key = 0;

	for (size_t i = 0; i < n; i++) {
		key += (int64_t)rng_below(rng, step + 1);
		if (rng_below(rng, run) == 0)
			key = (int64_t)rng_below(rng, 2 * n) - (int64_t)n;
		keys[i] = key;
	}
	return keys;
}

static void expect_same(size_t n, uint64_t seed, unsigned jobs)
{
	struct arena a = {0};
	struct rng rng = {seed};
	int64_t *keys = random_keys(&a, &rng, n);
	uint32_t *got = arena_array(&a, uint32_t, n);
	uint32_t *want = arena_array(&a, uint32_t, n);

	for (size_t i = 0; i < n; i++)
		got[i] = want[i] = (uint32_t)i;
	runs_sort(keys, got, n, jobs);
	sort_rows_by_i64(keys, want, n);
	cr_assert(memcmp(got, want, n * sizeof(*got)) == 0, "seed %d, %zu rows",
		(int)seed, n);
	arena_free(&a);
}

/* Property: the same order as by sort_rows_by_i64(). */
Test(runs, agrees_with_the_other_sort)
{
	for (uint64_t seed = 0; seed < 1500; seed++)
		expect_same(seed % 700, seed, 1 + seed % 3);
}

Test(runs, long_merges_are_cut)
{
	for (uint64_t seed = 0; seed < 6; seed++)
		expect_same(500000, seed, 1 + seed % 3);
}
