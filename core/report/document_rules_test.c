#include "document_p.h"

Test(document_rules, rules_have_their_verdicts_and_reasons)
{
	struct result result = sample_result();
	struct rule_result rules[] = {sample_rules[SAMPLE_LATE],
		sample_rules[SAMPLE_UNMATCHED],
		{.severity = SEVERITY_LOW,
			.status = RULE_DRAFT,
			.outcome = OUTCOME_NOT_EVALUABLE,
			.not_evaluable = true,
			.undecided = 4,
			.partner_never_seen = true}};

	result.rules = rules;
	result.n_rules = 3;
	expect_part(document_rules, &result, false,
		"{\"rules\": [{\"id\": \"DSAR-001\", "
		"\"title\": \"A request for erasure is answered in time\", "
		"\"severity\": \"critical\", \"status\": \"active\", "
		"\"outcome\": \"failed\", "
		"\"cites\": [\"GDPR Art. 12(3)\", \"GDPR Art. 17\"], "
		"\"counts_as\": [\"obligation\"], \"file\": \"rules.yaml\", "
		"\"verdicts\": {\"ok\": 1500, \"violated\": 5, "
		"\"pending\": 2, \"unknown\": 1, \"waived\": 1, "
		"\"not_applicable\": 0}, \"never_matched\": false, "
		"\"not_evaluable\": false, \"close\": 2, \"unborn\": 3, "
		"\"undecided\": 0, \"partner_never_seen\": false}, "
		"{\"id\": \"GEO-009\", "
		"\"title\": \"Exports stay in the union\", "
		"\"severity\": \"high\", \"status\": \"active\", "
		"\"outcome\": \"never matched\", \"cites\": [], "
		"\"counts_as\": [], \"file\": \"rules.yaml\", "
		"\"verdicts\": {\"ok\": 0, \"violated\": 0, \"pending\": 0, "
		"\"unknown\": 0, \"waived\": 0, \"not_applicable\": 0}, "
		"\"never_matched\": true, \"not_evaluable\": false, "
		"\"why\": \"no row has the type export\", \"close\": 0, "
		"\"unborn\": 0, \"undecided\": 0, "
		"\"partner_never_seen\": false}, "
		"{\"id\": \"\", \"title\": \"\", \"severity\": \"low\", "
		"\"status\": \"draft\", \"outcome\": \"not evaluable\", "
		"\"cites\": [], \"counts_as\": [], \"file\": \"\", "
		"\"verdicts\": {\"ok\": 0, \"violated\": 0, \"pending\": 0, "
		"\"unknown\": 0, \"waived\": 0, \"not_applicable\": 0}, "
		"\"never_matched\": false, \"not_evaluable\": true, "
		"\"close\": 0, \"unborn\": 0, \"undecided\": 4, "
		"\"partner_never_seen\": true}]}");
}
