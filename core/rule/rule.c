#include "rule/rule.h"

#include "base/near.h"
#include "rule/where.h"

#include <stdlib.h>

/* To add a shape, follow the recipe at `struct shape`. */
static const struct shape *const shapes[] = {
	&shape_require,
	&shape_records,
	&shape_reference,
	&shape_unique,
	&shape_order,
	&shape_sequence,
};

#define N_SHAPES (sizeof(shapes) / sizeof(shapes[0]))

/* Keys of the language that this version does not judge by. They are refused,
   so that a rule never means less than it says. */
static const struct str unsupported[] = {
	STR_INIT("any_of"),
	STR_INIT("exactly_one_of"),
	STR_INIT("must_also_have"),
	STR_INIT("must_not_have_both"),
	STR_INIT("must_start_with"),
	STR_INIT("must_end_with"),
	STR_INIT("must_not_be_followed_by"),
	STR_INIT("must_not_be_preceded_by"),
	STR_INIT("must_be_directly_followed_by"),
	STR_INIT("must_be_directly_preceded_by"),
	STR_INIT("must_not_be_directly_followed_by"),
	STR_INIT("must_not_be_directly_preceded_by"),
	STR_INIT("before_the_next"),
	STR_INIT("since_the_last"),
	STR_INIT("each_needs_its_own"),
	STR_INIT("both_ways"),
	STR_INIT("among"),
	STR_INIT("after_at_least"),
	STR_INIT("not_cancelled_by"),
	STR_INIT("valid_until"),
	STR_INIT("count"),
	STR_INIT("at_most"),
	STR_INIT("at_least"),
	STR_INIT("exactly"),
	STR_INIT("per"),
	STR_INIT("different_people"),
	STR_INIT("same_person"),
	STR_INIT("counting_delegates"),
	STR_INIT("path_from"),
	STR_INIT("path_to"),
	STR_INIT("must_pass_through"),
	STR_INIT("must_not_connect"),
	STR_INIT("stopped_by"),
	STR_INIT("every_source"),
	STR_INIT("must_have"),
	STR_INIT("every_copy_must_be"),
	STR_INIT("copies_of"),
	STR_INIT("hash_chain"),
	STR_INIT("quiet_longer_than"),
	STR_INIT("restarts_on"),
};

/* ---- common keys ---- */

static void *target(void *into, const struct yaml_key *key)
{
	return (char *)((struct rule_reader *)into)->rule + key->offset;
}

static void store_text(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct str *text = target(into, key);

	(void)diag;
	*text = str_trim(value->text);
}

static void store_texts(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct str_vec *texts = target(into, key);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)diag;
	for (uint32_t i = 0; i < n; i++)
		vec_push(r->v->a, texts, items[i]->text);
}

static void read_where(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct test_reader tests = vocabulary_test_reader(r->v);

	(void)diag;
	where_read(&tests, value, target(into, key));
}

static bool is_id(struct str text)
{
	if (text.len == 0 || text.len > 64 || text.s[0] < 'A' ||
		text.s[0] > 'Z')
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!(text.s[i] >= 'A' && text.s[i] <= 'Z') &&
			!str_is_digit(text.s[i]) && text.s[i] != '-')
			return false;
	return true;
}

static void read_id(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule *rule = ((struct rule_reader *)into)->rule;

	(void)key;
	rule->id = value->text;
	rule->loc = value->loc;
	rule->span = value->span;
	if (!is_id(value->text))
		yaml_complain(diag, DIAG_BAD_ID, value,
			"an id is capitals, digits and '-', beginning with a "
			"letter, at most 64 of them; found '%.*s'",
			STR_ARG(value->text));
}

static void read_for_each(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	uint32_t thing = value->kind == YAML_SCALAR
				 ? vocabulary_thing(r->v, value->text)
				 : WORD_NONE;

	(void)key;
	(void)diag;
	r->rule->for_thing = thing != WORD_NONE;
	r->rule->thing = thing;
	if (!r->rule->for_thing)
		form_read(r->v, value, &r->rule->for_each, NULL);
}

static void keep_same(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	((struct rule_reader *)into)->same = value;
}

static void keep_calendar(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	((struct rule_reader *)into)->calendar = value;
}

static void keep_starting_from(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	((struct rule_reader *)into)->starting_from = value;
}

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

static void read_within(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule *rule = ((struct rule_reader *)into)->rule;

	(void)key;
	if (str_equal(value->text, STR("the log")))
		rule->limit = LIMIT_LOG;
	else if (str_equal(value->text, STR("its life")))
		rule->limit = LIMIT_LIFE;
	else if (rule_read_period(value, &rule->within, diag))
		rule->limit = LIMIT_PERIOD;
}

