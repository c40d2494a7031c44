#include "model/assemble.h"

#include "base/jobs.h"

#include <string.h>

/* ---- room ---- */

static void resize_column(
	struct arena *a, struct column *column, size_t old, size_t cap)
{
	if (column->syms)
		column->syms = arena_resize(
			a, column->syms, old * sizeof(sym), cap * sizeof(sym));
	if (column->values)
		column->values = arena_resize(a, column->values,
			old * sizeof(int64_t), cap * sizeof(int64_t));
	if (column->present)
		column->present = arena_resize(a, column->present, old, cap);
}

/* Columns grow by moving pages, and room that is not used yet takes none. */
static void reserve(struct event_table *whole, size_t want)
{
	struct arena *a = whole->cells.a;
	size_t old = whole->cap, cap = old + old / 2;

	if (want <= old)
		return;
	if (cap < want)
		cap = want;
	if (cap > UINT32_MAX)
		cap = UINT32_MAX;
	whole->time = arena_resize(
		a, whole->time, old * sizeof(int64_t), cap * sizeof(int64_t));
	whole->file = arena_resize(
		a, whole->file, old * sizeof(uint32_t), cap * sizeof(uint32_t));
	whole->line = arena_resize(
		a, whole->line, old * sizeof(uint32_t), cap * sizeof(uint32_t));
	whole->marks = arena_resize(a, whole->marks, old, cap);
	if (whole->has_refs)
		whole->ref_start = arena_resize(a, whole->ref_start,
			whole->ref_start ? (old + 1) * sizeof(uint32_t) : 0,
			(cap + 1) * sizeof(uint32_t));
	for (uint32_t c = 0; c < whole->cells.n_columns; c++)
		resize_column(a, &whole->cells.columns[c], old, cap);
	whole->cap = whole->cells.cap = (uint32_t)cap;
}

static void clear_cells(struct column *column, size_t from, size_t end)
{
	if (column->syms)
		memset(column->syms + from, 0, (end - from) * sizeof(sym));
	if (column->present)
		memset(column->present + from, 0, end - from);
	for (size_t i = from; column->values && i < end; i++)
		column->values[i] = CELL_ABSENT;
}

/* Gives a column memory for `n` rows of absent cells. */
static void start_column(struct event_table *whole, uint32_t c, size_t n)
{
	struct column *column = &whole->cells.columns[c];
	struct arena *a = whole->cells.a;

	if (column->syms || column->values || column->present)
		return;
	if (column->form == COLUMN_SYM)
		column->syms = arena_array(a, sym, whole->cap);
	else if (column->form == COLUMN_PRESENT)
		column->present = arena_array(a, uint8_t, whole->cap);
	else
		column->values = arena_array(a, int64_t, whole->cap);
	/* Fresh memory is zero: absent, but for times and numbers. */
	if (column->values)
		clear_cells(column, 0, n);
}

/* ---- appending ---- */

#define COLUMN_NONE UINT32_MAX

struct appender {
	struct event_table *whole;
	struct event_piece *pieces;
};

static void copy_syms(sym *to, const sym *from, const struct event_piece *piece)
{
	for (row e = 0; e < piece->events->n; e++)
		to[e] = from[e] & SYM_LIST ? from[e] + piece->lists
					   : piece->map[from[e]];
}

static void copy_column(struct column *to, const struct column *from,
	const struct event_piece *piece)
{
	size_t n = piece->events->n;

	if (to->form == COLUMN_SYM)
		copy_syms(to->syms + piece->base, from->syms, piece);
	else if (to->form == COLUMN_PRESENT)
		memcpy(to->present + piece->base, from->present, n);
	else
		memcpy(to->values + piece->base, from->values,
			n * sizeof(*to->values));
}

static uint32_t column_of(const struct event_piece *piece, uint32_t column)
{
	for (uint32_t i = 0; i < piece->events->cells.n_columns; i++)
		if (piece->columns[i] == column)
			return i;
	return COLUMN_NONE;
}

