#include "lineal/verdict.h"

#include <criterion/criterion.h>

static struct rule_result rule_of(uint64_t violated, uint64_t waived)
{
	struct rule_result rule = {.severity = SEVERITY_HIGH,
		.status = RULE_ACTIVE,
		.outcome = violated ? OUTCOME_FAILED : OUTCOME_PASSED,
		.findings = violated + waived,
		.fails = violated > 0};

	rule.verdicts[VERDICT_VIOLATED] = violated;
	rule.verdicts[VERDICT_WAIVED] = waived;
	return rule;
}

/* One input of four rows, all accepted. */
static void decide(struct run *run, struct rule_result *rules, size_t n)
{
	static struct input_facts input = {.rows = {4, 4, 0, 0, 0}};

	run->settings.findings_exit = 1;
	run->result.inputs = &input;
	run->result.n_inputs = 1;
	run->result.rules = rules;
	run->result.n_rules = n;
	verdict_decide(run);
}

Test(verdict, a_waived_finding_is_counted_once_and_is_not_new)
{
	struct run run = {0};
	struct rule_result rules[] = {rule_of(1, 1), rule_of(0, 3)};

	decide(&run, rules, 2);
	cr_expect_eq(run.result.counts.findings, 1);
	cr_expect_eq(run.result.counts.failing, 1);
	cr_expect_eq(run.result.counts.below, 0);
	cr_expect_eq(run.result.counts.waived, 4);
	cr_expect_eq(run.result.exit, STATUS_FINDINGS);
}

Test(verdict, where_all_is_waived_nothing_is_new)
{
	struct run run = {0};
	struct rule_result rules[] = {rule_of(0, 2)};

	decide(&run, rules, 1);
	cr_expect_eq(run.result.counts.findings, 0);
	cr_expect_eq(run.result.counts.failing, 0);
	cr_expect_eq(run.result.counts.waived, 2);
	cr_expect_eq(run.result.exit, STATUS_CLEAN);
	cr_expect_eq(run.result.word, WORD_PASS);
}

/* Seven unknown cases fail the second rule, and the third one, which must
   apply and never did, counts once. */
Test(verdict, what_fails_without_a_violation_is_counted)
{
	static const struct {
		bool unknown_fails;
		uint64_t failing;
	} rows[] = {{false, 2 + 1 + 1}, {true, 2 + 7 + 1}};

	for (size_t i = 0; i < 2; i++) {
		struct run run = {
			.settings.unknown_fails = rows[i].unknown_fails};
		struct rule_result rules[] = {
			rule_of(2, 0), rule_of(0, 0), rule_of(0, 0)};

		rules[1].verdicts[VERDICT_UNKNOWN] = 7;
		rules[1].fails = rules[2].fails = true;
		rules[2].never_matched = true;
		decide(&run, rules, 3);
		cr_expect_eq(run.result.counts.failing, rows[i].failing,
			"row %zu", i);
		cr_expect_eq(run.result.counts.findings, 2);
		cr_expect_eq(run.result.counts.unknown, 7);
	}
}

/* Of 1000 rows in two inputs; more than the limit is too many. */
static const struct {
	struct decimal share; /* percent; digits 0: `most` counts */
	uint64_t most, rejected;
	bool wanted;
} rejects[] = {
	{{0}, 0, 0, false},
	{{0}, 0, 1, true},
	{{0}, 5, 5, false},
	{{0}, 5, 6, true},
	{{.digits = 1, .scale = 0}, 0, 10, false},
	{{.digits = 1, .scale = 0}, 0, 11, true},
	{{.digits = 5, .scale = 1}, 0, 5, false},
	{{.digits = 5, .scale = 1}, 0, 6, true},
};

Test(verdict, more_rejects_than_allowed_are_too_many)
{
	for (size_t i = 0; i < sizeof(rejects) / sizeof(rejects[0]); i++) {
		uint64_t first = rejects[i].rejected / 2;
		struct input_facts inputs[] = {
			{.rows = {.read = 400, .rejected = first}},
			{.rows = {.read = 600,
				 .rejected = rejects[i].rejected - first}}};
		struct run run = {.loaded.inputs = {inputs, 2, 2}};

		run.settings.max_rejects = rejects[i].most;
		run.settings.rejects_share = rejects[i].share;
		run.settings.rejects_are_share = rejects[i].share.digits > 0;
		cr_expect(verdict_too_many_rejects(&run) == rejects[i].wanted,
			"row %zu", i);
	}
}
