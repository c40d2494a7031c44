/*
 * All rules judged: one job per rule, outcomes in the order of the rules. A
 * rule that names what no input has gets no verdicts; a rule without any
 * activation is told apart, with the test that came nearest.
 */
#ifndef RULE_EVALUATE_H
#define RULE_EVALUATE_H

#include "rule/waiver.h"

struct evaluate_request {
	const struct vocabulary *v;
	const struct rules *rules;
	const struct facts *facts;
	const struct str *source_vocabularies; /* per source; may be NULL */
	const struct waivers *waivers; /* judge all violations; may be NULL */
	size_t max_findings; /* per rule, more need not be kept; 0: all */
	unsigned jobs;
	int64_t (*clock)(void); /* ns on the thread at hand, or NULL */
};

/* The sets of named events that the rules share; make them first. */
struct sets *evaluate_sets(
	struct arena *a, const struct evaluate_request *request);

/* Rules that are being judged, each by a job of its own, perhaps with other
   jobs beside: what evaluate() is made of. */
struct evaluation {
	const struct evaluate_request *request;
	struct arena *arenas;
	struct sets *sets;
	struct outcome *outcomes;
};

/* Judges one rule; threads may judge different ones. */
void evaluate_rule(const struct evaluation *evaluation, size_t index);

/* About how much there is to do for a rule: the rows of its forms. */
uint64_t evaluate_weight(const struct evaluation *evaluation, size_t index);

/*
 * Outcomes of the rules, one each, living as long as the arenas in `arenas`,
 * which is an array of rules->n zeroed arenas of the caller. Deprecated rules
 * are not run and have empty outcomes.
 */
struct outcome *evaluate(struct arena *a, struct arena *arenas,
	const struct evaluate_request *request, struct sets *sets);

/* True if the rule had no activation at all. */
bool evaluate_never_matched(
	const struct rule *rule, const struct outcome *outcome);

#endif
