/*
 * Numbers from text, exactly and whatever the locale: integers, decimals of
 * at most 18 digits, money in minor units. Overflow and left-over text are
 * failures, never a wrap or a guess.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/str.h"

/* All of `text` as an integer: an optional '-' (signed only) and digits. */
bool number_read_u64(struct str text, uint64_t *out);
bool number_read_i64(struct str text, int64_t *out);

/* value = digits * 10^-scale; scale is 0..18, |digits| below 10^18. */
struct decimal {
	int64_t digits;
	int scale;
};

/* All of `text` as sign, digits, at most one '.', at most 18 digits in all;
   leading zeros do not count. */
bool number_read_decimal(struct str text, struct decimal *out);

/* Negative, 0 or positive: exact comparison. */
int decimal_compare(struct decimal left, struct decimal right);

/* A decimal with at most `places` decimals as an integer of 10^-places units
   ("12.5" with 2 places is 1250); false on more decimals or overflow. */
bool number_read_scaled(struct str text, int places, int64_t *out);

/* `value`, which is finite, with at most 12 significant digits and without
   trailing zeros, as JSON writes numbers; a slice over `buffer`. */
struct str number_print_double(double value, char buffer[32]);

#endif
