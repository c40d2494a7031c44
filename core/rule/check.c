#include "rule/check.h"

#include "rule/unknowns.h"
#include "rule/violations.h"

#include <string.h>

struct judgement check_start(row event)
{
	return (struct judgement) {.event = event,
		.partner = ROW_NONE,
		.at = CELL_ABSENT,
		.due = CELL_ABSENT,
		.repaired_at = CELL_ABSENT};
}

struct horizon check_horizon(const struct check *check, const struct form *form)
{
	const struct facts *facts = check->facts;
	struct horizon all = {facts->first, facts->as_of};
	struct horizon horizon = {INT64_MIN, INT64_MAX};
	bool found = false;

	if (facts->closed_log)
		return horizon;
	for (size_t i = 0; i < facts->n_sources; i++) {
		const struct source_facts *source = &facts->sources[i];

		if (form->events.n && !sets_may_come_from(check->sets, form, i))
			continue;
		found = true;
		if (source->start > horizon.start)
			horizon.start = source->start;
		if (source->end < horizon.end)
			horizon.end = source->end;
	}
	return found ? horizon : all;
}

struct form_rows check_form(struct check *check, const struct form *form)
{
	struct form_rows out = sets_form(check->sets, check->scratch, form);

	check->outcome->rows_seen += bits_count(&out.rows);
	return out;
}

/* Days that the rule does not hold for, and rows that have no day. */
static void judge_day(const struct check *check, struct activations *out, row e)
{
	const struct rule *rule = check->rule;
	int64_t day;

	if (!check_is_timed(check, e)) {
		bits_add(&out->no_time, e);
		return;
	}
	day = calendar_local_day(rule->calendar, check->facts->events->time[e]);
	if (day < rule->effective_from || day > rule->effective_to)
		bits_add(&out->outside, e);
}

/* What is known about the tests of a rule while its rows are looked at. */
struct tests {
	struct where_eval *where, *unless;
};

static void activate_word(const struct check *check, const struct tests *tests,
	struct activations *out, size_t w)
{
	struct truths t = where_eval_word(tests->where, w, out->rows.words[w]);

	out->rows.words[w] = t.yes | t.undecided;
	out->undecidable.words[w] = t.undecided;
	if (tests->unless) {
		t = where_eval_word(tests->unless, w, out->rows.words[w]);
		out->excepted.words[w] = t.yes;
		out->undecidable.words[w] |= t.undecided;
	}
	if (!check->rule->has_effective)
		return;
	for (uint64_t rest = out->rows.words[w]; rest; rest &= rest - 1)
		judge_day(check, out,
			(row)(w * 64 + (size_t)__builtin_ctzll(rest)));
}

struct activations check_activations(
	struct check *check, const struct bits *rows)
{
	struct arena scratch = {0};
	const struct facts *facts = check->facts;
	const struct rule *rule = check->rule;
	size_t n = facts->events->n;
	struct tests tests = {
		.where = where_eval_new(&scratch, facts, &rule->where)};
	struct activations out = {.rows = bits_new(check->scratch, n),
		.outside = bits_new(check->scratch, n),
		.excepted = bits_new(check->scratch, n),
		.undecidable = bits_new(check->scratch, n),
		.no_time = bits_new(check->scratch, n)};

	if (rule->unless_where.n)
		tests.unless = where_eval_new(
			&scratch, facts, &rule->unless_where);
	if (rows)
		bits_or(&out.rows, rows);
	else
		out.rows = check_form(check, &rule->for_each).rows;
	for (size_t w = 0; w < bits_words(&out.rows); w++)
		if (out.rows.words[w])
			activate_word(check, &tests, &out, w);
	arena_free(&scratch);
	return out;
}

void check_count(struct check *check, enum verdict verdict, uint64_t n)
{
	check->outcome->activations += n;
	check->outcome->verdicts[verdict] += n;
}

static bool is_excused(const struct activations *activations, row e)
{
	return bits_has(&activations->outside, e) ||
	       bits_has(&activations->excepted, e);
}

bool check_settles(struct check *check, const struct activations *activations,
	struct judgement *judgement)
{
	row e = judgement->event;

	if (!check_is_settled(activations, e))
		return false;
	judgement->verdict = VERDICT_UNKNOWN;
	if (is_excused(activations, e))
		judgement->verdict = VERDICT_NOT_APPLICABLE;
	else if (bits_has(&activations->undecidable, e))
		judgement->reason = REASON_UNREADABLE;
	else
		judgement->reason = REASON_NO_TIME;
	check_judge(check, judgement);
	return true;
}

/* A key that lives as long as the outcome. */
static const sym *keep_key(struct check *check, const sym *key)
{
	size_t n = check->outcome->key_words.n;
	sym *copy;

	if (!key)
		return NULL;
	copy = arena_array(check->a, sym, n);
	memcpy(copy, key, n * sizeof(*copy));
	return copy;
}

