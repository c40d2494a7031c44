/*
 * Sets of half-open intervals [start, end) of int64 nanoseconds (or any other
 * whole unit). A set that these functions return is a union in normal form:
 * ascending, none empty, none overlapping or touching another; that form is
 * unique, so the order of the input changes nothing. The functions that take
 * a set expect the normal form. Sets live as long as the arena.
 */
#ifndef METRIC_INTERVAL_H
#define METRIC_INTERVAL_H

#include "base/vec.h"

struct interval {
	int64_t start, end;
};

/* Zero is the empty set; `at[0 .. n - 1]` are its intervals. */
struct interval_set VEC(struct interval);

/*
 * The union of `n` intervals in any order. Empty and reversed ones add
 * nothing: whether a reversed one is an error is for the caller, who also
 * puts an end to intervals that are still open. O(n log n).
 */
struct interval_set interval_union(
	struct arena *a, const struct interval *list, size_t n);

/* The times that both sets cover, such as downtime inside obligation windows;
   O(n) in the sum of their sizes. */
struct interval_set interval_intersect(struct arena *a,
	const struct interval_set *left, const struct interval_set *right);

/* The part of a set inside a window; an empty window leaves nothing. */
struct interval_set interval_clip(struct arena *a,
	const struct interval_set *set, struct interval window);

/* The times that `left` covers and `right` does not, such as downtime without
   scheduled maintenance; O(n) in the sum of their sizes. */
struct interval_set interval_subtract(struct arena *a,
	const struct interval_set *left, const struct interval_set *right);

/* The sum of all lengths. Disjoint intervals of int64 are at most 2^64 - 1
   long together, so it always fits. */
uint64_t interval_length(const struct interval_set *set);

/*
 * A set with prefix sums, for many questions about one set. It borrows the
 * set, which must not change meanwhile.
 */
struct interval_index {
	const struct interval *at;
	const uint64_t *before; /* n + 1 lengths: of the intervals below i */
	size_t n;
};

/* The index of a set; lives as long as the arena and the set. */
struct interval_index interval_index(
	struct arena *a, const struct interval_set *set);

/* How much of the window the set covers, 0 for an empty window: the length of
   interval_clip() without making it; O(log n). */
uint64_t interval_overlap(
	const struct interval_index *index, struct interval window);

#endif
