#include "format/calendar.h"

#include "base/rng.h"
#include "format/civil.h"
#include "format/timestamp.h"
#include "zone_p.h"

#include <criterion/criterion.h>

#define SAT_SUN 0x60
#define BERLIN  "CET-1CEST,M3.5.0,M10.5.0/3"

static int64_t ns_of(const char *text)
{
	struct arena a = {0};
	struct time_form form = {.zone = zone_utc(&a)};
	struct instant out = {0};

	cr_assert_eq(
		timestamp_read(str_of(text), &form, &out), TIME_OK, "%s", text);
	arena_free(&a);
	return out.ns;
}

static struct period period_of(const char *text)
{
	struct period period = {0};

	cr_assert(period_read(str_of(text), &period), "%s", text);
	return period;
}

static int64_t day_of(const char *text)
{
	int64_t day = 0;

	cr_assert(timestamp_read_day(str_of(text), &day), "%s", text);
	return day;
}

static struct holidays holidays_of(struct arena *a, const char *text)
{
	struct holidays holidays = {0};
	struct err err;

	cr_assert(holidays_read(a, str_of(text), 1, &holidays, &err));
	return holidays;
}

/* Results by `extend`: none, next working day, 1182/71. A result that is a
   date means the end of that day in the calendar's zone. */
struct due_row {
	const char *from, *period, *due[3];
};

static void check_due(
	struct calendar calendar, const struct due_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (int extend = 0; extend < 3; extend++) {
			const char *text = rows[i].due[extend];
			int64_t want, got;
			char buffer[40];

			calendar.extend = (enum extend)extend;
			want = strlen(text) == 10 ? calendar_day_end(&calendar,
							    day_of(text))
						  : ns_of(text);
			got = calendar_due(&calendar, ns_of(rows[i].from),
				period_of(rows[i].period));
			timestamp_print(got, buffer);
			cr_expect(got == want, "row %zu, extend %d: %.30s", i,
				extend, buffer);
		}
}

static void check_window(struct calendar calendar, const char *from,
	const char *period, const char *last)
{
	int64_t got = calendar_window(
		&calendar, ns_of(from), period_of(period));
	char buffer[40];

	timestamp_print(got, buffer);
	cr_expect(got == calendar_day_end(&calendar, day_of(last)),
		"%s + %s: %.30s", from, period, buffer);
}

Test(calendar, rule_language_vectors)
{
	static const struct due_row rows[] = {
		{"2026-01-31T10:00Z", "1 month",
			{"2026-02-28", "2026-03-02", "2026-03-02"}},
		{"2024-02-29T10:00Z", "1 year",
			{"2025-02-28", "2025-02-28", "2025-02-28"}},
		{"2026-02-28T10:00Z", "1 month",
			{"2026-03-28", "2026-03-30", "2026-03-30"}},
		{"2026-01-02T10:00Z", "2 days",
			{"2026-01-04", "2026-01-05", "2026-01-06"}},
		{"2026-01-02T10:00Z", "5 business days",
			{"2026-01-09", "2026-01-09", "2026-01-09"}},
		{"2026-01-02T10:00Z", "72h",
			{"2026-01-05T10:00Z", "2026-01-05T10:00Z",
				"2026-01-05T10:00Z"}},
	};
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_utc(&a), .weekend = SAT_SUN};

	check_due(calendar, rows, sizeof(rows) / sizeof(*rows));
	arena_free(&a);
}

