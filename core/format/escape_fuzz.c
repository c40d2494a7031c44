#include "base/codepoint.h"
#include "format/escape.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count_points(struct str text)
{
	size_t at = 0, n = 0;
	uint32_t point;

	while (at < text.len) {
		codepoint_next(text, &at, &point);
		n++;
	}
	return n;
}

static void check_harmless(struct str text, bool ascii)
{
	size_t at = 0;

	assert(str_find_text(text, STR("##")) == text.len);
	while (at < text.len) {
		uint32_t point;

		assert(codepoint_next(text, &at, &point));
		assert(point >= 0x20 && !(point >= 0x7f && point < 0xa0));
		assert(point != 0x061c && point != 0x200e && point != 0x200f);
		assert(point < 0x2028 || point > 0x202e);
		assert(point < 0x2066 || point > 0x2069);
		assert(!ascii || point < 0x80);
	}
}

/* What comes out is harmless and stays as it is when escaped again; a cut text
   is as short as it should be. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct arena a = {0};

	for (int ascii = 0; ascii < 2; ascii++) {
		struct str got = escape_text(&a, text, ascii);
		struct str path = escape_path(&a, text, ascii);
		struct str cut = escape_cut(&a, got, size / 2, ascii);

		check_harmless(got, ascii);
		check_harmless(path, ascii);
		check_harmless(cut, ascii);
		assert(escape_text(&a, got, ascii).s == got.s);
		assert(!path.len || str_find(STR(":#-"), path.s[0]) == 3);
		assert(count_points(cut) <= size / 2);
	}
	arena_free(&a);
	return 0;
}
