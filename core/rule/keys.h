/*
 * Key values as dense numbers: 0, 1, 2, ... by first sight, for one list of
 * words. A composite key takes the product of the values of its parts, at most
 * KEYS_FAN_OUT per row and each once; a row that lacks a part has no key.
 *
 * Keys are kept for the rows that were asked for alone, each at the place that
 * its row has among them: 4 bytes a row.
 */
#ifndef RULE_KEYS_H
#define RULE_KEYS_H

#include "graph/facts.h"

#define KEYS_NONE     UINT32_MAX
#define KEYS_FAN_OUT  1000
#define KEY_PARTS_MAX 16 /* words of one key */

struct keys {
	uint32_t n;       /* distinct key values */
	uint32_t n_words; /* parts of a key */
	const sym *parts; /* n_words symbols per key value */
	struct bits rows;
	const uint32_t *ranks; /* rows in the words before this one */
	/* Per row of `rows`: its key, KEYS_NONE, or a list in `lists` (bit
	   SYM_LIST). */
	const uint32_t *of_rank;
	const uint32_t *lists;
	uint64_t fan_out; /* rows with more than KEYS_FAN_OUT keys, cut there */
	row fan_out_row;  /* the first of them, if there is one */
};

/*
 * The keys of the rows in `rows` over the given columns (each COLUMN_SYM, or
 * WORD_NONE, which makes all keys absent); with `n_columns` 0 every row has
 * the one key 0. Lives as long as the arena and the rows, which do not change.
 */
struct keys keys_build(struct arena *a, const struct facts *facts,
	const uint32_t *columns, uint32_t n_columns, const struct bits *rows);

/* The keys of a row: `*n` of them, 0 if it has none or was not asked for. */
static inline const uint32_t *keys_of(
	const struct keys *keys, row e, uint32_t *n)
{
	const uint32_t *key;

	*n = 0;
	if (!bits_has(&keys->rows, e))
		return NULL;
	key = &keys->of_rank[bits_rank(&keys->rows, keys->ranks, e)];
	if (*key == KEYS_NONE)
		return NULL;
	*n = 1;
	if (!(*key & SYM_LIST))
		return key;
	*n = keys->lists[*key & ~SYM_LIST];
	return &keys->lists[(*key & ~SYM_LIST) + 1];
}

/* Where the rows of each key start if rows stand together by key, and behind
   them where the last ones end; lives as long as the arena. */
uint32_t *keys_starts(struct arena *a, const struct keys *keys);

#endif
