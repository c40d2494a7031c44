/*
 * The incidents that metrics count: rows of the role incidents, one incident
 * per id, duplicates settled (metric/duplicates.h). Several rows of one id are
 * one incident that was reopened, or was told of before it was fixed; they
 * count in the order of detection, and a row that does not say when it was
 * detected takes the first detection of the others. Times after as_of have not
 * happened yet.
 */
#ifndef METRIC_INCIDENT_SET_H
#define METRIC_INCIDENT_SET_H

#include "metric/metric.h"

struct incident_item {
	sym id;
	int64_t date;     /* the one that metrics go by, or CELL_ABSENT */
	int64_t opened;   /* the first time; CELL_ABSENT if not known */
	int64_t detected; /* the first time; CELL_ABSENT if not known */
	int64_t fixed;    /* the last time; CELL_ABSENT while open */
	/* Time in which the incident was worked on, ns: from each detection to
	   its fix, or to the next detection if there was none; what two rows
	   cover counts once. */
	int64_t worked;
	bool is_proxy; /* detection is a stand-in: created or opened */
	bool is_open;  /* by its last row */
	bool regulatory, reportable;
	const char *error; /* what is wrong with its fix, or NULL */
	uint32_t rows;
	struct loc loc; /* of the first row */
};

struct incident_set {
	const struct incident_item *at; /* in the order of detection, then id */
	size_t n;
	uint64_t duplicates;     /* rows that count for nothing */
	uint64_t not_regulatory; /* incidents */
};

/* All incidents; lives as long as in->a. Each one whose fix is in error is a
   complaint. Reads of `in` what comes before `incidents`. */
struct incident_set incident_set(const struct metric_input *in);

#endif
