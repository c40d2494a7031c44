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

struct list_reader {
	struct vocabulary *v;
	struct value_list *list;
};

static void read_file(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct list_reader *r = into;
	struct str text;
	uint32_t number;

	(void)key;
	(void)diag;
	if (!vocabulary_read_file(r->v, value, &text, &number))
		return;
	while (text.s)
		add_line(r->v, r->list, str_cut(&text, '\n'));
}

static const struct yaml_key list_keys[] = {
	{STR_INIT("file"), true, YAML_TEXT, read_file, 0},
};

static void read_inline(struct list_reader *r, const struct yaml_node *value)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	for (uint32_t i = 0; i < n; i++)
		if (items[i]->kind == YAML_SCALAR)
			vec_push(r->v->a, &r->list->values,
				str_trim(items[i]->text));
		else
			yaml_complain(r->v->diag, DIAG_WRONG_TYPE, items[i],
				"a list is [texts] or {file: NAME}");
}

static void enter(struct vocabulary *v, const struct yaml_member *m,
	const struct value_list *list)
{
	for (size_t i = 0; i < v->lists.n; i++) {
		if (!str_equal(v->lists.at[i].name, m->key))
			continue;
		if (name_replaces(
			    m, v->shipped, v->lists.at[i].shipped, v->diag))
			v->lists.at[i] = *list;
		return;
	}
	vec_push(v->a, &v->lists, *list);
}

static void read_list(struct vocabulary *v, const struct yaml_member *m)
{
	struct value_list list = {.name = m->key, .shipped = v->shipped};
	struct list_reader reader = {v, &list};

	if (!name_check(m, v->diag))
		return;
	if (m->value->kind == YAML_MAP)
		yaml_read_map(m->value, list_keys, 1, true, "a list of values",
			&reader, v->diag);
	else
		read_inline(&reader, m->value);
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
