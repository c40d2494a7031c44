/*
 * The words that rules are written in: keys, fields, lists, things, events and
 * calendars, from the shipped vocabulary, the project file and rule files. All
 * names are declared here; what they refer to is resolved by form.h afterwards,
 * so that the order of files does not matter. A name in a file of the user
 * replaces a shipped one; two users' names must not clash.
 */
#ifndef RULE_VOCABULARY_H
#define RULE_VOCABULARY_H

#include "rule/calendars.h"
#include "rule/condition.h"

struct number_vec VEC(uint32_t);

/* "Any of these events, with these values": how rules speak of events. */
struct form {
	struct number_vec events; /* numbers in vocabulary->events */
	struct where where;
	struct str text; /* as written, for messages */
	struct loc loc;
	uint32_t span;
};

/* One definition of an event name. Several may stand behind one name; a row
   that matches any of them is such an event. */
struct event_definition {
	struct str_vec types; /* values of the event type; empty: any */
	struct where where;
	struct str source;     /* only rows of this source, if given */
	struct str vocabulary; /* only sources of profiles with this one */
	struct number_vec reads, writes, replaces; /* things */
	struct loc loc;
	const struct yaml_node *node;
};

struct event_definitions VEC(struct event_definition);

struct named_event {
	struct str name;
	struct event_definitions definitions;
	bool shipped;
	bool used;
};

struct thing {
	struct str name;
	uint32_t key; /* word */
	struct form starts_with, ends_with;
	struct str listed_in; /* source whose rows are the register */
	bool complete;
	bool shipped;
	struct loc loc;
	const struct yaml_node *node;
};

/* First and last day (both included) that a source claims to hold. */
struct declared_covers {
	struct str source;
	int64_t from, to;
	struct loc loc;
};

/* What the reader cannot do itself: files and zones come from outside. */
struct vocabulary_services {
	void *ctx;
	const struct zone *(*zone)(void *ctx, struct str name);
	/* The text of a file named beside rule file `file`, and its number in
	   messages; ERR_OUTSIDE if it lies elsewhere, and another error if it
	   cannot be read. */
	bool (*read)(void *ctx, uint32_t file, struct str name,
		struct str *text, uint32_t *number, struct err *err);
};

struct vocabulary {
	struct arena *a;
	struct words *words;
	const struct vocabulary_services *services;
	struct diag *diag;
	struct value_lists lists;
	struct things VEC(struct thing) things;
	struct named_events VEC(struct named_event) events;
	struct named_calendars calendars;
	struct covers_vec VEC(struct declared_covers) covers;
	uint32_t event_type; /* word that holds the type of a row */
	struct calendar utc; /* where no calendar is named */
	const struct yaml_node *default_calendar; /* its name, or NULL */
	bool default_is_shipped;
	int64_t plausible_from; /* ns */
	/* of the map or the rules being read */
	bool shipped;
	struct str restricted_to; /* vocabulary of a profile, or empty */
};

void vocabulary_init(struct vocabulary *v, struct arena *a, struct words *words,
	const struct vocabulary_services *services, struct diag *diag);

/* Declares the names of one `vocabulary` map. `restricted_to` names the
   profile vocabulary whose events hold for its own rows only, or is empty. */
void vocabulary_declare(struct vocabulary *v, const struct yaml_node *map,
	bool shipped, struct str restricted_to);

/* Numbers of names, or WORD_NONE. */
uint32_t vocabulary_event(const struct vocabulary *v, struct str name);
uint32_t vocabulary_thing(const struct vocabulary *v, struct str name);

/* The calendar of a name, the default one for the empty name; NULL if there
   is none of that name. */
const struct calendar *vocabulary_calendar(
	const struct vocabulary *v, struct str name);

/* The calendar that a scalar names; the UTC one after a complaint. */
const struct calendar *vocabulary_read_calendar(
	struct vocabulary *v, const struct yaml_node *node);

/* Reads the file beside a rule file that a scalar names; complains. */
bool vocabulary_read_file(struct vocabulary *v, const struct yaml_node *node,
	struct str *text, uint32_t *number);

/* Value tests with the names of this vocabulary. */
struct test_reader vocabulary_test_reader(struct vocabulary *v);

#endif
