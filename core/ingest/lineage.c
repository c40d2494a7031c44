#include "ingest/lineage.h"

#include "ingest/steps.h"

/* Symbols below this have their mode remembered: actions come early. */
#define MEMO_SYMS 4096

static struct lineage_value value_of(struct wanted wanted)
{
	struct lineage_value value = {.wanted = wanted};

	value.is_plain = steps_is_plain(&value.wanted, &value.field);
	return value;
}

static void add_list(const struct lookup *lookup, struct lineage_cells *lineage,
	struct str name, enum ref_mode mode)
{
	struct lineage_list list = {
		value_of(cells_of_column(lookup, name, COLUMN_SYM)), mode};

	vec_push(lookup->a, &lineage->lists, list);
}

static void add_lists(const struct lookup *lookup,
	struct lineage_cells *lineage, const struct name_at_vec *names,
	enum ref_mode mode)
{
	for (size_t i = 0; i < names->n; i++)
		add_list(lookup, lineage, names->at[i].name, mode);
}

static struct lineage_value field_of(
	const struct lookup *lookup, const char *name)
{
	return value_of(cells_of_field(lookup, str_of(name), COLUMN_SYM));
}

void lineage_resolve(struct lineage_cells *lineage, const struct lookup *lookup)
{
	const struct lineage *from = &lookup->source->lineage;

	*lineage = (struct lineage_cells) {
		.action = field_of(lookup, "action"),
		.type = field_of(lookup, "object_type"),
		.id = field_of(lookup, "object_id"),
		.outcome = field_of(lookup, "outcome"),
		.split = from->split,
		.modes = arena_array(lookup->a, uint8_t, MEMO_SYMS),
	};
	add_lists(lookup, lineage, &from->reads, REF_READ);
	add_lists(lookup, lineage, &from->writes, REF_WRITE);
	add_lists(lookup, lineage, &from->replaces, REF_REPLACE);
}

/* What an action does to its record; false if it touches none. */
static bool mode_of(struct str action, enum ref_mode *mode)
{
	static const struct {
		enum action action;
		enum ref_mode mode;
	} modes[] = {
		{ACTION_READ, REF_READ},
		{ACTION_EXPORT, REF_READ},
		{ACTION_CREATE, REF_REPLACE},
		{ACTION_UPDATE, REF_WRITE},
		{ACTION_UPSERT, REF_WRITE},
		{ACTION_CONSENT, REF_REPLACE},
		{ACTION_DECISION, REF_REPLACE},
		{ACTION_OVERRIDE, REF_WRITE},
		{ACTION_CONFIG, REF_WRITE},
		{ACTION_DELETE, REF_DELETE},
		{ACTION_WITHDRAW, REF_DELETE},
	};
	size_t found = kind_find(kind_actions, ACTION_N, action);

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (modes[i].action == found) {
			*mode = modes[i].mode;
			return true;
		}
	return false;
}

/* Splits "type:id@version"; parts that are not there are empty. */
static void split(
	struct str text, struct str *type, struct str *id, struct str *version)
{
	size_t colon = str_find(text, ':');
	size_t at;

	*type = STR("");
	*version = STR("");
	if (colon < text.len) {
		*type = str_slice(text, 0, colon);
		text = str_slice(text, colon + 1, text.len);
	}
	*id = text;
	at = text.len;
	while (at > 0 && text.s[at - 1] != '@')
		at--;
	/* "ann@example.org" is an id: a version is a number. */
	if (at == 0 || at == text.len)
		return;
	for (size_t i = at; i < text.len; i++)
		if (!str_is_digit(text.s[i]))
			return;
	*id = str_slice(text, 0, at - 1);
	*version = str_slice(text, at, text.len);
}

/* What the records of one row have in common. */
struct adder {
	struct value_reader *reader;
	const struct lineage_cells *lineage;
	struct symbols *strings;
	struct event_table *events;
	bool knows_type;
	sym type;   /* of the row's own record, once it is known */
	char split; /* 0: blanks */
	bool changes_own;
	struct ref own; /* if the row changes it by its action */
};

static struct str text_of(
	struct value_reader *reader, const struct lineage_value *value)
{
	return value->is_plain ? values_field(reader, value->field)
			       : values_text(reader, &value->wanted);
}

