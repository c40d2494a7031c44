#include "rule/findings.h"

#include "rule/fingerprint.h"
#include "rule/unknowns.h"
#include "rule/violations.h"

#include <stdlib.h>

/* What is known about one rule while its findings are made. */
struct builder {
	struct arena *a;
	struct arena *scratch; /* of this rule */
	const struct findings_request *request;
	const struct rule *rule;
	struct outcome *outcome;
	uint32_t number; /* of the rule */
	const uint32_t *occurrences;
	struct waived waived;
};

static struct place place_of(const struct facts *facts, row e)
{
	struct loc loc = facts_place(facts, e);

	return (struct place) {files_path(facts->files, loc.file), loc.line};
}

/* ---- which findings are kept ---- */

struct candidate {
	struct str path;
	uint32_t line;
	size_t number; /* of the judgement */
};

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	int order = str_compare(a->path, b->path);

	if (order != 0)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

/* Judgements in the order of their places. */
static struct candidate *sorted_judgements(
	const struct builder *b, struct arena *a)
{
	const struct facts *facts = b->request->facts;
	size_t n = b->outcome->judgements.n;
	struct candidate *all = arena_array(a, struct candidate, n);

	for (size_t i = 0; i < n; i++) {
		struct place place = place_of(
			facts, b->outcome->judgements.at[i].event);

		all[i] = (struct candidate) {place.path, place.line, i};
	}
	if (n)
		qsort(all, n, sizeof(*all), compare_candidates);
	return all;
}

/* ---- one finding ---- */

static struct witness witness_of(
	const struct builder *b, row e, struct str role)
{
	const struct facts *facts = b->request->facts;
	uint32_t action = words_column(facts->words, STR("action"), COLUMN_SYM);

	return (struct witness) {.role = role,
		.event = facts_text(b->a, facts, action, e),
		.time = facts->events->time[e],
		.place = place_of(facts, e),
		.personal = words_is_personal(facts->words, STR("action"))};
}

static void add_witness(const struct builder *b, const struct judgement *j,
	struct finding *finding)
{
	struct witness *witness = arena_array(b->a, struct witness, 2);

	witness[finding->n_witness++] = witness_of(
		b, j->event, STR("activation"));
	if (j->partner != ROW_NONE && j->partner != j->event)
		witness[finding->n_witness++] = witness_of(
			b, j->partner, STR("partner"));
	finding->witness = witness;
	finding->place = witness[0].place;
}

static void add_keys(const struct builder *b, const struct judgement *j,
	struct finding *finding)
{
	const struct facts *facts = b->request->facts;
	size_t n = j->key ? b->outcome->key_words.n : 0;
	struct key_value *keys = arena_array(b->a, struct key_value, n);

	for (size_t i = 0; i < n; i++) {
		const struct word *word =
			&facts->words->words.at[b->outcome->key_words.at[i]];

		keys[i] = (struct key_value) {word->name,
			symbols_get(b->a, facts->strings, j->key[i]),
			word->personal};
	}
	finding->keys = keys;
	finding->n_keys = n;
}

static struct finding make_finding(const struct builder *b, size_t i)
{
	const struct findings_request *request = b->request;
	const struct judgement *j = &b->outcome->judgements.at[i];
	const struct waiver *waiver = b->waived.by ? b->waived.by[i] : NULL;
	struct check check = {.facts = request->facts, .v = request->v};
	struct finding finding = {.rule = b->number,
		.verdict = waiver ? VERDICT_WAIVED : VERDICT_VIOLATED,
		.kind = j->reason,
		.time = request->facts->events->time[j->event],
		.at = j->at,
		.due = j->due,
		.repaired_at = j->repaired_at};
	char day[40];

	finding.message = b->rule->shape->describe(b->a, &check, b->rule, j);
	add_witness(b, j, &finding);
	add_keys(b, j, &finding);
	fingerprint_of(request->facts, b->rule, b->outcome, j,
		b->occurrences[i], finding.fingerprint);
	if (waiver) {
		struct str until = timestamp_print(
			waiver->until * NS_PER_DAY, day);

		finding.waived_by = waiver->approved_by;
		finding.waiver_reason = waiver->reason;
		finding.waived_until = arena_copy(
			b->a, str_slice(until, 0, 10));
	}
	return finding;
}

