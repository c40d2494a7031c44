/*
 * trace: what a record comes from, or what came of it, with file and line for
 * every step.
 */
#include "lineal/cmd.h"

#include "format/escape.h"
#include "format/jsonwrite.h"
#include "graph/derive.h"
#include "graph/graph_find.h"
#include "graph/reach.h"

#include <stdio.h>

struct tracer {
	struct run *run;
	struct graph graph;
	struct graph_match match;
	struct arena a; /* texts */
	struct sink sink;
	struct json_writer json;
};

static struct str safe(struct tracer *t, struct str text)
{
	return escape_text(&t->a, text, t->run->settings.ascii);
}

static struct str time_text(struct tracer *t, int64_t ns)
{
	char buffer[40];

	if (!cell_is_value(ns))
		return STR("-");
	return arena_copy(&t->a, timestamp_print(ns, buffer));
}

static struct str node_name(struct tracer *t, node v)
{
	return graph_version_name(&t->a, &t->graph, t->run->facts.strings, v);
}

static struct str field(struct tracer *t, const char *name, row e)
{
	const struct facts *facts = &t->run->facts;

	return facts_text(
		facts, words_column(facts->words, str_of(name), COLUMN_SYM), e);
}

/* ---- text ---- */

static const char *root_text(uint8_t root)
{
	return root == REACH_SHELL   ? "  (not written in the log)"
	       : root == REACH_FIRST ? "  (begins here)"
				     : "";
}

static void print_event(struct tracer *t, const struct reach_item *item)
{
	row e = t->graph.subject[item->v];
	const struct facts *facts = &t->run->facts;
	struct loc loc = facts_place(facts, e);
	struct str actor = field(t, "actor_id", e);
	struct str action = field(t, "action", e);
	struct str system = field(t, "src_system", e);

	sink_print(&t->sink, "%*s%.*s by %.*s in %.*s at %.*s  %.*s:%u%s\n",
		(int)(2 * reach_step(item->distance)), "",
		STR_ARG(action.len ? safe(t, action) : STR("(no action)")),
		STR_ARG(actor.len ? safe(t, actor) : STR("(nobody named)")),
		STR_ARG(safe(t, system)),
		STR_ARG(time_text(t, facts->events->time[e])),
		STR_ARG(escape_path(&t->a, files_path(&t->run->files, loc.file),
			t->run->settings.ascii)),
		loc.line, item->n_cut ? "  ... cut by --depth" : "");
}

static void print_version(struct tracer *t, const struct reach_item *item)
{
	sink_print(&t->sink, "%*s%.*s%s%s\n",
		(int)(2 * reach_step(item->distance)), "",
		STR_ARG(safe(t, node_name(t, item->v))), root_text(item->root),
		item->n_cut ? "  ... cut by --depth" : "");
}

static void print_text(struct tracer *t, const struct reach *reach, bool up)
{
	uint32_t versions = 0;

	sink_print(&t->sink, "%s\n",
		up ? "up, towards causes:" : "down, towards effects:");
	for (uint32_t i = 0; i < reach->n; i++) {
		const struct reach_item *item = &reach->items[i];

		if (graph_is_event(&t->graph, item->v)) {
			print_event(t, item);
		} else {
			print_version(t, item);
			versions++;
		}
	}
	sink_print(&t->sink, "%u versions, %u events", versions,
		reach->n - versions);
	if (up)
		sink_print(&t->sink,
			"; %u begin in the log, %u were there before it",
			reach->n_first, reach->n_shells);
	sink_write(&t->sink, STR("\n"));
	if (reach->n_cut)
		sink_print(&t->sink,
			"TRUNCATED: %llu further edges were not followed\n",
			(unsigned long long)reach->n_cut);
}

/* ---- JSON ---- */

static void write_to_sink(void *ctx, struct str text)
{
	sink_write(ctx, text);
}

static void member(struct json_writer *json, const char *name, struct str text)
{
	json_name(json, name);
	json_string(json, text);
}

static void write_event(struct tracer *t, row e)
{
	const struct facts *facts = &t->run->facts;
	struct loc loc = facts_place(facts, e);

	member(&t->json, "action", field(t, "action", e));
	member(&t->json, "agent", field(t, "actor_id", e));
	member(&t->json, "system", field(t, "src_system", e));
	member(&t->json, "time", time_text(t, facts->events->time[e]));
	member(&t->json, "path", files_path(&t->run->files, loc.file));
	json_name(&t->json, "line");
	json_count(&t->json, loc.line);
}

static void write_item(struct tracer *t, const struct reach_item *item)
{
	static const char *const roots[] = {"", "shell", "first"};
	static const char *const modes[EDGE_MODE_N] = {
		"used", "wasRevisionOf", "wasGeneratedBy", "wasInvalidatedBy"};
	struct json_writer *json = &t->json;
	bool event = graph_is_event(&t->graph, item->v);

	json_inline(json);
	json_begin_object(json);
	json_name(json, "node");
	json_count(json, item->v);
	member(json, "type", event ? STR("activity") : STR("entity"));
	json_name(json, "step");
	json_count(json, reach_step(item->distance));
	if (item->from != NODE_NONE) {
		json_name(json, "from");
		json_count(json, item->from);
		member(json, "relation", str_of(modes[item->mode]));
	}
	if (event)
		write_event(t, t->graph.subject[item->v]);
	else
		member(json, "name", node_name(t, item->v));
	if (item->root)
		member(json, "root", str_of(roots[item->root]));
	json_end_object(json);
}

