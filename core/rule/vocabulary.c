#include "rule/vocabulary.h"

#include "format/timestamp.h"

#include <stdlib.h>

/* 1990-01-01T00:00:00Z */
#define PLAUSIBLE_FROM (INT64_C(631152000) * NS_PER_SECOND)

static bool is_name(struct str text)
{
	if (text.len == 0 || text.len > 64 || text.s[0] < 'a' ||
		text.s[0] > 'z')
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!(text.s[i] >= 'a' && text.s[i] <= 'z') &&
			!str_is_digit(text.s[i]) && text.s[i] != '_')
			return false;
	return true;
}

static struct yaml_node key_node(const struct yaml_member *m)
{
	return (struct yaml_node) {.kind = YAML_SCALAR,
		.loc = m->key_loc,
		.span = m->key_span,
		.text = m->key};
}

/* Checks a name of the user's; complains and returns false if it is none. */
static bool check_name(struct vocabulary *v, const struct yaml_member *m)
{
	struct yaml_node node = key_node(m);

	if (is_name(m->key))
		return true;
	yaml_complain(v->diag, DIAG_BAD_ID, &node,
		"a name is lower-case letters, digits and '_', beginning with "
		"a letter; found '%.*s'",
		STR_ARG(m->key));
	return false;
}

/* Decides between an old and a new definition of a name: true if the new one
   replaces or joins the old one. */
static bool may_replace(
	struct vocabulary *v, const struct yaml_member *m, bool old_is_shipped)
{
	struct yaml_node node = key_node(m);

	if (v->shipped)
		return false;
	if (old_is_shipped)
		return true;
	yaml_complain(v->diag, DIAG_NAME_CLASH, &node,
		"'%.*s' is already defined in another place", STR_ARG(m->key));
	return false;
}

/* ---- words ---- */

struct word_reader {
	struct vocabulary *v;
	struct word *word;
};

static void read_columns(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct word_reader *r = into;
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < n; i++)
		vec_push(r->v->a, &r->word->spellings, items[i]->text);
}

static void read_word_flag(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct word_reader *r = into;

	yaml_bool(value, (bool *)((char *)r->word + key->offset), diag);
}

static void read_split(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	if (value->text.len == 1)
		((struct word_reader *)into)->word->split = value->text.s[0];
	else
		yaml_complain(diag, DIAG_WRONG_TYPE, value,
			"`split` must be one byte; found '%.*s'",
			STR_ARG(value->text));
}

static const struct yaml_key word_keys[] = {
	{STR_INIT("columns"), true, YAML_TEXTS, read_columns, 0},
	{STR_INIT("split"), false, YAML_TEXT, read_split, 0},
	{STR_INIT("personal"), false, YAML_TEXT, read_word_flag,
		offsetof(struct word, personal)},
	{STR_INIT("ignore_case"), false, YAML_TEXT, read_word_flag,
		offsetof(struct word, ignore_case)},
};

static void declare_word(
	struct vocabulary *v, const struct yaml_member *m, bool is_key)
{
	uint32_t old = words_find(v->words, m->key);
	struct word word = {.name = m->key,
		.is_key = is_key,
		.shipped = v->shipped,
		.loc = m->key_loc};
	struct word_reader reader = {v, &word};

	if (!check_name(v, m))
		return;
	if (old != WORD_NONE && v->words->words.at[old].loc.file != 0 &&
		!may_replace(v, m, v->words->words.at[old].shipped))
		return;
	if (m->value->kind == YAML_MAP)
		/* `personal` and `ignore_case` are for fields only. */
		yaml_read_map(m->value, word_keys, is_key ? 2 : 4, false,
			is_key ? "a key" : "a field", &reader, v->diag);
	else
		read_columns(&reader, NULL, m->value, v->diag);
	words_add(v->words, &word);
}

static void declare_keys(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		declare_word(into, &value->members[i], true);
}

