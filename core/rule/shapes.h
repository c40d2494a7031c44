/*
 * The table of rule shapes, and which of them a rule has: the shape whose head
 * key its map holds.
 */
#ifndef RULE_SHAPES_H
#define RULE_SHAPES_H

#include "rule/rule.h"

/* Complains about keys of the language that this version does not judge by;
   true if there were any. */
bool shapes_refuse_unsupported(
	struct vocabulary *v, const struct yaml_node *map);

/* The shape whose head the map has; NULL after a complaint if it has none or
   the heads of two. */
const struct shape *shapes_find(
	struct vocabulary *v, const struct yaml_node *map);

/*
 * Complains about keys that go with other shapes than `own`, and appends them
 * to the `*n` keys of a table, so that nobody complains about them again.
 */
void shapes_refuse_foreign(struct vocabulary *v, const struct yaml_node *map,
	const struct shape *own, struct yaml_key *keys, size_t *n);

#endif
