#include "rule/evaluate.h"

#include "base/jobs.h"
#include "rule/duties.h"
#include "rule/miss.h"
#include "rule/violations.h"

/* ---- not evaluable ---- */

static bool delivers(const struct facts *facts, size_t source, uint32_t word,
	enum column_form form)
{
	uint32_t column = facts_column(facts, word, form);

	return column != WORD_NONE && facts->sources[source].delivers[column];
}

/* A definition can have rows from this source: it has the type's column and
   those of every test that asks for a value. */
static bool is_possible(const struct evaluation *run,
	const struct event_definition *definition, size_t source)
{
	const struct facts *facts = run->request->facts;
	const struct vocabulary *v = run->request->v;

	if (!sets_may_define(run->sets, definition, source))
		return false;
	if (definition->types.n &&
		!delivers(facts, source, v->event_type, COLUMN_SYM))
		return false;
	for (size_t i = 0; i < definition->where.n; i++) {
		const struct clause *clause = &definition->where.at[i];

		if (!clause->test->negated &&
			!delivers(facts, source, clause->word,
				where_form(clause)))
			return false;
	}
	return true;
}

/* The source can have events of the form; a form without events is any row. */
static bool may_have(
	const struct evaluation *run, const struct form *form, size_t source)
{
	const struct vocabulary *v = run->request->v;

	if (form->events.n == 0)
		return true;
	for (size_t i = 0; i < form->events.n; i++) {
		const struct named_event *event =
			&v->events.at[form->events.at[i]];

		for (size_t j = 0; j < event->definitions.n; j++)
			if (is_possible(run, &event->definitions.at[j], source))
				return true;
	}
	return false;
}

static struct str describe_lack(
	struct arena *a, const struct evaluation *run, const struct use *use)
{
	const struct word *word;
	struct str spellings = STR("");

	if (use->word == WORD_NONE)
		return arena_print(a,
			"no input can have the event %.*s (its source is not "
			"loaded, or lacks a column it needs)",
			STR_ARG(use->form.text));
	word = &run->request->facts->words->words.at[use->word];
	for (size_t i = 0; i < word->spellings.n; i++)
		spellings = arena_print(a, "%.*s%s%.*s", STR_ARG(spellings),
			i ? ", " : "", STR_ARG(word->spellings.at[i]));
	return arena_print(a,
		"no input%s%.*s has a column for %.*s (looked for: %.*s)",
		use->form.text.len ? " with the event " : "",
		STR_ARG(use->form.text), STR_ARG(words_plain_name(word)),
		STR_ARG(spellings));
}

static bool is_satisfied(const struct evaluation *run, const struct use *use)
{
	const struct facts *facts = run->request->facts;

	for (size_t i = 0; i < facts->n_sources; i++)
		if (may_have(run, &use->form, i) &&
			(use->word == WORD_NONE ||
				delivers(facts, i, use->word, use->column)))
			return true;
	return false;
}

static bool is_evaluable(const struct evaluation *run, const struct rule *rule,
	struct arena *a, struct outcome *outcome)
{
	for (size_t i = 0; i < rule->uses.n; i++) {
		const struct use *use = &rule->uses.at[i];

		if (is_satisfied(run, use))
			continue;
		outcome->not_evaluable = true;
		outcome->why = describe_lack(a, run, use);
		return false;
	}
	return true;
}

/* ---- running ---- */

/* How many violations are enough; a waiver is asked about each. */
static size_t most_of(
	const struct evaluate_request *request, const struct rule *rule)
{
	if (request->waivers && waiver_names(request->waivers, rule))
		return 0;
	return request->max_findings;
}

static int64_t now(const struct evaluation *run)
{
	return run->request->clock ? run->request->clock() : 0;
}

static void judge_rule(const struct evaluation *run, struct check *check)
{
	const struct rule *rule = check->rule;
	struct outcome *outcome = check->outcome;

	if (rule->status == RULE_DEPRECATED ||
		!is_evaluable(run, rule, check->a, outcome))
		return;
	outcome->most = most_of(run->request, rule);
	rule->shape->check(check, rule);
	violations_finish(check);
	if (evaluate_never_matched(rule, outcome))
		outcome->why = miss_describe(check);
}

/* Named events are made before the rules run, because rules share them. */
struct sets *evaluate_sets(
	struct arena *a, const struct evaluate_request *request)
{
	const struct vocabulary *v = request->v;
	const struct facts *facts = request->facts;
	struct arena scratch = {0};
	struct sets *sets = sets_new(a, v, facts);
	uint32_t *used = arena_array(&scratch, uint32_t, v->events.n);
	size_t n = 0;

	for (size_t i = 0; request->source_vocabularies && i < facts->n_sources;
		i++)
		sets_restrict(sets, i, request->source_vocabularies[i]);
	for (uint32_t i = 0; i < v->events.n; i++)
		if (v->events.at[i].used)
			used[n++] = i;
	sets_make(sets, used, n, request->jobs);
	arena_free(&scratch);
	return sets;
}

void evaluate_rule(const struct evaluation *run, size_t index)
{
	struct arena scratch = {0};
	const struct rule *rule = &run->request->rules->at[index];
	struct outcome *outcome = &run->outcomes[index];
	struct check check = {.facts = run->request->facts,
		.v = run->request->v,
		.sets = run->sets,
		.a = &run->arenas[index],
		.scratch = &scratch,
		.rule = rule,
		.outcome = outcome,
		.wants_obligations = duties_is_obligation(rule)};
	int64_t start = now(run);

	judge_rule(run, &check);
	arena_free(&scratch);
	outcome->cost_ns = now(run) - start;
}

uint64_t evaluate_weight(const struct evaluation *run, size_t index)
{
	const struct rule *rule = &run->request->rules->at[index];
	uint64_t weight = 0;

	for (size_t i = 0; i < rule->uses.n; i++) {
		const struct number_vec *events = &rule->uses.at[i].form.events;

		for (size_t j = 0; j < events->n; j++)
			weight += bits_count(
				sets_event(run->sets, events->at[j]));
	}
	return weight;
}

static void run_rule(void *ctx, size_t index)
{
	evaluate_rule(ctx, index);
}

struct outcome *evaluate(struct arena *a, struct arena *arenas,
	const struct evaluate_request *request, struct sets *sets)
{
	size_t n = request->rules->n;
	struct evaluation run = {.request = request,
		.arenas = arenas,
		.sets = sets,
		.outcomes = arena_array(a, struct outcome, n)};

	jobs_run(request->jobs, n, run_rule, &run);
	return run.outcomes;
}

bool evaluate_never_matched(
	const struct rule *rule, const struct outcome *outcome)
{
	return rule->status != RULE_DEPRECATED && !outcome->not_evaluable &&
	       outcome->activations == 0;
}
