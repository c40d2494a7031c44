#include "rule/vocabulary.h"

#include "rule/days.h"
#include "rule/field.h"
#include "rule/name.h"

/* 1990-01-01T00:00:00Z */
#define PLAUSIBLE_FROM (INT64_C(631152000) * NS_PER_SECOND)

/* ---- things and events: names first ---- */

static void declare_thing(struct vocabulary *v, const struct yaml_member *m)
{
	uint32_t old = vocabulary_thing(v, m->key);
	struct thing thing = {.name = m->key,
		.key = WORD_NONE,
		.shipped = v->shipped,
		.loc = m->key_loc,
		.node = m->value};

	if (!name_check(m, v->diag))
		return;
	if (old == WORD_NONE)
		vec_push(v->a, &v->things, thing);
	else if (name_replaces(
			 m, v->shipped, v->things.at[old].shipped, v->diag))
		v->things.at[old] = thing;
}

static void declare_things(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		declare_thing(into, &value->members[i]);
}

static struct named_event *add_event(
	struct vocabulary *v, const struct named_event *fresh)
{
	vec_push(v->a, &v->events, *fresh);
	return &v->events.at[v->events.n - 1];
}

/* The event of a new definition: a new one, one that it takes the place of, or
   a shipped one that another shipped definition joins; NULL if it gives way. */
static struct named_event *event_for(
	struct vocabulary *v, const struct yaml_member *m)
{
	uint32_t number = vocabulary_event(v, m->key);
	struct named_event fresh = {.name = m->key, .shipped = v->shipped};
	struct named_event *old;

	if (number == WORD_NONE)
		return add_event(v, &fresh);
	old = &v->events.at[number];
	if (v->shipped && old->shipped)
		return old;
	if (!name_replaces(m, v->shipped, old->shipped, v->diag))
		return NULL;
	*old = fresh;
	return old;
}

static void declare_event(struct vocabulary *v, const struct yaml_member *m)
{
	struct event_definition definition = {.vocabulary = v->restricted_to,
		.loc = m->key_loc,
		.node = m->value};
	struct named_event *event;

	if (!name_check(m, v->diag))
		return;
	event = event_for(v, m);
	if (event)
		vec_push(v->a, &event->definitions, definition);
}

static void declare_events(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		declare_event(into, &value->members[i]);
}

/* ---- the rest ---- */

/* The default calendar; two files may name the same. */
static void read_calendar(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct vocabulary *v = into;
	const struct yaml_node *old = v->default_calendar;
	bool is_free = !old || v->default_is_shipped;

	(void)key;
	if (old && (v->shipped || str_equal(old->text, value->text)))
		return;
	if (!is_free)
		yaml_complain(diag, DIAG_NAME_CLASH, value,
			"the default calendar is '%.*s' in another place",
			STR_ARG(old->text));
	v->default_calendar = value;
	v->default_is_shipped = v->shipped;
}

static void read_first_day(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	int64_t day;

	(void)key;
	if (days_read_of_time(value, &day, diag))
		((struct vocabulary *)into)->plausible_from = day * NS_PER_DAY;
}

static const struct yaml_key plausible_keys[] = {
	{STR_INIT("from"), true, YAML_TEXT, read_first_day, 0},
};

static void read_plausible(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_read_map(
		value, plausible_keys, 1, true, "`plausible`", into, diag);
}

static void read_tolerance(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct period period;

	(void)into;
	(void)key;
	if (!period_read(value->text, &period) || period.unit != PERIOD_SECONDS)
		yaml_complain(diag, DIAG_BAD_DURATION, value,
			"expected hours or shorter, such as 0s; found '%.*s'",
			STR_ARG(value->text));
	else if (period.n != 0)
		yaml_complain(diag, DIAG_NOT_SUPPORTED, value,
			"a clock tolerance other than 0s is not supported by "
			"this version");
}

struct source_reader {
	struct vocabulary *v;
	const struct yaml_member *member;
};

static void read_covers(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	const struct source_reader *r = into;
	struct declared_covers fresh = {
		.source = r->member->key, .loc = r->member->key_loc};
	struct days_span span;

	(void)key;
	if (!days_read_span(value, "`covers`", true, &span, diag))
		return;
	fresh.from = span.from;
	fresh.to = span.to;
	vec_push(r->v->a, &r->v->covers, fresh);
}

static const struct yaml_key source_keys[] = {
	{STR_INIT("covers"), true, YAML_MAP_ONLY, read_covers, 0},
};

