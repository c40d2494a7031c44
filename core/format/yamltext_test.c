#include "format/yamltext.h"

#include <criterion/criterion.h>

/* The complaints about `text` as "LINE:COL code sentence" lines. */
static struct str complaints(struct arena *a, struct str text)
{
	struct diag diag = {0};
	struct str out = STR("");
	bool fine = yamltext_check(text, 3, &diag);

	cr_expect_eq(fine, diag.items.n == 0);
	for (size_t i = 0; i < diag.items.n; i++) {
		const struct diag_item *item = &diag.items.at[i];

		cr_expect_eq(item->loc.file, 3);
		out = arena_print(a, "%.*s%u:%u %s %.*s%s%.*s\n", STR_ARG(out),
			item->loc.line, item->loc.col, diag_name(item->code),
			STR_ARG(item->text), item->help.len ? "; " : "",
			STR_ARG(item->help));
	}
	diag_free(&diag);
	return out;
}

Test(yamltext, harmless_characters_are_fine)
{
	static const struct str rows[] = {
		STR_INIT(""), STR_INIT("a: b\n"), STR_INIT("a:\r\n\tb\r\n"),
		STR_INIT("\xC2\xA0\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"),
		STR_INIT("\xE2\x80\x8D"), /* a joiner, as in emoji */
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_eq(complaints(&a, rows[i]).len, 0, "row %zu", i);
	arena_free(&a);
}

Test(yamltext, hiding_characters_are_refused_with_their_place)
{
	static const struct {
		struct str text;
		const char *want;
	} rows[] = {
		{STR_INIT("a\0"),
			"1:2 yaml-subset control character U+0000 is not "
			"allowed\n"},
		{STR_INIT("a\n\x1B["),
			"2:1 yaml-subset control character U+001B is not "
			"allowed\n"},
		{STR_INIT("\xC3\xA9\x7F\xC2\x85"),
			"1:2 yaml-subset control character U+007F is not "
			"allowed\n"
			"1:3 yaml-subset control character U+0085 is not "
			"allowed\n"},
		{STR_INIT("a\rb\r\nc\r"),
			"1:2 yaml-subset control character U+000D is not "
			"allowed\n"
			"2:2 yaml-subset control character U+000D is not "
			"allowed\n"},
		{STR_INIT("\xE2\x80\xAA\xE2\x80\xAE"),
			"1:1 yaml-subset bidirectional control character "
			"U+202A is not allowed\n"
			"1:2 yaml-subset bidirectional control character "
			"U+202E is not allowed\n"},
		{STR_INIT("\xE2\x81\xA6\xE2\x81\xA9\xE2\x80\x8E\xE2\x80\x8F"),
			"1:1 yaml-subset bidirectional control character "
			"U+2066 is not allowed\n"
			"1:2 yaml-subset bidirectional control character "
			"U+2069 is not allowed\n"
			"1:3 yaml-subset bidirectional control character "
			"U+200E is not allowed\n"
			"1:4 yaml-subset bidirectional control character "
			"U+200F is not allowed\n"},
		{STR_INIT("\xD8\x9C"),
			"1:1 yaml-subset bidirectional control character "
			"U+061C is not allowed\n"},
		{STR_INIT("# a\xE2\x80\xA8"
			  "b: c\xE2\x80\xA9"),
			"1:4 yaml-subset line separator U+2028 is not allowed\n"
			"1:9 yaml-subset line separator U+2029 is not "
			"allowed\n"},
		{STR_INIT("a\xEF\xBB\xBF"),
			"1:2 yaml-subset byte order mark U+FEFF is not "
			"allowed\n"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_str_eq(complaints(&a, rows[i].text).s, rows[i].want,
			"row %zu", i);
	arena_free(&a);
}

Test(yamltext, bytes_that_are_not_utf8_end_the_check)
{
	static const struct {
		struct str text;
		const char *want;
	} rows[] = {
		{STR_INIT("ab: \xC3\x28\xFF"),
			"1:5 not-utf8 byte 0xC3 is not UTF-8\n"},
		{STR_INIT("\x07\n\xC3\xA9\xE9\x08"),
			"1:1 yaml-subset control character U+0007 is not "
			"allowed\n"
			"2:2 not-utf8 byte 0xE9 is not UTF-8\n"},
		{STR_INIT("\xFF\xFE"
			  "a\0"),
			"1:1 not-utf8 byte 0xFF is not UTF-8; the file is "
			"UTF-16; save it as UTF-8\n"},
		{STR_INIT("\xFE\xFF\0a"),
			"1:1 not-utf8 byte 0xFE is not UTF-8; the file is "
			"UTF-16; save it as UTF-8\n"},
		{STR_INIT("a\xFF\xFE"),
			"1:2 not-utf8 byte 0xFF is not UTF-8\n"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_str_eq(complaints(&a, rows[i].text).s, rows[i].want,
			"row %zu", i);
	arena_free(&a);
}
