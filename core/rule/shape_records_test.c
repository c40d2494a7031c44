#include "shape_random_p.h"

/* c happens in crm only, l in log only. A `seen` has no birth. */
#define WORDS                                                         \
	"{keys: {k: {columns: [k], split: \",\"}},"                   \
	" fields: {n: [n], from: [from], test: [test]},"              \
	" things: {t: {key: k, starts_with: birth}, seen: {key: k}}," \
	" events: {birth: {type: [birth, bx]}, a: {type: [a, ab]},"   \
	" b: {type: [b, ab]}, c: {type: c, source: crm},"             \
	" l: {type: l, source: log},"                                 \
	" x: {type: [x, bx]}}}"

#define RULE "for_each: t, require_records: [a, b]"

/* TRX-010 of the manual's examples. */
Test(shape_records, a_transaction_has_its_full_audit_trail)
{
	static const char words[] =
		"{keys: {order_id: [order_id]}, fields: {channel: [channel]},"
		" things: {transaction: {key: order_id,"
		" starts_with: order_booked}},"
		" events: {order_booked: {type: booked},"
		" price_approved: {type: approved},"
		" invoice_issued: {type: invoiced}, audit_entry: {type: log}}}";
#define TRX_010                                                    \
	"for_each: transaction, require_records: [price_approved," \
	" invoice_issued, audit_entry], within: 2 days, unless:"   \
	" {channel: test}, counts_as: completeness"
	static const struct scene_row rows[] = {
		{TRX_010,
			"+0h booked order_id=O1 | +1h approved order_id=O1 | "
			"+2h log order_id=O1 | +71h invoiced order_id=O1",
			"1 ok"},
		/* The period of two days ends with the second day after. */
		{TRX_010,
			"+0h booked order_id=O1 | +1h approved order_id=O1 | "
			"+2h log order_id=O1 | +72h invoiced order_id=O1",
			"1 violated: late @1 O1"},
		{TRX_010,
			"+0h booked order_id=O1 | +1h approved order_id=O1 | "
			"+2h log order_id=O1 | +99h log order_id=O2",
			"1 violated: missing @1 O1"},
		{TRX_010,
			"+0h booked order_id=O1 | +1h approved order_id=O1 | "
			"+2h log order_id=O1 | +71h log order_id=O2",
			"1 pending"},
		{TRX_010, "+0h booked order_id=O1 channel=test | +99h log",
			"1 not_applicable"},
	};

	SCENE_EXPECT(words, rows);
}

