#include "section_p.h"

#define SAMPLE_RUN                                                                   \
	"\n"                                                                         \
	"  completeness  75.00%: 9 of 12 transactions are in the log, 1 cannot be\n" \
	"                verified\n"                                                 \
	"  rows          2,011 read = 2,001 accepted + 5 duplicate + "               \
	"0 filtered +\n"                                                             \
	"                5 rejected\n"                                               \
	"  rules         4 of 5 applied, 1 never matched, 0 not "                    \
	"evaluable\n"                                                                \
	"  verdicts      1,236,068 ok, 6 violated, 2 pending, 1 unknown, "           \
	"1 waived\n"                                                                 \
	"  period        2026-01-01 to 2026-06-30 (both days included)\n"            \
	"  as of         2026-06-30T23:59:59Z\n"                                     \
	"  made by       lineal 0.1.0 with lineal.yaml@2b6d876b; privacy "           \
	"masked.\n"                                                                  \
	"                Indicator, not legal advice.\n"

/* 1,500 + 1,234,567 + 1 cases are ok; 2,000 + 11 rows were read. */
Test(section_head, the_first_lines_say_what_failed_and_what_was_checked)
{
	struct result result = sample_result();

	expect_section(section_head, &result, 80,
		"FAIL  6 findings at or above medium, 0 below; exit status 1\n"
		"\n"
		"  critical  5  DSAR-001                  A request for "
		"erasure is answered in\n"
		"                                         time\n"
		"  high      1  AUDIT-TRAIL-COMPLETENESS  Threshold of "
		"audit_trail_completeness\n" SAMPLE_RUN);
}

Test(section_head, narrow_pages_have_paragraphs)
{
	struct result result = sample_result();

	result.rules = &sample_rules[SAMPLE_LATE];
	result.n_rules = 1;
	result.period_to = SAMPLE_MARCH + 1;
	expect_section(section_head, &result, 40,
		"FAIL  6 findings at or above medium,\n"
		"      0 below; exit status 1\n"
		"\n"
		"  critical  5  DSAR-001  A request for\n"
		"                         erasure is\n"
		"                         answered in\n"
		"                         time\n"
		"\n"
		"  completeness  75.00%: 9 of 12\n"
		"                transactions are in the\n"
		"                log, 1 cannot be\n"
		"                verified\n"
		"  rows          2,011 read =\n"
		"                2,001 accepted +\n"
		"                5 duplicate + 0 filtered\n"
		"                + 5 rejected\n"
		"  rules         4 of 5 applied, 1 never\n"
		"                matched, 0 not evaluable\n"
		"  verdicts      1,500 ok, 6 violated,\n"
		"                2 pending, 1 unknown,\n"
		"                1 waived\n"
		"  period        2026-01-01T00:00:00Z to\n"
		"                2026-03-01T00:00:00Z\n"
		"                (included)\n"
		"  as of         2026-06-30T23:59:59Z\n"
		"  made by       lineal 0.1.0 with\n"
		"                lineal.yaml@2b6d876b;\n"
		"                privacy masked.\n"
		"                Indicator, not legal\n"
		"                advice.\n");
}

/* The first line of a result; what follows is the same for all. */
static void expect_first(const struct result *result, const char *want)
{
	struct capture c;
	struct str have, line;

	capture_begin(&c, 120);
	section_head(&c.page, result);
	have = capture_end(&c);
	line = str_cut(&have, '\n');
	cr_expect(str_equal(line, str_of(want)), "%.*s\nis not\n%s",
		STR_ARG(line), want);
	capture_free(&c);
}

Test(section_head, the_first_line_is_the_verdict)
{
	struct input_facts input = {.rows = {.read = 1, .accepted = 1}};
	struct result r = {.inputs = &input, .n_inputs = 1};

	r.counts.rules = 1;
	r.fail_on = SEVERITY_HIGH;
	expect_first(&r, "PASS  no finding at or above high, 0 below; exit "
			 "status 0");
	r.counts.below = 1200;
	expect_first(&r, "PASS  no finding at or above high, 1,200 below; "
			 "exit status 0");
	r.counts.failing = 1;
	r.word = WORD_FAIL;
	r.exit = 1;
	expect_first(&r, "FAIL  1 finding at or above high, 1,200 below; exit "
			 "status 1");
	r.never_fails = true;
	r.word = WORD_PASS;
	r.exit = 0;
	r.counts.failing = 0;
	expect_first(&r, "PASS  1,200 findings, none of which can fail the "
			 "check; exit status 0");
	r.never_fails = false;
	r.word = WORD_INCOMPLETE;
	r.exit = 3;
	expect_first(&r, "INCOMPLETE  no finding at or above high, 1,200 "
			 "below; exit status 3");
	r.word = WORD_ERROR;
	r.exit = 2;
	expect_first(&r, "ERROR  the run has errors, which the messages name; "
			 "no finding at or above high, 1,200 below; exit "
			 "status 2");
}

Test(section_head, an_empty_check_says_what_it_lacked)
{
	struct input_facts input = {.rows = {.read = 1, .accepted = 1}};
	struct result r = {.inputs = &input,
		.n_inputs = 1,
		.word = WORD_EMPTY,
		.exit = 4,
		.fail_on = SEVERITY_MEDIUM};

	expect_first(&r, "EMPTY  nothing was checked: there is no rule; no "
			 "finding at or above medium, 0 below; exit status 4");
	r.counts.rules = 3;
	expect_first(&r, "EMPTY  nothing was checked: no rule applied; no "
			 "finding at or above medium, 0 below; exit status 4");
	input.rows.accepted = 0;
	expect_first(&r, "EMPTY  nothing was checked: no row was accepted; no "
			 "finding at or above medium, 0 below; exit status 4");
}

