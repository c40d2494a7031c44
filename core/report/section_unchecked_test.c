#include "section_p.h"

Test(section_unchecked, what_judged_nothing_says_why)
{
	struct rule_result rules[] = {sample_rules[SAMPLE_UNMATCHED],
		sample_rules[SAMPLE_CLEAN],
		{.id = STR("X-1"),
			.outcome = OUTCOME_NOT_EVALUABLE,
			.not_evaluable = true}};
	struct result result = sample_result();

	result.rules = rules;
	result.n_rules = 3;
	expect_section(section_unchecked, &result, 80,
		"\n"
		"Not checked\n"
		"  GEO-009: never matched, no row has the type export\n"
		"  X-1: not evaluable\n"
		"  completeness of sessions: sessions are not followed\n"
		"  completeness of lineage: hops are not followed\n"
		"  completeness of paths: paths are not followed\n"
		"  not computed by this version: explained_decisions "
		"decision_trace_completeness\n"
		"    checkpoint_delay survey_feedback\n"
		"\n"
		"Notes\n"
		"  - A log cannot prove that nothing happened beside it.\n");
}

Test(section_unchecked, long_reasons_go_on_below)
{
	struct result result = {0};
	static const struct str notes[] = {
		STR_INIT("A log cannot prove that its times are right."),
		STR_INIT("::error:: in a note")};

	result.notes = notes;
	result.n_notes = 2;
	expect_section(section_unchecked, &result, 40,
		"\n"
		"Not checked\n"
		"  not computed by this version:\n"
		"    explained_decisions\n"
		"    decision_trace_completeness\n"
		"    checkpoint_delay survey_feedback\n"
		"\n"
		"Notes\n"
		"  - A log cannot prove that its times\n"
		"    are right.\n"
		"  - ::error:: in a note\n");
}
