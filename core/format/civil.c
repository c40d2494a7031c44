#include "format/civil.h"

/* An era is 400 years: after it the calendar repeats, week-days included. Its
   years begin on 1 March, so that a leap day is the last day of its year. */
#define ERA_DAYS      146097
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */

void civil_date(int64_t day, int64_t *year, int *month, int *mday)
{
	int64_t era = civil_floor_div(day + DAYS_TO_EPOCH, ERA_DAYS);
	int era_day = (int)(day + DAYS_TO_EPOCH - era * ERA_DAYS);
	int era_year = (era_day - era_day / 1460 + era_day / 36524 -
			       era_day / 146096) /
		       365;
	int year_day = era_day -
		       (365 * era_year + era_year / 4 - era_year / 100);
	int march_month = (5 * year_day + 2) / 153;

	*mday = year_day - (153 * march_month + 2) / 5 + 1;
	*month = march_month < 10 ? march_month + 3 : march_month - 9;
	*year = era * 400 + era_year + (*month <= 2);
}

int64_t civil_day(int64_t year, int month, int mday)
{
	int64_t march_year = year - (month <= 2);
	int64_t era = civil_floor_div(march_year, 400);
	int era_year = (int)(march_year - era * 400);
	int march_month = month > 2 ? month - 3 : month + 9;
	int year_day = (153 * march_month + 2) / 5 + mday - 1;
	int era_day = era_year * 365 + era_year / 4 - era_year / 100 + year_day;

	return era * ERA_DAYS + era_day - DAYS_TO_EPOCH;
}

int civil_month_days(int64_t year, int month)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

int civil_weekday(int64_t day)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(day + 3 - civil_floor_div(day + 3, 7) * 7);
}
