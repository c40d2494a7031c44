#include "rule/findings.h"

#include "base/jobs.h"
#include "base/sort.h"
#include "rule/fingerprint.h"
#include "rule/unknowns.h"
#include "rule/violations.h"

#include <stdlib.h>
#include <string.h>

/* What is known about one rule while its findings are made. */
struct builder {
	struct arena *a;      /* of the rule */
	struct arena scratch; /* until its findings are made */
	const struct findings_request *request;
	const struct rule *rule;
	struct outcome *outcome;
	uint32_t number; /* of the rule */
	struct fingerprint fingerprint;
	const uint32_t *occurrences;
	const uint32_t *path_rank; /* per file; equal paths have one rank */
	uint32_t *order;           /* of the judgements, by their places */
	struct waived waived;
	struct finding *findings; /* of the rule, in the list of all */
	size_t n_findings;
};

static struct place place_of(const struct facts *facts, row e)
{
	struct loc loc = facts_place(facts, e);

	return (struct place) {files_path(facts->files, loc.file), loc.line};
}

/* ---- which findings are kept ---- */

/* A text among others, to be ranked. */
struct named {
	struct str text;
	uint32_t number;
};

static int compare_named(const void *left, const void *right)
{
	const struct named *a = left, *b = right;
	int order = str_compare(a->text, b->text);

	if (order != 0)
		return order;
	return a->number < b->number ? -1 : a->number > b->number;
}

/* The place of each text in the order of all; equal texts have one. `all` is
   sorted by it. */
static uint32_t *rank_texts(struct arena *a, struct named *all, size_t n)
{
	uint32_t *ranks = arena_array(a, uint32_t, n), rank = 0;

	if (n)
		qsort(all, n, sizeof(*all), compare_named);
	for (size_t i = 0; i < n; i++) {
		if (i && !str_equal(all[i].text, all[i - 1].text))
			rank++;
		ranks[all[i].number] = rank;
	}
	return ranks;
}

static const uint32_t *rank_paths(struct arena *a, const struct files *files)
{
	struct named *all = arena_array(a, struct named, files->n + 1);

	for (uint32_t i = 0; i <= files->n; i++)
		all[i] = (struct named) {files_path(files, i), i};
	return rank_texts(a, all, files->n + 1);
}

