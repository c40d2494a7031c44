#include "format/period.h"

#include <criterion/criterion.h>

Test(period, forms)
{
	static const struct {
		const char *text;
		struct period want;
		const char *printed;
	} rows[] = {
		{"30s", {PERIOD_SECONDS, 30}, "30s"},
		{"15m", {PERIOD_SECONDS, 900}, "15m"},
		{"90m", {PERIOD_SECONDS, 5400}, "90m"},
		{"72h", {PERIOD_SECONDS, 259200}, "72h"},
		{"0s", {PERIOD_SECONDS, 0}, "0h"},
		{"30d", {PERIOD_DAYS, 30}, "30 days"},
		{"2w", {PERIOD_DAYS, 14}, "14 days"},
		{"1 second", {PERIOD_SECONDS, 1}, "1s"},
		{"61 seconds", {PERIOD_SECONDS, 61}, "61s"},
		{"1 minute", {PERIOD_SECONDS, 60}, "1m"},
		{"60 minutes", {PERIOD_SECONDS, 3600}, "1h"},
		{"48 hours", {PERIOD_SECONDS, 172800}, "48h"},
		{"1 hour", {PERIOD_SECONDS, 3600}, "1h"},
		{"1 day", {PERIOD_DAYS, 1}, "1 day"},
		{"2 days", {PERIOD_DAYS, 2}, "2 days"},
		{"0 days", {PERIOD_DAYS, 0}, "0 days"},
		{"1 week", {PERIOD_DAYS, 7}, "7 days"},
		{"2 weeks", {PERIOD_DAYS, 14}, "14 days"},
		{"1 month", {PERIOD_MONTHS, 1}, "1 month"},
		{"0 months", {PERIOD_MONTHS, 0}, "0 months"},
		{"24 months", {PERIOD_MONTHS, 24}, "2 years"},
		{"1 year", {PERIOD_MONTHS, 12}, "1 year"},
		{"6 years", {PERIOD_MONTHS, 72}, "6 years"},
		{"1 business day", {PERIOD_BUSINESS_DAYS, 1}, "1 business day"},
		{"5 business days", {PERIOD_BUSINESS_DAYS, 5},
			"5 business days"},
		{"1 days", {PERIOD_DAYS, 1}, "1 day"},
		{"007 day", {PERIOD_DAYS, 7}, "7 days"},
		{"3155760000s", {PERIOD_SECONDS, 3155760000}, "876600h"},
		{"876600h", {PERIOD_SECONDS, 3155760000}, "876600h"},
		{"36525d", {PERIOD_DAYS, 36525}, "36525 days"},
		{"5217w", {PERIOD_DAYS, 36519}, "36519 days"},
		{"100 years", {PERIOD_MONTHS, 1200}, "100 years"},
		{"26100 business days", {PERIOD_BUSINESS_DAYS, 26100},
			"26100 business days"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct period got = {0}, again = {0};
		struct str printed;

		cr_expect(
			period_read(str_of(rows[i].text), &got), "row %zu", i);
		cr_expect(got.unit == rows[i].want.unit &&
				  got.n == rows[i].want.n,
			"row %zu", i);
		printed = period_print(&a, got);
		cr_expect(str_equal(printed, str_of(rows[i].printed)),
			"row %zu: %s", i, printed.s);
		cr_expect(period_read(printed, &again) &&
				  again.unit == got.unit && again.n == got.n,
			"row %zu", i);
	}
	arena_free(&a);
}

Test(period, everything_else_is_refused)
{
	static const char *const rows[] = {"", "h", "72", "72 h", "72hours",
		"72  hours", " 72h", "72h ", "1.5h", "-1h", "+1h", "1h30m",
		"1 month 2 days", "2mo", "1y", "1M", "1H", "1 Hour", "1 hourss",
		"5 business", "5 businessdays", "5 business  days",
		"1 fortnight", "3155760001s", "52596001m", "876601h", "36526d",
		"5218w", "1201 months", "101 years", "26101 business days",
		"18446744073709551617s",
		"1\xc2\xa0"
		"day"};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct period got = {PERIOD_DAYS, 42};

		cr_expect_not(
			period_read(str_of(rows[i]), &got), "'%s'", rows[i]);
		cr_expect(got.n == 42, "row %zu", i);
	}
}

Test(period, nanoseconds_saturate)
{
	cr_expect_eq(period_ns((struct period) {PERIOD_SECONDS, 0}), 0);
	cr_expect_eq(period_ns((struct period) {PERIOD_SECONDS, 259200}),
		259200000000000);
	cr_expect_eq(period_ns((struct period) {PERIOD_SECONDS, 9223372037}),
		INT64_MAX);
}