static void apply_waivers(struct builder *b)
{
	const struct findings_request *request = b->request;
	size_t n = b->outcome->judgements.n;
	struct judged_rule judged = {request->facts, b->rule, b->outcome, NULL};
	char(*fingerprints)[33];

	if (n == 0 || !waiver_names(request->waivers, b->rule))
		return;
	fingerprints = arena_alloc(b->scratch, n * sizeof(*fingerprints));
	for (size_t i = 0; i < n; i++)
		fingerprint_of(request->facts, b->rule, b->outcome,
			&b->outcome->judgements.at[i], b->occurrences[i],
			fingerprints[i]);
	judged.fingerprints = (const char(*)[33])fingerprints;
	b->waived = waiver_apply(
		b->scratch, request->waivers, &judged, request->run_date);
	for (size_t i = 0; i < n; i++)
		if (b->waived.by[i]) {
			b->outcome->verdicts[VERDICT_VIOLATED]--;
			b->outcome->verdicts[VERDICT_WAIVED]++;
		}
}

static void list_findings(struct builder *b, struct finding_vec *findings)
{
	size_t n = b->outcome->judgements.n;
	struct candidate *order = sorted_judgements(b, b->scratch);
	size_t max = b->request->max_findings;

	if (max && n > max)
		n = max;
	for (size_t i = 0; i < n; i++)
		vec_push(b->a, findings, make_finding(b, order[i].number));
}

/* ---- one rule ---- */

/* ok / (ok + violated) is at least the percentage, exactly. */
static bool is_mostly_ok(const struct rule *rule, const uint64_t *verdicts)
{
	uint64_t ok = verdicts[VERDICT_OK];
	uint64_t all = ok + verdicts[VERDICT_VIOLATED];
	__int128 left = (__int128)ok * 100;

	for (int i = 0; i < rule->mostly.scale; i++)
		left *= 10;
	return left >= (__int128)rule->mostly.digits * all;
}

static enum outcome_word word_of(
	const struct builder *b, const struct rule_result *result)
{
	uint64_t failed = result->verdicts[VERDICT_VIOLATED];

	if (b->request->unknown_fails)
		failed += result->verdicts[VERDICT_UNKNOWN];
	if (b->rule->status == RULE_DEPRECATED)
		return OUTCOME_DEPRECATED;
	if (result->not_evaluable)
		return OUTCOME_NOT_EVALUABLE;
	if (result->never_matched)
		return OUTCOME_NEVER_MATCHED;
	if (b->rule->status == RULE_DRAFT)
		return OUTCOME_DRAFT;
	if (failed == 0)
		return OUTCOME_PASSED;
	if (b->rule->has_mostly && is_mostly_ok(b->rule, result->verdicts))
		return OUTCOME_PASSED_MOSTLY;
	return OUTCOME_FAILED;
}

/* True if the rule counts towards exit status 1. */
static bool fails(const struct builder *b, const struct rule_result *result)
{
	bool unmatched = result->never_matched || result->not_evaluable;

	if (b->rule->status != RULE_ACTIVE || b->request->never_fails ||
		b->rule->severity < b->request->fail_on)
		return false;
	return result->outcome == OUTCOME_FAILED ||
	       (unmatched && (b->rule->must_apply || b->request->strict));
}

static struct rule_result make_result(const struct builder *b)
{
	const struct rule *rule = b->rule;
	const struct outcome *outcome = b->outcome;
	struct rule_result result = {.id = rule->id,
		.title = rule->title,
		.why = rule->why,
		.fix = rule->fix,
		.owner = rule->owner,
		.severity = rule->severity,
		.status = rule->status,
		.cites = rule->cites.at,
		.n_cites = rule->cites.n,
		.counts_as = rule->counts_as.at,
		.n_counts_as = rule->counts_as.n,
		.tags = rule->tags.at,
		.n_tags = rule->tags.n,
		.never_matched = rule->status != RULE_DEPRECATED &&
				 !outcome->not_evaluable &&
				 outcome->activations == 0,
		.not_evaluable = outcome->not_evaluable,
		.reason = outcome->why,
		.file = files_path(b->request->facts->files, rule->loc.file),
		.findings = violations_count(outcome),
		.close = outcome->close,
		.unborn = outcome->unborn,
		.undecided = outcome->undecided_partners,
		.partner_never_seen = outcome->partner_never_seen};

