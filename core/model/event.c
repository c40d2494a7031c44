#include "model/event.h"

#include "base/sort.h"

#include <string.h>

#define EVENT_FIRST 64

void event_init(struct event_table *events, struct arena *a,
	const enum column_form *forms, uint32_t n_columns, bool has_refs)
{
	*events = (struct event_table) {.has_refs = has_refs};
	table_init(&events->cells, a, forms, n_columns);
}

static void reserve(struct event_table *events, uint32_t want)
{
	struct arena *a = events->cells.a;
	size_t old = events->cap, cap = old < EVENT_FIRST ? EVENT_FIRST : old;

	if (want <= events->cap)
		return;
	while (cap < want)
		cap += cap / 2;
	if (cap > UINT32_MAX)
		cap = UINT32_MAX;
	events->time = arena_resize(
		a, events->time, old * sizeof(int64_t), cap * sizeof(int64_t));
	events->file = arena_resize(a, events->file, old * sizeof(uint32_t),
		cap * sizeof(uint32_t));
	events->line = arena_resize(a, events->line, old * sizeof(uint32_t),
		cap * sizeof(uint32_t));
	events->marks = arena_resize(a, events->marks, old, cap);
	if (events->has_refs)
		events->ref_start = arena_resize(a, events->ref_start,
			events->ref_start ? (old + 1) * sizeof(uint32_t) : 0,
			(cap + 1) * sizeof(uint32_t));
	events->cap = (uint32_t)cap;
}

row event_add(struct event_table *events, int64_t time, uint8_t marks,
	uint32_t file, uint32_t line)
{
	row e = table_add(&events->cells);

	reserve(events, e + 1);
	events->time[e] = time;
	events->file[e] = file;
	events->line[e] = line;
	events->marks[e] = marks;
	if (events->has_refs) {
		events->ref_start[e] = (uint32_t)events->refs.n;
		events->ref_start[e + 1] = (uint32_t)events->refs.n;
	}
	events->n = e + 1;
	return e;
}

void event_add_ref(struct event_table *events, const struct ref *ref)
{
	vec_push(events->cells.a, &events->refs, *ref);
	events->ref_start[events->n] = (uint32_t)events->refs.n;
}

static void append_refs(struct event_table *events,
	const struct event_table *from, const sym *map)
{
	uint32_t base = (uint32_t)events->refs.n;

	for (uint32_t i = 0; i <= from->n; i++)
		events->ref_start[events->n + i] = from->ref_start[i] + base;
	vec_reserve(events->cells.a, &events->refs, base + from->refs.n);
	for (size_t i = 0; i < from->refs.n; i++) {
		struct ref ref = from->refs.at[i];

		ref.type = map[ref.type];
		ref.id = map[ref.id];
		ref.version = map[ref.version];
		vec_push(events->cells.a, &events->refs, ref);
	}
}

void event_append(struct event_table *events, const struct event_table *from,
	const sym *map)
{
	uint32_t n = from->n, at = events->n;

	if (n == 0)
		return;
	reserve(events, at + n);
	table_append(&events->cells, &from->cells, map);
	memcpy(events->time + at, from->time, n * sizeof(*from->time));
	memcpy(events->file + at, from->file, n * sizeof(*from->file));
	memcpy(events->line + at, from->line, n * sizeof(*from->line));
	memcpy(events->marks + at, from->marks, n);
	if (events->has_refs)
		append_refs(events, from, map);
	events->n = at + n;
}

uint32_t event_keep(struct event_table *events, row *order)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < events->n; i++)
		if (!(events->marks[i] & EVENT_DROPPED) &&
			events->time[i] != CELL_ABSENT)
			order[n++] = i;
	events->n_timed = n;
	for (uint32_t i = 0; i < events->n; i++)
		if (!(events->marks[i] & EVENT_DROPPED) &&
			events->time[i] == CELL_ABSENT)
			order[n++] = i;
	return n;
}

static void permute_refs(
	struct event_table *events, const uint32_t *order, uint32_t n)
{
	struct arena *a = events->cells.a;
	struct ref_vec refs = {0};
	uint32_t *start = arena_array(a, uint32_t, n + 1);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t count;
		const struct ref *at = event_refs(events, order[i], &count);

		start[i] = (uint32_t)refs.n;
		for (uint32_t j = 0; j < count; j++)
			vec_push(a, &refs, at[j]);
	}
	start[n] = (uint32_t)refs.n;
	arena_release(a, events->refs.at,
		events->refs.cap * sizeof(*events->refs.at));
	arena_release(a, events->ref_start,
		(events->cap + 1) * sizeof(*events->ref_start));
	events->refs = refs;
	events->ref_start = start;
}

static void permute_fixed(
	struct event_table *events, const uint32_t *order, uint32_t n)
{
	struct arena scratch = {0};
	int64_t *time = arena_array(&scratch, int64_t, n);
	uint32_t *file = arena_array(&scratch, uint32_t, n);
	uint32_t *line = arena_array(&scratch, uint32_t, n);
	uint8_t *marks = arena_array(&scratch, uint8_t, n);

	for (uint32_t i = 0; i < n; i++) {
		time[i] = events->time[order[i]];
		file[i] = events->file[order[i]];
		line[i] = events->line[order[i]];
		marks[i] = events->marks[order[i]];
	}
	if (n) {
		memcpy(events->time, time, n * sizeof(*time));
		memcpy(events->file, file, n * sizeof(*file));
		memcpy(events->line, line, n * sizeof(*line));
		memcpy(events->marks, marks, n);
	}
	arena_free(&scratch);
}

/* The old number of each new row, turned around; then the rows of the new
   table in the old order. */
static void fill_sequence(struct event_table *events, const uint32_t *order,
	uint32_t n, uint32_t n_old, row *moved)
{
	row *by_sequence = arena_array(events->cells.a, row, n);
	uint32_t rank = 0;

	for (uint32_t i = 0; i < n_old; i++)
		moved[i] = ROW_NONE;
	for (uint32_t i = 0; i < n; i++)
		moved[order[i]] = i;
	for (uint32_t i = 0; i < n_old; i++)
		if (moved[i] != ROW_NONE)
			by_sequence[rank++] = moved[i];
	events->by_sequence = by_sequence;
}

void event_build(struct event_table *events, row *moved)
{
	struct arena scratch = {0};
	uint32_t n_old = events->n;
	uint32_t *order = arena_array(&scratch, uint32_t, n_old);
	uint32_t n = event_keep(events, order);

	if (!moved)
		moved = arena_array(&scratch, row, n_old);
	sort_rows_by_i64(events->time, order, events->n_timed);
	permute_fixed(events, order, n);
	if (events->has_refs)
		permute_refs(events, order, n);
	table_permute(&events->cells, order, n);
	fill_sequence(events, order, n, n_old, moved);
	events->n = n;
	arena_free(&scratch);
}

const struct ref *event_refs(
	const struct event_table *events, row e, uint32_t *n)
{
	if (!events->has_refs) {
		*n = 0;
		return NULL;
	}
	*n = events->ref_start[e + 1] - events->ref_start[e];
	return events->refs.at + events->ref_start[e];
}

size_t event_bytes(const struct event_table *events)
{
	size_t row_bytes = sizeof(int64_t) + 2 * sizeof(uint32_t) + 1 +
			   sizeof(row);

	if (events->has_refs)
		row_bytes += sizeof(uint32_t);
	return events->n * row_bytes + table_bytes(&events->cells) +
	       events->refs.n * sizeof(struct ref);
}
