#include "base/codepoint.h"

/* The smallest code point that needs 2, 3, 4 bytes. */
static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

/* Bytes of the sequence that `first` begins; 0 if it begins none. */
static size_t sequence_len(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xc0)
		return 0;
	if (first < 0xe0)
		return 2;
	if (first < 0xf0)
		return 3;
	return first < 0xf8 ? 4 : 0;
}

bool codepoint_next(struct str text, size_t *at, uint32_t *point)
{
	const unsigned char *s = (const unsigned char *)text.s + *at;
	size_t left = text.len - *at, len = sequence_len(s[0]);
	uint32_t value;

	*point = s[0];
	*at += 1;
	if (len <= 1 || len > left)
		return len == 1;
	value = s[0] & (0x7fu >> len);
	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return false;
		value = value << 6 | (s[i] & 0x3f);
	}
	if (value < smallest[len] || value > 0x10ffff ||
		(value >= 0xd800 && value <= 0xdfff))
		return false;
	*point = value;
	*at += len - 1;
	return true;
}

size_t codepoint_put(char *to, uint32_t point)
{
	size_t len = 4;

	if (point < 0x80) {
		to[0] = (char)point;
		return 1;
	}
	while (point < smallest[len])
		len--;
	for (size_t i = len - 1; i > 0; i--) {
		to[i] = (char)(0x80 | (point & 0x3f));
		point >>= 6;
	}
	to[0] = (char)(0xf00u >> len | point);
	return len;
}
