#include "metric/cashflow.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <math.h>

static const struct decimal none = {0, 0};

static struct cashflow_payback payback_of(
	const int64_t *flows, size_t n, struct decimal rate)
{
	struct cashflow_payback out;

	cr_assert(cashflow_payback(flows, n, rate, &out));
	return out;
}

static struct cashflow_value value_of(
	const int64_t *flows, size_t n, struct decimal rate)
{
	struct cashflow_value out;

	cr_assert(cashflow_present_value(flows, n, rate, &out));
	return out;
}

Test(cashflow, the_example_has_the_published_values)
{
	static const int64_t flows[] = {-4000000, 2000000, 2000000, 2000000};
	struct decimal rate = {8, 2};
	struct cashflow_value value = value_of(flows, 4, rate);
	struct cashflow_payback plain = payback_of(flows, 4, none);
	struct cashflow_payback discounted = payback_of(flows, 4, rate);

	cr_expect(value.minor == 1154194);
	cr_expect(fabs(value.value / 100 - 11541.939745) < 1e-6);
	cr_expect(plain.reached && plain.years == 2.0);
	cr_expect(discounted.reached);
	cr_expect(fabs(discounted.years - 2.273024) < 1e-6);
}

Test(cashflow, present_values_that_lie_between_two_are_rounded_to_even)
{
	static const struct {
		int64_t flows[3];
		struct decimal rate;
		int64_t want;
	} rows[] = {
		{{0, 5, 0}, {1, 0}, 2},
		{{0, 7, 0}, {1, 0}, 4},
		{{0, -5, 0}, {1, 0}, -2},
		{{0, 0, 18}, {2, 1}, 12},
		{{0, 3, 0}, {2, 1}, 2},
		{{1, 1, 1}, {0, 0}, 3},
		{{0, 1, 1}, {-5, 1}, 6},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(value_of(rows[i].flows, 3, rows[i].rate).minor ==
				  rows[i].want,
			"row %zu", i);
}

/* 10,800 after a year at 8 % is worth 10,000 today, not a little less. */
Test(cashflow, a_flow_that_pays_back_exactly_is_not_lost_to_rounding)
{
	static const int64_t flows[] = {-10000, 10800};

	for (int64_t percent = 1; percent <= 100; percent++) {
		int64_t due[] = {-10000, 10000 + 100 * percent};
		struct cashflow_payback got = payback_of(
			due, 2, (struct decimal) {percent, 2});

		cr_expect(
			got.reached && got.years == 1, "%ld %%", (long)percent);
	}
	cr_expect(value_of(flows, 2, (struct decimal) {8, 2}).minor == 0);
}

Test(cashflow, payback_is_linear_inside_a_year_or_never)
{
	static const struct {
		int64_t flows[4];
		size_t n;
		bool reached;
		double years;
	} rows[] = {
		{{-100, 50, 100, 0}, 4, true, 1.5},
		{{-100, 50, 0, 100}, 4, true, 2.5},
		{{-100, 100, -500, 0}, 4, true, 1},
		{{0, 0, 0, 0}, 1, true, 0},
		{{5, -10, 0, 0}, 2, true, 0},
		{{-100, 50, 49, 0}, 4, false, 0},
		{{0, 0, 0, 0}, 0, false, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct cashflow_payback got = payback_of(
			rows[i].flows, rows[i].n, none);

		cr_expect(got.reached == rows[i].reached, "row %zu", i);
		cr_expect(got.years == rows[i].years, "row %zu", i);
	}
}

Test(cashflow, impossible_rates_and_sums_are_refused)
{
	static const int64_t large[] = {INT64_MAX, INT64_MAX};
	static const int64_t debt[] = {-1000000000000, 0, 0, 0, 0, 0, 0, 0};
	struct cashflow_value value = {-1, -1};
	struct cashflow_payback payback = {true, -1};
	struct decimal million = {1000000, 0};

	cr_expect(!cashflow_present_value(
		large, 2, (struct decimal) {-1, 0}, &value));
	cr_expect(!cashflow_present_value(
		large, 2, (struct decimal) {-15, 1}, &value));
	cr_expect(!cashflow_present_value(large, 2, none, &value));
	cr_expect(!cashflow_payback(
		large, 2, (struct decimal) {-1, 0}, &payback));
	cr_expect(!cashflow_payback(debt, 8, million, &payback));
	cr_expect(value.minor == -1 && payback.years == -1);
	cr_expect(value_of(NULL, 0, none).minor == 0);
}

/* Property: against the textbook sums in floating point, away from the
   payback's own jumps. */
Test(cashflow, random_flows_agree_with_the_textbook)
{
	struct rng rng = {11};

	for (int round = 0; round < 5000; round++) {
		int64_t flows[12];
		size_t n = 1 + rng_below(&rng, 12), paid = n;
		int64_t percent = (int64_t)rng_below(&rng, 60) - 20;
		struct decimal rate = {percent * 10 + 3, 3};
		double factor = 1, sum = 0, before = 0, years = 0;
		struct cashflow_payback got;

		for (size_t i = 0; i < n; i++)
			flows[i] = (int64_t)rng_below(&rng, 2000001) - 900000;
		flows[0] = -flows[0] * 2 - 1;
		for (size_t i = 0; i < n; i++) {
			before = sum;
			sum += (double)flows[i] / factor;
			if (sum >= 0 && paid == n) {
				paid = i;
				years = i == 0 ? 0
					       : (double)i - 1 -
							 before * factor /
								 (double)flows
									 [i];
			}
			factor *= 1 + ((double)percent * 10 + 3) / 1000;
		}
		got = payback_of(flows, n, rate);
		cr_assert(fabs(value_of(flows, n, rate).value - sum) < 1e-5);
		cr_assert(got.reached == (paid < n), "%d", round);
		cr_assert(fabs(got.years - years) < 1e-9, "%d", round);
	}
}
