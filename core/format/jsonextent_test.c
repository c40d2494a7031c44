#include "format/jsonextent.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/arena.h"
#include "base/rng.h"
#include "format/jsonpull.h"

/* `n` opening brackets of the two kinds in turn, then the closing ones. */
static struct str nested(struct arena *a, size_t n)
{
	struct str text = STR("0");

	for (size_t i = 0; i < n; i++)
		text = i % 2 ? arena_print(a, "{\"a\":%.*s}", STR_ARG(text))
			     : arena_print(a, "[%.*s]", STR_ARG(text));
	return text;
}

Test(jsonextent, goes_by_brackets_and_quotes)
{
	static const struct {
		const char *text;
		size_t end;
	} rows[] = {
		{"{\"a\" 1}, 2", 7},
		{"[[},]", SIZE_MAX},
		{"[1}", SIZE_MAX},
		{"{\"a}\\\"}\": \"]\"} x", 14},
		{"\"a,\", 1", 4},
		{"nul, 1", 3},
		{"nul", 3},
		{"1]", 1},
		{"1}", 1},
		{"{\"a", SIZE_MAX},
		{"\"a\\", SIZE_MAX},
		{"{\"a\\\\\"}", 7},
		{"{\"a\\\\\\\"}", SIZE_MAX},
		{"{", SIZE_MAX},
		{"", 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_eq(jsonextent_end(str_of(rows[i].text), 0),
			rows[i].end, "row %zu", i);
}

Test(jsonextent, holds_beyond_64_levels)
{
	struct arena a = {0};

	for (size_t depth = 60; depth < 200; depth += 7) {
		struct str text = nested(&a, depth);
		char *broken = arena_array(&a, char, text.len);

		cr_expect_eq(
			jsonextent_end(text, 0), text.len, "depth %zu", depth);
		/* The innermost closing bracket becomes one of the other
		   kind. */
		memcpy(broken, text.s, text.len);
		broken[text.len - depth] ^= '[' ^ '{';
		cr_expect_eq(jsonextent_end((struct str) {broken, text.len}, 0),
			SIZE_MAX, "depth %zu", depth);
	}
	arena_free(&a);
}

/* A random JSON text of at most `depth` levels. */
static struct str random_json(struct arena *a, struct rng *rng, int depth)
{
	static const char *const leaves[] = {"1", "-0.5e3", "true", "null",
		"\"\"", "\"a]}\"", "\"\\\\\\\"\"", "\"\\uD83D\\uDE00\"",
		"\"{[\"", "\"\\\\\""};
	uint64_t kind = rng_below(rng, 3), n = rng_below(rng, 4);
	struct str text = STR("");

	if (depth == 0 || kind == 0)
		return str_of(leaves[rng_below(
			rng, sizeof(leaves) / sizeof(*leaves))]);
	for (uint64_t i = 0; i < n; i++) {
		struct str part = random_json(a, rng, depth - 1);

		text = arena_print(a, "%.*s%s%s%.*s", STR_ARG(text),
			i ? " , " : "",
			kind == 1 ? "" : "\"k\\\"]\" : ", STR_ARG(part));
	}
	return arena_print(a, kind == 1 ? "[%.*s]" : "{%.*s }", STR_ARG(text));
}

/* The end of the one value of a text, by the parser; 0 if it is bad. */
static size_t parser_end(struct str text)
{
	struct jsonpull pull = jsonpull_init(text);
	enum json_event event;

	do
		event = jsonpull_next(&pull);
	while (event != JSON_END && event != JSON_BAD);
	return event == JSON_END ? pull.at : 0;
}

/* Property: the extent of a value is where the parser comes to its end, and
   no prefix of an object or array has one. */
Test(jsonextent, agrees_with_the_parser)
{
	struct rng rng = {2};

	for (size_t round = 0; round < 2000; round++) {
		struct arena a = {0};
		struct str text = random_json(&a, &rng, 5);
		struct str more = arena_print(&a, "%.*s,1", STR_ARG(text));
		size_t cut = rng_below(&rng, text.len);

		cr_assert(parser_end(text) == text.len, "round %zu: %s", round,
			text.s);
		cr_assert_eq(jsonextent_end(more, 0), text.len, "round %zu: %s",
			round, text.s);
		if (text.s[0] == '[' || text.s[0] == '{')
			cr_assert(cut == 0 || jsonextent_end(
						      str_slice(text, 0, cut),
						      0) == SIZE_MAX,
				"round %zu: %s", round, text.s);
		arena_free(&a);
	}
}
