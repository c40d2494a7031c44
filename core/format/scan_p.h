/*
 * What the ways to look at bytes share: the tables of one window, and how they
 * are filled from bit masks. Each way makes the masks with the instructions of
 * its processor and compiles scan_index() with them too.
 */
#ifndef FORMAT_SCAN_P_H
#define FORMAT_SCAN_P_H

#include "base/str.h"

#include <string.h>

#define SCAN_BLOCK ((size_t)64)

/* How far before its turn a block is called from memory: 1.2 and 2.1 GB/s
   become 2.1 and 2.7 with SSE2 and AVX2, since processors stop to fetch ahead
   where a page ends. */
#define SCAN_AHEAD ((size_t)1024)

/* A bit per byte of a block, the first byte lowest. */
struct scan_masks {
	uint64_t quote, delimiter, lf, cr, nul;
};

/* What a window holds up to some byte. */
struct scan_sum {
	uint32_t marks;  /* bytes that end a field */
	uint32_t quotes; /* all of them */
	uint32_t odd;    /* bytes that no regular record holds */
};

struct scan_window {
	struct scan_masks *masks; /* per block, and one more */
	uint32_t *marks;          /* offsets of the bytes that end a field */
	struct scan_sum *ends;    /* per record: up to its end and with it */
	size_t n_ends;
};

/* Fills the tables for the window that begins at the first byte of `text`,
   outside quotes, and has `len` bytes; `text` may go on behind it. */
typedef void scan_fill_fn(struct scan_window *window, struct str text,
	size_t len, char delimiter);

/* The ways that may exist on this kind of processor, the best one first. */
#if defined(__x86_64__)
#define SCAN_WAYS(X) X(avx2) X(sse2) X(portable)
#else
#define SCAN_WAYS(X) X(portable)
#endif

#define SCAN_DECLARE(way)          \
	bool scan_has_##way(void); \
	scan_fill_fn scan_fill_##way;
SCAN_WAYS(SCAN_DECLARE)

/* Into each way, and compiled with its instructions. */
#define SCAN_INLINE static inline __attribute__((always_inline))

/* The block at `at`; one that the text ends in is copied to `room` and filled
   up with NUL bytes, behind all that counts. */
SCAN_INLINE const char *scan_block(
	struct str text, size_t at, char room[SCAN_BLOCK])
{
	if (text.len - at > SCAN_AHEAD)
		__builtin_prefetch(text.s + at + SCAN_AHEAD);
	if (text.len - at >= SCAN_BLOCK)
		return text.s + at;
	memset(room, 0, SCAN_BLOCK);
	memcpy(room, text.s + at, text.len - at);
	return room;
}

/* Each bit is the exclusive or of all bits up to it: set from an opening quote
   up to the byte before the closing one. */
SCAN_INLINE uint64_t scan_parity(uint64_t quotes)
{
	quotes ^= quotes << 1;
	quotes ^= quotes << 2;
	quotes ^= quotes << 4;
	quotes ^= quotes << 8;
	quotes ^= quotes << 16;
	return quotes ^ quotes << 32;
}

SCAN_INLINE uint32_t scan_count(uint64_t bits)
{
	return (uint32_t)__builtin_popcountll(bits);
}

SCAN_INLINE uint32_t scan_lowest(uint64_t bits)
{
	return (uint32_t)__builtin_ctzll(bits);
}

/* The bytes of one block that matter. */
struct scan_bits {
	uint64_t marks, ends, quotes, odd;
};

SCAN_INLINE void scan_add_ends(struct scan_window *window,
	const struct scan_sum *before, const struct scan_bits *bits)
{
	for (uint64_t left = bits->ends; left; left &= left - 1) {
		uint64_t up_to = left ^ (left - 1);

		window->ends[window->n_ends++] = (struct scan_sum) {
			before->marks + scan_count(bits->marks & up_to),
			before->quotes + scan_count(bits->quotes & up_to),
			before->odd + scan_count(bits->odd & up_to)};
	}
}

SCAN_INLINE void scan_add_marks(uint32_t *to, uint64_t bits, uint32_t base)
{
	for (; bits; bits &= bits - 1)
		*to++ = base + scan_lowest(bits);
}

SCAN_INLINE size_t scan_n_blocks(size_t len)
{
	return (len + SCAN_BLOCK - 1) / SCAN_BLOCK;
}

/* Fills the other tables from the masks of all blocks. */
SCAN_INLINE void scan_index(
	struct scan_window *window, struct str text, size_t len)
{
	size_t n = scan_n_blocks(len);
	struct scan_masks *mask = window->masks;
	struct scan_sum sum = {0};
	uint64_t open = 0; /* all ones: the block begins inside quotes */

	window->n_ends = 0;
	/* Whether a CR at the end of the window is followed by an LF. */
	mask[n].lf = len < text.len && text.s[len] == '\n';
	for (size_t i = 0; i < n; i++, mask++) {
		uint64_t lone = mask->cr & ~(mask->lf >> 1 | mask[1].lf << 63);
		uint64_t inside = open ^ scan_parity(mask->quote);
		struct scan_bits bits = {.quotes = mask->quote};

		open = -(inside >> 63);
		bits.ends = (mask->lf | lone) & ~inside;
		bits.marks = bits.ends | (mask->delimiter & ~inside);
		bits.odd = mask->nul | lone | (inside & mask->lf);
		scan_add_ends(window, &sum, &bits);
		scan_add_marks(window->marks + sum.marks, bits.marks,
			(uint32_t)(i * SCAN_BLOCK));
		sum.marks += scan_count(bits.marks);
		sum.quotes += scan_count(bits.quotes);
		sum.odd += scan_count(bits.odd);
	}
}

#endif
