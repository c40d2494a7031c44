/*
 * The outages of each system, from the rows of role outages: united, and cut
 * to the window, which is the period as far as the log reaches. An outage
 * that is still open, or ends after as_of, lasts to the end of the window.
 */
#ifndef METRIC_OUTAGES_H
#define METRIC_OUTAGES_H

#include "metric/interval.h"
#include "metric/metric.h"

struct outage_system {
	sym name;
	/* `down` is without `unknown`, and without `maintenance` if the
	   parameters say so. */
	struct interval_set down, maintenance, unknown;
};

struct outages {
	struct outage_system *at; /* ascending by name symbol */
	size_t n;
	struct interval window;
	uint64_t censored;    /* rows of the window that were open at as_of */
	uint64_t data_errors; /* rows left out, with a complaint each */
	uint64_t outside;     /* rows that lie wholly outside the window */
};

/* All outages; the result lives as long as the arena. */
struct outages outages_read(struct arena *a, const struct metric_input *in);

/* The position of a system, or `n` if it has no row. */
size_t outages_find(const struct outages *outages, sym name);

/* The union of `n` sets; lives as long as the arena. */
struct interval_set outages_join(
	struct arena *a, const struct interval_set *sets, size_t n);

#endif
