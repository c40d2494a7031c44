#include "base/number.h"

#include <stdio.h>

bool number_read_u64(struct str text, uint64_t *out)
{
	uint64_t value = 0;

	if (text.len == 0)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!str_is_digit(text.s[i]))
			return false;
		if (__builtin_mul_overflow(value, 10, &value) ||
			__builtin_add_overflow(
				value, (uint64_t)(text.s[i] - '0'), &value))
			return false;
	}
	*out = value;
	return true;
}

bool number_read_i64(struct str text, int64_t *out)
{
	bool negative = text.len && text.s[0] == '-';
	uint64_t value, limit = (uint64_t)INT64_MAX + (negative ? 1 : 0);

	if (!number_read_u64(str_slice(text, negative, text.len), &value) ||
		value > limit)
		return false;
	*out = (int64_t)(negative ? -value : value);
	return true;
}

/* Most significant digits, and most digits behind the point. */
#define MOST_DIGITS 18

/* Appends digits to the number; false if it gets too long. `*n` counts them. */
static bool read_digits(struct str *text, int64_t *digits, size_t *n)
{
	for (*n = 0; *n < text->len && str_is_digit(text->s[*n]); (*n)++) {
		if (*digits >= INT64_C(100000000000000000))
			return false;
		*digits = *digits * 10 + (text->s[*n] - '0');
	}
	*text = str_slice(*text, *n, text->len);
	return true;
}

bool number_read_decimal(struct str text, struct decimal *out)
{
	bool negative = text.len && text.s[0] == '-';
	size_t whole, fraction = 0;
	int64_t digits = 0;

	if (negative || (text.len && text.s[0] == '+'))
		text = str_slice(text, 1, text.len);
	if (!read_digits(&text, &digits, &whole))
		return false;
	if (text.len && text.s[0] == '.') {
		text = str_slice(text, 1, text.len);
		if (!read_digits(&text, &digits, &fraction))
			return false;
	}
	if (text.len || whole + fraction == 0 || fraction > MOST_DIGITS)
		return false;
	*out = (struct decimal) {negative ? -digits : digits, (int)fraction};
	return true;
}

static int64_t power_of_ten(int n)
{
	int64_t power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

int decimal_compare(struct decimal left, struct decimal right)
{
	__int128 a = (__int128)left.digits * power_of_ten(right.scale);
	__int128 b = (__int128)right.digits * power_of_ten(left.scale);

	return (a > b) - (a < b);
}

bool number_read_scaled(struct str text, int places, int64_t *out)
{
	struct decimal decimal;

	if (!number_read_decimal(text, &decimal) || decimal.scale > places)
		return false;
	return !__builtin_mul_overflow(
		decimal.digits, power_of_ten(places - decimal.scale), out);
}

struct str number_print_double(double value, char buffer[32])
{
	/* LC_NUMERIC is never set, so the point is always '.'. */
	int len = snprintf(buffer, 32, "%.12g", value == 0 ? 0.0 : value);

	return (struct str) {buffer, (size_t)len};
}
