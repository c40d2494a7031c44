#include "ingest/lineage.h"

static void add_list(const struct lookup *lookup, struct lineage_cells *lineage,
	struct str name, enum ref_mode mode)
{
	struct lineage_list list = {
		cells_of_column(lookup, name, COLUMN_SYM), mode};

	vec_push(lookup->a, &lineage->lists, list);
}

static void add_lists(const struct lookup *lookup,
	struct lineage_cells *lineage, const struct name_at_vec *names,
	enum ref_mode mode)
{
	for (size_t i = 0; i < names->n; i++)
		add_list(lookup, lineage, names->at[i].name, mode);
}

void lineage_resolve(struct lineage_cells *lineage, const struct lookup *lookup)
{
	const struct lineage *from = &lookup->source->lineage;

	*lineage = (struct lineage_cells) {
		.action = cells_of_field(lookup, STR("action"), COLUMN_SYM),
		.type = cells_of_field(lookup, STR("object_type"), COLUMN_SYM),
		.id = cells_of_field(lookup, STR("object_id"), COLUMN_SYM),
		.outcome = cells_of_field(lookup, STR("outcome"), COLUMN_SYM),
		.split = from->split,
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
	struct symbols *strings;
	struct event_table *events;
	struct str type; /* of the row's own record */
	char split;      /* 0: blanks */
	bool changes_own;
	struct ref own; /* if the row changes it by its action */
};

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
	ref.type = symbols_put(adder->strings, type.len ? type : adder->type);
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

static void add_own(struct adder *adder, struct str id, struct str action)
{
	enum ref_mode mode;

	if (id.len == 0 || !mode_of(action, &mode))
		return;
	adder->own = (struct ref) {
		.type = symbols_put(adder->strings, adder->type),
		.id = symbols_put(adder->strings, id),
		.mode = (uint8_t)mode};
	adder->changes_own = mode != REF_READ;
	event_add_ref(adder->events, &adder->own);
}

void lineage_add(const struct lineage_cells *lineage,
	struct value_reader *reader, struct event_table *events)
{
	struct str outcome = values_text(reader, &lineage->outcome);
	struct str id = values_text(reader, &lineage->id);
	struct str action = values_text(reader, &lineage->action);
	struct adder adder = {.strings = &reader->part->strings,
		.events = events,
		.type = values_text(reader, &lineage->type),
		.split = lineage->split};

	if (str_equal(outcome, STR("failed")) ||
		str_equal(outcome, STR("denied")))
		return;
	add_own(&adder, id, action);
	for (size_t i = 0; i < lineage->lists.n; i++) {
		const struct lineage_list *list = &lineage->lists.at[i];

		values_read(reader, &list->cells);
		for (size_t j = 0; j < reader->values.n; j++)
			add_items(&adder, reader->values.at[j], list->mode);
	}
}
