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
	struct word_pairs *words = &r->binding->words;

	(void)key;
	r->binding->has_words = true;
	vec_reserve(r->a, words, value->n);
	for (uint32_t i = 0; i < value->n; i++) {
		const struct yaml_member *m = &value->members[i];
		struct word_pair pair = {m->key, m->value->text};

		if (m->value->kind == YAML_SCALAR)
			words->at[words->n++] = pair;
		else
			yaml_complain(diag, DIAG_WRONG_TYPE, m->value,
				"the word for '%.*s' must be a text",
				STR_ARG(m->key));
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

static void read_one(
	struct reader *r, const struct yaml_node *value, struct diag *diag)
{
	if (value->kind == YAML_SCALAR)
		read_column(r, NULL, value, diag);
	else if (value->kind == YAML_MAP)
		read_map(r, value, diag);
	else
		yaml_complain(diag, DIAG_WRONG_TYPE, value,
			"'%.*s' must be bound to a column, {is: TEXT} or "
			"{column, words}",
			STR_ARG(r->binding->field));
}

void binding_read(struct arena *a, const struct yaml_node *map,
	bool from_profile, struct binding_vec *out, struct diag *diag)
{
	for (uint32_t i = 0; i < map->n; i++) {
		struct binding binding = {.field = map->members[i].key,
			.from_profile = from_profile};
		struct reader reader = {a, &binding};

		read_one(&reader, map->members[i].value, diag);
		binding_add(a, out, &binding);
	}
}

void binding_add(struct arena *a, struct binding_vec *bindings,
	const struct binding *binding)
{
	vec_push(a, bindings, *binding);
}

const struct binding *binding_find(
	const struct binding_vec *bindings, struct str field)
{
	for (size_t i = 0; i < bindings->n; i++)
		if (str_equal(bindings->at[i].field, field))
			return &bindings->at[i];
	return NULL;
}