static void declare_fields(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		declare_word(into, &value->members[i], false);
}

/* `time: booked_at` and its like: the built-in word gets another spelling. */
static void respell(
	struct vocabulary *v, const char *name, const struct yaml_node *value)
{
	struct word word = {.name = str_of(name), .shipped = v->shipped};

	vec_push(v->a, &word.spellings, value->text);
	words_add(v->words, &word);
}

static void read_time(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	respell(into, "ts", value);
}

static void read_event_id(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	respell(into, "event_id", value);
}

static void read_actor(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	respell(into, "actor_id", value);
}

static void read_on_behalf_of(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	respell(into, "on_behalf_of", value);
}

static void read_event_type(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct vocabulary *v = into;

	(void)key;
	(void)diag;
	respell(v, "event_type", value);
	v->event_type = words_find(v->words, STR("event_type"));
}

/* ---- lists ---- */

static void add_list_line(
	struct vocabulary *v, struct value_list *list, struct str line)
{
	line = str_trim(str_slice(line, 0, str_find(line, '#')));
	if (line.len && line.s[line.len - 1] == '\r')
		line = str_trim(str_slice(line, 0, line.len - 1));
	if (line.len)
		vec_push(v->a, &list->values, line);
}

static void read_list_file(struct vocabulary *v, const struct yaml_node *name,
	struct value_list *list)
{
	struct str text;
	uint32_t number;
	struct err err;

	if (!v->services->read(v->services->ctx, name->loc.file, name->text,
		    &text, &number, &err)) {
		yaml_complain(
			v->diag, DIAG_UNREADABLE_FILE, name, "%s", err.text);
		return;
	}
	while (text.s)
		add_list_line(v, list, str_cut(&text, '\n'));
}

static void declare_list(struct vocabulary *v, const struct yaml_member *m)
{
	struct value_list list = {.name = m->key};
	const struct yaml_node *file = m->value->kind == YAML_MAP
					       ? yaml_get(m->value, STR("file"))
					       : NULL;
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&m->value, &n);

	if (!check_name(v, m))
		return;
	if (m->value->kind == YAML_MAP && (!file || m->value->n != 1)) {
		yaml_complain(v->diag, DIAG_WRONG_TYPE, m->value,
			"a list is [values] or {file: NAME}");
		return;
	}
	if (file)
		read_list_file(v, file, &list);
	else
		for (uint32_t i = 0; i < n; i++)
			vec_push(v->a, &list.values, str_trim(items[i]->text));
	if (list.values.n)
		qsort(list.values.at, list.values.n, sizeof(*list.values.at),
			str_compare_items);
	for (size_t i = 0; i < v->lists.n; i++)
		if (str_equal(v->lists.at[i].name, m->key)) {
			if (may_replace(v, m, false))
				v->lists.at[i] = list;
			return;
		}
	vec_push(v->a, &v->lists, list);
}

static void declare_lists(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		declare_list(into, &value->members[i]);
}

/* ---- things and events: names first ---- */

static void declare_things(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct vocabulary *v = into;

	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++) {
		const struct yaml_member *m = &value->members[i];
		uint32_t old = vocabulary_thing(v, m->key);
		struct thing thing = {.name = m->key,
			.key = WORD_NONE,
			.shipped = v->shipped,
			.loc = m->key_loc,
			.node = m->value};

		if (!check_name(v, m))
			continue;
		if (old == WORD_NONE)
			vec_push(v->a, &v->things, thing);
		else if (may_replace(v, m, v->things.at[old].shipped))
			v->things.at[old] = thing;
	}
}

static void add_definition(struct vocabulary *v, struct named_event *event,
	const struct yaml_member *m)
{
	struct event_definition definition = {.vocabulary = v->restricted_to,
		.loc = m->key_loc,
		.node = m->value};

	vec_push(v->a, &event->definitions, definition);
}

