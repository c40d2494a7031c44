#include "lineal-gen/world.h"

#include <criterion/criterion.h>

static const uint64_t sizes[] = {
	1, 7, 200, 20000, 2000000, 100000000, WORLD_TRANSACTIONS_MAX};

/* Checks `n` members from `first` on; adding the slack keeps the order. */
static void expect_order(const struct world *world, enum population population,
	uint64_t first, uint64_t n)
{
	int64_t slack = world_slack(world, population) - 1;

	for (uint64_t i = first; i < first + n; i++) {
		int64_t ms = world_moment(world, population, i);

		cr_assert(ms >= WORLD_FIRST && ms + slack < CLOCK_END);
		if (i > first)
			cr_assert_leq(
				world_moment(world, population, i - 1) + slack,
				ms, "population %d member %lu", (int)population,
				(unsigned long)i);
	}
}

Test(world, moments_lie_inside_the_log_and_keep_their_order)
{
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (int p = 0; p < POPULATION_N; p++) {
			struct world world;
			uint64_t n, part;

			world_init(&world, sizes[i], i);
			n = world.size[p];
			part = n < 500 ? n : 500;
			expect_order(&world, (enum population)p, 0, part);
			expect_order(&world, (enum population)p, (n - part) / 2,
				part);
			expect_order(
				&world, (enum population)p, n - part, part);
		}
}

Test(world, equal_seeds_draw_equal_numbers)
{
	struct world one, same, other;

	world_init(&one, 1000, 7);
	world_init(&same, 1000, 7);
	world_init(&other, 1000, 8);
	cr_expect_eq(world_draw(&one, DRAW_ACTOR, 5),
		world_draw(&same, DRAW_ACTOR, 5));
	cr_expect_neq(world_draw(&one, DRAW_ACTOR, 5),
		world_draw(&other, DRAW_ACTOR, 5));
	cr_expect_neq(world_draw(&one, DRAW_ACTOR, 5),
		world_draw(&one, DRAW_FIELD, 5));
}

Test(world, faults_return_by_their_stride)
{
	for (uint64_t seed = 0; seed < 50; seed++) {
		struct world world;
		int hits = 0;

		world_init(&world, 1000, seed);
		for (uint64_t i = 0; i < 610; i++)
			hits += world_has(&world, PLANT_UNLOGGED, i);
		cr_expect_eq(hits, 10, "seed %lu", (unsigned long)seed);
	}
}
