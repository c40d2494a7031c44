/*
 * Downtime held against legal duties: how long systems were down while a duty
 * that depends on them was open, and which duties this may have broken. A duty
 * without a known system depends on all systems.
 */
#ifndef METRIC_LEGAL_RISK_H
#define METRIC_LEGAL_RISK_H

#include "metric/outages.h"

struct legal_risk {
	const struct interval_set *by_system; /* one per outages->at */
	int64_t any_ns;                       /* length of their union */
	int64_t sum_ns;                       /* added up duty by duty */
	uint64_t obligations, without_system;
	uint64_t exposed; /* down in the last `exposed_ns` before due */
	uint64_t missed;  /* missed, and down while open */
	/* Of these, still missed if due had been later by the downtime. */
	uint64_t missed_if_minus;
};

/* The result lives as long as the arena. Duties are sorted by their systems,
   and each distinct set is united once; then each duty is looked up. */
struct legal_risk legal_risk_of(struct arena *a, const struct duties *duties,
	const struct outages *outages, int64_t exposed_ns);

#endif
