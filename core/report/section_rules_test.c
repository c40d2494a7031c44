#include "section_p.h"

/* What judged nothing stands in another section. */
Test(section_rules, judged_rules_have_their_verdicts)
{
	struct result result = sample_result();

	expect_section(section_rules, &result, 80,
		"\n"
		"Rules\n"
		"  severity  outcome  violated         ok  pending  unknown  "
		"waived  rule\n"
		"  critical  failed          5      1,500        2        1  "
		"     1  DSAR-001\n"
		"  medium    passed          0  1,234,567        0        0  "
		"     0  AUD-002\n"
		"  medium    passed          0          1        0        0  "
		"     0\n"
		"                                                             "
		"  TIME-TO-REMEDIATE\n"
		"  high      failed          1          0        0        0  "
		"     0\n"
		"                                                        "
		"AUDIT-TRAIL-COMPLETENESS\n"
		"  DSAR-001: 2 pending past the time to warn at\n"
		"  DSAR-001: 3 seen without their beginning, not judged\n"
		"  TIME-TO-REMEDIATE: warning: time_to_remediate is 9: above "
		"5\n");
}

Test(section_rules, wide_pages_have_the_titles)
{
	struct result result = sample_result();

	result.n_rules = 2;
	expect_section(section_rules, &result, 100,
		"\n"
		"Rules\n"
		"  severity  outcome  violated         ok  pending  unknown  "
		"waived  rule\n"
		"  critical  failed          5      1,500        2        1  "
		"     1  DSAR-001  A request for "
		"erasure\n"
		"                                                             "
		"       is answered in time\n"
		"  medium    passed          0  1,234,567        0        0  "
		"     0  AUD-002  Identifiers are unique\n"
		"  DSAR-001: 2 pending past the time to warn at\n"
		"  DSAR-001: 3 seen without their beginning, not judged\n");
}

Test(section_rules, columns_of_zeros_are_left_out)
{
	struct result result = sample_result();

	result.rules = &sample_rules[SAMPLE_CLEAN];
	result.n_rules = 1;
	expect_section(section_rules, &result, 80,
		"\n"
		"Rules\n"
		"  severity  outcome         ok  rule\n"
		"  medium    passed   1,234,567  AUD-002\n");
}

Test(section_rules, what_is_doubtful_about_a_rule_is_said)
{
	struct rule_result rule = {.id = STR("ORD-1"),
		.severity = SEVERITY_LOW,
		.verdicts = {[VERDICT_OK] = 1, [VERDICT_NOT_APPLICABLE] = 4},
		.undecided = 1200,
		.partner_never_seen = true};
	struct result result = {.rules = &rule, .n_rules = 1};

	expect_section(section_rules, &result, 80,
		"\n"
		"Rules\n"
		"  severity  outcome  ok  n/a  rule\n"
		"  low       passed    1    4  ORD-1\n"
		"  ORD-1: 1,200 rows of which it cannot be said whether they "
		"are a partner\n"
		"  ORD-1: what it waits for is nowhere in the log\n");
}

Test(section_rules, without_rules_it_is_left_out)
{
	struct result result = {0};

	expect_section(section_rules, &result, 80, "");
}

Test(section_rules, unknown_verdicts_have_their_reason_and_first_places)
{
	static const struct place places[] = {
		{STR_INIT("a.csv"), 4}, {STR_INIT("b.csv"), 2}};
	static const struct unknown_reason unknown[] = {
		{REASON_NO_KEY, 1500, STR_INIT("the row has no case"), places,
			2},
		{REASON_UNTIMED, 1, STR_INIT("a row has no time"), places, 1}};
	struct rule_result rule = sample_rules[SAMPLE_CLEAN];
	struct result result = sample_result();

	rule.unknown = unknown;
	rule.n_unknown = 2;
	result.rules = &rule;
	result.n_rules = 1;
	expect_section(section_rules, &result, 80,
		"\n"
		"Rules\n"
		"  severity  outcome         ok  rule\n"
		"  medium    passed   1,234,567  AUD-002\n"
		"  AUD-002: 1,500 unknown (no-key), the row has no case: a.csv:4 "
		"b.csv:2 ...\n"
		"  AUD-002: 1 unknown (untimed), a row has no time: a.csv:4\n");
}
