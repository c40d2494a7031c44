/*
 * Times to remediate: mean, median, 90th percentile of closed incidents, and
 * the median of the estimate that counts open ones as censored (Kaplan and
 * Meier 1958).
 */
#ifndef LINEAL_GEN_REMEDIATION_H
#define LINEAL_GEN_REMEDIATION_H

#include "lineal-gen/truth.h"

/* From detection to the last fix, or so far if it is open. */
struct repair {
	int64_t ms;
	bool open;
};

/* The figures of `n` repairs, which it sorts; `errors` is left alone. */
void remediation_measure(
	struct repair *repairs, size_t n, struct remediation *out);

#endif
