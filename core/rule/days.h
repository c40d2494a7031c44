/*
 * Days in rule files, written YYYY-MM-DD, and spans of them written {from, to}
 * with both ends included. In memory a day is a number since 1970-01-01.
 */
#ifndef RULE_DAYS_H
#define RULE_DAYS_H

#include "format/yamlread.h"

/* Days from -DAYS_OF_TIME to DAYS_OF_TIME have all their instants in an int64
   of nanoseconds: 1677-09-23 to 2262-04-10. */
#define DAYS_OF_TIME 106750

struct days_span {
	int64_t from, to; /* INT64_MIN, INT64_MAX: not given */
};

/* Reads a scalar as a day; false after a complaint. */
bool days_read(const struct yaml_node *node, int64_t *day, struct diag *diag);

/* The same for a day whose instants can be computed with. */
bool days_read_of_time(
	const struct yaml_node *node, int64_t *day, struct diag *diag);

/*
 * Reads {from, to} for `what` ("`effective`"); with `both` neither may be
 * missing. False after complaints: about keys, days, and an end before the
 * beginning.
 */
bool days_read_span(const struct yaml_node *map, const char *what, bool both,
	struct days_span *out, struct diag *diag);

#endif
