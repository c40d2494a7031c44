/*
 * From events to records: the refs of the event table and the claims of a
 * vocabulary, taken together in the order of events. Rows that were merged into
 * an equal one take no part; rows without a time have no place in the order and
 * are only counted.
 */
#ifndef GRAPH_DERIVE_H
#define GRAPH_DERIVE_H

#include "graph/facts.h"
#include "graph/graph.h"

/* Each row of `rows` does `mode` to the records (type, v) for each value v in
   its column `key_column`. */
struct derive_claim {
	const struct bits *rows;
	uint32_t key_column; /* a COLUMN_SYM one, or WORD_NONE: no record */
	sym type;
	enum ref_mode mode;
};

/*
 * What every timed event does, records numbered by first sight: of an event
 * first its refs, then the claims in their order. Several mentions of a record
 * by one event are one effect. A version that is not a whole number, or one
 * above EFFECT_VERSION_MAX, counts as not given. Fails if there are too many
 * effects. The result lives as long as the arena and the facts.
 */
bool derive_effects(struct arena *a, const struct facts *facts,
	const struct derive_claim *claims, size_t n, struct effects *effects,
	struct err *err) MUST_CHECK;

/* The events of a log and what is claimed about them. */
struct derive_log {
	const struct facts *facts;
	const struct derive_claim *claims;
	size_t n; /* claims */
};

/*
 * The effects of the rows of `only` alone, which are numbered by their place
 * among them and have no times; untimed ones are left out and not counted.
 */
bool derive_effects_among(struct arena *a, const struct derive_log *log,
	const struct bits *only, struct effects *effects,
	struct err *err) MUST_CHECK;

/*
 * Adds to `rows` all events that one of them may descend from: those that
 * write, replace or delete a record that one of them reads or depends on later.
 * Some are too many, for records are told apart by their ids alone and the
 * versions between are not looked at. One scan backwards, linear in rows and
 * refs.
 */
void derive_ancestors(const struct derive_log *log, struct bits *rows);

/* The graph of the same; lives as long as the arena and the facts. */
bool derive_graph(struct arena *a, const struct facts *facts,
	const struct derive_claim *claims, size_t n, struct graph *graph,
	struct err *err) MUST_CHECK;

#endif
