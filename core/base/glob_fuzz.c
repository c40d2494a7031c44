#include "base/arena.h"
#include "base/glob.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* `text` as a pattern that matches only itself. */
static struct str quoted(struct arena *a, struct str text)
{
	char *to = arena_alloc(a, text.len * 2);
	size_t used = 0;

	for (size_t i = 0; i < text.len; i++) {
		/* Never within a UTF-8 sequence. */
		if ((text.s[i] & 0x80) == 0)
			to[used++] = '\\';
		to[used++] = text.s[i];
	}
	return (struct str) {to, used};
}

/* The input is a pattern, a newline, and a text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size};
	struct str pattern = str_cut(&rest, '\n');
	struct arena a = {0};
	bool good, match = glob_match(pattern, rest);
	size_t bad = SIZE_MAX;

	good = glob_check(pattern, &bad);
	assert(good || (!match && bad < pattern.len));
	assert(glob_match(STR("*"), rest));
	assert(glob_match(quoted(&a, rest), rest));
	if (match) {
		struct str wider = arena_print(&a, "*%.*s*", STR_ARG(pattern));

		/* printf() ends at a NUL. */
		if (str_find(pattern, '\0') == pattern.len)
			assert(glob_match(wider, rest));
	}
	arena_free(&a);
	return 0;
}
