#include "rule/commonkeys.h"

#include "rule/days.h"
#include "rule/keys.h"
#include "rule/name.h"
#include "rule/where.h"

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

static void read_id(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule *rule = ((struct rule_reader *)into)->rule;

	(void)key;
	rule->id = value->text;
	rule->loc = value->loc;
	rule->span = value->span;
	if (!name_is_id(value->text))
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
	r->has_unless_event = true;
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

/* With a status that is none, what only drafts may leave out is not missed. */
static void read_status(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule *rule = ((struct rule_reader *)into)->rule;
	size_t status = RULE_DRAFT;

	(void)key;
	yaml_choice(value, kind_rule_statuses, RULE_STATUS_N, &status, diag);
	rule->status = (enum rule_status)status;
}

static void read_effective(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule *rule = ((struct rule_reader *)into)->rule;
	struct days_span span;

	(void)key;
	rule->has_effective = days_read_span(
		value, "`effective`", false, &span, diag);
	rule->effective_from = span.from;
	rule->effective_to = span.to;
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

const struct yaml_key commonkeys[] = {
	{STR_INIT("id"), true, YAML_TEXT, read_id, 0},
	{STR_INIT("title"), true, YAML_TEXT, store_text, AT(title)},
	{STR_INIT("for_each"), false, YAML_ANY, read_for_each, 0},
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

const size_t commonkeys_n = sizeof(commonkeys) / sizeof(commonkeys[0]);

static void add_same(struct rule_reader *r, uint32_t word)
{
	if (word != WORD_NONE)
		vec_push(r->v->a, &r->rule->same, word);
}

static void read_same(struct rule_reader *r)
{
	struct test_reader tests = vocabulary_test_reader(r->v);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&r->same, &n);

	for (uint32_t i = 0; i < n; i++)
		add_same(r, where_word(&tests, items[i]));
	if (r->rule->same.n > KEY_PARTS_MAX)
		yaml_complain(r->v->diag, DIAG_TOO_MANY, r->same,
			"a key has at most %d parts", KEY_PARTS_MAX);
}

static void resolve_same(struct rule_reader *r)
{
	if (!r->same && r->rule->for_thing)
		/* The key of the thing joins. */
		add_same(r, r->v->things.at[r->rule->thing].key);
	else if (r->same && !str_equal(r->same->text, STR("nothing")))
		read_same(r);
}

static void resolve_calendar(struct rule_reader *r)
{
	if (r->calendar)
		r->rule->calendar = vocabulary_read_calendar(r->v, r->calendar);
	else
		r->rule->calendar = vocabulary_calendar(r->v, STR(""));
	/* A default that is not there is complained about once. */
	if (!r->rule->calendar)
		r->rule->calendar = &r->v->utc;
}

static void resolve_starting_from(struct rule_reader *r)
{
	struct test_reader tests = vocabulary_test_reader(r->v);

	r->rule->starting_from = WORD_NONE;
	if (r->starting_from)
		r->rule->starting_from = where_word(&tests, r->starting_from);
}

/* Rules about paths say `path_to` instead. */
static void check_activation(struct rule_reader *r)
{
	if (rule_lacks(r, STR("for_each")) && rule_lacks(r, STR("path_to")))
		yaml_complain(r->v->diag, DIAG_MISSING_KEY, r->map,
			"a rule lacks the key \"for_each\"");
}

static void check_common(struct rule_reader *r)
{
	struct rule *rule = r->rule;
	struct str called = rule_called(r->v->a, rule);

	if (rule_lacks(r, STR("cites")) && rule->status != RULE_DRAFT)
		yaml_complain(r->v->diag, DIAG_MISSING_KEY, r->map,
			"%.*s has no `cites`; a rule that is not a draft names "
			"its article or policy",
			STR_ARG(called));
	if (rule->has_warn_after && rule->limit == LIMIT_PERIOD &&
		rule->warn_after.unit == rule->within.unit &&
		rule->warn_after.n >= rule->within.n)
		yaml_complain(r->v->diag, DIAG_WARN_AFTER_WITHIN, r->map,
			"%.*s: `warn_after` must be shorter than `within`",
			STR_ARG(called));
	if (rule->limit == LIMIT_LIFE)
		yaml_complain(r->v->diag, DIAG_NOT_SUPPORTED, r->map,
			"%.*s: `within: its life` is not supported by this "
			"version",
			STR_ARG(called));
}

void commonkeys_finish(struct rule_reader *reader)
{
	resolve_same(reader);
	resolve_calendar(reader);
	resolve_starting_from(reader);
	check_activation(reader);
	check_common(reader);
}
