#include "lineal/summary.h"

#include "io/file.h"
#include "lineal/profile.h"
#include "lineal/version.h"
#include "metric/incident_set.h"
#include "rule/duties.h"

#include <stdio.h>
#include <string.h>

#define INCIDENTS_MAX 10000

/* ---- inputs ---- */

static void read_path_list(struct run *run, struct named_paths *paths)
{
	struct str from = opt_text(&run->values, OPT_FILES_FROM);
	struct file file = {0};
	struct str text;
	struct err err;

	if (!opt_given(&run->values, OPT_FILES_FROM))
		return;
	if (!file_open(&file, arena_copy(&run->a, from).s, 0, 1 << 26, &err)) {
		diag_add_err(&run->diag, DIAG_CANNOT_READ, &err);
		return;
	}
	text = arena_copy(&run->a, file.bytes);
	file_close(&file);
	while (text.s) {
		struct named_path path = {.path = str_cut(&text, '\n')};

		if (path.path.len)
			vec_push(&run->a, paths, path);
	}
}

static bool has_source(const struct run *run, struct str name)
{
	for (size_t i = 0; i < run->project.sources.n; i++)
		if (str_equal(run->project.sources.at[i].name, name))
			return true;
	return false;
}

void summary_inputs(struct run *run, size_t first, struct named_paths *paths)
{
	const struct str_vec *named = &run->values.at[OPT_SOURCE].texts;

	for (size_t i = first; i < run->values.arguments.n; i++) {
		struct named_path path = {.path = run->values.arguments.at[i]};

		vec_push(&run->a, paths, path);
	}
	for (size_t i = 0; i < named->n; i++) {
		struct named_path path = {.path = named->at[i]};

		path.source = str_cut(&path.path, '=');
		if (!path.path.s || !has_source(run, path.source))
			opt_complain(&run->values, OPT_SOURCE, &run->diag,
				"NAME=PATH with a source of the project file");
		else
			vec_push(&run->a, paths, path);
	}
	read_path_list(run, paths);
}

/* ---- incidents ---- */

static const struct where *test_of(
	const struct run *run, const struct yaml_node *map)
{
	for (size_t i = 0; map && i < run->incident_tests.n; i++)
		if (run->incident_tests.at[i].node == map)
			return &run->incident_tests.at[i].where;
	return NULL;
}

/* Which rows of the incidents pass a test of their source; without a test, all
   or none. */
static const bool *flags_of(struct run *run, bool reportable, bool otherwise)
{
	struct arena scratch = {0};
	const struct role_table *role = &run->loaded.roles[ROLE_INCIDENTS];
	bool *flags = arena_array(&run->a, bool, role->origins.n);
	struct where_eval **evals = arena_array(
		&scratch, struct where_eval *, run->loaded.sources.n);

	for (size_t i = 0; i < run->loaded.sources.n; i++) {
		const struct source *source = &run->loaded.sources.at[i];
		const struct where *where = test_of(run,
			reportable ? source->reportable : source->regulatory);

		if (where)
			evals[i] = where_eval_new(&scratch, &run->facts, where);
	}
	for (size_t i = 0; i < role->origins.n; i++) {
		const struct role_origin *origin = &role->origins.at[i];
		struct where_eval *eval = evals[origin->source];
		row e = role_event(origin);

		flags[i] = otherwise;
		if (eval)
			flags[i] = e != ROW_NONE &&
				   where_eval_row(eval, e) == TRUTH_TRUE;
	}
	arena_free(&scratch);
	return flags;
}

/* ---- completeness by counters and rules ---- */

static bool counts_as(const struct rule *rule, struct str label)
{
	for (size_t i = 0; i < rule->counts_as.n; i++)
		if (str_equal(rule->counts_as.at[i], label))
			return true;
	return false;
}

/* What rules say about completeness where there is no system of record. */
static void add_weaker_variants(struct run *run, struct metric_input *in)
{
	for (size_t i = 0; i < run->book.rules.n; i++) {
		const struct rule *rule = &run->book.rules.at[i];
		const struct outcome *outcome = &run->outcomes[i];

		if (!counts_as(rule, STR("completeness")) ||
			rule->status == RULE_DEPRECATED)
			continue;
		for (size_t j = 0; j < outcome->streams.n; j++)
			vec_push(&run->a, &in->streams, outcome->streams.at[j]);
		if (outcome->streams.n)
			continue;
		in->rule.numerator += outcome->verdicts[VERDICT_OK];
		in->rule.denominator += outcome->verdicts[VERDICT_OK] +
					outcome->verdicts[VERDICT_VIOLATED];
	}
}

