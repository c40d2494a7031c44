/*
 * The second half of assemble.h: rows into order. A block of rows is gathered
 * by one job; arrays of one size of item take turns, so that the memory of one
 * column is where the next one goes.
 */
#include "model/assemble.h"

#include "base/jobs.h"
#include "base/runs.h"

#include <string.h>

/* Rows that one job gathers. */
#define BLOCK_ROWS 65536

enum width { WIDTH_1, WIDTH_4, WIDTH_8, WIDTH_N };

static const size_t width_bytes[WIDTH_N] = {1, 4, 8};

struct arranger {
	struct event_table *whole;
	const row *order; /* n rows of the old table */
	uint32_t n;
	unsigned jobs;
	void *spare[WIDTH_N];
	size_t cap; /* items that arrays hold */
	/* The array at hand. */
	enum width width;
	const void *from;
	void *to;
};

static size_t blocks_of(const struct arranger *arranger)
{
	return (arranger->n + BLOCK_ROWS - 1) / BLOCK_ROWS;
}

static size_t block_end(const struct arranger *arranger, size_t block)
{
	size_t end = (block + 1) * BLOCK_ROWS;

	return end < arranger->n ? end : arranger->n;
}

/* `from` tells where the refs of each new row go. */
static void gather_refs(void *ctx, size_t block)
{
	const struct arranger *arranger = ctx;
	const uint32_t *start = arranger->from;
	struct ref *to = arranger->to;
	size_t end = block_end(arranger, block);

	for (size_t i = block * BLOCK_ROWS; i < end; i++) {
		uint32_t n;
		const struct ref *refs = event_refs(
			arranger->whole, arranger->order[i], &n);

		for (uint32_t j = 0; j < n; j++)
			to[start[i] + j] = refs[j];
	}
}

static void gather_block(void *ctx, size_t block)
{
	const struct arranger *arranger = ctx;
	const row *order = arranger->order;
	size_t end = block_end(arranger, block);

	for (size_t i = block * BLOCK_ROWS; i < end; i++)
		if (arranger->width == WIDTH_8)
			((int64_t *)arranger->to)[i] =
				((const int64_t *)arranger->from)[order[i]];
		else if (arranger->width == WIDTH_4)
			((uint32_t *)arranger->to)[i] =
				((const uint32_t *)arranger->from)[order[i]];
		else
			((uint8_t *)arranger->to)[i] =
				((const uint8_t *)arranger->from)[order[i]];
}

/* The array in order; the old one becomes the spare one of its width. */
static void *arrange(struct arranger *arranger, void *array, enum width width)
{
	void **spare = &arranger->spare[width];

	if (!array)
		return NULL;
	if (!*spare)
		*spare = arena_alloc(arranger->whole->cells.a,
			arranger->cap * width_bytes[width]);
	arranger->width = width;
	arranger->from = array;
	arranger->to = *spare;
	jobs_run(arranger->jobs, blocks_of(arranger), gather_block, arranger);
	*spare = array;
	return arranger->to;
}

static void arrange_columns(struct arranger *arranger)
{
	struct event_table *whole = arranger->whole;

	whole->time = arrange(arranger, whole->time, WIDTH_8);
	whole->file = arrange(arranger, whole->file, WIDTH_4);
	whole->line = arrange(arranger, whole->line, WIDTH_4);
	whole->marks = arrange(arranger, whole->marks, WIDTH_1);
	for (uint32_t c = 0; c < whole->cells.n_columns; c++) {
		struct column *column = &whole->cells.columns[c];

		column->syms = arrange(arranger, column->syms, WIDTH_4);
		column->values = arrange(arranger, column->values, WIDTH_8);
		column->present = arrange(arranger, column->present, WIDTH_1);
	}
	for (int width = 0; width < WIDTH_N; width++)
		arena_release(whole->cells.a, arranger->spare[width],
			arranger->cap * width_bytes[width]);
}

static void arrange_refs(struct arranger *arranger)
{
	struct event_table *whole = arranger->whole;
	struct arena *a = whole->cells.a;
	struct ref_vec refs = {0};
	uint32_t *start = arena_array(a, uint32_t, arranger->n + 1);
	const uint32_t *old = whole->ref_start;

	for (uint32_t i = 0; i < arranger->n; i++) {
		row e = arranger->order[i];

		start[i + 1] = start[i] + old[e + 1] - old[e];
	}
	vec_reserve(a, &refs, start[arranger->n]);
	refs.n = start[arranger->n];
	arranger->from = start;
	arranger->to = refs.at;
	jobs_run(arranger->jobs, blocks_of(arranger), gather_refs, arranger);
	arena_release(
		a, whole->refs.at, whole->refs.cap * sizeof(*whole->refs.at));
	arena_release(a, whole->ref_start,
		(arranger->cap + 1) * sizeof(*whole->ref_start));
	whole->refs = refs;
	whole->ref_start = start;
}

/* Memory for the columns that nobody filled: all share one array of zeros. */
static void fill_missing(struct event_table *whole)
{
	struct arena *a = whole->cells.a;
	sym *zeros = NULL;

	for (uint32_t c = 0; c < whole->cells.n_columns; c++) {
		struct column *column = &whole->cells.columns[c];

		if (column->syms || column->values || column->present)
			continue;
		if (!zeros)
			zeros = arena_array(a, sym, whole->n);
		if (column->form == COLUMN_SYM) {
			column->syms = zeros;
		} else if (column->form == COLUMN_PRESENT) {
			column->present = (uint8_t *)zeros;
		} else {
			column->values = arena_array(a, int64_t, whole->n);
			for (row e = 0; e < whole->n; e++)
				column->values[e] = CELL_ABSENT;
		}
	}
}

static void share_columns(struct event_table *whole, const uint32_t *same_as)
{
	struct column *columns = whole->cells.columns;

	for (uint32_t c = 0; c < whole->cells.n_columns; c++) {
		const struct column *same = &columns[same_as[c]];

		columns[c].syms = same->syms;
		columns[c].values = same->values;
		columns[c].present = same->present;
	}
}

static bool is_ordered(const row *order, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (order[i] != i)
			return false;
	return true;
}

static void fill_sequence(struct event_table *whole, const row *moved)
{
	uint32_t rank = 0;

	whole->by_sequence = arena_array(whole->cells.a, row, whole->n);
	for (uint32_t i = 0; rank < whole->n; i++)
		if (moved[i] != ROW_NONE)
			whole->by_sequence[rank++] = moved[i];
}

row *assemble_build(struct arena *a, struct event_table *whole,
	const uint32_t *same_as, unsigned jobs)
{
	struct arena scratch = {0};
	uint32_t n_old = whole->n;
	row *order = arena_array(&scratch, row, n_old);
	row *moved = arena_array(a, row, n_old);
	struct arranger arranger = {.whole = whole,
		.order = order,
		.n = event_keep(whole, order),
		.jobs = jobs,
		.cap = whole->cap};

	runs_sort(whole->time, order, whole->n_timed, jobs);
	memset(moved, 0xff, n_old * sizeof(*moved));
	for (uint32_t i = 0; i < arranger.n; i++)
		moved[order[i]] = i;
	if (!is_ordered(order, arranger.n)) {
		if (whole->has_refs)
			arrange_refs(&arranger);
		arrange_columns(&arranger);
	}
	whole->n = whole->cells.n = arranger.n;
	fill_missing(whole);
	share_columns(whole, same_as);
	fill_sequence(whole, moved);
	arena_free(&scratch);
	return moved;
}
