#include "format/calendar.h"

#include <stdio.h>

#include "format/civil.h"

/* Days within which every instant lies, with some to spare for offsets. Days
   are kept between them, so that no sum below can overflow. */
#define DAY_FIRST (-106760)
#define DAY_LAST  106760

static int64_t clamp_day(int64_t day)
{
	if (day > DAY_LAST)
		return DAY_LAST;
	return day < DAY_FIRST ? DAY_FIRST : day;
}

static int64_t saturate(__int128 ns)
{
	if (ns > INT64_MAX)
		return INT64_MAX;
	return ns < INT64_MIN ? INT64_MIN : (int64_t)ns;
}

/* First instant at which the local date is `day` or later. */
static int64_t day_start_s(const struct calendar *calendar, int64_t day)
{
	return zone_first(calendar->zone, clamp_day(day) * SECONDS_PER_DAY);
}

/* The date on the clock may be earlier than one it has shown before; the day
   is the latest that has begun. */
int64_t calendar_local_day(const struct calendar *calendar, int64_t ns)
{
	int64_t utc_s = civil_floor_div(ns, NS_PER_SECOND);
	int64_t local_s = utc_s + zone_offset(calendar->zone, utc_s);
	int64_t day = civil_floor_div(local_s, SECONDS_PER_DAY);

	while (day_start_s(calendar, day + 1) <= utc_s)
		day++;
	return day;
}

int64_t calendar_day_end(const struct calendar *calendar, int64_t day)
{
	__int128 next_s = day_start_s(calendar, clamp_day(day) + 1);

	return saturate(next_s * NS_PER_SECOND - 1);
}

static bool is_weekend(const struct calendar *calendar, int64_t day)
{
	return calendar->weekend >> civil_weekday(day) & 1;
}

bool calendar_is_working_day(const struct calendar *calendar, int64_t day)
{
	return !is_weekend(calendar, day) &&
	       !holidays_has(&calendar->holidays, day);
}

/* The `n`-th day after `day` that is no week-end day; n is above 0. */
static int64_t skip_weekdays(
	const struct calendar *calendar, int64_t day, int64_t n)
{
	int per_week = 7 - __builtin_popcount(calendar->weekend & 0x7f);

	day += (n - 1) / per_week * 7;
	for (n = (n - 1) % per_week + 1; n > 0; n -= !is_weekend(calendar, day))
		day++;
	return day;
}

/* How many holidays that are no week-end days lie after `day`, up to `last`. */
static int64_t count_holidays(
	const struct calendar *calendar, int64_t day, int64_t last)
{
	const struct holidays *holidays = &calendar->holidays;
	int64_t count = 0;

	for (size_t i = holidays_find(holidays, day + 1);
		i < holidays->n && holidays->days[i] <= last; i++)
		count += !is_weekend(calendar, holidays->days[i]);
	return count;
}

/*
 * The `n`-th working day after `day`; `day` itself if n is 0. Holidays are
 * skipped as if they were working days, and then made up for: each pass takes
 * as many days as the pass before met holidays.
 */
static int64_t working_day_after(
	const struct calendar *calendar, int64_t day, int64_t n)
{
	if ((calendar->weekend & 0x7f) == 0x7f)
		return n ? DAY_LAST : day;
	while (n > 0) {
		int64_t last = skip_weekdays(calendar, day, n);

		n = count_holidays(calendar, day, last);
		day = last;
	}
	return day;
}

/* The same day number `n` months later, or the last day of that month. */
static int64_t add_months(int64_t day, int64_t n)
{
	int64_t year, months;
	int month, mday, last;

	civil_date(day, &year, &month, &mday);
	months = year * 12 + month - 1 + n;
	year = civil_floor_div(months, 12);
	month = (int)(months - year * 12) + 1;
	last = civil_month_days(year, month);
	return civil_day(year, month, mday < last ? mday : last);
}

/* A period longer than the range of time ends where a longer one would. */
static int64_t clamp_count(int64_t n)
{
	return n < DAY_LAST - DAY_FIRST ? n : DAY_LAST - DAY_FIRST;
}

/* The last day of a period in days or longer that starts on `day`. */
static int64_t last_day(
	const struct calendar *calendar, int64_t day, struct period period)
{
	int64_t n = clamp_count(period.n);

	switch (period.unit) {
	case PERIOD_MONTHS:
		return add_months(day, n);
	case PERIOD_BUSINESS_DAYS:
		return working_day_after(calendar, day, n);
	default:
		return day + n;
	}
}

static int64_t extend_day(
	const struct calendar *calendar, int64_t day, int64_t last)
{
	int64_t due = working_day_after(calendar, last - 1, 1);

	if (calendar->extend == EXTEND_EU_1182 && last - day >= 2) {
		int64_t second = working_day_after(calendar, day, 2);

		return due > second ? due : second;
	}
	return due;
}

static int64_t hours_later(int64_t ns, struct period period)
{
	return saturate((__int128)ns + period_ns(period));
}

int64_t calendar_window(
	const struct calendar *calendar, int64_t ns, struct period period)
{
	if (period.unit == PERIOD_SECONDS)
		return hours_later(ns, period);
	return calendar_day_end(calendar,
		last_day(calendar, calendar_local_day(calendar, ns), period));
}

int64_t calendar_due(
	const struct calendar *calendar, int64_t ns, struct period period)
{
	int64_t day, last;

	if (calendar->extend == EXTEND_NONE || period.unit == PERIOD_SECONDS ||
		period.unit == PERIOD_BUSINESS_DAYS)
		return calendar_window(calendar, ns, period);
	day = calendar_local_day(calendar, ns);
	last = last_day(calendar, day, period);
	return calendar_day_end(calendar, extend_day(calendar, day, last));
}

bool calendar_lacks_holidays(const struct calendar *calendar, int64_t ns)
{
	const struct holidays *holidays = &calendar->holidays;
	int64_t year;
	int month, mday;

	if (holidays->n == 0)
		return false;
	civil_date(calendar_local_day(calendar, ns), &year, &month, &mday);
	return year < holidays->first_year || year > holidays->last_year;
}

/* Months by which a fiscal year begins before the calendar year whose number
   it has; it is named after the year in which it ends. */
static int fiscal_lead(int fiscal_start)
{
	return fiscal_start == 1 ? 0 : 13 - fiscal_start;
}

int64_t calendar_quarter(
	const struct calendar *calendar, int fiscal_start, int64_t ns)
{
	int64_t year;
	int month, mday;

	civil_date(calendar_local_day(calendar, ns), &year, &month, &mday);
	return civil_floor_div(
		year * 12 + month - 1 + fiscal_lead(fiscal_start), 3);
}

struct str calendar_quarter_name(
	int64_t quarter, int fiscal_start, char buffer[24])
{
	int64_t year = civil_floor_div(quarter, 4);
	int len = snprintf(buffer, 24, "%s%04dQ%d",
		fiscal_start == 1 ? "" : "FY", (int)year,
		(int)(quarter - year * 4) + 1);

	return (struct str) {buffer, (size_t)len};
}

int64_t calendar_quarter_start(
	const struct calendar *calendar, int fiscal_start, int64_t quarter)
{
	int64_t months = quarter * 3 - fiscal_lead(fiscal_start);
	int64_t year = civil_floor_div(months, 12);
	int64_t day = civil_day(year, (int)(months - year * 12) + 1, 1);

	return saturate((__int128)day_start_s(calendar, day) * NS_PER_SECOND);
}
