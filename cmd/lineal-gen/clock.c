#include "lineal-gen/clock.h"

int64_t clock_day(int64_t ms)
{
	return ms / CLOCK_DAY;
}

struct clock_date clock_civil(int64_t day)
{
	int64_t shifted = day + 719468;
	int64_t era = shifted / 146097;
	int64_t in_era = shifted % 146097;
	int64_t year =
		(in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) /
		365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153; /* 0 is March */
	int mday = (int)(in_year - (153 * month + 2) / 5) + 1;

	return (struct clock_date) {
		.year = era * 400 + year + (month >= 10),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.mday = mday,
	};
}

int64_t clock_day_of(struct clock_date date)
{
	int64_t year = date.month <= 2 ? date.year - 1 : date.year;
	int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
	int64_t in_year = (153 * month + 2) / 5 + date.mday - 1;

	return year / 400 * 146097 + year % 400 * 365 + year % 400 / 4 -
	       year % 400 / 100 + in_year - 719468;
}

int64_t clock_after_days(int64_t ms, int n)
{
	return (clock_day(ms) + n + 1) * CLOCK_DAY;
}

static int days_of_month(int64_t year, int month)
{
	struct clock_date first = {year, month, 1};
	struct clock_date next = {
		month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1};

	return (int)(clock_day_of(next) - clock_day_of(first));
}

int64_t clock_after_months(int64_t ms, int n)
{
	struct clock_date date = clock_civil(clock_day(ms));
	int months = date.month - 1 + n, last;

	date.year += months / 12;
	date.month = months % 12 + 1;
	last = days_of_month(date.year, date.month);
	if (date.mday > last)
		date.mday = last;
	return (clock_day_of(date) + 1) * CLOCK_DAY;
}

int clock_quarter(int64_t ms)
{
	return (clock_civil(clock_day(ms)).month - 1) / 3;
}

int64_t clock_whole(int64_t ms)
{
	return ms - ms % CLOCK_SECOND;
}

static void print_digits(char *text, int width, int64_t value)
{
	for (int i = width; i-- > 0; value /= 10)
		text[i] = (char)('0' + value % 10);
}

void clock_print_day(int64_t day, char text[10])
{
	struct clock_date date = clock_civil(day);

	print_digits(text, 4, date.year);
	text[4] = '-';
	print_digits(text + 5, 2, date.month);
	text[7] = '-';
	print_digits(text + 8, 2, date.mday);
}

int clock_print_time(int64_t ms, bool millis, char text[12])
{
	int64_t in_day = ms % CLOCK_DAY;

	print_digits(text, 2, in_day / CLOCK_HOUR);
	text[2] = ':';
	print_digits(text + 3, 2, in_day / CLOCK_MINUTE % 60);
	text[5] = ':';
	print_digits(text + 6, 2, in_day / CLOCK_SECOND % 60);
	if (!millis)
		return 8;
	text[8] = '.';
	print_digits(text + 9, 3, in_day % CLOCK_SECOND);
	return 12;
}
