/*
 * What all shapes do when a rule has been read: complain about the rule as a
 * whole, and refuse common keys that say nothing under the shape, so that no
 * rule means less than it says.
 */
#ifndef RULE_SHAPE_READ_H
#define RULE_SHAPE_READ_H

#include "rule/rule.h"

/* Common keys to which a shape gives a meaning; bits. */
enum shape_key {
	SHAPE_WITHIN = 1,        /* with a duration */
	SHAPE_THE_LOG = 2,       /* `within: the log` */
	SHAPE_WARN_AFTER = 4,    /* there is something pending */
	SHAPE_STARTING_FROM = 8, /* there is a due time */
	SHAPE_SAME = 16,         /* the shape joins */
	SHAPE_UNLESS_EVENT = 32,
	SHAPE_DUTY = SHAPE_WITHIN | SHAPE_THE_LOG | SHAPE_WARN_AFTER |
		     SHAPE_STARTING_FROM
};

/* Complains at the id of the rule. */
void shape_complain(
	struct rule_reader *reader, enum diag_code code, const char *sentence);

/* True if the rule is about a thing, or `for_each` could not be read. */
bool shape_may_be_about_thing(const struct rule_reader *reader);

/* Complains about each common key that is not among `keys`, and about a join
   without `same`. */
void shape_check_keys(struct rule_reader *reader, unsigned keys);

#endif
