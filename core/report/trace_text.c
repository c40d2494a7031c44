#include "format/escape.h"
#include "format/timestamp.h"
#include "report/trace.h"

struct printer {
	struct sink *sink;
	const struct trace *trace;
	const struct report_options *options;
	struct arena a; /* texts of one line */
};

static struct str safe(struct printer *p, struct str text)
{
	return escape_text(&p->a, text, p->options->ascii);
}

/* "update by u-7 in crm, 2026-03-01T09:00:00Z  audit.csv:12" */
static void print_event(struct printer *p, row e)
{
	struct trace_event event = trace_event(&p->a, p->trace, e, p->options);
	char buffer[40];

	sink_write(p->sink,
		event.action.len ? safe(p, event.action) : STR("(no action)"));
	sink_print(p->sink, " by %.*s",
		STR_ARG(event.agent.len ? safe(p, event.agent)
					: STR("(nobody named)")));
	if (event.system.len)
		sink_print(p->sink, " in %.*s", STR_ARG(safe(p, event.system)));
	sink_print(p->sink, ", %.*s  %.*s:%u",
		STR_ARG(timestamp_print(event.time, buffer)),
		STR_ARG(safe(p, event.path)), event.line);
}

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* How a version ended, if it did by the instant that is asked for. */
static void print_end(struct printer *p, node v)
{
	node ender = trace_ender(p->trace, v);

	if (ender == NODE_NONE)
		return;
	sink_write(p->sink, STR("  (ended by "));
	print_event(p, p->trace->graph->subject[ender]);
	sink_write(p->sink, STR(")"));
}

static const char *remark(const struct reach_item *item)
{
	switch (item->root) {
	case REACH_SHELL:
		return "  (was there before the log)";
	case REACH_FIRST:
		return "  (begins here)";
	default:
		return "";
	}
}

static void print_row(struct printer *p, const struct reach_item *item,
	const struct reach_row *r)
{
	const struct graph *graph = p->trace->graph;

	sink_print(p->sink, "  %*s", (int)r->level * 2, "");
	if (graph_is_event(graph, item->v))
		print_event(p, graph->subject[item->v]);
	else
		sink_write(p->sink, safe(p, trace_version(&p->a, p->trace,
						    item->v, p->options)));
	if (r->again)
		sink_write(p->sink, STR("  (shown elsewhere)"));
	else
		sink_write(p->sink, str_of(remark(item)));
	if (!r->again)
		print_end(p, item->v);
	if (item->n_cut && !r->again)
		sink_print(
			p->sink, "  ... %u more behind --depth", item->n_cut);
	sink_write(p->sink, STR("\n"));
	arena_free(&p->a);
}

static void print_counts(struct printer *p, const struct trace_side *side)
{
	const struct reach *reach = &side->reach;
	uint32_t events = 0;

	for (uint32_t i = 0; i < reach->n; i++)
		events += graph_is_event(p->trace->graph, reach->items[i].v);
	sink_print(p->sink, "%u version%s and %u event%s", reach->n - events,
		plural(reach->n - events), events, plural(events));
	if (side->options.direction == REACH_UP)
		sink_print(p->sink,
			"; begun in the log: %u, there before it: %u",
			reach->n_first, reach->n_shells);
}

static void print_side(
	struct printer *p, const char *title, const struct trace_side *side)
{
	struct arena scratch = {0};
	struct reach_rows rows = reach_tree(
		&scratch, p->trace->graph, &side->reach, &side->options);

	sink_print(p->sink, "\n%s: ", title);
	print_counts(p, side);
	sink_write(p->sink, STR("\n"));
	for (size_t i = 0; i < rows.n; i++)
		print_row(p, &side->reach.items[rows.at[i].item], &rows.at[i]);
	if (side->reach.n_cut)
		sink_print(p->sink,
			"  TRUNCATED by --depth=%u: %llu edge%s not followed\n",
			side->options.depth,
			(unsigned long long)side->reach.n_cut,
			plural(side->reach.n_cut));
	arena_free(&scratch);
}

static void print_limit(struct printer *p, const char *title, uint64_t n,
	const char *what, const char *which)
{
	if (n)
		sink_print(p->sink, "\n%s: %llu %s%s %s\n", title,
			(unsigned long long)n, what, plural(n), which);
}

/* What the answer cannot cover, and what contradicts it. */
static void print_limits(struct printer *p)
{
	const struct graph *graph = p->trace->graph;

	print_limit(p, "Left out", graph->n_untimed, "event",
		"without a readable time");
	print_limit(p, "Not used", graph->n_unreadable, "version number",
		"that cannot be read");
	print_limit(p, "Out of order", graph->early_reads, "read",
		"of a version that was made only later");
	print_limit(p, "Left out", graph->reads_after_delete, "read",
		"of a record after its end");
}

static void write_text(struct sink *sink, const struct trace *trace,
	const struct report_options *options)
{
	struct printer p = {sink, trace, options, {0}};
	char buffer[40];

	sink_print(sink, "Lineage of %.*s",
		STR_ARG(safe(&p, trace_record(&p.a, trace, options))));
	if (trace->up.options.has_at)
		sink_print(sink, " as of %.*s",
			STR_ARG(timestamp_print(trace->up.options.at, buffer)));
	sink_write(sink, STR("\n"));
	if (trace->incomplete)
		sink_write(
			sink, STR("INCOMPLETE: some input could not be read or "
				  "trusted\n"));
	if (trace->up.wanted)
		print_side(&p, "What it comes from", &trace->up);
	if (trace->down.wanted)
		print_side(&p, "What came of it", &trace->down);
	print_limits(&p);
	arena_free(&p.a);
}

const struct trace_report trace_text = {STR_INIT("text"), write_text};
