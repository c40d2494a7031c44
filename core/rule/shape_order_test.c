#include "shape_random_p.h"

/* A row of type "ab" is an a and a b. c happens in crm only. */
#define WORDS                                                       \
	"{keys: {k: {columns: [k], split: \",\"}, j: [j]},"         \
	" fields: {n: [n], from: [from], test: [test]},"            \
	" things: {t: {key: k, starts_with: birth}},"               \
	" calendars: {eu: {weekend: [sat, sun], extend: eu_1182}}," \
	" events: {birth: {type: birth}, a: {type: [a, ab, ax]},"   \
	" b: {type: [b, ab]}, c: {type: c, source: crm},"           \
	" x: {type: [x, ax]}}}"

#define FOLLOWED "for_each: a, must_be_followed_by: b, same: k"
#define PRECEDED "for_each: a, must_be_preceded_by: b, same: k"

/* GDPR-033 of the manual's examples, and its rule test. */
Test(shape_order, a_breach_is_reported_within_72_hours_of_awareness)
{
	static const char words[] =
		"{keys: {breach_id: [breach_id]}, fields: {aware_at: [aware_at],"
		" note: [note]}, events: {breach_detected: {type: breach},"
		" authority_notified: {type: notified}}}";
#define GDPR_033                                                              \
	"for_each: breach_detected, must_be_followed_by: authority_notified," \
	" same: breach_id, starting_from: aware_at, within: 72h,"             \
	" warn_after: 48h, severity: critical"
	static const struct scene_row rows[] = {
		{GDPR_033,
			"as_of +10h | +0h breach breach_id=B1 aware_at=+0h "
			"note=\"two words\"",
			"1 pending"},
		{GDPR_033,
			"+0h breach breach_id=B1 aware_at=-3h | "
			"+69h notified breach_id=B1",
			"1 ok"},
		{GDPR_033,
			"+0h breach breach_id=B1 aware_at=-3h | "
			"+70h notified breach_id=B1",
			"1 violated: late @1 B1"},
		{GDPR_033,
			"+0h breach breach_id=B1 aware_at=+9h | "
			"+81h notified breach_id=B1",
			"1 ok"},
		{GDPR_033,
			"+0h breach breach_id=B1 aware_at=+0h | "
			"+73h notified breach_id=B2",
			"1 violated: missing @1 B1"},
		{GDPR_033,
			"+0h breach breach_id=B1 | +1h breach breach_id=B2 "
			"aware_at=today | +99h notified breach_id=B1",
			"2 unknown"},
	};

	SCENE_EXPECT(words, rows);
}

