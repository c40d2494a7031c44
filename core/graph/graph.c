#include "graph/graph.h"

#include "base/sort.h"

/* What the build knows of a record. */
struct state {
	uint64_t top;  /* ordinal of the current version */
	uint64_t next; /* ordinal that the open event gives, 0: it does not */
	node current;  /* NODE_NONE: not seen before */
	bool is_ended;
};

/* A version that some read names. */
struct named {
	node version;
	uint32_t reads; /* so far */
};

/* A node; `user` is the row + 1 of the last event that used it, because one
   event uses it once. */
struct draft {
	uint64_t ordinal;
	uint32_t subject, user;
};

struct input {
	node version;
	uint8_t mode;
};

/* Named versions are found by (record, number of the ordinal), so that a log
   without names pays nothing. */
struct builder {
	struct arena *a, scratch;
	const struct effects *effects;
	struct graph *graph;
	struct draft_vec VEC(struct draft) nodes;
	struct state *states;
	struct input_vec VEC(struct input) inputs; /* of the open event */
	struct csr_edges edges;
	struct pairs ordinals, names;
	struct named *named;
	size_t n_reads, n_writes; /* names taken so far */
};

static struct pair halves(uint64_t ordinal)
{
	return (struct pair) {(uint32_t)(ordinal >> 32), (uint32_t)ordinal};
}

static void collect_names(struct builder *b)
{
	const struct effect_names *reads = &b->effects->reads;

	for (size_t i = 0; i < reads->n; i++) {
		const struct effect_name *name = &reads->at[i];
		uint32_t ordinal = pairs_put(
			&b->scratch, &b->ordinals, halves(name->ordinal));

		pairs_put(&b->scratch, &b->names,
			(struct pair) {name->record, ordinal});
	}
	b->named = arena_array(
		&b->scratch, struct named, pairs_count(&b->names));
}

/* What is known of a version that is named somewhere, or NULL. */
static struct named *find_named(
	const struct builder *b, uint32_t record, uint64_t ordinal)
{
	uint32_t number = pairs_find(&b->ordinals, halves(ordinal));
	uint32_t name =
		number ? pairs_find(&b->names, (struct pair) {record, number})
		       : 0;

	return name ? &b->named[name] : NULL;
}

static node add_node(struct builder *b, uint32_t subject, uint64_t ordinal)
{
	vec_push(
		&b->scratch, &b->nodes, ((struct draft) {ordinal, subject, 0}));
	return (node)(b->nodes.n - 1);
}

/* The node of a version, made unless a read has named it before; `named` is
   what find_named() says of it. */
static node put_version(struct builder *b, uint32_t record, uint64_t ordinal,
	struct named *named)
{
	node v;

	if (named && named->version)
		return named->version;
	v = add_node(b, record, ordinal);
	if (named)
		named->version = v;
	return v;
}

static node write_version(struct builder *b, uint32_t record, uint64_t ordinal)
{
	struct named *named = find_named(b, record, ordinal);

	if (named)
		b->graph->early_reads += named->reads;
	return put_version(b, record, ordinal, named);
}

static node current_of(struct builder *b, uint32_t record)
{
	struct state *state = &b->states[record];

	if (!state->current)
		state->current = put_version(
			b, record, 0, find_named(b, record, 0));
	return state->current;
}

static void use(struct builder *b, row e, node v, enum edge_mode mode)
{
	if (b->nodes.at[v].user == e + 1)
		return;
	b->nodes.at[v].user = e + 1;
	vec_push(&b->scratch, &b->inputs, ((struct input) {v, (uint8_t)mode}));
}

static void use_current(struct builder *b, row e, uint32_t record)
{
	const struct state *state = &b->states[record];

	if (state->next != 0)
		use(b, e, current_of(b, record), EDGE_REVISED);
	else if (state->is_ended)
		b->graph->reads_after_delete++;
	else
		use(b, e, current_of(b, record), EDGE_USED);
}

static void use_named(
	struct builder *b, row e, uint32_t record, uint64_t ordinal)
{
	struct named *named;
	node v;

	if (ordinal == b->states[record].next && ordinal != 0) {
		use_current(b, e, record);
		return;
	}
	named = find_named(b, record, ordinal);
	v = put_version(b, record, ordinal, named);
	named->reads += b->nodes.at[v].user != e + 1;
	use(b, e, v, EDGE_USED);
}

