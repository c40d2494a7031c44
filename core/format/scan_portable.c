/* The way for every processor: eight bytes at a time in one number. */
#include "scan_p.h"

#include <endian.h>
#include <stdbool.h>

#define ONES (UINT64_MAX / 255)

bool scan_has_portable(void)
{
	return true;
}

/* A bit per byte of `word` that is `c`. */
static uint64_t equal_word(uint64_t word, char c)
{
	uint64_t diff = word ^ ONES * (unsigned char)c;
	uint64_t low = (diff & ONES * 0x7f) + ONES * 0x7f;

	/* The high bit of each byte that is 0 in `diff`, moved together. */
	return ((~(low | diff) & ONES * 0x80) >> 7) * 0x0102040810204080u >> 56;
}

/* Not 0 if a byte is `c`: shorter than equal_word(), and most bytes that matter
   are in few blocks. */
static uint64_t has_byte(const uint64_t words[8], char c)
{
	uint64_t found = 0;

	for (int i = 0; i < 8; i++) {
		uint64_t diff = words[i] ^ ONES * (unsigned char)c;

		found |= (diff - ONES) & ~diff;
	}
	return found & ONES * 0x80;
}

static uint64_t equal_block(const uint64_t words[8], char c)
{
	uint64_t bits = 0;

	if (!has_byte(words, c))
		return 0;
	for (int i = 7; i >= 0; i--)
		bits = bits << 8 | equal_word(words[i], c);
	return bits;
}

void scan_fill_portable(
	struct scan_window *window, struct str text, size_t len, char delimiter)
{
	char room[SCAN_BLOCK];
	uint64_t words[8];

	for (size_t i = 0; i < scan_n_blocks(len); i++) {
		memcpy(words, scan_block(text, i * SCAN_BLOCK, room),
			sizeof(words));
		for (size_t k = 0; k < 8; k++)
			words[k] = le64toh(words[k]);
		window->masks[i] = (struct scan_masks) {
			.quote = equal_block(words, '"'),
			.delimiter = equal_block(words, delimiter),
			.lf = equal_block(words, '\n'),
			.cr = equal_block(words, '\r'),
			.nul = equal_block(words, '\0')};
	}
	scan_index(window, text, len);
}
