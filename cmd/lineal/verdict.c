#include "lineal/verdict.h"

#include "report/report.h"

static void count_rule(struct verdict_counts *counts,
	const struct rule_result *rule, bool unknown_fails)
{
	uint64_t violated = rule->verdicts[VERDICT_VIOLATED];
	uint64_t failing = violated;

	if (rule->status == RULE_DEPRECATED)
		return;
	counts->rules++;
	counts->never_matched += rule->never_matched;
	counts->not_evaluable += rule->not_evaluable;
	counts->applied += !rule->never_matched && !rule->not_evaluable;
	counts->findings += violated;
	counts->waived += rule->verdicts[VERDICT_WAIVED];
	counts->pending += rule->verdicts[VERDICT_PENDING];
	counts->unknown += rule->verdicts[VERDICT_UNKNOWN];
	if (unknown_fails)
		failing += rule->verdicts[VERDICT_UNKNOWN];
	/* A rule that must apply and did not fails without a case. */
	if (rule->fails)
		counts->failing += failing ? failing : 1;
	else
		counts->below += violated;
}

static bool any_fails(const struct result *result)
{
	for (size_t i = 0; i < result->n_rules; i++)
		if (result->rules[i].fails)
			return true;
	return false;
}

static void incomplete(struct run *run, struct str why)
{
	run->result.incomplete = true;
	vec_push(&run->a, &run->result.incomplete_why, why);
}

bool verdict_too_many_rejects(const struct run *run)
{
	const struct settings *s = &run->settings;
	uint64_t read = 0, rejected = 0;
	__int128 left;

	for (size_t i = 0; i < run->loaded.inputs.n; i++) {
		read += run->loaded.inputs.at[i].rows.read;
		rejected += run->loaded.inputs.at[i].rows.rejected;
	}
	if (!s->rejects_are_share)
		return rejected > s->max_rejects;
	left = (__int128)rejected * 100;
	for (int i = 0; i < s->rejects_share.scale; i++)
		left *= 10;
	return left > (__int128)s->rejects_share.digits * read;
}

static void find_incomplete(struct run *run)
{
	uint64_t inputs = diag_count_level(&run->diag, DIAG_INPUT);
	uint64_t rejected = result_rows(&run->result).rejected;
	struct diag_item *item;
	struct loc nowhere = {0};

	if (inputs)
		incomplete(run,
			arena_print(&run->a,
				"inputs, or parts of them, that could not be read or "
				"trusted: %llu",
				(unsigned long long)inputs));
	if (!verdict_too_many_rejects(run))
		return;
	item = diag_add(&run->diag, DIAG_TOO_MANY_REJECTS, nowhere,
		"rejected rows: %llu; --max-rejects allows %.*s",
		(unsigned long long)rejected,
		STR_ARG(opt_text(&run->values, OPT_MAX_REJECTS)));
	diag_help(&run->diag, item,
		STR("--rejects=rejects.csv writes them down, each with its "
		    "reason"));
	incomplete(run, arena_print(&run->a, "rejected rows: %llu",
				(unsigned long long)rejected));
}

/* Nothing was checked: no row, or no rule that applied. */
static bool is_empty(const struct run *run)
{
	struct row_counts rows = result_rows(&run->result);
	const struct verdict_counts *counts = &run->result.counts;

	return rows.accepted == 0 ||
	       (counts->rules > 0 && counts->applied == 0) ||
	       counts->rules == 0;
}

/* An input without a record is suspicious even beside others that have some. */
static void say_empty_inputs(struct run *run)
{
	for (size_t i = 0; i < run->result.n_inputs; i++) {
		const struct input_facts *input = &run->result.inputs[i];
		struct loc loc = {input->file, 0, 0};

		if (input->rows.read || !input->sha256[0])
			continue;
		diag_add(&run->diag, DIAG_EMPTY_INPUT, loc,
			input->bytes ? "the file holds no row"
				     : "the file is empty");
	}
}

static struct str no_input(struct run *run)
{
	const struct str_vec *named = &run->values.arguments;

	if (named->n == 1)
		return arena_print(&run->a, "no file was found in '%.*s'",
			STR_ARG(named->at[0]));
	if (named->n)
		return arena_print(&run->a,
			"no file was found in '%.*s' and %zu more",
			STR_ARG(named->at[0]), named->n - 1);
	if (run->project.sources.n)
		return STR("no file was found");
	if (run->project.file)
		return STR("the project file has no `sources`, and no file is "
			   "named");
	return STR("no file is named, and there is no lineal.yaml here or "
		   "above");
}