static void declare_events(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct vocabulary *v = into;

	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++) {
		const struct yaml_member *m = &value->members[i];
		uint32_t old = vocabulary_event(v, m->key);
		struct named_event event = {
			.name = m->key, .shipped = v->shipped};

		if (!check_name(v, m))
			continue;
		if (old == WORD_NONE) {
			vec_push(v->a, &v->events, event);
			old = (uint32_t)v->events.n - 1;
		} else if (!v->shipped || !v->events.at[old].shipped) {
			if (!may_replace(v, m, v->events.at[old].shipped))
				continue;
			v->events.at[old] = event;
		}
		add_definition(v, &v->events.at[old], m);
	}
}

/* ---- calendars ---- */

struct calendar_reader {
	struct vocabulary *v;
	struct calendar *calendar;
};

static void read_time_zone(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct calendar_reader *r = into;
	struct vocabulary *v = r->v;
	const struct zone *zone = v->services->zone(
		v->services->ctx, value->text);

	(void)key;
	if (zone)
		r->calendar->zone = zone;
	else
		yaml_complain(diag, DIAG_BAD_ZONE, value,
			"'%.*s' is not a time zone of this system",
			STR_ARG(value->text));
}

static const struct str day_names[] = {STR_INIT("mon"), STR_INIT("tue"),
	STR_INIT("wed"), STR_INIT("thu"), STR_INIT("fri"), STR_INIT("sat"),
	STR_INIT("sun")};

static void read_weekend(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct calendar_reader *r = into;
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	for (uint32_t i = 0; i < n; i++) {
		size_t day;

		if (yaml_choice(items[i], day_names, 7, &day, diag))
			r->calendar->weekend |= (uint8_t)(1u << day);
	}
}

static void read_holidays(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct calendar_reader *r = into;
	struct vocabulary *v = r->v;
	struct str text;
	uint32_t number;
	struct err err;

	(void)key;
	if (!v->services->read(v->services->ctx, value->loc.file, value->text,
		    &text, &number, &err))
		yaml_complain(
			diag, DIAG_UNREADABLE_FILE, value, "%s", err.text);
	else if (!holidays_read(
			 v->a, text, number, &r->calendar->holidays, &err))
		diag_add_err(diag, DIAG_BAD_HOLIDAYS, &err);
}

static const struct str extend_names[] = {
	[EXTEND_NONE] = STR_INIT("none"),
	[EXTEND_NEXT_WORKING_DAY] = STR_INIT("next_working_day"),
	[EXTEND_EU_1182] = STR_INIT("eu_1182"),
};

static void read_extend(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	size_t extend;

	(void)key;
	if (yaml_choice(value, extend_names, 3, &extend, diag))
		((struct calendar_reader *)into)->calendar->extend =
			(enum extend)extend;
}

static const struct yaml_key calendar_keys[] = {
	{STR_INIT("time_zone"), false, YAML_TEXT, read_time_zone, 0},
	{STR_INIT("weekend"), false, YAML_TEXTS, read_weekend, 0},
	{STR_INIT("holidays"), false, YAML_TEXT, read_holidays, 0},
	{STR_INIT("extend"), false, YAML_TEXT, read_extend, 0},
};

static void declare_calendar(struct vocabulary *v, const struct yaml_member *m)
{
	struct named_calendar fresh = {.name = m->key,
		.calendar = {.zone = zone_utc(v->a)},
		.shipped = v->shipped,
		.loc = m->key_loc};
	struct calendar_reader reader = {v, &fresh.calendar};

	if (!check_name(v, m))
		return;
	if (m->value->kind != YAML_MAP) {
		yaml_complain(v->diag, DIAG_WRONG_TYPE, m->value,
			"a calendar is a map of time_zone, weekend, holidays "
			"and extend");
		return;
	}
	yaml_read_map(m->value, calendar_keys,
		sizeof(calendar_keys) / sizeof(calendar_keys[0]), true,
		"a calendar", &reader, v->diag);
	for (size_t i = 0; i < v->calendars.n; i++)
		if (str_equal(v->calendars.at[i].name, m->key)) {
			if (may_replace(v, m, v->calendars.at[i].shipped))
				v->calendars.at[i] = fresh;
			return;
		}
	vec_push(v->a, &v->calendars, fresh);
}