static sym sym_of(
	struct value_reader *reader, const struct lineage_value *value)
{
	if (value->is_plain)
		return values_sym(reader, value->field);
	return symbols_put(
		&reader->part->strings, values_text(reader, &value->wanted));
}

/* Put when it is first used, so that numbers are those of first sight. */
static sym own_type(struct adder *adder)
{
	if (!adder->knows_type)
		adder->type = sym_of(adder->reader, &adder->lineage->type);
	adder->knows_type = true;
	return adder->type;
}

static bool is_own_change(const struct adder *adder, const struct ref *ref)
{
	return adder->changes_own && ref->mode != REF_READ &&
	       ref->type == adder->own.type && ref->id == adder->own.id;
}

/* A list that names the row's own record says nothing new of a change but its
   version: how the record changes is told by the action. */
static void add_ref(struct adder *adder, struct str item, enum ref_mode mode)
{
	struct str type, id, version;
	struct ref ref = {.mode = (uint8_t)mode};

	split(item, &type, &id, &version);
	if (id.len == 0)
		return;
	ref.type = type.len ? symbols_put(adder->strings, type)
			    : own_type(adder);
	ref.id = symbols_put(adder->strings, id);
	ref.version = symbols_put(adder->strings, version);
	if (is_own_change(adder, &ref)) {
		if (ref.version == 0)
			return;
		ref.mode = adder->own.mode;
	}
	event_add_ref(adder->events, &ref);
}

/* The next item of a list, which is taken off `rest`. */
static struct str next_item(struct str *rest, char split)
{
	size_t end = 0;

	if (split)
		return str_trim(str_cut(rest, split));
	while (end < rest->len && rest->s[end] != ' ' && rest->s[end] != '\t')
		end++;
	return str_cut(rest, end < rest->len ? rest->s[end] : ' ');
}

static void add_items(struct adder *adder, struct str list, enum ref_mode mode)
{
	while (list.len)
		add_ref(adder, next_item(&list, adder->split), mode);
}

static void add_own(struct adder *adder, enum ref_mode mode)
{
	adder->own.type = own_type(adder);
	adder->own.id = sym_of(adder->reader, &adder->lineage->id);
	adder->own.mode = (uint8_t)mode;
	adder->changes_own = mode != REF_READ;
	event_add_ref(adder->events, &adder->own);
}

#define MODE_NONE 0x7f

/* The mode of the row's action, or MODE_NONE. Where the action has a symbol
   already, its mode is looked up once. */
static uint8_t own_mode(
	struct lineage_cells *lineage, struct value_reader *reader)
{
	const struct lineage_value *action = &lineage->action;
	sym known = action->is_plain ? reader->known.at[action->field]
				     : SYM_UNREAD;
	enum ref_mode mode;
	uint8_t found;

	if (known < MEMO_SYMS && lineage->modes[known])
		return (uint8_t)(lineage->modes[known] - 1);
	found = mode_of(text_of(reader, action), &mode) ? (uint8_t)mode
							: MODE_NONE;
	if (known < MEMO_SYMS)
		lineage->modes[known] = (uint8_t)(found + 1);
	return found;
}

static bool has_failed(struct str outcome)
{
	return str_equal(outcome, STR("failed")) ||
	       str_equal(outcome, STR("denied"));
}

static void add_list_items(struct adder *adder, const struct lineage_list *list)
{
	struct value_reader *reader = adder->reader;

	if (list->items.is_plain) {
		add_items(adder, values_field(reader, list->items.field),
			list->mode);
		return;
	}
	values_read(reader, &list->items.wanted);
	for (size_t j = 0; j < reader->values.n; j++)
		add_items(adder, reader->values.at[j], list->mode);
}

void lineage_add(struct lineage_cells *lineage, struct value_reader *reader,
	struct event_table *events)
{
	struct adder adder = {.reader = reader,
		.lineage = lineage,
		.strings = &reader->part->strings,
		.events = events,
		.split = lineage->split};
	uint8_t mode;

	if (has_failed(text_of(reader, &lineage->outcome)))
		return;
	mode = own_mode(lineage, reader);
	if (mode != MODE_NONE && text_of(reader, &lineage->id).len)
		add_own(&adder, (enum ref_mode)mode);
	for (size_t i = 0; i < lineage->lists.n; i++)
		add_list_items(&adder, &lineage->lists.at[i]);
}
