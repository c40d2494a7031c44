#include "rule/form.h"

#include "rule/name.h"
#include "rule/where.h"

static void complain_event(struct vocabulary *v, const struct yaml_node *node)
{
	struct str_vec names = {0};

	for (size_t i = 0; i < v->events.n; i++)
		vec_push(v->a, &names, v->events.at[i].name);
	name_complain_unknown(v->diag, node, "event", &names);
}

static bool add_event(
	struct vocabulary *v, const struct yaml_node *node, struct form *out)
{
	uint32_t event = node->kind == YAML_SCALAR
				 ? vocabulary_event(v, node->text)
				 : WORD_NONE;

	if (node->kind != YAML_SCALAR) {
		yaml_complain(v->diag, DIAG_WRONG_TYPE, node,
			"expected the name of an event");
		return false;
	}
	if (event == WORD_NONE) {
		complain_event(v, node);
		return false;
	}
	vec_push(v->a, &out->events, event);
	return true;
}

static bool add_events(
	struct vocabulary *v, const struct yaml_node *value, struct form *out)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);
	bool ok = n > 0;

	for (uint32_t i = 0; i < n; i++) {
		ok &= add_event(v, items[i], out);
		out->text = i == 0 ? items[0]->text
				   : arena_print(v->a, "%.*s or %.*s",
					     STR_ARG(out->text),
					     STR_ARG(items[i]->text));
	}
	return ok;
}

struct form_reader {
	struct vocabulary *v;
	struct form *form;
	const struct yaml_node **within;
	bool ok;
};

static void read_event(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct form_reader *r = into;

	(void)key;
	(void)diag;
	r->ok = add_events(r->v, value, r->form) && r->ok;
}

static void read_where(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct form_reader *r = into;
	struct test_reader tests = vocabulary_test_reader(r->v);

	(void)key;
	(void)diag;
	where_read(&tests, value, &r->form->where);
	r->ok = r->form->where.n == value->n && r->ok;
}

static void read_within(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	*((struct form_reader *)into)->within = value;
}

static const struct yaml_key form_keys[] = {
	{STR_INIT("event"), true, YAML_TEXTS, read_event, 0},
	{STR_INIT("where"), false, YAML_MAP_ONLY, read_where, 0},
	{STR_INIT("within"), false, YAML_TEXT, read_within, 0},
};

bool form_read(struct vocabulary *v, const struct yaml_node *node,
	struct form *out, const struct yaml_node **within)
{
	struct form_reader reader = {v, out, within, true};

	*out = (struct form) {.loc = node->loc, .span = node->span};
	if (within)
		*within = NULL;
	if (node->kind != YAML_MAP)
		return add_events(v, node, out);
	yaml_read_map(node, form_keys, within ? 3 : 2, true, "an event form",
		&reader, v->diag);
	return reader.ok && out->events.n > 0;
}

/* ---- things ---- */

struct thing_reader {
	struct vocabulary *v;
	struct thing *thing;
};

static void read_key(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct thing_reader *r = into;
	struct test_reader tests = vocabulary_test_reader(r->v);

	(void)key;
	(void)diag;
	r->thing->key = where_word(&tests, value);
}

static void read_starts(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct thing_reader *r = into;

	(void)key;
	(void)diag;
	form_read(r->v, value, &r->thing->starts_with, NULL);
}

static void read_ends(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct thing_reader *r = into;

	(void)key;
	(void)diag;
	form_read(r->v, value, &r->thing->ends_with, NULL);
}

static void read_listed(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	((struct thing_reader *)into)->thing->listed_in = value->text;
}

static void read_complete(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_bool(value, &((struct thing_reader *)into)->thing->complete, diag);
}

static const struct yaml_key thing_keys[] = {
	{STR_INIT("key"), true, YAML_TEXT, read_key, 0},
	{STR_INIT("starts_with"), false, YAML_ANY, read_starts, 0},
	{STR_INIT("ends_with"), false, YAML_ANY, read_ends, 0},
	{STR_INIT("listed_in"), false, YAML_TEXT, read_listed, 0},
	{STR_INIT("complete"), false, YAML_TEXT, read_complete, 0},
};