static void read_warn_after(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule *rule = ((struct rule_reader *)into)->rule;

	(void)key;
	rule->has_warn_after = rule_read_period(value, &rule->warn_after, diag);
}

/* A map of field tests, or an event form: told apart by the key `event` and
   by being a name. */
static void read_unless(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct test_reader tests = vocabulary_test_reader(r->v);
	const struct yaml_node *within;

	(void)key;
	if (value->kind == YAML_MAP && !yaml_get(value, STR("event"))) {
		where_read(&tests, value, &r->rule->unless_where);
		return;
	}
	if (!form_read(r->v, value, &r->rule->unless_event, &within) || !within)
		return;
	r->rule->has_unless_within = rule_read_period(
		within, &r->rule->unless_within, diag);
}

static void read_severity(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	size_t severity;

	(void)key;
	if (yaml_choice(value, kind_severities, SEVERITY_N, &severity, diag))
		((struct rule_reader *)into)->rule->severity =
			(enum severity)severity;
}

static void read_status(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	size_t status;

	(void)key;
	if (yaml_choice(
		    value, kind_rule_statuses, RULE_STATUS_N, &status, diag))
		((struct rule_reader *)into)->rule->status =
			(enum rule_status)status;
}

static bool read_day(
	const struct yaml_node *node, int64_t *day, struct diag *diag)
{
	if (!node)
		return true;
	if (node->kind == YAML_SCALAR && timestamp_read_day(node->text, day))
		return true;
	yaml_complain(diag, DIAG_BAD_DATE, node,
		"expected a day as YYYY-MM-DD; found '%.*s'",
		STR_ARG(node->text));
	return false;
}

static void read_effective(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule *rule = ((struct rule_reader *)into)->rule;
	const struct yaml_node *from = yaml_get(value, STR("from"));
	const struct yaml_node *to = yaml_get(value, STR("to"));

	(void)key;
	if (value->n != (uint32_t)((from != NULL) + (to != NULL))) {
		yaml_complain(diag, DIAG_UNKNOWN_KEY, value,
			"`effective` has the keys from and to only");
		return;
	}
	rule->effective_from = INT64_MIN;
	rule->effective_to = INT64_MAX;
	rule->has_effective = read_day(from, &rule->effective_from, diag) &&
			      read_day(to, &rule->effective_to, diag);
	if (rule->has_effective && rule->effective_from > rule->effective_to)
		yaml_complain(diag, DIAG_BAD_DATE, to,
			"`effective` ends before it begins");
}

static void read_mostly(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule *rule = ((struct rule_reader *)into)->rule;
	struct str text = value->text;
	struct decimal hundred = {100, 0}, zero = {0, 0};

	(void)key;
	rule->has_mostly = text.len && text.s[text.len - 1] == '%' &&
			   number_read_decimal(str_slice(text, 0, text.len - 1),
				   &rule->mostly) &&
			   decimal_compare(rule->mostly, zero) >= 0 &&
			   decimal_compare(rule->mostly, hundred) <= 0;
	if (!rule->has_mostly)
		yaml_complain(diag, DIAG_BAD_NUMBER, value,
			"expected a percentage such as 99.5%%; found '%.*s'",
			STR_ARG(text));
}

static void read_must_apply(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	yaml_bool(value, &((struct rule_reader *)into)->rule->must_apply, diag);
}

#define AT(member) offsetof(struct rule, member)

