#include "shape_random_p.h"

/* The births of a `born` are events of any source; `late` is born in crm. */
#define WORDS                                                           \
	"{keys: {k: [k], c: [c], r: {columns: [r], split: \",\"}},"     \
	" fields: {risk: [risk]},"                                      \
	" things: {born: {key: k, starts_with: birth}, seen: {key: k}," \
	" late: {key: k, starts_with: crm_birth},"                      \
	" listed: {key: k, listed_in: register},"                       \
	" whole: {key: k, listed_in: register, complete: true},"        \
	" both: {key: k, starts_with: birth, listed_in: register}},"    \
	" events: {birth: {type: [birth, ab]}, a: {type: [a, ab, ax]}," \
	" crm_birth: {type: birth, source: crm}, x: {type: [x, ax]}}}"

/* REF-003 of the manual's examples. */
Test(shape_reference, no_audit_entry_without_its_transaction)
{
	static const char words[] =
		"{keys: {order_id: [order_id]},"
		" things: {transaction: {key: order_id, starts_with: booked}},"
		" events: {booked: {type: order.booked},"
		" audit_entry: {type: audit}}}";
	static const struct scene_row rows[] = {
		{"for_each: audit_entry, must_refer_to: transaction, "
		 "by: order_id",
			"closed | +0h order.booked order_id=O1 | +1h audit "
			"order_id=O1 | +2h audit order_id=O2 | +3h audit",
			"1 ok, 1 violated, 1 unknown: missing @3 O2"},
		/* The order may have been booked before the log. */
		{"for_each: audit_entry, must_refer_to: transaction, "
		 "by: order_id",
			"+0h order.booked order_id=O1 | +2h audit order_id=O2",
			"1 unknown"},
	};

	SCENE_EXPECT(words, rows);
}

