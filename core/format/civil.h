/*
 * The proleptic Gregorian calendar as arithmetic: a date is the number of days
 * since 1970-01-01. Any year whose days fit int64 works; there is no year
 * table and no loop. The method of civil_date() and civil_day(), years that
 * begin in March, is that of Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms".
 */
#ifndef FORMAT_CIVIL_H
#define FORMAT_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#define SECONDS_PER_DAY INT64_C(86400)

/* `n / by`, rounded towards minus infinity; `by` is above 0. */
static inline int64_t civil_floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
}

/* A day as year, month 1..12 and day of the month 1..31. */
void civil_date(int64_t day, int64_t *year, int *month, int *mday);

/* The day of a date; `mday` may lie outside the month and counts on. */
int64_t civil_day(int64_t year, int month, int mday);

/* 28 to 31. */
int civil_month_days(int64_t year, int month);

/* 0 Monday .. 6 Sunday. */
int civil_weekday(int64_t day);

#endif
