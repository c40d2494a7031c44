/*
 * Requests of data subjects and their answers: the obligations of the
 * workload. A request and its answer are the only rows about its case, each of
 * one system, so these two are the systems of the obligation.
 */
#ifndef LINEAL_GEN_REQUESTS_H
#define LINEAL_GEN_REQUESTS_H

#include "lineal-gen/audit.h"
#include "lineal-gen/spans.h"

/* How long after its request an answer comes: one stream each. */
enum answer {
	ANSWER_FAST,  /* 3 days */
	ANSWER_USUAL, /* 12 days */
	ANSWER_SLOW,  /* 29 days */
	ANSWER_EDGE,  /* 30 days and 9 hours: by the day it may be in time */
	ANSWER_LATE,  /* 34 days */
	ANSWER_NONE
};

bool request_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);
bool answer_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);

/* Where an untimed request stands in the file. */
bool untimed_request_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms);

void request_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);
void answer_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);
void untimed_request_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);

/*
 * Unites, per system, the windows of the obligations it takes part in: from
 * the request to its answer or due time, or to the end of the log. No window
 * but the last is shorter than three days, so a set has some sixty spans at
 * most, whatever the number of requests.
 */
void request_windows(const struct world *world, struct arena *a,
	struct spans windows[SYSTEM_N]);

#endif