Test(calendar, deadlines_of_the_law)
{
	static const struct due_row rows[] = {
		{"2026-03-06T16:20Z", "72h",
			{"2026-03-09T16:20Z", "2026-03-09T16:20Z",
				"2026-03-09T16:20Z"}},
		{"2026-03-06T16:20+05:30", "72h",
			{"2026-03-09T10:50Z", "2026-03-09T10:50Z",
				"2026-03-09T10:50Z"}},
		{"2026-01-31", "1 month",
			{"2026-02-28", "2026-03-02", "2026-03-02"}},
		{"2026-01-31", "3 months",
			{"2026-04-30", "2026-04-30", "2026-04-30"}},
		{"2028-01-31", "1 month",
			{"2028-02-29", "2028-02-29", "2028-02-29"}},
		{"2026-12-31", "2 months",
			{"2027-02-28", "2027-03-01", "2027-03-01"}},
		{"2026-08-31", "1 month",
			{"2026-09-30", "2026-09-30", "2026-09-30"}},
		{"2024-02-29", "24 months",
			{"2026-02-28", "2026-03-02", "2026-03-02"}},
		{"2024-02-29", "6 years",
			{"2030-02-28", "2030-02-28", "2030-02-28"}},
		{"2027-12-10", "15 days",
			{"2027-12-25", "2027-12-27", "2027-12-27"}},
		{"2027-12-17", "10 days",
			{"2027-12-27", "2027-12-27", "2027-12-27"}},
		{"2027-12-17", "2 days",
			{"2027-12-19", "2027-12-20", "2027-12-21"}},
		{"2026-06-04", "1 month",
			{"2026-07-04", "2026-07-06", "2026-07-06"}},
	};
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_utc(&a), .weekend = SAT_SUN};

	check_due(calendar, rows, sizeof(rows) / sizeof(*rows));
	/* Retention: never extended. */
	check_window(calendar, "2028-02-29", "10 years", "2038-02-28");
	arena_free(&a);
}

Test(calendar, deadlines_in_a_zone_with_holidays)
{
	static const struct due_row easter[] = {
		{"2026-03-05T13:00Z", "1 month",
			{"2026-04-05", "2026-04-06", "2026-04-06"}},
		{"2026-03-05T13:00Z", "1 month",
			{"2026-04-05T21:59:59.999999999Z",
				"2026-04-06T21:59:59.999999999Z",
				"2026-04-06T21:59:59.999999999Z"}},
	};
	static const struct due_row monday[] = {
		{"2026-03-05T13:00Z", "1 month",
			{"2026-04-05", "2026-04-07", "2026-04-07"}},
		{"2026-03-05T13:00Z", "1 month",
			{"2026-04-05T21:59:59.999999999Z",
				"2026-04-07T21:59:59.999999999Z",
				"2026-04-07T21:59:59.999999999Z"}},
	};
	struct arena a = {0};
	struct calendar calendar = {
		.zone = zone_p_rule(&a, BERLIN), .weekend = SAT_SUN};

	check_due(calendar, easter, 2);
	calendar.holidays = holidays_of(&a, "2026-04-03\n2026-04-06\n");
	check_due(calendar, monday, 2);
	arena_free(&a);
}

Test(calendar, clocks_with_two_anchors)
{
	static const struct {
		const char *classified, *due;
	} rows[] = {
		{"2026-06-01T20:00Z", "2026-06-02T00:00Z"},
		{"2026-06-02T06:00Z", "2026-06-02T08:00Z"},
		{"2026-06-02T08:00Z", "2026-06-02T08:00Z"},
		{"2026-06-03T10:00Z", "2026-06-03T14:00Z"},
	};
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_utc(&a), .weekend = SAT_SUN};
	int64_t aware_end = calendar_due(
		&calendar, ns_of("2026-06-01T08:00Z"), period_of("24h"));

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t classified = ns_of(rows[i].classified);
		int64_t due = calendar_due(
			&calendar, classified, period_of("4h"));

		if (classified <= aware_end && aware_end < due)
			due = aware_end;
		cr_expect(due == ns_of(rows[i].due), "row %zu", i);
	}
	cr_expect_eq(calendar_due(&calendar, ns_of("2026-06-01T23:30Z"),
			     period_of("72h")),
		ns_of("2026-06-04T23:30Z"));
	arena_free(&a);
}

