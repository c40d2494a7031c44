/*
 * The main value of each metric, as thresholds and verdicts look at it: exact
 * where it is a share, with its unit and the number of cases behind it.
 */
#ifndef METRIC_MEASURE_H
#define METRIC_MEASURE_H

#include "base/arena.h"
#include "base/number.h"
#include "model/result.h"

struct measure {
	bool known;
	bool is_share; /* the value is `share`; in percent 100 * share */
	struct share share;
	double value;
	bool is_infinite; /* a median that is not reached */
	uint64_t cases;
};

/* A metric that has a main value. */
struct measure_row {
	struct str metric; /* its name in the result document */
	struct str unit;   /* "days"; empty: a plain number or a share */
	bool is_share;     /* limits are percentages */
	struct measure (*of)(const struct metrics *metrics);
};

extern const struct measure_row measure_table[];
extern const size_t measure_count;

/* The row of a metric, or NULL. */
const struct measure_row *measure_find(struct str metric);

/*
 * Negative, 0 or positive: a known figure against a limit. A share is compared
 * exactly and always in percent; another value is itself, or 100 times itself
 * with `percent`. What is infinite is larger than any limit.
 */
int measure_compare(
	const struct measure *measure, struct decimal limit, bool percent);

/* "980 of 1000", "9 days", "not reached" or "n/a"; lives as long as the
   arena. */
struct str measure_print(
	struct arena *a, const struct measure *measure, struct str unit);

#endif