static void read_sources(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	for (uint32_t i = 0; i < value->n; i++) {
		struct source_reader reader = {into, &value->members[i]};

		if (value->members[i].value->kind == YAML_MAP)
			yaml_read_map(value->members[i].value, source_keys, 1,
				true, "a source", &reader, diag);
		else
			yaml_complain(diag, DIAG_WRONG_TYPE,
				value->members[i].value,
				"expected {covers: {from: YYYY-MM-DD, to: "
				"YYYY-MM-DD}}");
	}
}

static const struct yaml_key vocabulary_keys[] = {
	{STR_INIT("time"), false, YAML_TEXT, field_read_default, 0},
	{STR_INIT("event_type"), false, YAML_TEXT, field_read_default, 0},
	{STR_INIT("event_id"), false, YAML_TEXT, field_read_default, 0},
	{STR_INIT("actor"), false, YAML_TEXT, field_read_default, 0},
	{STR_INIT("on_behalf_of"), false, YAML_TEXT, field_read_default, 0},
	{STR_INIT("keys"), false, YAML_MAP_ONLY, field_read_keys, 0},
	{STR_INIT("fields"), false, YAML_MAP_ONLY, field_read_fields, 0},
	{STR_INIT("lists"), false, YAML_MAP_ONLY, valuelist_read, 0},
	{STR_INIT("things"), false, YAML_MAP_ONLY, declare_things, 0},
	{STR_INIT("events"), false, YAML_MAP_ONLY, declare_events, 0},
	{STR_INIT("sources"), false, YAML_MAP_ONLY, read_sources, 0},
	{STR_INIT("plausible"), false, YAML_MAP_ONLY, read_plausible, 0},
	{STR_INIT("clock_tolerance"), false, YAML_TEXT, read_tolerance, 0},
	{STR_INIT("calendars"), false, YAML_MAP_ONLY, calendars_read, 0},
	{STR_INIT("calendar"), false, YAML_TEXT, read_calendar, 0},
};

void vocabulary_init(struct vocabulary *v, struct arena *a, struct words *words,
	const struct vocabulary_services *services, struct diag *diag)
{
	*v = (struct vocabulary) {.a = a,
		.words = words,
		.services = services,
		.diag = diag,
		.event_type = words_find(words, STR("action")),
		.utc = {.zone = zone_utc(a)},
		.plausible_from = PLAUSIBLE_FROM};
}

void vocabulary_declare(struct vocabulary *v, const struct yaml_node *map,
	bool shipped, struct str restricted_to)
{
	v->shipped = shipped;
	v->restricted_to = restricted_to;
	yaml_read_map(map, vocabulary_keys,
		sizeof(vocabulary_keys) / sizeof(vocabulary_keys[0]), true,
		"a vocabulary", v, v->diag);
}

uint32_t vocabulary_event(const struct vocabulary *v, struct str name)
{
	for (size_t i = 0; i < v->events.n; i++)
		if (str_equal(v->events.at[i].name, name))
			return (uint32_t)i;
	return WORD_NONE;
}

uint32_t vocabulary_thing(const struct vocabulary *v, struct str name)
{
	for (size_t i = 0; i < v->things.n; i++)
		if (str_equal(v->things.at[i].name, name))
			return (uint32_t)i;
	return WORD_NONE;
}

const struct calendar *vocabulary_calendar(
	const struct vocabulary *v, struct str name)
{
	if (name.len == 0 && v->default_calendar)
		name = v->default_calendar->text;
	if (name.len == 0)
		return &v->utc;
	for (size_t i = 0; i < v->calendars.n; i++)
		if (str_equal(v->calendars.at[i].name, name))
			return &v->calendars.at[i].calendar;
	return NULL;
}

const struct calendar *vocabulary_read_calendar(
	struct vocabulary *v, const struct yaml_node *node)
{
	const struct calendar *calendar = vocabulary_calendar(v, node->text);
	struct str_vec names = {0};

	if (calendar)
		return calendar;
	for (size_t i = 0; i < v->calendars.n; i++)
		vec_push(v->a, &names, v->calendars.at[i].name);
	name_complain_unknown(v->diag, node, "calendar", &names);
	return &v->utc;
}

bool vocabulary_read_file(struct vocabulary *v, const struct yaml_node *node,
	struct str *text, uint32_t *number)
{
	const struct vocabulary_services *services = v->services;
	struct err err;

	if (services->read(services->ctx, node->loc.file, node->text, text,
		    number, &err))
		return true;
	yaml_complain(v->diag,
		err.kind == ERR_OUTSIDE ? DIAG_OUTSIDE_DIRECTORY
					: DIAG_UNREADABLE_FILE,
		node, "%s", err.text);
	return false;
}

struct test_reader vocabulary_test_reader(struct vocabulary *v)
{
	return (struct test_reader) {v->a, v->words, &v->lists, v->diag};
}