Test(calendar, american_deadlines)
{
	static const struct {
		const char *from, *period, *holiday, *with, *without;
	} rows[] = {
		{"2026-03-02", "45 days", "", "2026-04-16", "2026-04-16"},
		{"2026-03-02", "90 days", "", "2026-05-31", "2026-05-31"},
		{"2026-11-20", "10 business days", "2026-11-26", "2026-12-07",
			"2026-12-04"},
		{"2026-05-20", "15 business days", "2026-05-25", "2026-06-11",
			"2026-06-10"},
		{"2026-07-01", "4 business days", "2026-07-03", "2026-07-08",
			"2026-07-07"},
		{"2026-07-04", "4 business days", "2026-07-03", "2026-07-09",
			"2026-07-09"},
		{"2026-01-15", "60 days", "", "2026-03-16", "2026-03-16"},
		{"2026-03-02", "30 days", "", "2026-04-01", "2026-04-01"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct calendar calendar = {
			.zone = zone_utc(&a), .weekend = SAT_SUN};

		check_window(calendar, rows[i].from, rows[i].period,
			rows[i].without);
		calendar.holidays = holidays_of(&a, rows[i].holiday);
		check_window(
			calendar, rows[i].from, rows[i].period, rows[i].with);
	}
	arena_free(&a);
}

Test(calendar, periods_of_nothing_and_one)
{
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_utc(&a), .weekend = SAT_SUN};
	/* A Saturday. */
	const char *from = "2026-01-03T10:00Z";

	check_window(calendar, from, "0 days", "2026-01-03");
	check_window(calendar, from, "0 months", "2026-01-03");
	check_window(calendar, from, "0 business days", "2026-01-03");
	check_window(calendar, from, "1 business day", "2026-01-05");
	cr_expect_eq(calendar_window(&calendar, ns_of(from), period_of("0s")),
		ns_of(from));
	/* A period of one day need not contain two working days. */
	calendar.extend = EXTEND_EU_1182;
	cr_expect_eq(calendar_due(&calendar, ns_of("2026-01-02"),
			     period_of("1 day")),
		calendar_day_end(&calendar, day_of("2026-01-05")));
	arena_free(&a);
}

Test(calendar, working_days)
{
	struct arena a = {0};
	struct calendar calendar = {.weekend = SAT_SUN,
		.holidays = holidays_of(&a, "2026-01-01\n2026-01-03\n")};
	static const bool want[] = {false, true, false, false, true};

	/* From Thursday, 2026-01-01. */
	for (int i = 0; i < 5; i++)
		cr_expect(calendar_is_working_day(&calendar,
				  day_of("2026-01-01") + i) == want[i],
			"day %d", i);
	arena_free(&a);
}

Test(calendar, holidays_that_are_not_covered)
{
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_p_rule(&a, BERLIN)};
	int64_t last = ns_of("2026-12-31T22:59:59Z");

	cr_expect_not(calendar_lacks_holidays(&calendar, last));
	calendar.holidays = holidays_of(&a, "2025-05-01\n2026-12-25\n");
	cr_expect_not(calendar_lacks_holidays(&calendar, last));
	cr_expect(calendar_lacks_holidays(&calendar, last + NS_PER_SECOND));
	cr_expect(calendar_lacks_holidays(
		&calendar, ns_of("2024-12-31T22:59:59Z")));
	cr_expect_not(calendar_lacks_holidays(
		&calendar, ns_of("2024-12-31T23:00:00Z")));
	arena_free(&a);
}

