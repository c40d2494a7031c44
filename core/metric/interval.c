#include "metric/interval.h"

#include <stdlib.h>

static bool is_empty(struct interval interval)
{
	return interval.start >= interval.end;
}

/* The distance fits although the difference may overflow an int64. */
static uint64_t length_of(struct interval interval)
{
	return (uint64_t)interval.end - (uint64_t)interval.start;
}

static int compare(const void *left, const void *right)
{
	const struct interval *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->end > b->end) - (a->end < b->end);
}

/* Joins neighbours that overlap or touch; the intervals are ascending. */
static void join_neighbours(struct interval_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++) {
		struct interval next = set->at[i];

		if (n == 0 || set->at[n - 1].end < next.start)
			set->at[n++] = next;
		else if (set->at[n - 1].end < next.end)
			set->at[n - 1].end = next.end;
	}
	set->n = n;
}

struct interval_set interval_union(
	struct arena *a, const struct interval *list, size_t n)
{
	struct interval_set set = {0};

	vec_reserve(a, &set, n);
	for (size_t i = 0; i < n; i++)
		if (!is_empty(list[i]))
			set.at[set.n++] = list[i];
	if (set.n > 1)
		qsort(set.at, set.n, sizeof(*set.at), compare);
	join_neighbours(&set);
	return set;
}

/* Appends what is not empty. */
static void add(struct arena *a, struct interval_set *set, struct interval next)
{
	if (!is_empty(next))
		vec_push(a, set, next);
}

static struct interval overlap_of(struct interval a, struct interval b)
{
	return (struct interval) {
		a.start > b.start ? a.start : b.start,
		a.end < b.end ? a.end : b.end,
	};
}

struct interval_set interval_intersect(struct arena *a,
	const struct interval_set *left, const struct interval_set *right)
{
	struct interval_set out = {0};
	size_t i = 0, j = 0;

	while (i < left->n && j < right->n) {
		add(a, &out, overlap_of(left->at[i], right->at[j]));
		if (left->at[i].end < right->at[j].end)
			i++;
		else
			j++;
	}
	return out;
}

struct interval_set interval_clip(
	struct arena *a, const struct interval_set *set, struct interval window)
{
	struct interval_set only = {&window, is_empty(window) ? 0 : 1, 1};

	return interval_intersect(a, set, &only);
}

struct interval_set interval_subtract(struct arena *a,
	const struct interval_set *left, const struct interval_set *right)
{
	struct interval_set out = {0};
	size_t j = 0;

	for (size_t i = 0; i < left->n; i++) {
		struct interval rest = left->at[i];

		while (j < right->n && right->at[j].end <= rest.start)
			j++;
		/* The last one may reach into the next interval: keep it. */
		for (; j < right->n && right->at[j].start < rest.end; j++) {
			struct interval cut = right->at[j];

			add(a, &out, (struct interval) {rest.start, cut.start});
			rest.start = cut.end;
			if (cut.end >= rest.end)
				break;
		}
		add(a, &out, rest);
	}
	return out;
}

uint64_t interval_length(const struct interval_set *set)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < set->n; i++)
		sum += length_of(set->at[i]);
	return sum;
}

struct interval_index interval_index(
	struct arena *a, const struct interval_set *set)
{
	uint64_t *before = arena_array(a, uint64_t, set->n + 1);

	for (size_t i = 0; i < set->n; i++)
		before[i + 1] = before[i] + length_of(set->at[i]);
	return (struct interval_index) {set->at, before, set->n};
}

/* How much the set covers below `time`. */
static uint64_t covered_below(const struct interval_index *index, int64_t time)
{
	size_t low = 0, high = index->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->at[middle].end <= time)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == index->n || index->at[low].start >= time)
		return index->before[low];
	return index->before[low] +
	       length_of((struct interval) {index->at[low].start, time});
}

uint64_t interval_overlap(
	const struct interval_index *index, struct interval window)
{
	if (is_empty(window))
		return 0;
	return covered_below(index, window.end) -
	       covered_below(index, window.start);
}
