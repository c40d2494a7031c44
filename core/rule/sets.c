#include "rule/sets.h"

struct sets {
	struct arena *a;
	const struct vocabulary *v;
	const struct facts *facts;
	struct bits *events; /* per named event */
	bool *made;
	struct str *restricted; /* per source */
};

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

/* The symbols of the types of a definition; texts that no row has are left
   out. */
static size_t find_types(const struct sets *sets,
	const struct event_definition *definition, sym *types)
{
	size_t n = 0;

	for (size_t i = 0; i < definition->types.n; i++) {
		sym type = symbols_find(
			sets->facts->strings, definition->types.at[i]);

		if (type)
			types[n++] = type;
	}
	return n;
}

static bool is_of_type(const sym *types, size_t n, sym type)
{
	for (size_t i = 0; i < n; i++)
		if (types[i] == type)
			return true;
	return false;
}

/* Adds the rows of one definition of an event to `rows`. */
static void add_rows(struct sets *sets,
	const struct event_definition *definition, struct bits *rows)
{
	struct arena scratch = {0};
	const struct facts *facts = sets->facts;
	sym *types = arena_array(&scratch, sym, definition->types.n);
	size_t n_types = find_types(sets, definition, types);
	uint32_t column = facts_column(facts, sets->v->event_type, COLUMN_SYM);
	struct where_eval *where = where_eval_new(
		&scratch, facts, &definition->where);
	bool *sources = arena_array(&scratch, bool, facts->n_sources);

	for (size_t i = 0; i < facts->n_sources; i++)
		sources[i] = sets_may_define(sets, definition, i);
	for (row e = 0; e < facts->events->n; e++) {
		if (!sources[facts_source(facts, e)] ||
			!facts_is_live(facts, e))
			continue;
		if (definition->types.n &&
			(column == WORD_NONE ||
				!is_of_type(types, n_types,
					table_sym(&facts->events->cells, column,
						e))))
			continue;
		if (where_eval_row(where, e) == TRUTH_TRUE)
			bits_add(rows, e);
	}
	arena_free(&scratch);
}

void sets_reserve(struct sets *sets, uint32_t event)
{
	if (!sets->events[event].words)
		sets->events[event] = bits_new(sets->a, sets->facts->events->n);
}

struct bits sets_live_rows(struct arena *a, const struct facts *facts)
{
	struct bits rows = bits_new(a, facts->events->n);

	for (row e = 0; e < rows.n; e++)
		if (facts_is_live(facts, e))
			bits_add(&rows, e);
	return rows;
}

const struct bits *sets_event(struct sets *sets, uint32_t number)
{
	struct bits *rows = &sets->events[number];
	const struct named_event *event = &sets->v->events.at[number];

	if (sets->made[number])
		return rows;
	sets_reserve(sets, number);
	sets->made[number] = true;
	for (size_t i = 0; i < event->definitions.n; i++)
		add_rows(sets, &event->definitions.at[i], rows);
	return rows;
}

/* Leaves the rows for which `where` is true. */
static void narrow(const struct sets *sets, const struct where *where,
	struct form_rows *out)
{
	struct arena scratch = {0};
	struct where_eval *eval = where_eval_new(&scratch, sets->facts, where);
	size_t n = out->rows.n;

	for (size_t e = bits_next(&out->rows, 0); e < n;
		e = bits_next(&out->rows, e + 1)) {
		enum truth truth = where_eval_row(eval, (row)e);

		if (truth != TRUTH_TRUE)
			bits_drop(&out->rows, e);
		out->undecided += truth == TRUTH_UNDECIDABLE;
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
