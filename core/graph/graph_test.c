#include "graph/graph.h"

#include "literal_p.h"

#include <string.h>

#include <criterion/criterion.h>

#define LINES_MAX 6

/* Lines of a log and the edges of its graph: "e0" is the event of line 0. */
struct edge_row {
	const char *lines[LINES_MAX];
	const char *edges;
};

static node node_of(
	const struct log *log, const struct graph *graph, struct str name)
{
	char text[16] = "";

	memcpy(text, name.s, name.len);
	if (text[0] == 'e')
		return graph_event(graph, (row)(text[1] - '0'));
	return log_version(log, graph, text);
}

static bool has_edge(
	const struct graph *graph, node from, node to, uint8_t mode)
{
	for (uint32_t i = graph->up.start[from]; i < graph->up.start[from + 1];
		i++)
		if (graph->up.to[i] == to && graph->up.mode[i] == mode)
			return true;
	return false;
}

/* Edges are written "x<y used, ..."; cause on the right. */
static void expect_edges(const struct log *log, const struct graph *graph,
	const char *edges, size_t line)
{
	static const struct str modes[] = {
		[EDGE_USED] = STR_INIT("used"),
		[EDGE_REVISED] = STR_INIT("revised"),
		[EDGE_GENERATED] = STR_INIT("generated"),
		[EDGE_INVALIDATED] = STR_INIT("invalidated"),
	};
	struct str rest = str_of(edges);
	uint32_t n = 0;

	while (rest.len) {
		struct str edge = str_trim(str_cut(&rest, ','));
		node from = node_of(log, graph, str_cut(&edge, '<'));
		node to = node_of(log, graph, str_cut(&edge, ' '));
		uint8_t mode = 0;

		while (mode < EDGE_MODE_N && !str_equal(modes[mode], edge))
			mode++;
		cr_expect(from && to && has_edge(graph, from, to, mode),
			"row %zu: edge %u", line, n);
		n++;
	}
	cr_expect(graph->up.n_edges == n, "row %zu: %u edges", line,
		graph->up.n_edges);
	cr_expect(graph->down.n_edges == n, "row %zu", line);
}

static void expect_graphs(const struct edge_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct log log;
		struct graph graph;
		size_t n_lines = 0;

		while (n_lines < LINES_MAX && rows[i].lines[n_lines])
			n_lines++;
		log_lines(&log, rows[i].lines, n_lines);
		graph = log_graph(&log);
		expect_edges(&log, &graph, rows[i].edges, i);
		log_free(&log);
	}
}

Test(graph, events_make_and_use_versions)
{
	static const struct edge_row rows[] = {
		/* create: r@1 and its generation */
		{{"replace a:1"}, "a:1@1<e0 generated"},
		/* update: uses r@n and generates r@n+1 */
		{{"replace a:1", "write a:1"},
			"a:1@1<e0 generated, e1<a:1@1 revised,"
			"a:1@2<e1 generated"},
		/* read: uses the visible version */
		{{"replace a:1", "read a:1", "write a:1", "read a:1"},
			"a:1@1<e0 generated, e1<a:1@1 used, e2<a:1@1 revised,"
			"a:1@2<e2 generated, e3<a:1@2 used"},
		/* delete: invalidates r@n, and uses nothing */
		{{"replace a:1", "delete a:1"},
			"a:1@1<e0 generated, a:1@1<e1 invalidated"},
		/* nobody wrote it: a shell */
		{{"read a:1", "read a:1"}, "e0<a:1@0 used, e1<a:1@0 used"},
		{{"write a:1"}, "e0<a:1@0 revised, a:1@1<e0 generated"},
		{{"delete a:1"}, "a:1@0<e0 invalidated"},
		/* data from one record to another */
		{{"replace a:1", "read a:1 replace b:1"},
			"a:1@1<e0 generated, e1<a:1@1 used,b:1@1<e1 generated"},
		/* a replacement does not depend on the old version */
		{{"replace a:1", "replace a:1"},
			"a:1@1<e0 generated, a:1@2<e1 generated"},
	};

	expect_graphs(rows, sizeof(rows) / sizeof(*rows));
}