static const struct yaml_key common_keys[] = {
	{STR_INIT("id"), true, YAML_TEXT, read_id, 0},
	{STR_INIT("title"), true, YAML_TEXT, store_text, AT(title)},
	{STR_INIT("for_each"), true, YAML_ANY, read_for_each, 0},
	{STR_INIT("where"), false, YAML_MAP_ONLY, read_where, AT(where)},
	{STR_INIT("same"), false, YAML_TEXTS, keep_same, 0},
	{STR_INIT("within"), false, YAML_TEXT, read_within, 0},
	{STR_INIT("starting_from"), false, YAML_TEXT, keep_starting_from, 0},
	{STR_INIT("warn_after"), false, YAML_TEXT, read_warn_after, 0},
	{STR_INIT("calendar"), false, YAML_TEXT, keep_calendar, 0},
	{STR_INIT("unless"), false, YAML_ANY, read_unless, 0},
	{STR_INIT("severity"), false, YAML_TEXT, read_severity, 0},
	{STR_INIT("status"), false, YAML_TEXT, read_status, 0},
	{STR_INIT("effective"), false, YAML_MAP_ONLY, read_effective, 0},
	{STR_INIT("cites"), false, YAML_TEXTS, store_texts, AT(cites)},
	{STR_INIT("counts_as"), false, YAML_TEXTS, store_texts, AT(counts_as)},
	{STR_INIT("mostly"), false, YAML_TEXT, read_mostly, 0},
	{STR_INIT("must_apply"), false, YAML_TEXT, read_must_apply, 0},
	{STR_INIT("owner"), false, YAML_TEXT, store_text, AT(owner)},
	{STR_INIT("why"), false, YAML_TEXT, store_text, AT(why)},
	{STR_INIT("fix"), false, YAML_TEXT, store_text, AT(fix)},
	{STR_INIT("tags"), false, YAML_TEXTS, store_texts, AT(tags)},
	{STR_INIT("formerly"), false, YAML_TEXTS, store_texts, AT(formerly)},
};

#define N_COMMON (sizeof(common_keys) / sizeof(common_keys[0]))

/* ---- which shape ---- */

/* "must be followed by" and "must_be_followed_by" are one key. */
static bool same_key(struct str key, struct str name)
{
	if (key.len != name.len)
		return false;
	for (size_t i = 0; i < key.len; i++) {
		char c = key.s[i] == ' ' || key.s[i] == '-' ? '_' : key.s[i];

		if (c != name.s[i])
			return false;
	}
	return true;
}

static const struct shape *shape_of_head(struct str key)
{
	for (size_t i = 0; i < N_SHAPES; i++)
		for (size_t j = 0; j < shapes[i]->n_heads; j++)
			if (same_key(key, shapes[i]->keys[j].name))
				return shapes[i];
	return NULL;
}

static bool complain_unsupported(
	struct vocabulary *v, const struct yaml_node *map)
{
	bool found = false;

	for (uint32_t i = 0; i < map->n; i++)
		for (size_t j = 0;
			j < sizeof(unsupported) / sizeof(unsupported[0]); j++) {
			struct yaml_node node = {.loc = map->members[i].key_loc,
				.span = map->members[i].key_span};

			if (!same_key(map->members[i].key, unsupported[j]))
				continue;
			found = true;
			yaml_complain(v->diag, DIAG_NOT_SUPPORTED, &node,
				"'%.*s' is not supported by this version",
				STR_ARG(map->members[i].key));
		}
	return found;
}

/* The shape whose head the map has; NULL after a complaint if it has none or
   the heads of two. */
static const struct shape *find_shape(
	struct vocabulary *v, const struct yaml_node *map)
{
	const struct shape *found = NULL;

	for (uint32_t i = 0; i < map->n; i++) {
		const struct shape *shape = shape_of_head(map->members[i].key);
		struct yaml_node node = {.loc = map->members[i].key_loc,
			.span = map->members[i].key_span};

		if (shape && found && shape != found) {
			yaml_complain(v->diag, DIAG_TWO_SHAPES, &node,
				"'%.*s' is the key of a second shape; a rule "
				"has one",
				STR_ARG(map->members[i].key));
			return NULL;
		}
		if (shape)
			found = shape;
	}
	if (!found)
		yaml_complain(v->diag, DIAG_NO_SHAPE, map,
			"the rule says what it is about, but not what must "
			"hold (no `require`, `must_be_followed_by`, ...)");
	return found;
}

/* Keys of other shapes get their own message; the rest is left to the table. */
static void complain_foreign_keys(struct vocabulary *v,
	const struct yaml_node *map, const struct shape *own,
	struct yaml_key *keys, size_t *n)
{
	for (size_t i = 0; i < N_SHAPES; i++)
		for (size_t j = 0; shapes[i] != own && j < shapes[i]->n_keys;
			j++) {
			struct str name = shapes[i]->keys[j].name;
			struct yaml_key allowed = {.name = name};
			bool known = false;

			for (size_t k = 0; k < *n; k++)
				known |= str_equal(keys[k].name, name);
			if (known)
				continue;
			keys[(*n)++] = allowed;
			for (uint32_t k = 0; k < map->n; k++) {
				struct yaml_node node = {
					.loc = map->members[k].key_loc,
					.span = map->members[k].key_span};

				if (same_key(map->members[k].key, name))
					yaml_complain(v->diag,
						DIAG_KEY_NOT_FOR_SHAPE, &node,
						"'%.*s' does not go with "
						"'%.*s'",
						STR_ARG(name),
						STR_ARG(own->name));
			}
		}
}

