/*
 * Waivers: violations that somebody accepted, with a reason, an approver and
 * an end. A waived violation stays in every report. An expired waiver counts
 * no more and is an error of the rule files, whether it would match or not.
 */
#ifndef RULE_WAIVER_H
#define RULE_WAIVER_H

#include "format/timestamp.h"
#include "rule/check.h"

struct waiver {
	struct str_vec rules;
	struct str reason, approved_by;
	int64_t from, until; /* days since 1970-01-01, both included */
	struct where only;
	struct str_vec fingerprints;
	int64_t at_most; /* -1: any number */
	struct loc loc;
	uint32_t span;
	uint64_t used;
	bool expired;
};

struct waivers VEC(struct waiver);

/* Reads the entries of one `waivers` list and appends them. */
void waiver_read_list(struct vocabulary *v, const struct yaml_node *list,
	struct waivers *out);

/* Complains about unknown rules, and about waivers that have ended or will
   soon, on the day of the run. */
void waiver_check(struct waivers *waivers, const struct rules *rules,
	int64_t run_date, struct diag *diag);

/* Asks for the columns of `only`. */
void waiver_need(const struct waivers *waivers, struct words *words);

/* A rule with its judgements, and the fingerprint of each: a text of 33
   bytes. */
struct judged_rule {
	const struct facts *facts;
	const struct rule *rule;
	const struct outcome *outcome;
	const char (*fingerprints)[33];
};

/* What the waivers say about one rule's violations. */
struct waived {
	const struct waiver **by; /* per judgement: its waiver, or NULL */
};

/*
 * Decides for each judgement of a rule whether it is waived: the first waiver
 * in the order of the files that covers it counts. Counts the use of each
 * waiver. `run_date` is the day of the run, for judgements without one.
 */
struct waived waiver_apply(struct arena *a, struct waivers *waivers,
	const struct judged_rule *judged, int64_t run_date);

/* True if some waiver names the rule. */
bool waiver_names(const struct waivers *waivers, const struct rule *rule);

/* Complains about waivers that matched nothing or more than they may. */
void waiver_report(const struct waivers *waivers, struct diag *diag);

#endif
