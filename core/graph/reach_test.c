#include "graph/reach.h"

#include "literal_p.h"

#include <string.h>

#include <criterion/criterion.h>

/* Reaches from one version and writes the answer as "name distance" words. */
static void print_reach(const struct log *log, const struct graph *graph,
	const struct reach *reach, char text[256])
{
	size_t len = 0;

	text[0] = '\0';
	for (uint32_t i = 0; i < reach->n; i++) {
		const struct reach_item *item = &reach->items[i];
		uint32_t subject = graph->subject[item->v];

		if (graph_is_event(graph, item->v))
			len += (size_t)snprintf(text + len, 256 - len,
				"e%u.%u ", subject, item->distance);
		else
			len += (size_t)snprintf(text + len, 256 - len,
				"%.*s@%u.%u ",
				STR_ARG(symbols_show(&log->strings,
					graph_id(graph, subject))),
				(unsigned)graph->ordinal[item->v],
				item->distance);
	}
}

/* A copy of b made of a; c made of b and d; b changed later. */
static const char *const lines[] = {"replace x:a", "read x:a replace x:b",
	"read x:b read x:d write x:c", "write x:b", "read x:b", "delete x:b"};

Test(reach, walks_are_ordered_by_distance_and_number)
{
	static const struct {
		const char *start;
		struct reach_options options;
		const char *want;
		uint64_t n_cut;
	} rows[] = {
		{"x:c@1", {.direction = REACH_UP},
			"c@1.0 e2.1 b@1.2 d@0.2 c@0.2 e1.3 a@1.4 e0.5 ", 0},
		{"x:c@1", {.direction = REACH_UP, .depth = 1},
			"c@1.0 e2.1 b@1.2 d@0.2 c@0.2 ", 1},
		{"x:c@1", {.direction = REACH_UP, .depth = 2},
			"c@1.0 e2.1 b@1.2 d@0.2 c@0.2 e1.3 a@1.4 ", 1},
		{"x:c@1", {.direction = REACH_UP, .depth = 3},
			"c@1.0 e2.1 b@1.2 d@0.2 c@0.2 e1.3 a@1.4 e0.5 ", 0},
		{"x:c@1", {.direction = REACH_UP, .depth = UINT32_MAX},
			"c@1.0 e2.1 b@1.2 d@0.2 c@0.2 e1.3 a@1.4 e0.5 ", 0},
		{"x:c@1", {.direction = REACH_UP, .depth = 0x80000000u},
			"c@1.0 e2.1 b@1.2 d@0.2 c@0.2 e1.3 a@1.4 e0.5 ", 0},
		{"x:a@1", {.direction = REACH_DOWN},
			"a@1.0 e1.1 b@1.2 e2.3 e3.3 c@1.4 b@2.4 e4.5 ", 0},
		{"x:a@1", {.direction = REACH_DOWN, .depth = 1},
			"a@1.0 e1.1 b@1.2 ", 2},
		{"x:a@1", {.direction = REACH_DOWN, .has_at = true, .at = 2},
			"a@1.0 e1.1 b@1.2 e2.3 c@1.4 ", 0},
		{"x:a@1", {.direction = REACH_DOWN, .has_at = true, .at = 0},
			"a@1.0 ", 0},
		{"x:a@1", {.direction = REACH_DOWN, .has_at = true, .at = -1},
			"", 0},
		{"x:c@1", {.direction = REACH_UP, .has_at = true, .at = 1}, "",
			0},
		{"x:d@0", {.direction = REACH_UP, .has_at = true, .at = -9},
			"d@0.0 ", 0},
		/* only the ends of versions, if that is asked for */
		{"x:b@2",
			{.direction = REACH_UP,
				.modes = 1u << EDGE_INVALIDATED},
			"b@2.0 e5.1 ", 0},
		{"x:b@2", {.direction = REACH_DOWN, .modes = EDGES_ALL},
			"b@2.0 e4.1 ", 0},
	};
	struct log log;
	struct graph graph;

	log_lines(&log, lines, 6);
	graph = log_graph(&log);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		node start = log_version(&log, &graph, rows[i].start);
		struct reach reach;
		char text[256];

		reach_from(&log.a, &graph, &start, 1, &rows[i].options, &reach);
		print_reach(&log, &graph, &reach, text);
		cr_expect(strcmp(text, rows[i].want) == 0, "row %zu: %s", i,
			text);
		cr_expect(reach.n_cut == rows[i].n_cut, "row %zu", i);
	}
	log_free(&log);
}

