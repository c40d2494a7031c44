#include "lineal-gen/merge.h"

#include "base/rng.h"

#include <criterion/criterion.h>

#define STREAMS 5
#define MEMBERS 40

/* Members of stream `which` have rows at small numbers that never fall, some
   have none, and equal numbers are frequent. */
static bool some_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	uint64_t number = rng_mix(
		world->seed + (uint64_t)which * 1000 + index + 1);

	*ms = (int64_t)(index / 2 + (index % 2 && number % 2));
	return number / 2 % 3 != 0;
}

static bool no_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)world;
	(void)index;
	(void)which;
	*ms = 0;
	return false;
}

/* All rows with a moment of `ms`, stream by stream: the slow order. */
static void expect_rows_at(struct merge *merge, int64_t ms, uint64_t members)
{
	for (int s = 0; s < STREAMS; s++)
		for (uint64_t i = 0; i < members; i++) {
			struct merge_row row;
			int64_t found;

			if (!some_moment(merge->world, i, s, &found) ||
				found != ms)
				continue;
			cr_assert(merge_next(merge, &row));
			cr_assert_eq(row.ms, ms);
			cr_assert_eq(row.stream, (size_t)s);
			cr_assert_eq(row.index, i);
		}
}

/* Property: rows come by time, then by stream, then by member. */
Test(merge, rows_come_by_time_then_stream_then_member)
{
	for (uint64_t seed = 0; seed < 200; seed++) {
		uint64_t members = seed % MEMBERS;
		struct world world = {.seed = rng_mix(seed + 1)};
		struct merge merge = {.world = &world};
		struct merge_row row;

		for (int s = 0; s < STREAMS; s++)
			merge_add(&merge,
				(struct stream) {some_moment, s, members});
		for (int64_t ms = 0; ms <= MEMBERS; ms++)
			expect_rows_at(&merge, ms, members);
		cr_assert(!merge_next(&merge, &row), "seed %lu",
			(unsigned long)seed);
	}
}

Test(merge, streams_without_rows_end_at_once)
{
	struct world world = {0};
	struct merge merge = {.world = &world};
	struct merge_row row;

	cr_expect(!merge_next(&merge, &row));
	merge_add(&merge, (struct stream) {no_moment, 0, 1000});
	merge_add(&merge, (struct stream) {some_moment, 0, 0});
	cr_expect(!merge_next(&merge, &row));
}
