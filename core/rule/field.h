/*
 * The keys and fields of a vocabulary as words of the run: which columns may
 * hold them, whether they are personal, how their values are compared. The
 * functions are readers of yaml_read_map(), filling a struct vocabulary.
 */
#ifndef RULE_FIELD_H
#define RULE_FIELD_H

#include "format/yamlread.h"

/* The maps `keys` and `fields`: name to column, columns, or a map. */
void field_read_keys(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag);
void field_read_fields(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag);

/* `time`, `event_type`, `event_id`, `actor`, `on_behalf_of`: the column that
   holds a field of every event. */
void field_read_default(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag);

#endif