static void declare_calendars(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		declare_calendar(into, &value->members[i]);
}

static void read_calendar(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct vocabulary *v = into;

	(void)key;
	(void)diag;
	v->default_calendar = value->text;
	v->default_calendar_loc = value->loc;
}

/* ---- the rest ---- */

static void read_plausible(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct vocabulary *v = into;
	const struct yaml_node *from = yaml_get(value, STR("from"));
	int64_t day;

	(void)key;
	if (from && value->n == 1 && timestamp_read_day(from->text, &day))
		v->plausible_from = day * NS_PER_DAY;
	else
		yaml_complain(diag, DIAG_BAD_DATE, value,
			"expected {from: YYYY-MM-DD}");
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

static void read_source_covers(
	struct vocabulary *v, const struct yaml_member *m)
{
	const struct yaml_node *covers =
		m->value->kind == YAML_MAP ? yaml_get(m->value, STR("covers"))
					   : NULL;
	const struct yaml_node *from = covers && covers->kind == YAML_MAP
					       ? yaml_get(covers, STR("from"))
					       : NULL;
	const struct yaml_node *to = from ? yaml_get(covers, STR("to")) : NULL;
	struct declared_covers fresh = {.source = m->key, .loc = m->key_loc};

	if (to && timestamp_read_day(from->text, &fresh.from) &&
		timestamp_read_day(to->text, &fresh.to) &&
		fresh.from <= fresh.to)
		vec_push(v->a, &v->covers, fresh);
	else
		yaml_complain(v->diag, DIAG_BAD_DATE, m->value,
			"expected {covers: {from: YYYY-MM-DD, to: "
			"YYYY-MM-DD}}");
}

static void read_sources(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		read_source_covers(into, &value->members[i]);
}

static const struct yaml_key vocabulary_keys[] = {
	{STR_INIT("time"), false, YAML_TEXT, read_time, 0},
	{STR_INIT("event_type"), false, YAML_TEXT, read_event_type, 0},
	{STR_INIT("event_id"), false, YAML_TEXT, read_event_id, 0},
	{STR_INIT("actor"), false, YAML_TEXT, read_actor, 0},
	{STR_INIT("on_behalf_of"), false, YAML_TEXT, read_on_behalf_of, 0},
	{STR_INIT("keys"), false, YAML_MAP_ONLY, declare_keys, 0},
	{STR_INIT("fields"), false, YAML_MAP_ONLY, declare_fields, 0},
	{STR_INIT("lists"), false, YAML_MAP_ONLY, declare_lists, 0},
	{STR_INIT("things"), false, YAML_MAP_ONLY, declare_things, 0},
	{STR_INIT("events"), false, YAML_MAP_ONLY, declare_events, 0},
	{STR_INIT("sources"), false, YAML_MAP_ONLY, read_sources, 0},
	{STR_INIT("plausible"), false, YAML_MAP_ONLY, read_plausible, 0},
	{STR_INIT("clock_tolerance"), false, YAML_TEXT, read_tolerance, 0},
	{STR_INIT("calendars"), false, YAML_MAP_ONLY, declare_calendars, 0},
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
	if (name.len == 0)
		name = v->default_calendar;
	if (name.len == 0)
		return &v->utc;
	for (size_t i = 0; i < v->calendars.n; i++)
		if (str_equal(v->calendars.at[i].name, name))
			return &v->calendars.at[i].calendar;
	return NULL;
}

struct test_reader vocabulary_test_reader(struct vocabulary *v)
{
	return (struct test_reader) {v->a, v->words, &v->lists, v->diag};
}