/* Gives every version that the event will make its ordinal. */
static void plan_outputs(
	struct builder *b, row e, const struct effect *effects, uint32_t n)
{
	const struct effect_names *writes = &b->effects->writes;

	for (uint32_t i = 0; i < n; i++)
		if (effect_is_output(&effects[i])) {
			struct state *state = &b->states[effects[i].record];

			state->next = state->top + 1;
		}
	while (b->n_writes < writes->n && writes->at[b->n_writes].e == e) {
		const struct effect_name *name = &writes->at[b->n_writes++];
		struct state *state = &b->states[name->record];

		if (name->ordinal > state->next)
			state->next = name->ordinal;
	}
}

static void take_inputs(
	struct builder *b, row e, const struct effect *effects, uint32_t n)
{
	const struct effect_names *reads = &b->effects->reads;

	b->inputs.n = 0;
	for (uint32_t i = 0; i < n; i++)
		if (effects[i].what & (EFFECT_READ | EFFECT_WRITE))
			use_current(b, e, effects[i].record);
	while (b->n_reads < reads->n && reads->at[b->n_reads].e == e) {
		const struct effect_name *name = &reads->at[b->n_reads++];

		use_named(b, e, name->record, name->ordinal);
	}
}

static void add_edge(struct builder *b, node from, node to, enum edge_mode mode)
{
	vec_push(&b->scratch, &b->edges,
		((struct csr_edge) {from, to, (uint8_t)mode}));
}

static void end_current(struct builder *b, node event, uint32_t record)
{
	struct state *state = &b->states[record];

	if (state->is_ended)
		return;
	add_edge(b, current_of(b, record), event, EDGE_INVALIDATED);
	state->is_ended = true;
}

static void make_version(struct builder *b, node event, uint32_t record)
{
	struct state *state = &b->states[record];

	state->current = write_version(b, record, state->next);
	state->top = state->next;
	state->next = 0;
	state->is_ended = false;
	add_edge(b, state->current, event, EDGE_GENERATED);
}

static void add_event(struct builder *b, row e)
{
	uint32_t n;
	const struct effect *effects = effects_of(b->effects, e, &n);
	node event;

	if (n == 0)
		return;
	plan_outputs(b, e, effects, n);
	take_inputs(b, e, effects, n);
	event = add_node(b, e, GRAPH_EVENT);
	b->graph->event_of_row[e] = event;
	for (size_t i = 0; i < b->inputs.n; i++)
		add_edge(b, event, b->inputs.at[i].version,
			b->inputs.at[i].mode);
	for (uint32_t i = 0; i < n; i++) {
		if (effects[i].what & EFFECT_DELETE)
			end_current(b, event, effects[i].record);
		if (effect_is_output(&effects[i]))
			make_version(b, event, effects[i].record);
	}
}

static void build_nodes(struct builder *b)
{
	struct graph *graph = b->graph;
	size_t n = b->nodes.n;

	graph->n_nodes = (uint32_t)n;
	graph->subject = arena_array(b->a, uint32_t, n);
	graph->ordinal = arena_array(b->a, uint64_t, n);
	for (size_t v = 0; v < n; v++) {
		graph->subject[v] = b->nodes.at[v].subject;
		graph->ordinal[v] = b->nodes.at[v].ordinal;
	}
}

static void build_lists(struct builder *b)
{
	struct arena loose = {0};
	struct csr up = csr_build(&loose, &b->edges, b->graph->n_nodes);

	arena_free(&b->scratch);
	b->graph->down = csr_reverse(b->a, &up);
	arena_free(&loose);
	b->graph->up = csr_reverse(b->a, &b->graph->down);
}

/* Versions of one record are made by rising ordinals; only a version that a
   read names can stand out of line. */
static void order_versions(struct builder *b, uint32_t *list, size_t n)
{
	struct arena scratch = {0};
	const uint64_t *ordinals = b->graph->ordinal;
	int64_t *keys = arena_array(&scratch, int64_t, b->graph->n_nodes);

	for (size_t i = 0; i < n; i++)
		keys[list[i]] = (int64_t)ordinals[list[i]];
	sort_rows_by_i64(keys, list, n);
	arena_free(&scratch);
}

