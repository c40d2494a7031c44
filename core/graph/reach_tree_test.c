#include "graph/reach_tree.h"

#include "log_p.h"

#include <string.h>

#include <criterion/criterion.h>

/* One line per row: a dot per level, "e3" or "x:a@1", "=" for a reference. */
static void print_rows(const struct log *log, const struct graph *graph,
	const struct reach *reach, const struct reach_rows *rows,
	char text[1024])
{
	size_t len = 0;

	text[0] = '\0';
	for (size_t i = 0; i < rows->n; i++) {
		const struct reach_row *r = &rows->at[i];
		node v = reach->items[r->item].v;
		uint32_t subject = graph->subject[v];

		len += (size_t)snprintf(text + len, 1024 - len, "%.*s",
			(int)r->level, "................");
		if (graph_is_event(graph, v))
			len += (size_t)snprintf(
				text + len, 1024 - len, "e%u", subject);
		else
			len += (size_t)snprintf(text + len, 1024 - len,
				"%.*s@%u",
				STR_ARG(symbols_show(&log->strings,
					graph_id(graph, subject))),
				(unsigned)graph->ordinal[v]);
		len += (size_t)snprintf(
			text + len, 1024 - len, "%s\n", r->again ? "=" : "");
	}
}

/* b is made of a; c of b and a; b is changed twice. */
static const char *const lines[] = {"replace x:a", "read x:a replace x:b",
	"read x:a read x:b replace x:c", "write x:b", "read x:c write x:b"};

static void expect_tree(const char *start, const char *record,
	enum reach_direction direction, const char *want)
{
	struct log log;
	struct graph graph;
	struct reach reach;
	struct reach_options options = {.direction = direction};
	struct reach_rows rows;
	const node *starts;
	node one;
	uint32_t n = 1;
	char text[1024];

	log_lines(&log, lines, 5);
	graph = log_graph(&log);
	if (record) {
		starts = graph_versions(&graph,
			graph_record(&graph, log_sym(&log, "x"),
				log_sym(&log, record)),
			&n);
	} else {
		one = log_version(&log, &graph, start);
		starts = &one;
	}
	reach_from(&log.a, &graph, starts, n, &options, &reach);
	rows = reach_tree(&log.a, &graph, &reach, &options);
	print_rows(&log, &graph, &reach, &rows, text);
	cr_expect(strcmp(text, want) == 0, "wanted\n%sfound\n%s", want, text);
	log_free(&log);
}

Test(reach_tree, shows_inputs_under_their_event_and_again_as_references)
{
	expect_tree("x:c@1", NULL, REACH_UP,
		"c@1\n"
		".e2\n"
		"..a@1\n"
		"...e0\n"
		"..b@1\n"
		"...e1\n"
		"....a@1=\n");
}

Test(reach_tree, keeps_the_history_of_a_record_flat)
{
	expect_tree("x:b@3", NULL, REACH_UP,
		"b@3\n"
		".e4\n"
		"..c@1\n"
		"...e2\n"
		"....a@1\n"
		".....e0\n"
		"....b@1\n"
		".....e1\n"
		"......a@1=\n"
		"b@2\n"
		".e3\n"
		"b@1=\n");
	expect_tree("x:b@1", NULL, REACH_DOWN,
		"b@1\n"
		".e2\n"
		"..c@1\n"
		"...e4\n"
		"....b@3\n"
		".e3\n"
		"b@2\n"
		".e4=\n");
}

Test(reach_tree, lists_a_whole_record_as_its_versions)
{
	expect_tree(NULL, "b", REACH_UP,
		"b@1\n"
		".e1\n"
		"..a@1\n"
		"...e0\n"
		"b@2\n"
		".e3\n"
		"b@3\n"
		".e4\n"
		"..c@1\n"
		"...e2\n"
		"....a@1=\n"
		"....b@1=\n");
}

/* ---- property ---- */

/* Edges of the answer, each pair of nodes once, that the rows must show:
   except between starts of one record. */
static uint32_t count_edges(const struct graph *graph,
	const struct reach *reach, const struct csr *along)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < reach->n; i++) {
		for (uint32_t j = 0; j < reach->n; j++) {
			node v = reach->items[i].v, w = reach->items[j].v;
			bool found = false;

			for (uint32_t e = along->start[v];
				e < along->start[v + 1]; e++)
				found |= along->to[e] == w &&
					 (EDGES_DATA >> along->mode[e] & 1);
			/* From a start to a start there is always an event
			   between; its edge back to a start is the exception.
			 */
			n += found &&
			     !(reach->items[j].distance == 0 &&
				     graph_is_event(graph, v) &&
				     reach->items[i].from != NODE_NONE &&
				     graph->subject[reach->items[i].from] ==
					     graph->subject[w]);
		}
	}
	return n;
}

/* Property: every item has one row that is no reference, under a row of the
   node it was reached from; the other rows are the remaining edges. */
Test(reach_tree, shows_every_node_once_and_every_edge)
{
	static const struct log_kind kind = {300000, 200000, 100000};
	struct rng rng = {7};

	for (int round = 0; round < 2000; round++) {
		struct log log;
		struct graph graph;
		struct reach reach;
		struct reach_options options = {
			.direction = round % 2 ? REACH_UP : REACH_DOWN};
		struct reach_rows rows;
		uint32_t own = 0, again = 0, n, record, starts = 0;
		const node *versions;

		log_random(&log, &rng, &kind);
		graph = log_graph(&log);
		if (graph_records(&graph) < 2) {
			log_free(&log);
			continue;
		}
		record = 1 +
			 (uint32_t)rng_below(&rng, graph_records(&graph) - 1);
		versions = graph_versions(&graph, record, &n);
		if (round % 4 < 2)
			n = 1;
		reach_from(&log.a, &graph, versions, n, &options, &reach);
		rows = reach_tree(&log.a, &graph, &reach, &options);
		for (size_t i = 0; i < rows.n; i++) {
			own += !rows.at[i].again;
			again += rows.at[i].again;
		}
		for (uint32_t i = 0; i < reach.n; i++)
			starts += reach.items[i].distance == 0;
		cr_assert(own == reach.n, "round %d", round);
		cr_assert(own - starts + again ==
				  count_edges(&graph, &reach,
					  options.direction == REACH_UP
						  ? &graph.up
						  : &graph.down),
			"round %d", round);
		log_free(&log);
	}
}
