/*
 * Outcomes of rules as what a report may show: one result per rule, and the
 * violated verdicts as findings with their witness, at most so many per rule,
 * in the order of the reports.
 */
#ifndef RULE_FINDINGS_H
#define RULE_FINDINGS_H

#include "model/result.h"
#include "rule/check.h"
#include "rule/waiver.h"

struct findings_request {
	const struct vocabulary *v;
	const struct rules *rules;
	const struct facts *facts;
	struct outcome *outcomes;
	struct waivers *waivers;
	int64_t run_date;    /* day since 1970-01-01 */
	size_t max_findings; /* per rule; 0: all */
	enum severity fail_on;
	bool never_fails, strict, unknown_fails;
	struct diag *diag;
	struct arena *arenas; /* one per rule, for the texts of its findings */
	unsigned jobs;
};

/* Results of the rules, in their order. */
struct rule_result_vec VEC(struct rule_result);
struct finding_vec VEC(struct finding);

/* Fills both lists; texts live as long as the arenas. Waivers are
   applied first, and each says whether it was used. */
void findings_build(struct arena *a, const struct findings_request *request,
	struct rule_result_vec *rules, struct finding_vec *findings);

/* Sorts findings: severity down, rule id, path, line, keys. */
void findings_sort(
	struct finding_vec *findings, const struct rule_result_vec *rules);

#endif