Test(calendar, date_where_the_clock_goes_back_across_midnight)
{
	static const struct {
		const char *zone, *at, *day;
	} rows[] = {
		/* 00:01 becomes 23:01 of the day before. */
		{"America/St_Johns", "2006-10-29T02:29:59Z", "2006-10-28"},
		{"America/St_Johns", "2006-10-29T02:30:00Z", "2006-10-29"},
		{"America/St_Johns", "2006-10-29T02:31:00Z", "2006-10-29"},
		{"America/St_Johns", "2006-10-29T03:29:59Z", "2006-10-29"},
		/* 00:00 becomes 23:00: the later date was never shown. */
		{"Asia/Beirut", "2021-10-30T20:59:59Z", "2021-10-30"},
		{"Asia/Beirut", "2021-10-30T21:00:00Z", "2021-10-30"},
		{"Asia/Beirut", "2021-10-30T22:00:00Z", "2021-10-31"},
		/* 01:00 becomes 00:00 of the same day. */
		{"America/Havana", "2020-11-01T03:59:59Z", "2020-10-31"},
		{"America/Havana", "2020-11-01T04:00:00Z", "2020-11-01"},
		{"America/Havana", "2020-11-01T05:00:00Z", "2020-11-01"},
		/* A day that never was. */
		{"Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"},
		{"Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"},
		/* A day that came twice. */
		{"America/Juneau", "1867-10-19T00:31:12Z", "1867-10-19"},
		{"America/Juneau", "1867-10-19T00:31:13Z", "1867-10-19"},
		{"America/Juneau", "1867-10-20T08:57:40Z", "1867-10-19"},
		{"America/Juneau", "1867-10-20T08:57:41Z", "1867-10-20"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct calendar calendar = {
			.zone = zone_p_system(&a, rows[i].zone)};

		cr_assert_not_null(calendar.zone);
		cr_expect(calendar_local_day(&calendar, ns_of(rows[i].at)) ==
				  day_of(rows[i].day),
			"row %zu", i);
	}
	arena_free(&a);
}

Test(calendar, end_of_a_day_where_the_clock_changes)
{
	static const struct {
		const char *zone, *day, *next; /* first instant after it */
	} rows[] = {
		{"Europe/Berlin", "2026-03-29", "2026-03-29T22:00:00Z"},
		{"Europe/Berlin", "2026-10-25", "2026-10-25T23:00:00Z"},
		{"America/St_Johns", "2006-10-28", "2006-10-29T02:30:00Z"},
		{"Asia/Beirut", "2021-03-27", "2021-03-27T22:00:00Z"},
		{"Asia/Beirut", "2021-10-30", "2021-10-30T22:00:00Z"},
		{"America/Havana", "2020-03-07", "2020-03-08T05:00:00Z"},
		{"Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2011-12-31", "2011-12-31T10:00:00Z"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct calendar calendar = {
			.zone = zone_p_system(&a, rows[i].zone)};

		cr_assert_not_null(calendar.zone);
		cr_expect(calendar_day_end(&calendar, day_of(rows[i].day)) ==
				  ns_of(rows[i].next) - 1,
			"row %zu", i);
	}
	arena_free(&a);
}

Test(calendar, quarters)
{
	static const struct {
		const char *at;
		int fiscal_start;
		const char *name, *start;
	} rows[] = {
		{"2026-01-01T00:00Z", 1, "2026Q1", "2026-01-01"},
		{"2026-03-31T23:59Z", 1, "2026Q1", "2026-01-01"},
		{"2026-04-01T00:00Z", 1, "2026Q2", "2026-04-01"},
		{"2026-12-31T00:00Z", 1, "2026Q4", "2026-10-01"},
		{"2025-10-01T00:00Z", 10, "FY2026Q1", "2025-10-01"},
		{"2026-09-30T00:00Z", 10, "FY2026Q4", "2026-07-01"},
		{"2026-02-01T00:00Z", 2, "FY2027Q1", "2026-02-01"},
		{"2026-01-31T00:00Z", 2, "FY2026Q4", "2025-11-01"},
		{"2026-01-31T00:00Z", 12, "FY2026Q1", "2025-12-01"},
		{"1969-12-31T00:00Z", 1, "1969Q4", "1969-10-01"},
	};
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_utc(&a)};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int start = rows[i].fiscal_start;
		int64_t quarter = calendar_quarter(
			&calendar, start, ns_of(rows[i].at));
		char buffer[24];

		cr_expect(
			str_equal(calendar_quarter_name(quarter, start, buffer),
				str_of(rows[i].name)),
			"row %zu", i);
		cr_expect(calendar_quarter_start(&calendar, start, quarter) ==
				  ns_of(rows[i].start),
			"row %zu", i);
	}
	arena_free(&a);
}

