/*
 * Times until something is fixed when some of it is still open: the curve of
 * Kaplan and Meier ("Nonparametric estimation from incomplete observations",
 * 1958) and the plain figures beside it. Durations are compared as int64
 * nanoseconds; figures are doubles in the unit that the caller names. The
 * order of the input changes nothing.
 */
#ifndef METRIC_SURVIVAL_H
#define METRIC_SURVIVAL_H

#include "base/arena.h"
#include "format/timestamp.h"

struct survival_input {
	const int64_t *duration; /* ns, none negative */
	const bool *open;        /* not fixed: the duration is the age so far */
	size_t n;
	int64_t tau;  /* ns; 0 or less: the largest of all durations */
	int64_t unit; /* ns in one unit of the figures, such as NS_PER_DAY */
};

/* One distinct duration at which something was fixed. */
struct survival_step {
	int64_t duration; /* ns */
	double time;      /* the same in units */
	size_t at_risk;   /* durations that are not shorter, open ones too */
	size_t fixed;
	double survival; /* share not fixed after this step */
	double variance; /* Greenwood (1926); undefined, and 0 here, once
			    survival is 0 */
};

/* A figure that may be n/a or not reached. */
struct survival_value {
	bool known;
	double value;
};

struct survival {
	const struct survival_step *steps; /* ascending by duration */
	size_t n_steps;
	size_t n_closed, n_open;
	/* First time at which at most 50 % or 10 % are not fixed. A product
	   that rounding alone keeps above the bound counts as having reached
	   it. */
	struct survival_value median, p90;
	/* Area under the curve from 0 to tau; known if there is any input. */
	struct survival_value restricted_mean;
	double tau; /* in units, as used */
	/* Of the closed ones alone; too low while slow ones are open. */
	struct survival_value closed_mean, closed_median, closed_p90;
	/* Ages of the open ones. */
	struct survival_value open_median, open_longest;
};

/*
 * All figures of the input; the steps live as long as the arena. An open one
 * that is as old as a fix counts as still at risk then. Two curves compare by
 * their restricted means at one tau: the smaller of the two largest durations.
 */
struct survival survival_of(struct arena *a, const struct survival_input *in);

#endif
