#include "base/bits.h"

struct bits bits_new(struct arena *a, size_t n)
{
	return (struct bits) {arena_array(a, uint64_t, (n + 63) / 64), n};
}

void bits_fill(struct bits *set)
{
	size_t n = bits_words(set);

	for (size_t i = 0; i < n; i++)
		set->words[i] = UINT64_MAX;
	if (set->n % 64)
		set->words[n - 1] = UINT64_MAX >> (64 - set->n % 64);
}

void bits_or(struct bits *set, const struct bits *other)
{
	for (size_t i = 0; i < bits_words(set); i++)
		set->words[i] |= other->words[i];
}

size_t bits_count(const struct bits *set)
{
	size_t count = 0;

	for (size_t i = 0; i < bits_words(set); i++)
		count += bits_count_word(set->words[i]);
	return count;
}

size_t bits_next(const struct bits *set, size_t from)
{
	size_t i = from / 64;
	uint64_t word;

	if (from >= set->n)
		return set->n;
	word = set->words[i] & (UINT64_MAX << (from % 64));
	while (word == 0) {
		if (++i == bits_words(set))
			return set->n;
		word = set->words[i];
	}
	return i * 64 + (size_t)__builtin_ctzll(word);
}

uint32_t *bits_ranks(struct arena *a, const struct bits *set)
{
	uint32_t *ranks = arena_array(a, uint32_t, bits_words(set));
	uint32_t n = 0;

	for (size_t w = 0; w < bits_words(set); w++) {
		ranks[w] = n;
		n += bits_count_word(set->words[w]);
	}
	return ranks;
}

size_t bits_previous(const struct bits *set, size_t from)
{
	size_t i = from / 64;
	uint64_t word;

	if (from >= set->n) {
		i = bits_words(set);
		word = 0;
	} else {
		word = set->words[i] & (((uint64_t)1 << from % 64) - 1);
	}
	while (word == 0) {
		if (i-- == 0)
			return set->n;
		word = set->words[i];
	}
	return i * 64 + 63 - (size_t)__builtin_clzll(word);
}
