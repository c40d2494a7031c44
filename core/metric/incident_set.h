/*
 * The incidents that metrics count: rows of the role incidents, one incident
 * per id, duplicates settled (metric/duplicates.h); a second row of one id is a
 * reopening. Times after as_of have not
 * happened yet.
 */
#ifndef METRIC_INCIDENT_SET_H
#define METRIC_INCIDENT_SET_H

#include "metric/metric.h"

struct incident_item {
	sym id;
	int64_t date;     /* the one that metrics go by, or CELL_ABSENT */
	int64_t detected; /* of the first row; CELL_ABSENT if not known */
	int64_t fixed;    /* of the last row; CELL_ABSENT while open */
	int64_t worked;   /* sum of the working intervals of its rows, ns */
	bool is_proxy;    /* detection is a stand-in: created or opened */
	bool is_open, is_error;
	bool regulatory, reportable;
	uint32_t rows;
	struct loc loc; /* of the first row */
};

struct incident_set {
	const struct incident_item *at; /* in the order of detection, then id */
	size_t n;
	uint64_t duplicates;     /* rows that count for nothing */
	uint64_t not_regulatory; /* incidents */
};

/* All incidents; lives as long as in->a. Data errors (fixed before detected,
   or without detection) are complained about once, if `complain`. */
struct incident_set incident_set(const struct metric_input *in, bool complain);

#endif
