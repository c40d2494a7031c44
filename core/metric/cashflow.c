#include "metric/cashflow.h"

#include "metric/exact.h"

#define PARTS INT64_C(1000000000000) /* of a minor unit */

/* 1 + rate = grown / base. */
struct growth {
	__int128 grown, base;
};

static bool growth_of(struct decimal rate, struct growth *out)
{
	struct exact sum;

	if (!exact_add(exact_of(1), exact_of_decimal(rate), &sum) ||
		exact_sign(sum) <= 0)
		return false;
	*out = (struct growth) {sum.units, 1};
	while (sum.scale-- > 0)
		out->base *= 10;
	return true;
}

/* value * times / over, rounded half to even. */
static bool scale(__int128 *value, __int128 times, __int128 over)
{
	__int128 product;

	if (__builtin_mul_overflow(*value, times, &product))
		return false;
	*value = exact_quotient(product, over);
	return true;
}

static bool add_flow(__int128 *value, int64_t flow)
{
	return !__builtin_add_overflow(*value, (__int128)flow * PARTS, value);
}

bool cashflow_present_value(const int64_t *flows, size_t n, struct decimal rate,
	struct cashflow_value *out)
{
	struct growth growth;
	__int128 value = 0, rounded;

	if (!growth_of(rate, &growth))
		return false;
	for (size_t i = n; i-- > 0;)
		if (!scale(&value, growth.base, growth.grown) ||
			!add_flow(&value, flows[i]))
			return false;
	rounded = exact_quotient(value, PARTS);
	if (rounded < INT64_MIN || rounded > INT64_MAX)
		return false;
	*out = (struct cashflow_value) {
		(int64_t)rounded, (double)value / (double)PARTS};
	return true;
}

bool cashflow_payback(const int64_t *flows, size_t n, struct decimal rate,
	struct cashflow_payback *out)
{
	struct growth growth;
	__int128 balance = 0, owed = 0;

	if (!growth_of(rate, &growth))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!scale(&balance, growth.grown, growth.base))
			return false;
		owed = -balance;
		if (!add_flow(&balance, flows[i]))
			return false;
		if (balance < 0)
			continue;
		*out = (struct cashflow_payback) {true, (double)i};
		if (owed > 0)
			out->years += (double)owed / (double)flows[i] / PARTS -
				      1;
		return true;
	}
	*out = (struct cashflow_payback) {0};
	return true;
}
