#include "metric/rate.h"

#include "format/timestamp.h"

#include <criterion/criterion.h>
#include <math.h>

static bool near(double left, double right)
{
	return fabs(left - right) <= 1e-6;
}

Test(rate, whole_quarters_are_counted)
{
	static const struct {
		struct rate_date start, end;
		int first_month;
		int64_t quarters;
	} rows[] = {
		{{2025, 1, 1}, {2026, 1, 1}, 1, 4},
		{{2025, 10, 1}, {2026, 1, 1}, 1, 1},
		{{2025, 10, 1}, {2026, 4, 1}, 10, 2},
		{{2025, 2, 1}, {2026, 2, 1}, 2, 4},
		{{2025, 2, 1}, {2026, 2, 1}, 11, 4},
		{{2025, 2, 1}, {2026, 2, 1}, 1, 0},
		{{2025, 1, 2}, {2026, 1, 1}, 1, 0},
		{{2025, 1, 1}, {2026, 1, 2}, 1, 0},
		{{2025, 1, 1}, {2025, 3, 1}, 1, 0},
		{{2025, 1, 1}, {2025, 1, 1}, 1, 0},
		{{2026, 1, 1}, {2025, 1, 1}, 1, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(rate_quarters(rows[i].start, rows[i].end,
				  rows[i].first_month) == rows[i].quarters,
			"row %zu", i);
}

Test(rate, rates_equal_the_published_ones)
{
	static const struct {
		uint64_t n;
		int64_t quarters, days;
		double exposure, value, low, high;
	} rows[] = {
		{7, 4, 365, 4, 1.750000, 0.703591, 3.605669},
		{7, 0, 365, 3.997262, 1.751199, 0.704073, 3.608138},
		{3, 0, 120, 1.314168, 2.282812, 0.470771, 6.671347},
		{0, 1, 92, 1, 0, 0, 3.688879},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		double exposure = rate_exposure(
			rows[i].quarters, rows[i].days * NS_PER_DAY);
		struct rate got;

		cr_expect(near(exposure, rows[i].exposure), "row %zu", i);
		cr_assert(rate_of(rows[i].n, exposure, STATS_ALPHA95, &got));
		cr_expect(near(got.value, rows[i].value), "row %zu", i);
		cr_expect(near(got.interval.low, rows[i].low), "row %zu", i);
		cr_expect(near(got.interval.high, rows[i].high), "row %zu", i);
	}
}

Test(rate, the_exposure_may_be_thousands_of_transactions)
{
	struct rate got;

	cr_assert(rate_of(3, 12500 / 1000.0, STATS_ALPHA95, &got));
	cr_expect(near(got.value, 0.240000));
	cr_expect(near(got.interval.low, 0.049494));
	cr_expect(near(got.interval.high, 0.701382));
}

Test(rate, without_exposure_there_is_no_rate)
{
	struct rate got = {-1, {-1, -1}};

	cr_expect(!rate_of(0, 0, STATS_ALPHA95, &got));
	cr_expect(!rate_of(3, rate_exposure(0, 0), STATS_ALPHA95, &got));
	cr_expect(!rate_of(3, -1, STATS_ALPHA95, &got));
	cr_expect(got.value == -1);
}
