#include "document_p.h"

#define LATE_FINDING(EMAIL)                                           \
	"{\"rule\": \"DSAR-001\", \"verdict\": \"violated\", "        \
	"\"kind\": \"late\", "                                        \
	"\"key\": {\"case_id\": \"D-7\", \"email\": \"" EMAIL "\"}, " \
	"\"time\": \"2026-03-01T00:00:00Z\", "                        \
	"\"at\": \"2026-04-01T23:59:59.999999999Z\", "                \
	"\"due\": \"2026-04-01T23:59:59.999999999Z\", "               \
	"\"repaired_at\": \"2026-04-10T00:00:00.500Z\", "             \
	"\"places\": [{\"path\": \"logs/audit.csv\", \"line\": 17}, " \
	"{\"path\": \"logs/audit.csv\", \"line\": 1042}], "           \
	"\"message\": \"request_answered came after the due time\", " \
	"\"witness\": [{\"event\": \"update\", "                      \
	"\"time\": \"2026-03-01T00:00:00Z\", "                        \
	"\"path\": \"logs/audit.csv\", \"line\": 17, "                \
	"\"role\": \"activation\"}, {\"event\": \"notify\", "         \
	"\"time\": \"2026-04-10T00:00:00.500Z\", "                    \
	"\"path\": \"logs/audit.csv\", \"line\": 1042, "              \
	"\"role\": \"partner\"}], "                                   \
	"\"fingerprint\": \"0123456789abcdef0123456789abcdef\"}"

Test(document_findings, findings_have_their_evidence)
{
	struct result result = sample_result();

	result.n_findings = 2;
	expect_part(document_findings, &result, false,
		"{\"findings\": [" LATE_FINDING(
			"•••") ", "
			       "{\"rule\": \"DSAR-001\", \"verdict\": \"waived\", "
			       "\"kind\": \"missing\", \"key\": {\"case_id\": \"D-7\"}, "
			       "\"time\": \"2026-03-01T00:00:00Z\", "
			       "\"at\": \"2026-03-01T00:00:00Z\", \"due\": null, "
			       "\"places\": [{\"path\": \"logs/audit.csv\", "
			       "\"line\": 17}], "
			       "\"message\": \"no request_answered followed\", "
			       "\"witness\": [{\"event\": \"update\", "
			       "\"time\": \"2026-03-01T00:00:00Z\", "
			       "\"path\": \"logs/audit.csv\", \"line\": 17, "
			       "\"role\": \"activation\"}], "
			       "\"fingerprint\": \"1123456789abcdef0123456789abcdef\", "
			       "\"waiver\": {\"reason\": \"a system was moved\", "
			       "\"approved_by\": \"the privacy office\", "
			       "\"until\": \"2026-12-31\"}}], \"findings_total\": 7}");
}

Test(document_findings, personal_values_stand_only_with_full_privacy)
{
	struct result result = sample_result();

	result.n_findings = 1;
	expect_part(document_findings, &result, true,
		"{\"findings\": [" LATE_FINDING(
			"ana@example.org") "], \"findings_total\": 7}");
}

Test(document_findings, a_key_that_a_rule_lists_twice_stands_once)
{
	static const struct key_value keys[] = {
		{STR_INIT("case_id"), STR_INIT("D-7"), false},
		{STR_INIT("email"), STR_INIT("x"), false},
		{STR_INIT("case_id"), STR_INIT("D-7"), false}};
	struct finding finding = {.verdict = VERDICT_VIOLATED,
		.kind = REASON_MISSING,
		.keys = keys,
		.n_keys = 3,
		.time = CELL_ABSENT,
		.at = CELL_ABSENT,
		.due = CELL_ABSENT,
		.repaired_at = CELL_ABSENT};
	struct result result = {.rules = sample_rules,
		.n_rules = 1,
		.findings = &finding,
		.n_findings = 1};

	expect_part(document_findings, &result, true,
		"{\"findings\": [{\"rule\": \"DSAR-001\", "
		"\"verdict\": \"violated\", \"kind\": \"missing\", "
		"\"key\": {\"case_id\": \"D-7\", \"email\": \"x\"}, "
		"\"time\": null, \"at\": null, \"due\": null, "
		"\"places\": [], \"message\": \"\", \"witness\": [], "
		"\"fingerprint\": \"\"}], \"findings_total\": 0}");
}

Test(document_findings, bytes_that_are_not_utf8_make_a_finding_lossy)
{
	struct finding findings[2] = {{.message = STR("caf\xe9"),
		.time = CELL_ABSENT,
		.at = CELL_ABSENT,
		.due = CELL_ABSENT,
		.repaired_at = CELL_ABSENT}};
	struct result result = {.rules = sample_rules,
		.n_rules = 1,
		.findings = findings,
		.n_findings = 2};

	/* The next one is not. */
	findings[1] = findings[0];
	findings[1].message = STR("café");
	expect_part(document_findings, &result, true,
		"{\"findings\": [{\"rule\": \"DSAR-001\", "
		"\"verdict\": \"ok\", \"kind\": \"\", \"key\": {}, "
		"\"time\": null, \"at\": null, \"due\": null, "
		"\"places\": [], \"message\": \"caf\xef\xbf\xbd\", "
		"\"witness\": [], \"fingerprint\": \"\", \"lossy\": true}, "
		"{\"rule\": \"DSAR-001\", "
		"\"verdict\": \"ok\", \"kind\": \"\", \"key\": {}, "
		"\"time\": null, \"at\": null, \"due\": null, "
		"\"places\": [], \"message\": \"café\", "
		"\"witness\": [], \"fingerprint\": \"\"}], "
		"\"findings_total\": 0}");
}
