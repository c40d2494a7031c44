/*
 * trace: what a record comes from, or what came of it, with file and line for
 * every step.
 */
#include "lineal/cmd.h"
#include "lineal/judge.h"
#include "lineal/output.h"
#include "lineal/rejects.h"
#include "lineal/version.h"

#include "format/escape.h"
#include "graph/derive.h"
#include "graph/graph_find.h"
#include "report/trace.h"

#include <stdio.h>

struct tracer {
	struct run *run;
	struct graph graph;
	struct graph_match match;
	struct trace trace;
};

static void follow(struct tracer *t, enum reach_direction direction,
	struct trace_side *side)
{
	const struct settings *s = &t->run->settings;
	const node *starts = &t->match.version;
	uint32_t n = 1;

	side->wanted = direction == REACH_UP ? s->up : s->down;
	side->options = (struct reach_options) {.direction = direction,
		.depth = s->depth,
		.has_at = s->has_at,
		.at = s->at};
	if (!side->wanted)
		return;
	if (t->match.version == NODE_NONE)
		starts = graph_versions(&t->graph, t->match.record, &n);
	reach_from(
		&t->run->a, &t->graph, starts, n, &side->options, &side->reach);
}

struct job {
	const struct tracer *tracer;
	const struct output *output;
};

static void write_answer(struct sink *sink, void *ctx)
{
	const struct job *job = ctx;
	struct report_options options = settings_report(
		&job->tracer->run->settings, job->output);

	trace_report_find(job->output->report->name)
		->write(sink, &job->tracer->trace, &options);
}

static bool write_outputs(const struct tracer *t)
{
	const struct settings *s = &t->run->settings;
	bool ok = true;

	for (size_t i = 0; i < s->outputs.n; i++)
		ok = output_publish(s->outputs.at[i].path, write_answer,
			     &(struct job) {t, &s->outputs.at[i]}) &&
		     ok;
	return ok;
}

static int answer(struct tracer *t)
{
	struct run *run = t->run;
	const struct symbols *strings = run->facts.strings;

	t->trace = (struct trace) {.facts = &run->facts,
		.graph = &t->graph,
		.tool_version = STR(LINEAL_VERSION),
		.incomplete = run_is_incomplete(run)};
	t->trace.record = t->match.version == NODE_NONE
				  ? graph_record_name(&run->a, &t->graph,
					    strings, t->match.record)
				  : graph_version_name(&run->a, &t->graph,
					    strings, t->match.version);
	follow(t, REACH_UP, &t->trace.up);
	follow(t, REACH_DOWN, &t->trace.down);
	if (!write_outputs(t))
		return STATUS_OUTPUT;
	return t->trace.incomplete ? STATUS_INPUT : STATUS_CLEAN;
}

static struct str safe(struct run *run, struct str text)
{
	return escape_text(&run->a, text, run->settings.ascii);
}

/* Other names than the one that was asked for are not told where they are
   personal. */
static int complain(const struct tracer *t, struct str record)
{
	bool is_personal = words_is_personal(
		&t->run->book.words, STR("object_id"));

	fprintf(stderr,
		"lineal: error[unknown-record]: there is no record '%.*s'",
		STR_ARG(safe(t->run, record)));
	if (t->match.found == GRAPH_AMBIGUOUS) {
		fprintf(stderr, " of one type alone; say which:");
		for (size_t i = 0; i < t->match.names.n; i++)
			fprintf(stderr, " %.*s",
				STR_ARG(safe(t->run, t->match.names.at[i])));
	} else if (graph_records(&t->graph) <= 1) {
		fprintf(stderr, "; no row with a time names a record: bind "
				"`object_id`, lineal-config(5)");
	} else if (t->match.hint.len && !is_personal) {
		fprintf(stderr, ";%.*s", STR_ARG(safe(t->run, t->match.hint)));
	}
	fprintf(stderr, "\n");
	/* In what could not all be read, nothing found proves nothing. */
	if (run_is_incomplete(t->run))
		return STATUS_INPUT;
	return t->run->settings.allow_empty ? STATUS_CLEAN : STATUS_NOTHING;
}

static bool find(struct tracer *t, struct str record)
{
	struct run *run = t->run;

	graph_build(&run->a, &run->effects, &t->graph);
	t->match = graph_find(&run->a, &t->graph, run->facts.strings, record);
	return t->match.found == GRAPH_FOUND;
}

/* That there is no such record is said last, where it is seen. */
static int trace(struct run *run)
{
	struct tracer t = {.run = run};
	struct str record = run->values.arguments.at[0];
	bool rejects, derived, found;
	int status = STATUS_INPUT;

	if (!run_load(run, 1, true)) {
		run_print_messages(run);
		return STATUS_USAGE;
	}
	rejects = rejects_write(run);
	derived = judge_derive(run);
	found = derived && find(&t, record);
	if (found)
		status = answer(&t);
	if (run->settings.quiet < 2)
		run_print_messages(run);
	if (derived && !found)
		status = complain(&t, record);
	return rejects ? status : STATUS_OUTPUT;
}

int cmd_trace(const struct process *process)
{
	struct run run = {0};
	int status = STATUS_USAGE;

	if (!run_prepare(&run, process, true)) {
		run_print_messages(&run);
	} else if (run.values.arguments.n == 0) {
		fprintf(stderr,
			"lineal: trace needs a record, such as account:A1 (lineal help trace)\n");
	} else {
		status = trace(&run);
	}
	run_free(&run);
	return status;
}
