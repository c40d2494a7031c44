#include "report/print.h"

#include "base/rng.h"
#include "format/timestamp.h"

#include <criterion/criterion.h>
#include <math.h>

/* 2026-03-01 is day 20513 of 1970: 56 years of 365 days, 14 leap days, and the
   59 days of January and February. */
#define MARCH (20513 * NS_PER_DAY)

static void expect_text(struct str have, const char *want, size_t row)
{
	cr_expect(str_equal(have, str_of(want)), "row %zu: %.*s, not %s", row,
		STR_ARG(have), want);
}

Test(print, counts_have_a_comma_before_every_three_digits)
{
	static const struct {
		uint64_t n;
		const char *want;
	} rows[] = {
		{0, "0"},
		{7, "7"},
		{999, "999"},
		{1000, "1,000"},
		{12345, "12,345"},
		{999999, "999,999"},
		{1000000, "1,000,000"},
		{UINT64_MAX, "18,446,744,073,709,551,615"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_text(print_count(&a, rows[i].n), rows[i].want, i);
	arena_free(&a);
}

Test(print, a_count_and_its_noun_stay_together)
{
	struct arena a = {0};

	expect_text(print_counted(&a, 0, "finding"),
		"0\x1f"
		"findings",
		0);
	expect_text(print_counted(&a, 1, "finding"),
		"1\x1f"
		"finding",
		1);
	expect_text(print_counted(&a, 1200, "finding"),
		"1,200\x1f"
		"findings",
		2);
	expect_text(print_labelled(&a, 2000, "late"),
		"2,000\x1f"
		"late",
		3);
	arena_free(&a);
}

Test(print, numbers_are_rounded_and_grouped)
{
	/* 2.5 and 0.125 are exact in binary: halves go to the even digit. */
	static const struct {
		double value;
		int decimals;
		const char *want;
	} rows[] = {
		{0, 0, "0"},
		{2.5, 0, "2"},
		{3.5, 0, "4"},
		{-2.5, 0, "-2"},
		{0.125, 2, "0.12"},
		{12, 3, "12.000"},
		{2025.5, 1, "2,025.5"},
		{-1234567.891, 2, "-1,234,567.89"},
		{999.9996, 3, "1,000.000"},
		{-0.0004, 3, "0.000"},
		{-0.0, 3, "0.000"},
		{-0.0006, 3, "-0.001"},
		{1e21, 0, "1,000,000,000,000,000,000,000"},
		{0.123456789, 9, "0.123456789"},
		{NAN, 2, "n/a"},
		{INFINITY, 2, "n/a"},
		{-INFINITY, 2, "n/a"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_text(print_number(&a, rows[i].value, rows[i].decimals),
			rows[i].want, i);
	arena_free(&a);
}

Test(print, a_share_is_its_two_counts)
{
	struct arena a = {0};

	expect_text(print_share(&a, (struct share) {9, 12}), "9 of 12", 0);
	expect_text(print_share(&a, (struct share) {1966, 2000}),
		"1,966 of 2,000", 1);
	arena_free(&a);
}

Test(print, money_has_its_minor_units_and_currency)
{
	static const struct {
		int64_t minor;
		const char *currency, *want;
	} rows[] = {
		{0, "EUR",
			"0.00\x1f"
			"EUR"},
		{5, "EUR",
			"0.05\x1f"
			"EUR"},
		{-5, "EUR",
			"-0.05\x1f"
			"EUR"},
		{1300000, "EUR",
			"13,000.00\x1f"
			"EUR"},
		{-4000000, "EUR",
			"-40,000.00\x1f"
			"EUR"},
		{100, "", "1.00"},
		{INT64_MAX, "", "92,233,720,368,547,758.07"},
		{INT64_MIN, "", "-92,233,720,368,547,758.08"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct money money = {rows[i].minor, str_of(rows[i].currency)};

		expect_text(print_money(&a, money), rows[i].want, i);
	}
	arena_free(&a);
}

Test(print, times_are_cut_to_the_millisecond)
{
	static const struct {
		int64_t ns;
		const char *want;
	} rows[] = {
		{0, "1970-01-01T00:00:00Z"},
		{MARCH, "2026-03-01T00:00:00Z"},
		{MARCH - 1, "2026-02-28T23:59:59.999Z"},
		{MARCH + 1, "2026-03-01T00:00:00Z"},
		{MARCH + 999999, "2026-03-01T00:00:00Z"},
		{MARCH + 1000000, "2026-03-01T00:00:00.001Z"},
		{MARCH + 794123456, "2026-03-01T00:00:00.794Z"},
		{-1, "1969-12-31T23:59:59.999Z"},
		{-1000001, "1969-12-31T23:59:59.998Z"},
		{CELL_ABSENT, "no time"},
		{CELL_UNREADABLE, "no time"},
		/* -2^63 + 2 ns: the millisecond begins before all times. */
		{INT64_MIN + 2, "1677-09-21T00:12:43.145224194Z"},
		{INT64_MAX, "2262-04-11T23:47:16.854Z"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_text(print_time(&a, rows[i].ns), rows[i].want, i);
	arena_free(&a);
}

/* Property: what is printed is not later, and less than 1 ms earlier. */
Test(print, a_time_is_never_shown_later_than_it_is)
{
	struct rng rng = {7};
	struct time_form form = {0};

	for (int round = 0; round < 5000; round++) {
		struct arena a = {0};
		int64_t ns = (int64_t)rng_next(&rng);
		struct instant read;
		enum time_status status;

		ns += ns < -INT64_C(9223372036850000000) ? 5000000000000000 : 0;
		status = timestamp_read(print_time(&a, ns), &form, &read);
		cr_assert(status == TIME_OK);
		cr_assert(read.ns <= ns && ns - read.ns < 1000000, "%lld",
			(long long)ns);
		arena_free(&a);
	}
}

Test(print, a_period_says_what_it_includes)
{
	static const struct {
		int64_t from, to;
		const char *want;
	} rows[] = {
		{MARCH, MARCH + NS_PER_DAY,
			"2026-03-01 to 2026-03-01 (both days included)"},
		{MARCH, MARCH + 31 * NS_PER_DAY,
			"2026-03-01 to 2026-03-31 (both days included)"},
		/* A whole log: to as_of + 1 ns. */
		{MARCH, MARCH + NS_PER_DAY + 1,
			"2026-03-01T00:00:00Z to 2026-03-02T00:00:00Z "
			"(included)"},
		{MARCH + 1500000, MARCH + 2000001,
			"2026-03-01T00:00:00.001Z to 2026-03-01T00:00:00.002Z "
			"(included)"},
		/* Days of a zone east of Greenwich. */
		{MARCH - NS_PER_DAY / 24, MARCH + 23 * NS_PER_DAY / 24,
			"2026-02-28T23:00:00Z to 2026-03-01T23:00:00Z "
			"(excluded)"},
		{MARCH, MARCH,
			"2026-03-01T00:00:00Z to 2026-03-01T00:00:00Z "
			"(excluded)"},
		{CELL_ABSENT, MARCH, "no event has a time"},
		{MARCH, CELL_ABSENT, "no event has a time"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_text(print_period(&a, rows[i].from, rows[i].to),
			rows[i].want, i);
	arena_free(&a);
}
