#include "base/codepoint.h"
#include "format/text.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_place(struct str text, size_t offset)
{
	struct loc loc = text_place(text, offset, 1);

	assert(loc.line >= 1 && loc.line <= text.len + 1);
	assert(loc.col >= 1 && loc.col <= text.len + 1);
}

static size_t units_of(struct str utf8)
{
	size_t at = 0, n = 0;
	uint32_t point;

	while (at < utf8.len && codepoint_next(utf8, &at, &point))
		n += point > 0xffff ? 2 : 1;
	return n;
}

/* As many characters came out as went in. */
static void check_conserved(const struct text *text, struct str bytes)
{
	if (text->encoding == ENCODING_UTF_8)
		assert(str_equal(text->utf8, bytes));
	else if (text->encoding == ENCODING_UTF_16LE ||
		 text->encoding == ENCODING_UTF_16BE)
		assert(units_of(text->utf8) * 2 == bytes.len);
	else
		assert(text_length(text->utf8) == bytes.len);
}

/* The first byte chooses the declared encoding. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct text text;
	struct err err = {0};
	struct str bytes;
	size_t bad, mark = 2;

	if (size == 0)
		return 0;
	bytes = (struct str) {(const char *)data + 1, size - 1};
	if (text_decode(&a, bytes, data[0] % ENCODING_N, 1, &text, &err)) {
		assert(text.encoding != ENCODING_SNIFF);
		assert(text_is_utf8(text.utf8, &bad));
		assert(text_length(text.utf8) <= text.utf8.len);
		assert(text_width(text.utf8) <= 2 * text.utf8.len);
		assert(!text.guessed || text.first_bad < bytes.len);
		check_place(text.utf8, text.utf8.len / 2);
		if (text.encoding == ENCODING_UTF_8)
			mark = 3;
		check_conserved(&text,
			str_slice(bytes, text.had_mark ? mark : 0, bytes.len));
	} else {
		assert(err.kind == ERR_INPUT);
		assert(err.loc.line >= 1 && err.loc.col >= 1);
	}
	arena_free(&a);
	return 0;
}
