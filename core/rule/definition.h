/*
 * The rows that are events by one definition. Behind the name of an event there
 * may be several definitions, each with records that it touches; and rows that
 * were merged are in no set of named events, but are what they are.
 */
#ifndef RULE_DEFINITION_H
#define RULE_DEFINITION_H

#include "rule/sets.h"

struct definition_reader {
	const struct facts *facts;
	const struct vocabulary *v;
	const struct sets *sets;
};

/* Adds the rows among `among` that are events by the definition to `rows`. */
void definition_add_rows(const struct definition_reader *reader,
	const struct event_definition *definition, const struct bits *among,
	struct bits *rows);

#endif
