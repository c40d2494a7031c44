/*
 * Order and deadlines: what must come before or after, and how soon. Shape 4,
 * `must_be_followed_by` (Response) and `must_be_preceded_by` (Precedence).
 *
 * Followed: one backward scan that knows, per key, the next partner and the
 * next exception. Preceded: one forward scan that knows the last ones. Each
 * activation is judged when the scan meets it, before the row itself becomes a
 * partner, so that no row is its own partner. O(N), whatever the size of a key.
 * Only rows that play a part are visited. Most logs have few: with 6,000 among
 * 768,000 a rule takes 1.7 ms, where a look at each row took 4.1.
 */
#include "rule/check.h"
#include "rule/shape_read.h"

struct plan {
	struct form partner;
	bool is_preceded;
};

static void init(struct rule_reader *reader)
{
	reader->rule->plan = arena_new(reader->v->a, struct plan);
}

static void read_followed(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct plan *plan = r->rule->plan;

	if (plan->partner.loc.line)
		yaml_complain(diag, DIAG_TWO_SHAPES, value,
			"'%.*s' is a second thing that must hold; a rule has "
			"one",
			STR_ARG(key->name));
	form_read(r->v, value, &plan->partner, NULL);
}

static void read_preceded(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct plan *plan = ((struct rule_reader *)into)->rule->plan;

	read_followed(into, key, value, diag);
	plan->is_preceded = true;
}

static const struct yaml_key own_keys[] = {
	{STR_INIT("must_be_followed_by"), false, YAML_ANY, read_followed, 0},
	{STR_INIT("must_be_preceded_by"), false, YAML_ANY, read_preceded, 0},
};

/* What is born in the log cannot have a partner before it, so the births of
   all things with such a key are looked at. */
static void need_births(struct rule_reader *reader)
{
	const struct rule *rule = reader->rule;
	struct vocabulary *v = reader->v;

	for (size_t i = 0; i < v->things.n; i++)
		for (size_t j = 0; j < rule->same.n; j++)
			if (v->things.at[i].key == rule->same.at[j])
				form_need(v, &v->things.at[i].starts_with,
					rule->id);
}

static void finish(struct rule_reader *reader)
{
	struct rule *rule = reader->rule;
	const struct plan *plan = rule->plan;

	if (rule->for_thing)
		shape_complain(reader, DIAG_WRONG_TYPE,
			"order is about events, not about a thing");
	if (!plan->is_preceded && rule_lacks(reader, STR("within")))
		shape_complain(reader, DIAG_MISSING_WITHIN,
			"`must_be_followed_by` needs `within` (a duration or "
			"`the log`)");
	shape_check_keys(reader,
		SHAPE_SAME | SHAPE_UNLESS_EVENT |
			(plan->is_preceded ? SHAPE_WITHIN : SHAPE_DUTY));
	if (plan->is_preceded)
		need_births(reader);
	rule_use_form(reader, &plan->partner);
	for (size_t i = 0; i < rule->same.n; i++)
		rule_use_word(
			reader, &plan->partner, rule->same.at[i], COLUMN_SYM);
}

/* What both scans know. */
struct work {
	struct check *check;
	const struct plan *plan;
	struct keys keys;
	struct bits partners, exceptions;
	struct bits all; /* these and the activations */
	struct activations activations;
	struct horizon horizon;
	struct bits untimed; /* keys with an untimed partner */
	struct bits born;    /* preceded: keys born in the log */
	row *near_partner;   /* next or last one so far, per key */
	row *near_exception;
	row *first_partner; /* followed: the first one in the log */
	row *last_partner;  /* preceded: the last one in the log */
	uint32_t anchor;    /* column of starting_from, or WORD_NONE */
	bool reads_back;    /* preceded rule with a period */
};

static int64_t time_of(const struct work *work, row e)
{
	return work->check->facts->events->time[e];
}

static void set_verdict(
	struct judgement *judgement, enum verdict verdict, enum reason reason)
{
	judgement->verdict = verdict;
	judgement->reason = reason;
}

/* ---- followed ---- */

/* Line 5: an exception after the activation, not after the due time, at most
   `unless.within` later. */
static bool is_excepted_forward(
	const struct work *work, uint32_t k, row e, int64_t due)
{
	const struct rule *rule = work->check->rule;
	row x = work->near_exception[k];
	int64_t last = due;

	if (x == ROW_NONE)
		return false;
	if (rule->has_unless_within)
		last = check_window(
			work->check, time_of(work, e), rule->unless_within);
	return time_of(work, x) <= (last < due ? last : due);
}

/* Line 9 says what is wrong, by the partners that there are. */
static void say_why_not_followed(
	const struct work *work, uint32_t k, struct judgement *judgement)
{
	row b = work->near_partner[k], before = work->first_partner[k];
	row e = judgement->event;

	if (b != ROW_NONE) {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_LATE);
		judgement->partner = b;
		judgement->repaired_at = time_of(work, b);
	} else if (before != ROW_NONE && before < e) {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_WRONG_ORDER);
		judgement->partner = before;
		judgement->at = time_of(work, e);
	} else {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_MISSING);
	}
}

