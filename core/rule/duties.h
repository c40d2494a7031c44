/*
 * Obligations with the systems they depend on: those of all events that carry
 * the key of the obligation, and of the ancestors of these events in the
 * version graph.
 */
#ifndef RULE_DUTIES_H
#define RULE_DUTIES_H

#include "graph/effects.h"
#include "model/duty.h"
#include "rule/check.h"

struct duties_request {
	const struct facts *facts;
	const struct rules *rules;
	const struct outcome *outcomes;
	const struct effects *effects;
};

/* True if the rule counts as an obligation. */
bool duties_is_obligation(const struct rule *rule);

/* All duties of all such rules that were evaluated, in the order of the rules;
   living as long as the arena. */
struct duties duties_build(
	struct arena *a, const struct duties_request *request);

#endif
