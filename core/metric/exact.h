/*
 * Exact arithmetic for money: decimals of 128 bits. Amounts are integer minor
 * units, shares and hours are decimals; sums and products of them stay exact
 * until one rounding at the end, half to even. What does not fit is a false
 * return, never a wrap; on false the result is untouched. Pure functions.
 */
#ifndef METRIC_EXACT_H
#define METRIC_EXACT_H

#include "base/err.h"
#include "base/number.h"

/* value = units * 10^-scale; scale is 0 or more. Zero is 0. */
struct exact {
	__int128 units;
	int scale;
};

/* A fraction in lowest terms with a denominator above 0; the zero value has
   denominator 0 and stands for n/a. */
struct exact_ratio {
	__int128 numerator, denominator;
};

/* An integer, such as an amount in minor units. */
struct exact exact_of(int64_t value);

/* A decimal read from text, such as a probability or a number of hours. */
struct exact exact_of_decimal(struct decimal value);

/*
 * The sum, difference and product, exactly and without zeros behind the point.
 * A product of an int64 and a decimal always fits; a sum whose parts differ by
 * very many decimals may not. `out` may be one of the operands.
 */
MUST_CHECK bool exact_add(
	struct exact left, struct exact right, struct exact *out);
MUST_CHECK bool exact_subtract(
	struct exact left, struct exact right, struct exact *out);
MUST_CHECK bool exact_multiply(
	struct exact left, struct exact right, struct exact *out);

/* Negative, 0 or positive, as the value. */
int exact_sign(struct exact value);

/* numerator / denominator, rounded half to even: 2.5 is 2, 3.5 is 4, -2.5 is
   -2. The denominator is above 0. */
__int128 exact_quotient(__int128 numerator, __int128 denominator);

/* The nearest integer, half to even; false if it is no int64. */
MUST_CHECK bool exact_round(struct exact value, int64_t *out);

/* left / right in lowest terms; false for right = 0 too, which is n/a rather
   than an error where a cost is missing. */
MUST_CHECK bool exact_divide(
	struct exact left, struct exact right, struct exact_ratio *out);

/* For display beside the exact value; the denominator is not 0. */
double exact_ratio_double(struct exact_ratio ratio);

#endif