Test(shape_reference, births_make_an_instance_known_whenever_they_are)
{
	static const struct scene_row rows[] = {
		{"for_each: a, must_refer_to: born, by: r",
			"closed | +0h a r=1 | +1h a r=2 | +2h a r=3 | "
			"+5h birth k=1 | untimed birth k=2 | +6h x k=3",
			"2 ok, 1 violated: missing @3 3"},
		{"for_each: a, must_refer_to: born, by: k",
			"closed | +0h ab k=1", "1 ok"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_reference, without_birth_and_register_another_event_is_enough)
{
	static const struct scene_row rows[] = {
		{"for_each: a, must_refer_to: seen, by: k",
			"closed | +0h a k=1 | +1h a k=2 | +2h a k=2 | "
			"+3h a k=3 | +4h x k=3",
			"3 ok, 1 violated: missing @1 1"},
		{"for_each: a, must_refer_to: seen, by: k",
			"closed | +0h a k=1 | +0h a k=1 merged",
			"1 violated: missing @1 1"},
		{"for_each: a, must_refer_to: seen, by: r",
			"closed | +0h a k=1 r=1 | +1h a r=2 k=2 | +2h x k=2",
			"1 ok, 1 violated: missing @1 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_reference, a_register_row_comes_before_the_log)
{
	static const struct scene_row rows[] = {
		{"for_each: a, must_refer_to: listed, by: r, "
		 "must_exist_by_then: true",
			"closed | +0h a r=1 | +1h a r=2 | untimed a r=1 | "
			"+9h row k=1 source_name=register",
			"2 ok, 1 violated: missing @2 2"},
		{"for_each: a, must_refer_to: both, by: r, "
		 "must_exist_by_then: true",
			"closed | +0h a r=1 | +1h a r=2 | +2h birth k=2 | "
			"+9h row k=1 source_name=register",
			"1 ok, 1 violated: wrong_order @2 2"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_reference, born_by_then_means_before_in_the_order)
{
	static const struct scene_row rows[] = {
		{"for_each: a, must_refer_to: born, by: r, "
		 "must_exist_by_then: true",
			"+1h birth k=1 | +0h a r=1 | +2h a r=1 | untimed a r=1",
			"1 ok, 1 violated, 1 unknown: wrong_order @2 1"},
		/* At one instant the source sequence decides. */
		{"for_each: a, must_refer_to: born, by: r, "
		 "must_exist_by_then: true",
			"+1h a r=1 | +1h birth k=1 | +1h a r=1",
			"1 ok, 1 violated: wrong_order @1 1"},
		{"for_each: a, must_refer_to: born, by: k, "
		 "must_exist_by_then: true",
			"+1h ab k=1", "1 ok"},
		/* An untimed birth could be early enough. */
		{"for_each: a, must_refer_to: born, by: r, "
		 "must_exist_by_then: true",
			"+0h a r=1 | +1h birth k=1 | untimed birth k=1 | "
			"+2h a r=1 | +3h a r=2 | untimed birth k=2",
			"1 ok, 2 unknown"},
		/* A row's own mention does not make the instance exist. */
		{"for_each: a, must_refer_to: seen, by: k, "
		 "must_exist_by_then: true",
			"+0h a k=1 | +1h x k=1 | +2h x k=2 | +3h a k=2",
			"1 ok, 1 violated: wrong_order @1 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_reference, what_is_not_known_is_missing_if_the_log_would_show_it)
{
	static const struct scene_row rows[] = {
		{"for_each: a, must_refer_to: whole, by: r",
			"+0h a r=1 | untimed a r=2 | "
			"+9h row k=1 source_name=register",
			"1 ok, 1 violated: missing @2 2"},
		{"for_each: a, must_refer_to: listed, by: r",
			"+0h a r=2 | +9h row k=1 source_name=register",
			"1 unknown"},
		/* win(start - 1 ns, 2h) ends 1 ns before 02:00. */
		{"for_each: a, must_refer_to: born, by: r, within: 2h",
			"+0h x | +2h a r=1 | "
			"2026-01-05T01:59:59.999999999Z a r=1 | "
			"untimed a r=1",
			"1 violated, 2 unknown: missing @2 1"},
		/* The births come from crm, which begins at 05:00. */
		{"for_each: a, must_refer_to: late, by: r, within: 2h",
			"source crm +5h - | +0h x | +6h a r=1 | +7h a r=1 | "
			"+8h birth k=2 source_name=crm",
			"1 violated, 1 unknown: missing @3 1"},
		/* Any event may come from crm too. */
		{"for_each: a, must_refer_to: seen, by: r, within: 2h",
			"source crm +5h - | +0h x | +6h a r=1 | +7h a r=1",
			"1 violated, 1 unknown: missing @3 1"},
		/* Days end with the local day: the first whole one is over. */
		{"for_each: a, must_refer_to: born, by: r, within: 1d",
			"+0h x | +23h a r=1 | +24h a r=1",
			"1 violated, 1 unknown: missing @3 1"},
		/* References look back: the end of the log changes nothing. */
		{"for_each: a, must_refer_to: born, by: r",
			"closed | source log +0h +1h | +5h a r=1",
			"1 violated: missing @1 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_reference, each_of_several_values_is_judged)
{
	static const struct scene_row rows[] = {
		{"for_each: a, must_refer_to: born, by: r",
			"closed | +0h birth k=1 | +1h a r=1,2,3",
			"1 ok, 2 violated: missing @2 2, missing @2 3"},
		{"for_each: a, must_refer_to: born, by: r, unless: {risk: 0}",
			"closed | +1h a r=1,2,3 risk=0 | +2h a risk=0",
			"4 not_applicable"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_reference, an_event_with_the_key_excuses)
{
	static const struct scene_row rows[] = {
		{"for_each: a, must_refer_to: born, by: r, unless: x, same: c",
			"closed | +0h birth k=1 | +1h a r=1 c=1 | +2h a r=2 "
			"c=1 | +3h a r=2 c=2 | +4h a r=1 | +5h x c=1 | "
			"+6h ax r=2 c=3",
			"1 ok, 2 violated, 1 unknown, 1 not_applicable: "
			"missing @4 2, missing @7 2"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_reference, without_its_register_the_rule_cannot_be_evaluated)
{
	static const struct scene_row rows[] = {
		{"for_each: a, must_refer_to: whole, by: r", "+0h a r=1 k=1",
			"not evaluable"},
		{"for_each: a, must_refer_to: whole, by: r",
			"source register - - | +0h a r=1 k=1",
			"1 violated: missing @1 1"},
	};
	struct scene s;

	SCENE_EXPECT(WORDS, rows);
	scene_open(&s, WORDS);
	scene_rule(&s, rows[0].rule);
	scene_says(&s, rows[0].log);
	cr_expect(str_equal(s.outcomes[0].why,
		STR("no input is the source register, which lists each "
		    "whole")));
	scene_free(&s);
}

Test(shape_reference, the_finding_is_about_the_value_that_refers)
{
	struct scene s;
	const struct outcome *outcome;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: a, must_refer_to: born, by: r, same: c, "
		       "unless: x, must_exist_by_then: true");
	scene_says(&s, "closed | +0h a r=2 c=1 | +1h a r=3 c=1 | "
		       "+2h birth k=2 | +3h birth k=2");
	outcome = &s.outcomes[0];
	cr_assert(outcome->judgements.n == 2 && outcome->key_words.n == 1);
	cr_expect(s.events.line[outcome->judgements.at[0].partner] == 3);
	cr_expect(outcome->judgements.at[1].partner == ROW_NONE);
	cr_expect(outcome->judgements.at[1].at == SCENE_AT(1));
	cr_expect(str_equal(
		symbols_show(&s.strings, outcome->judgements.at[0].key[0]),
		STR("2")));
	scene_free(&s);
}

Test(shape_reference, mistakes_name_what_is_not_there)
{
	static const struct scene_mistake rows[] = {
		{"for_each: a, must_refer_to: nobody, by: k", "unknown-word"},
		{"for_each: a, must_refer_to: born, by: nothing",
			"unknown-word"},
		{"for_each: a, must_refer_to: born", "missing-key"},
		{"for_each: a, must_refer_to: born, by: k, "
		 "must_exist_by_then: perhaps",
			"unknown-value"},
	};

	SCENE_EXPECT_MISTAKES(WORDS, rows);
}

/* ---- against a slow reading of the manual ---- */

struct reference {
	struct drawn_rule common;
	const char *thing;
	bool has_birth, has_register, is_whole; /* of the thing */
	bool by_then, unless_event;
	bool is_back; /* `within` */
	struct period period;
	const struct calendar *calendar;
};

static bool is_registered(
	const struct reference *r, const struct drawn_log *log, int value)
{
	for (int i = 0; i < log->n; i++)
		if (r->has_register && log->rows[i].is_crm &&
			drawn_is_kept(log, i) && drawn_has_key(log, i, value))
			return true;
	return false;
}

static bool is_birth(const struct reference *r, const struct drawn_log *log,
	int i, int value, int of)
{
	if (!drawn_is_kept(log, i) || log->rows[i].is_merged ||
		!drawn_has_key(log, i, value))
		return false;
	if (!r->has_birth && !r->has_register)
		return i != of;
	return r->has_birth && (log->rows[i].kinds & DRAWN_S);
}

static enum verdict read_instance(const struct reference *r,
	const struct drawn_log *log, int of, int value, struct told *told)
{
	struct horizon horizon = drawn_horizon(log, false);
	bool known = false, before = false, untimed = false;
	int first = -1;

	for (int i = 0; i < log->n; i++) {
		if (!is_birth(r, log, i, value, of))
			continue;
		known = true;
		before |= i == of || drawn_is_before(log, i, of);
		untimed |= !drawn_is_timed(log, i);
		if (drawn_is_timed(log, i) &&
			(first < 0 || drawn_is_before(log, i, first)))
			first = i;
	}
	if (is_registered(r, log, value) || (known && !r->by_then))
		return VERDICT_OK;
	if (known && !drawn_is_timed(log, of))
		return VERDICT_UNKNOWN;
	if (known && before)
		return VERDICT_OK;
	if (known && untimed)
		return VERDICT_UNKNOWN;
	told->reason = known ? REASON_WRONG_ORDER : REASON_MISSING;
	told->partner = first + 1;
	if (known || r->is_whole || log->is_closed)
		return VERDICT_VIOLATED;
	return r->is_back && drawn_is_timed(log, of) &&
			       calendar_window(r->calendar, horizon.start - 1,
				       r->period) < drawn_time(log, of)
		       ? VERDICT_VIOLATED
		       : VERDICT_UNKNOWN;
}

/* Values beyond the keys, and -1, name nothing that exists. */
static enum verdict read_reference(const struct reference *r,
	const struct drawn_log *log, int of, struct told *told)
{
	const struct drawn_row *r_of = &log->rows[of];
	enum verdict verdict = drawn_settled(log, &r->common, of);
	bool exists = r_of->seq >= 1 && r_of->seq <= DRAWN_KEYS;

	if (verdict != VERDICT_N)
		return verdict;
	if (r_of->seq == DRAWN_NONE || (r->unless_event && r_of->keys == 0))
		return VERDICT_UNKNOWN;
	told->at = drawn_time(log, of);
	/* Key 4 is beyond what rows have. */
	verdict = read_instance(
		r, log, of, exists ? r_of->seq : DRAWN_KEYS + 1, told);
	if (verdict != VERDICT_OK && r->unless_event &&
		drawn_is_excused(log, of))
		return VERDICT_NOT_APPLICABLE;
	return verdict;
}

static struct tally read_references(
	const struct reference *r, const struct drawn_log *log)
{
	struct tally tally = {0};

	for (int i = 0; i < log->n; i++) {
		int seq = log->rows[i].seq;
		struct told told = tally_told(i, seq < 0 ? '-' - '0' : seq);

		if (drawn_is(log, i, DRAWN_A) &&
			!drawn_is_dropped(log, &r->common, i))
			tally_add(&tally, read_reference(r, log, i, &told),
				&told);
	}
	return tally;
}

static void draw_reference(
	struct rng *rng, struct reference *r, struct drawn_text *text)
{
	static const struct reference things[] = {
		{.thing = "t", .has_birth = true}, {.thing = "seen"},
		{.thing = "listed", .has_register = true},
		{.thing = "both", .has_birth = true, .has_register = true},
		{.thing = "whole", .has_register = true, .is_whole = true}};
	static const char *const periods[] = {"2h", "1d", "2 business days"};
	const char *within = periods[rng_below(rng, 3)];

	*r = things[rng_below(rng, 5)];
	r->by_then = rng_chance(rng, 500000);
	r->unless_event = rng_chance(rng, 300000);
	r->is_back = rng_chance(rng, 500000);
	cr_assert(period_read(str_of(within), &r->period));
	drawn_rule(rng, &r->common);
	r->common.has_unless &= !r->unless_event;
	*text = (struct drawn_text) {0};
	drawn_add(text, "for_each: a, must_refer_to: %s, by: seq", r->thing);
	if (r->by_then)
		drawn_add(text, ", must_exist_by_then: true");
	if (r->is_back)
		drawn_add(text, ", within: %s", within);
	if (r->unless_event)
		drawn_add(text, ", unless: x, same: k");
	drawn_add_rule(text, &r->common, r->unless_event);
}

/* Property: `must_refer_to` is its definition, read row by row; and the laws
   of cutting a log and of shuffling it. */
Test(shape_reference, verdicts_are_those_of_the_definition)
{
	static const struct drawn_style style = {
		.kinds = DRAWN_A | DRAWN_X | DRAWN_S,
		.untimed = 150000,
		.merged = 50000,
		.closed = 300000,
		.edges = 300000};
	static const enum verdict verdicts[] = {VERDICT_OK, VERDICT_VIOLATED,
		VERDICT_UNKNOWN, VERDICT_NOT_APPLICABLE};
	static const enum reason reasons[] = {
		REASON_MISSING, REASON_WRONG_ORDER};
	struct rng rng = {33};
	struct met met = {0};

	for (int i = 0; i < 300; i++) {
		struct reference r;
		struct drawn_text text;
		struct scene s;

		draw_reference(&rng, &r, &text);
		scene_open(&s, DRAWN_WORDS);
		scene_rule(&s, text.at);
		r.calendar = s.rules.at[0].calendar;
		for (int j = 0; j < 40; j++) {
			struct drawn_log log;
			struct tally want;

			drawn_log(&rng, &style, &log);
			want = read_references(&r, &log);
			tally_expect(&s, &log, text.at, &want);
			met_add(&met, &want);
			law_expect_cut(&s, &rng, &log, text.at);
			law_expect_shuffled(&s, &rng, &log, text.at);
		}
		scene_free(&s);
	}
	MET_EXPECT(&met, verdicts, reasons);
}
