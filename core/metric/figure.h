/*
 * The main value of each metric, as thresholds and verdicts look at it: exact
 * where it is a share, with its unit and the number of cases behind it.
 */
#ifndef METRIC_FIGURE_H
#define METRIC_FIGURE_H

#include "base/arena.h"
#include "base/number.h"
#include "model/result.h"

struct figure {
	bool known;
	bool is_share; /* the value is `share`; in percent 100 * share */
	struct share share;
	double value;
	bool is_infinite; /* a median that is not reached */
	uint64_t cases;
};

/* A metric that has a main value. */
struct figure_row {
	struct str metric; /* its name in the result document */
	struct str unit;   /* "days"; empty: a plain number or a share */
	bool is_share;     /* limits are percentages */
	struct figure (*of)(const struct metrics *metrics);
};

extern const struct figure_row figure_table[];
extern const size_t figure_count;

/* The row of a metric, or NULL. */
const struct figure_row *figure_find(struct str metric);

/*
 * Negative, 0 or positive: a known figure against a limit. A share is compared
 * exactly and always in percent; another value is itself, or 100 times itself
 * with `percent`. What is infinite is larger than any limit.
 */
int figure_compare(
	const struct figure *figure, struct decimal limit, bool percent);

/* "980 of 1000", "9 days", "not reached" or "n/a"; lives as long as the
   arena. */
struct str figure_print(
	struct arena *a, const struct figure *figure, struct str unit);

#endif