static void write_reach(
	struct tracer *t, const char *name, const struct reach *reach)
{
	struct json_writer *json = &t->json;

	json_name(json, name);
	json_begin_object(json);
	json_name(json, "truncated");
	json_count(json, reach->n_cut);
	json_name(json, "shells");
	json_count(json, reach->n_shells);
	json_name(json, "nodes");
	json_begin_array(json);
	for (uint32_t i = 0; i < reach->n; i++)
		write_item(t, &reach->items[i]);
	json_end_array(json);
	json_end_object(json);
}

/* ---- the question ---- */

static struct reach follow(struct tracer *t, bool up)
{
	const struct settings *s = &t->run->settings;
	struct reach_options options = {.direction = up ? REACH_UP : REACH_DOWN,
		.depth = s->depth,
		.has_at = s->has_at,
		.at = s->at};
	struct reach reach;
	uint32_t n = 1;
	const node *starts = &t->match.version;

	if (t->match.version == NODE_NONE)
		starts = graph_versions(&t->graph, t->match.record, &n);
	reach_from(&t->run->a, &t->graph, starts, n, &options, &reach);
	return reach;
}

static bool wants_json(const struct run *run)
{
	return run->settings.outputs.at[0].report == &report_json;
}

static void answer(struct tracer *t)
{
	const struct settings *s = &t->run->settings;
	bool json = wants_json(t->run);
	struct str name = t->match.version == NODE_NONE
				  ? graph_record_name(&t->a, &t->graph,
					    t->run->facts.strings,
					    t->match.record)
				  : node_name(t, t->match.version);

	if (json) {
		t->json = json_writer_init(write_to_sink, &t->sink);
		json_begin_object(&t->json);
		member(&t->json, "schema", STR("lineal-trace/1"));
		member(&t->json, "record", name);
	} else {
		sink_print(&t->sink, "%.*s\n", STR_ARG(safe(t, name)));
	}
	for (int up = 1; up >= 0; up--) {
		struct reach reach;

		if (up ? !s->up : !s->down)
			continue;
		reach = follow(t, up);
		if (json)
			write_reach(t, up ? "up" : "down", &reach);
		else
			print_text(t, &reach, up);
	}
	if (json) {
		json_end_object(&t->json);
		json_finish(&t->json);
	}
}

static int print_answer(struct tracer *t)
{
	struct run *run = t->run;
	struct str path = arena_copy(&run->a, run->settings.outputs.at[0].path);
	struct err err;

	if (sink_open(&t->sink, path.s, &err)) {
		answer(t);
		if (sink_publish(&t->sink, &err))
			return diag_count_level(&run->diag, DIAG_INPUT) ||
					       diag_count_level(
						       &run->diag, DIAG_REJECT)
				       ? STATUS_INPUT
				       : STATUS_CLEAN;
	}
	fprintf(stderr, "lineal: error[output]: %s\n", err.text);
	return STATUS_OUTPUT;
}

static int complain(struct tracer *t, struct str record)
{
	fprintf(stderr,
		"lineal: error[unknown-record]: there is no record '%.*s'",
		STR_ARG(safe(t, record)));
	if (t->match.found == GRAPH_AMBIGUOUS) {
		fprintf(stderr, " of one type alone; say which:");
		for (size_t i = 0; i < t->match.names.n; i++)
			fprintf(stderr, " %.*s",
				STR_ARG(safe(t, t->match.names.at[i])));
	} else if (t->match.hint.len) {
		fprintf(stderr, ";%.*s", STR_ARG(safe(t, t->match.hint)));
	}
	fprintf(stderr, "\n");
	return STATUS_NOTHING;
}

static int trace(struct run *run)
{
	struct tracer t = {.run = run};
	struct str record = run->values.arguments.at[0];
	int status = STATUS_INPUT;

	run_load(run, 1, true);
	if (run_derive(run)) {
		graph_build(&run->a, &run->effects, &t.graph);
		t.match = graph_find(
			&run->a, &t.graph, run->facts.strings, record);
		status = t.match.found == GRAPH_FOUND ? print_answer(&t)
						      : complain(&t, record);
	}
	run_print_messages(run);
	arena_free(&t.a);
	return status;
}

int cmd_trace(const struct process *process)
{
	struct run run = {0};
	int status = STATUS_USAGE;

	if (!run_prepare(&run, process, true)) {
		run_print_messages(&run);
	} else if (run.values.arguments.n == 0) {
		fprintf(stderr, "lineal: trace needs a record, such as "
				"account:A1 (lineal help trace)\n");
	} else {
		status = trace(&run);
	}
	run_free(&run);
	return status;
}
