#include "ingest/binding.h"

struct reader {
	struct arena *a;
	struct binding *binding;
};

static void read_is(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct binding *binding = ((struct reader *)into)->binding;

	(void)key;
	(void)diag;
	binding->is_constant = true;
	binding->constant = value->text;
	binding->loc = value->loc;
	binding->span = value->span;
}

static void read_column(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct binding *binding = ((struct reader *)into)->binding;

	(void)key;
	(void)diag;
	binding->column = value->text;
	binding->loc = value->loc;
	binding->span = value->span;
}

static void read_words(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct reader *r = into;

	(void)key;
	r->binding->has_words = true;
	for (uint32_t i = 0; i < value->n; i++) {
		const struct yaml_member *m = &value->members[i];
		struct word_pair pair = {m->key, m->value->text};

		if (m->value->kind != YAML_SCALAR)
			yaml_complain(diag, DIAG_WRONG_TYPE, m->value,
				"the word for '%.*s' must be a text",
				STR_ARG(m->key));
		else
			vec_push(r->a, &r->binding->words, pair);
	}
}

static const struct yaml_key keys[] = {
	{STR_INIT("is"), false, YAML_TEXT, read_is, 0},
	{STR_INIT("column"), false, YAML_TEXT, read_column, 0},
	{STR_INIT("words"), false, YAML_MAP_ONLY, read_words, 0},
};

static void read_map(
	struct reader *r, const struct yaml_node *map, struct diag *diag)
{
	const struct binding *binding = r->binding;

	yaml_read_map(map, keys, sizeof(keys) / sizeof(keys[0]), false,
		"a binding", r, diag);
	if (binding->is_constant == (binding->column.len > 0))
		yaml_complain(diag, DIAG_MISSING_KEY, map,
			"the binding of '%.*s' needs either a column or `is`",
			STR_ARG(binding->field));
}

void binding_read(struct arena *a, const struct yaml_node *map,
	bool from_profile, struct binding_vec *out, struct diag *diag)
{
	for (uint32_t i = 0; i < map->n; i++) {
		const struct yaml_member *m = &map->members[i];
		struct binding binding = {
			.field = m->key, .from_profile = from_profile};
		struct reader reader = {a, &binding};

		if (m->value->kind == YAML_LIST) {
			yaml_complain(diag, DIAG_WRONG_TYPE, m->value,
				"'%.*s' must be bound to a column, {is: TEXT} "
				"or {column, words}",
				STR_ARG(m->key));
			continue;
		}
		if (m->value->kind == YAML_SCALAR)
			read_column(&reader, NULL, m->value, diag);
		else
			read_map(&reader, m->value, diag);
		vec_push(a, out, binding);
	}
}

const struct binding *binding_find(
	const struct binding_vec *bindings, struct str field)
{
	for (size_t i = 0; i < bindings->n; i++)
		if (str_equal(bindings->at[i].field, field))
			return &bindings->at[i];
	return NULL;
}
