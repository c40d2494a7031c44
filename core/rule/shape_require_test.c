#include "scene_p.h"

#define WORDS                                                                     \
	"{keys: {k: {columns: [k], split: \",\"}},"                               \
	" fields: {risk: [risk], reason: [reason], basis: [basis], from: [from]," \
	" to: [to], tags: {columns: [tags], split: \",\"}},"                      \
	" lists: {allowed: [consent, contract]},"                                 \
	" events: {a: {type: [a, ax]}, x: {type: [x, ax]}}}"

/* The first example of the manual's list of shapes. */
#define AI_001                                                     \
	"for_each: ai_decision, require: {model_version: present," \
	" legal_basis: [consent, contract], confidence: 0..1,"     \
	" reason: at least 20 characters}"
#define AI_WORDS                                                 \
	"{fields: {confidence: [confidence], reason: [reason]}," \
	" events: {ai_decision: {type: [lead.scored, credit.decided]}}}"

Test(shape_require, a_decision_names_model_basis_and_confidence)
{
	static const struct scene_row rows[] = {
		{AI_001,
			"+0h lead.scored model_version=2 legal_basis=consent "
			"confidence=0.5 reason=\"income is above the limit\"",
			"1 ok"},
		{AI_001,
			"+0h credit.decided model_version=2 legal_basis=habit "
			"confidence=0.5 reason=\"income is above the limit\"",
			"1 violated: wrong_value @1"},
		{AI_001,
			"+0h lead.scored legal_basis=consent confidence=1.01 "
			"reason=\"income is above the limit\"",
			"1 violated: missing @1"},
		/* 19 and 20 characters */
		{AI_001,
			"+0h lead.scored model_version=2 legal_basis=consent "
			"confidence=1 reason=abcdefghijklmnopqrs | +1h "
			"lead.scored model_version=2 legal_basis=consent "
			"confidence=0 reason=abcdefghijklmnopqrst",
			"1 ok, 1 violated: wrong_value @1"},
		{AI_001, "+0h other", "never matched"},
	};

	SCENE_EXPECT(AI_WORDS, rows);
}

Test(shape_require, the_first_field_that_fails_names_the_kind)
{
	static const struct scene_row rows[] = {
		{"for_each: a, require: {risk: 1..5, reason: present}",
			"+0h a risk=9 | +1h a risk=3 | +2h a risk=3 reason=r",
			"1 ok, 2 violated: wrong_value @1, missing @2"},
		/* What cannot be read is no evidence. */
		{"for_each: a, require: {risk: 1..5, reason: present}",
			"+0h a risk=high reason=r",
			"1 violated: wrong_value @1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_require, edges_order_and_time_play_no_part)
{
	static const struct scene_row rows[] = {
		{"for_each: a, require: {risk: 1}",
			"closed | untimed a risk=1 | untimed a | +0h a risk=1",
			"2 ok, 1 violated: missing @2"},
		{"for_each: a, require: {risk: 1}",
			"source log +9h +9h | untimed a risk=1 | +0h a risk=2",
			"1 ok, 1 violated: wrong_value @2"},
		{"for_each: a, require: {risk: 1}",
			"+0h a risk=1 | +0h a risk=1 merged", "1 ok"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_require, one_alternative_must_hold)
{
	static const struct scene_row rows[] = {
		{"for_each: a, require_any: [{risk: 1}, {reason: present, "
		 "basis: listed in allowed}]",
			"+0h a risk=1 | +1h a reason=r basis=consent | "
			"+2h a reason=r basis=habit | +3h a risk=2",
			"2 ok, 2 violated: missing @3, wrong_value @4"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_require, where_narrows_and_unless_excuses)
{
	static const struct scene_row rows[] = {
		{"for_each: a, require: {reason: present}, where: {risk: 5..9}",
			"+0h a risk=1 | +1h a risk=5 | +2h a | +3h a risk=bad",
			"1 violated, 1 unknown: missing @2"},
		{"for_each: a, require: {reason: present}, unless: {risk: 0}",
			"+0h a risk=0 | +1h a risk=1 | +2h a risk=0 reason=r",
			"1 violated, 2 not_applicable: missing @2"},
		{"for_each: a, require: {reason: present}, unless: {risk: 0..1}",
			"+0h a risk=bad", "1 unknown"},
		/* Outside `effective` outweighs what cannot be decided. */
		{"for_each: a, require: {reason: present}, where: {risk: 5..9}, "
		 "effective: {from: 2026-01-06, to: 2026-01-07}",
			"+0h a risk=bad | +24h a risk=bad | +71h a risk=5 | "
			"+72h a risk=5 | untimed a risk=5",
			"1 violated, 2 unknown, 2 not_applicable: missing @3"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_require, violations_are_dated_if_the_row_is)
{
	struct scene s;
	const struct judgement *found;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: a, require: {risk: 1}");
	scene_says(&s, "+5h a | untimed a");
	found = s.outcomes[0].judgements.at;
	cr_assert(s.outcomes[0].judgements.n == 2);
	cr_expect(found[0].at == SCENE_AT(5));
	cr_expect(found[0].due == CELL_ABSENT);
	cr_expect(found[1].at == CELL_ABSENT);
	scene_free(&s);
}
