/*
 * References: no orphan. Shape 3, `must_refer_to`; an inclusion dependency. An
 * instance is known by a birth event or a row of its register; if the thing
 * has neither, by any other event with its key. Arrays over symbols: O(N).
 */
#include "rule/check.h"
#include "rule/shape_read.h"

struct plan {
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

/* ---- what is known ---- */

/* Per symbol, what makes the instance of that key known. Where a birth at any
   time will do, births stand in the register too, and `first` and `second`, an
   array over all symbols each, are NULL. */
struct known {
	bool by_any_event;   /* the thing has neither births nor a register */
	row *first, *second; /* births: timed ones in order, then untimed */
	struct bits untimed; /* some birth has no time */
	struct bits registered;
};

struct work {
	struct check *check;
	const struct plan *plan;
	const struct thing *thing;
	uint32_t key; /* column of the thing's key, or WORD_NONE */
	struct known known;
	struct horizon horizon;
	struct activations activations;
	struct excuses excuses;
};

/* The values that a row has for the key of the thing. */
static const sym *key_syms(const struct work *work, row e, uint32_t *n)
{
	*n = 0;
	return work->key == WORD_NONE
		       ? NULL
		       : table_syms(&work->check->facts->events->cells,
				 work->key, e, n);
}

/* Rows that give birth to instances. */
static struct bits birth_rows(const struct work *work)
{
	struct check *check = work->check;
	struct bits rows;

