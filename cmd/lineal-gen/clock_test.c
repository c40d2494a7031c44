#include "lineal-gen/clock.h"

#include <criterion/criterion.h>
#include <string.h>

static int64_t at(int64_t year, int month, int mday)
{
	struct clock_date date = {year, month, mday};

	return clock_day_of(date) * CLOCK_DAY + 10 * CLOCK_HOUR;
}

static bool is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* The day after `date`, by the length of each month. */
static struct clock_date day_after(struct clock_date date)
{
	static const int lengths[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int length = lengths[date.month - 1] +
		     (date.month == 2 && is_leap(date.year));

	if (++date.mday <= length)
		return date;
	date.mday = 1;
	if (++date.month <= 12)
		return date;
	date.month = 1;
	date.year++;
	return date;
}

/* Property: days and dates agree with walking through the calendar. */
Test(clock, days_and_dates_agree_with_a_walk_through_the_calendar)
{
	struct clock_date date = {1970, 1, 1};

	for (int64_t day = 0; day < 200000; day++) {
		struct clock_date found = clock_civil(day);

		cr_assert(found.year == date.year &&
				  found.month == date.month &&
				  found.mday == date.mday,
			"day %ld", (long)day);
		cr_assert_eq(clock_day_of(date), day);
		date = day_after(date);
	}
}

Test(clock, span_is_the_first_half_of_2026)
{
	cr_expect_eq(CLOCK_START, at(2026, 1, 1) - 10 * CLOCK_HOUR);
	cr_expect_eq(CLOCK_END,
		at(2026, 6, 30) + 14 * CLOCK_HOUR - 2 * CLOCK_SECOND);
	cr_expect_eq(clock_quarter(CLOCK_START), 0);
	cr_expect_eq(clock_quarter(at(2026, 3, 31)), 0);
	cr_expect_eq(clock_quarter(at(2026, 4, 1)), 1);
	cr_expect_eq(clock_quarter(CLOCK_END), 1);
}

Test(clock, periods_end_with_a_day)
{
	static const struct {
		int64_t year;
		int month, mday;
		int months, days; /* one of them is 0 */
		int64_t last_year;
		int last_month, last_mday;
	} rows[] = {
		{2026, 1, 31, 1, 0, 2026, 2, 28},
		{2024, 2, 29, 12, 0, 2025, 2, 28},
		{2026, 2, 28, 1, 0, 2026, 3, 28},
		{2026, 12, 31, 2, 0, 2027, 2, 28},
		{2026, 11, 30, 1, 0, 2026, 12, 30},
		{2026, 1, 2, 0, 2, 2026, 1, 4},
		{2025, 12, 31, 0, 30, 2026, 1, 30},
		{2026, 2, 27, 0, 2, 2026, 3, 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t from = at(rows[i].year, rows[i].month, rows[i].mday);
		int64_t end = rows[i].months
				      ? clock_after_months(from, rows[i].months)
				      : clock_after_days(from, rows[i].days);

		cr_expect_eq(end,
			at(rows[i].last_year, rows[i].last_month,
				rows[i].last_mday) +
				14 * CLOCK_HOUR,
			"row %zu", i);
	}
}

Test(clock, prints_days_and_times)
{
	char text[12];

	clock_print_day(clock_day(CLOCK_END), text);
	cr_expect(memcmp(text, "2026-06-30", 10) == 0);
	cr_expect_eq(clock_print_time(CLOCK_END, false, text), 8);
	cr_expect(memcmp(text, "23:59:58", 8) == 0);
	cr_expect_eq(clock_print_time(CLOCK_END + 7, true, text), 12);
	cr_expect(memcmp(text, "23:59:58.007", 12) == 0);
	cr_expect_eq(clock_whole(CLOCK_END + 999), CLOCK_END);
}
