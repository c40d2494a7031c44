/*
 * Sets of time spans [from, to) in milliseconds: union, difference, common
 * part, length. A set is sorted and its spans neither overlap nor touch, once
 * spans_unite() has been called.
 */
#ifndef LINEAL_GEN_SPANS_H
#define LINEAL_GEN_SPANS_H

#include "base/vec.h"

struct span {
	int64_t from, to;
};

struct spans VEC(struct span);

/* Appends a span; one that is empty or reversed is dropped. */
void spans_add(struct arena *a, struct spans *spans, int64_t from, int64_t to);

/* Sorts the spans and joins those that overlap or touch. */
void spans_unite(struct spans *spans);

/* Appends to `out` what is in `left` but not in `right`, or in both; `left`
   and `right` are united. */
void spans_subtract(struct arena *a, const struct spans *left,
	const struct spans *right, struct spans *out);
void spans_intersect(struct arena *a, const struct spans *left,
	const struct spans *right, struct spans *out);

/* Sum of the lengths. */
int64_t spans_length(const struct spans *spans);

#endif
