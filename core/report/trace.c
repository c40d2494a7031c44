#include "report/trace.h"

#include "graph/graph_find.h"
#include "model/words.h"

/* To add an output, follow the recipe at `struct trace_report`. */
static const struct trace_report *const trace_reports[] = {
	&trace_text,
	&trace_json,
};

const struct trace_report *trace_report_find(struct str name)
{
	for (size_t i = 0; i < sizeof(trace_reports) / sizeof(trace_reports[0]);
		i++)
		if (str_equal(trace_reports[i]->name, name))
			return trace_reports[i];
	return NULL;
}

static struct str field(struct arena *a, const struct trace *trace,
	struct str name, row e, const struct report_options *options)
{
	const struct facts *facts = trace->facts;
	uint32_t word = words_find(facts->words, name);
	struct key_value value = {.name = name,
		.value = facts_text(a, facts,
			words_column(facts->words, name, COLUMN_SYM), e)};

	value.personal = value.value.len && word != WORD_NONE &&
			 facts->words->words.at[word].personal;
	return report_value(&value, options);
}

/* What may not be shown of an id, or an empty text. */
static struct str id_mask(
	const struct trace *trace, const struct report_options *options)
{
	const struct words *words = trace->facts->words;
	uint32_t word = words_find(words, STR("object_id"));
	struct key_value id = {.personal = word != WORD_NONE &&
					   words->words.at[word].personal};

	return report_value(&id, options);
}

struct str trace_record(struct arena *a, const struct trace *trace,
	const struct report_options *options)
{
	struct str mask = id_mask(trace, options);
	size_t colon = str_find(trace->record, ':');

	if (mask.len == 0)
		return trace->record;
	return arena_print(a, "%.*s:%.*s",
		STR_ARG(str_slice(trace->record, 0, colon)), STR_ARG(mask));
}

struct str trace_version(struct arena *a, const struct trace *trace, node v,
	const struct report_options *options)
{
	const struct symbols *strings = trace->facts->strings;
	const struct graph *graph = trace->graph;
	struct str mask = id_mask(trace, options);

	if (mask.len == 0)
		return graph_version_name(a, graph, strings, v);
	return arena_print(a, "%.*s:%.*s@%llu",
		STR_ARG(symbols_show(
			strings, graph_type(graph, graph->subject[v]))),
		STR_ARG(mask), (unsigned long long)graph->ordinal[v]);
}

struct trace_event trace_event(struct arena *a, const struct trace *trace,
	row e, const struct report_options *options)
{
	const struct facts *facts = trace->facts;
	struct loc loc = facts_place(facts, e);

	return (struct trace_event) {
		.action = field(a, trace, STR("action"), e, options),
		.agent = field(a, trace, STR("actor_id"), e, options),
		.system = field(a, trace, STR("src_system"), e, options),
		.time = facts->events->time[e],
		.path = files_path(facts->files, loc.file),
		.line = loc.line,
	};
}

node trace_ender(const struct trace *trace, node v)
{
	const struct reach_options *asked = &trace->up.options;
	const struct graph *graph = trace->graph;
	node ender;

	if (graph_is_event(graph, v))
		return NODE_NONE;
	ender = graph_ender(graph, v);
	if (ender != NODE_NONE && asked->has_at &&
		graph->time[graph->subject[ender]] > asked->at)
		return NODE_NONE;
	return ender;
}