static void judge_followed(
	const struct work *work, uint32_t k, struct judgement *judgement)
{
	row e = judgement->event, b = work->near_partner[k];
	int64_t due = judgement->due;
	/* A partner that is not seen could be in time. */
	bool is_open = due >= time_of(work, e);

	if (b != ROW_NONE && time_of(work, b) <= due)
		set_verdict(judgement, VERDICT_OK, REASON_NONE);
	else if (is_excepted_forward(work, k, e, due))
		set_verdict(judgement, VERDICT_NOT_APPLICABLE, REASON_NONE);
	else if (due > work->horizon.end)
		set_verdict(judgement, VERDICT_PENDING, REASON_NONE);
	else if (is_open && bits_has(&work->untimed, k))
		set_verdict(judgement, VERDICT_UNKNOWN, REASON_UNTIMED);
	else if (is_open && time_of(work, e) < work->horizon.start)
		/* It may lie between the activation and the first day that
		   its source holds. */
		set_verdict(
			judgement, VERDICT_UNKNOWN, REASON_BEFORE_LOG_START);
	else
		say_why_not_followed(work, k, judgement);
}

static void judge_duty(
	const struct work *work, uint32_t k, struct judgement *judgement)
{
	struct check *check = work->check;
	row e = judgement->event;
	int64_t anchor = check_anchor(check, work->anchor, e);
	int64_t done = CELL_ABSENT;

	if (check_lacks_anchor(check, anchor)) {
		set_verdict(judgement, VERDICT_UNKNOWN, REASON_NO_TIME);
		return;
	}
	judgement->due = judgement->at = check_due(check, anchor);
	judge_followed(work, k, judgement);
	if (judgement->verdict == VERDICT_PENDING)
		check_mark_close(check, judgement, anchor);
	if (work->near_partner[k] != ROW_NONE)
		done = time_of(work, work->near_partner[k]);
	check_add_obligation(check, judgement, anchor, done);
}

/* ---- preceded ---- */

/* Line 5: an exception before the activation, at most `unless.within`
   earlier. */
static bool is_excepted_backward(const struct work *work, uint32_t k, row e)
{
	const struct rule *rule = work->check->rule;
	row x = work->near_exception[k];

	if (x == ROW_NONE)
		return false;
	return !rule->has_unless_within ||
	       time_of(work, e) <= check_window(work->check, time_of(work, x),
					   rule->unless_within);
}

/* Line 8: a partner before the horizon could still be valid at `e`. */
static bool may_lie_before(const struct work *work, uint32_t k, row e)
{
	const struct rule *rule = work->check->rule;
	int64_t start = work->horizon.start;

	if (start == INT64_MIN || bits_has(&work->born, k))
		return false;
	return !work->reads_back || check_window(work->check, start - 1,
					    rule->within) >= time_of(work, e);
}

/* The window runs forward from the partner. */
static bool is_valid(const struct work *work, row p, row e)
{
	const struct rule *rule = work->check->rule;

	return !work->reads_back ||
	       time_of(work, e) <= check_window(work->check, time_of(work, p),
					   rule->within);
}

static void say_why_not_preceded(
	const struct work *work, uint32_t k, struct judgement *judgement)
{
	row p = work->near_partner[k], after = work->last_partner[k];

	if (p != ROW_NONE) {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_EXPIRED);
		judgement->partner = p;
	} else if (after != ROW_NONE && after > judgement->event) {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_WRONG_ORDER);
		judgement->partner = after;
	} else {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_MISSING);
	}
}

static void judge_preceded(
	const struct work *work, uint32_t k, struct judgement *judgement)
{
	row e = judgement->event, p = work->near_partner[k];

	judgement->at = time_of(work, e);
	if (p != ROW_NONE && is_valid(work, p, e))
		set_verdict(judgement, VERDICT_OK, REASON_NONE);
	else if (is_excepted_backward(work, k, e))
		set_verdict(judgement, VERDICT_NOT_APPLICABLE, REASON_NONE);
	else if (bits_has(&work->untimed, k))
		set_verdict(judgement, VERDICT_UNKNOWN, REASON_UNTIMED);
	else if (may_lie_before(work, k, e))
		set_verdict(
			judgement, VERDICT_UNKNOWN, REASON_BEFORE_LOG_START);
	else
		say_why_not_preceded(work, k, judgement);
}

/* ---- the scans ---- */

static void judge_activation(const struct work *work, uint32_t k, row e)
{
	struct check *check = work->check;
	struct judgement judgement = check_start(e);

	judgement.key = check_key(&work->keys, k);
	if (check_settles(check, &work->activations, &judgement))
		return;
	if (!check_is_timed(check, e))
		set_verdict(&judgement, VERDICT_UNKNOWN, REASON_NO_TIME);
	else if (work->plan->is_preceded)
		judge_preceded(work, k, &judgement);
	else
		judge_duty(work, k, &judgement);
	check_judge(check, &judgement);
}

