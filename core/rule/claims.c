#include "rule/claims.h"

#include "rule/definition.h"

static bool touches(const struct event_definition *definition)
{
	return definition->reads.n + definition->writes.n +
		       definition->replaces.n >
	       0;
}

static void need_things(struct vocabulary *v, const struct number_vec *things)
{
	for (size_t i = 0; i < things->n; i++) {
		uint32_t key = v->things.at[things->at[i]].key;

		if (key != WORD_NONE)
			words_need(v->words, key, COLUMN_SYM, STR("lineage"));
	}
}

void claims_need(struct vocabulary *v)
{
	for (uint32_t i = 0; i < v->events.n; i++) {
		struct event_definitions *all = &v->events.at[i].definitions;

		for (size_t j = 0; j < all->n; j++) {
			struct form form = {0};

			if (!touches(&all->at[j]))
				continue;
			vec_push(v->a, &form.events, i);
			form_need(v, &form, STR("lineage"));
			need_things(v, &all->at[j].reads);
			need_things(v, &all->at[j].writes);
			need_things(v, &all->at[j].replaces);
		}
	}
}

struct builder {
	struct arena *a;
	const struct vocabulary *v;
	const struct facts *facts;
	struct sets *sets;
	struct symbols *strings;
	struct claims claims;
};

static void add(struct builder *b, const struct number_vec *things,
	enum ref_mode mode, const struct bits *rows)
{
	for (size_t i = 0; i < things->n; i++) {
		const struct thing *thing = &b->v->things.at[things->at[i]];
		struct derive_claim claim = {.rows = rows,
			.key_column = facts_column(
				b->facts, thing->key, COLUMN_SYM),
			.type = symbols_put(b->strings, thing->name),
			.mode = mode};

		vec_push(b->a, &b->claims, claim);
	}
}

/* The rows that touch what a definition of the event says. */
static const struct bits *rows_of(
	struct builder *b, uint32_t event, const struct event_definition *d)
{
	const struct bits *rows = sets_event(b->sets, event);
	struct definition_reader reader = {b->facts, b->v, b->sets};
	struct bits *own;

	if (b->v->events.at[event].definitions.n == 1)
		return rows;
	own = arena_new(b->a, struct bits);
	*own = bits_new(b->a, rows->n);
	definition_add_rows(&reader, d, rows, own);
	return own;
}

struct claims claims_build(struct arena *a, const struct vocabulary *v,
	const struct facts *facts, struct sets *sets, struct symbols *strings)
{
	struct builder b = {a, v, facts, sets, strings, {0}};

	for (uint32_t i = 0; i < v->events.n; i++) {
		const struct event_definitions *all =
			&v->events.at[i].definitions;

		for (size_t j = 0; j < all->n; j++) {
			const struct event_definition *d = &all->at[j];
			const struct bits *rows;

			if (!touches(d))
				continue;
			rows = rows_of(&b, i, d);
			add(&b, &d->reads, REF_READ, rows);
			add(&b, &d->writes, REF_WRITE, rows);
			add(&b, &d->replaces, REF_REPLACE, rows);
		}
	}
	return b.claims;
}