static void copy_lists(struct table *to, const struct event_piece *piece)
{
	const struct sym_vec *from = &piece->events->cells.lists;
	sym *out = to->lists.at + piece->lists;
	size_t i = 0;

	while (i < from->n) {
		uint32_t n = from->at[i];

		out[i++] = n;
		for (uint32_t j = 0; j < n; j++, i++)
			out[i] = piece->map[from->at[i]];
	}
}

static void copy_refs(struct event_table *to, const struct event_piece *piece)
{
	const struct event_table *from = piece->events;
	struct ref *out = to->refs.at + piece->refs;

	for (row e = 0; e < from->n; e++)
		to->ref_start[piece->base + e] = from->ref_start[e] +
						 piece->refs;
	for (size_t i = 0; i < from->refs.n; i++) {
		out[i] = from->refs.at[i];
		out[i].type = piece->map[out[i].type];
		out[i].id = piece->map[out[i].id];
		out[i].version = piece->map[out[i].version];
	}
}

static void append_one(void *ctx, size_t i)
{
	struct appender *appender = ctx;
	const struct event_piece *piece = &appender->pieces[i];
	const struct event_table *from = piece->events;
	struct event_table *to = appender->whole;
	size_t n = from->n;

	if (n == 0)
		return;
	memcpy(to->time + piece->base, from->time, n * sizeof(*to->time));
	memcpy(to->file + piece->base, from->file, n * sizeof(*to->file));
	memcpy(to->line + piece->base, from->line, n * sizeof(*to->line));
	memcpy(to->marks + piece->base, from->marks, n);
	for (uint32_t c = 0; c < to->cells.n_columns; c++) {
		struct column *column = &to->cells.columns[c];
		uint32_t mine = column_of(piece, c);

		if (mine == COLUMN_NONE)
			clear_cells(column, piece->base, piece->base + n);
		else
			copy_column(column, &from->cells.columns[mine], piece);
	}
	copy_lists(&to->cells, piece);
	if (to->has_refs)
		copy_refs(to, piece);
}

/* Gives each piece its place; the result is where they all end. */
static struct event_end place_pieces(const struct event_table *whole,
	struct event_piece *pieces, size_t n_pieces)
{
	struct event_end end = assemble_end(whole);

	for (size_t i = 0; i < n_pieces; i++) {
		const struct event_table *from = pieces[i].events;

		pieces[i].base = end.n;
		pieces[i].lists = (uint32_t)end.lists;
		pieces[i].refs = (uint32_t)end.refs;
		end.n += from->n;
		end.lists += from->cells.lists.n;
		end.refs += from->refs.n;
	}
	return end;
}

void assemble_append(struct event_table *whole, struct event_piece *pieces,
	size_t n_pieces, unsigned jobs)
{
	struct arena *a = whole->cells.a;
	struct appender appender = {whole, pieces};
	struct event_end end = place_pieces(whole, pieces, n_pieces);

	reserve(whole, end.n);
	vec_reserve(a, &whole->cells.lists, end.lists);
	vec_reserve(a, &whole->refs, end.refs);
	for (size_t i = 0; i < n_pieces; i++)
		for (uint32_t c = 0; c < pieces[i].events->cells.n_columns; c++)
			start_column(whole, pieces[i].columns[c], whole->n);
	jobs_run(jobs, n_pieces, append_one, &appender);
	if (whole->ref_start)
		whole->ref_start[end.n] = (uint32_t)end.refs;
	whole->n = whole->cells.n = end.n;
	whole->cells.lists.n = end.lists;
	whole->refs.n = end.refs;
}

struct event_end assemble_end(const struct event_table *whole)
{
	return (struct event_end) {
		whole->n, whole->cells.lists.n, whole->refs.n};
}

void assemble_cut(struct event_table *whole, const struct event_end *end)
{
	whole->n = whole->cells.n = end->n;
	whole->cells.lists.n = end->lists;
	whole->refs.n = end->refs;
}