Test(calendar, quarters_are_local_and_half_open)
{
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_p_rule(&a, BERLIN)};
	int64_t start = ns_of("2026-03-31T22:00Z");

	cr_expect_eq(calendar_quarter(&calendar, 1, start - 1), 2026 * 4);
	cr_expect_eq(calendar_quarter(&calendar, 1, start), 2026 * 4 + 1);
	for (int fiscal_start = 1; fiscal_start <= 12; fiscal_start++)
		for (int64_t quarter = 1950 * 4; quarter < 2100 * 4;
			quarter++) {
			int64_t at = calendar_quarter_start(
				&calendar, fiscal_start, quarter);

			cr_assert_eq(
				calendar_quarter(&calendar, fiscal_start, at),
				quarter);
			cr_assert_eq(calendar_quarter(
					     &calendar, fiscal_start, at - 1),
				quarter - 1);
		}
	arena_free(&a);
}

Test(calendar, far_times_saturate)
{
	static const char *const periods[] = {
		"876600h", "36525 days", "100 years", "26100 business days"};
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_p_rule(&a, BERLIN),
		.weekend = SAT_SUN,
		.extend = EXTEND_EU_1182};
	struct period endless = {PERIOD_MONTHS, INT64_MAX};

	for (size_t i = 0; i < 4; i++) {
		struct period period = period_of(periods[i]);

		cr_expect(calendar_window(&calendar, INT64_MAX, period) ==
				  INT64_MAX,
			"row %zu", i);
		cr_expect(calendar_due(&calendar, INT64_MAX - 1, period) ==
				  INT64_MAX,
			"row %zu", i);
		cr_expect(calendar_window(&calendar, INT64_MIN, period) <
				  ns_of("1790-01-01"),
			"row %zu", i);
	}
	for (int unit = PERIOD_DAYS; unit <= PERIOD_BUSINESS_DAYS; unit++) {
		endless.unit = (enum period_unit)unit;
		cr_expect(calendar_window(&calendar, 0, endless) == INT64_MAX,
			"unit %d", unit);
	}
	cr_expect_eq(calendar_day_end(&calendar, INT64_MAX - 1), INT64_MAX);
	cr_expect_eq(calendar_day_end(&calendar, INT64_MIN), INT64_MIN);
	arena_free(&a);
}

Test(calendar, a_week_of_week_ends_has_no_working_day)
{
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_utc(&a),
		.weekend = 0x7f,
		.extend = EXTEND_NEXT_WORKING_DAY};

	cr_expect_eq(calendar_window(&calendar, 0, period_of("1 business day")),
		INT64_MAX);
	cr_expect_eq(
		calendar_due(&calendar, 0, period_of("3 days")), INT64_MAX);
	arena_free(&a);
}

#define SPAN_DAYS    24
#define SPAN_MINUTES (SPAN_DAYS * 1440)

/* The slow calendar: the latest date shown so far, minute by minute. The first
   four days only tell what was shown before the others. */
struct slow {
	struct calendar calendar;
	int64_t day[SPAN_MINUTES];
};

static struct slow *random_slow(struct arena *a, struct rng *rng)
{
	struct slow *slow = arena_new(a, struct slow);
	struct zone_row rows[8];
	int64_t *days = arena_array(a, int64_t, 4), at_s = 0;
	size_t n = 1 + rng_below(rng, 8);

	for (size_t i = 0; i < n; i++) {
		at_s += 60 + 60 * (int64_t)rng_below(rng, 8000);
		rows[i] = (struct zone_row) {
			at_s, 900 * ((int32_t)rng_below(rng, 120) - 60), "XYZ"};
	}
	for (size_t i = 0; i < 4; i++)
		days[i] = (int64_t)(i ? days[i - 1] : 0) + 1 +
			  (int64_t)rng_below(rng, 6);
	slow->calendar = (struct calendar) {.zone = zone_p_rows(a, rows, n, ""),
		.weekend = (uint8_t)rng_below(rng, 127),
		.holidays = {.days = days, .n = 4}};
	for (int64_t m = 0; m < SPAN_MINUTES; m++) {
		int64_t local_s = m * 60 +
				  zone_offset(slow->calendar.zone, m * 60);
		int64_t day = civil_floor_div(local_s, SECONDS_PER_DAY);

		slow->day[m] = m && slow->day[m - 1] > day ? slow->day[m - 1]
							   : day;
	}
	return slow;
}

