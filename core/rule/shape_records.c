/*
 * Records of a thing: the dossier of one thing is complete. Shape 2,
 * `require_records`; Existence of each record by a due time. A thing is
 * activated by its birth, or by its first event if it has no `starts_with`.
 *
 * One scan finds the earliest record per key and form, another judges the
 * activations: O(N + K * forms).
 */
#include "rule/check.h"
#include "rule/shape_read.h"

struct plan {
	struct forms VEC(struct form) records;
};

static void init(struct rule_reader *reader)
{
	reader->rule->plan = arena_new(reader->v->a, struct plan);
}

static void read_records(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct plan *plan = r->rule->plan;
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	if (n == 0)
		yaml_complain(diag, DIAG_EMPTY_VALUE, value,
			"`require_records` names no event");
	for (uint32_t i = 0; i < n; i++) {
		struct form form;

		if (form_read(r->v, items[i], &form, NULL))
			vec_push(r->v->a, &plan->records, form);
	}
}

static const struct yaml_key own_keys[] = {
	{STR_INIT("require_records"), true, YAML_LIST_ONLY, read_records, 0},
};

static void finish(struct rule_reader *reader)
{
	struct rule *rule = reader->rule;
	struct plan *plan = rule->plan;

	if (!shape_may_be_about_thing(reader))
		shape_complain(reader, DIAG_WRONG_TYPE,
			"`require_records` is about a thing, not about events");
	if (rule_lacks(reader, STR("within")))
		shape_complain(reader, DIAG_MISSING_WITHIN,
			"`require_records` needs `within` (a duration or `the "
			"log`)");
	if (plan->records.n > 64)
		shape_complain(reader, DIAG_TOO_MANY,
			"at most 64 records can be required");
	shape_check_keys(reader, SHAPE_SAME | SHAPE_UNLESS_EVENT | SHAPE_DUTY);
	for (size_t i = 0; i < plan->records.n; i++) {
		rule_use_form(reader, &plan->records.at[i]);
		for (size_t j = 0; j < rule->same.n; j++)
			rule_use_word(reader, &plan->records.at[i],
				rule->same.at[j], COLUMN_SYM);
	}
}

/* What is known per record form. */
struct record {
	struct bits rows;
	row *first;          /* per key: the earliest record, or ROW_NONE */
	struct bits untimed; /* keys with an untimed record */
	struct horizon horizon;
};

struct work {
	struct check *check;
	struct keys keys;
	struct record *records;
	size_t n_records;
	struct bits births; /* rows that may activate */
	row *birth;         /* per key: the activation, or ROW_NONE */
	struct exceptions exceptions;
	struct activations activations;
	uint32_t anchor; /* column of starting_from, or WORD_NONE */
};

/* The state of one record of one thing. */
static enum verdict judge_record(const struct work *work, size_t i, uint32_t k,
	int64_t due, enum reason *reason)
{
	const struct record *record = &work->records[i];
	const struct event_table *events = work->check->facts->events;
	row first = record->first[k];
	bool is_log = work->check->rule->limit == LIMIT_LOG;

	if (first != ROW_NONE && check_is_timed(work->check, first) &&
		events->time[first] <= due)
		return VERDICT_OK;
	if (is_log && bits_has(&record->untimed, k))
		return VERDICT_OK;
	if (due > record->horizon.end)
		return VERDICT_PENDING;
	if (bits_has(&record->untimed, k)) {
		*reason = REASON_UNTIMED;
		return VERDICT_UNKNOWN;
	}
	*reason = first != ROW_NONE ? REASON_LATE : REASON_MISSING;
	return VERDICT_VIOLATED;
}

/* Violated beats pending beats unknown beats ok. */
static int weight(enum verdict verdict)
{
	static const int weights[VERDICT_N] = {[VERDICT_OK] = 0,
		[VERDICT_UNKNOWN] = 1,
		[VERDICT_PENDING] = 2,
		[VERDICT_VIOLATED] = 3};

	return weights[verdict];
}

