/*
 * References: no orphan. Shape 3, `must_refer_to`; an inclusion dependency. An
 * instance is known by a birth event or a row of its register; if the thing
 * has neither, by any other event with its key. A bitmap over symbols: O(N).
 */
#include "rule/check.h"
#include "rule/shape_read.h"

struct plan {
	const struct yaml_node *by_node;
	uint32_t thing, by; /* by: word */
	bool must_exist_by_then;
};

static void init(struct rule_reader *reader)
{
	struct plan *plan = arena_new(reader->v->a, struct plan);

	plan->thing = plan->by = WORD_NONE;
	reader->rule->plan = plan;
}

static void read_thing(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct plan *plan = r->rule->plan;

	(void)key;
	plan->thing = vocabulary_thing(r->v, value->text);
	if (plan->thing == WORD_NONE)
		yaml_complain(diag, DIAG_UNKNOWN_WORD, value,
			"there is no thing '%.*s'", STR_ARG(value->text));
}

static void read_by(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct test_reader tests = vocabulary_test_reader(r->v);
	struct plan *plan = r->rule->plan;

	(void)key;
	(void)diag;
	plan->by = where_word(&tests, value);
}

static void read_by_then(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct plan *plan = ((struct rule_reader *)into)->rule->plan;

	(void)key;
	yaml_bool(value, &plan->must_exist_by_then, diag);
}

static const struct yaml_key own_keys[] = {
	{STR_INIT("must_refer_to"), true, YAML_TEXT, read_thing, 0},
	{STR_INIT("by"), true, YAML_TEXT, read_by, 0},
	{STR_INIT("must_exist_by_then"), false, YAML_TEXT, read_by_then, 0},
};

static void finish(struct rule_reader *reader)
{
	struct rule *rule = reader->rule;
	const struct plan *plan = rule->plan;

	if (rule->for_thing)
		shape_complain(reader, DIAG_WRONG_TYPE,
			"a reference is made by events, not by a thing");
	shape_check_keys(reader, SHAPE_WITHIN | SHAPE_UNLESS_EVENT);
	if (plan->thing == WORD_NONE || plan->by == WORD_NONE)
		return;
	rule_use_thing(reader, plan->thing);
	rule_use_word(reader, &rule->for_each, plan->by, COLUMN_SYM);
}

/* When each key value of the thing was first known, per symbol. */
struct known {
	const struct thing *thing;
	bool by_any_event; /* neither birth nor register */
	int64_t *since;    /* INT64_MAX: not known; INT64_MIN: always */
	row *first;        /* by_any_event: first and second row with it */
	row *second;
};

static void learn(struct known *known, sym value, row e, int64_t since)
{
	if (since < known->since[value])
		known->since[value] = since;
	if (known->first[value] == ROW_NONE)
		known->first[value] = e;
	else if (known->second[value] == ROW_NONE)
		known->second[value] = e;
}

/* Rows that make instances known. */
static struct bits known_rows(const struct check *check, struct known *known)
{
	const struct facts *facts = check->facts;
	const struct thing *thing = known->thing;
	struct bits rows =
		sets_form(check->sets, check->a, &thing->starts_with).rows;
	size_t source = facts_find_source(facts, thing->listed_in);

	known->by_any_event = thing->starts_with.events.n == 0 &&
			      thing->listed_in.len == 0;
	for (row e = 0; e < facts->events->n; e++)
		if (known->by_any_event
				? facts_is_live(facts, e)
				: source < facts->n_sources &&
					  facts_source(facts, e) == source)
			bits_add(&rows, e);
	return rows;
}

static struct known find_known(struct check *check, const struct plan *plan)
{
	const struct facts *facts = check->facts;
	size_t n = intern_count(facts->strings);
	struct known known = {.thing = &check->v->things.at[plan->thing],
		.since = arena_array(check->a, int64_t, n),
		.first = arena_array(check->a, row, n),
		.second = arena_array(check->a, row, n)};
	struct bits rows = known_rows(check, &known);
	size_t source = facts_find_source(facts, known.thing->listed_in);
	uint32_t column = facts_column(facts, known.thing->key, COLUMN_SYM);