Test(reach, a_step_is_from_version_to_version)
{
	static const uint32_t steps[] = {0, 1, 1, 2, 2, 3};

	for (uint32_t distance = 0; distance < 6; distance++)
		cr_expect(reach_step(distance) == steps[distance]);
	cr_expect(reach_step(UINT32_MAX) == 0x80000000u);
}

Test(reach, roots_are_shells_and_first_versions)
{
	struct log log;
	struct graph graph;
	struct reach reach;
	node start;

	log_lines(&log, lines, 6);
	graph = log_graph(&log);
	start = log_version(&log, &graph, "x:c@1");
	reach_from(&log.a, &graph, &start, 1,
		&(struct reach_options) {.direction = REACH_UP}, &reach);
	cr_expect(reach.n_shells == 2 && reach.n_first == 1);
	for (uint32_t i = 0; i < reach.n; i++) {
		node v = reach.items[i].v;
		enum reach_root want =
			v == log_version(&log, &graph, "x:d@0")   ? REACH_SHELL
			: v == log_version(&log, &graph, "x:c@0") ? REACH_SHELL
			: v == log_version(&log, &graph, "x:a@1") ? REACH_FIRST
								  : REACH_INNER;

		cr_expect(reach.items[i].root == want, "item %u", i);
	}
	log_free(&log);
}

Test(reach, all_versions_of_a_record_can_start)
{
	struct log log;
	struct graph graph;
	struct reach reach;
	const node *starts;
	uint32_t n;
	char text[256];

	log_lines(&log, lines, 6);
	graph = log_graph(&log);
	starts = graph_versions(
		&graph, graph.subject[log_version(&log, &graph, "x:b@1")], &n);
	cr_assert(n == 2);
	reach_from(&log.a, &graph, starts, n,
		&(struct reach_options) {.direction = REACH_UP}, &reach);
	print_reach(&log, &graph, &reach, text);
	cr_expect(strcmp(text, "b@1.0 b@2.0 e1.1 e3.1 a@1.2 e0.3 ") == 0, "%s",
		text);
	reach_from(&log.a, &graph, starts, 0,
		&(struct reach_options) {.direction = REACH_UP}, &reach);
	cr_expect(reach.n == 0 && reach.n_cut == 0);
	log_free(&log);
}

Test(reach, a_version_written_after_the_instant_is_a_shell_then)
{
	static const char *const early[] = {
		"read x:a@1 replace x:b", "replace x:a"};
	struct log log;
	struct graph graph;
	struct reach reach;
	node start;

	log_lines(&log, early, 2);
	graph = log_graph(&log);
	start = log_version(&log, &graph, "x:b@1");
	for (int at = 0; at < 2; at++) {
		reach_from(&log.a, &graph, &start, 1,
			&(struct reach_options) {.has_at = true, .at = at},
			&reach);
		cr_expect(reach.n == (at ? 4 : 3));
		cr_expect(reach.items[2].root ==
			  (at ? REACH_FIRST : REACH_SHELL));
	}
	log_free(&log);
}

Test(reach, a_cycle_of_named_versions_ends)
{
	static const char *const cycle[] = {
		"read x:a@7 replace x:b", "read x:b replace x:a@7"};
	struct log log;
	struct graph graph;
	struct reach reach;
	node start;

	log_lines(&log, cycle, 2);
	graph = log_graph(&log);
	start = log_version(&log, &graph, "x:b@1");
	for (int direction = REACH_UP; direction <= REACH_DOWN; direction++) {
		reach_from(&log.a, &graph, &start, 1,
			&(struct reach_options) {
				.direction = (enum reach_direction)direction},
			&reach);
		cr_expect(reach.n == 4);
	}
	log_free(&log);
}