static int64_t slow_day_end(const struct slow *slow, int64_t day)
{
	int64_t m = 0;

	while (slow->day[m] <= day)
		m++;
	return m * 60 * NS_PER_SECOND - 1;
}

static bool slow_is_working(const struct slow *slow, int64_t day)
{
	const struct holidays *holidays = &slow->calendar.holidays;

	for (size_t i = 0; i < holidays->n; i++)
		if (holidays->days[i] == day)
			return false;
	return !(slow->calendar.weekend >> civil_weekday(day) & 1);
}

static int64_t slow_window(
	const struct slow *slow, int64_t day, struct period period)
{
	for (int64_t n = period.n; n > 0;) {
		day++;
		if (period.unit == PERIOD_DAYS || slow_is_working(slow, day))
			n--;
	}
	return slow_day_end(slow, day);
}

static int64_t slow_due(
	const struct slow *slow, int64_t day, struct period period)
{
	int64_t last = day + period.n;
	int working = 0;

	while (!slow_is_working(slow, last))
		last++;
	if (slow->calendar.extend == EXTEND_EU_1182 && period.n >= 2) {
		for (int64_t i = day + 1; i <= last; i++)
			working += slow_is_working(slow, i);
		while (working < 2)
			working += slow_is_working(slow, ++last);
	}
	return slow_day_end(slow, last);
}

/* Property: as a calendar that goes from minute to minute and day to day, in
   zones that jump about. */
Test(calendar, agrees_with_a_minute_by_minute_calendar)
{
	struct rng rng = {31};

	for (int turn = 0; turn < 200; turn++) {
		struct arena a = {0};
		struct slow *slow = random_slow(&a, &rng);
		struct calendar *calendar = &slow->calendar;

		for (int i = 0; i < 50; i++) {
			int64_t m = 4 * 1440 + (int64_t)rng_below(&rng, 4320);
			int64_t ns = m * 60 * NS_PER_SECOND +
				     (int64_t)rng_below(&rng,
					     60 * (uint64_t)NS_PER_SECOND);
			struct period days = {
				PERIOD_DAYS, (int64_t)rng_below(&rng, 5)};
			struct period work = {PERIOD_BUSINESS_DAYS,
				(int64_t)rng_below(&rng, 2)};
			int64_t day = slow->day[m];

			cr_assert_eq(calendar_local_day(calendar, ns), day,
				"turn %d", turn);
			cr_assert_eq(calendar_window(calendar, ns, days),
				slow_window(slow, day, days), "turn %d", turn);
			cr_assert_eq(calendar_window(calendar, ns, work),
				slow_window(slow, day, work), "turn %d", turn);
			calendar->extend = EXTEND_NEXT_WORKING_DAY;
			days.n %= 3;
			if (rng_chance(&rng, 500000) &&
				__builtin_popcount(calendar->weekend) < 4)
				calendar->extend = EXTEND_EU_1182;
			if (__builtin_popcount(calendar->weekend) < 5)
				cr_assert_eq(calendar_due(calendar, ns, days),
					slow_due(slow, day, days), "turn %d",
					turn);
			calendar->extend = EXTEND_NONE;
		}
		arena_free(&a);
	}
}

/* Property: months end as when one counts them one by one and takes the last
   day that exists. */
Test(calendar, months_agree_with_counting)
{
	struct arena a = {0};
	struct calendar calendar = {.zone = zone_utc(&a)};
	struct rng rng = {37};

	for (int i = 0; i < 20000; i++) {
		int64_t day = (int64_t)rng_below(&rng, 40000), n, year;
		struct period period = {
			PERIOD_MONTHS, (int64_t)rng_below(&rng, 60)};
		int month, mday;

		civil_date(day, &year, &month, &mday);
		for (n = period.n; n > 0; n--)
			if (++month > 12) {
				month = 1;
				year++;
			}
		while (mday > civil_month_days(year, month))
			mday--;
		cr_assert_eq(
			calendar_window(&calendar, day * NS_PER_DAY, period),
			(civil_day(year, month, mday) + 1) * NS_PER_DAY - 1);
	}
	arena_free(&a);
}

