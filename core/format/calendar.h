/*
 * Periods of law: windows, due times, working days, quarters. The unit of a
 * duration decides the arithmetic: hours elapse, days and longer units end with
 * a local day. Due times follow Regulation (EEC, Euratom) No 1182/71, Art. 3,
 * as far as `extend` says. Times are int64 nanoseconds UTC; one that would lie
 * beyond their range is INT64_MAX (or INT64_MIN).
 */
#ifndef FORMAT_CALENDAR_H
#define FORMAT_CALENDAR_H

#include "format/holidays.h"
#include "format/period.h"
#include "format/timestamp.h"

enum extend { EXTEND_NONE, EXTEND_NEXT_WORKING_DAY, EXTEND_EU_1182 };

/* A zero calendar with a zone is one without week-ends and holidays. If each
   day is a week-end day there is no working day, and waiting for one ends at
   INT64_MAX. */
struct calendar {
	const struct zone *zone;
	uint8_t weekend; /* bit 0 Monday .. bit 6 Sunday */
	struct holidays holidays;
	enum extend extend;
};

/* Days since 1970-01-01 of the local date of an instant; where clocks go back
   across midnight the later date counts, so it never decreases. */
int64_t calendar_local_day(const struct calendar *calendar, int64_t ns);

/* Last nanosecond of a local day: that before the first instant of a later
   date. */
int64_t calendar_day_end(const struct calendar *calendar, int64_t day);

bool calendar_is_working_day(const struct calendar *calendar, int64_t day);

/*
 * win(t, D): the last instant inside the period that starts at `ns`, without
 * extension. It never decreases in `ns`. Hours end n hours later, at that very
 * instant; days with the end of the n-th local day after that of `ns`; months
 * with the end of the same day number n months later, or of that month's last
 * day if it has no such day; business days with the end of the n-th working
 * day after that of `ns` (0: of that day itself).
 */
int64_t calendar_window(
	const struct calendar *calendar, int64_t ns, struct period period);

/*
 * The same with the calendar's `extend`, for due times of forward duties in
 * days or months. EXTEND_NEXT_WORKING_DAY: a last day that is no working day
 * moves to the next one. EXTEND_EU_1182: the same, and a period of two days or
 * more lasts until it contains two working days.
 */
int64_t calendar_due(
	const struct calendar *calendar, int64_t ns, struct period period);

/* True if there are holidays, but not of the year of the local day of `ns`. */
bool calendar_lacks_holidays(const struct calendar *calendar, int64_t ns);

/*
 * Quarters as one number that grows by 1 per quarter: year * 4 + (0..3), by
 * the local date, the fiscal year beginning in month `fiscal_start` (1: the
 * calendar year) and named after the year in which it ends.
 */
int64_t calendar_quarter(
	const struct calendar *calendar, int fiscal_start, int64_t ns);

/* "2026Q1", or "FY2026Q1" if fiscal_start is not 1. */
struct str calendar_quarter_name(
	int64_t quarter, int fiscal_start, char buffer[24]);

/* First instant of a quarter; that of quarter + 1 is its end. */
int64_t calendar_quarter_start(
	const struct calendar *calendar, int fiscal_start, int64_t quarter);

#endif