	if (!work->known.by_any_event)
		return check_form(check, &work->thing->starts_with).rows;
	rows = bits_new(check->scratch, check->facts->events->n);
	for (row e = 0; e < rows.n; e++)
		if (facts_is_live(check->facts, e))
			bits_add(&rows, e);
	return rows;
}

static void learn_birth(struct work *work, row e, sym key)
{
	struct known *known = &work->known;

	if (!known->first) {
		bits_add(&known->registered, key);
		return;
	}
	if (!check_is_timed(work->check, e))
		bits_add(&known->untimed, key);
	if (known->first[key] == ROW_NONE)
		known->first[key] = e;
	else if (known->second[key] == ROW_NONE && known->first[key] != e)
		known->second[key] = e;
}

static void learn_births(struct work *work)
{
	struct bits rows = birth_rows(work);

	for (size_t e = bits_next(&rows, 0); e < rows.n;
		e = bits_next(&rows, e + 1)) {
		uint32_t n;
		const sym *syms = key_syms(work, (row)e, &n);

		for (uint32_t i = 0; i < n; i++)
			learn_birth(work, (row)e, syms[i]);
	}
}

static void learn_register(struct work *work)
{
	const struct facts *facts = work->check->facts;
	size_t source = facts_find_source(facts, work->thing->listed_in);

	if (source == facts->n_sources)
		return;
	for (row e = 0; e < facts->events->n; e++) {
		uint32_t n;
		const sym *syms;

		if (facts_source(facts, e) != source)
			continue;
		syms = key_syms(work, e, &n);
		for (uint32_t i = 0; i < n; i++)
			bits_add(&work->known.registered, syms[i]);
	}
}

static void learn(struct work *work)
{
	struct check *check = work->check;
	uint32_t n = (uint32_t)symbols_count(check->facts->strings);

	work->known = (struct known) {
		.by_any_event = work->thing->starts_with.events.n == 0 &&
				work->thing->listed_in.len == 0,
		.untimed = bits_new(check->scratch, n),
		.registered = bits_new(check->scratch, n)};
	if (work->known.by_any_event || work->plan->must_exist_by_then) {
		work->known.first = check_no_rows(check, n);
		work->known.second = check_no_rows(check, n);
	}
	learn_births(work);
	learn_register(work);
}

/* ---- verdicts ---- */

/* The instance cannot lie before the log, or the register holds them all. */
static bool is_missing(const struct work *work, row e)
{
	const struct check *check = work->check;
	const struct rule *rule = check->rule;
	int64_t start = work->horizon.start;

	if (work->thing->complete || start == INT64_MIN)
		return true;
	return rule->limit == LIMIT_PERIOD && check_is_timed(check, e) &&
	       check_window(check, start - 1, rule->within) <
		       check->facts->events->time[e];
}

/* The first birth of an instance. Where any event counts, a row does not make
   itself known. */
static row birth_of(const struct work *work, sym value, row e)
{
	const struct known *known = &work->known;

	if (!known->first)
		return ROW_NONE;
	if (known->by_any_event && known->first[value] == e)
		return known->second[value];
	return known->first[value];
}

/* Rows with a time stand in the order, before those without. */
static void judge_order(
	const struct work *work, sym value, struct judgement *judgement)
{
	row e = judgement->event, birth = birth_of(work, value, e);

	if (!check_is_timed(work->check, e)) {
		judgement->verdict = VERDICT_UNKNOWN;
		judgement->reason = REASON_NO_TIME;
	} else if (birth <= e) {
		judgement->verdict = VERDICT_OK;
	} else if (bits_has(&work->known.untimed, value)) {
		judgement->verdict = VERDICT_UNKNOWN;
		judgement->reason = REASON_UNTIMED;
	} else {
		judgement->verdict = VERDICT_VIOLATED;
		judgement->reason = REASON_WRONG_ORDER;
		judgement->partner = birth;
	}
}

static void judge_instance(
	const struct work *work, sym value, struct judgement *judgement)
{
	row e = judgement->event, birth = birth_of(work, value, e);
	bool is_registered = bits_has(&work->known.registered, value);

	if (is_registered ||
		(birth != ROW_NONE && !work->plan->must_exist_by_then)) {
		judgement->verdict = VERDICT_OK;
	} else if (birth != ROW_NONE) {
		judge_order(work, value, judgement);
	} else if (is_missing(work, e)) {
		judgement->verdict = VERDICT_VIOLATED;
		judgement->reason = REASON_MISSING;
	} else {
		judgement->verdict = VERDICT_UNKNOWN;
		judgement->reason = REASON_BEFORE_LOG_START;
	}
	if (judgement->verdict != VERDICT_OK &&
		bits_has(&work->excuses.rows, e))
		judgement->verdict = VERDICT_NOT_APPLICABLE;
}

/* One verdict per value of the row; one if it has none. */
static void judge_row(
	const struct work *work, row e, const sym *values, uint32_t n)
{
	struct check *check = work->check;
	uint32_t i = 0;

	do {
		struct judgement judgement = check_start(e);

		if (check_settles(check, &work->activations, &judgement))
			continue;
		if (check_is_timed(check, e))
			judgement.at = check->facts->events->time[e];
		if (n == 0 || bits_has(&work->excuses.keyless, e)) {
			judgement.verdict = VERDICT_UNKNOWN;
			judgement.reason = REASON_NO_KEY;
		} else {
			judgement.key = &values[i];
			judge_instance(work, values[i], &judgement);
		}
		check_judge(check, &judgement);
	} while (++i < n);
}

/* True if the register of the thing is not among the inputs. */
static bool lacks_register(struct check *check, const struct thing *thing)
{
	const struct facts *facts = check->facts;

	if (thing->listed_in.len == 0 ||
		facts_find_source(facts, thing->listed_in) < facts->n_sources)
		return false;
	check->outcome->not_evaluable = true;
	check->outcome->why = arena_print(check->a,
		"no input is the source %.*s, which lists each %.*s",
		STR_ARG(thing->listed_in), STR_ARG(thing->name));
	return true;
}

/* The rows among these whose one value is registered. */
static uint64_t registered(
	const struct work *work, uint32_t column, size_t w, uint64_t among)
{
	const sym *cells =
		work->check->facts->events->cells.columns[column].syms + w * 64;
	uint64_t out = 0;

	for (; among; among &= among - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(among);

		/* A list is larger than any symbol of the set. */
		if (bits_has(&work->known.registered, cells[bit]))
			out |= (uint64_t)1 << bit;
	}
	return out;
}

/* Most references lead to something that is known: those are counted, and only
   the others judged one by one. */
static void judge_word(const struct work *work, uint32_t column, size_t w)
{
	const struct table *cells = &work->check->facts->events->cells;
	uint64_t rows = work->activations.rows.words[w];
	uint64_t open = rows & ~check_settled_word(&work->activations, w);
	uint64_t ok;

	if (work->excuses.keyless.n)
		open &= ~work->excuses.keyless.words[w];
	ok = registered(work, column, w, open);
	check_count(work->check, VERDICT_OK, bits_count_word(ok));
	for (uint64_t rest = rows & ~ok; rest; rest &= rest - 1) {
		row e = (row)(w * 64 + (size_t)__builtin_ctzll(rest));
		uint32_t n;
		const sym *values = table_syms(cells, column, e, &n);

		judge_row(work, e, values, n);
	}
}

static void check_all(struct check *check, const struct rule *rule)
{
	const struct facts *facts = check->facts;
	const struct plan *plan = rule->plan;
	struct work work = {.check = check,
		.plan = plan,
		.thing = &check->v->things.at[plan->thing],
		.key = facts_column(facts, check->v->things.at[plan->thing].key,
			COLUMN_SYM)};
	uint32_t column = facts_column(facts, plan->by, COLUMN_SYM);
	const struct bits *rows = &work.activations.rows;

	if (lacks_register(check, work.thing))
		return;
	vec_push(check->a, &check->outcome->key_words, plan->by);
	work.activations = check_activations(check, NULL);
	work.excuses = check_excuses(check, rows);
	work.horizon = check_horizon(check, &work.thing->starts_with);
	check->outcome->log_start = work.horizon.start;
	learn(&work);
	for (size_t w = 0; w < bits_words(rows); w++)
		if (rows->words[w])
			judge_word(&work, column, w);
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
