#include "metric/exact.h"

#include <assert.h>

/* 10^38 is the largest power of ten in 127 bits. */
#define MAX_POWER 38
#define LEAST     (-(__int128)(((unsigned __int128)1 << 127) - 1) - 1)

static bool power_of_ten(int n, __int128 *out)
{
	__int128 power = 1;

	if (n > MAX_POWER)
		return false;
	while (n-- > 0)
		power *= 10;
	*out = power;
	return true;
}

/* Without trailing zeros behind the point, so that products stay small. */
static struct exact trimmed(__int128 units, int scale)
{
	while (scale > 0 && units % 10 == 0) {
		units /= 10;
		scale--;
	}
	return (struct exact) {units, scale};
}

static bool put(__int128 units, int scale, struct exact *out)
{
	/* The least number has no positive counterpart. */
	if (units == LEAST)
		return false;
	*out = trimmed(units, scale);
	return true;
}

struct exact exact_of(int64_t value)
{
	return (struct exact) {value, 0};
}

struct exact exact_of_decimal(struct decimal value)
{
	return trimmed(value.digits, value.scale);
}

/* Writes both with one scale, the larger of the two. */
static bool align(struct exact *left, struct exact *right)
{
	struct exact *coarse = left->scale < right->scale ? left : right;
	int scale = left->scale < right->scale ? right->scale : left->scale;
	__int128 power, units;

	if (!power_of_ten(scale - coarse->scale, &power) ||
		__builtin_mul_overflow(coarse->units, power, &units))
		return false;
	*coarse = (struct exact) {units, scale};
	return true;
}

bool exact_add(struct exact left, struct exact right, struct exact *out)
{
	__int128 units;

	if (!align(&left, &right) ||
		__builtin_add_overflow(left.units, right.units, &units))
		return false;
	return put(units, left.scale, out);
}

bool exact_subtract(struct exact left, struct exact right, struct exact *out)
{
	__int128 units;

	if (!align(&left, &right) ||
		__builtin_sub_overflow(left.units, right.units, &units))
		return false;
	return put(units, left.scale, out);
}

bool exact_multiply(struct exact left, struct exact right, struct exact *out)
{
	__int128 units;

	if (__builtin_mul_overflow(left.units, right.units, &units))
		return false;
	return put(units, left.scale + right.scale, out);
}

int exact_sign(struct exact value)
{
	return (value.units > 0) - (value.units < 0);
}

__int128 exact_quotient(__int128 numerator, __int128 denominator)
{
	__int128 quotient, rest, distance;
	bool is_odd;

	assert(denominator > 0);
	quotient = numerator / denominator;
	rest = numerator % denominator;
	distance = rest < 0 ? -rest : rest;
	is_odd = quotient % 2 != 0;
	/* Twice the rest may overflow; the distance to the next one cannot. */
	if (distance > denominator - distance ||
		(distance == denominator - distance && is_odd))
		quotient += rest < 0 ? -1 : 1;
	return quotient;
}

bool exact_round(struct exact value, int64_t *out)
{
	__int128 power, rounded = 0;

	/* Beyond 38 decimals the value is below one half. */
	if (power_of_ten(value.scale, &power))
		rounded = exact_quotient(value.units, power);
	if (rounded < INT64_MIN || rounded > INT64_MAX)
		return false;
	*out = (int64_t)rounded;
	return true;
}

static __int128 common_divisor(__int128 a, __int128 b)
{
	while (b != 0) {
		__int128 rest = a % b;

		a = b;
		b = rest;
	}
	return a < 0 ? -a : a;
}

bool exact_divide(
	struct exact left, struct exact right, struct exact_ratio *out)
{
	__int128 divisor;

	if (right.units == 0 || !align(&left, &right))
		return false;
	divisor = common_divisor(left.units, right.units);
	if (right.units < 0)
		divisor = -divisor;
	*out = (struct exact_ratio) {
		left.units / divisor, right.units / divisor};
	return true;
}

double exact_ratio_double(struct exact_ratio ratio)
{
	assert(ratio.denominator > 0);
	return (double)ratio.numerator / (double)ratio.denominator;
}
