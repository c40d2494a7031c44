#include "report/trace.h"

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

static struct str field(const struct trace *trace, struct str name, row e,
	const struct report_options *options)
{
	const struct facts *facts = trace->facts;
	uint32_t word = words_find(facts->words, name);
	struct key_value value = {.name = name,
		.value = facts_text(facts,
			words_column(facts->words, name, COLUMN_SYM), e)};

	value.personal = value.value.len && word != WORD_NONE &&
			 facts->words->words.at[word].personal;
	return report_value(&value, options);
}

struct trace_event trace_event(
	const struct trace *trace, row e, const struct report_options *options)
{
	const struct facts *facts = trace->facts;
	struct loc loc = facts_place(facts, e);

	return (struct trace_event) {
		.action = field(trace, STR("action"), e, options),
		.agent = field(trace, STR("actor_id"), e, options),
		.system = field(trace, STR("src_system"), e, options),
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
