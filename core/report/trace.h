/*
 * The lineage of a record: what it comes from and what came of it, each step
 * with the row of the log that proves it.
 */
#ifndef REPORT_TRACE_H
#define REPORT_TRACE_H

#include "graph/facts.h"
#include "graph/reach_tree.h"
#include "report/report.h"

/* One direction of the answer. */
struct trace_side {
	bool wanted;
	struct reach_options options;
	struct reach reach;
};

/* Everything is borrowed. */
struct trace {
	struct str record; /* `type:id` or `type:id@n`, as it was found */
	struct str tool_version;
	bool incomplete; /* some input could not be read or trusted */
	const struct facts *facts;
	const struct graph *graph;
	struct trace_side up, down;
};

/* Adding an output: trace_x.c with such a function and a row in
   trace_reports[] (trace.c). */
struct trace_report {
	struct str name; /* of --format */
	void (*write)(struct sink *sink, const struct trace *trace,
		const struct report_options *options);
};

extern const struct trace_report trace_text, trace_json;

/* The writer of a name, or NULL. */
const struct trace_report *trace_report_find(struct str name);

/* The record asked for, and a version, as `type:id` and `type:id@n`; the id is
   masked if object_id is personal and may not be shown. */
struct str trace_record(struct arena *a, const struct trace *trace,
	const struct report_options *options);
struct str trace_version(struct arena *a, const struct trace *trace, node v,
	const struct report_options *options);

/* What the log says of an event; texts live as long as the log and the arena.
   An absent field is empty; an agent that may not be shown is masked. */
struct trace_event {
	struct str action, agent, system;
	int64_t time;
	struct str path;
	uint32_t line;
};

struct trace_event trace_event(struct arena *a, const struct trace *trace,
	row e, const struct report_options *options);

/* The event that ended the version v by the instant that is asked for, or
   NODE_NONE; also for a v that is an event. */
node trace_ender(const struct trace *trace, node v);

#endif
