/*
 * Named lists of values that tests may refer to: inline, or from a file with
 * one value per line and `#` comments.
 */
#ifndef RULE_VALUELIST_H
#define RULE_VALUELIST_H

#include "format/yamlread.h"

struct value_list {
	struct str name;
	struct str_vec values;
	bool shipped;
};

struct value_lists VEC(struct value_list);

/* The map `lists`, a reader of yaml_read_map() that fills a struct
   vocabulary. */
void valuelist_read(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag);

#endif
