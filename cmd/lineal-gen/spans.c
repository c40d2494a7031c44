#include "lineal-gen/spans.h"

#include <stdlib.h>

void spans_add(struct arena *a, struct spans *spans, int64_t from, int64_t to)
{
	struct span span = {from, to};

	if (from < to)
		vec_push(a, spans, span);
}

/* Spans that compare equal are the same, so the order is total. */
static int compare(const void *left, const void *right)
{
	const struct span *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

void spans_unite(struct spans *spans)
{
	size_t n = 0;

	if (spans->n == 0)
		return;
	qsort(spans->at, spans->n, sizeof(spans->at[0]), compare);
	for (size_t i = 1; i < spans->n; i++) {
		struct span *last = &spans->at[n];
		struct span next = spans->at[i];

		if (next.from > last->to)
			spans->at[++n] = next;
		else if (next.to > last->to)
			last->to = next.to;
	}
	spans->n = n + 1;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

void spans_subtract(struct arena *a, const struct spans *left,
	const struct spans *right, struct spans *out)
{
	for (size_t i = 0; i < left->n; i++) {
		int64_t from = left->at[i].from, to = left->at[i].to;

		for (size_t j = 0; j < right->n; j++) {
			struct span cut = right->at[j];

			if (cut.to <= from || cut.from >= to)
				continue;
			spans_add(a, out, from, cut.from);
			from = cut.to;
		}
		spans_add(a, out, from, to);
	}
}

void spans_intersect(struct arena *a, const struct spans *left,
	const struct spans *right, struct spans *out)
{
	for (size_t i = 0; i < left->n; i++)
		for (size_t j = 0; j < right->n; j++)
			spans_add(a, out,
				larger(left->at[i].from, right->at[j].from),
				smaller(left->at[i].to, right->at[j].to));
}

int64_t spans_length(const struct spans *spans)
{
	int64_t length = 0;

	for (size_t i = 0; i < spans->n; i++)
		length += spans->at[i].to - spans->at[i].from;
	return length;
}
