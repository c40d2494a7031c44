#include "rule/rule.h"

#include "rule/commonkeys.h"
#include "rule/name.h"
#include "rule/shapes.h"
#include "rule/where.h"

bool rule_read_period(
	const struct yaml_node *node, struct period *out, struct diag *diag)
{
	struct diag_item *item;

	if (period_read(node->text, out))
		return true;
	item = yaml_complain(diag, DIAG_BAD_DURATION, node,
		"'%.*s' is not a duration", STR_ARG(node->text));
	diag_help(diag, item,
		STR("write one number and one unit: 72h, 30 days, 1 month, 5 "
		    "business days"));
	return false;
}

bool rule_lacks(const struct rule_reader *reader, struct str key)
{
	const struct yaml_node *map = reader->map, *value;

	for (uint32_t i = 0; i < map->n; i++) {
		value = map->members[i].value;
		if (name_is_key(map->members[i].key, key))
			return value->kind == YAML_LIST && value->n == 0;
	}
	return !map->partial;
}

static void add_use(struct rule_reader *reader, const struct form *form,
	uint32_t word, enum column_form column)
{
	struct use use = {.form = *form, .word = word, .column = column};

	vec_push(reader->v->a, &reader->rule->uses, use);
}

void rule_use_form(struct rule_reader *reader, const struct form *form)
{
	if (form->events.n == 0)
		return;
	form_need(reader->v, form, reader->rule->id);
	add_use(reader, form, WORD_NONE, COLUMN_SYM);
	rule_use_where(reader, form, &form->where);
}

void rule_use_word(struct rule_reader *reader, const struct form *form,
	uint32_t word, enum column_form column)
{
	words_need(reader->v->words, word, column, reader->rule->id);
	add_use(reader, form, word, column);
}

void rule_use_where(struct rule_reader *reader, const struct form *form,
	const struct where *where)
{
	where_need(where, reader->v->words, reader->rule->id);
	for (size_t i = 0; i < where->n; i++)
		add_use(reader, form, where->at[i].word,
			where_form(&where->at[i]));
}

void rule_use_thing(struct rule_reader *reader, uint32_t number)
{
	const struct thing *thing = &reader->v->things.at[number];

	form_need_thing(reader->v, number, reader->rule->id);
	rule_use_form(reader, &thing->starts_with);
	if (thing->key != WORD_NONE)
		rule_use_word(
			reader, &thing->starts_with, thing->key, COLUMN_SYM);
}

/* The events that activate the rule: its form, or the birth of its thing. */
static const struct form *activating_form(const struct rule_reader *reader)
{
	const struct rule *rule = reader->rule;

	return rule->for_thing ? &reader->v->things.at[rule->thing].starts_with
			       : &rule->for_each;
}

static void use_common(struct rule_reader *reader)
{
	struct rule *rule = reader->rule;
	const struct form *form = activating_form(reader);

	if (rule->for_thing)
		rule_use_thing(reader, rule->thing);
	else
		rule_use_form(reader, form);
	rule_use_where(reader, form, &rule->where);
	rule_use_where(reader, form, &rule->unless_where);
	rule_use_form(reader, &rule->unless_event);
	for (size_t i = 0; i < rule->same.n; i++)
		rule_use_word(reader, form, rule->same.at[i], COLUMN_SYM);
	if (rule->starting_from != WORD_NONE)
		rule_use_word(reader, form, rule->starting_from, COLUMN_TIME);
}

/* Reads the keys that all rules share; keys of shapes are known here, so that
   whatever else stands in the rule is misspelt. */
static void read_common(struct rule_reader *reader)
{
	struct yaml_key keys[YAML_TABLE_KEYS] = {0};
	size_t n = 0;

	while (n < commonkeys_n) {
		keys[n] = commonkeys[n];
		n++;
	}
	shapes_add_keys(keys, &n);
	yaml_read_map(
		reader->map, keys, n, true, "a rule", reader, reader->v->diag);
}

/* Reads on after a mistake, so that all of them are told at once. */
static void read_rule(
	struct vocabulary *v, const struct yaml_node *map, struct rules *out)
{
	struct rule rule = {.severity = SEVERITY_MEDIUM,
		.loc = map->loc,
		.shipped = v->shipped};
	struct rule_reader reader = {.v = v, .rule = &rule, .map = map};

	if (map->kind != YAML_MAP) {
		yaml_complain(v->diag, DIAG_WRONG_TYPE, map,
			"a rule is a map with an id, a title and what must "
			"hold");
		return;
	}
	read_common(&reader);
	shapes_read(&reader);
	commonkeys_finish(&reader);
	use_common(&reader);
	if (rule.shape)
		rule.shape->finish(&reader);
	vec_push(v->a, out, rule);
}

struct str rule_called(struct arena *a, const struct rule *rule)
{
	return rule->id.len ? arena_print(a, "rule %.*s", STR_ARG(rule->id))
			    : STR("this rule");
}

void rule_read_list(
	struct vocabulary *v, const struct yaml_node *list, struct rules *out)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&list, &n);

	for (uint32_t i = 0; i < n; i++)
		read_rule(v, items[i], out);
}

void rule_check_ids(const struct rules *rules, struct diag *diag)
{
	for (size_t i = 0; i < rules->n; i++)
		for (size_t j = 0; j < i; j++) {
			const struct rule *rule = &rules->at[i];
			struct yaml_node node = {
				.loc = rule->loc, .span = rule->span};

			if (rule->id.len == 0 ||
				!str_equal(rule->id, rules->at[j].id))
				continue;
			yaml_complain(diag, DIAG_DUPLICATE_ID, &node,
				"rule id %.*s is given twice",
				STR_ARG(rule->id));
			break;
		}
}
