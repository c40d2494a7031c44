#include "format/jsonwrite.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "base/rng.h"
#include "base/vec.h"
#include "format/jsonpull.h"

/* What was written. */
struct page {
	struct arena a;
	struct chars VEC(char) text;
};

static void append(void *ctx, struct str text)
{
	struct page *page = ctx;

	for (size_t i = 0; i < text.len; i++)
		vec_push(&page->a, &page->text, text.s[i]);
}

static struct json_writer writer(struct page *page)
{
	page->text.n = 0;
	return json_writer_init(append, page);
}

static void expect_page(struct page *page, struct str want)
{
	struct str text = {page->text.at, page->text.n};

	cr_expect(str_equal(text, want), "want:\n%.*s\nhave:\n%.*s",
		STR_ARG(want), STR_ARG(text));
}

Test(jsonwrite, members_are_indented_in_the_order_of_the_calls)
{
	struct page page = {0};
	struct json_writer json = writer(&page);

	json_begin_object(&json);
	json_name(&json, "schema");
	json_string(&json, STR("lineal-result/1"));
	json_name(&json, "rules");
	json_begin_array(&json);
	json_begin_object(&json);
	json_name(&json, "id");
	json_string(&json, STR("R-1"));
	json_name(&json, "waived");
	json_bool(&json, false);
	json_end_object(&json);
	json_int(&json, -1);
	json_end_array(&json);
	json_name(&json, "why");
	json_null(&json);
	json_end_object(&json);
	json_finish(&json);
	expect_page(&page, STR("{\n"
			       "  \"schema\": \"lineal-result/1\",\n"
			       "  \"rules\": [\n"
			       "    {\n"
			       "      \"id\": \"R-1\",\n"
			       "      \"waived\": false\n"
			       "    },\n"
			       "    -1\n"
			       "  ],\n"
			       "  \"why\": null\n"
			       "}\n"));
	cr_expect_not(json.lossy);
	arena_free(&page.a);
}

Test(jsonwrite, inline_containers_stand_on_one_line)
{
	struct page page = {0};
	struct json_writer json = writer(&page);

	json_begin_array(&json);
	json_inline(&json);
	json_begin_object(&json);
	json_name(&json, "a");
	json_count(&json, 1);
	json_name(&json, "b");
	json_begin_array(&json);
	json_bool(&json, true);
	json_count(&json, 2);
	json_end_array(&json);
	json_end_object(&json);
	json_begin_object(&json);
	json_name(&json, "c");
	json_count(&json, 3);
	json_end_object(&json);
	json_end_array(&json);
	json_finish(&json);
	expect_page(&page, STR("[\n"
			       "  {\"a\": 1, \"b\": [true, 2]},\n"
			       "  {\n"
			       "    \"c\": 3\n"
			       "  }\n"
			       "]\n"));
	arena_free(&page.a);
}

Test(jsonwrite, empty_containers_have_no_line_of_their_own)
{
	struct page page = {0};
	struct json_writer json = writer(&page);

	json_begin_object(&json);
	json_name(&json, "a");
	json_begin_object(&json);
	json_end_object(&json);
	json_name(&json, "b");
	json_inline(&json);
	json_begin_array(&json);
	json_end_array(&json);
	json_name(&json, "c");
	json_begin_array(&json);
	json_end_array(&json);
	json_end_object(&json);
	json_finish(&json);
	expect_page(&page, STR("{\n"
			       "  \"a\": {},\n"
			       "  \"b\": [],\n"
			       "  \"c\": []\n"
			       "}\n"));
	arena_free(&page.a);
}

Test(jsonwrite, a_bare_value_is_a_document)
{
	struct page page = {0};
	struct json_writer json = writer(&page);

	json_string(&json, STR("x"));
	json_finish(&json);
	expect_page(&page, STR("\"x\"\n"));
	arena_free(&page.a);
}

