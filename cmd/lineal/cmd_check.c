/*
 * check: read, judge, measure, report.
 */
#include "lineal/cmd.h"
#include "lineal/judge.h"
#include "lineal/output.h"
#include "lineal/profile.h"
#include "lineal/rejects.h"
#include "lineal/verdict.h"

#include <stdio.h>

/* Nothing was analysed: the complaints say why. */
static int refuse(struct run *run)
{
	run_print_messages(run);
	fprintf(stderr, "ERROR  nothing was analysed \xc2\xb7 exit %d\n",
		STATUS_USAGE);
	run_free(run);
	return STATUS_USAGE;
}

struct job {
	const struct run *run;
	const struct output *output;
};

static void write_report(struct sink *sink, void *ctx)
{
	const struct job *job = ctx;
	struct report_options options = settings_report(
		&job->run->settings, job->output);

	job->output->report->write(sink, &job->run->result, &options);
}

static bool write_outputs(struct run *run)
{
	const struct settings *s = &run->settings;
	bool silent = s->quiet > 1 || (s->quiet && run->result.exit == 0);
	bool ok = rejects_write(run);

	for (size_t i = 0; i < s->outputs.n; i++) {
		const struct output *output = &s->outputs.at[i];

		if (silent && str_equal(output->path, STR("-")))
			continue;
		ok = output_publish(output->path, write_report,
			     &(struct job) {run, output}) &&
		     ok;
	}
	return ok;
}

static void print_verdict(struct run *run)
{
	struct str line;

	if (run->settings.quiet > 1 ||
		(run->settings.quiet && run->result.exit == 0))
		return;
	line = verdict_line(&run->a, run);
	fprintf(stderr, "%.*s\n", STR_ARG(line));
}

int cmd_check(const struct process *process)
{
	struct run run = {0};
	int status;

	if (!run_prepare(&run, process, false))
		return refuse(&run);
	if (!run_load(&run, 0, false))
		return refuse(&run);
	judge_all(&run);
	if (!write_outputs(&run)) {
		run.result.word = WORD_ERROR;
		run.result.exit = STATUS_OUTPUT;
	}
	if (run.settings.quiet < 2 &&
		(run.settings.quiet == 0 || run.result.exit != 0))
		run_print_messages(&run);
	profile_print(&run);
	print_verdict(&run);
	status = run.result.exit;
	run_free(&run);
	return status;
}
