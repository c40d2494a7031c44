#include "base/bits.h"

#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

#define MOST 200

static const size_t sizes[] = {0, 1, 63, 64, 65, 127, 128, 129, MOST};

#define N_SIZES (sizeof(sizes) / sizeof(*sizes))

Test(bits, a_new_set_is_empty)
{
	struct arena a = {0};

	for (size_t i = 0; i < N_SIZES; i++) {
		struct bits set = bits_new(&a, sizes[i]);

		cr_expect(bits_count(&set) == 0);
		cr_expect(bits_next(&set, 0) == sizes[i]);
		for (size_t j = 0; j < sizes[i] + 100; j++)
			cr_expect(!bits_has(&set, j));
	}
	arena_free(&a);
}

Test(bits, a_full_set_ends_at_its_size)
{
	struct arena a = {0};

	for (size_t i = 0; i < N_SIZES; i++) {
		struct bits set = bits_new(&a, sizes[i]);

		bits_fill(&set);
		cr_expect(bits_count(&set) == sizes[i], "row %zu", i);
		for (size_t j = 0; j < sizes[i] + 100; j++)
			cr_expect(bits_has(&set, j) == (j < sizes[i]));
		for (size_t j = 0; j < sizes[i]; j++)
			cr_expect(bits_next(&set, j) == j);
		cr_expect(bits_next(&set, sizes[i]) == sizes[i]);
		cr_expect(bits_next(&set, SIZE_MAX) == sizes[i]);
	}
	arena_free(&a);
}

/* The obvious version: one bool per number. */
struct plain {
	bool has[MOST];
};

static void expect_ranks(
	const struct bits *set, const struct plain *plain, size_t n)
{
	struct arena a = {0};
	const uint32_t *ranks = bits_ranks(&a, set);
	uint32_t below = 0;

	for (size_t i = 0; i < n; i++) {
		cr_assert(bits_rank(set, ranks, i) == below);
		below += plain->has[i];
	}
	arena_free(&a);
}

static void expect_same(
	const struct bits *set, const struct plain *plain, size_t n)
{
	size_t count = 0, next = n;

	for (size_t i = n; i-- > 0;) {
		cr_assert(bits_has(set, i) == plain->has[i]);
		if (plain->has[i]) {
			count++;
			next = i;
		}
		cr_assert(bits_next(set, i) == next);
	}
	expect_ranks(set, plain, n);
	next = n;
	for (size_t i = 0; i <= n; i++) {
		cr_assert(bits_previous(set, i) == next);
		if (i < n && plain->has[i])
			next = i;
	}
	cr_assert(bits_count(set) == count);
}

static void fill_randomly(
	struct rng *rng, struct bits *set, struct plain *plain, size_t n)
{
	memset(plain, 0, sizeof(*plain));
	for (size_t i = 0; i < n; i++) {
		if (!rng_chance(rng, 400000))
			continue;
		bits_add(set, i);
		plain->has[i] = true;
	}
}

/* Property: every operation agrees with arrays of bool. */
Test(bits, agrees_with_arrays_of_bool)
{
	struct rng rng = {5};

	for (int round = 0; round < 300; round++) {
		struct arena a = {0};
		size_t n = sizes[(size_t)round % N_SIZES];
		struct bits left = bits_new(&a, n), right = bits_new(&a, n);
		struct plain p, q;
		bool is_union = rng_chance(&rng, 500000);

		fill_randomly(&rng, &left, &p, n);
		fill_randomly(&rng, &right, &q, n);
		if (is_union)
			bits_or(&left, &right);
		else if (n > 0)
			bits_drop(&left, n - 1);
		for (size_t i = 0; i < n; i++)
			p.has[i] = is_union ? p.has[i] || q.has[i]
					    : p.has[i] && i + 1 != n;
		expect_same(&left, &p, n);
		expect_same(&right, &q, n);
		arena_free(&a);
	}
}