Test(shape_order, the_first_partner_after_the_activation_decides)
{
	static const struct scene_row rows[] = {
		{FOLLOWED ", within: 2h",
			"+0h a k=1 | +2h b k=1 | +3h a k=1 | "
			"2026-01-05T05:00:00.000000001Z b k=1",
			"1 ok, 1 violated: late @3 1"},
		{FOLLOWED ", within: 2h", "+0h a k=1 | +1h b k=2 | +9h b k=3",
			"1 violated: missing @1 1"},
		{FOLLOWED ", within: 2h", "+0h b k=1 | +1h a k=1 | +9h b k=3",
			"1 violated: wrong_order @2 1"},
		/* Of equal times the source sequence decides. */
		{FOLLOWED ", within: 2h", "+1h b k=1 | +1h a k=1 | +9h x",
			"1 violated: wrong_order @2 1"},
		{FOLLOWED ", within: 2h", "+1h a k=1 | +1h b k=1 | +9h x",
			"1 ok"},
		{FOLLOWED ", within: 2h",
			"+1h b k=1 | +1h a k=1 source_name=crm | +9h x",
			"1 ok"},
		/* No row is its own partner, but it may be another's. */
		{FOLLOWED ", within: 2h", "+0h ab k=1 | +1h ab k=1 | +9h x",
			"1 ok, 1 violated: wrong_order @2 1"},
		{FOLLOWED ", within: 2h", "+0h ab k=1 | +9h x",
			"1 violated: missing @1 1"},
		{FOLLOWED ", within: 2h",
			"+0h a k=1 | +1h b k=1 merged | +9h x",
			"1 violated: missing @1 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_order, a_duty_not_yet_due_is_pending)
{
	static const struct scene_row rows[] = {
		{FOLLOWED ", within: 2h", "+0h a k=1 | +1h x", "1 pending"},
		{FOLLOWED ", within: 2h", "+0h a k=1 | +2h x",
			"1 violated: missing @1 1"},
		{FOLLOWED ", within: 2h", "as_of +1h | +0h a k=1 | +2h b k=1",
			"1 pending"},
		{FOLLOWED ", within: 2h", "as_of +5h | +0h a k=1 | +9h b k=1",
			"1 violated: missing @1 1"},
		{FOLLOWED ", within: 2h", "closed | +0h a k=1",
			"1 violated: missing @1 1"},
		{FOLLOWED ", within: the log", "+0h a k=1",
			"1 violated: missing @1 1"},
		{FOLLOWED ", within: the log", "+0h a k=1 | +99h b k=1",
			"1 ok"},
		{FOLLOWED ", within: the log",
			"source crm - +5h | +0h a k=1 | +9h x", "1 pending"},
		/* The extract of crm ends at 01:00. */
		{"for_each: a, must_be_followed_by: c, same: k, within: 2h",
			"source crm - +1h | +0h a k=1 | +9h x", "1 pending"},
		{"for_each: a, must_be_followed_by: c, same: k, within: 2h",
			"source crm - +2h | +0h a k=1 | +9h x",
			"1 violated: missing @1 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

/* The vectors of the manual for periods: UTC, weekend Saturday and Sunday. */
Test(shape_order, days_end_with_a_day_and_may_be_extended)
{
	static const struct scene_row rows[] = {
		{FOLLOWED ", within: 72h",
			"2026-01-02T10:00Z a k=1 | 2026-01-05T10:00Z b k=1 | "
			"2026-01-02T10:00Z a k=2 | "
			"2026-01-05T10:00:00.1Z b k=2",
			"1 ok, 1 violated: late @3 2"},
		{FOLLOWED ", within: 2 days",
			"2026-01-02T10:00Z a k=1 | 2026-01-04T23:59Z b k=1 | "
			"2026-01-02T10:00Z a k=2 | 2026-01-05T00:00Z b k=2",
			"1 ok, 1 violated: late @3 2"},
		{FOLLOWED ", within: 2 days, calendar: eu",
			"2026-01-02T10:00Z a k=1 | 2026-01-06T23:59Z b k=1 | "
			"2026-01-02T10:00Z a k=2 | 2026-01-07T00:00Z b k=2",
			"1 ok, 1 violated: late @3 2"},
		{FOLLOWED ", within: 1 month",
			"2026-01-31T10:00Z a k=1 | 2026-02-28T23:59Z b k=1 | "
			"2026-01-31T10:00Z a k=2 | 2026-03-01T00:00Z b k=2",
			"1 ok, 1 violated: late @3 2"},
		{FOLLOWED ", within: 1 month, calendar: eu",
			"2026-01-31T10:00Z a k=1 | 2026-03-02T23:59Z b k=1 | "
			"2026-01-31T10:00Z a k=2 | 2026-03-03T00:00Z b k=2",
			"1 ok, 1 violated: late @3 2"},
		{FOLLOWED ", within: 1 year",
			"2024-02-29T10:00Z a k=1 | 2025-02-28T23:59Z b k=1 | "
			"2024-02-29T10:00Z a k=2 | 2025-03-01T00:00Z b k=2",
			"1 ok, 1 violated: late @3 2"},
		{FOLLOWED ", within: 5 business days, calendar: eu",
			"2026-01-02T10:00Z a k=1 | 2026-01-09T23:59Z b k=1 | "
			"2026-01-02T10:00Z a k=2 | 2026-01-10T00:00Z b k=2",
			"1 ok, 1 violated: late @3 2"},
		/* Looking back, nothing is extended. */
		{PRECEDED ", within: 2 days, calendar: eu",
			"closed | 2026-01-02T10:00Z b k=1 | "
			"2026-01-04T23:59Z a k=1 | 2026-01-05T00:00Z a k=1",
			"1 ok, 1 violated: expired @3 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_order, an_untimed_row_could_be_the_partner)
{
	static const struct scene_row rows[] = {
		{FOLLOWED ", within: 2h",
			"+0h a k=1 | untimed b k=1 | +0h a k=2 | +9h x",
			"1 violated, 1 unknown: missing @3 2"},
		{FOLLOWED ", within: 2h",
			"+0h a k=1 | untimed b k=1 | +5h b k=1", "1 unknown"},
		{FOLLOWED ", within: 2h",
			"+0h a k=1 | untimed b k=1 | +1h b k=1", "1 ok"},
		{FOLLOWED ", within: 2h", "+0h a k=1 | untimed b k=1 | +1h x",
			"1 pending"},
		/* What was due before the activation cannot be in time. */
		{FOLLOWED ", within: 2h, starting_from: from",
			"+0h x | +5h a k=1 from=+0h | untimed b k=1",
			"1 violated: missing @2 1"},
		{PRECEDED, "closed | untimed b k=1 | +0h a k=1 | +1h b k=1",
			"1 unknown"},
		{PRECEDED ", within: 1h",
			"closed | +0h b k=1 | +5h a k=1 | untimed b k=1",
			"1 unknown"},
		/* Activations need a place in the order, one per key. */
		{FOLLOWED ", within: 2h", "untimed a k=1,2 | +9h b k=1",
			"2 unknown"},
		{FOLLOWED ", within: 2h, unless: {test: yes}",
			"untimed a k=1,2 test=yes | +9h b k=1",
			"2 not_applicable"},
		{PRECEDED, "untimed a k=1 | untimed a | +0h b k=1",
			"2 unknown"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_order, the_last_partner_before_the_activation_decides)
{
	static const struct scene_row rows[] = {
		{PRECEDED, "closed | +0h b k=1 | +99h a k=1 | +99h a k=2",
			"1 ok, 1 violated: missing @3 2"},
		{PRECEDED ", within: 2h",
			"closed | +0h b k=1 | +1h b k=1 | +3h a k=1 | "
			"2026-01-05T03:00:00.000000001Z a k=1",
			"1 ok, 1 violated: expired @4 1"},
		{PRECEDED ", within: 2h",
			"closed | +0h b k=1 | +5h a k=1 | +6h b k=1",
			"1 violated: expired @2 1"},
		{PRECEDED, "closed | +0h a k=1 | +1h b k=1",
			"1 violated: wrong_order @1 1"},
		{PRECEDED, "closed | +1h a k=1 | +1h b k=1",
			"1 violated: wrong_order @1 1"},
		{PRECEDED, "closed | +1h b k=1 | +1h a k=1", "1 ok"},
		{PRECEDED, "closed | +0h ab k=1 | +1h ab k=1",
			"1 ok, 1 violated: wrong_order @1 1"},
		/* Never pending. */
		{PRECEDED ", within: 2h",
			"source log - +0h | +0h b k=1 | +5h a k=1 | +6h a k=1",
			"2 violated: expired @2 1, expired @3 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_order, a_partner_may_lie_before_the_log)
{
	static const struct scene_row rows[] = {
		{PRECEDED, "+0h x | +99h a k=1", "1 unknown"},
		/* win(start - 1 ns, 2h) ends 1 ns before 02:00. */
		{PRECEDED ", within: 2h",
			"+0h x | 2026-01-05T01:59:59.999999999Z a k=1 | "
			"+2h a k=1",
			"1 violated, 1 unknown: missing @3 1"},
		{PRECEDED ", within: 2h", "+0h b k=1 | +5h a k=1",
			"1 violated: expired @2 1"},
		{PRECEDED ", within: 9h", "+0h x | +5h a k=1 | +6h b k=1",
			"1 unknown"},
		/* What is born in the log has no past. */
		{PRECEDED, "+0h birth k=1 | +1h a k=1 | +2h a k=2",
			"1 violated, 1 unknown: missing @2 1"},
		{PRECEDED, "+0h x | +1h a k=1 | +5h birth k=1",
			"1 violated: missing @2 1"},
		{PRECEDED, "untimed birth k=1 | +1h a k=1", "1 unknown"},
		/* crm begins at 03:00: what was born before it has a past. */
		{"for_each: a, must_be_preceded_by: c, same: k",
			"source crm +3h - | +2h birth k=1 | +3h birth k=2 | "
			"+4h a k=1 | +4h a k=2",
			"1 violated, 1 unknown: missing @4 2"},
		{"for_each: a, must_be_preceded_by: b, same: [j, k]",
			"+0h birth k=1 | +1h a k=1 j=7 | +1h a k=2 j=7",
			"1 violated, 1 unknown: missing @2 7 1"},
		{"for_each: a, must_be_preceded_by: c, same: nothing",
			"+0h birth k=1 | +1h a k=1 | +2h c source_name=crm | "
			"+3h a",
			"1 ok, 1 unknown"},
		/* Forwards: the first hours of crm are not in the extract. */
		{"for_each: a, must_be_followed_by: c, same: k, within: 2h",
			"source crm +3h - | +0h a k=1 | +3h a k=1 | +9h x",
			"1 violated, 1 unknown: missing @2 1"},
		{"for_each: a, must_be_followed_by: c, same: k, within: 2h",
			"closed | source crm +3h - | +0h a k=1",
			"1 violated: missing @1 1"},
		{"for_each: a, must_be_followed_by: c, same: k, within: 1h, "
		 "starting_from: from",
			"source crm +3h - | +2h a k=1 from=+0h | +9h x",
			"1 violated: missing @1 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_order, an_exception_counts_where_the_shape_looks)
{
	static const struct scene_row rows[] = {
		{FOLLOWED ", within: 5h, unless: x",
			"+0h a k=1 | +5h x k=1 | +0h a k=2 | +6h x k=2 | "
			"+0h x k=3 | +1h a k=3 | +9h a k=9",
			"2 violated, 1 pending, 1 not_applicable: "
			"missing @3 2, missing @6 3"},
		{FOLLOWED ", within: 5h, unless: {event: x, within: 2h}",
			"+0h a k=1 | +2h x k=1 | +0h a k=2 | +3h x k=2 | "
			"+9h b k=2",
			"1 violated, 1 not_applicable: late @3 2"},
		{FOLLOWED ", within: 2h, unless: {event: x, within: 5h}",
			"+0h a k=1 | +3h x k=1 | +9h b k=2",
			"1 violated: missing @1 1"},
		/* Line 4 comes first, lines 6 and 7 later. */
		{FOLLOWED ", within: 5h, unless: x",
			"+0h a k=1 | +1h x k=1 | +2h b k=1 | +3h a k=1 | "
			"+4h x k=1 | untimed b k=1",
			"1 ok, 1 not_applicable"},
		{FOLLOWED ", within: 2h, unless: x", "+0h ax k=1 | +9h b k=2",
			"1 violated: missing @1 1"},
		{PRECEDED ", unless: x",
			"+0h x k=1 | +1h a k=1 | +2h a k=2 | +3h x k=2",
			"1 unknown, 1 not_applicable"},
		{PRECEDED ", unless: {event: x, within: 2h}",
			"closed | +0h x k=1 | +2h a k=1 | +3h a k=1",
			"1 violated, 1 not_applicable: missing @3 1"},
		{PRECEDED ", unless: x", "closed | +0h ax k=1 | +1h ax k=1",
			"1 violated, 1 not_applicable: missing @1 1"},
		{PRECEDED ", unless: x",
			"closed | +0h b k=1 | +1h x k=1 | +2h a k=1", "1 ok"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_order, keys_join)
{
	static const struct scene_row rows[] = {
		{FOLLOWED ", within: 2h",
			"+0h a k=1,2 | +1h b k=2,3 | +2h a | +9h x",
			"1 ok, 1 violated, 1 unknown: missing @1 1"},
		{"for_each: a, must_be_followed_by: b, same: [k, j], "
		 "within: 2h",
			"+0h a k=1 j=1 | +1h b k=1 j=2 | +0h a k=1,2 j=2 | "
			"+0h a k=1 | +9h x",
			"1 ok, 2 violated, 1 unknown: missing @1 1 1, "
			"missing @3 2 2"},
		{"for_each: a, must_be_followed_by: b, same: nothing, "
		 "within: 2h",
			"+0h a k=1 | +1h b k=2 | +2h a | +9h x",
			"1 ok, 1 violated: wrong_order @3"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_order, where_and_field_exceptions_come_first)
{
	static const struct scene_row rows[] = {
		{FOLLOWED ", within: 2h, where: {n: 1..5}",
			"+0h a k=1 n=1 | +0h a n=? | +0h a k=1 n=9 | +0h a | "
			"+9h x",
			"1 violated, 1 unknown: missing @1 1"},
		{FOLLOWED ", within: 2h, where: {n: 1..5}, "
			  "unless: {test: yes}",
			"+0h a k=1 n=? test=yes | +9h x", "1 not_applicable"},
		{"for_each: a, must_be_followed_by: {event: b, where: {n: "
		 "1..5}}, same: k, within: 2h",
			"+0h a k=1 | +1h b k=1 n=9 | +1h b k=1 n=? | "
			"+2h b k=1 n=5",
			"1 ok"},
		{"for_each: a, must_be_followed_by: [b, x], same: k, "
		 "within: 2h",
			"+0h a k=1 | +1h x k=1 | +2h a k=1 | +3h b k=1",
			"2 ok"},
		{FOLLOWED ", within: 2h, effective: {from: 2026-01-06}",
			"+0h a k=1 | +24h a k=1 | untimed a k=1 | +99h x",
			"1 violated, 1 unknown, 1 not_applicable: "
			"missing @2 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

/* The judgement on the only violation of a log. */
static struct judgement judged(
	struct scene *s, const char *rule, const char *log)
{
	scene_open(s, WORDS);
	scene_rule(s, rule);
	scene_says(s, log);
	cr_assert(s->outcomes[0].judgements.n == 1, "%s", log);
	return s->outcomes[0].judgements.at[0];
}

static uint32_t line_of(const struct scene *s, row e)
{
	return e == ROW_NONE ? 0 : s->events.line[e];
}

Test(shape_order, a_duty_is_broken_when_it_was_due)
{
	static const struct {
		const char *rule, *log;
		uint32_t partner; /* line, 0: none */
		int at, repaired; /* hours; -1: none */
	} rows[] = {
		{FOLLOWED ", within: 2h", "+1h a k=1 | +9h b k=1 | +10h b k=1",
			2, 3, 9},
		{FOLLOWED ", within: 2h", "+1h a k=1 | +9h x", 0, 3, -1},
		{FOLLOWED ", within: 2h", "closed | +1h a k=1", 0, 3, -1},
		{FOLLOWED ", within: the log", "+1h a k=1 | +9h x", 0, 9, -1},
		/* Not a missing duty: it was done, too early. */
		{FOLLOWED ", within: 2h", "+0h b k=1 | +1h a k=1 | +9h x", 1, 1,
			-1},
		{PRECEDED ", within: 2h", "closed | +1h b k=1 | +9h a k=1", 1,
			9, -1},
		{PRECEDED, "closed | +1h a k=1 | +9h b k=1 | +11h b k=1", 3, 1,
			-1},
		{PRECEDED, "closed | +1h a k=1", 0, 1, -1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		struct judgement j = judged(&s, rows[i].rule, rows[i].log);
		int64_t repaired = rows[i].repaired < 0
					   ? CELL_ABSENT
					   : SCENE_AT(rows[i].repaired);

		cr_expect(j.at == SCENE_AT(rows[i].at), "row %zu", i);
		cr_expect(j.repaired_at == repaired, "row %zu", i);
		cr_expect(line_of(&s, j.partner) == rows[i].partner, "row %zu",
			i);
		scene_free(&s);
	}
}

Test(shape_order, the_message_says_what_did_not_happen)
{
	static const struct {
		const char *rule, *log, *message;
	} rows[] = {
		{FOLLOWED ", within: 2h", "+1h a k=1 | +9h b k=1",
			"b came after the due time"},
		{FOLLOWED ", within: 2h", "+1h a k=1 | +9h x", "no b followed"},
		{FOLLOWED ", within: 2h", "+0h b k=1 | +1h a k=1 | +9h x",
			"b came before instead of after"},
		{PRECEDED ", within: 2h", "closed | +1h b k=1 | +9h a k=1",
			"the last b was no longer valid"},
		{PRECEDED, "closed | +1h a k=1 | +9h b k=1",
			"b came after instead of before"},
		{PRECEDED, "closed | +1h a k=1", "no b came before"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		struct judgement j = judged(&s, rows[i].rule, rows[i].log);
		struct check check = {.facts = &s.facts, .v = &s.v};
		struct str said = shape_order.describe(
			&s.log, &check, s.rules.at, &j);

		cr_expect(str_equal(said, str_of(rows[i].message)), "%.*s",
			STR_ARG(said));
		scene_free(&s);
	}
}

Test(shape_order, a_pending_duty_is_close_past_warn_after)
{
	struct scene s;

	scene_open(&s, WORDS);
	scene_rule(&s, FOLLOWED ", within: 9h, warn_after: 5h, "
				"starting_from: from");
	scene_says(&s, "+0h a k=1 from=+0h | +0h a k=2 from=+1h | +5h x");
	cr_expect(s.outcomes[0].close == 0);
	scene_says(&s, "+0h a k=1 from=+0h | +0h a k=2 from=+1h | "
		       "2026-01-05T05:00:00.000000001Z x");
	cr_expect(s.outcomes[0].verdicts[VERDICT_PENDING] == 2);
	cr_expect(s.outcomes[0].close == 1);
	scene_free(&s);
}

Test(shape_order, what_partners_there_are_is_counted)
{
	struct scene s;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: a, must_be_followed_by: {event: b, where: "
		       "{n: 1..5}}, same: k, within: 2h");
	scene_says(&s, "+0h a k=1 | +1h b k=1 n=? | +2h b n=? | +3h b n=9");
	cr_expect(s.outcomes[0].undecided_partners == 2);
	cr_expect(s.outcomes[0].partner_never_seen);
	scene_says(&s, "+0h a k=1 | +1h b k=2 n=1");
	cr_expect(!s.outcomes[0].partner_never_seen);
	scene_free(&s);
}

Test(shape_order, a_rule_holds_one_partner)
{
	static const struct scene_mistake rows[] = {
		{FOLLOWED ", within: 2h, must_be_preceded_by: b", "two-shapes"},
		{PRECEDED ", within: 2h, must_be_followed_by: b", "two-shapes"},
		{PRECEDED ", must_refer_to: t, by: k", "two-shapes"},
		{"for_each: a, must_be_followed_by: nobody, within: 2h, "
		 "same: k",
			"unknown-word"},
	};

	SCENE_EXPECT_MISTAKES(WORDS, rows);
}

/* The tests of a birth ask for columns that no other rule needs. */
Test(shape_order, births_are_found_by_all_their_fields)
{
	static const char words[] =
		"{keys: {k: [k]}, fields: {status: [status]},"
		" things: {t: {key: k, starts_with: opened}},"
		" events: {opened: {where: {status: open}}, a: {type: a},"
		" b: {type: b}}}";
	static const struct scene_row rows[] = {
		{PRECEDED, "+0h z k=1 status=open | +1h a k=1",
			"1 violated: missing @2 1"},
	};

	SCENE_EXPECT(words, rows);
}

/* ---- against a slow reading of the manual ---- */

struct order {
	struct drawn_rule common;
	bool is_preceded, needs_crm, partner_where, same_nothing;
	bool starting_from, unless_event;
	const char *within, *unless_within; /* NULL: none */
	const struct calendar *calendar;
	struct period period, unless_period;
	bool is_log; /* `the log` */
};

static const char *pick(
	struct rng *rng, const char *const *texts, struct period *period)
{
	const char *text = texts[rng_below(rng, 6)];

	if (text && strcmp(text, "the log") != 0)
		cr_assert(period_read(str_of(text), period));
	return text;
}

static void draw_order(struct rng *rng, struct order *o)
{
	static const char *const forward[] = {
		"2h", "3h", "1d", "2 business days", "1 month", "the log"};
	static const char *const backward[] = {
		"2h", "3h", "1d", "2 business days", "1 month", NULL};

	*o = (struct order) {.is_preceded = rng_chance(rng, 500000),
		.needs_crm = rng_chance(rng, 300000),
		.partner_where = rng_chance(rng, 300000),
		.same_nothing = rng_chance(rng, 150000),
		.unless_event = rng_chance(rng, 400000)};
	drawn_rule(rng, &o->common);
	if (o->unless_event)
		o->common.has_unless = false;
	o->within = pick(rng, o->is_preceded ? backward : forward, &o->period);
	o->is_log = o->within && strcmp(o->within, "the log") == 0;
	o->starting_from = !o->is_preceded && rng_chance(rng, 400000);
	if (o->unless_event)
		o->unless_within = pick(rng, backward, &o->unless_period);
}

static void print_order(const struct order *o, struct drawn_text *text)
{
	text->len = 0;
	drawn_add(text, "for_each: a, must_be_%s: ",
		o->is_preceded ? "preceded_by" : "followed_by");
	drawn_add(text,
		o->partner_where ? "{event: %s, where: {n: 1..5}}" : "%s",
		o->needs_crm ? "d" : "b");
	drawn_add(text, ", same: %s", o->same_nothing ? "nothing" : "k");
	if (o->within)
		drawn_add(text, ", within: %s", o->within);
	if (o->starting_from)
		drawn_add(text, ", starting_from: from");
	if (o->unless_within)
		drawn_add(text, ", unless: {event: x, within: %s}",
			o->unless_within);
	else if (o->unless_event)
		drawn_add(text, ", unless: x");
	drawn_add_rule(text, &o->common, o->unless_event);
}

static bool has_key(
	const struct order *o, const struct drawn_log *log, int i, int key)
{
	return o->same_nothing || (log->rows[i].keys >> (key - 1) & 1) != 0;
}

static bool is_partner(const struct order *o, const struct drawn_log *log,
	int i, int key, int of)
{
	return i != of && drawn_is(log, i, DRAWN_B) &&
	       (!o->needs_crm || log->rows[i].is_crm) &&
	       (!o->partner_where ||
		       drawn_truth(log->rows[i].n) == TRUTH_TRUE) &&
	       has_key(o, log, i, key);
}

static bool is_exception(const struct order *o, const struct drawn_log *log,
	int i, int key, int of)
{
	return i != of && o->unless_event && drawn_is(log, i, DRAWN_X) &&
	       has_key(o, log, i, key);
}

/* The nearest partner after (or before) row `of`, or -1. */
static int nearest(const struct order *o, const struct drawn_log *log, int of,
	int key, bool after)
{
	int best = -1;

	for (int i = 0; i < log->n; i++) {
		if (!is_partner(o, log, i, key, of) ||
			!(after ? drawn_is_before(log, of, i)
				: drawn_is_before(log, i, of)))
			continue;
		if (best < 0 || (after ? drawn_is_before(log, i, best)
				       : drawn_is_before(log, best, i)))
			best = i;
	}
	return best;
}

static int farthest(const struct order *o, const struct drawn_log *log, int of,
	int key, bool after)
{
	int best = -1;

	for (int i = 0; i < log->n; i++) {
		if (!is_partner(o, log, i, key, of) ||
			!(after ? drawn_is_before(log, of, i)
				: drawn_is_before(log, i, of)))
			continue;
		if (best < 0 || (after ? drawn_is_before(log, best, i)
				       : drawn_is_before(log, i, best)))
			best = i;
	}
	return best;
}

static bool has_untimed(
	const struct order *o, const struct drawn_log *log, int of, int key)
{
	for (int i = 0; i < log->n; i++)
		if (!drawn_is_timed(log, i) && is_partner(o, log, i, key, of))
			return true;
	return false;
}

static bool is_excused_after(const struct order *o, const struct drawn_log *log,
	int of, int key, int64_t due)
{
	for (int i = 0; i < log->n; i++)
		if (is_exception(o, log, i, key, of) &&
			drawn_is_before(log, of, i) &&
			drawn_time(log, i) <= due &&
			(!o->unless_within ||
				drawn_time(log, i) <=
					calendar_window(o->calendar,
						drawn_time(log, of),
						o->unless_period)))
			return true;
	return false;
}

static bool is_excused_before(
	const struct order *o, const struct drawn_log *log, int of, int key)
{
	for (int i = 0; i < log->n; i++)
		if (is_exception(o, log, i, key, of) &&
			drawn_is_before(log, i, of) &&
			(!o->unless_within ||
				drawn_time(log, of) <=
					calendar_window(o->calendar,
						drawn_time(log, i),
						o->unless_period)))
			return true;
	return false;
}

static enum verdict read_followed(const struct order *o,
	const struct drawn_log *log, int of, int key, struct told *told)
{
	const struct drawn_row *r = &log->rows[of];
	bool lacks_from = r->from_is_bad || r->from == DRAWN_NONE;
	struct horizon horizon = drawn_horizon(log, o->needs_crm);
	int64_t start = drawn_time(log, of), due;
	int b = nearest(o, log, of, key, true);
	int before = farthest(o, log, of, key, false);

	if (!drawn_is_timed(log, of) ||
		(o->starting_from && lacks_from && !o->is_log))
		return VERDICT_UNKNOWN;
	if (o->starting_from && !lacks_from)
		start = SCENE_AT(r->from);
	due = o->is_log ? drawn_as_of(log)
			: calendar_due(o->calendar, start, o->period);
	told->due = told->at = due;
	if (b >= 0 && drawn_time(log, b) <= due)
		return VERDICT_OK;
	if (is_excused_after(o, log, of, key, due))
		return VERDICT_NOT_APPLICABLE;
	if (due > horizon.end)
		return VERDICT_PENDING;
	/* A partner that is not seen would have to lie between both. */
	if (due >= drawn_time(log, of) &&
		(has_untimed(o, log, of, key) ||
			drawn_time(log, of) < horizon.start))
		return VERDICT_UNKNOWN;
	told->reason = b >= 0        ? REASON_LATE
		       : before >= 0 ? REASON_WRONG_ORDER
				     : REASON_MISSING;
	told->partner = (b >= 0 ? b : before) + 1;
	if (b >= 0)
		told->repaired_at = drawn_time(log, b);
	else if (before >= 0)
		told->at = drawn_time(log, of);
	return VERDICT_VIOLATED;
}

static bool is_born(const struct order *o, const struct drawn_log *log, int key,
	int64_t start)
{
	for (int i = 0; i < log->n; i++)
		if (!o->same_nothing && drawn_is(log, i, DRAWN_S) &&
			drawn_is_timed(log, i) && drawn_time(log, i) >= start &&
			has_key(o, log, i, key))
			return true;
	return false;
}

static enum verdict read_preceded(const struct order *o,
	const struct drawn_log *log, int of, int key, struct told *told)
{
	struct horizon horizon = drawn_horizon(log, o->needs_crm);
	int64_t time = drawn_time(log, of);
	int p = nearest(o, log, of, key, false);
	int after = farthest(o, log, of, key, true);

	if (!drawn_is_timed(log, of))
		return VERDICT_UNKNOWN;
	told->at = time;
	if (p >= 0 &&
		(!o->within || time <= calendar_window(o->calendar,
					       drawn_time(log, p), o->period)))
		return VERDICT_OK;
	if (is_excused_before(o, log, of, key))
		return VERDICT_NOT_APPLICABLE;
	if (has_untimed(o, log, of, key))
		return VERDICT_UNKNOWN;
	if (!log->is_closed && !is_born(o, log, key, horizon.start) &&
		(!o->within || calendar_window(o->calendar, horizon.start - 1,
				       o->period) >= time))
		return VERDICT_UNKNOWN;
	told->reason = p >= 0       ? REASON_EXPIRED
		       : after >= 0 ? REASON_WRONG_ORDER
				    : REASON_MISSING;
	told->partner = (p >= 0 ? p : after) + 1;
	return VERDICT_VIOLATED;
}

static void read_activation(const struct order *o, const struct drawn_log *log,
	int of, int key, struct tally *tally)
{
	struct told told = tally_told(of, o->same_nothing ? 0 : key);
	enum verdict verdict = drawn_settled(log, &o->common, of);

	if (verdict == VERDICT_N)
		verdict = o->is_preceded
				  ? read_preceded(o, log, of, key, &told)
				  : read_followed(o, log, of, key, &told);
	tally_add(tally, verdict, &told);
}

static struct tally read_order(
	const struct order *o, const struct drawn_log *log)
{
	struct tally tally = {0};

	for (int i = 0; i < log->n; i++) {
		enum verdict settled = drawn_settled(log, &o->common, i);

		if (!drawn_is(log, i, DRAWN_A) ||
			drawn_is_dropped(log, &o->common, i))
			continue;
		if (!o->same_nothing && log->rows[i].keys == 0)
			tally_add(&tally,
				settled == VERDICT_N ? VERDICT_UNKNOWN
						     : settled,
				NULL);
		for (int k = 1; k <= (o->same_nothing ? 1 : DRAWN_KEYS); k++)
			if (has_key(o, log, i, k))
				read_activation(o, log, i, k, &tally);
	}
	return tally;
}

static const struct drawn_style style = {
	.kinds = DRAWN_A | DRAWN_B | DRAWN_X | DRAWN_S,
	.untimed = 120000,
	.merged = 50000,
	.closed = 300000,
	.edges = 300000};

/* Opens a scene with a drawn rule. */
static void open_order(struct rng *rng, struct scene *s, struct order *o,
	struct drawn_text *rule)
{
	draw_order(rng, o);
	print_order(o, rule);
	scene_open(s, DRAWN_WORDS);
	scene_rule(s, rule->at);
	o->calendar = s->rules.at[0].calendar;
}

/* Property: shape 4 is its definition, read row by row. */
Test(shape_order, verdicts_are_those_of_the_definition)
{
	static const enum verdict verdicts[] = {VERDICT_OK, VERDICT_VIOLATED,
		VERDICT_PENDING, VERDICT_UNKNOWN, VERDICT_NOT_APPLICABLE};
	static const enum reason reasons[] = {REASON_MISSING, REASON_LATE,
		REASON_EXPIRED, REASON_WRONG_ORDER};
	struct rng rng = {4};
	struct met met = {0};

	for (int i = 0; i < 500; i++) {
		struct scene s;
		struct order o;
		struct drawn_text rule;

		open_order(&rng, &s, &o, &rule);
		for (int j = 0; j < 40; j++) {
			struct drawn_log log;
			struct tally want;

			drawn_log(&rng, &style, &log);
			want = read_order(&o, &log);
			tally_expect(&s, &log, rule.at, &want);
			met_add(&met, &want);
		}
		scene_free(&s);
	}
	MET_EXPECT(&met, verdicts, reasons);
}

/* Property: the laws of cutting a log and of shuffling it. */
Test(shape_order, no_ok_comes_from_cutting_and_nothing_from_shuffling)
{
	struct rng rng = {41};

	for (int i = 0; i < 100; i++) {
		struct scene s;
		struct order o;
		struct drawn_text rule;

		open_order(&rng, &s, &o, &rule);
		for (int j = 0; j < 30; j++) {
			struct drawn_log log;

			drawn_log(&rng, &style, &log);
			law_expect_cut(&s, &rng, &log, rule.at);
			law_expect_shuffled(&s, &rng, &log, rule.at);
		}
		scene_free(&s);
	}
}

/* G(a -> F b) and G(a -> O b) over the rows of one key, as finite traces. */
static bool holds(const struct drawn_log *log, int key, bool is_preceded)
{
	for (int i = 0; i < log->n; i++) {
		bool found = !drawn_is(log, i, DRAWN_A) ||
			     !(log->rows[i].keys >> (key - 1) & 1);

		for (int j = 0; j < log->n; j++)
			found |= drawn_is(log, j, DRAWN_B) &&
				 (log->rows[j].keys >> (key - 1) & 1) &&
				 (is_preceded ? drawn_is_before(log, j, i)
					      : drawn_is_before(log, i, j));
		if (!found)
			return false;
	}
	return true;
}

/* Property: on a closed log, without durations, the verdicts are those of the
   DECLARE templates Response and Precedence for each key. */
Test(shape_order, a_closed_log_gives_response_and_precedence)
{
	static const struct drawn_style timed = {
		.kinds = DRAWN_A | DRAWN_B, .closed = 1000000};
	static const char *const rules[] = {
		"for_each: a, must_be_followed_by: b, same: k, within: the log",
		"for_each: a, must_be_preceded_by: b, same: k"};
	struct rng rng = {5};

	for (int is_preceded = 0; is_preceded < 2; is_preceded++) {
		struct scene s;

		scene_open(&s, DRAWN_WORDS);
		scene_rule(&s, rules[is_preceded]);
		for (int i = 0; i < 2000; i++) {
			bool broken[DRAWN_KEYS + 1] = {false};
			struct drawn_log log;
			struct tally found;

			drawn_log(&rng, &timed, &log);
			/* One event a row, as in a trace. */
			for (int j = 0; j < log.n; j++)
				if (log.rows[j].kinds == (DRAWN_A | DRAWN_B))
					log.rows[j].kinds = DRAWN_A;
			found = tally_judge(&s, &log);
			for (size_t j = 0; j < found.n; j++)
				broken[found.told[j].key] = true;
			for (int k = 1; k <= DRAWN_KEYS; k++)
				cr_assert(broken[k] !=
					  holds(&log, k, is_preceded));
		}
		scene_free(&s);
	}
}
