#include "lineal-gen/transactions.h"

#include <criterion/criterion.h>

#define SECOND_STREAM ENTRY_LAG_N /* behind the streams of entries */

static bool moment_of(
	const struct world *world, uint64_t index, int stream, int64_t *ms)
{
	if (stream == SECOND_STREAM)
		return transaction_second_moment(world, index, 0, ms);
	return transaction_entry_moment(world, index, stream, ms);
}

static void expect_no_fall(
	const struct world *world, int stream, uint64_t first, uint64_t n)
{
	int64_t last = 0, ms;

	for (uint64_t i = first; i < first + n; i++) {
		if (!moment_of(world, i, stream, &ms))
			continue;
		cr_assert_leq(last, ms, "stream %d member %lu", stream,
			(unsigned long)i);
		cr_assert_leq(ms, CLOCK_END);
		last = ms;
	}
}

Test(transactions, moments_of_a_stream_never_fall)
{
	static const uint64_t sizes[] = {
		1, 7, 1000, 2000000, WORLD_TRANSACTIONS_MAX};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (int stream = 0; stream <= SECOND_STREAM; stream++) {
			uint64_t part = sizes[i] < 20000 ? sizes[i] : 20000;
			struct world world;

			world_init(&world, sizes[i], 3);
			expect_no_fall(&world, stream, 0, part);
			expect_no_fall(&world, stream, sizes[i] - part, part);
		}
}

/* So that an entry without request id can belong to one transaction only. */
Test(transactions, touches_of_one_record_lie_days_apart)
{
	enum { N = 3000 };
	static int64_t last[N];
	struct world world;

	world_init(&world, N, 11);
	for (uint64_t i = 0; i < N; i++) {
		uint64_t record = transaction_object(&world, i).id.number;
		int64_t ms = world_moment(&world, POPULATION_TRANSACTION, i);

		if (last[record] != 0)
			cr_assert_geq(ms - last[record], 8 * CLOCK_DAY);
		last[record] = ms;
	}
}

Test(transactions, each_transaction_has_at_most_one_first_entry)
{
	struct world world;

	world_init(&world, 2000, 5);
	for (uint64_t i = 0; i < 2000; i++) {
		int64_t booked = world_moment(
			&world, POPULATION_TRANSACTION, i);
		int entries = 0;

		for (int lag = 0; lag < ENTRY_LAG_N; lag++) {
			int64_t ms;

			if (!transaction_entry_moment(&world, i, lag, &ms))
				continue;
			entries++;
			cr_assert(
				ms > booked && ms - booked < 15 * CLOCK_MINUTE);
		}
		cr_assert_leq(entries, 1);
	}
}
