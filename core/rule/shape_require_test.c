#include "shape_random_p.h"

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

Test(shape_require, a_derived_event_owes_no_field_without_a_column)
{
	static const struct scene_row rows[] = {
		{"for_each: a, require: {reason: present}",
			"lacks tickets reason | +0h a derived "
			"source_name=tickets | +1h a source_name=tickets | "
			"+2h a derived",
			"2 violated, 1 not_applicable: missing @2, missing @3"},
		/* What its source has a column for is asked of it. */
		{"for_each: a, require: {reason: present, risk: 1}",
			"lacks tickets reason | +0h a derived risk=1 "
			"source_name=tickets | +1h a derived risk=2 "
			"source_name=tickets | +2h a reason=r risk=1",
			"1 ok, 1 violated, 1 not_applicable: wrong_value @2"},
		/* An alternative that really holds is better. */
		{"for_each: a, require_any: [{reason: present}, {risk: 1}]",
			"lacks tickets reason | +0h a derived risk=1 "
			"source_name=tickets | +1h a derived risk=2 "
			"source_name=tickets | +2h a derived risk=2",
			"1 ok, 1 violated, 1 not_applicable: missing @3"},
		/* One that fails in another field is none. */
		{"for_each: a, require_any: [{reason: present, risk: 1}, "
		 "{risk: 3}]",
			"lacks tickets reason | +0h a derived risk=2 "
			"source_name=tickets | +1h a derived risk=1 "
			"source_name=tickets",
			"1 violated, 1 not_applicable: wrong_value @1"},
		/* Nothing is wrong with a field that must be absent. */
		{"for_each: a, require: {reason: absent}",
			"lacks tickets reason | +0h a derived "
			"source_name=tickets",
			"1 ok"},
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

Test(shape_require, alternatives_add_to_what_is_required)
{
	static const struct scene_row rows[] = {
		{"for_each: a, require: {reason: present}, require_any: "
		 "[{risk: 1}, {basis: present}]",
			"+0h a reason=r risk=1 | +1h a reason=r risk=2 | "
			"+2h a risk=1 | +3h a reason=r basis=b",
			"2 ok, 2 violated: wrong_value @2, missing @3"},
		{"for_each: a, require_any: [{risk: 1}, {basis: present}], "
		 "require: {reason: present}",
			"+0h a risk=2 | +1h a reason=r",
			"2 violated: missing @1, missing @2"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_require, an_event_with_the_key_excuses)
{
	static const struct scene_row rows[] = {
		{"for_each: a, require: {risk: 1}, unless: x, same: k",
			"+0h a k=1 | +1h a k=2 | +2h a k=2 risk=1 | +9h x k=2 | "
			"+10h a",
			"1 ok, 1 violated, 1 unknown, 1 not_applicable: "
			"missing @1"},
		{"for_each: a, require: {risk: 1}, unless: x, same: k",
			"+0h a k=1,2 | untimed x k=2,3 | +1h a k=3",
			"2 not_applicable"},
		/* No row excuses itself. */
		{"for_each: a, require: {risk: 1}, unless: x, same: k",
			"+0h ax k=1 | +1h ax k=2 | +2h a k=2",
			"2 violated, 1 not_applicable: missing @1, missing @2"},
		{"for_each: a, require: {risk: 1}, unless: x, same: nothing",
			"+0h ax k=1 | +1h ax", "2 not_applicable"},
		{"for_each: a, require: {risk: 1}, unless: x, same: k",
			"+0h ax k=2,2", "1 violated: missing @1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

static void expect_message(
	const char *rule, const char *log, const char *message)
{
	struct scene s;
	struct check check = {0};
	struct str said;

	scene_open(&s, WORDS);
	scene_rule(&s, rule);
	scene_says(&s, log);
	cr_assert(s.outcomes[0].judgements.n == 1, "%s", rule);
	check.facts = &s.facts;
	check.v = &s.v;
	said = shape_require.describe(&s.log, &check, &s.rules.at[0],
		&s.outcomes[0].judgements.at[0]);
	cr_expect(str_equal(said, str_of(message)), "%.*s", STR_ARG(said));
	scene_free(&s);
}

Test(shape_require, the_message_lists_all_fields_that_fail)
{
	expect_message("for_each: a, require: {risk: 1..5, basis: present, "
		       "reason: present}",
		"+0h a risk=9 basis=b",
		"fails in risk (must be: 1..5), reason (must be: present)");
	expect_message("for_each: a, require: {reason: present}, require_any: "
		       "[{risk: 1}, {basis: present}]",
		"+0h a reason=r",
		"none of 2 alternatives holds; the first fails in risk (must "
		"be: 1)");
	expect_message("for_each: a, require: {ts_utc_ns: present}",
		"untimed a", "fails in time (must be: present)");
}

/* One bit per field, and one for all beyond: none is forgotten. */
Test(shape_require, a_field_beyond_the_bits_fails_too)
{
	struct arena a = {0};
	struct str words = STR("{fields: {");
	struct str rule = STR("for_each: a, require: {");
	struct scene s;
	struct check check = {0};
	struct str said;

	for (int i = 0; i < 70; i++) {
		words = arena_print(
			&a, "%.*sf%d: [f%d], ", STR_ARG(words), i, i);
		rule = arena_print(&a, "%.*sf%d: absent, ", STR_ARG(rule), i);
	}
	words = arena_print(
		&a, "%.*s}, events: {a: {type: a}}}", STR_ARG(words));
	rule = arena_print(&a, "%.*s}", STR_ARG(rule));
	scene_open(&s, words.s);
	scene_rule(&s, rule.s);
	cr_expect(str_equal(scene_says(&s, "+0h a f69=1 | +1h a"),
		STR("1 ok, 1 violated: wrong_value @1")));
	check.facts = &s.facts;
	said = shape_require.describe(&s.log, &check, &s.rules.at[0],
		&s.outcomes[0].judgements.at[0]);
	cr_expect(
		str_equal(said, STR("fails in others")), "%.*s", STR_ARG(said));
	scene_free(&s);
	arena_free(&a);
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

/* ---- against a slow reading of the manual ---- */

static enum verdict read_row(const struct drawn_log *log,
	const struct drawn_rule *rule, bool unless_event, int i,
	struct told *told)
{
	const struct drawn_row *r = &log->rows[i];
	enum verdict settled = drawn_settled(log, rule, i);
	bool no_number = r->seq == DRAWN_NONE;
	bool no_time = r->from == DRAWN_NONE && !r->from_is_bad;

	told->at = drawn_time(log, i);
	if (settled != VERDICT_N)
		return settled;
	if (unless_event && r->keys == 0)
		return VERDICT_UNKNOWN;
	if (!no_number && r->seq >= 2 && r->seq <= 4 && !no_time)
		return VERDICT_OK;
	if (unless_event && drawn_is_excused(log, i))
		return VERDICT_NOT_APPLICABLE;
	/* The first field that fails: seq, unless it holds. */
	told->reason = !no_number && !(r->seq >= 2 && r->seq <= 4)
			       ? REASON_WRONG_VALUE
			       : REASON_MISSING;
	return VERDICT_VIOLATED;
}

/* Property: shape 1 is its definition, read row by row. */
Test(shape_require, verdicts_are_those_of_the_definition)
{
	static const struct drawn_style style = {.kinds = DRAWN_A | DRAWN_X,
		.untimed = 200000,
		.merged = 50000,
		.edges = 200000};
	static const enum verdict verdicts[] = {VERDICT_OK, VERDICT_VIOLATED,
		VERDICT_UNKNOWN, VERDICT_NOT_APPLICABLE};
	static const enum reason reasons[] = {
		REASON_MISSING, REASON_WRONG_VALUE};
	struct rng rng = {1};
	struct met met = {0};

	for (int i = 0; i < 3000; i++) {
		bool unless_event = rng_chance(&rng, 400000);
		struct drawn_text text = {0};
		struct drawn_rule rule;
		struct drawn_log log;
		struct tally want = {0};
		struct scene s;

		drawn_rule(&rng, &rule);
		rule.has_unless &= !unless_event;
		drawn_add(&text, "for_each: a, require: {seq: 2..4, from: "
				 "present}");
		drawn_add_rule(&text, &rule, unless_event);
		if (unless_event)
			drawn_add(&text, ", unless: x, same: k");
		drawn_log(&rng, &style, &log);
		for (int j = 0; j < log.n; j++) {
			struct told told = tally_told(j, 0);

			if (drawn_is(&log, j, DRAWN_A) &&
				!drawn_is_dropped(&log, &rule, j))
				tally_add(&want,
					read_row(&log, &rule, unless_event, j,
						&told),
					&told);
		}
		scene_open(&s, DRAWN_WORDS);
		scene_rule(&s, text.at);
		tally_expect(&s, &log, text.at, &want);
		law_expect_cut(&s, &rng, &log, text.at);
		law_expect_shuffled(&s, &rng, &log, text.at);
		met_add(&met, &want);
		scene_free(&s);
	}
	MET_EXPECT(&met, verdicts, reasons);
}
