/*
 * Transactions that need not or could not be in the audit log: those that a
 * documented exclusion covers (register-exclusions), and those whose time lies
 * in a declared gap of an audit log or is not known.
 */
#ifndef METRIC_EXCLUSIONS_H
#define METRIC_EXCLUSIONS_H

#include "metric/sides.h"

/* Per transaction: an exclusion names its object, with its type or without
   any, and the days `from` to `to`, both included, hold its time. An end that
   is absent holds any time, one that cannot be read holds none; only without
   both ends an exclusion covers a transaction that has no time. */
const bool *exclusions_find(
	struct arena *a, const struct facts *facts, const struct side *rec);

/* Per transaction: if it is not in the log, that says nothing. Some audit log
   was off at its time, or it has no time that could be compared. */
const bool *exclusions_unverifiable(
	struct arena *a, const struct facts *facts, const struct side *rec);

#endif