/* Judgements in the order of their places; at one place, in their own. */
static void sort_judgements(struct builder *b)
{
	struct arena scratch = {0};
	const struct judgements *judgements = &b->outcome->judgements;
	size_t n = judgements->n;
	int64_t *places = arena_array(&scratch, int64_t, n);

	b->order = arena_array(&b->scratch, uint32_t, n);
	for (size_t i = 0; i < n; i++) {
		struct loc loc = facts_place(
			b->request->facts, judgements->at[i].event);

		b->order[i] = (uint32_t)i;
		places[i] = (int64_t)((uint64_t)b->path_rank[loc.file] << 32 |
				      loc.line);
	}
	sort_rows_by_i64(places, b->order, n);
	arena_free(&scratch);
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
	fingerprint_of(&b->fingerprint, b->outcome, j, b->occurrences[i],
		finding.fingerprint);
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
	fingerprints = arena_alloc(&b->scratch, n * sizeof(*fingerprints));
	for (size_t i = 0; i < n; i++)
		fingerprint_of(&b->fingerprint, b->outcome,
			&b->outcome->judgements.at[i], b->occurrences[i],
			fingerprints[i]);
	judged.fingerprints = (const char(*)[33])fingerprints;
	b->waived = waiver_apply(
		&b->scratch, request->waivers, &judged, request->run_date);
	for (size_t i = 0; i < n; i++)
		if (b->waived.by[i]) {
			b->outcome->verdicts[VERDICT_VIOLATED]--;
			b->outcome->verdicts[VERDICT_WAIVED]++;
		}
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

/* ---- all rules ---- */

static void prepare_rule(void *ctx, size_t index)
{
	struct builder *b = &((struct builder *)ctx)[index];

	b->fingerprint = fingerprint_start(b->request->facts, b->rule);
	b->occurrences = fingerprint_occurrences(
		&b->scratch, &b->fingerprint, b->outcome);
	sort_judgements(b);
}

static void make_findings(void *ctx, size_t index)
{
	struct builder *b = &((struct builder *)ctx)[index];

	for (size_t i = 0; i < b->n_findings; i++)
		b->findings[i] = make_finding(b, b->order[i]);
	arena_free(&b->scratch);
}

/* Waivers are shared by the rules, so these steps are taken one by one. */
static size_t count_findings(struct builder *b)
{
	size_t max = b->request->max_findings;

	say_fan_out(b);
	apply_waivers(b);
	b->n_findings = b->outcome->judgements.n;
	if (max && b->n_findings > max)
		b->n_findings = max;
	return b->n_findings;
}

static struct builder *start_all(struct arena *a,
	const struct findings_request *request, const uint32_t *path_rank)
{
	size_t n = request->rules->n;
	struct builder *all = arena_array(a, struct builder, n);

	for (size_t i = 0; i < n; i++)
		all[i] = (struct builder) {.a = &request->arenas[i],
			.request = request,
			.rule = &request->rules->at[i],
			.outcome = &request->outcomes[i],
			.number = (uint32_t)i,
			.path_rank = path_rank};
	jobs_run(request->jobs, n, prepare_rule, all);
	return all;
}

void findings_build(struct arena *a, const struct findings_request *request,
	struct rule_result_vec *rules, struct finding_vec *findings)
{
	struct arena scratch = {0};
	size_t n = request->rules->n, total = 0;
	struct builder *all = start_all(
		&scratch, request, rank_paths(&scratch, request->facts->files));

	for (size_t i = 0; i < n; i++)
		total += count_findings(&all[i]);
	vec_reserve(a, findings, total);
	for (size_t i = 0; i < n; i++) {
		all[i].findings = findings->at + findings->n;
		findings->n += all[i].n_findings;
	}
	jobs_run(request->jobs, n, make_findings, all);
	for (size_t i = 0; i < n; i++)
		vec_push(a, rules, make_result(&all[i]));
	waiver_report(request->waivers, request->diag);
	arena_free(&scratch);
}

/* ---- order ---- */

/* A finding with what decides mostly: the ranks of rule and path, the line. */
struct sort_item {
	uint64_t ranks;
	uint32_t line, number;
	const struct finding *finding;
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

static int compare_items(const void *left, const void *right)
{
	const struct sort_item *a = left, *b = right;
	int order;

	if (a->ranks != b->ranks)
		return a->ranks < b->ranks ? -1 : 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	order = compare_keys(a->finding, b->finding);
	if (order != 0)
		return order;
	return a->number < b->number ? -1 : a->number > b->number;
}

/* By severity, the highest first, then by id. */
static uint32_t *rank_rules(
	struct arena *a, const struct rule_result_vec *rules)
{
	struct named *all = arena_array(a, struct named, rules->n);

	for (uint32_t i = 0; i < rules->n; i++)
		all[i] = (struct named) {
			arena_print(a, "%c%.*s",
				'z' - (int)rules->at[i].severity,
				STR_ARG(rules->at[i].id)),
			i};
	return rank_texts(a, all, rules->n);
}

/* A new text with each change of path: findings of a file stand together. */
static uint32_t *rank_places(
	struct arena *a, const struct finding_vec *findings)
{
	struct named *all = arena_array(a, struct named, findings->n);
	uint32_t *run = arena_array(a, uint32_t, findings->n), *ranks;
	uint32_t n = 0;

	for (size_t i = 0; i < findings->n; i++) {
		struct str path = findings->at[i].place.path;

		if (i == 0 ||
			!str_equal(path, findings->at[i - 1].place.path)) {
			all[n] = (struct named) {path, n};
			n++;
		}
		run[i] = n - 1;
	}
	ranks = rank_texts(a, all, n);
	for (size_t i = 0; i < findings->n; i++)
		run[i] = ranks[run[i]];
	return run;
}

void findings_sort(
	struct finding_vec *findings, const struct rule_result_vec *rules)
{
	struct arena scratch = {0};
	size_t n = findings->n;
	const uint32_t *rule = rank_rules(&scratch, rules);
	const uint32_t *path = rank_places(&scratch, findings);
	struct sort_item *all = arena_array(&scratch, struct sort_item, n);
	struct finding *sorted = arena_array(&scratch, struct finding, n);

	for (size_t i = 0; i < n; i++) {
		const struct finding *f = &findings->at[i];

		all[i] = (struct sort_item) {
			(uint64_t)rule[f->rule] << 32 | path[i], f->place.line,
			(uint32_t)i, f};
	}
	if (n)
		qsort(all, n, sizeof(*all), compare_items);
	for (size_t i = 0; i < n; i++)
		sorted[i] = *all[i].finding;
	if (n)
		memcpy(findings->at, sorted, n * sizeof(*sorted));
	arena_free(&scratch);
}
