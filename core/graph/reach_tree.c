#include "graph/reach_tree.h"

#define NOT_THERE UINT32_MAX

/* A row to come, and the version last passed on the way to it. */
struct branch {
	struct reach_row row;
	uint32_t record, level; /* of that version; record 0: none */
};

struct tree {
	const struct graph *graph;
	const struct csr *along;
	const struct reach *reach;
	unsigned modes;
	struct arena scratch;
	uint32_t *item_of; /* by node, or NOT_THERE */
	struct branches VEC(struct branch) stack;
};

static bool is_open(const struct tree *t, uint32_t edge)
{
	return (t->modes >> t->along->mode[edge] & 1) != 0;
}

/* Two edges between the same nodes make one row. Lists are ascending. */
static bool is_repeated(const struct tree *t, node v, uint32_t edge)
{
	const struct csr *along = t->along;

	while (edge-- > along->start[v] &&
		along->to[edge] == along->to[edge + 1])
		if (is_open(t, edge))
			return true;
	return false;
}

/* True if the branch is an event and w a version of the record before it. */
static bool continues(const struct tree *t, const struct branch *b, node w)
{
	return b->record && !graph_is_event(t->graph, w) &&
	       t->graph->subject[w] == b->record;
}

static void push_edge(
	struct tree *t, const struct branch *b, uint32_t edge, bool continuing)
{
	node v = t->reach->items[b->row.item].v, w = t->along->to[edge];
	struct branch next = {.row.item = t->item_of[w]};
	const struct reach_item *item;

	if (next.row.item == NOT_THERE || !is_open(t, edge) ||
		is_repeated(t, v, edge) || continues(t, b, w) != continuing)
		return;
	item = &t->reach->items[next.row.item];
	next.row.again = item->from != v;
	next.row.level = continuing ? b->level : b->row.level + 1;
	if (next.row.again && continuing && item->distance == 0)
		return;
	if (graph_is_event(t->graph, w)) {
		next.record = t->graph->subject[v];
		next.level = b->row.level;
	}
	vec_push(&t->scratch, &t->stack, next);
}

/* What comes first goes onto the stack last. */
static void push_edges(struct tree *t, const struct branch *b)
{
	node v = t->reach->items[b->row.item].v;
	uint32_t first = t->along->start[v], end = t->along->start[v + 1];

	for (uint32_t i = end; i-- > first;)
		push_edge(t, b, i, true);
	for (uint32_t i = end; i-- > first;)
		push_edge(t, b, i, false);
}

static void push_starts(struct tree *t)
{
	for (uint32_t i = t->reach->n; i-- > 0;) {
		struct branch start = {.row.item = i};

		if (t->reach->items[i].distance == 0)
			vec_push(&t->scratch, &t->stack, start);
	}
}

static void number_items(struct tree *t)
{
	t->item_of = arena_array(&t->scratch, uint32_t, t->graph->n_nodes);
	for (node v = 0; v < t->graph->n_nodes; v++)
		t->item_of[v] = NOT_THERE;
	for (uint32_t i = 0; i < t->reach->n; i++)
		t->item_of[t->reach->items[i].v] = i;
}

struct reach_rows reach_tree(struct arena *a, const struct graph *graph,
	const struct reach *reach, const struct reach_options *options)
{
	struct reach_rows rows = {0};
	struct tree t = {
		.graph = graph,
		.along = options->direction == REACH_UP ? &graph->up
							: &graph->down,
		.reach = reach,
		.modes = options->modes ? options->modes : EDGES_DATA,
	};

	number_items(&t);
	push_starts(&t);
	while (t.stack.n) {
		struct branch b = t.stack.at[--t.stack.n];

		vec_push(a, &rows, b.row);
		if (!b.row.again)
			push_edges(&t, &b);
	}
	arena_free(&t.scratch);
	return rows;
}
