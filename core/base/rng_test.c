#include "base/rng.h"

#include <stddef.h>

#include <criterion/criterion.h>

Test(rng, numbers_are_those_of_splitmix64)
{
	static const uint64_t wanted[] = {6457827717110365317u,
		3203168211198807973u, 9817491932198370423u,
		4593380528125082431u, 16408922859458223821u};
	struct rng rng = {1234567};

	for (size_t i = 0; i < 5; i++)
		cr_expect(rng_next(&rng) == wanted[i], "row %zu", i);
}

Test(rng, numbers_stay_below_their_bound)
{
	static const uint64_t bounds[] = {
		1, 2, 3, 10, 1000000, (uint64_t)1 << 63, UINT64_MAX};
	struct rng rng = {1};

	for (size_t i = 0; i < sizeof(bounds) / sizeof(*bounds); i++)
		for (int j = 0; j < 1000; j++)
			cr_assert(rng_below(&rng, bounds[i]) < bounds[i]);
}

Test(rng, every_number_below_a_small_bound_appears_about_equally)
{
	struct rng rng = {2};
	int seen[10] = {0};

	for (int i = 0; i < 100000; i++)
		seen[rng_below(&rng, 10)]++;
	for (size_t i = 0; i < 10; i++)
		cr_expect(seen[i] > 9500 && seen[i] < 10500, "%zu: %d", i,
			seen[i]);
}

Test(rng, chances_are_parts_of_a_million)
{
	struct rng rng = {3};
	int never = 0, always = 0, quarter = 0;

	for (int i = 0; i < 100000; i++) {
		never += rng_chance(&rng, 0);
		always += rng_chance(&rng, 1000000);
		quarter += rng_chance(&rng, 250000);
	}
	cr_expect(never == 0 && always == 100000);
	cr_expect(quarter > 24000 && quarter < 26000, "%d", quarter);
}

Test(rng, the_mix_is_the_step_of_the_stream)
{
	struct rng rng = {41};
	uint64_t state = 41 + 0x9e3779b97f4a7c15u;

	cr_expect(rng_mix(state) == rng_next(&rng));
	cr_expect(rng_mix(1) != rng_mix(2));
}
