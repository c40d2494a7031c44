/*
 * Order and deadlines: what must come before or after, and how soon. Shape 4,
 * `must_be_followed_by` (Response) and `must_be_preceded_by` (Precedence).
 *
 * Followed: one backward scan that knows, per key, the next partner and the
 * next exception. Preceded: one forward scan that knows the last ones. Each
 * activation is judged when the scan meets it, before the row itself becomes a
 * partner, so that no row is its own partner. O(N), whatever the size of a key.
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

	(void)key;
	(void)diag;
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

static void finish(struct rule_reader *reader)
{
	struct rule *rule = reader->rule;
	const struct plan *plan = rule->plan;

	if (rule->for_thing)
		shape_complain(reader, DIAG_WRONG_TYPE,
			"order is about events, not about a thing");
	if (!plan->is_preceded && rule->limit == LIMIT_NONE)
		shape_complain(reader, DIAG_MISSING_WITHIN,
			"`must_be_followed_by` needs `within` (a duration or "
			"`the log`)");
	shape_check_keys(reader,
		SHAPE_SAME | SHAPE_UNLESS_EVENT |
			(plan->is_preceded ? SHAPE_WITHIN : SHAPE_DUTY));
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

/* Line 5: an exception after the activation, not after the due time or the
   partner that came late, at most `unless.within` later. */
static bool is_excepted_forward(const struct work *work, uint32_t k, row e,
	const struct judgement *judgement)
{
	const struct rule *rule = work->check->rule;
	row x = work->near_exception[k];
	int64_t last = judgement->due;

	if (x == ROW_NONE)
		return false;
	if (judgement->partner != ROW_NONE &&
		time_of(work, judgement->partner) < last)
		last = time_of(work, judgement->partner);
	if (rule->has_unless_within) {
		int64_t limit = calendar_window(
			rule->calendar, time_of(work, e), rule->unless_within);

		last = limit < last ? limit : last;
	}
	return time_of(work, x) <= last;
}

static void judge_followed(
	const struct work *work, uint32_t k, row e, struct judgement *judgement)
{
	row b = work->near_partner[k];

	judgement->partner = b;
	if (b != ROW_NONE && time_of(work, b) <= judgement->due) {
		set_verdict(judgement, VERDICT_OK, REASON_NONE);
	} else if (is_excepted_forward(work, k, e, judgement)) {
		set_verdict(judgement, VERDICT_NOT_APPLICABLE, REASON_NONE);
	} else if (judgement->due > work->horizon.end) {
		set_verdict(judgement, VERDICT_PENDING, REASON_NONE);
	} else if (bits_has(&work->untimed, k)) {
		set_verdict(judgement, VERDICT_UNKNOWN, REASON_UNTIMED);
	} else if (time_of(work, e) < work->horizon.start) {
		/* The partner may lie between the activation and the first
		   day that its source holds. */
		set_verdict(
			judgement, VERDICT_UNKNOWN, REASON_BEFORE_LOG_START);
	} else if (b != ROW_NONE) {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_LATE);
		judgement->repaired_at = time_of(work, b);
	} else if (work->first_partner[k] != ROW_NONE &&
		   work->first_partner[k] < e) {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_WRONG_ORDER);
		judgement->partner = work->first_partner[k];
	} else {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_MISSING);
	}
}

/* The instant from which the clock of an activation runs. */
static int64_t anchor_of(const struct work *work, row e)
{
	const struct event_table *events = work->check->facts->events;

	if (!check_is_timed(work->check, e))
		return CELL_ABSENT;
	if (work->anchor == WORD_NONE)
		return events->time[e];
	return events->cells.columns[work->anchor].values[e];
}

static void judge_activation_followed(
	const struct work *work, uint32_t k, row e)
{
	struct check *check = work->check;
	struct judgement judgement = check_start(e);
	int64_t anchor = anchor_of(work, e), done = CELL_ABSENT;

	judgement.key = check_key(&work->keys, k);
	if (check_settles(check, &work->activations, &judgement))
		return;
	if (!cell_is_value(anchor)) {
		set_verdict(&judgement, VERDICT_UNKNOWN, REASON_NO_TIME);
		check_judge(check, &judgement);
		return;
	}
	judgement.due = judgement.at = check_due(check, anchor);
	judge_followed(work, k, e, &judgement);
	if (judgement.verdict == VERDICT_PENDING)
		check_mark_close(check, &judgement, anchor);
	if (work->near_partner[k] != ROW_NONE)
		done = time_of(work, work->near_partner[k]);
	check_add_obligation(check, &judgement, anchor, done);
	check_judge(check, &judgement);
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
	       time_of(work, e) <= calendar_window(rule->calendar,
					   time_of(work, x),
					   rule->unless_within);
}