	for (size_t i = 0; i < VERDICT_N; i++)
		result.verdicts[i] = outcome->verdicts[i];
	result.unknown = unknowns_list(
		b->a, b->request->facts, rule, outcome, &result.n_unknown);
	result.outcome = word_of(b, &result);
	result.fails = fails(b, &result);
	return result;
}

/* A partial answer is no answer that can be trusted. */
static void say_fan_out(const struct builder *b)
{
	const struct outcome *outcome = b->outcome;

	if (outcome->fan_out)
		diag_add(b->request->diag, DIAG_ROW_FAN_OUT,
			facts_place(b->request->facts, outcome->fan_out_row),
			"rule %.*s: at most %d combinations of key values are "
			"taken from a row; rows with more: %llu",
			STR_ARG(b->rule->id), KEYS_FAN_OUT,
			(unsigned long long)outcome->fan_out);
}

static void build_rule(struct builder *b, struct rule_result_vec *rules,
	struct finding_vec *findings)
{
	b->occurrences = fingerprint_occurrences(
		b->scratch, b->request->facts, b->rule, b->outcome);
	say_fan_out(b);
	apply_waivers(b);
	list_findings(b, findings);
	vec_push(b->a, rules, make_result(b));
}

void findings_build(struct arena *a, const struct findings_request *request,
	struct rule_result_vec *rules, struct finding_vec *findings)
{
	for (size_t i = 0; i < request->rules->n; i++) {
		struct arena scratch = {0};
		struct builder b = {.a = a,
			.scratch = &scratch,
			.request = request,
			.rule = &request->rules->at[i],
			.outcome = &request->outcomes[i],
			.number = (uint32_t)rules->n};

		build_rule(&b, rules, findings);
		arena_free(&scratch);
	}
	waiver_report(request->waivers, request->diag);
}

/* ---- order ---- */

struct sort_item {
	struct finding finding;
	const struct rule_result *rule;
	size_t number;
};

static int compare_keys(const struct finding *a, const struct finding *b)
{
	for (size_t i = 0; i < a->n_keys && i < b->n_keys; i++) {
		int order = str_compare(a->keys[i].value, b->keys[i].value);

		if (order != 0)
			return order;
	}
	return 0;
}

static int compare_findings(const void *left, const void *right)
{
	const struct sort_item *a = left, *b = right;
	int order;

	if (a->rule->severity != b->rule->severity)
		return a->rule->severity > b->rule->severity ? -1 : 1;
	if ((order = str_compare(a->rule->id, b->rule->id)) != 0 ||
		(order = str_compare(
			 a->finding.place.path, b->finding.place.path)) != 0)
		return order;
	if (a->finding.place.line != b->finding.place.line)
		return a->finding.place.line < b->finding.place.line ? -1 : 1;
	order = compare_keys(&a->finding, &b->finding);
	if (order != 0)
		return order;
	return a->number < b->number ? -1 : a->number > b->number;
}

void findings_sort(
	struct finding_vec *findings, const struct rule_result_vec *rules)
{
	struct arena scratch = {0};
	struct sort_item *all = arena_array(
		&scratch, struct sort_item, findings->n);

	for (size_t i = 0; i < findings->n; i++)
		all[i] = (struct sort_item) {
			findings->at[i], &rules->at[findings->at[i].rule], i};
	if (findings->n)
		qsort(all, findings->n, sizeof(*all), compare_findings);
	for (size_t i = 0; i < findings->n; i++)
		findings->at[i] = all[i].finding;
	arena_free(&scratch);
}