/* ---- a whole rule ---- */

static void resolve_same(struct rule_reader *r)
{
	struct test_reader tests = vocabulary_test_reader(r->v);
	struct rule *rule = r->rule;
	uint32_t n;
	const struct yaml_node *const *items;

	if (!r->same) {
		if (rule->for_thing &&
			r->v->things.at[rule->thing].key != WORD_NONE)
			vec_push(r->v->a, &rule->same,
				r->v->things.at[rule->thing].key);
		return;
	}
	if (str_equal(r->same->text, STR("nothing"))) {
		rule->same_nothing = true;
		return;
	}
	items = yaml_items(&r->same, &n);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t word = where_word(&tests, items[i]);

		if (word != WORD_NONE)
			vec_push(r->v->a, &rule->same, word);
	}
	if (rule->same.n > KEY_PARTS_MAX)
		yaml_complain(r->v->diag, DIAG_TOO_MANY, r->same,
			"a key has at most %d parts", KEY_PARTS_MAX);
}

static void resolve_calendar(struct rule_reader *r)
{
	struct str name = r->calendar ? r->calendar->text : STR("");

	r->rule->calendar = vocabulary_calendar(r->v, name);
	if (r->rule->calendar)
		return;
	r->rule->calendar = &r->v->utc;
	if (r->calendar)
		yaml_complain(r->v->diag, DIAG_UNKNOWN_WORD, r->calendar,
			"there is no calendar '%.*s'", STR_ARG(name));
}

static void resolve_starting_from(struct rule_reader *r)
{
	struct test_reader tests = vocabulary_test_reader(r->v);

	r->rule->starting_from = WORD_NONE;
	if (r->starting_from)
		r->rule->starting_from = where_word(&tests, r->starting_from);
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

static void check_common(struct rule_reader *r, const struct yaml_node *map)
{
	struct rule *rule = r->rule;

	if (rule->cites.n == 0 && rule->status != RULE_DRAFT)
		yaml_complain(r->v->diag, DIAG_MISSING_KEY, map,
			"rule %.*s has no `cites`; a rule that is not a draft "
			"names its article or policy",
			STR_ARG(rule->id));
	if (rule->has_warn_after && rule->limit == LIMIT_PERIOD &&
		rule->warn_after.unit == rule->within.unit &&
		rule->warn_after.n >= rule->within.n)
		yaml_complain(r->v->diag, DIAG_WARN_AFTER_WITHIN, map,
			"rule %.*s: `warn_after` must be shorter than `within`",
			STR_ARG(rule->id));
	if (rule->limit == LIMIT_LIFE)
		yaml_complain(r->v->diag, DIAG_NOT_SUPPORTED, map,
			"rule %.*s: `within: its life` is not supported by "
			"this version",
			STR_ARG(rule->id));
}

static void read_rule(
	struct vocabulary *v, const struct yaml_node *map, struct rules *out)
{
	struct rule rule = {.severity = SEVERITY_MEDIUM, .loc = map->loc};
	struct rule_reader reader = {.v = v, .rule = &rule};
	struct yaml_key keys[YAML_TABLE_KEYS];
	size_t n = 0;

	if (map->kind != YAML_MAP) {
		yaml_complain(v->diag, DIAG_WRONG_TYPE, map,
			"a rule is a map with an id, a title and what must "
			"hold");
		return;
	}
	if (complain_unsupported(v, map))
		return;
	rule.shape = find_shape(v, map);
	if (!rule.shape)
		return;
	rule.shape->init(&reader);
	for (size_t i = 0; i < N_COMMON; i++)
		keys[n++] = common_keys[i];
	for (size_t i = 0; i < rule.shape->n_keys; i++)
		keys[n++] = rule.shape->keys[i];
	complain_foreign_keys(v, map, rule.shape, keys, &n);
	yaml_read_map(map, keys, n, true, "a rule", &reader, v->diag);
	resolve_same(&reader);
	resolve_calendar(&reader);
	resolve_starting_from(&reader);
	check_common(&reader, map);
	use_common(&reader);
	rule.shape->finish(&reader);
	vec_push(v->a, out, rule);
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

			if (!str_equal(rule->id, rules->at[j].id))
				continue;
			yaml_complain(diag, DIAG_DUPLICATE_ID, &node,
				"rule id %.*s is given twice",
				STR_ARG(rule->id));
			break;
		}
}
