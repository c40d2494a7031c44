#include "graph/graph_find.h"

#include "log_p.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const lines[] = {
	"replace account:42 replace account:43 replace contact:42",
	"write account:42 replace invoice:INV-2026-001",
	"read file:a:b replace :bare read account:43@7",
};

/* Whatever is found can be printed and found again. */
static void check_found(struct log *log, const struct graph *graph,
	const struct graph_match *match)
{
	struct str name;
	struct graph_match again;

	assert(match->record > 0 && match->record < graph_records(graph));
	assert(!match->version ||
		graph->subject[match->version] == match->record);
	name = match->version ? graph_version_name(&log->a, graph,
					&log->strings, match->version)
			      : graph_record_name(&log->a, graph, &log->strings,
					match->record);
	again = graph_find(&log->a, graph, &log->strings, name);
	assert(again.found == GRAPH_FOUND);
	assert(again.record == match->record);
	assert(again.version == match->version);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct log log;
	struct graph graph;
	struct graph_match match;

	log_lines(&log, lines, 3);
	graph = log_graph(&log);
	match = graph_find(&log.a, &graph, &log.strings, text);
	switch (match.found) {
	case GRAPH_FOUND:
		check_found(&log, &graph, &match);
		break;
	case GRAPH_AMBIGUOUS:
		assert(match.names.n > 1 && match.record == 0);
		break;
	case GRAPH_UNKNOWN:
		assert(match.version == NODE_NONE);
		assert(match.hint.len == 0 ||
			str_has_prefix(match.hint, STR(" did you mean ")));
		break;
	}
	log_free(&log);
	return 0;
}