Test(shape_records, each_must_be_there_by_the_due_time)
{
	static const struct scene_row rows[] = {
		{RULE ", within: 2h", "+0h birth k=1 | +2h a k=1 | +1h b k=1",
			"1 ok"},
		/* Also one from before the birth. */
		{RULE ", within: 2h", "+0h a k=1 | +5h birth k=1 | +6h b k=1",
			"1 ok"},
		{RULE ", within: 2h", "+0h birth k=1 | +1h ab k=1", "1 ok"},
		{RULE ", within: 2h",
			"+0h birth k=1 | +1h a k=1 | "
			"2026-01-05T02:00:00.000000001Z b k=1",
			"1 violated: late @1 1"},
		/* Missing weighs more than late. */
		{RULE ", within: 2h", "+0h birth k=1 | +3h b k=1",
			"1 violated: missing @1 1"},
		{RULE ", within: 2h", "+0h birth k=1 | +3h a k=1",
			"1 violated: missing @1 1"},
		{RULE ", within: 2h",
			"+0h birth k=1 | +1h a k=2 | +1h b k=2 | +2h x",
			"1 violated: missing @1 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_records, an_open_duty_is_pending_unless_something_broke_it)
{
	static const struct scene_row rows[] = {
		{RULE ", within: 2h", "+0h birth k=1 | +1h a k=1", "1 pending"},
		{RULE ", within: 2h", "closed | +0h birth k=1 | +1h a k=1",
			"1 violated: missing @1 1"},
		/* crm ends at 01:00, and `a` may come from anywhere. */
		{RULE ", within: 2h",
			"source crm - +1h | +0h birth k=1 | +9h x",
			"1 pending"},
		{"for_each: t, require_records: [c], within: 2h",
			"source crm - +1h | +0h birth k=1 | +9h x",
			"1 pending"},
		{"for_each: t, require_records: [l, c], within: 2h",
			"source crm - +1h | +0h birth k=1 | +9h x",
			"1 violated: missing @1 1"},
		{"for_each: t, require_records: [c, l], within: 2h",
			"source crm - +1h | +0h birth k=1 | +9h x",
			"1 violated: missing @1 1"},
		/* Pending outweighs what an untimed row leaves open. */
		{"for_each: t, require_records: [l, c], within: 2h",
			"source crm - +1h | +0h birth k=1 | untimed l k=1 | "
			"+9h x",
			"1 pending"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_records, untimed_rows_leave_it_open)
{
	static const struct scene_row rows[] = {
		{RULE ", within: 2h",
			"+0h birth k=1 | +1h a k=1 | untimed b k=1 | +9h x",
			"1 unknown"},
		{RULE ", within: 2h",
			"+0h birth k=1 | +1h a k=1 | untimed b k=1 | +5h b k=1",
			"1 unknown"},
		{RULE ", within: 2h",
			"+0h birth k=1 | +1h a k=1 | untimed b k=1 | +2h b k=1",
			"1 ok"},
		{RULE ", within: 2h", "+0h birth k=1 | untimed b k=1 | +9h x",
			"1 violated: missing @1 1"},
		{RULE ", within: 2h", "untimed birth k=1 | +0h ab k=1",
			"1 unknown"},
		/* A birth with a time is the activation. */
		{RULE ", within: 2h",
			"untimed birth k=1 | +0h birth k=1 | +1h ab k=1",
			"1 ok"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_records, within_the_log_is_judged_now)
{
	static const struct scene_row rows[] = {
		{RULE ", within: the log",
			"+0h birth k=1 | untimed a k=1 | +99h b k=1 | "
			"+99h birth k=2",
			"1 ok, 1 violated: missing @4 2"},
		{RULE ", within: the log",
			"as_of +5h | +0h birth k=1 | +1h a k=1 | +6h b k=1",
			"1 violated: missing @1 1"},
		/* No time is needed for it. */
		{RULE ", within: the log",
			"untimed birth k=1 | untimed ab k=1 | "
			"untimed birth k=2",
			"1 ok, 1 violated: missing @3 2"},
		{"for_each: t, require_records: [c], within: the log",
			"source crm - +1h | +0h birth k=1 | +9h x",
			"1 pending"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_records, the_first_birth_activates_the_thing_once)
{
	static const struct scene_row rows[] = {
		{RULE ", within: 2h",
			"+0h birth k=1 | +1h ab k=1 | +5h birth k=1 | +9h x",
			"1 ok"},
		{RULE ", within: 2h",
			"+5h birth k=1 | +0h birth k=1 | +6h ab k=1 | +9h x",
			"1 violated: late @2 1"},
		{RULE ", within: 2h", "+0h birth k=1,2 | +1h ab k=2 | +9h x",
			"1 ok, 1 violated: missing @1 1"},
		{RULE ", within: 2h", "+0h ab k=1", "never matched"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_records, without_births_the_first_event_activates)
{
	static const struct scene_row rows[] = {
		{"for_each: seen, require_records: [a, b], within: 2h",
			"+0h x k=1 | +1h ab k=1 | +2h a k=2 | +3h x | +9h x",
			"1 ok, 1 violated: missing @3 2"},
		{"for_each: seen, require_records: [a], within: 2h",
			"+0h x k=1 merged | +5h x k=1 | +6h a k=1 | +9h x",
			"1 ok"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_records, a_birth_without_the_key_is_not_passed_over)
{
	static const struct scene_row rows[] = {
		{RULE ", within: 2h",
			"+0h birth | +1h birth k=1 | +1h ab k=1 | +9h birth",
			"1 ok, 2 unknown"},
		{RULE ", within: 2h, unless: {test: yes}",
			"+0h birth test=yes | +9h x", "1 not_applicable"},
		{RULE ", within: 2h, where: {n: 1}", "+0h birth n=2 | +9h x",
			"never matched"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_records, the_clock_may_start_elsewhere)
{
	static const struct scene_row rows[] = {
		{RULE ", within: 2h, starting_from: from",
			"+0h birth k=1 from=+5h | +7h ab k=1 | "
			"+0h birth k=2 from=-1h | +2h ab k=2 | "
			"+0h birth k=3 | +1h ab k=3 | "
			"+0h birth k=4 from=soon | +1h ab k=4",
			"1 ok, 1 violated, 2 unknown: late @3 2"},
		{RULE ", within: the log, starting_from: from",
			"+0h birth k=1 | +1h ab k=1", "1 ok"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_records, exceptions_count_only_where_records_lack)
{
	static const struct scene_row rows[] = {
		{RULE ", within: 2h, unless: x",
			"+0h birth k=1 | +1h ab k=1 | +0h birth k=2 | "
			"+99h x k=2 | +0h birth k=3 | untimed x k=3 | "
			"+0h birth k=4 | -1h x k=1",
			"1 ok, 1 violated, 2 not_applicable: missing @7 4"},
		/* A birth does not excuse itself. */
		{RULE ", within: 2h, unless: x",
			"+0h bx k=1 | +0h bx k=2 | +1h bx k=2 | +9h b",
			"1 violated, 1 not_applicable: missing @1 1"},
		{RULE ", within: 2h, where: {n: 1..5}",
			"+0h birth k=1 n=1 | +0h birth k=2 n=9 | "
			"+0h birth k=3 n=? | +0h birth k=4 | +9h x",
			"1 violated, 1 unknown: missing @1 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_records, a_finding_says_when_and_which)
{
	struct scene s;
	const struct judgement *found;
	struct check check = {0};
	struct str said;

	scene_open(&s, WORDS);
	scene_rule(&s, RULE ", within: 2h");
	scene_says(&s, "+0h birth k=1 | +1h b k=1 | +5h a k=1 | +7h a k=1 | "
		       "+0h birth k=2 | +4h b k=2");
	found = s.outcomes[0].judgements.at;
	cr_assert(s.outcomes[0].judgements.n == 2);
	cr_expect(found[0].due == SCENE_AT(2) && found[0].at == SCENE_AT(2));
	cr_expect(found[0].repaired_at == SCENE_AT(5));
	cr_expect(s.events.line[found[0].partner] == 3);
	cr_expect(found[0].failing == 1);
	cr_expect(found[1].repaired_at == CELL_ABSENT);
	cr_expect(found[1].failing == 3);
	check.facts = &s.facts;
	said = shape_records.describe(&s.log, &check, s.rules.at, &found[1]);
	cr_expect(str_equal(said, STR("no a, b by the due time")), "%.*s",
		STR_ARG(said));
	scene_free(&s);
}

Test(shape_records, a_pending_duty_is_close_past_warn_after)
{
	struct scene s;

	scene_open(&s, WORDS);
	scene_rule(&s, RULE ", within: 9h, warn_after: 5h");
	scene_says(&s, "+0h birth k=1 | +2h birth k=2 | +5h x");
	cr_expect(s.outcomes[0].close == 0);
	scene_says(&s, "+0h birth k=1 | +2h birth k=2 | +6h x");
	cr_expect(s.outcomes[0].verdicts[VERDICT_PENDING] == 2);
	cr_expect(s.outcomes[0].close == 1);
	scene_free(&s);
	/* Where nobody knows the start there is nothing to warn of. */
	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: t, require_records: [c], within: the log, "
		       "warn_after: 1h");
	scene_says(&s, "source crm - +1h | untimed birth k=1 | +9h x");
	cr_expect(s.outcomes[0].verdicts[VERDICT_PENDING] == 1);
	cr_expect(s.outcomes[0].close == 0);
	scene_free(&s);
}

Test(shape_records, what_was_not_judged_is_counted)
{
	struct scene s;
	const struct outcome *outcome;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: t, require_records: [{event: a, where: {n: "
		       "1..5}}, b], within: 2h");
	scene_says(&s, "+0h birth k=1 | +1h a k=1 n=? | +1h b k=1 | "
		       "+1h b k=2 | +2h a k=2 n=1 | +2h b k=3 | +9h x k=4");
	outcome = &s.outcomes[0];
	cr_expect(outcome->unborn == 2); /* 2 and 3 */
	cr_expect(outcome->undecided_partners == 1);
	cr_expect(!outcome->partner_never_seen);
	scene_says(&s, "+0h birth k=1 | +1h a k=1 n=1");
	cr_expect(s.outcomes[0].partner_never_seen);
	scene_free(&s);
}

Test(shape_records, the_number_of_records_is_bounded)
{
	struct arena a = {0};
	struct str list = STR("");

	for (int i = 1; i <= 65; i++) {
		struct str rule;
		struct scene s;

		list = arena_print(
			&a, "%.*s%sa", STR_ARG(list), i > 1 ? ", " : "");
		if (i < 64)
			continue;
		rule = arena_print(&a,
			"for_each: t, require_records: [%.*s], within: 1h",
			STR_ARG(list));
		scene_open(&s, WORDS);
		scene_try_rule(&s, rule.s);
		cr_expect(diag_count(&s.diag, DIAG_TOO_MANY) == (i == 65));
		scene_free(&s);
	}
	arena_free(&a);
}

/* ---- against a slow reading of the manual ---- */

#define FORMS 4

struct records {
	struct drawn_rule common;
	bool has_birth, unless_event, starting_from, is_log;
	unsigned forms; /* bits of form_texts */
	struct period period;
	const struct calendar *calendar;
};

static const char *const form_texts[FORMS] = {
	"b", "d", "{event: a, where: {n: 1..5}}", "[a, s]"};

static bool is_record(const struct drawn_log *log, int form, int i, int key)
{
	if (!drawn_has_key(log, i, key))
		return false;
	switch (form) {
	case 0:
		return drawn_is(log, i, DRAWN_B);
	case 1:
		return drawn_is(log, i, DRAWN_B) && log->rows[i].is_crm;
	case 2:
		return drawn_is(log, i, DRAWN_A) &&
		       drawn_truth(log->rows[i].n) == TRUTH_TRUE;
	default:
		return drawn_is(log, i, DRAWN_A | DRAWN_S);
	}
}

/* The first of the rows in the order, else in source sequence; `first` or -1
   is the one so far. */
static int earlier_of(const struct drawn_log *log, int first, int i)
{
	if (first < 0)
		return i;
	if (drawn_is_timed(log, first) != drawn_is_timed(log, i))
		return drawn_is_timed(log, i) ? i : first;
	if (drawn_is_timed(log, i))
		return drawn_is_before(log, i, first) ? i : first;
	return drawn_is_earlier(log, i, first) ? i : first;
}

static int birth_of(const struct records *r, const struct drawn_log *log, int k)
{
	int first = -1;

	for (int i = 0; i < log->n; i++)
		if (drawn_has_key(log, i, k) && drawn_is_kept(log, i) &&
			!log->rows[i].is_merged &&
			(!r->has_birth || (log->rows[i].kinds & DRAWN_S)))
			first = earlier_of(log, first, i);
	return first;
}

/* What is known of one record of key k. */
struct known {
	int first; /* with a time, or -1 */
	bool untimed;
};

static struct known find_record(const struct drawn_log *log, int form, int k)
{
	struct known known = {-1, false};

	for (int i = 0; i < log->n; i++) {
		if (!is_record(log, form, i, k))
			continue;
		if (drawn_is_timed(log, i))
			known.first = earlier_of(log, known.first, i);
		else
			known.untimed = true;
	}
	return known;
}

static enum verdict read_record(const struct records *r,
	const struct drawn_log *log, int form, int k, struct told *told)
{
	struct known known = find_record(log, form, k);

	if (known.first >= 0 && drawn_time(log, known.first) <= told->due)
		return VERDICT_OK;
	if (r->is_log && known.untimed)
		return VERDICT_OK;
	if (told->due > drawn_horizon(log, form == 1).end)
		return VERDICT_PENDING;
	if (known.untimed)
		return VERDICT_UNKNOWN;
	if (known.first >= 0)
		told->partner = known.first + 1;
	if (told->reason != REASON_MISSING)
		told->reason = known.first >= 0 ? REASON_LATE : REASON_MISSING;
	return VERDICT_VIOLATED;
}

static enum verdict read_records_of(const struct records *r,
	const struct drawn_log *log, int k, struct told *told)
{
	static const enum verdict worst[] = {
		VERDICT_VIOLATED, VERDICT_PENDING, VERDICT_UNKNOWN};
	bool found[VERDICT_N] = {false};

	for (int form = 0; form < FORMS; form++)
		if (r->forms >> form & 1)
			found[read_record(r, log, form, k, told)] = true;
	for (size_t i = 0; i < 3; i++)
		if (found[worst[i]])
			return worst[i];
	return VERDICT_OK;
}

/* When the last of the records came; CELL_ABSENT if one never did. */
static int64_t done_at(
	const struct records *r, const struct drawn_log *log, int k)
{
	int64_t done = CELL_ABSENT;

	for (int form = 0; form < FORMS; form++) {
		struct known known;

		if (!(r->forms >> form & 1))
			continue;
		known = find_record(log, form, k);
		if (known.first < 0)
			return CELL_ABSENT;
		if (drawn_time(log, known.first) > done)
			done = drawn_time(log, known.first);
	}
	return done;
}

static bool is_excused(
	const struct records *r, const struct drawn_log *log, int k, int birth)
{
	for (int i = 0; i < log->n; i++)
		if (r->unless_event && i != birth &&
			drawn_is(log, i, DRAWN_X) && drawn_has_key(log, i, k))
			return true;
	return false;
}

static enum verdict read_thing(const struct records *r,
	const struct drawn_log *log, int k, int birth, struct told *told)
{
	const struct drawn_row *from = &log->rows[birth];
	int64_t anchor = drawn_time(log, birth);
	enum verdict verdict = drawn_settled(log, &r->common, birth);

	if (verdict != VERDICT_N)
		return verdict;
	if (r->starting_from)
		anchor = from->from_is_bad || from->from == DRAWN_NONE
				 ? CELL_ABSENT
				 : SCENE_AT(from->from);
	if (anchor == CELL_ABSENT && !r->is_log)
		return VERDICT_UNKNOWN;
	told->due = r->is_log ? drawn_as_of(log)
			      : calendar_due(r->calendar, anchor, r->period);
	told->at = told->due;
	verdict = read_records_of(r, log, k, told);
	if (verdict != VERDICT_OK && is_excused(r, log, k, birth))
		return VERDICT_NOT_APPLICABLE;
	if (told->reason == REASON_LATE)
		told->repaired_at = done_at(r, log, k);
	return verdict;
}

static struct tally read_records_rule(
	const struct records *r, const struct drawn_log *log)
{
	struct tally tally = {0};

	for (int k = 1; k <= DRAWN_KEYS; k++) {
		int birth = birth_of(r, log, k);
		struct told told = tally_told(birth, k);

		if (birth >= 0 && !drawn_is_dropped(log, &r->common, birth))
			tally_add(&tally, read_thing(r, log, k, birth, &told),
				&told);
	}
	for (int i = 0; i < log->n; i++) {
		enum verdict settled = drawn_settled(log, &r->common, i);

		if (r->has_birth && drawn_is(log, i, DRAWN_S) &&
			log->rows[i].keys == 0 &&
			!drawn_is_dropped(log, &r->common, i))
			tally_add(&tally,
				settled == VERDICT_N ? VERDICT_UNKNOWN
						     : settled,
				NULL);
	}
	return tally;
}

static void draw_records(
	struct rng *rng, struct records *r, struct drawn_text *text)
{
	static const char *const periods[] = {
		"2h", "3h", "1d", "2 business days", "1 month", "the log"};
	const char *within = periods[rng_below(rng, 6)];
	const char *between = "";

	*r = (struct records) {.has_birth = rng_chance(rng, 700000),
		.unless_event = rng_chance(rng, 300000),
		.starting_from = rng_chance(rng, 300000),
		.forms = 1 + (unsigned)rng_below(rng, 15)};
	drawn_rule(rng, &r->common);
	r->common.has_unless &= !r->unless_event;
	r->is_log = strcmp(within, "the log") == 0;
	cr_assert(r->is_log || period_read(str_of(within), &r->period));
	*text = (struct drawn_text) {0};
	drawn_add(text, "for_each: %s, require_records: [",
		r->has_birth ? "t" : "seen");
	for (int form = 0; form < FORMS; form++) {
		if (!(r->forms >> form & 1))
			continue;
		drawn_add(text, "%s%s", between, form_texts[form]);
		between = ", ";
	}
	drawn_add(text, "], within: %s", within);
	if (r->starting_from)
		drawn_add(text, ", starting_from: from");
	if (r->unless_event)
		drawn_add(text, ", unless: x");
	drawn_add_rule(text, &r->common, r->unless_event);
}

static const struct drawn_style style = {
	.kinds = DRAWN_A | DRAWN_B | DRAWN_X | DRAWN_S,
	.untimed = 120000,
	.merged = 50000,
	.closed = 300000,
	.edges = 300000};

/* Property: shape 2 is its definition, read thing by thing. */
Test(shape_records, verdicts_are_those_of_the_definition)
{
	static const enum verdict verdicts[] = {VERDICT_OK, VERDICT_VIOLATED,
		VERDICT_PENDING, VERDICT_UNKNOWN, VERDICT_NOT_APPLICABLE};
	static const enum reason reasons[] = {REASON_MISSING, REASON_LATE};
	struct rng rng = {2};
	struct met met = {0};

	for (int i = 0; i < 400; i++) {
		struct records r;
		struct drawn_text text;
		struct scene s;

		draw_records(&rng, &r, &text);
		scene_open(&s, DRAWN_WORDS);
		scene_rule(&s, text.at);
		r.calendar = s.rules.at[0].calendar;
		for (int j = 0; j < 40; j++) {
			struct drawn_log log;
			struct tally want;

			drawn_log(&rng, &style, &log);
			want = read_records_rule(&r, &log);
			tally_expect(&s, &log, text.at, &want);
			met_add(&met, &want);
		}
		scene_free(&s);
	}
	MET_EXPECT(&met, verdicts, reasons);
}

/* Property: the laws of cutting a log and of shuffling it. Of untimed births
   the first in the file activates, so there are none. */
Test(shape_records, no_ok_comes_from_cutting_and_nothing_from_shuffling)
{
	struct drawn_style timed = style;
	struct rng rng = {21};

	timed.untimed = 0;
	for (int i = 0; i < 100; i++) {
		struct records r;
		struct drawn_text text;
		struct scene s;

		draw_records(&rng, &r, &text);
		scene_open(&s, DRAWN_WORDS);
		scene_rule(&s, text.at);
		for (int j = 0; j < 30; j++) {
			struct drawn_log log;

			drawn_log(&rng, &timed, &log);
			law_expect_cut(&s, &rng, &log, text.at);
			law_expect_shuffled(&s, &rng, &log, text.at);
		}
		scene_free(&s);
	}
}
