/*
 * What time a source claims to hold: the days it covers, and the gaps in which
 * it was not logging.
 */
#ifndef INGEST_COVERAGE_H
#define INGEST_COVERAGE_H

#include "format/yamlread.h"
#include "model/inputs.h"

struct gap_list VEC(struct gap);

/* Appends the gaps of a list of {from, to}: instants, or days in UTC. What is
   no time, or ends before it begins, is complained about and left out. */
void coverage_read_gaps(struct arena *a, const struct yaml_node *list,
	struct gap_list *out, struct diag *diag);

/* The days {from, to}, both included, counted from 1970-01-01; false after a
   complaint. */
bool coverage_read_days(const struct yaml_node *map, int64_t *from, int64_t *to,
	struct diag *diag);

#endif
