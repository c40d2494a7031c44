/*
 * Events per exposure: how many quarters a period has, and the rate of a
 * count over it with its exact interval. Pure functions; the caller has
 * resolved the period to local dates in the zone of its calendar.
 */
#ifndef METRIC_RATE_H
#define METRIC_RATE_H

#include "metric/stats.h"

/* A quarter that is not counted by the calendar: 1461 / 16 days. */
#define RATE_QUARTER_DAYS 91.3125

/* A local date that begins or ends a period at midnight. */
struct rate_date {
	int64_t year;
	int month, day; /* both from 1 */
};

/*
 * The number of quarters in [start, end) if it is made of whole ones, else 0.
 * Quarters begin with `first_month` (1..12) and every third month after it; 1
 * or 4 give the calendar quarters.
 */
int64_t rate_quarters(
	struct rate_date start, struct rate_date end, int first_month);

/* The exposure in quarters: `quarters` if above 0, else the length of the
   period over RATE_QUARTER_DAYS. A period without length has none. */
double rate_exposure(int64_t quarters, int64_t length_ns);

struct rate {
	double value; /* n / exposure */
	struct stats_interval interval;
};

/*
 * The rate of `n` events in `exposure`, which may count quarters, thousands of
 * transactions or anything else, with its Garwood interval at 1 - `alpha`.
 * False, `out` untouched, if the exposure is not above 0: then it is n/a.
 */
bool rate_of(uint64_t n, double exposure, double alpha, struct rate *out);

#endif
