#include "model/assemble.h"

#include "base/jobs.h"
#include "base/sort.h"

#include <string.h>

/* Rows that one job permutes. */
#define BLOCK_ROWS 65536

/* ---- rows ---- */

static void count_rows(struct assembly *assembly)
{
	struct event_table *events = assembly->events;
	uint32_t lists = 0, refs = 0;

	for (size_t i = 0; i < assembly->n_pieces; i++) {
		struct event_piece *piece = &assembly->pieces[i];

		piece->base = events->n;
		piece->lists = lists;
		piece->refs = refs;
		events->n += piece->events->n;
		lists += (uint32_t)piece->events->cells.lists.n;
		refs += (uint32_t)piece->events->refs.n;
	}
}

static void copy_rows(void *ctx, size_t i)
{
	struct assembly *assembly = ctx;
	const struct event_piece *piece = &assembly->pieces[i];
	const struct event_table *from = piece->events;
	struct event_table *to = assembly->events;
	size_t n = from->n;

	if (n == 0)
		return;
	memcpy(to->time + piece->base, from->time, n * sizeof(*to->time));
	memcpy(to->file + piece->base, from->file, n * sizeof(*to->file));
	memcpy(to->line + piece->base, from->line, n * sizeof(*to->line));
	memcpy(to->marks + piece->base, from->marks, n);
}

static void release_rows(struct event_table *events)
{
	struct arena *a = events->cells.a;
	size_t cap = events->cap;

	arena_release(a, events->time, cap * sizeof(*events->time));
	arena_release(a, events->file, cap * sizeof(*events->file));
	arena_release(a, events->line, cap * sizeof(*events->line));
	arena_release(a, events->marks, cap);
	events->time = NULL;
	events->file = events->line = NULL;
	events->marks = NULL;
}

void assemble_rows(struct assembly *assembly)
{
	struct event_table *events = assembly->events;
	struct arena *a = events->cells.a;

	count_rows(assembly);
	events->cap = events->cells.n = events->cells.cap = events->n;
	events->time = arena_array(a, int64_t, events->n);
	events->file = arena_array(a, uint32_t, events->n);
	events->line = arena_array(a, uint32_t, events->n);
	events->marks = arena_array(a, uint8_t, events->n);
	jobs_run(assembly->jobs, assembly->n_pieces, copy_rows, assembly);
	for (size_t i = 0; i < assembly->n_pieces; i++)
		release_rows(assembly->pieces[i].events);
}

/* ---- one column of one piece ---- */

#define COLUMN_NONE UINT32_MAX

static uint32_t column_of(const struct event_piece *piece, uint32_t column)
{
	for (uint32_t i = 0; i < piece->events->cells.n_columns; i++)
		if (piece->columns[i] == column)
			return i;
	return COLUMN_NONE;
}

sym *assemble_syms(
	struct arena *a, const struct assembly *assembly, uint32_t column)
{
	sym *syms = arena_array(a, sym, assembly->events->n);

	for (size_t i = 0; i < assembly->n_pieces; i++) {
		const struct event_piece *piece = &assembly->pieces[i];
		uint32_t from = column_of(piece, assembly->same_as[column]);

		for (row e = 0; from != COLUMN_NONE && e < piece->events->n;
			e++)
			syms[piece->base + e] = piece->map[table_sym(
				&piece->events->cells, from, e)];
	}
	return syms;
}

/* A column on its way: jobs move one piece each. */
struct mover {
	const struct assembly *assembly;
	const row *moved;
	uint32_t column;
};

static void move_syms(const struct mover *mover,
	const struct event_piece *piece, const sym *from)
{
	sym *to = mover->assembly->events->cells.columns[mover->column].syms;
	const row *moved = mover->moved + piece->base;

	for (row e = 0; e < piece->events->n; e++)
		if (moved[e] != ROW_NONE)
			to[moved[e]] = from[e] & SYM_LIST
					       ? from[e] + piece->lists
					       : piece->map[from[e]];
}

static void move_values(const struct mover *mover,
	const struct event_piece *piece, const int64_t *from)
{
	int64_t *to =
		mover->assembly->events->cells.columns[mover->column].values;
	const row *moved = mover->moved + piece->base;

	for (row e = 0; e < piece->events->n; e++)
		if (moved[e] != ROW_NONE)
			to[moved[e]] = from ? from[e] : CELL_ABSENT;
}