/* Judges all records of one thing; `*done` is when the last one was there, or
   CELL_ABSENT. */
static void judge_records(const struct work *work, uint32_t k,
	struct judgement *judgement, int64_t *done)
{
	const struct event_table *events = work->check->facts->events;
	bool complete = true;

	*done = CELL_ABSENT;
	judgement->verdict = VERDICT_OK;
	for (size_t i = 0; i < work->n_records; i++) {
		row first = work->records[i].first[k];
		enum reason reason = REASON_NONE;
		enum verdict verdict = judge_record(
			work, i, k, judgement->due, &reason);

		if (verdict == VERDICT_VIOLATED)
			judgement->failing |= (uint64_t)1 << i;
		if (reason == REASON_LATE)
			judgement->partner = first;
		/* A missing record weighs more than a late one. */
		if (weight(verdict) > weight(judgement->verdict) ||
			(verdict == judgement->verdict &&
				reason == REASON_MISSING)) {
			judgement->verdict = verdict;
			judgement->reason = reason;
		}
		complete &= first != ROW_NONE &&
			    check_is_timed(work->check, first);
		if (complete && events->time[first] > *done)
			*done = events->time[first];
	}
	if (!complete)
		*done = CELL_ABSENT;
}

static void judge_thing(const struct work *work, uint32_t k)
{
	struct check *check = work->check;
	row birth = work->birth[k];
	struct judgement judgement = check_start(birth);
	int64_t anchor = check_anchor(check, work->anchor, birth), done;

	judgement.key = check_key(&work->keys, k);
	if (check_settles(check, &work->activations, &judgement))
		return;
	if (check_lacks_anchor(check, anchor)) {
		judgement.verdict = VERDICT_UNKNOWN;
		judgement.reason = REASON_NO_TIME;
		check_judge(check, &judgement);
		return;
	}
	judgement.due = judgement.at = check_due(check, anchor);
	judge_records(work, k, &judgement, &done);
	if (judgement.verdict != VERDICT_OK &&
		check_is_excepted(&work->exceptions, k, birth))
		judgement.verdict = VERDICT_NOT_APPLICABLE;
	if (judgement.verdict == VERDICT_PENDING)
		check_mark_close(check, &judgement, anchor);
	if (judgement.reason == REASON_LATE)
		judgement.repaired_at = done;
	check_add_obligation(check, &judgement, anchor, done);
	check_judge(check, &judgement);
}

/* ---- the whole rule ---- */

static bool has_birth(const struct check *check)
{
	return check->v->things.at[check->rule->thing].starts_with.events.n > 0;
}

/* Rows that may activate a thing: its births, or every row with its key. */
static struct bits birth_rows(struct check *check)
{
	const struct thing *thing = &check->v->things.at[check->rule->thing];
	struct bits rows;

	if (has_birth(check))
		return check_form(check, &thing->starts_with).rows;
	rows = bits_new(check->scratch, check->facts->events->n);
	for (row e = 0; e < rows.n; e++)
		if (facts_is_live(check->facts, e))
			bits_add(&rows, e);
	return rows;
}

static void find_records(struct work *work, const struct bits *record_rows)
{
	struct check *check = work->check;
	const struct plan *plan = check->rule->plan;

	for (size_t i = 0; i < work->n_records; i++) {
		struct record *record = &work->records[i];

		record->rows = record_rows[i];
		record->first = check_first_rows(
			check, &work->keys, &record->rows);
		record->untimed = check_untimed_keys(
			check, &work->keys, &record->rows);
		record->horizon = check_horizon(check, &plan->records.at[i]);
		check->outcome->partner_never_seen |=
			bits_count(&record->rows) == 0;
	}
}

/* Keys that have a record but no birth are counted, not judged. */
static void count_unborn(struct work *work)
{
	for (uint32_t k = 0; k < work->keys.n; k++) {
		bool seen = false;

		for (size_t i = 0; i < work->n_records; i++)
			seen |= work->records[i].first[k] != ROW_NONE;
		if (seen && work->birth[k] == ROW_NONE)
			work->check->outcome->unborn++;
	}
}

