#include "metric/exact.h"

#include "base/rng.h"

#include <criterion/criterion.h>

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static struct exact decimal(int64_t digits, int scale)
{
	return exact_of_decimal((struct decimal) {digits, scale});
}

static bool equals(struct exact value, int64_t units, int scale)
{
	return value.units == units && value.scale == scale;
}

Test(exact, halves_are_rounded_to_the_even_neighbour)
{
	static const struct {
		int64_t digits;
		int scale;
		int64_t want;
	} rows[] = {
		{25, 1, 2},
		{35, 1, 4},
		{-25, 1, -2},
		{-35, 1, -4},
		{5, 1, 0},
		{-5, 1, 0},
		{15, 1, 2},
		{-15, 1, -2},
		{2500001, 6, 3},
		{2499999, 6, 2},
		{-2500001, 6, -3},
		{-2499999, 6, -2},
		{7, 0, 7},
		{-7, 0, -7},
		{0, 5, 0},
		{49, 2, 0},
		{51, 2, 1},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t got = -99;

		cr_assert(exact_round(
			decimal(rows[i].digits, rows[i].scale), &got));
		cr_expect(got == rows[i].want, "row %zu: %ld", i, (long)got);
	}
}

Test(exact, quotients_round_the_same_way_for_any_denominator)
{
	cr_expect(exact_quotient(7, 2) == 4);
	cr_expect(exact_quotient(5, 2) == 2);
	cr_expect(exact_quotient(-5, 2) == -2);
	cr_expect(exact_quotient(5, 3) == 2);
	cr_expect(exact_quotient(4, 3) == 1);
	cr_expect(exact_quotient(-5, 3) == -2);
	cr_expect(exact_quotient(0, 3) == 0);
	/* Twice the rest would overflow here. */
	cr_expect(exact_quotient(((__int128)1 << 126) + 1,
			  ((unsigned __int128)1 << 127) - 1) == 1);
	cr_expect(exact_quotient((__int128)1 << 126,
			  ((unsigned __int128)1 << 127) - 1) == 1);
	cr_expect(exact_quotient(((__int128)1 << 126) - 1,
			  ((unsigned __int128)1 << 127) - 1) == 0);
}

Test(exact, sums_and_products_drop_zeros_behind_the_point)
{
	struct exact out;

	cr_assert(exact_add(decimal(15, 1), decimal(25, 1), &out));
	cr_expect(equals(out, 4, 0));
	cr_assert(exact_add(decimal(1, 1), decimal(1, 3), &out));
	cr_expect(equals(out, 101, 3));
	cr_assert(exact_subtract(exact_of(1), decimal(1, 18), &out));
	cr_expect(equals(out, 999999999999999999, 18));
	cr_assert(exact_multiply(decimal(2, 2), exact_of(100000000), &out));
	cr_expect(equals(out, 2000000, 0));
	cr_assert(exact_multiply(decimal(-125, 2), decimal(8, 1), &out));
	cr_expect(equals(out, -1, 0));
}

Test(exact, what_does_not_fit_is_refused_and_changes_nothing)
{
	struct exact large = {((__int128)1 << 126), 0}, out = {-1, 0};
	struct exact least = {-((__int128)1 << 126), 0};
	int64_t number = -1;
	struct exact_ratio ratio = {-1, -1};

	cr_expect(!exact_add(large, large, &out));
	cr_expect(!exact_add(least, least, &out));
	cr_expect(!exact_subtract(least, large, &out));
	cr_expect(!exact_add(large, decimal(1, 18), &out));
	cr_expect(!exact_multiply(large, exact_of(2), &out));
	cr_expect(!exact_round(large, &number));
	cr_expect(!exact_divide(exact_of(1), exact_of(0), &ratio));
	cr_expect(!exact_divide(large, decimal(1, 18), &ratio));
	cr_expect(equals(out, -1, 0));
	cr_expect(number == -1 && ratio.numerator == -1);
}

Test(exact, the_ends_of_int64_round_to_themselves)
{
	struct exact half_more;
	int64_t out;

	cr_assert(exact_round(exact_of(INT64_MAX), &out));
	cr_expect(out == INT64_MAX);
	cr_assert(exact_round(exact_of(INT64_MIN), &out));
	cr_expect(out == INT64_MIN);
	cr_assert(exact_add(exact_of(INT64_MAX), decimal(5, 1), &half_more));
	cr_expect(!exact_round(half_more, &out));
	cr_expect(exact_round((struct exact) {1, 60}, &out) && out == 0);
}

Test(exact, fractions_are_in_lowest_terms_with_the_sign_above)
{
	static const struct {
		int64_t a;
		int a_scale;
		int64_t b;
		int b_scale, over, under;
	} rows[] = {
		{6, 0, 4, 0, 3, 2},
		{-6, 0, 4, 0, -3, 2},
		{6, 0, -4, 0, -3, 2},
		{-6, 0, -4, 0, 3, 2},
		{0, 0, -7, 0, 0, 1},
		{5, 1, 25, 2, 2, 1},
		{-12000, 0, 25000, 0, -12, 25},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct exact_ratio got;

		cr_assert(exact_divide(decimal(rows[i].a, rows[i].a_scale),
			decimal(rows[i].b, rows[i].b_scale), &got));
		cr_expect(got.numerator == rows[i].over &&
				  got.denominator == rows[i].under,
			"row %zu", i);
		cr_expect(exact_ratio_double(got) ==
				  (double)rows[i].over / rows[i].under,
			"row %zu", i);
	}
}

Test(exact, signs_are_those_of_the_value)
{
	cr_expect(exact_sign(decimal(-1, 18)) < 0);
	cr_expect(exact_sign(exact_of(0)) == 0);
	cr_expect(exact_sign(decimal(1, 18)) > 0);
}

/* Property: arithmetic on random decimals against plain integers of a scale
   that both fit. */
Test(exact, random_decimals_agree_with_scaled_integers)
{
	static const int64_t power[] = {1, 10, 100, 1000, 10000};
	struct rng rng = {5};

	for (int round = 0; round < 20000; round++) {
		int64_t a = (int64_t)rng_below(&rng, 2000001) - 1000000;
		int64_t b = (int64_t)rng_below(&rng, 2000001) - 1000000;
		int s = (int)rng_below(&rng, 5), t = (int)rng_below(&rng, 5);
		int64_t x = a * power[4 - s], y = b * power[4 - t];
		struct exact out;

		cr_assert(exact_add(decimal(a, s), decimal(b, t), &out));
		cr_assert(out.units * power[4 - out.scale] == x + y);
		cr_assert(exact_subtract(decimal(a, s), decimal(b, t), &out));
		cr_assert(out.units * power[4 - out.scale] == x - y);
		cr_assert(exact_multiply(decimal(a, s), decimal(b, t), &out));
		cr_assert(out.scale == 0 || out.units % 10 != 0);
		for (int scale = out.scale; scale < s + t; scale++)
			out.units *= 10;
		cr_assert(out.units == (__int128)a * b);
	}
}
