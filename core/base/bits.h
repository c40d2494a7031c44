/*
 * Sets of small numbers as bitmaps: 64 members a word, the words in an arena.
 * A set is made for `n` numbers and holds no number at or above `n`.
 */
#ifndef BASE_BITS_H
#define BASE_BITS_H

#include "base/arena.h"

struct bits {
	uint64_t *words;
	size_t n; /* numbers the set can hold */
};

/* The empty set of the numbers below `n`; lives as long as the arena. */
struct bits bits_new(struct arena *a, size_t n);

static inline void bits_add(struct bits *set, size_t i)
{
	set->words[i / 64] |= (uint64_t)1 << (i % 64);
}

static inline void bits_drop(struct bits *set, size_t i)
{
	set->words[i / 64] &= ~((uint64_t)1 << (i % 64));
}

static inline bool bits_has(const struct bits *set, size_t i)
{
	return i < set->n && (set->words[i / 64] >> (i % 64) & 1) != 0;
}

/* How many words of 64 members there are. */
static inline size_t bits_words(const struct bits *set)
{
	return (set->n + 63) / 64;
}

/* How many bits are set, without a library call where the processor may lack
   an instruction for it. */
static inline unsigned bits_count_word(uint64_t word)
{
	word -= word >> 1 & UINT64_C(0x5555555555555555);
	word = (word & UINT64_C(0x3333333333333333)) +
	       (word >> 2 & UINT64_C(0x3333333333333333));
	word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
}

/* Adds all numbers below `set->n`. */
void bits_fill(struct bits *set);

/* `set` becomes its union with `other`; both were made for the same `n`. */
void bits_or(struct bits *set, const struct bits *other);

/* How many numbers are in the set. */
size_t bits_count(const struct bits *set);

/* The smallest member at or above `from`, or `set->n`. */
size_t bits_next(const struct bits *set, size_t from);

/* Per word how many members stand in the words before it, for bits_rank();
   lives as long as the arena. The set does not change afterwards. */
uint32_t *bits_ranks(struct arena *a, const struct bits *set);

/* How many members are below `i`, which is below `set->n`. */
static inline uint32_t bits_rank(
	const struct bits *set, const uint32_t *ranks, size_t i)
{
	uint64_t below = ((uint64_t)1 << i % 64) - 1;

	return ranks[i / 64] + bits_count_word(set->words[i / 64] & below);
}

/* The largest member below `from`, or `set->n` if there is none. */
size_t bits_previous(const struct bits *set, size_t from);

#endif