static void move_present(const struct mover *mover,
	const struct event_piece *piece, const uint8_t *from)
{
	uint8_t *to =
		mover->assembly->events->cells.columns[mover->column].present;
	const row *moved = mover->moved + piece->base;

	for (row e = 0; e < piece->events->n; e++)
		if (moved[e] != ROW_NONE)
			to[moved[e]] = from[e];
}

static void move_piece(void *ctx, size_t i)
{
	const struct mover *mover = ctx;
	const struct event_piece *piece = &mover->assembly->pieces[i];
	enum column_form form =
		mover->assembly->events->cells.columns[mover->column].form;
	uint32_t from = column_of(piece, mover->column);
	const struct column *column =
		from == COLUMN_NONE ? NULL
				    : &piece->events->cells.columns[from];

	/* Fresh memory is zero, and so are absent texts and presences. */
	if (form == COLUMN_SYM && column)
		move_syms(mover, piece, column->syms);
	else if (form == COLUMN_PRESENT && column)
		move_present(mover, piece, column->present);
	else if (form != COLUMN_SYM && form != COLUMN_PRESENT)
		move_values(mover, piece, column ? column->values : NULL);
}

static void release_column(const struct event_piece *piece, uint32_t number)
{
	struct table *cells = &piece->events->cells;
	uint32_t from = column_of(piece, number);
	struct column *column;

	if (from == COLUMN_NONE)
		return;
	column = &cells->columns[from];
	arena_release(cells->a, column->syms, cells->cap * sizeof(sym));
	arena_release(cells->a, column->values, cells->cap * sizeof(int64_t));
	arena_release(cells->a, column->present, cells->cap);
	column->syms = NULL;
	column->values = NULL;
	column->present = NULL;
}

static void move_column(
	const struct assembly *assembly, const row *moved, uint32_t number)
{
	struct table *cells = &assembly->events->cells;
	struct column *column = &cells->columns[number];
	struct mover mover = {assembly, moved, number};

	if (column->form == COLUMN_SYM)
		column->syms = arena_array(cells->a, sym, cells->n);
	else if (column->form == COLUMN_PRESENT)
		column->present = arena_array(cells->a, uint8_t, cells->n);
	else
		column->values = arena_array(cells->a, int64_t, cells->n);
	jobs_run(assembly->jobs, assembly->n_pieces, move_piece, &mover);
	for (size_t i = 0; i < assembly->n_pieces; i++)
		release_column(&assembly->pieces[i], number);
}

/* Columns that share the cells of another share its memory. */
static void share_columns(const struct assembly *assembly)
{
	struct table *cells = &assembly->events->cells;

	for (uint32_t i = 0; i < cells->n_columns; i++) {
		const struct column *same =
			&cells->columns[assembly->same_as[i]];
		struct column *column = &cells->columns[i];

		column->syms = same->syms;
		column->values = same->values;
		column->present = same->present;
	}
}

/* ---- lists and refs ---- */

static void append_lists(struct table *to, const struct event_piece *piece)
{
	const struct sym_vec *lists = &piece->events->cells.lists;
	size_t i = 0;

	vec_reserve(to->a, &to->lists, to->lists.n + lists->n);
	while (i < lists->n) {
		uint32_t n = lists->at[i++];

		to->lists.at[to->lists.n++] = n;
		for (uint32_t j = 0; j < n; j++)
			to->lists.at[to->lists.n++] =
				piece->map[lists->at[i++]];
	}
}

/* How many refs each new row has, behind its place. */
static void count_refs(const struct assembly *assembly, const row *moved)
{
	uint32_t *start = assembly->events->ref_start;

	for (size_t i = 0; i < assembly->n_pieces; i++) {
		const struct event_piece *piece = &assembly->pieces[i];
		const uint32_t *from = piece->events->ref_start;

		for (row e = 0; e < piece->events->n; e++)
			if (moved[piece->base + e] != ROW_NONE)
				start[moved[piece->base + e] + 1] =
					from[e + 1] - from[e];
	}
}

static void move_refs(void *ctx, size_t i)
{
	const struct mover *mover = ctx;
	const struct event_piece *piece = &mover->assembly->pieces[i];
	const struct event_table *from = piece->events;
	struct event_table *to = mover->assembly->events;

	for (row e = 0; e < from->n; e++) {
		row at = mover->moved[piece->base + e];
		struct ref *ref;

		if (at == ROW_NONE)
			continue;
		ref = to->refs.at + to->ref_start[at];
		for (uint32_t j = from->ref_start[e];
			j < from->ref_start[e + 1]; j++) {
			*ref = from->refs.at[j];
			ref->type = piece->map[ref->type];
			ref->id = piece->map[ref->id];
			ref->version = piece->map[ref->version];
			ref++;
		}
	}
}

