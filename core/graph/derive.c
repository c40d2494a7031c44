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

/* Adds what a row does; false, with `err` filled, if there is no room. */
static bool add_row(const struct source *from, row e, struct err *err)
{
	if (facts_is_live(from->facts, e)) {
		add_refs(from, e);
		add_claims(from, e);
	}
	effects_close_row(from->effects);
	if (!effects_is_full(from->effects))
		return true;
	effects_end(from->effects);
	return err_set(err, ERR_INPUT, facts_place(from->facts, e),
		"more than %" PRIu32 " reads and writes of records up to here",
		EFFECTS_MAX);
}

bool derive_effects(struct arena *a, const struct facts *facts,
	const struct derive_claim *claims, size_t n, struct effects *effects,
	struct err *err)
{
	const struct event_table *events = facts->events;
	struct effects made;
	const struct source from = {facts, claims, n, &made};

	effects_start(&made, a, events->time);
	for (row e = 0; e < events->n_timed; e++)
		if (!add_row(&from, e, err))
			return false;
	effects_end(&made);
	for (row e = events->n_timed; e < events->n; e++)
		if (facts_is_live(facts, e) && touches_records(&from, e))
			made.n_untimed++;
	*effects = made;
	return true;
}

bool derive_effects_among(struct arena *a, const struct derive_log *log,
	const struct bits *only, struct effects *effects, struct err *err)
{
	struct effects made;
	const struct source from = {log->facts, log->claims, log->n, &made};

	effects_start(&made, a, NULL);
	for (size_t e = bits_next(only, 0); e < log->facts->events->n_timed;
		e = bits_next(only, e + 1))
		if (!add_row(&from, (row)e, err))
			return false;
	effects_end(&made);
	*effects = made;
	return true;
}

/* ---- ancestors ---- */

static bool is_output(enum ref_mode mode)
{
	return mode != REF_READ;
}

/* A new version depends on the old one, unless it replaces it. */
static bool is_input(enum ref_mode mode)
{
	return mode == REF_READ || mode == REF_WRITE;
}

/* True if the event changes a record of `wanted`. */
static bool changes(const struct source *from, row e, const struct bits *wanted)
{
	uint32_t n;
	const struct ref *refs = event_refs(from->facts->events, e, &n);

	for (uint32_t i = 0; i < n; i++)
		if (is_output(refs[i].mode) && bits_has(wanted, refs[i].id))
			return true;
	for (size_t i = 0; i < from->n_claims; i++) {
		const sym *ids = claimed(from, &from->claims[i], e, &n);

		for (uint32_t j = 0; j < n; j++)
			if (is_output(from->claims[i].mode) &&
				bits_has(wanted, ids[j]))
				return true;
	}
	return false;
}

static void want_inputs(const struct source *from, row e, struct bits *wanted)
{
	uint32_t n;
	const struct ref *refs = event_refs(from->facts->events, e, &n);

	for (uint32_t i = 0; i < n; i++)
		if (is_input(refs[i].mode))
			bits_add(wanted, refs[i].id);
	for (size_t i = 0; i < from->n_claims; i++) {
		const sym *ids = claimed(from, &from->claims[i], e, &n);

		for (uint32_t j = 0; j < n && is_input(from->claims[i].mode);
			j++)
			bits_add(wanted, ids[j]);
	}
}

void derive_ancestors(const struct derive_log *log, struct bits *rows)
{
	struct arena scratch = {0};
	const struct facts *facts = log->facts;
	const struct source from = {facts, log->claims, log->n, NULL};
	struct bits wanted = bits_new(&scratch, symbols_count(facts->strings));
	size_t last = bits_previous(rows, facts->events->n_timed);

	for (size_t e = last < rows->n ? last + 1 : 0; e-- > 0;) {
		if (!facts_is_live(facts, (row)e))
			continue;
		if (!bits_has(rows, e)) {
			if (!changes(&from, (row)e, &wanted))
				continue;
			bits_add(rows, e);
		}
		want_inputs(&from, (row)e, &wanted);
	}
	arena_free(&scratch);
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