void check_judge(struct check *check, const struct judgement *judgement)
{
	struct outcome *outcome = check->outcome;

	outcome->activations++;
	outcome->verdicts[judgement->verdict]++;
	outcome->close += judgement->close;
	if (judgement->verdict == VERDICT_UNKNOWN)
		unknowns_add(&outcome->unknowns[judgement->reason],
			check->facts->events, judgement->event);
	if (judgement->verdict == VERDICT_VIOLATED)
		violations_add(check, judgement);
}

static struct keys keys_over(struct check *check,
	const struct number_vec *words, const struct bits *rows)
{
	uint32_t columns[KEY_PARTS_MAX];
	struct keys keys;

	for (size_t i = 0; i < words->n; i++)
		columns[i] = facts_column(
			check->facts, words->at[i], COLUMN_SYM);
	keys = keys_build(check->scratch, check->facts, columns,
		(uint32_t)words->n, rows);
	if (keys.fan_out)
		check->outcome->fan_out_row = keys.fan_out_row;
	check->outcome->fan_out += keys.fan_out;
	return keys;
}

struct keys check_keys(struct check *check, const struct number_vec *words,
	const struct bits *rows)
{
	struct keys keys = keys_over(check, words, rows);

	for (size_t i = 0; i < words->n; i++)
		vec_push(check->a, &check->outcome->key_words, words->at[i]);
	return keys;
}

row *check_no_rows(struct check *check, uint32_t n)
{
	row *rows = arena_array(check->scratch, row, n);

	for (uint32_t k = 0; k < n; k++)
		rows[k] = ROW_NONE;
	return rows;
}

struct exceptions check_exceptions(struct check *check, const struct keys *keys)
{
	const struct form *form = &check->rule->unless_event;
	struct bits rows = check_form(check, form).rows;
	struct exceptions out = {
		check_no_rows(check, keys->n), check_no_rows(check, keys->n)};

	for (size_t e = bits_next(&rows, 0); e < rows.n;
		e = bits_next(&rows, e + 1)) {
		uint32_t n;
		const uint32_t *of = keys_of(keys, (row)e, &n);

		for (uint32_t i = 0; i < n; i++) {
			if (out.first[of[i]] == ROW_NONE)
				out.first[of[i]] = (row)e;
			else if (out.first[of[i]] != e)
				out.second[of[i]] = (row)e;
		}
	}
	return out;
}

bool check_is_excepted(const struct exceptions *exceptions, uint32_t k, row e)
{
	row first = exceptions->first[k];

	return first != ROW_NONE &&
	       (first != e || exceptions->second[k] != ROW_NONE);
}

struct excuses check_excuses(
	struct check *check, const struct bits *activations)
{
	struct excuses out = {0};
	const struct rule *rule = check->rule;
	struct exceptions exceptions;
	struct keys keys;
	struct bits all;

	if (rule->unless_event.events.n == 0)
		return out;
	all = check_form(check, &rule->unless_event).rows;
	bits_or(&all, activations);
	keys = keys_over(check, &rule->same, &all);
	exceptions = check_exceptions(check, &keys);
	out.rows = bits_new(check->scratch, all.n);
	out.keyless = bits_new(check->scratch, all.n);
	for (size_t e = bits_next(activations, 0); e < all.n;
		e = bits_next(activations, e + 1)) {
		uint32_t n;
		const uint32_t *of = keys_of(&keys, (row)e, &n);

		if (n == 0)
			bits_add(&out.keyless, e);
		for (uint32_t i = 0; i < n; i++)
			if (check_is_excepted(&exceptions, of[i], (row)e))
				bits_add(&out.rows, e);
	}
	return out;
}

/* Adds the births of one thing to the set of born symbols. */
static void add_births(struct check *check, const struct thing *thing,
	int64_t start, struct bits *born)
{
	struct arena scratch = {0};
	const struct event_table *events = check->facts->events;
	uint32_t column = facts_column(check->facts, thing->key, COLUMN_SYM);
	struct bits rows =
		sets_form(check->sets, &scratch, &thing->starts_with).rows;

	for (size_t e = bits_next(&rows, 0);
		column != WORD_NONE && e < events->n_timed;
		e = bits_next(&rows, e + 1)) {
		uint32_t n;
		const sym *syms = table_syms(
			&events->cells, column, (row)e, &n);

		for (uint32_t i = 0; events->time[e] >= start && i < n; i++)
			bits_add(born, syms[i]);
	}
	arena_free(&scratch);
}

struct bits check_born(
	struct check *check, const struct keys *keys, int64_t start)
{
	struct bits out = bits_new(check->scratch, keys->n);
	const struct vocabulary *v = check->v;
	const struct rule *rule = check->rule;

