#include "format/sniff.h"

#include "base/arena.h"

#include <criterion/criterion.h>
#include <string.h>

Test(sniff, syntax_is_told_by_the_first_bytes)
{
	static const struct {
		const char *text;
		enum syntax want;
	} rows[] = {
		{"", SYNTAX_EMPTY},
		{" \t\r\n\n ", SYNTAX_EMPTY},
		{"a,b\n", SYNTAX_CSV},
		{"\"{\"\n", SYNTAX_CSV},
		{"x{\n", SYNTAX_CSV},
		/* one object a line */
		{"{}", SYNTAX_JSON_LINES},
		{"{\"a\": 1}", SYNTAX_JSON_LINES},
		{"\n  {\"a\": 1}\n", SYNTAX_JSON_LINES},
		{"{\"a\": {\"b\": \"}\"}} \t\r\n\r\n{\"a\"\n",
			SYNTAX_JSON_LINES},
		{"{\"a\": \"\\\"}\\\\\"}\n{}\n", SYNTAX_JSON_LINES},
		{"{\"a\": 1}\n  {\"a\": 2}\n", SYNTAX_JSON_LINES},
		/* what stands in later lines does not matter */
		{"{}\n[]\n", SYNTAX_JSON_LINES},
		{"{\"a\": 1}\nx\n", SYNTAX_JSON_LINES},
		{"{\"a\": 1}\r5", SYNTAX_JSON_LINES},
		/* one object over several lines, or no object */
		{"{\n\"a\": 1}\n", SYNTAX_JSON},
		{"{\"a\": {\n}}\n{}", SYNTAX_JSON},
		{"{", SYNTAX_JSON},
		{"{\"a", SYNTAX_JSON},
		{"{\"a\\", SYNTAX_JSON},
		{"{\"a\": \"}\n{", SYNTAX_JSON},
		{"{} {}\n", SYNTAX_JSON},
		{"{}}\n", SYNTAX_JSON},
		/* arrays, and what only looks like one */
		{"[]", SYNTAX_JSON},
		{"[{\"a\": 1}]", SYNTAX_JSON},
		{"\n[ \r\n\t{\n", SYNTAX_JSON},
		{"[\n]\n", SYNTAX_JSON},
		{"[", SYNTAX_CSV},
		{"[ ", SYNTAX_CSV},
		{"[2025-03-01T10:00:00.000Z] \"GET / HTTP/1.1\" 200\n",
			SYNTAX_CSV},
		{"[a],b\n", SYNTAX_CSV},
		{"[\"a\",b\n", SYNTAX_CSV},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(sniff_syntax(str_of(rows[i].text)) == rows[i].want,
			"row %zu", i);
}

Test(sniff, every_syntax_has_a_name)
{
	cr_expect_str_eq(sniff_name(SYNTAX_EMPTY), "empty");
	cr_expect_str_eq(sniff_name(SYNTAX_CSV), "csv");
	cr_expect_str_eq(sniff_name(SYNTAX_JSON_LINES), "json-lines");
	cr_expect_str_eq(sniff_name(SYNTAX_JSON), "json");
	cr_expect_str_eq(sniff_name(SYNTAX_LINES), "lines");
}

Test(sniff, delimiter_is_the_most_frequent_outside_quotes)
{
	static const struct {
		const char *text;
		char want;
	} rows[] = {
		{"", ','},
		{"\n\n", ','},
		{"alone\n1;2\n", ','},
		{"a,b\n", ','},
		{"a;b\n1,5;2\n", ';'},
		{"a\tb\tc,d\n", '\t'},
		{"a|b\r\n", '|'},
		{"a;b", ';'},
		/* inside quotes nothing counts, not even a line end */
		{"\"a,b,c\";d\n", ';'},
		{"\"a\n,,,\";b;c\n", ';'},
		{"\"x\"\",\"\",\"\",\"|\"y\"\n", '|'},
		/* only the first record counts, empty lines before it do not */
		{"\r\n\na;b\n,,,,,\n", ';'},
		{"a;b\r,,,,,\r", ';'},
		/* a tie is settled by the records that follow */
		{"a,b;c\n1,2;3\n4,5,6;7\n", ';'},
		{"a,b;c\n1;2\n", ';'},
		{"a,b;c|d\n1,2\n3,4;|\n", ','},
		{"a,b;c\n\n\"1;\",2\n", ','},
		{"a\tb|c\r\nx\ty\r\nx\ty\r\n", '\t'},
		/* a last record without a line end counts as well */
		{"a,b;c\n1,2", ','},
	};
	struct err err = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char got = 0;

		cr_expect(sniff_delimiter(str_of(rows[i].text), 1, &got, &err),
			"row %zu", i);
		cr_expect(got == rows[i].want, "row %zu", i);
	}
}

