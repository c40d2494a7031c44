#include "base/bits.h"

static size_t n_words(size_t n)
{
	return (n + 63) / 64;
}

struct bits bits_new(struct arena *a, size_t n)
{
	return (struct bits) {arena_array(a, uint64_t, n_words(n)), n};
}

void bits_fill(struct bits *set)
{
	size_t n = n_words(set->n);

	for (size_t i = 0; i < n; i++)
		set->words[i] = UINT64_MAX;
	if (set->n % 64)
		set->words[n - 1] = UINT64_MAX >> (64 - set->n % 64);
}

void bits_or(struct bits *set, const struct bits *other)
{
	for (size_t i = 0; i < n_words(set->n); i++)
		set->words[i] |= other->words[i];
}

size_t bits_count(const struct bits *set)
{
	size_t count = 0;

	for (size_t i = 0; i < n_words(set->n); i++)
		count += (size_t)__builtin_popcountll(set->words[i]);
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
		if (++i == n_words(set->n))
			return set->n;
		word = set->words[i];
	}
	return i * 64 + (size_t)__builtin_ctzll(word);
}
