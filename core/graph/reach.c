#include "graph/reach.h"

/* hops is 1 + the distance of a node, 0 while it is not visited. */
struct walk {
	const struct graph *graph;
	const struct csr *along, *against;
	unsigned modes;
	row end;           /* rows below take part */
	uint32_t farthest; /* distance */
	struct arena scratch;
	uint32_t *hops;
	struct queue_vec VEC(node) queue;
};

/* The first row later than the instant; rows are in order of time. */
static row rows_until(const struct graph *graph, int64_t at)
{
	row low = 0, high = graph->n_rows;

	while (low < high) {
		row half = low + (high - low) / 2;

		if (graph->time[half] <= at)
			low = half + 1;
		else
			high = half;
	}
	return low;
}

/* Every edge has one event, which dates it. */
static bool is_open(
	const struct walk *w, const struct csr *csr, node v, uint32_t edge)
{
	const struct graph *graph = w->graph;
	node event = graph_is_event(graph, v) ? v : csr->to[edge];

	return (w->modes >> csr->mode[edge] & 1) != 0 &&
	       graph->subject[event] < w->end;
}

static void visit(struct walk *w, node v, uint32_t distance)
{
	if (w->hops[v])
		return;
	w->hops[v] = distance + 1;
	vec_push(&w->scratch, &w->queue, v);
}

/* False if the node came into being after the instant that is asked for. */
static bool exists(const struct walk *w, node v)
{
	const struct graph *graph = w->graph;
	node event = graph_is_event(graph, v) ? v : graph_writer(graph, v);

	return !event || graph->subject[event] < w->end;
}

static void expand(struct walk *w, node v)
{
	const struct csr *along = w->along;
	uint32_t distance = w->hops[v];

	for (uint32_t i = along->start[v]; i < along->start[v + 1]; i++)
		if (is_open(w, along, v, i))
			visit(w, along->to[i], distance);
}

static void search(struct walk *w, const node *starts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (exists(w, starts[i]))
			visit(w, starts[i], 0);
	for (size_t i = 0; i < w->queue.n; i++) {
		node v = w->queue.at[i];

		if (w->hops[v] > w->farthest)
			return;
		expand(w, v);
	}
}

static uint32_t count_cut(const struct walk *w, node v)
{
	const struct csr *along = w->along;
	uint32_t n = 0;

	if (w->hops[v] <= w->farthest)
		return 0;
	for (uint32_t i = along->start[v]; i < along->start[v + 1]; i++)
		n += is_open(w, along, v, i) && !w->hops[along->to[i]];
	return n;
}

static enum reach_root root_of(const struct walk *w, node v)
{
	const struct graph *graph = w->graph;
	const uint32_t *start = graph->up.start;
	node writer;

	if (graph_is_event(graph, v))
		return REACH_INNER;
	writer = graph_writer(graph, v);
	if (!writer || graph->subject[writer] >= w->end)
		return REACH_SHELL;
	return start[writer] == start[writer + 1] ? REACH_FIRST : REACH_INNER;
}

/* Lists are ascending: the first fitting edge is the one from the first node
   in the order of the answer. */
static void find_parent(const struct walk *w, struct reach_item *item)
{
	const struct csr *against = w->against;
	node v = item->v;

	for (uint32_t i = against->start[v]; i < against->start[v + 1]; i++) {
		/* hops of the parent is the distance of the child. */
		if (w->hops[against->to[i]] == item->distance &&
			is_open(w, against, v, i)) {
			item->from = against->to[i];
			item->mode = against->mode[i];
			return;
		}
	}
}

static void add_item(
	const struct walk *w, struct reach *reach, uint32_t position, node v)
{
	struct reach_item *item = &reach->items[position];

	item->v = v;
	item->distance = w->hops[v] - 1;
	item->n_cut = count_cut(w, v);
	item->root = (uint8_t)root_of(w, v);
	if (item->distance)
		find_parent(w, item);
	reach->n_cut += item->n_cut;
	reach->n_shells += item->root == REACH_SHELL;
	reach->n_first += item->root == REACH_FIRST;
}

/* The queue is in order of distance; taking the nodes by number and putting
   each at the next place of its distance is a counting sort. */
static void collect(struct walk *w, struct arena *a, struct reach *reach)
{
	uint32_t n = (uint32_t)w->queue.n;
	uint32_t levels = n ? w->hops[w->queue.at[n - 1]] : 0;
	uint32_t *next = arena_array(&w->scratch, uint32_t, levels + 1);

	for (uint32_t i = n; i-- > 0;)
		next[w->hops[w->queue.at[i]]] = i;
	*reach = (struct reach) {
		.items = arena_array(a, struct reach_item, n), .n = n};
	for (node v = 0; v < w->graph->n_nodes; v++)
		if (w->hops[v])
			add_item(w, reach, next[w->hops[v]]++, v);
}

void reach_from(struct arena *a, const struct graph *graph, const node *starts,
	size_t n, const struct reach_options *options, struct reach *reach)
{
	bool up = options->direction == REACH_UP;
	bool all = options->depth == 0 || options->depth > UINT32_MAX / 2;
	struct walk w = {
		.graph = graph,
		.along = up ? &graph->up : &graph->down,
		.against = up ? &graph->down : &graph->up,
		.modes = options->modes ? options->modes : EDGES_DATA,
		.end = options->has_at ? rows_until(graph, options->at)
				       : graph->n_rows,
		.farthest = all ? UINT32_MAX : options->depth * 2,
	};

	w.hops = arena_array(&w.scratch, uint32_t, graph->n_nodes);
	search(&w, starts, n);
	collect(&w, a, reach);
	arena_free(&w.scratch);
}