Test(graph, several_mentions_in_one_event_are_one_effect)
{
	static const struct edge_row rows[] = {
		{{"read a:1 read a:1"}, "e0<a:1@0 used"},
		{{"write a:1 write a:1"},
			"e0<a:1@0 revised, a:1@1<e0 generated"},
		{{"read a:1 write a:1"},
			"e0<a:1@0 revised, a:1@1<e0 generated"},
		/* replaced and read counts as written */
		{{"replace a:1 read a:1"},
			"e0<a:1@0 revised, a:1@1<e0 generated"},
		{{"replace a:1 write a:1"},
			"e0<a:1@0 revised, a:1@1<e0 generated"},
		{{"delete a:1 read a:1"},
			"e0<a:1@0 used, a:1@0<e0 invalidated"},
		{{"delete a:1 delete a:1"}, "a:1@0<e0 invalidated"},
		/* what a deleting event writes lives on */
		{{"replace a:1 delete a:1", "read a:1"},
			"a:1@0<e0 invalidated, a:1@1<e0 generated,"
			"e1<a:1@1 used"},
		{{"delete a:1 write a:1", "read a:1"},
			"e0<a:1@0 revised, a:1@0<e0 invalidated,"
			"a:1@1<e0 generated, e1<a:1@1 used"},
	};

	expect_graphs(rows, sizeof(rows) / sizeof(*rows));
}

Test(graph, a_deleted_record_is_not_seen_until_it_is_written)
{
	static const struct edge_row rows[] = {
		{{"delete a:1", "read a:1"}, "a:1@0<e0 invalidated"},
		{{"delete a:1", "delete a:1"}, "a:1@0<e0 invalidated"},
		/* an undelete derives from the version that was ended */
		{{"delete a:1", "write a:1", "read a:1"},
			"a:1@0<e0 invalidated, e1<a:1@0 revised,"
			"a:1@1<e1 generated, e2<a:1@1 used"},
		{{"delete a:1", "replace a:1", "read a:1"},
			"a:1@0<e0 invalidated, a:1@1<e1 generated,"
			"e2<a:1@1 used"},
		{{"delete a:1", "replace a:1 read a:1"},
			"a:1@0<e0 invalidated, e1<a:1@0 revised,"
			"a:1@1<e1 generated"},
		{{"delete a:1", "replace a:1", "delete a:1"},
			"a:1@0<e0 invalidated, a:1@1<e1 generated,"
			"a:1@1<e2 invalidated"},
	};

	expect_graphs(rows, sizeof(rows) / sizeof(*rows));
}

