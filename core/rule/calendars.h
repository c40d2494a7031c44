/*
 * The calendars that a vocabulary declares: zone, week-end, holidays, and how
 * due times are extended.
 */
#ifndef RULE_CALENDARS_H
#define RULE_CALENDARS_H

#include "format/calendar.h"
#include "format/yamlread.h"

struct named_calendar {
	struct str name;
	struct calendar calendar;
	bool shipped;
	struct loc loc;
};

struct named_calendars VEC(struct named_calendar);

/* The map `calendars`, a reader of yaml_read_map() that fills a struct
   vocabulary. */
void calendars_read(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag);

#endif
