/*
 * The numbers of one series of serial ids, each with its symbol: pages of
 * neighbouring numbers under a directory, so that ids which come in order are
 * found without a hash and without a cache miss.
 *
 * It takes what is dense. Numbers that lie too far apart, or that would leave
 * most of their pages empty, are turned away, and the caller keeps them
 * elsewhere; what was taken stays. Memory is at most 64 bytes per number kept,
 * beside 16 KiB for a beginning.
 */
#ifndef BASE_SERIES_H
#define BASE_SERIES_H

#include "base/arena.h"
#include "base/sym.h"

struct series {
	sym **pages;         /* from page `first` on; NULL: an empty page */
	uint64_t first, cap; /* the numbers of pages that the directory holds */
	uint64_t n_pages, n_numbers;
};

/* The place of a number's symbol, 0 if it has none; NULL if the series has no
   room for the number. Lives as long as the arena. */
sym *series_find(const struct series *series, uint64_t number);

/* The same, but makes room where that pays. A place that holds 0 must be filled
   at once: it counts as kept. */
sym *series_put(struct series *series, struct arena *a, uint64_t number);

#endif
