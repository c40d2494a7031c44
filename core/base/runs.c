#include "base/runs.h"

#include "base/jobs.h"
#include "base/sort.h"
#include "base/vec.h"

#include <string.h>

/* Items of the output that one job merges. */
#ifndef RUNS_BLOCK
#define RUNS_BLOCK 131072
#endif

/* The shortest runs, on average, that are worth merging. */
#define RUN_ITEMS_MIN 64

/* A part of a merge: the items [out, end) of two neighbouring runs that begin
   at `left` and `right`, the second ending at `stop`. */
struct part {
	size_t left, right, stop, out, end;
};

struct merger {
	const int64_t *keys;
	const uint32_t *from;
	uint32_t *to;
	struct part_vec VEC(struct part) parts;
	struct starts VEC(size_t) runs; /* where they begin; the last is n */
};

/* How many items of the left run are among the first `n` of both. */
static size_t left_among(
	const struct merger *merger, const struct part *part, size_t n)
{
	size_t n_left = part->right - part->left;
	size_t n_right = part->stop - part->right;
	size_t low = n > n_right ? n - n_right : 0;
	size_t high = n < n_left ? n : n_left;

	while (low < high) {
		size_t i = low + (high - low) / 2;
		uint32_t left = merger->from[part->left + i];
		uint32_t right = merger->from[part->right + n - i - 1];

		/* Of equal keys the left one comes first. */
		if (merger->keys[left] <= merger->keys[right])
			low = i + 1;
		else
			high = i;
	}
	return low;
}

static void merge_part(void *ctx, size_t index)
{
	const struct merger *merger = ctx;
	const struct part *part = &merger->parts.at[index];
	const int64_t *keys = merger->keys;
	const uint32_t *from = merger->from;
	size_t skipped = part->out - part->left;
	size_t i = part->left + left_among(merger, part, skipped);
	size_t j = part->right + skipped - (i - part->left);
	uint32_t *to = merger->to + part->out, *end = merger->to + part->end;

	while (to < end && i < part->right && j < part->stop) {
		bool take_left = keys[from[i]] <= keys[from[j]];

		*to++ = take_left ? from[i] : from[j];
		i += take_left;
		j += !take_left;
	}
	if (i < part->right)
		memcpy(to, from + i, (size_t)(end - to) * sizeof(*to));
	else
		memcpy(to, from + j, (size_t)(end - to) * sizeof(*to));
}

static void add_parts(struct merger *merger, struct arena *a, size_t left,
	size_t right, size_t stop)
{
	for (size_t out = left; out < stop; out += RUNS_BLOCK) {
		size_t end = out + RUNS_BLOCK < stop ? out + RUNS_BLOCK : stop;
		struct part part = {left, right, stop, out, end};

		vec_push(a, &merger->parts, part);
	}
}

/* Pairs of neighbours; a last one alone is a pair with nothing. */
static void pair_runs(struct merger *merger, struct arena *a)
{
	struct starts *runs = &merger->runs;
	size_t n = 0, last = runs->n - 1;

	merger->parts.n = 0;
	for (size_t i = 0; i < last; i += 2) {
		size_t right = runs->at[i + 1];
		size_t stop = i + 2 <= last ? runs->at[i + 2] : right;

		add_parts(merger, a, runs->at[i], right, stop);
		runs->at[n++] = runs->at[i];
	}
	runs->at[n++] = runs->at[last];
	runs->n = n;
}

static void find_runs(
	struct merger *merger, struct arena *a, const uint32_t *order, size_t n)
{
	vec_push(a, &merger->runs, 0);
	for (size_t i = 1; i < n; i++)
		if (merger->keys[order[i]] < merger->keys[order[i - 1]])
			vec_push(a, &merger->runs, i);
	vec_push(a, &merger->runs, n);
}

void runs_sort(const int64_t *keys, uint32_t *order, size_t n, unsigned jobs)
{
	struct arena scratch = {0};
	struct merger merger = {.keys = keys};
	uint32_t *from = order, *to;

	if (n < 2)
		return;
	find_runs(&merger, &scratch, order, n);
	if (merger.runs.n > 2 && n / merger.runs.n < RUN_ITEMS_MIN) {
		sort_rows_by_i64(keys, order, n);
		arena_free(&scratch);
		return;
	}
	to = arena_array(&scratch, uint32_t, n);
	while (merger.runs.n > 2) {
		uint32_t *swap = from;

		pair_runs(&merger, &scratch);
		merger.from = from;
		merger.to = to;
		jobs_run(jobs, merger.parts.n, merge_part, &merger);
		from = to;
		to = swap;
	}
	if (from != order)
		memcpy(order, from, n * sizeof(*order));
	arena_free(&scratch);
}