Test(graph, named_versions_win)
{
	static const struct edge_row rows[] = {
		{{"replace a:1", "write a:1", "read a:1@1"},
			"a:1@1<e0 generated, e1<a:1@1 revised,"
			"a:1@2<e1 generated, e2<a:1@1 used"},
		/* never written: a shell */
		{{"replace a:1", "read a:1@5"},
			"a:1@1<e0 generated, e1<a:1@5 used"},
		{{"read a:1@0", "read a:1"}, "e0<a:1@0 used, e1<a:1@0 used"},
		/* an ordinal that a write asks for */
		{{"replace a:1@7", "write a:1", "read a:1"},
			"a:1@7<e0 generated, e1<a:1@7 revised,"
			"a:1@8<e1 generated, e2<a:1@8 used"},
		/* too small, so the next one */
		{{"replace a:1@3", "replace a:1@3", "replace a:1@2"},
			"a:1@3<e0 generated, a:1@4<e1 generated,"
			"a:1@5<e2 generated"},
		{{"write a:1@2 write a:1@4 write a:1@3"},
			"e0<a:1@0 revised, a:1@4<e0 generated"},
		/* several versions at once, each once */
		{{"replace a:1", "write a:1",
			 "read a:1 read a:1@1 read a:1@2 read a:1@1"},
			"a:1@1<e0 generated, e1<a:1@1 revised,"
			"a:1@2<e1 generated, e2<a:1@1 used, e2<a:1@2 used"},
		/* visible though deleted, because it is named */
		{{"replace a:1", "delete a:1", "read a:1@1"},
			"a:1@1<e0 generated, a:1@1<e1 invalidated,"
			"e2<a:1@1 used"},
		/* read before it is written: one node */
		{{"read a:1@1", "replace a:1", "read a:1"},
			"e0<a:1@1 used, a:1@1<e1 generated, e2<a:1@1 used"},
		/* the version the event itself makes means the current one */
		{{"replace a:1", "read a:1@2 write a:1@2"},
			"a:1@1<e0 generated, e1<a:1@1 revised,"
			"a:1@2<e1 generated"},
		{{"replace a:1", "read a:1@2 replace a:1"},
			"a:1@1<e0 generated, e1<a:1@1 revised,"
			"a:1@2<e1 generated"},
		/* an old version read, the record replaced */
		{{"replace a:1", "write a:1", "read a:1@1 replace a:1"},
			"a:1@1<e0 generated, e1<a:1@1 revised,a:1@2<e1 "
			"generated, e2<a:1@1 used,a:1@3<e2 generated"},
	};

	expect_graphs(rows, sizeof(rows) / sizeof(*rows));
}

