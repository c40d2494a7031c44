#include "ingest/opening.h"

#include "sandbox_p.h"

#include <string.h>

TestSuite(opening, .init = tmp_enter, .fini = tmp_leave);

/* Opens the files "a", "b", ... of the folder as `encodings`, on `threads`. */
static void open_files(struct sandbox *s, struct input_list *list,
	const enum encoding *encodings, unsigned threads)
{
	struct opening opening = {
		list, encodings, &s->request.gather.limits, threads};

	sandbox_open(s);
	for (size_t i = 0; i < list->n; i++) {
		char name[] = {(char)('a' + i), '\0'};
		struct str path = arena_copy(&s->a, str_of(name));

		list->at[i] = (struct input) {.facts.opened = path};
		list->at[i].facts.file = files_add(
			&s->a, &s->files, path, STR(""));
	}
	opening_run(&opening, &s->diag);
}

Test(opening, each_input_is_decoded_as_declared_or_says_why_not)
{
	static const enum encoding encodings[] = {ENCODING_SNIFF,
		ENCODING_WINDOWS_1252, ENCODING_UTF_8, ENCODING_SNIFF,
		ENCODING_SNIFF, ENCODING_SNIFF};

	for (unsigned threads = 1; threads <= 3; threads++) {
		struct input inputs[6];
		struct input_list list = {inputs, 6, 6};
		struct sandbox s;

		sandbox_file("a", "\xef\xbb\xbf\u00e9");
		sandbox_file("b", "\xe9");
		sandbox_file("c", "1\n\xe9");
		sandbox_file("d", "1\n\xe9");
		sandbox_file("e", "");
		/* f is not there */
		open_files(&s, &list, encodings, threads);
		for (size_t i = 0; i < 6; i++)
			cr_expect(inputs[i].failed == (i == 2 || i == 5),
				"input %zu", i);
		cr_expect(str_equal(inputs[0].text.utf8, STR("\u00e9")));
		cr_expect(str_equal(inputs[1].text.utf8, STR("\u00e9")));
		cr_expect(str_equal(inputs[3].text.utf8, STR("1\n\u00e9")));
		cr_expect(inputs[4].is_unpacked && !inputs[5].is_unpacked);
		cr_assert(s.diag.items.n == 3);
		cr_expect(s.diag.items.at[0].code == DIAG_BAD_ENCODING);
		cr_expect(s.diag.items.at[1].code == DIAG_ENCODING_GUESSED);
		cr_expect(s.diag.items.at[2].code == DIAG_CANNOT_READ);
		for (size_t i = 0; i < 6; i++)
			input_close(&inputs[i]);
		sandbox_free(&s);
	}
}

/* The check of a large file is cut, here into four. */
Test(opening, the_first_bad_byte_of_a_large_file_is_found)
{
	static const size_t bad[] = {0, 9999999, 30000000};

	for (size_t i = 0; i < 3; i++) {
		static const enum encoding sniff = ENCODING_SNIFF;
		struct arena a = {0};
		struct str text = {arena_alloc(&a, 30000001), 30000001};
		struct input input;
		struct input_list list = {&input, 1, 1};
		struct sandbox s;

		/* The memory is ours; only the slice over it is const. */
		memset((char *)(uintptr_t)text.s, 'x', text.len);
		((char *)(uintptr_t)text.s)[bad[i]] = '\xe9';
		((char *)(uintptr_t)text.s)[30000000] = '\xe9';
		tmp_write("a", text);
		open_files(&s, &list, &sniff, 2);
		cr_expect(input.text.guessed && !input.failed);
		cr_expect(input.text.first_bad == bad[i], "row %zu", i);
		input_close(&input);
		sandbox_free(&s);
		arena_free(&a);
	}
}