static void assemble_refs(const struct assembly *assembly, const row *moved)
{
	struct event_table *events = assembly->events;
	struct arena *a = events->cells.a;
	struct mover mover = {assembly, moved, 0};
	uint32_t *start = arena_array(a, uint32_t, events->n + 1);

	events->ref_start = start;
	count_refs(assembly, moved);
	for (row e = 0; e < events->n; e++)
		start[e + 1] += start[e];
	vec_reserve(a, &events->refs, start[events->n]);
	events->refs.n = start[events->n];
	jobs_run(assembly->jobs, assembly->n_pieces, move_refs, &mover);
	for (size_t i = 0; i < assembly->n_pieces; i++) {
		struct event_table *from = assembly->pieces[i].events;

		arena_release(from->cells.a, from->refs.at,
			from->refs.cap * sizeof(*from->refs.at));
		arena_release(from->cells.a, from->ref_start,
			(from->cap + 1) * sizeof(*from->ref_start));
		from->refs = (struct ref_vec) {0};
		from->ref_start = NULL;
	}
}

/* ---- order ---- */

/* The columns that every event has, put in order block by block. */
struct permuter {
	const struct event_table *from;
	struct event_table *to;
	const row *order;
	uint32_t n;
};

static void permute_block(void *ctx, size_t block)
{
	const struct permuter *p = ctx;
	size_t end = (block + 1) * BLOCK_ROWS;

	if (end > p->n)
		end = p->n;
	for (size_t i = block * BLOCK_ROWS; i < end; i++) {
		row e = p->order[i];

		p->to->time[i] = p->from->time[e];
		p->to->file[i] = p->from->file[e];
		p->to->line[i] = p->from->line[e];
		p->to->marks[i] = p->from->marks[e];
	}
}

static void permute_rows(
	const struct assembly *assembly, const row *order, uint32_t n)
{
	struct event_table *events = assembly->events;
	struct event_table old = *events;
	struct permuter permuter = {&old, events, order, n};
	struct arena *a = events->cells.a;

	events->time = arena_array(a, int64_t, n);
	events->file = arena_array(a, uint32_t, n);
	events->line = arena_array(a, uint32_t, n);
	events->marks = arena_array(a, uint8_t, n);
	jobs_run(assembly->jobs, (n + BLOCK_ROWS - 1) / BLOCK_ROWS,
		permute_block, &permuter);
	release_rows(&old);
}

static void fill_sequence(struct event_table *events, const row *moved)
{
	uint32_t rank = 0;

	events->by_sequence = arena_array(events->cells.a, row, events->n);
	for (uint32_t i = 0; rank < events->n; i++)
		if (moved[i] != ROW_NONE)
			events->by_sequence[rank++] = moved[i];
}

/* Orders the rows; the result tells where each one went. */
static row *order_rows(struct arena *a, const struct assembly *assembly)
{
	struct event_table *events = assembly->events;
	struct arena scratch = {0};
	uint32_t n_old = events->n, n;
	row *order = arena_array(&scratch, row, n_old);
	row *moved = arena_array(a, row, n_old);

	n = event_keep(events, order);
	sort_rows_by_i64(events->time, order, events->n_timed);
	memset(moved, 0xff, n_old * sizeof(*moved));
	for (uint32_t i = 0; i < n; i++)
		moved[order[i]] = i;
	permute_rows(assembly, order, n);
	events->n = events->cap = events->cells.n = events->cells.cap = n;
	arena_free(&scratch);
	return moved;
}

row *assemble_build(struct arena *a, struct assembly *assembly)
{
	struct event_table *events = assembly->events;
	row *moved = order_rows(a, assembly);

	fill_sequence(events, moved);
	for (uint32_t c = 0; c < events->cells.n_columns; c++)
		if (assembly->same_as[c] == c)
			move_column(assembly, moved, c);
	share_columns(assembly);
	for (size_t i = 0; i < assembly->n_pieces; i++)
		append_lists(&events->cells, &assembly->pieces[i]);
	if (events->has_refs)
		assemble_refs(assembly, moved);
	return moved;
}
