#include "rule/sets.h"

#include "rule/sets_scan.h"
#include "sets_p.h"

struct sets *sets_new(
	struct arena *a, const struct vocabulary *v, const struct facts *facts)
{
	struct sets *sets = arena_new(a, struct sets);

	sets->a = a;
	sets->v = v;
	sets->facts = facts;
	sets->events = arena_array(a, struct bits, v->events.n);
	sets->made = arena_array(a, bool, v->events.n);
	sets->restricted = arena_array(a, struct str, facts->n_sources);
	return sets;
}

void sets_restrict(struct sets *sets, size_t number, struct str vocabulary)
{
	sets->restricted[number] = vocabulary;
}

bool sets_may_define(const struct sets *sets,
	const struct event_definition *definition, size_t number)
{
	if (definition->source.len &&
		!str_equal(
			definition->source, sets->facts->sources[number].name))
		return false;
	return definition->vocabulary.len == 0 ||
	       str_equal(definition->vocabulary, sets->restricted[number]);
}

struct bits sets_live_rows(struct arena *a, const struct facts *facts)
{
	struct bits rows = bits_new(a, facts->events->n);

	for (row e = 0; e < rows.n; e++)
		if (facts_is_live(facts, e))
			bits_add(&rows, e);
	return rows;
}

struct targets VEC(struct sets_target);

static void add_targets(struct sets *sets, uint32_t number, struct arena *a,
	struct targets *out)
{
	const struct named_event *event = &sets->v->events.at[number];
	struct bits *rows = &sets->events[number];

	if (sets->made[number])
		return;
	sets->made[number] = true;
	*rows = bits_new(sets->a, sets->facts->events->n);
	for (size_t i = 0; i < event->definitions.n; i++) {
		struct sets_target target = {&event->definitions.at[i], rows};

		vec_push(a, out, target);
	}
}

void sets_make(
	struct sets *sets, const uint32_t *events, size_t n, unsigned jobs)
{
	struct arena scratch = {0};
	struct targets targets = {0};

	for (size_t i = 0; i < n; i++)
		add_targets(sets, events[i], &scratch, &targets);
	sets_scan(sets, targets.at, targets.n, jobs);
	arena_free(&scratch);
}

const struct bits *sets_event(struct sets *sets, uint32_t number)
{
	sets_make(sets, &number, 1, 1);
	return &sets->events[number];
}

/* Leaves the rows for which `where` is true. */
static void narrow(const struct sets *sets, const struct where *where,
	struct form_rows *out)
{
	struct arena scratch = {0};
	struct where_eval *eval = where_eval_new(&scratch, sets->facts, where);

	for (size_t w = 0; w < bits_words(&out->rows); w++) {
		struct truths t = {0, 0};

		if (out->rows.words[w])
			t = where_eval_word(eval, w, out->rows.words[w]);
		out->rows.words[w] = t.yes;
		out->undecided += bits_count_word(t.undecided);
	}
	arena_free(&scratch);
}

struct form_rows sets_form(
	struct sets *sets, struct arena *a, const struct form *form)
{
	struct form_rows out = {bits_new(a, sets->facts->events->n), 0};

	for (size_t i = 0; i < form->events.n; i++)
		bits_or(&out.rows, sets_event(sets, form->events.at[i]));
	if (form->where.n)
		narrow(sets, &form->where, &out);
	return out;
}

bool sets_may_come_from(
	const struct sets *sets, const struct form *form, size_t number)
{
	for (size_t i = 0; i < form->events.n; i++) {
		const struct named_event *event =
			&sets->v->events.at[form->events.at[i]];

		for (size_t j = 0; j < event->definitions.n; j++)
			if (sets_may_define(
				    sets, &event->definitions.at[j], number))
				return true;
	}
	return false;
}