/* ---- metrics and thresholds ---- */

static void add_threshold_finding(struct run *run, uint32_t rule,
	const struct threshold *threshold,
	const struct threshold_result *judged)
{
	struct finding finding = {.rule = rule,
		.verdict = VERDICT_VIOLATED,
		.kind = REASON_THRESHOLD,
		.time = CELL_ABSENT,
		.at = run->facts.as_of,
		.due = CELL_ABSENT,
		.repaired_at = CELL_ABSENT};
	struct digest_sha256 digest;
	char hex[65];

	finding.message = arena_print(&run->a, "%.*s is %.*s: %.*s",
		STR_ARG(threshold->metric), STR_ARG(judged->value),
		STR_ARG(judged->condition));
	digest_sha256_init(&digest);
	digest_sha256_add_field(&digest, STR("lineal-fp-1"));
	digest_sha256_add_field(&digest, threshold->id);
	digest_sha256_hex(&digest, hex);
	memcpy(finding.fingerprint, hex, 32);
	vec_push(&run->a, &run->findings, finding);
}

static void warn_threshold(struct run *run, const struct threshold *threshold,
	const struct threshold_result *judged)
{
	if (judged->state == THRESHOLD_WARN)
		diag_add(&run->diag, DIAG_THRESHOLD, threshold->loc,
			"%.*s is %.*s: %.*s", STR_ARG(threshold->metric),
			STR_ARG(judged->value), STR_ARG(judged->condition));
	if (judged->no_trend)
		diag_add(&run->diag, DIAG_NO_TREND, threshold->loc,
			"%.*s: no trend: no earlier results to compare with",
			STR_ARG(threshold->metric));
}

static void judge_threshold(struct run *run, const struct threshold *threshold)
{
	struct threshold_result judged = threshold_judge(
		&run->a, threshold, &run->result.metrics);
	bool failed = judged.state == THRESHOLD_FAIL;
	struct rule_result rule = {.id = threshold->id,
		.title = arena_print(&run->a, "Threshold of %.*s",
			STR_ARG(threshold->metric)),
		.severity = threshold->severity,
		.status = RULE_ACTIVE,
		.reason = threshold_why(&run->a, threshold, &judged),
		.outcome = failed ? OUTCOME_FAILED : OUTCOME_PASSED,
		.file = files_path(&run->files, threshold->loc.file),
		.findings = failed,
		.fails = failed && !run->settings.never_fails &&
			 threshold->severity >= run->settings.fail_on};

	if (judged.state >= THRESHOLD_TOO_FEW) {
		rule.outcome = OUTCOME_NOT_EVALUABLE;
		rule.not_evaluable = true;
	} else {
		rule.verdicts[failed ? VERDICT_VIOLATED : VERDICT_OK] = 1;
	}
	warn_threshold(run, threshold, &judged);
	if (failed)
		add_threshold_finding(
			run, (uint32_t)run->rules.n, threshold, &judged);
	vec_push(&run->a, &run->rules, rule);
}

struct metric_input summary_input(struct run *run, struct arena *a)
{
	return (struct metric_input) {.a = a,
		.facts = &run->facts,
		.calendar = vocabulary_calendar(&run->book.vocabulary, STR("")),
		.fiscal_start = run->project.fiscal_start,
		.params = &run->project.params,
		.clock = run->metric_cost_ns ? profile_clock : NULL,
		.cost_ns = run->metric_cost_ns};
}

/* The same, with what rules and inputs say beside the events. */
static struct metric_input complete_input(struct run *run)
{
	struct loc nowhere = {0};
	const struct library_file *fines = library_shipped(
		&run->library, "rules/fines.csv", nowhere);
	struct metric_input in = summary_input(run, &run->a);

	in.regulatory = flags_of(run, false, true);
	in.reportable = flags_of(run, true, false);
	in.duties = &run->duties;
	in.fines = fines ? fines->text : STR("");
	in.diag = &run->diag;
	in.is_counted = true;
	add_weaker_variants(run, &in);
	return in;
}

