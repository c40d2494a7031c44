#include "section_p.h"

/* The due time is the last nanosecond of 2026-04-01; the repair is said by
   the partner of the first finding. Of 5 + 1 findings of the rule 3 are
   kept. */
Test(section_findings, each_has_its_keys_times_and_places)
{
	struct result result = sample_result();

	expect_section(section_findings, &result, 80,
		"\n"
		"Findings, most severe first\n"
		"\n"
		"  critical  DSAR-001  A request for erasure is answered in "
		"time\n"
		"       5 of 1,505 decided cases violated and 1 waived\n"
		"       cites: GDPR Art. 12(3); GDPR Art. 17\n"
		"       why: the law sets a month\n"
		"       fix: answer, then record the answer\n"
		"    1. case_id=D-7 email=•••: late: request_answered came "
		"after the due time\n"
		"       due         2026-04-01T23:59:59.999Z\n"
		"       activation  2026-03-01T00:00:00Z      update  "
		"logs/audit.csv:17\n"
		"       partner     2026-04-10T00:00:00.500Z  notify  "
		"logs/audit.csv:1042\n"
		"    2. case_id=D-7: missing: no request_answered followed\n"
		"       activation  2026-03-01T00:00:00Z      update  "
		"logs/audit.csv:17\n"
		"       waived      until 2026-12-31 by the privacy office: a "
		"system was moved\n"
		"    3. missing: no request_answered followed\n"
		"       repaired    2026-03-01T01:00:00Z\n"
		"       and 3 more that are only counted; --max-findings=0 "
		"keeps them\n"
		"\n"
		"  high  AUDIT-TRAIL-COMPLETENESS  Threshold of "
		"audit_trail_completeness\n"
		"       1 of 1 decided case violated\n"
		"    1. threshold: audit_trail_completeness is 75.00%: below "
		"80%\n");
}

Test(section_findings, narrow_lines_break_between_words)
{
	struct result result = sample_result();

	result.n_findings = 1;
	expect_section(section_findings, &result, 40,
		"\n"
		"Findings, most severe first\n"
		"\n"
		"  critical  DSAR-001  A request for\n"
		"       erasure is answered in time\n"
		"       5 of 1,505 decided cases violated\n"
		"       and 1 waived\n"
		"       cites: GDPR Art. 12(3); GDPR Art.\n"
		"            17\n"
		"       why: the law sets a month\n"
		"       fix: answer, then record the\n"
		"            answer\n"
		"    1. case_id=D-7 email=•••: late:\n"
		"       request_answered came after the\n"
		"       due time\n"
		"       due\n"
		"                2026-04-01T23:59:59.999Z\n"
		"       activation  2026-03-01T00:00:00Z\n"
		"                   update\n"
		"                   logs/audit.csv:17\n"
		"       partner\n"
		"                2026-04-10T00:00:00.500Z\n"
		"                   notify\n"
		"                   logs/audit.csv:1042\n"
		"       and 5 more that are only counted;\n"
		"       --max-findings=0 keeps them\n");
}

static struct str section_with(struct capture *c, uint32_t max, bool full)
{
	struct result result = sample_result();

	capture_begin(c, 80);
	c->options.max_examples = max;
	c->options.full_privacy = full;
	section_findings(&c->page, &result);
	return capture_end(c);
}

Test(section_findings, examples_are_capped_and_the_rest_counted)
{
	struct capture c;
	struct str have = section_with(&c, 2, false);

	cr_expect(str_find_text(have, STR("\n    2. ")) < have.len);
	cr_expect(str_find_text(have, STR("\n    3. ")) == have.len);
	cr_expect(str_find_text(have,
			  STR("       and 1 more; --max-examples=0 lists "
			      "them\n"
			      "       and 3 more that are only counted; "
			      "--max-findings=0 keeps them\n")) < have.len,
		"%.*s", STR_ARG(have));
	capture_free(&c);
	have = section_with(&c, 0, false);
	cr_expect(str_find_text(have, STR("\n    3. ")) < have.len);
	cr_expect(str_find_text(have, STR("--max-examples")) == have.len);
	capture_free(&c);
}

Test(section_findings, personal_values_are_masked_below_full_privacy)
{
	struct capture c;
	struct str have = section_with(&c, 20, true);

	cr_expect(
		str_find_text(have, STR("email=ana@example.org:")) < have.len);
	capture_free(&c);
	have = section_with(&c, 20, false);
	cr_expect(str_find_text(have, STR("ana@")) == have.len);
	capture_free(&c);
}

Test(section_findings, a_draft_says_that_it_never_fails)
{
	struct rule_result rule = {.id = STR("D-1"),
		.title = STR("t"),
		.status = RULE_DRAFT,
		.severity = SEVERITY_INFO,
		.verdicts = {[VERDICT_VIOLATED] = 1},
		.findings = 1};
	struct finding finding = {.kind = REASON_GAP,
		.message = STR("seq_no 5 is missing"),
		.due = CELL_ABSENT,
		.repaired_at = CELL_ABSENT};
	struct result result = {.rules = &rule,
		.n_rules = 1,
		.findings = &finding,
		.n_findings = 1};

	expect_section(section_findings, &result, 80,
		"\n"
		"Findings, most severe first\n"
		"\n"
		"  info  D-1  t\n"
		"       1 of 1 decided case violated (a draft, it never "
		"fails)\n"
		"    1. gap: seq_no 5 is missing\n");
}

Test(section_findings, without_findings_it_is_left_out)
{
	struct result result = {0};

	expect_section(section_findings, &result, 80, "");
}

Test(section_findings, long_actions_do_not_push_places_away)
{
	static const struct witness witness[] = {
		{STR_INIT("activation"), STR_INIT("incident_close_by_hand"),
			SAMPLE_MARCH, {STR_INIT("a.csv"), 1}, false},
		{STR_INIT("partner"), STR_INIT("read"), CELL_ABSENT,
			{STR_INIT("a.csv"), 2}, false}};
	struct rule_result rule = {.id = STR("D-1"), .findings = 1};
	struct finding finding = {.message = STR("m"),
		.kind = REASON_LATE,
		.due = CELL_ABSENT,
		.repaired_at = CELL_ABSENT,
		.witness = witness,
		.n_witness = 2};
	struct result result = {.rules = &rule,
		.n_rules = 1,
		.findings = &finding,
		.n_findings = 1};

	/* Behind an action of more than 14 bytes the place follows at once. */
	expect_section(section_findings, &result, 80,
		"\n"
		"Findings, most severe first\n"
		"\n"
		"  info  D-1\n"
		"       0 of 0 decided cases violated\n"
		"    1. late: m\n"
		"       activation  2026-03-01T00:00:00Z      "
		"incident_close_by_hand  a.csv:1\n"
		"       partner     no time                   read            "
		"a.csv:2\n");
}