Test(reach, a_long_chain_needs_no_stack)
{
	enum { LONG = 200000 };
	struct log log;
	struct graph graph;
	struct reach reach;
	node start;

	log_open(&log, NULL, 0);
	for (int i = 0; i < LONG; i++)
		log_event(&log, i, 0, "write x:1");
	log_close(&log);
	graph = log_graph(&log);
	start = graph.n_nodes - 1;
	reach_from(&log.a, &graph, &start, 1,
		&(struct reach_options) {.direction = REACH_UP}, &reach);
	cr_expect(reach.n == 2 * LONG + 1);
	cr_expect(reach.items[reach.n - 1].distance == 2 * LONG);
	cr_expect(reach.n_shells == 1);
	start = reach.items[reach.n - 1].v;
	reach_from(&log.a, &graph, &start, 1,
		&(struct reach_options) {
			.direction = REACH_DOWN, .depth = LONG - 1},
		&reach);
	cr_expect(reach.n == 2 * LONG - 1);
	cr_expect(reach.n_cut == 1);
	log_free(&log);
}

/* One question to a random log, and the distances that answer it. */
struct question {
	struct reach_options options;
	node starts[LITERAL_NODES];
	uint32_t n;
	struct literal_filter filter;
	int distance[LITERAL_NODES]; /* of each literal node from the starts */
};

static void pick_starts(
	struct question *q, const struct graph *graph, struct rng *rng)
{
	node v = 1 + (node)rng_below(rng, graph->n_nodes - 1);
	const node *versions;

	q->n = 1;
	q->starts[0] = v;
	if (graph_is_event(graph, v))
		q->starts[0] = graph->up.n_edges ? graph->up.to[0] : v;
	if (graph_is_event(graph, q->starts[0]) || rng_chance(rng, 500000))
		return;
	versions = graph_versions(graph, graph->subject[q->starts[0]], &q->n);
	memcpy(q->starts, versions, q->n * sizeof(*versions));
}

static void ask(struct question *q, const struct log *log,
	const struct graph *graph, struct rng *rng)
{
	static const unsigned modes[] = {
		0, EDGES_DATA, EDGES_ALL, 1u << EDGE_GENERATED | 1u};

	q->options = (struct reach_options) {
		.direction = (enum reach_direction)rng_below(rng, 2),
		.modes = modes[rng_below(rng, 4)],
		.depth = (uint32_t)rng_below(rng, 4),
		.has_at = rng_chance(rng, 300000),
		.at = (int64_t)rng_below(rng, 6) - 1,
	};
	q->filter.modes = q->options.modes ? q->options.modes : EDGES_DATA;
	q->filter.end = (int)log->events.n_timed;
	while (q->options.has_at && q->filter.end > 0 &&
		log->events.time[q->filter.end - 1] > q->options.at)
		q->filter.end--;
	pick_starts(q, graph, rng);
}

/* A node made by an event at or after `end` is not there yet. */
static bool is_there(int v, int end)
{
	int event = v < LOG_EVENTS ? v
				   : (v - LOG_EVENTS) % (LOG_EVENTS + 1) - 1;

	return event < end;
}

static void answer(struct question *q, const struct log *log,
	const struct graph *graph, const struct literal *l)
{
	int all[LITERAL_NODES][LITERAL_NODES];

	literal_measure(l, &q->filter, all);
	for (int v = 0; v < LITERAL_NODES; v++)
		q->distance[v] = LITERAL_FAR;
	for (uint32_t i = 0; i < q->n; i++) {
		int start = literal_of(log, graph, q->starts[i]);

		if (!is_there(start, q->filter.end))
			continue;
		for (int v = 0; v < LITERAL_NODES; v++) {
			int d = q->options.direction == REACH_UP
					? all[start][v]
					: all[v][start];

			if (d < q->distance[v])
				q->distance[v] = d;
		}
	}
}