void summary_measure(struct run *run)
{
	struct metric_input in = complete_input(run);
	struct incident_set set;
	struct incident *incidents;

	set = incident_set(&in);
	in.incidents = &set;
	metric_compute_all(&in, &run->result.metrics);
	run->result.incidents_total = set.n;
	run->result.n_incidents = set.n < INCIDENTS_MAX ? set.n : INCIDENTS_MAX;
	incidents = arena_array(
		&run->a, struct incident, run->result.n_incidents);
	for (size_t i = 0; i < run->result.n_incidents; i++) {
		const struct incident_item *item = &set.at[i];

		incidents[i] = (struct incident) {
			.id = symbols_get(
				&run->a, &run->loaded.strings, item->id),
			.opened = item->opened,
			.detected = item->detected,
			.fixed = item->fixed,
			.is_open = item->is_open,
			.regulatory = item->regulatory,
			.count = item->rows,
			.detected_is_proxy = item->is_proxy,
			.place = {files_path(&run->files, item->loc.file),
				item->loc.line}};
	}
	run->result.incidents = incidents;
	for (size_t i = 0; i < run->project.thresholds.n; i++)
		judge_threshold(run, &run->project.thresholds.at[i]);
}

/* ---- the rest ---- */

static void add_note(struct run *run, struct str_vec *notes, struct str text)
{
	vec_push(&run->a, notes, text);
}

static void fill_notes(struct run *run)
{
	struct str_vec notes = {0};

	for (size_t i = 0; i < run->book.packs.n; i++) {
		const struct pack *pack = &run->book.packs.at[i];

		if (pack->used)
			add_note(run, &notes,
				arena_print(&run->a,
					"pack %.*s: %.*s, as of %.*s, %.*s. "
					"%.*s",
					STR_ARG(pack->name),
					STR_ARG(pack->status),
					STR_ARG(pack->as_of),
					STR_ARG(pack->review),
					STR_ARG(pack->disclaimer)));
	}
	for (size_t i = 0; i < run->loaded.sources.n; i++) {
		const struct source_facts *source =
			&run->loaded.source_facts[i];

		if (source->cannot_prove.len)
			add_note(run, &notes,
				arena_print(&run->a,
					"source %.*s cannot prove: %.*s",
					STR_ARG(source->name),
					STR_ARG(source->cannot_prove)));
	}
	add_note(run, &notes,
		STR("A log cannot prove that nothing happened beside it, that "
		    "its times are right, or that it is as it was written."));
	run->result.notes = notes.at;
	run->result.n_notes = notes.n;
}

/* Without the time of any event, the run's own date stood in for the edges of
   the log: nothing to report. */
static void forget_edges(struct run *run)
{
	struct result *r = &run->result;

	if (run->facts.events->n_timed)
		return;
	if (!run->settings.has_period)
		r->period_from = r->period_to = CELL_ABSENT;
	for (size_t i = 0; i < run->loaded.sources.n; i++) {
		struct source_facts *source = &run->loaded.source_facts[i];

		if (!source->declared)
			source->start = source->end = CELL_ABSENT;
	}
}

/* Without any, the run's own date stood in; it would make two runs differ. */
static bool has_edge(const struct run *run)
{
	return run->settings.has_as_of || run->facts.events->n_timed > 0;
}

void summary_fill(struct run *run)
{
	struct result *r = &run->result;

	r->tool_version = STR(LINEAL_VERSION);
	r->as_of = has_edge(run) ? run->facts.as_of : CELL_ABSENT;
	r->period_from = run->facts.period_from;
	r->period_to = run->facts.period_to;
	forget_edges(run);
	r->job = run->project.job;
	if (run->project.file) {
		r->config_path = files_path(
			&run->files, run->project.file->number);
		r->config_sha256 = str_of(run->project.sha256);
	}
	r->inputs = run->loaded.inputs.at;
	r->n_inputs = run->loaded.inputs.n;
	r->sources = run->loaded.source_facts;
	r->n_sources = run->loaded.sources.n;
	r->rules = run->rules.at;
	r->n_rules = run->rules.n;
	r->findings = run->findings.at;
	r->n_findings = run->findings.n;
	for (size_t i = 0; i < r->n_rules; i++)
		r->findings_total += r->rules[i].findings;
	r->fail_on = run->settings.fail_on;
	r->never_fails = run->settings.never_fails;
	fill_notes(run);
}
