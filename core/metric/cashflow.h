/*
 * Yearly cash flows under a rate of interest: present value and payback, in
 * whole 10^-12 parts of a minor unit, so that the same bytes come out on every
 * machine. Flow i falls at the end of year i, flow 0 at once. Pure functions.
 */
#ifndef METRIC_CASHFLOW_H
#define METRIC_CASHFLOW_H

#include "base/err.h"
#include "base/number.h"

struct cashflow_value {
	int64_t minor; /* rounded half to even */
	double value;  /* in minor units, not rounded */
};

/*
 * The sum of flow i / (1 + rate)^i. From the last flow backwards, each
 * division rounded: for a rate of 0 or more within n * 10^-12 minor units of
 * the exact sum, and equal to it where that lies halfway between two minor
 * units (then each division comes out even). False, `out` untouched, if the
 * rate is not above -1 or the sum does not fit.
 */
MUST_CHECK bool cashflow_present_value(const int64_t *flows, size_t n,
	struct decimal rate, struct cashflow_value *out);

struct cashflow_payback {
	bool reached; /* else never */
	double years;
};

/*
 * When the sum of the flows so far, discounted at `rate`, is first 0 or more,
 * linear inside a year; never, without flows. Rate 0 gives the plain payback.
 * What is still owed grows with the rate, so no flow is divided. False as
 * above.
 */
MUST_CHECK bool cashflow_payback(const int64_t *flows, size_t n,
	struct decimal rate, struct cashflow_payback *out);

#endif
