#include "format/escape.h"

#include "base/codepoint.h"
#include "base/rng.h"

#include <criterion/criterion.h>

static const struct {
	struct str text;
	const char *plain, *ascii; /* NULL: as plain */
} gold[] = {
	{STR_INIT(""), "", NULL},
	{STR_INIT("Ana Lopez <a@b> \"x\" 'y' %s"),
		"Ana Lopez <a@b> \"x\" 'y' %s", NULL},
	{STR_INIT("\x1b[31mred\x1b]0;t\x07"), "\\x1b[31mred\\x1b]0;t\\x07",
		NULL},
	{STR_INIT("a\tb\r\nc"), "a\\x09b\\x0d\\x0ac", NULL},
	{STR_INIT("a\0b"), "a\\x00b", NULL},
	{STR_INIT("\x7f"), "\\x7f", NULL},
	{STR_INIT("\xc2\x80\xc2\x9b\xc2\x9f"), "\\u{0080}\\u{009b}\\u{009f}",
		NULL},
	{STR_INIT("\xc2\xa0"), "\xc2\xa0", "\\u{00a0}"},
	{STR_INIT("é€😀"), "é€😀", "\\u{00e9}\\u{20ac}\\u{1f600}"},
	{STR_INIT("\xd8\x9c"), "\\u{061c}", NULL},
	{STR_INIT("\xe2\x80\x8e\xe2\x80\x8f"), "\\u{200e}\\u{200f}", NULL},
	{STR_INIT("\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad"
		  "\xe2\x80\xae"),
		"\\u{202a}\\u{202b}\\u{202c}\\u{202d}\\u{202e}", NULL},
	{STR_INIT("\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9"),
		"\\u{2066}\\u{2067}\\u{2068}\\u{2069}", NULL},
	{STR_INIT("a\xe2\x80\xa8"
		  "b\xe2\x80\xa9"),
		"a\\u{2028}b\\u{2029}", NULL},
	{STR_INIT("\xe2\x80\x90"), "\xe2\x80\x90", "\\u{2010}"},
	{STR_INIT("caf\xe9"), "caf\\xe9", NULL},
	{STR_INIT("\xe2\x82"), "\\xe2\\x82", NULL},
	{STR_INIT("\xed\xa0\x80"), "\\xed\\xa0\\x80", NULL},
	{STR_INIT("C:\\temp\\x41"), "C:\\temp\\x41", NULL},
	{STR_INIT("#"), "#", NULL},
	{STR_INIT("a#b#"), "a#b#", NULL},
	{STR_INIT("##[error]"), "\\x23#[error]", NULL},
	{STR_INIT("####"), "\\x23\\x23\\x23#", NULL},
	{STR_INIT("::error"), "::error", NULL},
};

Test(escape, gold)
{
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(gold) / sizeof(*gold); i++) {
		const char *ascii = gold[i].ascii;
		struct str got = escape_text(&a, gold[i].text, false);

		cr_expect(str_equal(got, str_of(gold[i].plain)),
			"row %zu: %.*s", i, STR_ARG(got));
		got = escape_text(&a, gold[i].text, true);
		cr_expect(str_equal(got, str_of(ascii ? ascii : gold[i].plain)),
			"row %zu: %.*s", i, STR_ARG(got));
	}
	arena_free(&a);
}

Test(escape, harmless_text_is_not_copied)
{
	struct arena a = {0};
	struct str text = STR("Ana López");

	cr_expect(escape_text(&a, text, false).s == text.s);
	cr_expect(escape_text(&a, text, true).s != text.s);
	cr_expect(escape_path(&a, text, false).s == text.s);
	cr_expect(escape_cut(&a, text, 9, false).s == text.s);
	arena_free(&a);
}

