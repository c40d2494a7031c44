#include "scene_p.h"

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
