/*
 * The table of rule shapes, and which of them a rule has: the shape whose head
 * key its map holds.
 */
#ifndef RULE_SHAPES_H
#define RULE_SHAPES_H

#include "rule/rule.h"

/* Appends the keys of all shapes, and those that this version does not judge
   by, to the `*n` keys of a table that is zero there: known and skipped. */
void shapes_add_keys(struct yaml_key *keys, size_t *n);

/*
 * Reads the keys of the shape that reader->map has into rule->shape and
 * rule->plan. Without a shape, or with two, the shape is NULL and there is a
 * complaint; but of two, both are read, so that all mistakes are told at once.
 */
void shapes_read(struct rule_reader *reader);

#endif