/* Judges the activation of row `e` once per key value; once if it has none. */
static void judge_row(const struct work *work, row e)
{
	struct check *check = work->check;
	struct judgement judgement = check_start(e);
	uint32_t n;
	const uint32_t *of = keys_of(&work->keys, e, &n);

	for (uint32_t i = 0; i < n; i++)
		judge_activation(work, of[i], e);
	if (n || check_settles(check, &work->activations, &judgement))
		return;
	set_verdict(&judgement, VERDICT_UNKNOWN, REASON_NO_KEY);
	check_judge(check, &judgement);
}

static void visit(struct work *work, row e)
{
	bool is_partner = bits_has(&work->partners, e);
	bool is_exception = bits_has(&work->exceptions, e);
	uint32_t n;
	const uint32_t *of;

	if (bits_has(&work->activations.rows, e))
		judge_row(work, e);
	if (!is_partner && !is_exception)
		return;
	of = keys_of(&work->keys, e, &n);
	for (uint32_t i = 0; i < n; i++) {
		if (is_partner)
			work->near_partner[of[i]] = e;
		if (is_exception)
			work->near_exception[of[i]] = e;
	}
}

/* Activations without a place in the order. */
static void judge_untimed(const struct work *work)
{
	const struct bits *rows = &work->activations.rows;

	for (size_t e = bits_next(rows, work->check->facts->events->n_timed);
		e < rows->n; e = bits_next(rows, e + 1))
		judge_row(work, (row)e);
}

/* Per key, the last partner in the log. */
static row *last_rows(struct work *work)
{
	row *last = check_no_rows(work->check, work->keys.n);
	const struct bits *rows = &work->partners;

	for (size_t e = bits_next(rows, 0);
		e < work->check->facts->events->n_timed;
		e = bits_next(rows, e + 1)) {
		uint32_t n;
		const uint32_t *of = keys_of(&work->keys, (row)e, &n);

		for (uint32_t i = 0; i < n; i++)
			last[of[i]] = (row)e;
	}
	return last;
}

static void prepare(struct work *work, const struct rule *rule)
{
	struct check *check = work->check;
	struct form_rows partners = check_form(check, &work->plan->partner);
	struct bits all = bits_new(check->scratch, check->facts->events->n);

	work->partners = partners.rows;
	check->outcome->undecided_partners = partners.undecided;
	check->outcome->partner_never_seen = bits_count(&partners.rows) == 0;
	work->exceptions = check_form(check, &rule->unless_event).rows;
	work->activations = check_activations(check, NULL);
	bits_or(&all, &work->activations.rows);
	bits_or(&all, &work->partners);
	bits_or(&all, &work->exceptions);
	work->all = all;
	work->keys = check_keys(check, &rule->same, &all);
	work->untimed = check_untimed_keys(check, &work->keys, &work->partners);
	work->horizon = check_horizon(check, &work->plan->partner);
	check->outcome->log_start = work->horizon.start;
	work->near_partner = check_no_rows(check, work->keys.n);
	work->near_exception = check_no_rows(check, work->keys.n);
	work->reads_back = rule->limit == LIMIT_PERIOD;
	work->anchor = check_anchor_column(check);
}

static void check_all(struct check *check, const struct rule *rule)
{
	struct work work = {.check = check, .plan = rule->plan};
	uint32_t n_timed = check->facts->events->n_timed;

	prepare(&work, rule);
	if (work.plan->is_preceded) {
		work.last_partner = last_rows(&work);
		work.born = check_born(check, &work.keys, work.horizon.start);
		for (size_t e = bits_next(&work.all, 0); e < n_timed;
			e = bits_next(&work.all, e + 1))
			visit(&work, (row)e);
	} else {
		work.first_partner = check_first_rows(
			check, &work.keys, &work.partners);
		for (size_t e = bits_previous(&work.all, n_timed);
			e < work.all.n; e = bits_previous(&work.all, e))
			visit(&work, (row)e);
	}
	judge_untimed(&work);
}

static struct str describe(struct arena *a, const struct check *check,
	const struct rule *rule, const struct judgement *judgement)
{
	const struct plan *plan = rule->plan;
	struct str partner = plan->partner.text;

	(void)check;
	switch (judgement->reason) {
	case REASON_LATE:
		return arena_print(
			a, "%.*s came after the due time", STR_ARG(partner));
	case REASON_EXPIRED:
		return arena_print(a, "the last %.*s was no longer valid",
			STR_ARG(partner));
	case REASON_WRONG_ORDER:
		return arena_print(a, "%.*s came %s instead of %s",
			STR_ARG(partner),
			plan->is_preceded ? "after" : "before",
			plan->is_preceded ? "before" : "after");
	default:
		return arena_print(a, "no %.*s %s", STR_ARG(partner),
			plan->is_preceded ? "came before" : "followed");
	}
}

const struct shape shape_order = {
	.name = STR_INIT("must_be_followed_by"),
	.keys = own_keys,
	.n_keys = 2,
	.n_heads = 2,
	.init = init,
	.finish = finish,
	.check = check_all,
	.describe = describe,
};