static void group_versions(struct builder *b)
{
	struct arena scratch = {0};
	struct graph *graph = b->graph;
	uint32_t n_records = pairs_count(&graph->records), n = 0;
	uint32_t *list = arena_array(&scratch, uint32_t, graph->n_nodes);
	uint32_t *keys = arena_array(&scratch, uint32_t, graph->n_nodes);

	for (node v = 1; v < graph->n_nodes; v++)
		if (!graph_is_event(graph, v))
			list[n++] = v;
	if (b->effects->reads.n)
		order_versions(b, list, n);
	for (uint32_t i = 0; i < n; i++)
		keys[i] = graph->subject[list[i]];
	graph->version_start = arena_array(
		b->a, uint32_t, (size_t)n_records + 1);
	graph->versions = arena_array(b->a, node, n);
	sort_group(keys, n, n_records, graph->version_start, graph->versions);
	for (uint32_t i = 0; i < n; i++)
		graph->versions[i] = list[graph->versions[i]];
	arena_free(&scratch);
}

void graph_build(
	struct arena *a, const struct effects *effects, struct graph *graph)
{
	struct builder b = {.a = a, .effects = effects, .graph = graph};

	*graph = (struct graph) {
		.records = pairs_copy(a, &effects->records),
		.n_rows = effects_rows(effects),
		.time = effects->time,
		.n_untimed = effects->n_untimed,
		.n_unreadable = effects->n_unreadable,
	};
	graph->event_of_row = arena_array(a, node, graph->n_rows);
	b.states = arena_array(
		&b.scratch, struct state, pairs_count(&graph->records));
	collect_names(&b);
	add_node(&b, 0, GRAPH_EVENT);
	for (row e = 0; e < graph->n_rows; e++)
		add_event(&b, e);
	build_nodes(&b);
	build_lists(&b);
	group_versions(&b);
}

uint32_t graph_record(const struct graph *graph, sym type, sym id)
{
	return pairs_find(&graph->records, (struct pair) {type, id});
}

uint32_t graph_records(const struct graph *graph)
{
	return pairs_count(&graph->records);
}

uint32_t graph_next_with_id(const struct graph *graph, sym id, uint32_t after)
{
	for (uint32_t i = after + 1; i < graph_records(graph); i++)
		if (graph_id(graph, i) == id)
			return i;
	return 0;
}

sym graph_type(const struct graph *graph, uint32_t record)
{
	return pairs_get(&graph->records, record).left;
}

sym graph_id(const struct graph *graph, uint32_t record)
{
	return pairs_get(&graph->records, record).right;
}

const node *graph_versions(
	const struct graph *graph, uint32_t record, uint32_t *n)
{
	*n = graph->version_start[record + 1] - graph->version_start[record];
	return graph->versions + graph->version_start[record];
}

node graph_version(const struct graph *graph, uint32_t record, uint64_t ordinal)
{
	uint32_t n;
	const node *list = graph_versions(graph, record, &n);

	while (n > 0) {
		uint32_t half = n / 2;

		if (graph->ordinal[list[half]] == ordinal)
			return list[half];
		if (graph->ordinal[list[half]] < ordinal) {
			list += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return NODE_NONE;
}

node graph_event(const struct graph *graph, row e)
{
	return e < graph->n_rows ? graph->event_of_row[e] : NODE_NONE;
}

static node cause(const struct graph *graph, node v, enum edge_mode mode)
{
	const struct csr *up = &graph->up;

	for (uint32_t i = up->start[v]; i < up->start[v + 1]; i++)
		if (up->mode[i] == mode)
			return up->to[i];
	return NODE_NONE;
}

node graph_writer(const struct graph *graph, node version)
{
	return cause(graph, version, EDGE_GENERATED);
}

node graph_ender(const struct graph *graph, node version)
{
	return cause(graph, version, EDGE_INVALIDATED);
}

bool graph_is_shell(const struct graph *graph, node v)
{
	return !graph_is_event(graph, v) && !graph_writer(graph, v);
}

size_t graph_bytes(const struct graph *graph)
{
	size_t n_records = graph_records(graph);
	size_t n_versions =
		graph->version_start ? graph->version_start[n_records] : 0;

	return graph->n_nodes *
		       (sizeof(*graph->subject) + sizeof(*graph->ordinal)) +
	       csr_bytes(&graph->up) + csr_bytes(&graph->down) +
	       n_records * (sizeof(struct pair) + sizeof(uint32_t)) +
	       graph->records.n_slots * sizeof(uint32_t) +
	       n_versions * sizeof(node) +
	       graph->n_rows * sizeof(*graph->event_of_row);
}
