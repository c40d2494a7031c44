/*
 * A duration as rules write it: one whole number, one unit. The unit is kept,
 * because it decides the arithmetic (calendar.h): hours elapse, days and longer
 * units end with a local day.
 */
#ifndef FORMAT_PERIOD_H
#define FORMAT_PERIOD_H

#include "base/arena.h"

enum period_unit {
	PERIOD_SECONDS, /* seconds, minutes and hours, as seconds */
	PERIOD_DAYS,    /* days and weeks, as days */
	PERIOD_MONTHS,  /* months and years, as months */
	PERIOD_BUSINESS_DAYS
};

struct period {
	enum period_unit unit;
	int64_t n; /* not negative */
};

/*
 * "30s", "15m", "72h", "30d", "2w", or number, blank and a word: seconds,
 * minutes, hours, days, weeks, months, years, business days, each also without
 * its 's'. At most 100 years: 36,525 days, 26,100 business days. `m` is
 * minutes; months have no short form.
 */
bool period_read(struct str text, struct period *out);

/* A text that reads back equal, in the largest unit that is exact, though days
   stay days: "72h", "90m", "30 days", "1 month", "2 years". */
struct str period_print(struct arena *a, struct period period);

/* Nanoseconds of a period in hours or shorter (no other may be given); they
   saturate. */
int64_t period_ns(struct period period);

#endif
