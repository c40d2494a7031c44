#include "metric/stats.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <math.h>

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static bool near(double left, double right, double within)
{
	return fabs(left - right) <= within;
}

Test(stats, wilson_intervals_equal_the_published_ones)
{
	static const struct {
		uint64_t k, n;
		double low, high, within;
	} rows[] = {
		{950, 1000, 0.934686, 0.961870, 1e-6},
		{1000, 1000, 0.996173, 1.000000, 1e-6},
		{9, 12, 0.467695, 0.911058, 1e-6},
		{15, 20, 0.531299, 0.888138, 1e-6},
		{49, 50, 0.895046, 0.996461, 1e-6},
		{0, 20, 0.000000, 0.161125, 1e-6},
		{1, 20, 0.008881, 0.236131, 1e-6},
		{0, 1, 0.000000, 0.793451, 1e-6},
		{1, 1, 0.206549, 1.000000, 1e-6},
		{9999000, 10000000, 0.999893607, 0.999906009, 1e-9},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct stats_interval got = stats_wilson(
			rows[i].k, rows[i].n, STATS_Z95);

		cr_expect(near(got.low, rows[i].low, rows[i].within),
			"row %zu: %.9f", i, got.low);
		cr_expect(near(got.high, rows[i].high, rows[i].within),
			"row %zu: %.9f", i, got.high);
	}
}

/* Property: inside its bounds a limit x solves (x - p)^2 = z^2 x (1 - x) / n,
   and the interval holds the share. */
Test(stats, wilson_limits_are_the_roots_of_their_equation)
{
	struct rng rng = {1};

	for (int round = 0; round < 2000; round++) {
		uint64_t n = 1 + rng_below(&rng, 1000);
		uint64_t k = rng_below(&rng, n + 1);
		double p = (double)k / (double)n;
		struct stats_interval got = stats_wilson(k, n, STATS_Z95);
		double ends[] = {got.low, got.high};

		for (int e = 0; e < 2; e++) {
			double x = ends[e], left = (x - p) * (x - p);
			double right = STATS_Z95 * STATS_Z95 * x * (1 - x) /
				       (double)n;

			cr_assert(near(left, right, 1e-12), "%d: %d", round, e);
		}
		cr_assert(0 <= got.low && got.low <= p);
		cr_assert(p <= got.high && got.high <= 1);
	}
}

Test(stats, wilson_ends_are_exact_at_no_and_at_all)
{
	for (uint64_t n = 1; n < 2000; n++) {
		cr_assert(stats_wilson(0, n, STATS_Z95).low == 0);
		cr_assert(stats_wilson(0, n, STATS_Z95).high > 0);
		cr_assert(stats_wilson(n, n, STATS_Z95).high == 1);
		cr_assert(stats_wilson(n, n, STATS_Z95).low < 1);
	}
}

Test(stats, poisson_limits_equal_the_published_ones)
{
	static const struct {
		uint64_t n;
		double low, high;
	} rows[] = {
		{0, 0, 3.688879},
		{1, 0.025318, 5.571643},
		{2, 0.242209, 7.224688},
		{3, 0.618672, 8.767273},
		{4, 1.089865, 10.241589},
		{5, 1.623486, 11.668332},
		{7, 2.814363, 14.422675},
		{8, 3.453832, 15.763189},
		{10, 4.795389, 18.390356},
		{16, 9.145382, 25.982998},
		{20, 12.216520, 30.888378},
		{40, 28.576586, 54.468647},
		{100, 81.363991, 121.626794},
		{1000, 938.973018, 1063.952136},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct stats_interval got = stats_poisson(
			rows[i].n, STATS_ALPHA95);

		cr_expect(near(got.low, rows[i].low, 1e-6), "n %zu: %.9f",
			(size_t)rows[i].n, got.low);
		cr_expect(near(got.high, rows[i].high, 1e-6), "n %zu: %.9f",
			(size_t)rows[i].n, got.high);
	}
}

/* P(X <= n) by the textbook sum from the smallest count on. */
static double slow_cumulative(uint64_t n, double mean)
{
	double term = exp(-mean), sum = term;

	for (uint64_t k = 1; k <= n; k++) {
		term *= mean / (double)k;
		sum += term;
	}
	return sum;
}

/* Property: each tail at its limit holds half of alpha. */
Test(stats, poisson_limits_leave_half_of_alpha_on_each_side)
{
	static const double alphas[] = {0.5, 0.1, 0.05, 0.01, 0.0001};

	for (uint64_t n = 0; n < 200; n++)
		for (size_t i = 0; i < COUNT(alphas); i++) {
			double half = alphas[i] / 2;
			struct stats_interval got = stats_poisson(n, alphas[i]);

			cr_assert(near(
				slow_cumulative(n, got.high), half, 1e-11));
			if (n > 0)
				cr_assert(near(slow_cumulative(n - 1, got.low),
					1 - half, 1e-11));
		}
}

