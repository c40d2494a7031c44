/*
 * The version graph as it is defined, for small random logs: every node
 * written out, an edge matrix, distances by trying every middle. Deletions
 * are the one addition to the definition of the path rules. Names of versions
 * are not looked at.
 */
#ifndef GRAPH_LITERAL_P_H
#define GRAPH_LITERAL_P_H

#include "log_p.h"

#define LITERAL_NODES (LOG_EVENTS + LOG_RECORDS * (LOG_EVENTS + 1))
#define LITERAL_FAR   1000

struct literal {
	int n_events;
	bool reads[LOG_EVENTS][LOG_RECORDS];
	bool writes[LOG_EVENTS][LOG_RECORDS];
	bool replaces[LOG_EVENTS][LOG_RECORDS];
	bool deletes[LOG_EVENTS][LOG_RECORDS];
	bool is_node[LITERAL_NODES];
	int mode[LITERAL_NODES][LITERAL_NODES]; /* effect, cause; -1: none */
};

/* Version `index` of record x: 0, or 1 + the event that wrote it. */
static inline int literal_version(int x, int index)
{
	return LOG_EVENTS + x * (LOG_EVENTS + 1) + index;
}

static inline bool literal_out(const struct literal *l, int i, int x)
{
	return l->writes[i][x] || l->replaces[i][x];
}

static inline bool literal_in(const struct literal *l, int i, int x)
{
	return l->reads[i][x] || l->writes[i][x];
}

/* The version of x with the largest index below that of event i. */
static inline int literal_current(const struct literal *l, int x, int i)
{
	for (int j = i - 1; j >= 0; j--)
		if (literal_out(l, j, x))
			return literal_version(x, j + 1);
	return literal_version(x, 0);
}

/* True if the last event before i that wrote or deleted x only deleted it. */
static inline bool literal_is_ended(const struct literal *l, int x, int i)
{
	for (int j = i - 1; j >= 0; j--) {
		if (literal_out(l, j, x))
			return false;
		if (l->deletes[j][x])
			return true;
	}
	return false;
}

static inline void literal_edge(
	struct literal *l, int effect, int cause, enum edge_mode mode)
{
	l->mode[effect][cause] = (int)mode;
	l->is_node[effect] = true;
	l->is_node[cause] = true;
}

static inline void literal_join(struct literal *l, int i, int x)
{
	int current = literal_current(l, x, i);
	bool out = literal_out(l, i, x), ended = literal_is_ended(l, x, i);

	if (literal_in(l, i, x) && (out || !ended))
		literal_edge(l, i, current, out ? EDGE_REVISED : EDGE_USED);
	if (l->deletes[i][x] && !ended)
		literal_edge(l, current, i, EDGE_INVALIDATED);
	if (out)
		literal_edge(l, literal_version(x, i + 1), i, EDGE_GENERATED);
}

static inline int literal_record(const struct log *log, sym id)
{
	return symbols_show(&log->strings, id).s[0] - '0';
}

static inline void literal_take(
	struct literal *l, const struct log *log, row e, int i)
{
	uint32_t n;
	const struct ref *refs = event_refs(&log->events, e, &n);

	for (uint32_t j = 0; j < n; j++) {
		int x = literal_record(log, refs[j].id);

		l->reads[i][x] |= refs[j].mode == REF_READ;
		l->writes[i][x] |= refs[j].mode == REF_WRITE;
		l->replaces[i][x] |= refs[j].mode == REF_REPLACE;
		l->deletes[i][x] |= refs[j].mode == REF_DELETE;
		l->is_node[i] = true;
	}
}

/* The literal graph of a log; event i is the timed row i. */
static inline void literal_build(struct literal *l, const struct log *log)
{
	*l = (struct literal) {.n_events = (int)log->events.n_timed};
	for (int v = 0; v < LITERAL_NODES; v++)
		for (int w = 0; w < LITERAL_NODES; w++)
			l->mode[v][w] = -1;
	for (int i = 0; i < l->n_events; i++)
		if (facts_is_live(&log->facts, (row)i))
			literal_take(l, log, (row)i, i);
	for (int i = 0; i < l->n_events; i++)
		for (int x = 0; x < LOG_RECORDS; x++)
			literal_join(l, i, x);
}

/* The literal number of a node of the graph. */
static inline int literal_of(
	const struct log *log, const struct graph *graph, node v)
{
	node writer;
	uint32_t record = graph->subject[v];

	if (graph_is_event(graph, v))
		return (int)record;
	writer = graph_writer(graph, v);
	return literal_version(literal_record(log, graph_id(graph, record)),
		writer ? (int)graph->subject[writer] + 1 : 0);
}

/* Which edges count: those of these modes whose event is below `end`. */
struct literal_filter {
	unsigned modes;
	int end;
};

static inline bool literal_is_open(const struct literal *l,
	const struct literal_filter *filter, int effect, int cause)
{
	int mode = l->mode[effect][cause];
	int event = effect < LOG_EVENTS ? effect : cause;

	return mode >= 0 && (filter->modes >> mode & 1) && event < filter->end;
}

/* Distances from effects to causes. */
static inline void literal_measure(const struct literal *l,
	const struct literal_filter *filter,
	int distance[LITERAL_NODES][LITERAL_NODES])
{
	for (int v = 0; v < LITERAL_NODES; v++)
		for (int w = 0; w < LITERAL_NODES; w++)
			distance[v][w] = v == w ? 0
					 : literal_is_open(l, filter, v, w)
						 ? 1
						 : LITERAL_FAR;
	for (int k = 0; k < LITERAL_NODES; k++)
		for (int v = 0; v < LITERAL_NODES; v++) {
			int to_k = distance[v][k];

			if (to_k == LITERAL_FAR)
				continue;
			for (int w = 0; w < LITERAL_NODES; w++)
				if (to_k + distance[k][w] < distance[v][w])
					distance[v][w] = to_k + distance[k][w];
		}
}

#endif
