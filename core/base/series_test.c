#include "base/series.h"

#include <criterion/criterion.h>

Test(series, keeps_numbers_in_order_both_ways)
{
	struct arena a = {0};
	struct series up = {0}, down = {0};

	for (uint32_t i = 0; i < 100000; i++) {
		sym *place = series_put(&up, &a, 500000000 + i);

		cr_assert(place && *place == 0);
		*place = i + 1;
		place = series_put(&down, &a, 500000000 - i);
		cr_assert(place && *place == 0);
		*place = i + 1;
	}
	for (uint32_t i = 0; i < 100000; i++) {
		cr_assert(*series_find(&up, 500000000 + i) == i + 1);
		cr_assert(*series_find(&down, 500000000 - i) == i + 1);
	}
	cr_expect(up.n_numbers == 100000);
	cr_expect(!series_find(&up, 1));
	cr_expect(!series_find(&up, UINT64_C(1) << 46));
	arena_free(&a);
}

Test(series, turns_away_what_would_waste_memory)
{
	struct arena a = {0};
	struct series far = {0};
	uint64_t kept = 0;

	for (uint64_t i = 0; i < 100000; i++) {
		sym *place = series_put(
			&far, &a, i * UINT64_C(999999937) % 100000000000000);

		kept += place != NULL;
		if (place)
			*place = 1;
	}
	cr_expect(kept > 0 && kept < 1000, "%zu", (size_t)kept);
	cr_expect(a.bytes < 1000000, "%zu", a.bytes);
	arena_free(&a);
}
