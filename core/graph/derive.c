#include "graph/derive.h"

#include "base/number.h"

#include <inttypes.h>

/* What is read from, and what is filled. */
struct source {
	const struct facts *facts;
	const struct derive_claim *claims;
	size_t n_claims;
	struct effects *effects;
};

static uint64_t version_of(const struct source *from, const struct ref *ref)
{
	uint64_t version;

	if (ref->version == 0 || ref->mode == REF_DELETE)
		return EFFECT_NO_VERSION;
	if (number_read_u64(symbols_show(from->facts->strings, ref->version),
		    &version) &&
		version <= EFFECT_VERSION_MAX)
		return version;
	from->effects->n_unreadable++;
	return EFFECT_NO_VERSION;
}

static void add_refs(const struct source *from, row e)
{
	uint32_t n;
	const struct ref *refs = event_refs(from->facts->events, e, &n);

	for (uint32_t i = 0; i < n; i++)
		effects_add(from->effects, refs[i].type, refs[i].id,
			refs[i].mode, version_of(from, &refs[i]));
}

/* The values that give a row its records under a claim. */
static const sym *claimed(const struct source *from,
	const struct derive_claim *claim, row e, uint32_t *n)
{
	*n = 0;
	if (claim->key_column == WORD_NONE || !bits_has(claim->rows, e))
		return NULL;
	return table_syms(&from->facts->events->cells, claim->key_column, e, n);
}

static void add_claims(const struct source *from, row e)
{
	for (size_t i = 0; i < from->n_claims; i++) {
		const struct derive_claim *claim = &from->claims[i];
		uint32_t n;
		const sym *ids = claimed(from, claim, e, &n);

		for (uint32_t j = 0; j < n; j++)
			effects_add(from->effects, claim->type, ids[j],
				claim->mode, EFFECT_NO_VERSION);
	}
}

static bool touches_records(const struct source *from, row e)
{
	uint32_t n;

	event_refs(from->facts->events, e, &n);
	for (size_t i = 0; n == 0 && i < from->n_claims; i++)
		claimed(from, &from->claims[i], e, &n);
	return n != 0;
}

bool derive_effects(struct arena *a, const struct facts *facts,
	const struct derive_claim *claims, size_t n, struct effects *effects,
	struct err *err)
{
	const struct event_table *events = facts->events;
	struct effects made;
	const struct source from = {facts, claims, n, &made};

	effects_start(&made, a, events->time);
	for (row e = 0; e < events->n_timed; e++) {
		if (facts_is_live(facts, e)) {
			add_refs(&from, e);
			add_claims(&from, e);
		}
		effects_close_row(&made);
		if (effects_is_full(&made)) {
			effects_end(&made);
			return err_set(err, ERR_INPUT, facts_place(facts, e),
				"more than %" PRIu32
				" reads and writes of records up to here",
				EFFECTS_MAX);
		}
	}
	effects_end(&made);
	for (row e = events->n_timed; e < events->n; e++)
		if (facts_is_live(facts, e) && touches_records(&from, e))
			made.n_untimed++;
	*effects = made;
	return true;
}

bool derive_graph(struct arena *a, const struct facts *facts,
	const struct derive_claim *claims, size_t n, struct graph *graph,
	struct err *err)
{
	struct arena scratch = {0};
	struct effects effects;
	bool ok = derive_effects(&scratch, facts, claims, n, &effects, err);

	if (ok)
		graph_build(a, &effects, graph);
	arena_free(&scratch);
	return ok;
}
