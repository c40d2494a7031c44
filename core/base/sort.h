/*
 * Stable sorts of row numbers by a column of keys, without comparisons:
 * least significant byte first, bytes that are equal in all keys skipped, a
 * sorted column recognised in one scan.
 */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include "base/arena.h"

/*
 * Puts the row numbers in `order` (n of them, each an index into `keys`) into
 * ascending order of their key; rows of one key keep their order.
 */
void sort_rows_by_i64(const int64_t *keys, uint32_t *order, size_t n);
void sort_rows_by_u32(const uint32_t *keys, uint32_t *order, size_t n);

/*
 * Groups the numbers 0..n-1 by `keys[i]` < `n_keys` (a counting sort):
 * the members of group k are `order[start[k]] .. order[start[k + 1] - 1]`,
 * ascending. `start` has n_keys + 1 items, `order` has n.
 */
void sort_group(const uint32_t *keys, size_t n, size_t n_keys, uint32_t *start,
	uint32_t *order);

#endif
