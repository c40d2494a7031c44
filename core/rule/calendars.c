#include "rule/calendars.h"

#include "rule/name.h"
#include "rule/vocabulary.h"

struct calendar_reader {
	struct vocabulary *v;
	struct calendar *calendar;
};

static void read_time_zone(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct calendar_reader *r = into;
	const struct vocabulary_services *services = r->v->services;
	const struct zone *zone = services->zone(services->ctx, value->text);

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

#define ALL_DAYS ((1u << 7) - 1)

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
	/* Or a duty in business days would never be due. */
	if (r->calendar->weekend == ALL_DAYS)
		yaml_complain(diag, DIAG_IMPOSSIBLE_WINDOW, value,
			"the week has no working day left");
}

static void read_holidays(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct calendar_reader *r = into;
	struct str text;
	uint32_t number;
	struct err err;

	(void)key;
	if (!vocabulary_read_file(r->v, value, &text, &number))
		return;
	if (!holidays_read(r->v->a, text, number, &r->calendar->holidays, &err))
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

static void enter(struct vocabulary *v, const struct yaml_member *m,
	const struct named_calendar *fresh)
{
	for (size_t i = 0; i < v->calendars.n; i++) {
		if (!str_equal(v->calendars.at[i].name, m->key))
			continue;
		if (name_replaces(
			    m, v->shipped, v->calendars.at[i].shipped, v->diag))
			v->calendars.at[i] = *fresh;
		return;
	}
	vec_push(v->a, &v->calendars, *fresh);
}

static void read_calendar(struct vocabulary *v, const struct yaml_member *m)
{
	struct named_calendar fresh = {.name = m->key,
		.calendar = {.zone = zone_utc(v->a)},
		.shipped = v->shipped,
		.loc = m->key_loc};
	struct calendar_reader reader = {v, &fresh.calendar};

	if (!name_check(m, v->diag))
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
	enter(v, m, &fresh);
}

void calendars_read(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		read_calendar(into, &value->members[i]);
}
