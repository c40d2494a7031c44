/*
 * What the vocabulary says about records: events that read, write or replace
 * things, as claims for the graph.
 */
#ifndef RULE_CLAIMS_H
#define RULE_CLAIMS_H

#include "graph/derive.h"
#include "rule/sets.h"

struct claims VEC(struct derive_claim);

/* Asks for the columns of all events and things that touch records. */
void claims_need(struct vocabulary *v);

/*
 * The claims of all named events. The names of things get symbols in
 * `strings`, behind those of the inputs. Rows live as long as the arena.
 */
struct claims claims_build(struct arena *a, const struct vocabulary *v,
	const struct facts *facts, struct sets *sets, struct symbols *strings);

#endif
