/*
 * The verdicts `unknown` of a rule by their reason: how many, the first rows,
 * and a sentence that says which column or which edge of the log is in the
 * way. Field names only, never values.
 */
#ifndef RULE_UNKNOWNS_H
#define RULE_UNKNOWNS_H

#include "model/result.h"
#include "rule/check.h"

/* Counts one more; keeps the first rows by file and line. */
void unknowns_add(
	struct unknowns *unknowns, const struct event_table *events, row event);

/* One entry per reason that was given, in the order of enum reason: `*n` of
   them, living as long as the arena. */
const struct unknown_reason *unknowns_list(struct arena *a,
	const struct facts *facts, const struct rule *rule,
	const struct outcome *outcome, size_t *n);

#endif