/* Property: for business days, as stepping from day to day; many holidays. */
Test(calendar, business_days_agree_with_counting)
{
	struct arena a = {0};
	struct rng rng = {43};

	for (int i = 0; i < 3000; i++) {
		int64_t days[64], day = (int64_t)rng_below(&rng, 50), at = day;
		int64_t n = (int64_t)rng_below(&rng, 90), next = 0;
		struct calendar calendar = {.zone = zone_utc(&a),
			.weekend = (uint8_t)rng_below(&rng, 127),
			.holidays = {days, 64, 1970, 1971}};

		for (size_t j = 0; j < 64; j++)
			days[j] = next += 1 + (int64_t)rng_below(&rng, 4);
		for (int64_t left = n; left > 0;
			left -= calendar_is_working_day(&calendar, at))
			at++;
		cr_assert_eq(calendar_window(&calendar, day * NS_PER_DAY,
				     (struct period) {PERIOD_BUSINESS_DAYS, n}),
			(at + 1) * NS_PER_DAY - 1, "turn %d", i);
	}
	arena_free(&a);
}

static struct period random_period(struct rng *rng)
{
	static const uint64_t most[] = {400000, 40, 14, 30};
	int unit = (int)rng_below(rng, 4);

	return (struct period) {
		(enum period_unit)unit, (int64_t)rng_below(rng, most[unit])};
}

/* Property: no window, due time or quarter decreases in time, no window ends
   before it starts or after the due time, and a local day ends with it. */
Test(calendar, nothing_decreases_in_time)
{
	static const struct {
		const char *zone, *at;
	} changes[] = {
		{"America/Havana", "2020-11-01T05:00:00Z"},
		{"America/Havana", "2020-03-08T05:00:00Z"},
		{"Asia/Beirut", "2021-10-30T21:00:00Z"},
		{"Asia/Beirut", "2021-03-27T22:00:00Z"},
		{"Pacific/Apia", "2011-12-30T10:00:00Z"},
		{"America/St_Johns", "2006-10-29T02:31:00Z"},
		{"America/Juneau", "1867-10-19T00:31:13Z"},
		{"Australia/Lord_Howe", "2024-04-06T15:00:00Z"},
		{"Europe/Berlin", "2050-10-30T01:00:00Z"},
	};
	struct rng rng = {47};
	size_t n_changes = sizeof(changes) / sizeof(*changes);

	for (size_t z = 0; z < n_changes; z++) {
		struct arena a = {0};
		struct calendar calendar = {
			.zone = zone_p_system(&a, changes[z].zone),
			.weekend = SAT_SUN};
		int64_t change = ns_of(changes[z].at);

		cr_assert_not_null(calendar.zone);
		for (int i = 0; i < 4000; i++) {
			/* Within three days of the change, or up to 40 days. */
			uint64_t reach = (i % 2 ? 3 : 40) *
					 (uint64_t)NS_PER_DAY;
			int64_t t = change - (int64_t)(reach / 2) +
				    (int64_t)rng_below(&rng, reach);
			int64_t u = t + (int64_t)rng_below(&rng, NS_PER_DAY);
			struct period p = random_period(&rng);
			int64_t day = calendar_local_day(&calendar, t);

			calendar.extend = (enum extend)rng_below(&rng, 3);
			cr_assert(day <= calendar_local_day(&calendar, u));
			cr_assert(t <= calendar_day_end(&calendar, day));
			cr_assert(t > calendar_day_end(&calendar, day - 1));
			cr_assert(calendar_window(&calendar, t, p) <=
				  calendar_window(&calendar, u, p));
			cr_assert(calendar_due(&calendar, t, p) <=
				  calendar_due(&calendar, u, p));
			cr_assert(t <= calendar_window(&calendar, t, p));
			cr_assert(calendar_window(&calendar, t, p) <=
				  calendar_due(&calendar, t, p));
			cr_assert(calendar_quarter(&calendar, 4, t) <=
				  calendar_quarter(&calendar, 4, u));
		}
		arena_free(&a);
	}
}