Test(section_head, incomplete_stands_on_top)
{
	struct str why[] = {STR("2 inputs could not be read"),
		STR("7 rows were rejected\n::error")};
	struct result result = sample_result();

	result.incomplete = true;
	result.incomplete_why = (struct str_vec) {.at = why, .n = 2};
	result.rules = NULL;
	result.n_rules = 0;
	result.word = WORD_ERROR;
	result.exit = 2;
	result.metrics.completeness = (struct completeness) {
		.why = STR("no source has the role transactions")};
	result.config_path = STR("");
	result.period_from = result.period_to = result.as_of = CELL_ABSENT;
	expect_section(section_head, &result, 80,
		"ERROR  the run has errors, which the messages name; 6 "
		"findings at or above\n"
		"       medium, 0 below; exit status 2\n"
		"  INCOMPLETE  2 inputs could not be read\n"
		"  INCOMPLETE  7 rows were rejected\\x0a::error\n"
		"\n"
		"  completeness  n/a: no source has the role transactions\n"
		"  rows          2,011 read = 2,001 accepted + 5 duplicate + "
		"0 filtered +\n"
		"                5 rejected\n"
		"  rules         4 of 5 applied, 1 never matched, 0 not "
		"evaluable\n"
		"  verdicts      0 ok, 6 violated, 2 pending, 1 unknown, 1 "
		"waived\n"
		"  period        no event has a time\n"
		"  as of         no time\n"
		"  made by       lineal 0.1.0 with no project file; privacy "
		"masked. Indicator,\n"
		"                not legal advice.\n");
}

/* Of five rules with findings three are named: by severity, then by
   identifier. A rule may fail because it never matched. */
Test(section_head, the_three_worst_rules_are_named)
{
	struct rule_result rules[5] = {
		{.id = STR("B-1"),
			.title = STR("b"),
			.severity = SEVERITY_HIGH,
			.fails = true,
			.verdicts = {[VERDICT_VIOLATED] = 1000}},
		{.id = STR("A-1"),
			.title = STR("a"),
			.severity = SEVERITY_HIGH,
			.fails = true,
			.outcome = OUTCOME_NEVER_MATCHED,
			.never_matched = true},
		{.id = STR("Z-1"),
			.title = STR("z"),
			.severity = SEVERITY_CRITICAL,
			.fails = true,
			.verdicts = {[VERDICT_VIOLATED] = 7}},
		{.id = STR("C-1"),
			.title = STR("c"),
			.severity = SEVERITY_LOW,
			.verdicts = {[VERDICT_VIOLATED] = 7}},
		{.id = STR("D-1"),
			.title = STR("d"),
			.severity = SEVERITY_MEDIUM,
			.fails = true,
			.verdicts = {[VERDICT_VIOLATED] = 7}}};
	struct result result = sample_result();
	struct capture c;
	struct str have;

	result.rules = rules;
	result.n_rules = 5;
	capture_begin(&c, 80);
	section_head(&c.page, &result);
	have = capture_end(&c);
	cr_expect(str_has_prefix(have,
			  STR("FAIL  6 findings at or above medium, 0 below; "
			      "exit status 1\n"
			      "\n"
			      "  critical      7  Z-1  z\n"
			      "  high          0  A-1  a (never matched)\n"
			      "  high      1,000  B-1  b\n"
			      "  and 1 more rule\n"
			      "\n")),
		"%.*s", STR_ARG(have));
	capture_free(&c);
	/* Where nothing fails, what is below the level is named. */
	result.counts.failing = 0;
	capture_begin(&c, 80);
	section_head(&c.page, &result);
	have = capture_end(&c);
	cr_expect(str_find_text(have, STR("\n\n"
					  "  critical      7  Z-1  z\n"
					  "  high      1,000  B-1  b\n"
					  "  medium        7  D-1  d\n"
					  "  and 1 more rule\n"
					  "\n")) < have.len,
		"%.*s", STR_ARG(have));
	capture_free(&c);
}

Test(section_head, full_privacy_and_colour_are_options)
{
	struct result result = sample_result();
	struct capture c;
	struct str have;

	capture_begin(&c, 80);
	c.options.color = c.options.full_privacy = true;
	section_head(&c.page, &result);
	have = capture_end(&c);
	cr_expect(str_has_prefix(have, STR("\033[1;31mFAIL\033[0m  6 ")));
	cr_expect(str_find_text(have, STR("; privacy full.")) < have.len);
	capture_free(&c);
}

Test(section_head, severities_have_colours)
{
	cr_expect_str_eq(section_color(SEVERITY_CRITICAL), PAGE_RED);
	cr_expect_str_eq(section_color(SEVERITY_HIGH), PAGE_RED);
	cr_expect_str_eq(section_color(SEVERITY_MEDIUM), PAGE_YELLOW);
	cr_expect_str_eq(section_color(SEVERITY_LOW), PAGE_BOLD);
	cr_expect_str_eq(section_color(SEVERITY_INFO), PAGE_BOLD);
}