Test(sniff, a_line_before_the_header_may_say_the_separator)
{
	static const struct {
		const char *text;
		size_t len;
		char want;
	} rows[] = {
		{"sep=;\na;b\n", 6, ';'},
		{"sep=;\r\na;b\n", 7, ';'},
		{"sep=,\ra,b\r", 6, ','},
		{"sep=\t\na\tb\n", 6, '\t'},
		{"SEP=|\n\na|b\n", 6, '|'},
		{"sep=^\n", 6, '^'},
		/* a column that is named so */
		{"sep=;", 0, 0},
		{"sep=;x\n1\n", 0, 0},
		{"sep=\n1\n", 0, 0},
		{"sep=x\n1\n", 0, 0},
		{"sep=7\n1\n", 0, 0},
		{"sep=\"\n1\n", 0, 0},
		{"step=;\n", 0, 0},
		{"sep:;\n", 0, 0},
		{"", 0, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char got = 0;

		cr_expect(sniff_separator_line(str_of(rows[i].text), &got) ==
				  rows[i].len,
			"row %zu", i);
		cr_expect(got == rows[i].want, "row %zu", i);
	}
}

Test(sniff, a_tie_is_refused_with_both_names)
{
	static const struct {
		const char *text, *want;
		uint32_t line;
	} rows[] = {
		{"a,b;c\n",
			"comma and semicolon stand equally often (1) in the "
			"first record; declare 'delimiter:'",
			1},
		{"\n\r\na\tb|c\td|e\n1\t2|3\t4|5\n",
			"tab and bar stand equally often (2) in the first "
			"record; declare 'delimiter:'",
			3},
		/* neither is steady */
		{"a;b|c\n1;2;3\n4|5|6\n",
			"semicolon and bar stand equally often (1) in the "
			"first record; declare 'delimiter:'",
			1},
		/* the third one is ruled out */
		{"a,b;c|d\n1;2|3\n",
			"semicolon and bar stand equally often (1) in the "
			"first record; declare 'delimiter:'",
			1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct err err = {0};
		char got = 'x';

		cr_expect(!sniff_delimiter(str_of(rows[i].text), 7, &got, &err),
			"row %zu", i);
		cr_expect(err.kind == ERR_INPUT && got == 'x', "row %zu", i);
		cr_expect(err.loc.file == 7 && err.loc.line == rows[i].line &&
				  err.loc.col == 1,
			"row %zu", i);
		cr_expect_str_eq(err.text, rows[i].want, "row %zu", i);
	}
}

/* Writes `n` times `record` behind a header that ties. */
static struct str tied_text(
	struct arena *a, const char *record, size_t n, const char *last)
{
	size_t len = strlen(record);
	struct str text = {NULL, 6 + n * len + strlen(last)};
	char *s = arena_array(a, char, text.len);

	memcpy(s, "a,b;c\n", 6);
	for (size_t i = 0; i < n; i++)
		memcpy(s + 6 + i * len, record, len);
	memcpy(s + 6 + n * len, last, strlen(last));
	text.s = s;
	return text;
}

Test(sniff, a_hundred_records_and_a_window_are_looked_at)
{
	struct arena a = {0};
	struct err err = {0};
	char got = 0, wide[1000];

	cr_expect(sniff_delimiter(
		tied_text(&a, "1,2;3\n", 99, "1,2\n"), 1, &got, &err));
	cr_expect(got == ',');
	cr_expect(!sniff_delimiter(
		tied_text(&a, "1,2;3\n", 100, "1,2\n"), 1, &got, &err));
	/* The 66th record is cut by the end of the window, between the two. */
	memset(wide, ' ', sizeof(wide));
	memcpy(wide, "1,", 2);
	memcpy(wide + sizeof(wide) - 5, "2;3\n", 5);
	cr_expect(!sniff_delimiter(
		tied_text(&a, wide, 70, "1,2\n"), 1, &got, &err));
	arena_free(&a);
}