/* Line 8: a partner before the horizon could still be valid at `e`. */
static bool may_lie_before(const struct work *work, uint32_t k, row e)
{
	const struct rule *rule = work->check->rule;
	int64_t start = work->horizon.start;

	if (start == INT64_MIN || bits_has(&work->born, k))
		return false;
	return !work->reads_back || calendar_window(rule->calendar, start - 1,
					    rule->within) >= time_of(work, e);
}

static void judge_preceded(
	const struct work *work, uint32_t k, row e, struct judgement *judgement)
{
	const struct rule *rule = work->check->rule;
	row p = work->near_partner[k];

	judgement->partner = p;
	if (p != ROW_NONE &&
		(!work->reads_back ||
			time_of(work, e) <= calendar_window(rule->calendar,
						    time_of(work, p),
						    rule->within))) {
		set_verdict(judgement, VERDICT_OK, REASON_NONE);
	} else if (is_excepted_backward(work, k, e)) {
		set_verdict(judgement, VERDICT_NOT_APPLICABLE, REASON_NONE);
	} else if (bits_has(&work->untimed, k)) {
		set_verdict(judgement, VERDICT_UNKNOWN, REASON_UNTIMED);
	} else if (may_lie_before(work, k, e)) {
		set_verdict(
			judgement, VERDICT_UNKNOWN, REASON_BEFORE_LOG_START);
	} else if (p != ROW_NONE) {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_EXPIRED);
	} else if (work->last_partner[k] != ROW_NONE &&
		   work->last_partner[k] > e) {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_WRONG_ORDER);
		judgement->partner = work->last_partner[k];
	} else {
		set_verdict(judgement, VERDICT_VIOLATED, REASON_MISSING);
	}
}

static void judge_activation_preceded(
	const struct work *work, uint32_t k, row e)
{
	struct check *check = work->check;
	struct judgement judgement = check_start(e);

	judgement.key = check_key(&work->keys, k);
	if (check_settles(check, &work->activations, &judgement))
		return;
	judgement.at = time_of(work, e);
	judge_preceded(work, k, e, &judgement);
	check_judge(check, &judgement);
}

/* ---- the scans ---- */

/* Judges the activation of row `e` once per key value. */
static void judge_row(const struct work *work, row e)
{
	struct check *check = work->check;
	struct judgement judgement = check_start(e);
	uint32_t n;
	const uint32_t *of = keys_of(&work->keys, e, &n);

	if (n == 0) {
		if (check_settles(check, &work->activations, &judgement))
			return;
		set_verdict(&judgement, VERDICT_UNKNOWN, REASON_NO_KEY);
		check_judge(check, &judgement);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (work->plan->is_preceded)
			judge_activation_preceded(work, of[i], e);
		else
			judge_activation_followed(work, of[i], e);
	}
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
	struct check *check = work->check;
	const struct bits *rows = &work->activations.rows;

	for (size_t e = bits_next(rows, check->facts->events->n_timed);
		e < rows->n; e = bits_next(rows, e + 1)) {
		struct judgement judgement = check_start((row)e);
		uint32_t n;

		keys_of(&work->keys, (row)e, &n);
		if (check_settles(check, &work->activations, &judgement))
			continue;
		set_verdict(&judgement, VERDICT_UNKNOWN,
			n ? REASON_NO_TIME : REASON_NO_KEY);
		check_judge(check, &judgement);
	}
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
	struct form_rows partners = sets_form(
		check->sets, check->a, &work->plan->partner);
	struct bits all = bits_new(check->a, check->facts->events->n);

	work->partners = partners.rows;
	check->outcome->undecided_partners = partners.undecided;
	check->outcome->partner_never_seen = bits_count(&partners.rows) == 0;
	work->exceptions =
		sets_form(check->sets, check->a, &rule->unless_event).rows;
	work->activations = check_activations(check, NULL);
	bits_or(&all, &work->activations.rows);
	bits_or(&all, &work->partners);
	bits_or(&all, &work->exceptions);
	work->keys = check_keys(check, &rule->same, &all);
	work->untimed = check_untimed_keys(check, &work->keys, &work->partners);
	work->horizon = check_horizon(check, &work->plan->partner);
	work->near_partner = check_no_rows(check, work->keys.n);
	work->near_exception = check_no_rows(check, work->keys.n);
	work->reads_back = rule->limit == LIMIT_PERIOD;
	work->anchor = rule->starting_from == WORD_NONE
			       ? WORD_NONE
			       : facts_column(check->facts, rule->starting_from,
					 COLUMN_TIME);
}

static void check_all(struct check *check, const struct rule *rule)
{
	struct work work = {.check = check, .plan = rule->plan};
	uint32_t n_timed = check->facts->events->n_timed;

	prepare(&work, rule);
	if (work.plan->is_preceded) {
		work.last_partner = last_rows(&work);
		work.born = check_born(check, &work.keys, work.horizon.start);
		for (row e = 0; e < n_timed; e++)
			visit(&work, e);
	} else {
		work.first_partner = check_first_rows(
			check, &work.keys, &work.partners);
		for (row e = n_timed; e-- > 0;)
			visit(&work, e);
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
