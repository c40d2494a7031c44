/*
 * One pass over the rows that finds the events of many definitions. The source
 * and the type of a row choose, in one look, the definitions that it may be an
 * event of, 64 of them as bits; tests on values are put to 64 rows at once.
 * Measured on 768,000 rows and 17 events: 19 ns a row for all of them, where a
 * pass per definition took 87.
 */
#ifndef RULE_SETS_SCAN_H
#define RULE_SETS_SCAN_H

#include "rule/sets.h"

/* One definition, and the set that receives its rows. Several definitions may
   share a set. */
struct sets_target {
	const struct event_definition *definition;
	struct bits *rows;
};

/* Adds to each set the rows of its definition, on `jobs` threads. Rows that
   were merged are in none. */
void sets_scan(const struct sets *sets, const struct sets_target *targets,
	size_t n, unsigned jobs);

#endif
