/*
 * Event forms: how rules speak of events, and how the definitions of things
 * and events refer to each other. Names are resolved once, after every file
 * has declared its own.
 */
#ifndef RULE_FORM_H
#define RULE_FORM_H

#include "rule/vocabulary.h"

/* Resolves what the declared things, events and the default calendar refer to;
   called once, after the last vocabulary_declare(). */
void form_resolve_all(struct vocabulary *v);

/*
 * Reads an event form: a name, a list of names, or {event, where}. False after
 * complaints. Where the caller allows the key `within` in the map, its node
 * goes to `*within` (NULL if it is not there); otherwise pass NULL.
 */
bool form_read(struct vocabulary *v, const struct yaml_node *node,
	struct form *out, const struct yaml_node **within);

/* Asks for all columns that decide the events of a form, and marks them as
   used. */
void form_need(struct vocabulary *v, const struct form *form, struct str user);

/* The same for the birth and end of a thing, and its key. */
void form_need_thing(struct vocabulary *v, uint32_t thing, struct str user);

#endif