static void resolve_thing(struct vocabulary *v, struct thing *thing)
{
	struct thing_reader reader = {v, thing};

	if (thing->node->kind != YAML_MAP) {
		yaml_complain(v->diag, DIAG_WRONG_TYPE, thing->node,
			"a thing is a map with a key");
		return;
	}
	yaml_read_map(thing->node, thing_keys,
		sizeof(thing_keys) / sizeof(thing_keys[0]), true, "a thing",
		&reader, v->diag);
}

/* ---- events ---- */

struct event_reader {
	struct vocabulary *v;
	struct event_definition *definition;
};

static void read_types(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct event_reader *r = into;
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < n; i++)
		vec_push(r->v->a, &r->definition->types, items[i]->text);
}

static void read_event_where(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct event_reader *r = into;
	struct test_reader tests = vocabulary_test_reader(r->v);

	(void)key;
	(void)diag;
	where_read(&tests, value, &r->definition->where);
}

static void read_source(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	((struct event_reader *)into)->definition->source = value->text;
}

static void read_event_time(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)into;
	(void)key;
	yaml_complain(diag, DIAG_NOT_SUPPORTED, value,
		"a time of its own for an event is not supported by this "
		"version; bind `ts` in a source");
}

static void read_touched(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct event_reader *r = into;
	struct number_vec *things =
		(struct number_vec *)(void *)((char *)r->definition +
					      key->offset);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t thing = vocabulary_thing(r->v, items[i]->text);

		if (thing != WORD_NONE)
			vec_push(r->v->a, things, thing);
		else
			yaml_complain(diag, DIAG_UNKNOWN_WORD, items[i],
				"there is no thing '%.*s'",
				STR_ARG(items[i]->text));
	}
}

#define AT(member) offsetof(struct event_definition, member)

static const struct yaml_key event_keys[] = {
	{STR_INIT("type"), false, YAML_TEXTS, read_types, 0},
	{STR_INIT("where"), false, YAML_MAP_ONLY, read_event_where, 0},
	{STR_INIT("source"), false, YAML_TEXT, read_source, 0},
	{STR_INIT("time"), false, YAML_TEXT, read_event_time, 0},
	{STR_INIT("reads"), false, YAML_TEXTS, read_touched, AT(reads)},
	{STR_INIT("writes"), false, YAML_TEXTS, read_touched, AT(writes)},
	{STR_INIT("replaces"), false, YAML_TEXTS, read_touched, AT(replaces)},
};

static void resolve_definition(
	struct vocabulary *v, struct event_definition *definition)
{
	struct event_reader reader = {v, definition};

	if (definition->node->kind != YAML_MAP) {
		yaml_complain(v->diag, DIAG_WRONG_TYPE, definition->node,
			"an event is a map of type, where, source, reads, "
			"writes and replaces");
		return;
	}
	yaml_read_map(definition->node, event_keys,
		sizeof(event_keys) / sizeof(event_keys[0]), true, "an event",
		&reader, v->diag);
}

void form_resolve_all(struct vocabulary *v)
{
	for (size_t i = 0; i < v->events.n; i++)
		for (size_t j = 0; j < v->events.at[i].definitions.n; j++)
			resolve_definition(
				v, &v->events.at[i].definitions.at[j]);
	for (size_t i = 0; i < v->things.n; i++)
		resolve_thing(v, &v->things.at[i]);
	if (v->default_calendar)
		vocabulary_read_calendar(v, v->default_calendar);
}

/* ---- needs ---- */

static void need_event(struct vocabulary *v, uint32_t number, struct str user)
{
	struct named_event *event = &v->events.at[number];

	event->used = true;
	for (size_t i = 0; i < event->definitions.n; i++) {
		const struct event_definition *d = &event->definitions.at[i];

		if (d->types.n)
			words_need(v->words, v->event_type, COLUMN_SYM, user);
		where_need(&d->where, v->words, user);
	}
}

void form_need(struct vocabulary *v, const struct form *form, struct str user)
{
	for (size_t i = 0; i < form->events.n; i++)
		need_event(v, form->events.at[i], user);
	where_need(&form->where, v->words, user);
}

void form_need_thing(struct vocabulary *v, uint32_t number, struct str user)
{
	const struct thing *thing = &v->things.at[number];

	if (thing->key != WORD_NONE)
		words_need(v->words, thing->key, COLUMN_SYM, user);
	form_need(v, &thing->starts_with, user);
	form_need(v, &thing->ends_with, user);
}