Test(escape, a_path_begins_no_command)
{
	static const struct {
		const char *path, *escaped;
	} rows[] = {
		{"logs/a.csv", "logs/a.csv"},
		{"/logs/a.csv", "/logs/a.csv"},
		{"::error file=x", "./::error file=x"},
		{"##[error]", "./\\x23#[error]"},
		{"#", "./#"},
		{"-rf", "./-rf"},
		{"-", "./-"},
		{"\n::error", "\\x0a::error"},
		{"", ""},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str got = escape_path(&a, str_of(rows[i].path), false);

		cr_expect(str_equal(got, str_of(rows[i].escaped)),
			"row %zu: %.*s", i, STR_ARG(got));
	}
	cr_expect(str_equal(
		escape_path(&a, STR("-é"), true), STR("./-\\u{00e9}")));
	arena_free(&a);
}

Test(escape, long_texts_are_cut_by_code_points)
{
	static const struct {
		const char *text;
		size_t width;
		const char *cut, *ascii;
	} rows[] = {
		{"abcdef", 7, "abcdef", "abcdef"},
		{"abcdef", 6, "abcdef", "abcdef"},
		{"abcdef", 5, "abcd…", "ab..."},
		{"abcdef", 3, "ab…", "..."},
		{"abcdef", 2, "a…", ".."},
		{"abcdef", 1, "…", "."},
		{"abcdef", 0, "", ""},
		{"", 0, "", ""},
		{"éééééé", 6, "éééééé", "éééééé"},
		{"éééééé", 5, "éééé…", "éé..."},
		{"😀😀😀", 2, "😀…", ".."},
		{"\xff\xff\xff", 2, "\xff…", ".."},
		{"\xff\xff\xff", 3, "\xff\xff\xff", "\xff\xff\xff"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str text = str_of(rows[i].text);

		cr_expect(str_equal(escape_cut(&a, text, rows[i].width, false),
				  str_of(rows[i].cut)),
			"row %zu", i);
		cr_expect(str_equal(escape_cut(&a, text, rows[i].width, true),
				  str_of(rows[i].ascii)),
			"row %zu", i);
	}
	arena_free(&a);
}

static uint32_t hex_of(struct str digits)
{
	uint32_t value = 0;

	for (size_t i = 0; i < digits.len; i++)
		value = value * 16 +
			(uint32_t)(str_is_digit(digits.s[i])
					   ? digits.s[i] - '0'
					   : digits.s[i] - 'a' + 10);
	return value;
}

/* The value that an escaped text without other backslashes stands for. */
static struct str unescape(struct arena *a, struct str text)
{
	char *to = arena_alloc(a, text.len);
	size_t used = 0;

	while (text.len > 0) {
		size_t len = 1;

		if (text.s[0] != '\\') {
			to[used++] = text.s[0];
		} else if (text.s[1] == 'x') {
			len = 4;
			to[used++] = (char)hex_of(str_slice(text, 2, 2));
		} else {
			len = str_find(text, '}') + 1;
			used += codepoint_put(
				to + used, hex_of(str_slice(text, 3, len - 4)));
		}
		text = str_slice(text, len, text.len);
	}
	return (struct str) {to, used};
}

/* Property: what was printed can be read back, and printing it again changes
   nothing. */
Test(escape, random_bytes_are_read_back)
{
	struct rng rng = {3};

	for (int round = 0; round < 5000; round++) {
		struct arena a = {0};
		char bytes[24];
		struct str text = {bytes, rng_below(&rng, sizeof(bytes))};
		bool ascii = rng_chance(&rng, 500000);
		struct str got;

		for (size_t i = 0; i < text.len; i++) {
			bytes[i] = rng_chance(&rng, 200000)
					   ? '#'
					   : (char)rng_below(&rng, 256);
			if (bytes[i] == '\\')
				bytes[i] = '/';
		}
		got = escape_text(&a, text, ascii);
		cr_assert(str_equal(unescape(&a, got), text));
		cr_assert(escape_text(&a, got, ascii).s == got.s);
		arena_free(&a);
	}
}