	for (size_t i = 0; i < n; i++) {
		known.since[i] = INT64_MAX;
		known.first[i] = known.second[i] = ROW_NONE;
	}
	for (size_t e = bits_next(&rows, 0); column != WORD_NONE && e < rows.n;
		e = bits_next(&rows, e + 1)) {
		bool registered = source < facts->n_sources &&
				  facts_source(facts, (row)e) == source;
		int64_t since = registered || !check_is_timed(check, (row)e)
					? INT64_MIN
					: facts->events->time[e];
		uint32_t n_syms;
		const sym *syms = table_syms(
			&facts->events->cells, column, (row)e, &n_syms);

		for (uint32_t i = 0; i < n_syms; i++)
			learn(&known, syms[i], (row)e, since);
	}
	return known;
}

static bool is_known(const struct known *known, sym value, row e)
{
	if (known->since[value] == INT64_MAX)
		return false;
	/* Where any event counts, a row does not make itself known. */
	return !known->by_any_event || known->first[value] != e ||
	       known->second[value] != ROW_NONE;
}

/* The instance may lie before the log, or the log holds them all. */
static bool is_missing(
	const struct check *check, const struct known *known, row e)
{
	const struct rule *rule = check->rule;
	struct horizon horizon = check_horizon(
		check, &known->thing->starts_with);

	if (known->thing->complete || horizon.start == INT64_MIN)
		return true;
	return rule->limit == LIMIT_PERIOD && check_is_timed(check, e) &&
	       calendar_window(rule->calendar, horizon.start - 1,
		       rule->within) < check->facts->events->time[e];
}

static void judge_value(struct check *check, const struct plan *plan,
	const struct known *known, const sym *value,
	const struct judgement *start)
{
	struct judgement judgement = *start;
	row e = start->event;
	const struct event_table *events = check->facts->events;

	judgement.key = value;
	if (check_is_timed(check, e))
		judgement.at = events->time[e];
	judgement.verdict = VERDICT_OK;
	if (!is_known(known, *value, e)) {
		judgement.verdict = is_missing(check, known, e)
					    ? VERDICT_VIOLATED
					    : VERDICT_UNKNOWN;
		judgement.reason = judgement.verdict == VERDICT_VIOLATED
					   ? REASON_MISSING
					   : REASON_BEFORE_LOG_START;
	} else if (plan->must_exist_by_then && !check_is_timed(check, e)) {
		judgement.verdict = VERDICT_UNKNOWN;
		judgement.reason = REASON_NO_TIME;
	} else if (plan->must_exist_by_then &&
		   known->since[*value] > events->time[e]) {
		judgement.verdict = VERDICT_VIOLATED;
		judgement.reason = REASON_WRONG_ORDER;
		judgement.partner = known->first[*value];
	}
	check_judge(check, &judgement);
}

static void check_all(struct check *check, const struct rule *rule)
{
	const struct plan *plan = rule->plan;
	struct activations activations = check_activations(check, NULL);
	struct known known = find_known(check, plan);
	uint32_t column = facts_column(check->facts, plan->by, COLUMN_SYM);

	vec_push(check->a, &check->outcome->key_words, plan->by);
	for (size_t e = bits_next(&activations.rows, 0); e < activations.rows.n;
		e = bits_next(&activations.rows, e + 1)) {
		struct judgement judgement = check_start((row)e);
		uint32_t n = 0;
		const sym *values =
			column == WORD_NONE
				? NULL
				: table_syms(&check->facts->events->cells,
					  column, (row)e, &n);

		if (check_settles(check, &activations, &judgement))
			continue;
		if (n == 0) {
			judgement.verdict = VERDICT_UNKNOWN;
			judgement.reason = REASON_NO_KEY;
			check_judge(check, &judgement);
		}
		for (uint32_t i = 0; i < n; i++)
			judge_value(
				check, plan, &known, &values[i], &judgement);
	}
}

static struct str describe(struct arena *a, const struct check *check,
	const struct rule *rule, const struct judgement *judgement)
{
	const struct plan *plan = rule->plan;
	struct str thing = check->v->things.at[plan->thing].name;

	if (judgement->reason == REASON_WRONG_ORDER)
		return arena_print(
			a, "refers to a %.*s that began later", STR_ARG(thing));
	return arena_print(
		a, "refers to a %.*s that does not exist", STR_ARG(thing));
}

const struct shape shape_reference = {
	.name = STR_INIT("must_refer_to"),
	.keys = own_keys,
	.n_keys = 3,
	.n_heads = 1,
	.init = init,
	.finish = finish,
	.check = check_all,
	.describe = describe,
};