Test(jsonwrite, strings_are_escaped)
{
	static const struct {
		struct str text, want;
		bool lossy;
	} rows[] = {
		{STR_INIT(""), STR_INIT("\"\"\n"), false},
		{STR_INIT("\"\\/"), STR_INIT("\"\\\"\\\\/\"\n"), false},
		{STR_INIT("\b\f\n\r\t"), STR_INIT("\"\\b\\f\\n\\r\\t\"\n"),
			false},
		{STR_INIT("a\0b\x1F\x7F"),
			STR_INIT("\"a\\u0000b\\u001f\x7F\"\n"), false},
		{STR_INIT("</script>&"), STR_INIT("\"\\u003c/script>&\"\n"),
			false},
		{STR_INIT("\xE2\x80\xA8|\xE2\x80\xA9"),
			STR_INIT("\"\\u2028|\\u2029\"\n"), false},
		{STR_INIT("\xC3\xA9\xF0\x9F\x98\x80"),
			STR_INIT("\"\xC3\xA9\xF0\x9F\x98\x80\"\n"), false},
		{STR_INIT("\xEF\xBF\xBD"), STR_INIT("\"\xEF\xBF\xBD\"\n"),
			false},
		{STR_INIT("a\xFF"
			  "b"),
			STR_INIT("\"a\xEF\xBF\xBD"
				 "b\"\n"),
			true},
		/* One replacement for each maximal bad part. */
		{STR_INIT("\xE2\x82|\xC0\x80"),
			STR_INIT("\"\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\"\n"),
			true},
		/* Unicode 15, table 3-8. */
		{STR_INIT("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80"
			  "\xBF\x64"),
			STR_INIT("\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
				 "b\xEF\xBF\xBD"
				 "c\xEF\xBF\xBD\xEF\xBF\xBD"
				 "d\"\n"),
			true},
	};
	struct page page = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct json_writer json = writer(&page);

		json_string(&json, rows[i].text);
		json_finish(&json);
		expect_page(&page, rows[i].want);
		cr_expect_eq(json.lossy, rows[i].lossy, "row %zu", i);
	}
	arena_free(&page.a);
}

Test(jsonwrite, names_are_escaped_too)
{
	struct page page = {0};
	struct json_writer json = writer(&page);

	json_inline(&json);
	json_begin_object(&json);
	json_name(&json, "a\"<\n");
	json_null(&json);
	json_end_object(&json);
	json_finish(&json);
	expect_page(&page, STR("{\"a\\\"\\u003c\\n\": null}\n"));
	arena_free(&page.a);
}

Test(jsonwrite, integers_above_2_to_53_are_strings)
{
	static const struct {
		int64_t value;
		struct str want;
	} rows[] = {
		{0, STR_INIT("0\n")},
		{-42, STR_INIT("-42\n")},
		{9007199254740992, STR_INIT("9007199254740992\n")},
		{-9007199254740992, STR_INIT("-9007199254740992\n")},
		{9007199254740993, STR_INIT("\"9007199254740993\"\n")},
		{-9007199254740993, STR_INIT("\"-9007199254740993\"\n")},
		{INT64_MAX, STR_INIT("\"9223372036854775807\"\n")},
		{INT64_MIN, STR_INIT("\"-9223372036854775808\"\n")},
	};
	struct page page = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct json_writer json = writer(&page);

		json_int(&json, rows[i].value);
		json_finish(&json);
		expect_page(&page, rows[i].want);
		if (rows[i].value < 0)
			continue;
		json = writer(&page);
		json_count(&json, (uint64_t)rows[i].value);
		json_finish(&json);
		expect_page(&page, rows[i].want);
	}
	arena_free(&page.a);
}

Test(jsonwrite, counts_reach_2_to_64)
{
	struct page page = {0};
	struct json_writer json = writer(&page);

	json_count(&json, UINT64_MAX);
	json_finish(&json);
	expect_page(&page, STR("\"18446744073709551615\"\n"));
	arena_free(&page.a);
}

Test(jsonwrite, doubles_have_at_most_12_digits)
{
	static const struct {
		double value;
		struct str want;
	} rows[] = {
		{0.1, STR_INIT("0.1\n")},
		{-0.0, STR_INIT("0\n")},
		{2.0 / 3, STR_INIT("0.666666666667\n")},
		{1e23, STR_INIT("1e+23\n")},
		{NAN, STR_INIT("null\n")},
		{INFINITY, STR_INIT("null\n")},
		{-INFINITY, STR_INIT("null\n")},
	};
	struct page page = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct json_writer json = writer(&page);

		json_double(&json, rows[i].value);
		json_finish(&json);
		expect_page(&page, rows[i].want);
	}
	arena_free(&page.a);
}

static void open_arrays(unsigned n)
{
	struct page page = {0};
	struct json_writer json = writer(&page);

	for (unsigned i = 0; i < n; i++)
		json_begin_array(&json);
	for (unsigned i = 0; i < n; i++)
		json_end_array(&json);
	json_finish(&json);
	arena_free(&page.a);
}

