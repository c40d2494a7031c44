#include "scene_p.h"

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
		intern_get(&s.strings, outcome->judgements.at[0].key[0]),
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
