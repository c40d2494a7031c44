#include "lineal/message.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

struct world {
	struct arena a;
	struct diag diag;
	struct files files;
};

/* What message_print() prints of the complaints, against `want`. */
static void expect(struct world *w, const struct message_options *options,
	const char *want)
{
	char path[] = "/tmp/message-XXXXXX", text[8192];
	int fd = mkstemp(path);
	struct sink sink;
	struct err err;
	ssize_t len;

	cr_assert(fd >= 0);
	close(fd);
	cr_assert(sink_open(&sink, path, &err));
	message_print(&sink, &w->diag, &w->files, options);
	cr_assert(sink_publish(&sink, &err));
	fd = open(path, O_RDONLY);
	len = read(fd, text, sizeof(text) - 1);
	close(fd);
	unlink(path);
	cr_assert(len >= 0);
	text[len] = '\0';
	cr_expect(strcmp(text, want) == 0, "wanted\n%sfound\n%s", want, text);
	arena_free(&w->diag.texts);
	arena_free(&w->a);
}

static const struct message_options plain = {.width = 80, .notes = true};

Test(message, shows_the_line_and_a_caret_under_the_fault)
{
	struct world w = {0};
	struct loc loc = {files_add(&w.a, &w.files, STR("rules/a.yaml"),
				  STR("version: 1\n\tkey: va\xc3\xabl\n")),
		2, 7};
	struct diag_item *item = diag_add(
		&w.diag, DIAG_UNKNOWN_VALUE, loc, "found 'va\xc3\xabl'");

	item->span = 4;
	diag_help(&w.diag, item, STR("write value"));
	expect(&w, &plain,
		"rules/a.yaml:2:7: error[unknown-value]: found 'va\xc3\xabl'\n"
		"     |\n"
		"   2 | \xe2\x90\x89key: va\xc3\xabl\n"
		"     |       ^^^^\n"
		"     = help: write value\n");
}

Test(message, escapes_what_comes_from_data)
{
	struct world w = {0};
	struct loc loc = {
		files_add(&w.a, &w.files, STR("a\x1b[1m.csv"), STR("")), 3, 0};

	diag_add(&w.diag, DIAG_BAD_TIME, loc, "found '\x1b[31m\n'");
	expect(&w, &plain,
		"a\\x1b[1m.csv:3: warning[bad-time]: found '\\x1b[31m\\x0a'\n");
}

Test(message, what_has_no_place_comes_last_and_names_the_program)
{
	struct world w = {0};
	struct loc nowhere = {0};
	struct loc loc = {
		files_add(&w.a, &w.files, STR("a.csv"), STR("")), 1, 0};

	diag_add(&w.diag, DIAG_TOO_MANY_REJECTS, nowhere, "rows");
	diag_add(&w.diag, DIAG_ROW_SHORT, loc, "short");
	expect(&w, &plain,
		"a.csv:1: error[row-short]: short\n"
		"lineal: error[too-many-rejects]: rows\n");
}

static void add_warnings(struct world *w, uint32_t n)
{
	uint32_t file = files_add(&w->a, &w->files, STR("a.csv"), STR(""));

	for (uint32_t i = 1; i <= n; i++) {
		struct loc loc = {file, i, 0};
		struct diag_item *item = diag_add(
			&w->diag, DIAG_NO_ZONE, loc, "no zone");

		diag_help(&w->diag, item, STR("give one"));
	}
}

Test(message, warnings_of_a_kind_are_counted_after_five_and_advice_given_once)
{
	struct world w = {0};

	add_warnings(&w, 30);
	expect(&w, &plain,
		"a.csv:1: warning[no-zone]: no zone\n"
		"     = help: give one\n"
		"a.csv:2: warning[no-zone]: no zone\n"
		"a.csv:3: warning[no-zone]: no zone\n"
		"a.csv:4: warning[no-zone]: no zone\n"
		"a.csv:5: warning[no-zone]: no zone\n"
		"a.csv: warning[no-zone]: 25 more of this kind; --verbose "
		"shows more\n");
}

Test(message, notes_are_left_out_where_they_are_not_wanted)
{
	struct message_options quiet = {.width = 80};
	struct world w = {0};
	struct loc nowhere = {0};

	diag_add(&w.diag, DIAG_ASSUMED, nowhere, "a guess");
	expect(&w, &quiet, "");
}
