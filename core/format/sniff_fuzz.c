#include "base/arena.h"
#include "format/sniff.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Shorter than what a guess looks at, so that all of the text counts. */
#define TEXT_MAX 60000

static bool is_blank(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!strchr(" \t\r\n", text.s[i]) || text.s[i] == '\0')
			return false;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct err err = {0};
	struct str text = {(const char *)data, size}, later;
	char one = 'x', two = 'x', *copy;
	bool ok;

	if (size > TEXT_MAX)
		return 0;
	copy = arena_array(&a, char, size + 1);
	copy[0] = '\n';
	if (size)
		memcpy(copy + 1, data, size);
	later = (struct str) {copy, size + 1};
	ok = sniff_delimiter(text, 1, &one, &err);

	/* An empty line in front changes nothing. */
	assert(sniff_syntax(text) == sniff_syntax(later));
	assert(sniff_delimiter(later, 1, &two, &err) == ok && one == two);
	assert((sniff_syntax(text) == SYNTAX_EMPTY) == is_blank(text));
	assert(sniff_name(sniff_syntax(text)));
	assert(ok ? strchr(",;\t|", one) != NULL
		  : one == 'x' && err.kind == ERR_INPUT && err.text[0]);
	/* What was chosen stands in the text, or nothing could be. */
	assert(!ok || str_find(text, one) < size || one == ',');
	arena_free(&a);
	return 0;
}
