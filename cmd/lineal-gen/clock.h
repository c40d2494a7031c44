/*
 * Instants of the workload: milliseconds since 1970-01-01T00:00:00Z, all after
 * it, always UTC. Own date arithmetic, so that a mistake in the library that
 * the truth judges cannot repeat itself here. Nothing reads the real clock.
 */
#ifndef LINEAL_GEN_CLOCK_H
#define LINEAL_GEN_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_SECOND INT64_C(1000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR   (60 * CLOCK_MINUTE)
#define CLOCK_DAY    (24 * CLOCK_HOUR)

/* The first row lies at 2026-01-01T00:00:00Z, the last one at
   2026-06-30T23:59:58Z; nothing lies outside. */
#define CLOCK_START INT64_C(1767225600000)
#define CLOCK_DAYS  181
#define CLOCK_END   (CLOCK_START + CLOCK_DAYS * CLOCK_DAY - 2 * CLOCK_SECOND)

struct clock_date {
	int64_t year;
	int month, mday; /* 1..12, 1..31 */
};

/* Days since 1970-01-01 of an instant. */
int64_t clock_day(int64_t ms);

/* A day as year, month and day of the month, and back: counted from
   0000-03-01 in eras of 400 years (Hinnant, "chrono-Compatible Low-Level Date
   Algorithms"). */
struct clock_date clock_civil(int64_t day);
int64_t clock_day_of(struct clock_date date);

/*
 * The first instant after a period of days or months that begins at `ms`: the
 * midnight that ends the day `n` days later, or the same day of the month `n`
 * months later, or that month's last day if it has no such day.
 */
int64_t clock_after_days(int64_t ms, int n);
int64_t clock_after_months(int64_t ms, int n);

/* The calendar quarter, 0 to 3. */
int clock_quarter(int64_t ms);

/* The instant cut to whole seconds. */
int64_t clock_whole(int64_t ms);

/* Writes "YYYY-MM-DD" of a day, or "hh:mm:ss" with or without ".mmm" of an
   instant; no NUL. The second returns the number of bytes, 8 or 12. */
void clock_print_day(int64_t day, char text[10]);
int clock_print_time(int64_t ms, bool millis, char text[12]);

#endif