Test(jsonwrite, nesting_of_32_levels_is_written)
{
	open_arrays(JSONWRITE_DEPTH);
}

Test(jsonwrite, deeper_nesting_is_a_bug, .signal = SIGABRT)
{
	open_arrays(JSONWRITE_DEPTH + 1);
}

Test(jsonwrite, a_value_without_a_name_is_a_bug, .signal = SIGABRT)
{
	struct page page = {0};
	struct json_writer json = writer(&page);

	json_begin_object(&json);
	json_null(&json);
}

Test(jsonwrite, an_unfinished_document_is_a_bug, .signal = SIGABRT)
{
	struct page page = {0};
	struct json_writer json = writer(&page);

	json_begin_object(&json);
	json_finish(&json);
}

/* Bytes that `text` has in common with a row of Unicode table 3-7, the most of
   all rows and at least 1; `*is_whole` if they are a character. */
static size_t common_part(struct str text, bool *is_whole)
{
	static const unsigned char rows[][8] = {
		{0x00, 0x7F},
		{0xC2, 0xDF, 0x80, 0xBF},
		{0xE0, 0xE0, 0xA0, 0xBF, 0x80, 0xBF},
		{0xE1, 0xEC, 0x80, 0xBF, 0x80, 0xBF},
		{0xED, 0xED, 0x80, 0x9F, 0x80, 0xBF},
		{0xEE, 0xEF, 0x80, 0xBF, 0x80, 0xBF},
		{0xF0, 0xF0, 0x90, 0xBF, 0x80, 0xBF, 0x80, 0xBF},
		{0xF1, 0xF3, 0x80, 0xBF, 0x80, 0xBF, 0x80, 0xBF},
		{0xF4, 0xF4, 0x80, 0x8F, 0x80, 0xBF, 0x80, 0xBF},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t n = 0;

		while (n < 4 && n < text.len && rows[i][2 * n + 1] != 0 &&
			(unsigned char)text.s[n] >= rows[i][2 * n] &&
			(unsigned char)text.s[n] <= rows[i][2 * n + 1])
			n++;
		*is_whole = n > 0 && (n == 4 || rows[i][2 * n + 1] == 0);
		if (n > 0)
			return n;
	}
	*is_whole = false;
	return 1;
}

/* `text` with every maximal bad part as U+FFFD. */
static struct str repaired(struct arena *a, struct str text)
{
	struct str out = STR("");

	while (text.len) {
		bool is_whole;
		size_t n = common_part(text, &is_whole);
		char *joined = arena_array(a, char, out.len + 4);

		memcpy(joined, out.s, out.len);
		memcpy(joined + out.len, is_whole ? text.s : "\xEF\xBF\xBD",
			is_whole ? n : 3);
		out = (struct str) {joined, out.len + (is_whole ? n : 3)};
		text = str_slice(text, n, text.len);
	}
	return out;
}

/* Property: a string that is printed and parsed is the same again, but for
   bytes that are not UTF-8. */
Test(jsonwrite, parse_of_printed_is_the_same)
{
	/* The ends of the ranges of Unicode table 3-7, and what is escaped. */
	static const unsigned char telling[] = {0x00, 0x0A, 0x1F, 0x20, '"',
		'\\', '<', 'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xA8, 0xBF,
		0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xE2, 0xEC, 0xED, 0xEE,
		0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
	struct rng rng = {3};
	struct page page = {0};

	for (size_t round = 0; round < 20000; round++) {
		char bytes[24];
		struct str text = {bytes, rng_below(&rng, sizeof(bytes))}, back;
		struct json_writer json = writer(&page);
		struct arena a = {0};
		struct jsonpull pull;
		char *out;

		for (size_t i = 0; i < text.len; i++)
			bytes[i] =
				(char)telling[rng_below(&rng, sizeof(telling))];
		json_string(&json, text);
		json_finish(&json);
		pull = jsonpull_init((struct str) {page.text.at, page.text.n});
		cr_assert_eq(
			jsonpull_next(&pull), JSON_STRING, "round %zu", round);
		out = arena_array(&a, char, pull.value.len);
		back = (struct str) {out, jsonpull_unescape(pull.value, out)};
		cr_assert(str_equal(back, repaired(&a, text)), "round %zu",
			round);
		cr_assert_eq(
			json.lossy, !str_equal(back, text), "round %zu", round);
		cr_assert_eq(
			jsonpull_next(&pull), JSON_END, "round %zu", round);
		arena_free(&a);
	}
	arena_free(&page.a);
}
