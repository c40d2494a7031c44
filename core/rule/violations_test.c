#include "scene_p.h"

#include "base/rng.h"
#include "rule/findings.h"
#include "rule/violations.h"

#define WORDS                                                     \
	"{fields: {n: [n], ids: {columns: [ids], split: \",\"}}," \
	" events: {a: {type: a}}}"

/* Rows in no order of time, of two files, many alike, some with an id that
   others have too. */
static struct str random_log(struct arena *a, struct rng *rng)
{
	size_t n = rng_below(rng, 60);
	struct str text = STR("closed");

	for (size_t i = 0; i < n; i++) {
		text = arena_print(a,
			"%.*s | +%zuh a n=%zu ids=%zu,%zu source_name=%s",
			STR_ARG(text), rng_below(rng, 4), rng_below(rng, 3),
			rng_below(rng, 4), rng_below(rng, 4),
			rng_below(rng, 2) ? "crm" : "log");
		if (i % 3 == 0)
			text = arena_print(a, "%.*s event_id=%zu",
				STR_ARG(text), rng_below(rng, 2));
	}
	return text;
}

struct told {
	struct arena a, arenas[SCENE_RULES];
	struct rule_result_vec rules;
	struct finding_vec findings;
};

/* The findings that a report shows, where `kept` violations are enough. */
static struct told tell(struct scene *s, size_t kept, size_t max)
{
	struct told told = {0};
	struct waivers waivers = {0};
	struct evaluate_request request = scene_request(s);
	struct findings_request findings = {.v = &s->v,
		.rules = &s->rules,
		.facts = &s->facts,
		.waivers = &waivers,
		.max_findings = max,
		.diag = &s->diag};

	request.max_findings = kept;
	for (size_t i = 0; i < SCENE_RULES; i++)
		arena_free(&s->arenas[i]);
	s->sets = evaluate_sets(&s->log, &request);
	s->outcomes = evaluate(&s->log, s->arenas, &request, s->sets);
	findings.outcomes = s->outcomes;
	findings.arenas = told.arenas;
	findings.jobs = 2;
	findings_build(&told.a, &findings, &told.rules, &told.findings);
	return told;
}

static bool same_finding(const struct finding *a, const struct finding *b)
{
	if (a->rule != b->rule || a->kind != b->kind || a->time != b->time ||
		a->n_keys != b->n_keys || a->n_witness != b->n_witness ||
		a->place.line != b->place.line ||
		!str_equal(a->place.path, b->place.path) ||
		!str_equal(a->message, b->message))
		return false;
	for (size_t i = 0; i < a->n_keys; i++)
		if (!str_equal(a->keys[i].value, b->keys[i].value))
			return false;
	return str_equal(str_of(a->fingerprint), str_of(b->fingerprint));
}

static void free_told(struct told *told)
{
	for (size_t i = 0; i < SCENE_RULES; i++)
		arena_free(&told->arenas[i]);
	arena_free(&told->a);
}

static void expect_same(struct told *all, struct told *some)
{
	cr_assert(all->findings.n == some->findings.n);
	for (size_t i = 0; i < all->findings.n; i++)
		cr_assert(same_finding(
				  &all->findings.at[i], &some->findings.at[i]),
			"finding %zu", i);
	for (size_t i = 0; i < all->rules.n; i++)
		cr_assert(all->rules.at[i].findings ==
			  some->rules.at[i].findings);
	free_told(all);
	free_told(some);
}

/* Property: findings are those of all violations, fingerprints included,
   however few are kept. */
Test(violations, few_that_are_kept_give_the_findings_of_all)
{
	struct rng rng = {11};
	size_t cut = 0;

	for (int run = 0; run < 400; run++) {
		struct scene s;
		struct told all, some;
		size_t most = 1 + rng_below(&rng, 6);

		scene_open(&s, WORDS);
		scene_rule(&s, "for_each: a, unique: ids");
		scene_rule(&s, "for_each: a, require: {n: more than 1}");
		scene_log(&s, random_log(&s.a, &rng).s);
		all = tell(&s, 0, most);
		some = tell(&s, most, most);
		for (size_t i = 0; i < 2; i++) {
			cr_assert(s.outcomes[i].judgements.n <= most);
			cut += s.outcomes[i].is_cut;
		}
		expect_same(&all, &some);
		scene_free(&s);
	}
	cr_expect(cut > 100, "%zu", cut);
}

Test(violations, a_waiver_is_asked_about_each)
{
	struct scene s;
	struct waiver waiver = {0};
	struct waivers waivers = {&waiver, 1, 1};
	struct evaluate_request request;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: a, require: {n: more than 1}");
	vec_push(&s.a, &waiver.rules, STR("R1"));
	scene_log(&s, "+0h a n=1 | +1h a n=1 | +2h a n=1");
	request = scene_request(&s);
	request.max_findings = 1;
	request.waivers = &waivers;
	s.sets = evaluate_sets(&s.log, &request);
	s.outcomes = evaluate(&s.log, s.arenas, &request, s.sets);
	cr_expect(s.outcomes[0].judgements.n == 3);
	waivers.n = 0;
	arena_free(&s.arenas[0]);
	s.outcomes = evaluate(&s.log, s.arenas, &request, s.sets);
	cr_expect(s.outcomes[0].judgements.n == 1);
	cr_expect(violations_count(&s.outcomes[0]) == 3);
	scene_free(&s);
}
