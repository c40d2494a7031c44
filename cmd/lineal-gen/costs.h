/*
 * costs.csv: what compliance costs and saves in three scenarios; the seed
 * moves the hours and the minutes a little.
 */
#ifndef LINEAL_GEN_COSTS_H
#define LINEAL_GEN_COSTS_H

#include "lineal-gen/truth.h"

/* The assumptions of one scenario; money in cents. */
struct scenario_costs {
	uint64_t per_mille; /* probability of a fine */
	uint64_t severity_cents;
	uint64_t hours_before, hours_after;
	uint64_t fee_cents;
	uint64_t minutes, minute_cents;
};

/* Fines avoided, audit work and downtime saved, less the cost, per cost. */
double costs_return(const struct scenario_costs *costs);

/* Writes the file and computes the return of each scenario. */
MUST_CHECK bool costs_write(const struct folder *folder,
	const struct world *world, struct truth *truth, struct err *err);

#endif
