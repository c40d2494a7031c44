#include "graph/pairs.h"

#include "base/rng.h"

#include <criterion/criterion.h>

Test(pairs, numbers_are_dense_and_by_first_sight)
{
	static const struct {
		struct pair pair;
		uint32_t number;
	} rows[] = {
		{{7, 1}, 1},
		{{1, 7}, 2},
		{{7, 1}, 1},
		{{0, 1}, 3},
		{{0, 0}, 4},
		{{UINT32_MAX, UINT32_MAX}, 5},
		{{0, 0}, 4},
		{{1, 7}, 2},
	};
	struct arena a = {0};
	struct pairs pairs = {0};

	cr_expect(pairs_count(&pairs) == 1);
	cr_expect(pairs_find(&pairs, rows[0].pair) == 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct pair pair = rows[i].pair, got;
		uint32_t number = pairs_put(&a, &pairs, pair);

		cr_expect(number == rows[i].number, "row %zu", i);
		got = pairs_get(&pairs, number);
		cr_expect(got.left == pair.left && got.right == pair.right,
			"row %zu", i);
		cr_expect(pairs_find(&pairs, pair) == number, "row %zu", i);
	}
	cr_expect(pairs_count(&pairs) == 6);
	cr_expect(pairs_find(&pairs, (struct pair) {1, 1}) == 0);
	arena_free(&a);
}

Test(pairs, a_copy_is_equal_and_separate)
{
	struct arena a = {0}, b = {0};
	struct pairs pairs = {0}, copy = pairs_copy(&b, &pairs);

	cr_expect(pairs_count(&copy) == 1);
	for (uint32_t i = 0; i < 100; i++)
		pairs_put(&a, &pairs, (struct pair) {i % 3, i});
	copy = pairs_copy(&b, &pairs);
	pairs_put(&a, &pairs, (struct pair) {9, 9});
	arena_free(&a);
	cr_expect(pairs_count(&copy) == 101);
	for (uint32_t i = 0; i < 100; i++)
		cr_expect(pairs_find(&copy, (struct pair) {i % 3, i}) == i + 1);
	cr_expect(pairs_put(&b, &copy, (struct pair) {8, 8}) == 101);
	arena_free(&b);
}

/* A pair from few values, so that many repeat; some kinds differ in the high
   or low bits only. */
static struct pair random_pair(struct rng *rng, int kind)
{
	uint32_t left = (uint32_t)rng_below(rng, 20);
	uint32_t right = (uint32_t)rng_below(rng, 20);

	switch (kind) {
	case 0:
		return (struct pair) {left, right};
	case 1:
		return (struct pair) {left << 27, 0};
	case 2:
		return (struct pair) {left << 16, right << 16};
	default:
		return (struct pair) {left * 1024, right * 1024};
	}
}

/* Property: the numbers are those of a linear search through a list. */
Test(pairs, agree_with_linear_search)
{
	for (uint64_t seed = 0; seed < 40; seed++) {
		struct arena a = {0};
		struct pair list[400];
		struct pairs pairs = {0};
		struct rng rng = {seed};
		uint32_t n = 0;
		bool same = true;

		for (int step = 0; step < 400; step++) {
			struct pair pair = random_pair(&rng, (int)(seed % 4));
			uint32_t at = 0;

			while (at < n && (list[at].left != pair.left ||
						 list[at].right != pair.right))
				at++;
			same &= pairs_find(&pairs, pair) ==
				(at < n ? at + 1 : 0);
			same &= pairs_put(&a, &pairs, pair) == at + 1;
			if (at == n)
				list[n++] = pair;
			same &= pairs_count(&pairs) == n + 1;
		}
		cr_assert(same, "seed %zu", (size_t)seed);
		arena_free(&a);
	}
}

Test(pairs, growth_keeps_every_number)
{
	enum { MANY = 100000 };
	struct arena a = {0};
	struct pairs pairs = {0};
	bool same = true;

	for (uint32_t i = 0; i < MANY; i++)
		same &= pairs_put(&a, &pairs, (struct pair) {i % 5, i}) ==
			i + 1;
	for (uint32_t i = 0; i < MANY; i++)
		same &= pairs_find(&pairs, (struct pair) {i % 5, i}) == i + 1;
	cr_expect(same);
	arena_free(&a);
}
