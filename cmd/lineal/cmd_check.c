/*
 * check: read, judge, measure, report.
 */
#include "lineal/cmd.h"
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

static struct report_options options_of(
	const struct run *run, const struct output *output)
{
	const struct settings *s = &run->settings;
	bool to_stdout = str_equal(output->path, STR("-"));

	return (struct report_options) {.width = to_stdout ? s->width : 80,
		.color = to_stdout && s->color_out,
		.ascii = s->ascii,
		.full_privacy = output->report == &report_text ? s->full_text
							       : s->full_other,
		.max_examples = s->max_examples};
}

/* Writes one output; false after a line on stderr. */
static bool write_output(struct run *run, const struct output *output)
{
	struct report_options options = options_of(run, output);
	struct sink sink;
	struct err err;

	if (sink_open(&sink, arena_copy(&run->a, output->path).s, &err)) {
		output->report->write(&sink, &run->result, &options);
		if (sink_publish(&sink, &err))
			return true;
	}
	fprintf(stderr, "lineal: error[output]: %s\n", err.text);
	return false;
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
		ok = write_output(run, output) && ok;
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
	run_load(&run, 0, false);
	run_judge(&run);
	if (!write_outputs(&run)) {
		run.result.word = WORD_ERROR;
		run.result.exit = STATUS_OUTPUT;
	}
	if (run.settings.quiet < 2 &&
		(run.settings.quiet == 0 || run.result.exit != 0))
		run_print_messages(&run);
	print_verdict(&run);
	status = run.result.exit;
	run_free(&run);
	return status;
}