	for (size_t w = 0; w < rule->same.n; w++) {
		struct arena scratch = {0};
		struct bits born = bits_new(
			&scratch, symbols_count(check->facts->strings));

		for (size_t i = 0; i < v->things.n; i++)
			if (v->things.at[i].key == rule->same.at[w] &&
				v->things.at[i].starts_with.events.n)
				add_births(
					check, &v->things.at[i], start, &born);
		for (uint32_t k = 0; k < keys->n; k++)
			if (bits_has(&born,
				    keys->parts[(size_t)k * keys->n_words + w]))
				bits_add(&out, k);
		arena_free(&scratch);
	}
	return out;
}

struct bits check_untimed_keys(const struct check *check,
	const struct keys *keys, const struct bits *rows)
{
	struct bits out = bits_new(check->scratch, keys->n);
	const struct event_table *events = check->facts->events;

	for (size_t e = bits_next(rows, events->n_timed); e < events->n;
		e = bits_next(rows, e + 1)) {
		uint32_t n;
		const uint32_t *of = keys_of(keys, (row)e, &n);

		for (uint32_t i = 0; i < n; i++)
			bits_add(&out, of[i]);
	}
	return out;
}

row *check_first_rows(
	struct check *check, const struct keys *keys, const struct bits *rows)
{
	row *first = check_no_rows(check, keys->n);

	for (size_t e = bits_next(rows, 0); e < rows->n;
		e = bits_next(rows, e + 1)) {
		uint32_t n;
		const uint32_t *of = keys_of(keys, (row)e, &n);

		for (uint32_t i = 0; i < n; i++)
			if (first[of[i]] == ROW_NONE)
				first[of[i]] = (row)e;
	}
	return first;
}

const sym *check_key(const struct keys *keys, uint32_t k)
{
	return keys->n_words ? keys->parts + (size_t)k * keys->n_words : NULL;
}

uint32_t check_anchor_column(const struct check *check)
{
	uint32_t word = check->rule->starting_from;

	return word == WORD_NONE
		       ? WORD_NONE
		       : facts_column(check->facts, word, COLUMN_TIME);
}

int64_t check_anchor(const struct check *check, uint32_t column, row e)
{
	const struct event_table *events = check->facts->events;

	if (column == WORD_NONE)
		return events->time[e];
	return events->cells.columns[column].values[e];
}

bool check_lacks_anchor(const struct check *check, int64_t anchor)
{
	return check->rule->limit != LIMIT_LOG && !cell_is_value(anchor);
}

/* Remembers a period whose end depends on holidays that are not known. */
static void note_year(const struct check *check, int64_t end)
{
	struct outcome *outcome = check->outcome;

	if (!calendar_lacks_holidays(check->rule->calendar, end))
		return;
	if (!outcome->lacks_holidays || end < outcome->without_holidays)
		outcome->without_holidays = end;
	outcome->lacks_holidays = true;
}

int64_t check_window(
	const struct check *check, int64_t start, struct period period)
{
	int64_t end = calendar_window(check->rule->calendar, start, period);

	if (period.unit == PERIOD_BUSINESS_DAYS)
		note_year(check, end);
	return end;
}

int64_t check_due(const struct check *check, int64_t anchor)
{
	const struct calendar *calendar = check->rule->calendar;
	struct period period = check->rule->within;
	int64_t due;

	if (check->rule->limit == LIMIT_LOG)
		return check->facts->as_of;
	due = calendar_due(calendar, anchor, period);
	if (period.unit == PERIOD_BUSINESS_DAYS ||
		(period.unit != PERIOD_SECONDS &&
			calendar->extend != EXTEND_NONE))
		note_year(check, due);
	return due;
}

void check_add_obligation(struct check *check,
	const struct judgement *judgement, int64_t anchor, int64_t done)
{
	struct obligation duty = {.event = judgement->event,
		.key = judgement->key,
		.start = anchor,
		.end = judgement->due,
		.due = judgement->due,
		.done = done,
		.missed = judgement->verdict == VERDICT_VIOLATED};

	if (!check->wants_obligations || !cell_is_value(anchor) ||
		judgement->verdict == VERDICT_NOT_APPLICABLE)
		return;
	if (done != CELL_ABSENT && done < duty.end)
		duty.end = done;
	if (check->facts->as_of < duty.end)
		duty.end = check->facts->as_of;
	if (duty.start >= duty.end)
		return;
	duty.key = keep_key(check, duty.key);
	vec_push(check->a, &check->outcome->obligations, duty);
}

void check_mark_close(
	const struct check *check, struct judgement *judgement, int64_t anchor)
{
	const struct rule *rule = check->rule;

	judgement->close = rule->has_warn_after && cell_is_value(anchor) &&
			   check->facts->as_of > check_window(check, anchor,
							 rule->warn_after);
}
