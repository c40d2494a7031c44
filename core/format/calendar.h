/*
 * Periods of law: durations, due times, working days, quarters. The unit of a
 * duration decides the arithmetic: hours elapse, days and longer units end with
 * a local day. Sources: rules.md 7 of the design; Regulation (EEC, Euratom)
 * No 1182/71, Art. 3.
 */
#ifndef FORMAT_CALENDAR_H
#define FORMAT_CALENDAR_H

#include "format/timestamp.h"

enum period_unit {
	PERIOD_SECONDS, /* seconds, minutes and hours, as seconds */
	PERIOD_DAYS,    /* days and weeks, as days */
	PERIOD_MONTHS,  /* months and years, as months */
	PERIOD_BUSINESS_DAYS
};

struct period {
	enum period_unit unit;
	int64_t n;
};

/* "72h", "30 days", "1 month", "5 business days", ...: one number, one unit,
   at most 100 years. */
bool period_read(struct str text, struct period *out);

/* The shortest text that reads back equal, such as "72h" or "30 days". */
struct str period_print(struct arena *a, struct period period);

/* Seconds of a period in hours or shorter; nanoseconds saturate. */
int64_t period_ns(struct period period);

enum extend { EXTEND_NONE, EXTEND_NEXT_WORKING_DAY, EXTEND_EU_1182 };

struct holidays {
	const int64_t *days; /* since 1970-01-01, ascending */
	size_t n;
	int64_t first_year, last_year; /* which years the file covers */
};

/* A zero calendar with a zone is one without week-ends and holidays. */
struct calendar {
	const struct zone *zone;
	uint8_t weekend; /* bit 0 Monday .. bit 6 Sunday */
	struct holidays holidays;
	enum extend extend;
};

/*
 * Reads a holidays file: one ISO date a line, perhaps `, name`, `#` comments.
 * ERR_USAGE with line and column. The days live as long as the arena.
 */
MUST_CHECK bool holidays_read(struct arena *a, struct str text, uint32_t number,
	struct holidays *out, struct err *err);

/* Days since 1970-01-01 of the local date of an instant; where clocks go back
   across midnight the later date counts. */
int64_t calendar_local_day(const struct calendar *calendar, int64_t ns);

/* Last nanosecond of a local day. */
int64_t calendar_day_end(const struct calendar *calendar, int64_t day);

bool calendar_is_working_day(const struct calendar *calendar, int64_t day);

/*
 * win(t, D): the last instant inside the period that starts at `ns`. It never
 * decreases in `ns`. INT64_MAX if it lies beyond the range of time. Without
 * extension.
 */
int64_t calendar_window(
	const struct calendar *calendar, int64_t ns, struct period period);

/* The same with the calendar's `extend`, for due times of forward duties. */
int64_t calendar_due(
	const struct calendar *calendar, int64_t ns, struct period period);

/* The first instant from which a partner counts under `after_at_least`. */
int64_t calendar_earliest(
	const struct calendar *calendar, int64_t ns, struct period period);

/* True if the local day of `ns` lies in a year the holidays do not cover. */
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