static bool is_edge(
	const struct question *q, const struct literal *l, int near, int far)
{
	return q->options.direction == REACH_UP
		       ? literal_is_open(l, &q->filter, near, far)
		       : literal_is_open(l, &q->filter, far, near);
}

/* True if the item is at its place and tells the truth. */
static bool is_right(const struct question *q, const struct log *log,
	const struct graph *graph, const struct literal *l,
	const struct reach_item *item)
{
	int limit = q->options.depth ? (int)q->options.depth * 2 : LITERAL_FAR;
	int v = literal_of(log, graph, item->v);
	node from = NODE_NONE;
	uint32_t n_cut = 0;

	if (q->distance[v] != (int)item->distance || q->distance[v] > limit)
		return false;
	for (node w = 1; w < graph->n_nodes && !from; w++) {
		int near = literal_of(log, graph, w);

		if (q->distance[near] + 1 == q->distance[v] &&
			is_edge(q, l, near, v))
			from = w;
	}
	for (int w = 0; w < LITERAL_NODES; w++)
		n_cut += q->distance[v] == limit && is_edge(q, l, v, w) &&
			 q->distance[w] > limit;
	return item->from == from && item->n_cut == n_cut;
}

static bool is_answer(const struct question *q, const struct log *log,
	const struct graph *graph, const struct literal *l,
	const struct reach *reach)
{
	int limit = q->options.depth ? (int)q->options.depth * 2
				     : LITERAL_FAR - 1;
	uint32_t n = 0;

	for (int v = 0; v < LITERAL_NODES; v++)
		n += q->distance[v] <= limit;
	if (reach->n != n)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		const struct reach_item *item = &reach->items[i];

		if (i > 0 && (item[-1].distance > item->distance ||
				     (item[-1].distance == item->distance &&
					     item[-1].v >= item->v)))
			return false;
		if (!is_right(q, log, graph, l, item))
			return false;
	}
	return true;
}

/* Property: nodes, distances, parents and cut edges are those of the distance
   matrix of the literal graph. */
Test(reach, agrees_with_a_distance_matrix)
{
	static const struct log_kind kind = {.ref = 150000, .other = 100000};
	struct rng rng = {77};

	for (int round = 0; round < 10000; round++) {
		struct log log;
		struct graph graph;
		struct literal l;
		struct question q;
		struct reach reach;

		log_random(&log, &rng, &kind);
		graph = log_graph(&log);
		literal_build(&l, &log);
		for (int i = 0; i < 2 && graph.n_nodes > 1; i++) {
			ask(&q, &log, &graph, &rng);
			answer(&q, &log, &graph, &l);
			reach_from(&log.a, &graph, q.starts, q.n, &q.options,
				&reach);
			cr_assert(is_answer(&q, &log, &graph, &l, &reach),
				"round %d", round);
		}
		log_free(&log);
	}
}

/* Property: w is up from v if and only if v is down from w. */
Test(reach, up_and_down_are_converse)
{
	static const struct log_kind kind = {.ref = 200000, .name = 300000};
	struct rng rng = {78};

	for (int round = 0; round < 300; round++) {
		struct log log;
		struct graph graph;
		bool up[128][128] = {0}, down[128][128] = {0};

		log_random(&log, &rng, &kind);
		graph = log_graph(&log);
		cr_assert(graph.n_nodes <= 128);
		for (node v = 1; v < graph.n_nodes; v++) {
			struct reach reach;
			struct reach_options options = {.direction = REACH_UP};

			reach_from(&log.a, &graph, &v, 1, &options, &reach);
			for (uint32_t i = 0; i < reach.n; i++)
				up[v][reach.items[i].v] = true;
			options.direction = REACH_DOWN;
			reach_from(&log.a, &graph, &v, 1, &options, &reach);
			for (uint32_t i = 0; i < reach.n; i++)
				down[reach.items[i].v][v] = true;
		}
		cr_assert(memcmp(up, down, sizeof(up)) == 0, "round %d", round);
		log_free(&log);
	}
}
