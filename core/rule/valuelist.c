#include "rule/valuelist.h"

#include "rule/name.h"
#include "rule/vocabulary.h"

static void add_line(
	struct vocabulary *v, struct value_list *list, struct str line)
{
	line = str_trim(str_slice(line, 0, str_find(line, '#')));
	if (line.len && line.s[line.len - 1] == '\r')
		line = str_trim(str_slice(line, 0, line.len - 1));
	if (line.len)
		vec_push(v->a, &list->values, line);
}

static void read_file(struct vocabulary *v, const struct yaml_node *name,
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
		add_line(v, list, str_cut(&text, '\n'));
}

static void read_inline(struct vocabulary *v, const struct yaml_node *value,
	struct value_list *list)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	for (uint32_t i = 0; i < n; i++)
		vec_push(v->a, &list->values, str_trim(items[i]->text));
}

/* Reads [values] or {file: NAME}; false after a complaint. */
static bool read_values(struct vocabulary *v, const struct yaml_node *value,
	struct value_list *list)
{
	const struct yaml_node *file = NULL;

	if (value->kind != YAML_MAP) {
		read_inline(v, value, list);
		return true;
	}
	file = yaml_get(value, STR("file"));
	if (!file || value->n != 1) {
		yaml_complain(v->diag, DIAG_WRONG_TYPE, value,
			"a list is [values] or {file: NAME}");
		return false;
	}
	read_file(v, file, list);
	return true;
}

static void enter(struct vocabulary *v, const struct yaml_member *m,
	const struct value_list *list)
{
	for (size_t i = 0; i < v->lists.n; i++) {
		if (!str_equal(v->lists.at[i].name, m->key))
			continue;
		if (name_replaces(m, v->shipped, false, v->diag))
			v->lists.at[i] = *list;
		return;
	}
	vec_push(v->a, &v->lists, *list);
}

static void read_list(struct vocabulary *v, const struct yaml_member *m)
{
	struct value_list list = {.name = m->key};

	if (!name_check(m, v->diag) || !read_values(v, m->value, &list))
		return;
	enter(v, m, &list);
}

void valuelist_read(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	for (uint32_t i = 0; i < value->n; i++)
		read_list(into, &value->members[i]);
}