/* A birth that does not say which thing was born. */
static bool is_keyless_birth(const struct work *work, row e)
{
	uint32_t n;

	keys_of(&work->keys, e, &n);
	return n == 0 && has_birth(work->check);
}

static void find_activations(struct work *work)
{
	struct check *check = work->check;
	struct bits rows = bits_new(check->scratch, work->births.n);

	for (uint32_t k = 0; k < work->keys.n; k++)
		if (work->birth[k] != ROW_NONE)
			bits_add(&rows, work->birth[k]);
	for (size_t e = bits_next(&work->births, 0); e < rows.n;
		e = bits_next(&work->births, e + 1))
		if (is_keyless_birth(work, (row)e))
			bits_add(&rows, e);
	work->activations = check_activations(check, &rows);
}

static void judge_keyless(const struct work *work, row e)
{
	struct judgement judgement = check_start(e);

	if (check_settles(work->check, &work->activations, &judgement))
		return;
	judgement.verdict = VERDICT_UNKNOWN;
	judgement.reason = REASON_NO_KEY;
	check_judge(work->check, &judgement);
}

static void judge_things(const struct work *work)
{
	const struct bits *rows = &work->activations.rows;

	for (uint32_t k = 0; k < work->keys.n; k++)
		if (work->birth[k] != ROW_NONE &&
			bits_has(rows, work->birth[k]))
			judge_thing(work, k);
	for (size_t e = bits_next(rows, 0); e < rows->n;
		e = bits_next(rows, e + 1))
		if (is_keyless_birth(work, (row)e))
			judge_keyless(work, (row)e);
}

/* The rows of each record form, and of all of them together in `all`. */
static struct bits *record_rows(
	struct check *check, const struct plan *plan, struct bits *all)
{
	size_t n = plan->records.n;
	struct bits *rows = arena_array(check->scratch, struct bits, n);

	for (size_t i = 0; i < n; i++) {
		struct form_rows found = check_form(
			check, &plan->records.at[i]);

		rows[i] = found.rows;
		check->outcome->undecided_partners += found.undecided;
		bits_or(all, &rows[i]);
	}
	return rows;
}

static void check_all(struct check *check, const struct rule *rule)
{
	const struct plan *plan = rule->plan;
	struct work work = {.check = check,
		.n_records = plan->records.n,
		.records = arena_array(
			check->scratch, struct record, plan->records.n),
		.births = birth_rows(check),
		.anchor = check_anchor_column(check)};
	struct bits all = check_form(check, &rule->unless_event).rows;
	struct bits *rows = record_rows(check, plan, &all);

	bits_or(&all, &work.births);
	work.keys = check_keys(check, &rule->same, &all);
	work.birth = check_first_rows(check, &work.keys, &work.births);
	work.exceptions = check_exceptions(check, &work.keys);
	find_records(&work, rows);
	count_unborn(&work);
	find_activations(&work);
	judge_things(&work);
}

static struct str describe(struct arena *a, const struct check *check,
	const struct rule *rule, const struct judgement *judgement)
{
	const struct plan *plan = rule->plan;
	struct str text = STR("");

	(void)check;
	for (size_t i = 0; i < plan->records.n; i++)
		if (judgement->failing >> i & 1)
			text = arena_print(a, "%.*s%s%.*s", STR_ARG(text),
				text.len ? ", " : "",
				STR_ARG(plan->records.at[i].text));
	return arena_print(a, "no %.*s %s", STR_ARG(text),
		rule->limit == LIMIT_LOG ? "in the log" : "by the due time");
}

const struct shape shape_records = {
	.name = STR_INIT("require_records"),
	.keys = own_keys,
	.n_keys = 1,
	.n_heads = 1,
	.init = init,
	.finish = finish,
	.check = check_all,
	.describe = describe,
};
