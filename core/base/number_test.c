#include "base/number.h"

#include "base/rng.h"

#include <inttypes.h>
#include <stdio.h>

#include <criterion/criterion.h>

Test(number, unsigned_integers)
{
	static const struct {
		struct str text;
		bool good;
		uint64_t value;
	} rows[] = {
		{STR_INIT("0"), true, 0},
		{STR_INIT("007"), true, 7},
		{STR_INIT("18446744073709551615"), true, UINT64_MAX},
		{STR_INIT("018446744073709551615"), true, UINT64_MAX},
		{STR_INIT("18446744073709551616"), false, 0},
		{STR_INIT("99999999999999999999"), false, 0},
		{STR_INIT("184467440737095516150"), false, 0},
		{STR_INIT(""), false, 0},
		{STR_INIT("-1"), false, 0},
		{STR_INIT("+1"), false, 0},
		{STR_INIT(" 1"), false, 0},
		{STR_INIT("1 "), false, 0},
		{STR_INIT("1\0"), false, 0},
		{STR_INIT("0x10"), false, 0},
		{STR_INIT("1e3"), false, 0},
		{STR_INIT("٣"), false, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint64_t value = 42;
		bool good = number_read_u64(rows[i].text, &value);

		cr_expect(good == rows[i].good, "row %zu", i);
		cr_expect(value == (good ? rows[i].value : 42), "row %zu", i);
	}
}

Test(number, signed_integers)
{
	static const struct {
		struct str text;
		bool good;
		int64_t value;
	} rows[] = {
		{STR_INIT("0"), true, 0},
		{STR_INIT("-0"), true, 0},
		{STR_INIT("-17"), true, -17},
		{STR_INIT("9223372036854775807"), true, INT64_MAX},
		{STR_INIT("9223372036854775808"), false, 0},
		{STR_INIT("-9223372036854775808"), true, INT64_MIN},
		{STR_INIT("-9223372036854775809"), false, 0},
		{STR_INIT("18446744073709551616"), false, 0},
		{STR_INIT("-"), false, 0},
		{STR_INIT("--1"), false, 0},
		{STR_INIT("-+1"), false, 0},
		{STR_INIT("1-"), false, 0},
		{STR_INIT(""), false, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t value = 42;
		bool good = number_read_i64(rows[i].text, &value);

		cr_expect(good == rows[i].good, "row %zu", i);
		cr_expect(value == (good ? rows[i].value : 42), "row %zu", i);
	}
}

/* Property: what printf() writes is read back. */
Test(number, printed_integers_are_read_back)
{
	struct rng rng = {6};

	for (int i = 0; i < 2000; i++) {
		uint64_t value = rng_next(&rng) >> rng_below(&rng, 64), back;
		int64_t number = (int64_t)value, again;
		char text[32];

		snprintf(text, sizeof(text), "%" PRIu64, value);
		cr_assert(number_read_u64(str_of(text), &back));
		cr_assert(back == value);
		snprintf(text, sizeof(text), "%" PRId64, number);
		cr_assert(number_read_i64(str_of(text), &again));
		cr_assert(again == number);
	}
}

Test(number, decimals)
{
	static const struct {
		struct str text;
		bool good;
		struct decimal value;
	} rows[] = {
		{STR_INIT("0"), true, {0, 0}},
		{STR_INIT("12.50"), true, {1250, 2}},
		{STR_INIT("-12.5"), true, {-125, 1}},
		{STR_INIT("+3"), true, {3, 0}},
		{STR_INIT(".5"), true, {5, 1}},
		{STR_INIT("5."), true, {5, 0}},
		{STR_INIT("000000000000000000000.5"), true, {5, 1}},
		{STR_INIT("999999999999999999"), true, {999999999999999999, 0}},
		{STR_INIT("-99999999.9999999999"), true,
			{-999999999999999999, 10}},
		{STR_INIT("0.000000000000000001"), true, {1, 18}},
		{STR_INIT("1000000000000000000"), false, {0, 0}},
		{STR_INIT("0.0000000000000000001"), false, {0, 0}},
		{STR_INIT("1.0000000000000000000"), false, {0, 0}},
		{STR_INIT(""), false, {0, 0}},
		{STR_INIT("."), false, {0, 0}},
		{STR_INIT("-"), false, {0, 0}},
		{STR_INIT("-."), false, {0, 0}},
		{STR_INIT("1.2.3"), false, {0, 0}},
		{STR_INIT("1,5"), false, {0, 0}},
		{STR_INIT("1e5"), false, {0, 0}},
		{STR_INIT("- 1"), false, {0, 0}},
		{STR_INIT("+-1"), false, {0, 0}},
		{STR_INIT("nan"), false, {0, 0}},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct decimal value = {42, 7};
		bool good = number_read_decimal(rows[i].text, &value);
		struct decimal wanted = good ? rows[i].value
					     : (struct decimal) {42, 7};

		cr_expect(good == rows[i].good, "row %zu", i);
		cr_expect(value.digits == wanted.digits, "row %zu", i);
		cr_expect(value.scale == wanted.scale, "row %zu", i);
	}
}

Test(number, decimals_compare_exactly)
{
	static const struct str sorted[] = {STR_INIT("-999999999999999999"),
		STR_INIT("-0.3"), STR_INIT("-0.000000000000000001"),
		STR_INIT("0"), STR_INIT("0.000000000000000001"),
		STR_INIT("0.1"), STR_INIT("0.10000000000000001"), STR_INIT("9"),
		STR_INIT("10"), STR_INIT("99999999.9999999999"),
		STR_INIT("100000000"), STR_INIT("999999999999999998"),
		STR_INIT("999999999999999999")};
	static const struct str equal[] = {
		STR_INIT("1"), STR_INIT("1.0"), STR_INIT("01.000")};
	struct decimal left, right;

	for (size_t i = 0; i < sizeof(sorted) / sizeof(*sorted); i++)
		for (size_t j = 0; j < sizeof(sorted) / sizeof(*sorted); j++) {
			cr_assert(number_read_decimal(sorted[i], &left));
			cr_assert(number_read_decimal(sorted[j], &right));
			cr_expect(decimal_compare(left, right) ==
					  (i > j) - (i < j),
				"%zu %zu", i, j);
		}
	for (size_t i = 0; i < 9; i++) {
		cr_assert(number_read_decimal(equal[i / 3], &left));
		cr_assert(number_read_decimal(equal[i % 3], &right));
		cr_expect(decimal_compare(left, right) == 0, "pair %zu", i);
	}
}

Test(number, scaled_decimals)
{
	static const struct {
		struct str text;
		int places;
		bool good;
		int64_t value;
	} rows[] = {
		{STR_INIT("12.5"), 2, true, 1250},
		{STR_INIT("12"), 2, true, 1200},
		{STR_INIT("12"), 0, true, 12},
		{STR_INIT("-0.01"), 2, true, -1},
		{STR_INIT("12.345"), 2, false, 0},
		{STR_INIT("12.500"), 2, false, 0},
		{STR_INIT("1.0"), 0, false, 0},
		{STR_INIT("9.2"), 18, true, 9200000000000000000},
		{STR_INIT("9.3"), 18, false, 0},
		{STR_INIT("-9.3"), 18, false, 0},
		{STR_INIT("922337203685477580"), 1, true, 9223372036854775800},
		{STR_INIT("922337203685477581"), 1, false, 0},

		{STR_INIT("x"), 2, false, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t value = 42;
		bool good = number_read_scaled(
			rows[i].text, rows[i].places, &value);

		cr_expect(good == rows[i].good, "row %zu", i);
		if (good)
			cr_expect(value == rows[i].value, "row %zu", i);
	}
}

Test(number, doubles_print_at_most_twelve_digits)
{
	static const struct {
		double value;
		const char *text;
	} rows[] = {
		{0, "0"},
		{-0.0, "0"},
		{1, "1"},
		{-2.5, "-2.5"},
		{0.1, "0.1"},
		{0.1 + 0.2, "0.3"},
		{1.0 / 3, "0.333333333333"},
		{2.0 / 3, "0.666666666667"},
		{99.2, "99.2"},
		{123456789012, "123456789012"},
		{1234567890123, "1.23456789012e+12"},
		{1e-7, "1e-07"},
		{1e300, "1e+300"},
		{-1.7976931348623157e308, "-1.79769313486e+308"},
	};
	char buffer[32];

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str text = number_print_double(rows[i].value, buffer);

		cr_expect(str_equal(text, str_of(rows[i].text)),
			"row %zu: %.*s", i, STR_ARG(text));
	}
}
