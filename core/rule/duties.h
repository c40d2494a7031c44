/*
 * Obligations with the systems they depend on: those of all events that carry
 * the key of the obligation, and of the ancestors of these events in the
 * version graph. Only these events and what they may descend from are looked
 * at, mostly a few thousand rows of a log.
 */
#ifndef RULE_DUTIES_H
#define RULE_DUTIES_H

#include "model/duty.h"
#include "rule/check.h"
#include "rule/claims.h"

struct duties_request {
	const struct facts *facts;
	const struct rules *rules;
	const struct outcome *outcomes;
	const struct claims *claims;
};

/* True if the rule counts as an obligation. */
bool duties_is_obligation(const struct rule *rule);

/* All duties of all such rules that were evaluated, in the order of the rules;
   living as long as the arena. Fails as derive_effects() does. */
bool duties_build(struct arena *a, const struct duties_request *request,
	struct duties *duties, struct err *err) MUST_CHECK;

#endif