/* For large counts the limits approach n -+ z sqrt(n) + (z^2 - 1) / 3, up to
   half a count for the discreteness. */
Test(stats, poisson_limits_of_large_counts_are_near_the_normal_ones)
{
	for (uint64_t n = 10000; n <= 100000000; n *= 100) {
		struct stats_interval got = stats_poisson(n, STATS_ALPHA95);
		double half = STATS_Z95 * sqrt((double)n);

		cr_expect(near(got.low, (double)n - half, 2));
		cr_expect(near(got.high, (double)n + half, 3));
	}
}

Test(stats, chapman_estimates_equal_the_published_ones)
{
	struct stats_chapman got = stats_chapman(200, 150, 100, STATS_Z95);

	cr_expect(near(got.total, 299.504950, 1e-6));
	cr_expect(near(got.standard_error, 12.076749, 1e-6));
	cr_expect(near(got.interval.low, 275.834957, 1e-6));
	cr_expect(near(got.interval.high, 323.174944, 1e-6));
	cr_assert(got.has_shares);
	cr_expect(near(got.first, 0.667769, 1e-6));
	cr_expect(near(got.second, 0.500826, 1e-6));
	cr_expect(near(got.both, 0.834711, 1e-6));

	got = stats_chapman(10, 10, 10, STATS_Z95);
	cr_expect(got.total == 10 && got.standard_error == 0);
	cr_expect(got.interval.low == 10 && got.interval.high == 10);
	cr_expect(got.first == 1 && got.second == 1 && got.both == 1);
}

Test(stats, chapman_without_a_common_member_gives_no_shares)
{
	struct stats_chapman got = stats_chapman(5, 7, 0, STATS_Z95);

	cr_expect(got.total == 47);
	cr_expect(!got.has_shares);
	got = stats_chapman(0, 0, 0, STATS_Z95);
	cr_expect(got.total == 0 && got.standard_error == 0);
	cr_expect(!got.has_shares);
}

Test(stats, nearest_rank_is_the_smallest_value_that_covers_the_share)
{
	static const struct {
		size_t n;
		unsigned percent;
		size_t index;
	} rows[] = {
		{1, 1, 0},
		{1, 50, 0},
		{1, 100, 0},
		{2, 50, 0},
		{2, 51, 1},
		{4, 95, 3},
		{5, 90, 4},
		{10, 90, 8},
		{10, 91, 9},
		{20, 95, 18},
		{100, 7, 6},
		{101, 7, 7},
		{1000, 95, 949},
		{1001, 95, 950},
		{SIZE_MAX, 100, SIZE_MAX - 1},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		cr_expect(
			stats_rank(rows[i].n, rows[i].percent) == rows[i].index,
			"row %zu", i);
	for (size_t n = 1; n < 300; n++)
		for (unsigned percent = 1; percent <= 100; percent++) {
			size_t index = stats_rank(n, percent);

			cr_assert((index + 1) * 100 >= percent * n);
			cr_assert(index * 100 < percent * n);
		}
}

Test(stats, the_median_of_an_even_count_is_the_mean_of_the_middle_two)
{
	static const int64_t odd[] = {1, 5, 6}, even[] = {1, 5, 6, 9};
	static const int64_t far[] = {INT64_MAX - 1, INT64_MAX};

	cr_expect(stats_median_i64(odd, 3) == 5);
	cr_expect(stats_median_i64(even, 4) == 5.5);
	cr_expect(stats_median_i64(far, 2) == 0x1p63);
}

Test(stats, sums_and_means_lose_nothing_to_rounding)
{
	static const double mixed[] = {1e100, 1, -1e100, 1};
	static const int64_t large[] = {INT64_MAX, INT64_MAX, INT64_MAX - 6};
	struct stats_sum sum = {0};

	for (size_t i = 0; i < 4; i++)
		stats_add(&sum, mixed[i]);
	cr_expect(stats_total(&sum) == 2);
	cr_expect(stats_mean_i64(large, 3) == 0x1p63);
	cr_expect(stats_mean_i64((const int64_t[]) {1, 2}, 2) == 1.5);
}

Test(stats, sorting_puts_the_smallest_first)
{
	int64_t values[] = {3, INT64_MIN, INT64_MAX, -1, 3, 0};

	stats_sort_i64(values, COUNT(values));
	for (size_t i = 1; i < COUNT(values); i++)
		cr_expect(values[i - 1] <= values[i]);
	cr_expect(values[0] == INT64_MIN && values[5] == INT64_MAX);
	stats_sort_i64(NULL, 0);
}
