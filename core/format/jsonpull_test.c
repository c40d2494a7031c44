#include "format/jsonpull.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/arena.h"

/* The events of a text, one character each and values in angles; a fault as
   "!OFFSET expected EXPECTED". */
static struct str trace(struct arena *a, struct str text)
{
	static const char letters[] = ".?{[)nsdb0!";
	struct jsonpull pull = jsonpull_init(text);
	struct str out = STR("");
	enum json_event event;

	do {
		event = jsonpull_next(&pull);
		out = arena_print(a, "%.*s%c", STR_ARG(out), letters[event]);
		if (event == JSON_NAME || event == JSON_STRING ||
			event == JSON_NUMBER || event == JSON_BOOL)
			out = arena_print(a, "%.*s<%.*s>", STR_ARG(out),
				STR_ARG(pull.value));
		if (event == JSON_BAD)
			out = arena_print(a, "%.*s%zu expected %s",
				STR_ARG(out), pull.start, pull.expected);
	} while (event != JSON_END && event != JSON_BAD);
	return out;
}

Test(jsonpull, good_texts_give_their_events)
{
	static const struct {
		const char *text, *events;
	} rows[] = {
		{"1", "d<1>."},
		{" \t\r\n-0.5e+10 ", "d<-0.5e+10>."},
		{"\"\"", "s<>."},
		{"\"a\\\"b\"", "s<a\\\"b>."},
		{"true", "b<true>."},
		{"[false,null]", "[b<false>0)."},
		{"{}", "{)."},
		{"[]", "[)."},
		{"[ ]", "[)."},
		{"{ }", "{)."},
		{"[[],[]]", "[[)[))."},
		{"{\"a\":1}", "{n<a>d<1>)."},
		{"{\"a\":{\"b\":[1,2]},\"c\":\"d\"}",
			"{n<a>{n<b>[d<1>d<2>))n<c>s<d>)."},
		{"{ \"a\" : 1 , \"b\" : 2 }", "{n<a>d<1>n<b>d<2>)."},
		/* The text of a number stays as it is written. */
		{"[0.1,1e23,9223372036854775808,1.0,1E5,-0]",
			"[d<0.1>d<1e23>d<9223372036854775808>d<1.0>d<1E5>"
			"d<-0>)."},
		{"\"\\uD83D\\uDE00\\u0000\"", "s<\\uD83D\\uDE00\\u0000>."},
		{"\"\x7F\xC3\xA9\"", "s<\x7F\xC3\xA9>."},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_str_eq(trace(&a, str_of(rows[i].text)).s,
			rows[i].events, "row %zu", i);
	arena_free(&a);
}

Test(jsonpull, bad_texts_give_the_place_and_what_was_expected)
{
	static const struct {
		struct str text;
		const char *events;
	} rows[] = {
		{STR_INIT(""), "!0 expected a value"},
		{STR_INIT("  "), "!2 expected a value"},
		{STR_INIT("1 2"), "d<1>!2 expected the end"},
		{STR_INIT("{}}"), "{)!2 expected the end"},
		{STR_INIT("nul"), "!0 expected a value"},
		{STR_INIT("truex"), "b<true>!4 expected the end"},
		{STR_INIT("NaN"), "!0 expected a value"},
		{STR_INIT("+1"), "!0 expected a value"},
		{STR_INIT(".5"), "!0 expected a value"},
		{STR_INIT("\0"), "!0 expected a value"},
		{STR_INIT("01"), "!1 expected no digit after a leading zero"},
		{STR_INIT("-012"), "!2 expected no digit after a leading zero"},
		{STR_INIT("-"), "!1 expected a digit"},
		{STR_INIT("-x"), "!1 expected a digit"},
		{STR_INIT("1."), "!2 expected a digit"},
		{STR_INIT("1.e5"), "!2 expected a digit"},
		{STR_INIT("1e"), "!2 expected a digit"},
		{STR_INIT("1e+"), "!3 expected a digit"},
		{STR_INIT("[1,]"), "[d<1>!3 expected a value"},
		{STR_INIT("[1 2]"), "[d<1>!3 expected ',' or ']'"},
		{STR_INIT("[1}"), "[d<1>!2 expected ',' or ']'"},
		{STR_INIT("[}"), "[!1 expected a value or ']'"},
		{STR_INIT("[,1]"), "[!1 expected a value or ']'"},
		{STR_INIT("[1"), "[d<1>!2 expected ',' or ']'"},
		{STR_INIT("["), "[!1 expected a value or ']'"},
		{STR_INIT("{1:2}"), "{!1 expected a member name or '}'"},
		{STR_INIT("{\"a\":1,}"), "{n<a>d<1>!7 expected a member name"},
		{STR_INIT("{\"a\" 1}"), "{!5 expected ':'"},
		{STR_INIT("{\"a\":}"), "{n<a>!5 expected a value"},
		{STR_INIT("{\"a\":1]"), "{n<a>d<1>!6 expected ',' or '}'"},
		{STR_INIT("\"a"), "!2 expected the closing quote of a string"},
		{STR_INIT("\"a\nb\""),
			"!2 expected an escape for a control character"},
		{STR_INIT("\"a\tb\""),
			"!2 expected an escape for a control character"},
		{STR_INIT("\"a\0b\""),
			"!2 expected an escape for a control character"},
		{STR_INIT("\"\\x\""), "!2 expected one of \" \\ / b f n r t u "
				      "after a backslash"},
		{STR_INIT("\"\\"), "!2 expected one of \" \\ / b f n r t u "
				   "after a backslash"},
		{STR_INIT("\"\\u12G4\""),
			"!5 expected four hexadecimal digits after '\\u'"},
		{STR_INIT("\"\\u12"),
			"!5 expected four hexadecimal digits after '\\u'"},
		{STR_INIT("\"\\uDC00\""),
			"!1 expected a high surrogate before a low one"},
		{STR_INIT("\"\\uD800\""),
			"!7 expected a low surrogate after a high one"},
		{STR_INIT("\"\\uD800\\n\""),
			"!7 expected a low surrogate after a high one"},
		{STR_INIT("\"\\uD800\\uD800\""),
			"!7 expected a low surrogate after a high one"},
		{STR_INIT("\"\\uD800\\uZ\""),
			"!9 expected four hexadecimal digits after '\\u'"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_str_eq(trace(&a, rows[i].text).s, rows[i].events,
			"row %zu", i);
	arena_free(&a);
}

/* `n` opening brackets of the two kinds in turn, then the closing ones. */
static struct str nested(struct arena *a, size_t n)
{
	struct str text = STR("0");

	for (size_t i = 0; i < n; i++)
		text = i % 2 ? arena_print(a, "{\"a\":%.*s}", STR_ARG(text))
			     : arena_print(a, "[%.*s]", STR_ARG(text));
	return text;
}

Test(jsonpull, nesting_is_read_up_to_64_levels)
{
	struct arena a = {0};
	struct str deep = trace(&a, nested(&a, JSON_DEPTH));
	struct str deeper = trace(&a, nested(&a, JSON_DEPTH + 1));

	cr_expect(str_has_suffix(deep, STR(").")));
	cr_expect(str_has_suffix(
		deeper, STR("expected at most 64 levels of nesting")));
	arena_free(&a);
}

Test(jsonpull, items_can_be_passed_without_reading_them)
{
	struct str text = STR("[ {\"a\" 1} , 2 ] ");
	struct jsonpull pull = jsonpull_init(text);

	cr_assert_eq(jsonpull_next(&pull), JSON_OPEN_ARRAY);
	cr_assert_eq(jsonpull_item(&pull), JSON_ITEM);
	cr_assert_eq(pull.at, 2);
	jsonpull_jump(&pull, 10);
	cr_assert_eq(jsonpull_item(&pull), JSON_ITEM);
	cr_assert_eq(jsonpull_item(&pull), JSON_ITEM, "asking changes nothing");
	cr_assert_eq(jsonpull_next(&pull), JSON_NUMBER);
	cr_assert_eq(jsonpull_item(&pull), JSON_CLOSE);
	cr_assert_eq(jsonpull_next(&pull), JSON_END);
}

Test(jsonpull, skip_reads_over_one_value)
{
	struct jsonpull pull = jsonpull_init(
		STR("{\"a\":[1,{\"b\":[]}],\"c\":2,\"d\":[}"));

	cr_assert_eq(jsonpull_next(&pull), JSON_OPEN_OBJECT);
	cr_assert_eq(jsonpull_next(&pull), JSON_NAME);
	cr_assert(jsonpull_skip(&pull));
	cr_assert_eq(jsonpull_next(&pull), JSON_NAME);
	cr_assert(jsonpull_skip(&pull));
	cr_assert_eq(jsonpull_next(&pull), JSON_NAME);
	cr_assert_not(jsonpull_skip(&pull));
	cr_assert_eq(pull.start, 29);
}

Test(jsonpull, unescape_gives_the_text)
{
	static const struct {
		const char *value;
		struct str text;
	} rows[] = {
		{"", STR_INIT("")},
		{"plain", STR_INIT("plain")},
		{"\\\"\\\\\\/\\b\\f\\n\\r\\t", STR_INIT("\"\\/\b\f\n\r\t")},
		{"a\\u00e9b", STR_INIT("a\xC3\xA9"
				       "b")},
		{"\\u20AC", STR_INIT("\xE2\x82\xAC")},
		{"\\uD83D\\uDE00!", STR_INIT("\xF0\x9F\x98\x80!")},
		{"\\uDBFF\\uDFFF", STR_INIT("\xF4\x8F\xBF\xBF")},
		{"x\\u0000y", STR_INIT("x\0y")},
		{"\\\\u0041", STR_INIT("\\u0041")},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char out[32];
		size_t n = jsonpull_unescape(str_of(rows[i].value), out);

		cr_expect(str_equal((struct str) {out, n}, rows[i].text),
			"row %zu", i);
	}
}

Test(jsonpull, found_describes_what_stands_there)
{
	static const struct {
		struct str text;
		const char *found;
	} rows[] = {
		{STR_INIT(""), "the end"},
		{STR_INIT("\x07x"), "byte 0x07"},
		{STR_INIT("\0"), "byte 0x00"},
		{STR_INIT("\x7F"), "byte 0x7F"},
		{STR_INIT("nul, 1"), "'nul'"},
		{STR_INIT("\\uDC00\""), "'\\uDC00'"},
		{STR_INIT("{\"a\""), "'{'"},
		{STR_INIT("\xE2\x82\xAC"
			  "5"),
			"'\xE2\x82\xAC'"},
		{STR_INIT("abcdefghijklmnopqrstuvwxyz"),
			"'abcdefghijklmnopqrstuvwx'"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char buffer[40];
		struct str found = jsonpull_found(rows[i].text, 0, buffer);

		cr_expect(
			str_equal(found, str_of(rows[i].found)), "row %zu", i);
	}
}

Test(jsonpull, shown_texts_end_with_a_whole_character)
{
	static const char fill[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
				   "xxxxxxxxxxxxxxxxxxxxxxxx";
	static const struct {
		int fill;
		const char *tail;
		size_t shown;
	} rows[] = {
		{0, "", 0},
		{64, "", 64},
		{64, "y", 64},
		{62, "\xC3\xA9", 64},
		{63, "\xC3\xA9", 63},
		{60, "\xF0\x9F\x98\x80", 64},
		{61, "\xF0\x9F\x98\x80", 61},
		{63, "\xF0\x9F\x98\x80", 63},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str text = arena_print(
			&a, "%.*s%s", rows[i].fill, fill, rows[i].tail);

		cr_expect_eq(
			jsonpull_shown(text).len, rows[i].shown, "row %zu", i);
	}
	arena_free(&a);
}