Test(graph, odd_reads_are_counted)
{
	static const struct {
		const char *lines[LINES_MAX];
		uint64_t after_delete, early;
	} rows[] = {
		{{"replace a:1", "read a:1"}, 0, 0},
		{{"delete a:1", "read a:1 read a:1", "read a:1"}, 2, 0},
		{{"delete a:1", "read a:1 write a:1", "read a:1"}, 0, 0},
		{{"delete a:1", "read a:1@0"}, 0, 0},
		{{"read a:1@1 read a:1@1", "read a:1@1", "replace a:1"}, 0, 2},
		{{"read a:1@2", "replace a:1"}, 0, 0},
		{{"replace a:1", "read a:1@1", "read a:1@0"}, 0, 0},
		{{"read a:1@1 write a:1@1"}, 0, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct log log;
		struct graph graph;
		size_t n = 0;

		while (rows[i].lines[n])
			n++;
		log_lines(&log, rows[i].lines, n);
		graph = log_graph(&log);
		cr_expect(graph.reads_after_delete == rows[i].after_delete,
			"row %zu", i);
		cr_expect(graph.early_reads == rows[i].early, "row %zu", i);
		log_free(&log);
	}
}

Test(graph, nodes_are_numbered_by_first_sight)
{
	static const char *const lines[] = {
		"write a:1 read a:2", "replace a:3", "", "read a:1 read a:3"};
	static const char *const names[] = {
		"a:1@0", "a:2@0", "e0", "a:1@1", "e1", "a:3@1", "e3"};
	struct log log;
	struct graph graph;

	log_lines(&log, lines, 4);
	graph = log_graph(&log);
	for (node v = 1; v <= 7; v++)
		cr_expect(node_of(&log, &graph, str_of(names[v - 1])) == v,
			"node %u", v);
	cr_expect(graph.n_nodes == 8);
	cr_expect(graph_event(&graph, 2) == NODE_NONE);
	cr_expect(graph_event(&graph, 4) == NODE_NONE);
	cr_expect(graph_event(&graph, ROW_NONE) == NODE_NONE);
	cr_expect(graph.subject[7] == 3 && graph_is_event(&graph, 7));
	log_free(&log);
}

Test(graph, versions_tell_their_events)
{
	static const char *const lines[] = {
		"read a:1", "write a:1", "delete a:1"};
	struct log log;
	struct graph graph;
	node old, new;

	log_lines(&log, lines, 3);
	graph = log_graph(&log);
	old = log_version(&log, &graph, "a:1@0");
	new = log_version(&log, &graph, "a:1@1");
	cr_expect(graph_writer(&graph, old) == NODE_NONE);
	cr_expect(graph_ender(&graph, old) == NODE_NONE);
	cr_expect(graph_is_shell(&graph, old));
	cr_expect(graph_writer(&graph, new) == graph_event(&graph, 1));
	cr_expect(graph_ender(&graph, new) == graph_event(&graph, 2));
	cr_expect(!graph_is_shell(&graph, new));
	cr_expect(!graph_is_shell(&graph, graph_event(&graph, 0)));
	cr_expect(graph.subject[old] == graph.subject[new]);
	cr_expect(graph.ordinal[old] == 0 && graph.ordinal[new] == 1);
	log_free(&log);
}

Test(graph, records_are_found_by_type_and_id)
{
	static const char *const lines[] = {
		"read a:1 read b:2 read b:1 read c:3", "read b:1"};
	struct log log;
	struct graph graph;
	sym b, one;

	log_lines(&log, lines, 2);
	graph = log_graph(&log);
	b = symbols_find(&log.strings, STR("b"));
	one = symbols_find(&log.strings, STR("1"));
	cr_expect(graph_records(&graph) == 5);
	cr_expect(graph_record(&graph, b, one) == 3);
	cr_expect(graph_record(&graph, one, b) == 0);
	cr_expect(graph_type(&graph, 3) == b && graph_id(&graph, 3) == one);
	cr_expect(graph_next_with_id(&graph, one, 0) == 1);
	cr_expect(graph_next_with_id(&graph, one, 1) == 3);
	cr_expect(graph_next_with_id(&graph, one, 3) == 0);
	log_free(&log);
}

Test(graph, versions_stand_by_ordinal)
{
	static const char *const lines[] = {"read a:1@9 read a:1@4",
		"write a:1", "read a:1@2", "write a:1@4", "write b:1"};
	static const uint64_t ordinals[] = {0, 1, 2, 4, 9};
	struct log log;
	struct graph graph;
	const node *list;
	uint32_t n;

	log_lines(&log, lines, 5);
	graph = log_graph(&log);
	list = graph_versions(&graph, 1, &n);
	cr_assert(n == 5);
	for (uint32_t i = 0; i < n; i++) {
		cr_expect(graph.ordinal[list[i]] == ordinals[i]);
		cr_expect(graph.subject[list[i]] == 1);
		cr_expect(graph_version(&graph, 1, ordinals[i]) == list[i]);
	}
	cr_expect(graph_version(&graph, 1, 3) == NODE_NONE);
	cr_expect(graph_version(&graph, 1, 10) == NODE_NONE);
	cr_expect(graph_version(&graph, 1, GRAPH_EVENT) == NODE_NONE);
	graph_versions(&graph, 2, &n);
	cr_expect(n == 2);
	log_free(&log);
}

Test(graph, the_largest_ordinal_can_be_followed)
{
	static const char *const lines[] = {
		"write a:1@4611686018427387903", "write a:1", "read a:1@3"};
	struct log log;
	struct graph graph;
	const node *list;
	uint32_t n;

	log_lines(&log, lines, 3);
	graph = log_graph(&log);
	list = graph_versions(&graph, 1, &n);
	cr_assert(n == 4);
	cr_expect(graph.ordinal[list[1]] == 3);
	cr_expect(graph.ordinal[list[2]] == EFFECT_VERSION_MAX);
	cr_expect(graph.ordinal[list[3]] == EFFECT_VERSION_MAX + 1);
	log_free(&log);
}

Test(graph, a_graph_of_nothing_is_empty)
{
	struct arena a = {0};
	struct effects effects = {0};
	struct graph graph;

	graph_build(&a, &effects, &graph);
	cr_expect(graph.n_nodes == 1 && graph.n_rows == 0);
	cr_expect(graph.up.n_edges == 0 && graph.down.n_edges == 0);
	cr_expect(graph_records(&graph) == 1);
	cr_expect(graph_record(&graph, 1, 1) == 0);
	cr_expect(graph_next_with_id(&graph, 1, 0) == 0);
	cr_expect(graph_bytes(&graph) < 100);
	arena_free(&a);
}

static const struct log_kind plain = {.ref = 150000, .other = 100000};
static const struct log_kind named = {
	.ref = 150000, .name = 400000, .other = 100000};

/* True if nodes and edges are those of the literal construction. */
static bool is_literal(const struct log *log, const struct graph *graph,
	const struct literal *l)
{
	uint32_t n_nodes = 1, n_edges = 0;

	for (int v = 0; v < LITERAL_NODES; v++) {
		n_nodes += l->is_node[v];
		for (int w = 0; w < LITERAL_NODES; w++)
			n_edges += l->mode[v][w] >= 0;
	}
	if (graph->n_nodes != n_nodes || graph->up.n_edges != n_edges)
		return false;
	for (node v = 1; v < graph->n_nodes; v++) {
		int from = literal_of(log, graph, v);

		if (!l->is_node[from])
			return false;
		for (uint32_t i = graph->up.start[v];
			i < graph->up.start[v + 1]; i++)
			if (l->mode[from][literal_of(log, graph,
				    graph->up.to[i])] != graph->up.mode[i])
				return false;
	}
	return true;
}

/* Property: nodes and edges are those of the literal construction. */
Test(graph, agrees_with_the_literal_construction)
{
	struct rng rng = {91};

	for (int round = 0; round < 10000; round++) {
		struct log log;
		struct graph graph;
		struct literal l;

		log_random(&log, &rng, &plain);
		graph = log_graph(&log);
		literal_build(&l, &log);
		cr_assert(is_literal(&log, &graph, &l), "round %d", round);
		log_free(&log);
	}
}

/* Property: down is up turned around and back again, lists are ascending, and
   without named versions every cause of data has the smaller number. */
Test(graph, both_directions_are_one_graph)
{
	struct rng rng = {92};

	for (int round = 0; round < 2000; round++) {
		bool is_named = round % 2;
		struct log log;
		struct graph graph;
		struct csr back;
		bool ok = true;

		log_random(&log, &rng, is_named ? &named : &plain);
		graph = log_graph(&log);
		back = csr_reverse(&log.a, &graph.down);
		ok &= memcmp(back.start, graph.up.start,
			      (graph.n_nodes + 1) * sizeof(uint32_t)) == 0;
		ok &= memcmp(back.to, graph.up.to,
			      back.n_edges * sizeof(node)) == 0;
		ok &= memcmp(back.mode, graph.up.mode, back.n_edges) == 0;
		for (node v = 1; v < graph.n_nodes; v++)
			for (uint32_t i = back.start[v]; i < back.start[v + 1];
				i++) {
				ok &= is_named || back.to[i] < v ||
				      back.mode[i] == EDGE_INVALIDATED;
				ok &= i == back.start[v] ||
				      back.to[i - 1] < back.to[i];
			}
		cr_assert(ok, "round %d", round);
		log_free(&log);
	}
}

/* A version number of a ref, or -1. */
static int number_of(const struct log *log, const struct ref *ref)
{
	return ref->version
		       ? symbols_show(&log->strings, ref->version).s[0] - '0'
		       : -1;
}

/* What one event does to one record by its refs. */
struct mention {
	bool writes, reads_current, deletes;
	bool depends;   /* on the current version if it writes */
	int asked;      /* largest ordinal asked for */
	bool names[16]; /* versions read by name */
};

static struct mention mention_of(const struct log *log, row e, int record)
{
	uint32_t n;
	const struct ref *refs = event_refs(&log->events, e, &n);
	struct mention m = {.asked = -1};

	for (uint32_t i = 0; i < n && facts_is_live(&log->facts, e); i++) {
		int number = number_of(log, &refs[i]);

		if (literal_record(log, refs[i].id) != record)
			continue;
		if (refs[i].mode == REF_DELETE)
			m.deletes = true;
		else if (refs[i].mode != REF_READ) {
			m.writes = true;
			m.depends |= refs[i].mode == REF_WRITE;
			m.asked = number > m.asked ? number : m.asked;
		} else if (number < 0)
			m.reads_current = true;
		else
			m.names[number] = true;
	}
	m.depends |= m.reads_current;
	return m;
}

/* One record through the log, with its versions as a plain list. */
struct history {
	int ordinal; /* of the current version */
	bool is_ended;
	uint64_t n_edges;
};

/* True if the graph has the edges that this event and record give. */
static bool follow(const struct log *log, const struct graph *graph, row e,
	int record, struct history *h)
{
	struct mention m = mention_of(log, e, record);
	char name[] = {'x', ':', (char)('0' + record), 0};
	struct str text = {name + 2, 1};
	uint32_t number = graph_record(graph,
		symbols_find(&log->strings, STR("x")),
		symbols_find(&log->strings, text));
	node event = graph_event(graph, e);
	int next = m.asked > h->ordinal ? m.asked : h->ordinal + 1;
	bool own = m.writes && next < 16 && m.names[next], ok = true;
	bool current =
		(m.writes ? m.depends || own : m.reads_current && !h->is_ended);

	if (current) {
		ok &= has_edge(graph, event,
			graph_version(graph, number, (uint64_t)h->ordinal),
			m.writes ? EDGE_REVISED : EDGE_USED);
		h->n_edges++;
	}
	for (int i = 0; i < 16; i++) {
		if (!m.names[i] || (m.writes && i == next) ||
			(current && i == h->ordinal))
			continue;
		ok &= has_edge(graph, event,
			graph_version(graph, number, (uint64_t)i), EDGE_USED);
		h->n_edges++;
	}
	if (m.deletes && !h->is_ended) {
		ok &= has_edge(graph,
			graph_version(graph, number, (uint64_t)h->ordinal),
			event, EDGE_INVALIDATED);
		h->n_edges++;
	}
	h->is_ended = !m.writes && (h->is_ended || m.deletes);
	if (m.writes) {
		h->ordinal = next;
		ok &= has_edge(graph,
			graph_version(graph, number, (uint64_t)next), event,
			EDGE_GENERATED);
		h->n_edges++;
	}
	return ok;
}

/* Property: with named versions the edges are those of a plain history per
   record, and no others. */
Test(graph, named_versions_follow_a_plain_history)
{
	struct rng rng = {93};

	for (int round = 0; round < 10000; round++) {
		struct log log;
		struct graph graph;
		uint64_t n_edges = 0;
		bool ok = true;

		log_random(&log, &rng, &named);
		graph = log_graph(&log);
		for (int record = 0; record < LOG_RECORDS; record++) {
			struct history h = {0};

			for (row e = 0; e < log.events.n_timed; e++)
				ok &= follow(&log, &graph, e, record, &h);
			n_edges += h.n_edges;
		}
		cr_assert(ok && n_edges == graph.up.n_edges, "round %d", round);
		log_free(&log);
	}
}

Test(graph, bytes_are_counted)
{
	enum { EVENTS = 20000 };
	struct log log;
	struct graph graph;
	size_t most;

	log_open(&log, NULL, 0);
	for (int i = 0; i < EVENTS; i++)
		log_event(&log, i, 0,
			i % 2 ? "read x:1 read x:2 write x:3"
			      : "read x:3 read x:4 replace x:1");
	log_close(&log);
	graph = log_graph(&log);
	/* Both ways 5 bytes an edge and 4 a node; 12 for what a node is, 4
	   for each version in its list, 4 for each row. */
	most = (size_t)graph.up.n_edges * 10 + (size_t)graph.n_nodes * 24 +
	       (size_t)EVENTS * 4 + 1000;
	cr_expect(graph_bytes(&graph) > (size_t)graph.up.n_edges * 10);
	cr_expect(graph_bytes(&graph) <= most);
	log_free(&log);
}
