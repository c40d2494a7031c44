#include "lineal/judge.h"

#include "base/jobs.h"
#include "lineal/profile.h"
#include "lineal/summary.h"
#include "lineal/verdict.h"
#include "rule/doubts.h"
#include "rule/duties.h"

#include <stdlib.h>

static struct evaluate_request evaluation(struct run *run)
{
	struct loaded *loaded = &run->loaded;
	struct str *vocabularies = arena_array(
		&run->a, struct str, loaded->sources.n);

	for (size_t i = 0; i < loaded->sources.n; i++)
		if (loaded->profiles[i])
			vocabularies[i] = loaded->profiles[i]->vocabulary;
	return (struct evaluate_request) {.v = &run->book.vocabulary,
		.rules = &run->book.rules,
		.facts = &run->facts,
		.source_vocabularies = vocabularies,
		.waivers = &run->book.waivers,
		.max_findings = run->settings.max_findings,
		.jobs = run->settings.jobs,
		.clock = run->settings.profile_rules ? profile_clock : NULL};
}

static struct sets *named_sets(struct run *run)
{
	struct evaluate_request request = evaluation(run);

	if (!run->sets)
		run->sets = evaluate_sets(&run->a, &request);
	return run->sets;
}

static void claim_records(struct run *run)
{
	run->claims = claims_build(&run->a, &run->book.vocabulary, &run->facts,
		named_sets(run), &run->loaded.strings);
}

bool judge_derive(struct run *run)
{
	struct err err;

	claim_records(run);
	if (derive_effects(&run->a, &run->facts, run->claims.at, run->claims.n,
		    &run->effects, &err))
		return true;
	diag_add_err(&run->diag, DIAG_CANNOT_READ, &err);
	return false;
}

static void judge_duties(struct run *run)
{
	struct duties_request request = {.facts = &run->facts,
		.rules = &run->book.rules,
		.outcomes = run->outcomes,
		.claims = &run->claims};
	struct err err;

	if (!run_has_obligation(run) ||
		!metric_has_role(&run->facts, ROLE_OUTAGES))
		return;
	claim_records(run);
	if (!duties_build(&run->a, &request, &run->duties, &err))
		diag_add_err(&run->diag, DIAG_CANNOT_READ, &err);
}

/* ---- jobs ---- */

/* One rule, or (number n_rules) what the metrics count. */
struct task {
	size_t number;
	uint64_t weight; /* rows */
};

struct tasks {
	struct run *run;
	struct evaluation evaluation;
	struct task *at;
	size_t n;
};

static int compare_tasks(const void *left, const void *right)
{
	const struct task *a = left, *b = right;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static void count_metrics(struct run *run)
{
	struct metric_input in = summary_input(run, &run->metric_arena);

	metric_count_all(&in, &run->result.metrics);
}

static void run_task(void *ctx, size_t index)
{
	struct tasks *tasks = ctx;
	size_t number = tasks->at[index].number;

	if (number < tasks->run->book.rules.n)
		evaluate_rule(&tasks->evaluation, number);
	else
		count_metrics(tasks->run);
}

/* Few large jobs: a thread that begins the largest last would be waited for. */
static void list_tasks(struct tasks *tasks)
{
	struct run *run = tasks->run;
	size_t n = run->book.rules.n;

	tasks->n = n + 1;
	tasks->at = arena_array(&run->a, struct task, tasks->n);
	for (size_t i = 0; i < n; i++)
		tasks->at[i] = (struct task) {
			i, evaluate_weight(&tasks->evaluation, i)};
	tasks->at[n] = (struct task) {n, UINT64_MAX};
	qsort(tasks->at, tasks->n, sizeof(*tasks->at), compare_tasks);
}

static void judge_rules(struct run *run)
{
	struct evaluate_request request = evaluation(run);
	size_t n = run->book.rules.n;
	struct tasks tasks = {.run = run};

	run->outcome_arenas = arena_array(&run->a, struct arena, n);
	run->outcomes = arena_array(&run->a, struct outcome, n);
	if (run->settings.profile_rules)
		run->metric_cost_ns = arena_array(
			&run->a, int64_t, metric_count);
	tasks.evaluation = (struct evaluation) {
		&request, run->outcome_arenas, named_sets(run), run->outcomes};
	list_tasks(&tasks);
	jobs_run(run->settings.jobs, tasks.n, run_task, &tasks);
}

void judge_all(struct run *run)
{
	struct findings_request findings = {.v = &run->book.vocabulary,
		.rules = &run->book.rules,
		.facts = &run->facts,
		.waivers = &run->book.waivers,
		.run_date = run->settings.now / NS_PER_DAY,
		.max_findings = run->settings.max_findings,
		.fail_on = run->settings.fail_on,
		.never_fails = run->settings.never_fails,
		.strict = run->settings.strict,
		.unknown_fails = run->settings.unknown_fails,
		.diag = &run->diag,
		.jobs = run->settings.jobs};

	judge_rules(run);
	findings.outcomes = run->outcomes;
	findings.arenas = run->outcome_arenas;
	judge_duties(run);
	run_note(run, "judged");
	doubts_tell(&run->facts, &run->book.rules, run->outcomes, &run->diag);
	findings_build(&run->a, &findings, &run->rules, &run->findings);
	summary_measure(run);
	findings_sort(&run->findings, &run->rules);
	summary_fill(run);
	verdict_decide(run);
	run_note(run, "measured");
}
