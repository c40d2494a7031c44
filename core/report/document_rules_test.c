#include "document_p.h"

Test(document_rules, rules_have_their_verdicts_and_reasons)
{
	static const struct str sample_tags[] = {
		STR_INIT("pilot"), STR_INIT("eu")};
	static const struct place places[] = {
		{STR_INIT("a.csv"), 4}, {STR_INIT("b.csv"), 2}};
	static const struct unknown_reason unknown[] = {
		{REASON_NO_KEY, 7, STR_INIT("no case"), places, 2},
		{REASON_UNTIMED, 1, STR_INIT("no time"), places, 1}};
	struct result result = sample_result();
	struct rule_result rules[] = {sample_rules[SAMPLE_LATE],
		sample_rules[SAMPLE_UNMATCHED],
		{.severity = SEVERITY_LOW,
			.status = RULE_DRAFT,
			.outcome = OUTCOME_NOT_EVALUABLE,
			.not_evaluable = true,
			.tags = sample_tags,
			.n_tags = 2,
			.owner = STR_INIT("desk"),
			.why = STR_INIT("Trust"),
			.fix = STR_INIT("Ask"),
			.unknown = unknown,
			.n_unknown = 2,
			.undecided = 4,
			.partner_never_seen = true}};

	result.rules = rules;
	result.n_rules = 3;
	expect_part(document_rules, &result, false,
		"{\"rules\": [{\"id\": \"DSAR-001\", "
		"\"title\": \"A request for erasure is answered in time\", "
		"\"severity\": \"critical\", \"status\": \"active\", "
		"\"outcome\": \"failed\", \"cites\": [\"GDPR Art. 12(3)\", "
		"\"GDPR Art. 17\"], \"counts_as\": [\"obligation\"], "
		"\"tags\": [], \"owner\": null, "
		"\"rationale\": \"the law sets a month\", \"fix\": \"answer, "
		"then record the answer\", \"file\": \"rules.yaml\", "
		"\"verdicts\": {\"ok\": 1500, \"violated\": 5, "
		"\"pending\": 2, \"unknown\": 1, \"waived\": 1, "
		"\"not_applicable\": 0}, \"unknown_reasons\": [], "
		"\"never_matched\": false, \"not_evaluable\": false, "
		"\"close\": 2, \"unborn\": 3, \"undecided\": 0, "
		"\"partner_never_seen\": false}, {\"id\": \"GEO-009\", "
		"\"title\": \"Exports stay in the union\", "
		"\"severity\": \"high\", \"status\": \"active\", "
		"\"outcome\": \"never matched\", \"cites\": [], "
		"\"counts_as\": [], \"tags\": [], \"owner\": null, "
		"\"rationale\": null, \"fix\": null, "
		"\"file\": \"rules.yaml\", \"verdicts\": {\"ok\": 0, "
		"\"violated\": 0, \"pending\": 0, \"unknown\": 0, "
		"\"waived\": 0, \"not_applicable\": 0}, "
		"\"unknown_reasons\": [], \"never_matched\": true, "
		"\"not_evaluable\": false, "
		"\"why\": \"no row has the type export\", \"close\": 0, "
		"\"unborn\": 0, \"undecided\": 0, "
		"\"partner_never_seen\": false}, {\"id\": \"\", "
		"\"title\": \"\", \"severity\": \"low\", "
		"\"status\": \"draft\", \"outcome\": \"not evaluable\", "
		"\"cites\": [], \"counts_as\": [], \"tags\": [\"pilot\", "
		"\"eu\"], \"owner\": \"desk\", \"rationale\": \"Trust\", "
		"\"fix\": \"Ask\", \"file\": \"\", \"verdicts\": {\"ok\": 0, "
		"\"violated\": 0, \"pending\": 0, \"unknown\": 0, "
		"\"waived\": 0, \"not_applicable\": 0}, "
		"\"unknown_reasons\": [{\"reason\": \"no-key\", "
		"\"count\": 7, \"why\": \"no case\", \"places\": [{"
		"\"path\": \"a.csv\", \"line\": 4}, {\"path\": \"b.csv\", "
		"\"line\": 2}]}, {\"reason\": \"untimed\", \"count\": 1, "
		"\"why\": \"no time\", \"places\": [{\"path\": \"a.csv\", "
		"\"line\": 4}]}], \"never_matched\": false, "
		"\"not_evaluable\": true, \"close\": 0, \"unborn\": 0, "
		"\"undecided\": 4, \"partner_never_seen\": true}]}");
}