static void say_nothing_checked(struct run *run)
{
	const struct verdict_counts *counts = &run->result.counts;
	struct row_counts rows = result_rows(&run->result);
	struct loc nowhere = {0};
	struct str why = run->result.n_inputs == 0 ? no_input(run)
			 : rows.read == 0          ? STR("no file has a row")
			 : rows.accepted == 0      ? STR("no row was accepted")
			 : counts->rules == 0
				 ? STR("there is no rule")
				 : STR("no rule applies to these rows");
	struct diag_item *item = diag_add(&run->diag, DIAG_NOTHING_CHECKED,
		nowhere, "nothing was checked: %.*s", STR_ARG(why));

	diag_help(&run->diag, item,
		STR("--allow-empty makes this a success, where it is expected"));
}

static enum verdict_word word_of(enum status status, bool fails)
{
	switch (status) {
	case STATUS_CLEAN:
		return fails ? WORD_FAIL : WORD_PASS;
	case STATUS_FINDINGS:
		return WORD_FAIL;
	case STATUS_INPUT:
		return WORD_INCOMPLETE;
	case STATUS_NOTHING:
		return WORD_EMPTY;
	case STATUS_USAGE:
	case STATUS_OUTPUT:
	case STATUS_INTERNAL:
		break;
	}
	return WORD_ERROR;
}

void verdict_decide(struct run *run)
{
	struct result *result = &run->result;
	const struct settings *s = &run->settings;
	enum status status = STATUS_CLEAN;
	bool fails;

	result->counts = (struct verdict_counts) {0};
	for (size_t i = 0; i < result->n_rules; i++)
		count_rule(
			&result->counts, &result->rules[i], s->unknown_fails);
	find_incomplete(run);
	fails = any_fails(result);
	if (fails && !s->exit_zero)
		status = status_worse(status, STATUS_FINDINGS);
	/* One cause, one message: what could not be read is said already. */
	if (!result->incomplete)
		say_empty_inputs(run);
	if (is_empty(run) && !s->allow_empty) {
		if (!result->incomplete)
			say_nothing_checked(run);
		status = status_worse(status, STATUS_NOTHING);
	}
	if (result->incomplete)
		status = status_worse(status, STATUS_INPUT);
	if (diag_count_level(&run->diag, DIAG_USAGE))
		status = status_worse(status, STATUS_USAGE);
	result->word = word_of(status, fails);
	result->exit = status == STATUS_FINDINGS ? s->findings_exit
						 : (int)status;
}

static struct str completeness_part(struct arena *a, const struct result *r)
{
	struct share share = r->metrics.completeness.main;

	if (share.denominator == 0)
		return STR("completeness n/a");
	return arena_print(a, "completeness %.*s (%llu/%llu)",
		STR_ARG(report_percent(a, share, 1)),
		(unsigned long long)share.numerator,
		(unsigned long long)share.denominator);
}

static struct str config_part(struct arena *a, const struct result *r)
{
	if (r->config_path.len == 0)
		return STR("no project file");
	return arena_print(a, "%.*s@%.*s", STR_ARG(r->config_path),
		STR_ARG(str_slice(r->config_sha256, 0, 8)));
}

struct str verdict_line(struct arena *a, const struct run *run)
{
	const struct result *r = &run->result;
	const struct verdict_counts *c = &r->counts;
	struct row_counts rows = result_rows(r);

	return arena_print(a,
		"%.*s  %llu new at or above %.*s, %llu below (0 baselined, "
		"%llu waived, %llu pending, %llu unknown) \xc2\xb7 %llu rows "
		"= %llu accepted + %llu duplicate + %llu filtered + %llu "
		"rejected \xc2\xb7 %.*s \xc2\xb7 %llu of %llu rules applied, "
		"%llu never matched, %llu not evaluable \xc2\xb7 %.*s \xc2\xb7 "
		"exit %d",
		STR_ARG(result_words[r->word]), (unsigned long long)c->failing,
		STR_ARG(kind_severities[r->fail_on]),
		(unsigned long long)c->below, (unsigned long long)c->waived,
		(unsigned long long)c->pending, (unsigned long long)c->unknown,
		(unsigned long long)rows.read,
		(unsigned long long)rows.accepted,
		(unsigned long long)rows.duplicate,
		(unsigned long long)rows.filtered,
		(unsigned long long)rows.rejected,
		STR_ARG(completeness_part(a, r)),
		(unsigned long long)c->applied, (unsigned long long)c->rules,
		(unsigned long long)c->never_matched,
		(unsigned long long)c->not_evaluable,
		STR_ARG(config_part(a, r)), r->exit);
}
