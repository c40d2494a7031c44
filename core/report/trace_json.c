#include "format/jsonwrite.h"
#include "format/timestamp.h"
#include "report/trace.h"

struct writer {
	struct json_writer json;
	const struct trace *trace;
	const struct report_options *options;
	struct arena a;
};

/* PROV's names of the relations. */
static const struct str relations[EDGE_MODE_N] = {
	[EDGE_USED] = STR_INIT("used"),
	[EDGE_REVISED] = STR_INIT("revised"),
	[EDGE_GENERATED] = STR_INIT("wasGeneratedBy"),
	[EDGE_INVALIDATED] = STR_INIT("wasInvalidatedBy"),
};

static void write_to_sink(void *ctx, struct str text)
{
	sink_write(ctx, text);
}

static void member(struct writer *w, const char *name, struct str text)
{
	json_name(&w->json, name);
	json_string(&w->json, text);
}

/* An absent text is null. */
static void optional(struct writer *w, const char *name, struct str text)
{
	json_name(&w->json, name);
	if (text.len)
		json_string(&w->json, text);
	else
		json_null(&w->json);
}

static void count(struct writer *w, const char *name, uint64_t value)
{
	json_name(&w->json, name);
	json_count(&w->json, value);
}

static void write_event(struct writer *w, row e)
{
	struct trace_event event = trace_event(&w->a, w->trace, e, w->options);
	char buffer[40];

	optional(w, "action", event.action);
	optional(w, "agent", event.agent);
	optional(w, "system", event.system);
	member(w, "time", timestamp_print(event.time, buffer));
	member(w, "path", event.path);
	count(w, "line", event.line);
}

static void write_node(struct writer *w, const struct reach_item *item)
{
	const struct graph *graph = w->trace->graph;
	node ender = trace_ender(w->trace, item->v);

	json_inline(&w->json);
	json_begin_object(&w->json);
	count(w, "node", item->v);
	if (graph_is_event(graph, item->v)) {
		member(w, "type", STR("activity"));
		write_event(w, graph->subject[item->v]);
	} else {
		member(w, "type", STR("entity"));
		member(w, "name",
			trace_version(&w->a, w->trace, item->v, w->options));
		arena_free(&w->a);
	}
	count(w, "step", reach_step(item->distance));
	if (ender != NODE_NONE) {
		json_name(&w->json, "invalidated");
		json_begin_object(&w->json);
		write_event(w, graph->subject[ender]);
		json_end_object(&w->json);
	}
	if (item->root)
		member(w, "root",
			item->root == REACH_SHELL ? STR("before the log")
						  : STR("begins"));
	if (item->n_cut)
		count(w, "truncated", item->n_cut);
	json_end_object(&w->json);
}

/* The edges inside the answer, from effect to cause in both directions. */
static void write_edges(struct writer *w, const struct trace_side *side)
{
	const struct csr *up = &w->trace->graph->up;
	struct arena scratch = {0};
	bool *is_there = arena_array(&scratch, bool, w->trace->graph->n_nodes);

	for (uint32_t i = 0; i < side->reach.n; i++)
		is_there[side->reach.items[i].v] = true;
	json_name(&w->json, "edges");
	json_begin_array(&w->json);
	for (uint32_t i = 0; i < side->reach.n; i++) {
		node v = side->reach.items[i].v;

		for (uint32_t e = up->start[v]; e < up->start[v + 1]; e++) {
			if (!is_there[up->to[e]] ||
				!(EDGES_DATA >> up->mode[e] & 1))
				continue;
			json_inline(&w->json);
			json_begin_object(&w->json);
			count(w, "from", v);
			member(w, "relation", relations[up->mode[e]]);
			count(w, "to", up->to[e]);
			json_end_object(&w->json);
		}
	}
	json_end_array(&w->json);
	arena_free(&scratch);
}

static void write_side(
	struct writer *w, const char *name, const struct trace_side *side)
{
	json_name(&w->json, name);
	if (!side->wanted) {
		json_null(&w->json);
		return;
	}
	json_begin_object(&w->json);
	count(w, "truncated", side->reach.n_cut);
	count(w, "shells", side->reach.n_shells);
	json_name(&w->json, "nodes");
	json_begin_array(&w->json);
	for (uint32_t i = 0; i < side->reach.n; i++)
		write_node(w, &side->reach.items[i]);
	json_end_array(&w->json);
	write_edges(w, side);
	json_end_object(&w->json);
}

static void write_json(struct sink *sink, const struct trace *trace,
	const struct report_options *options)
{
	struct writer w = {
		json_writer_init(write_to_sink, sink), trace, options, {0}};
	const struct reach_options *asked = &trace->up.options;
	char buffer[40];

	json_begin_object(&w.json);
	member(&w, "schema", STR("lineal-trace/1"));
	json_name(&w.json, "tool");
	json_begin_object(&w.json);
	member(&w, "name", STR("lineal"));
	member(&w, "version", trace->tool_version);
	json_end_object(&w.json);
	member(&w, "as_of", timestamp_print(trace->facts->as_of, buffer));
	json_name(&w.json, "incomplete");
	json_bool(&w.json, trace->incomplete);
	member(&w, "record", trace_record(&w.a, trace, options));
	optional(&w, "at",
		asked->has_at ? timestamp_print(asked->at, buffer) : STR(""));
	count(&w, "depth", asked->depth);
	count(&w, "undated", trace->graph->n_untimed);
	count(&w, "unreadable_versions", trace->graph->n_unreadable);
	count(&w, "early_reads", trace->graph->early_reads);
	count(&w, "reads_after_end", trace->graph->reads_after_delete);
	write_side(&w, "up", &trace->up);
	write_side(&w, "down", &trace->down);
	json_end_object(&w.json);
	json_finish(&w.json);
	arena_free(&w.a);
}

const struct trace_report trace_json = {STR_INIT("json"), write_json};
