#include "format/yamltree.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/rng.h"

/* A tree in flow style: quoted scalars in "...", block scalars in |...|, `!`
   behind what is partial. Depth is at most YAML_DEPTH. */
static struct str print(struct arena *a, const struct yaml_node *node)
{
	struct str out = STR("");
	const char *quote = node->quoted ? "\"" : node->block ? "|" : "";

	if (node->kind == YAML_SCALAR)
		return arena_print(
			a, "%s%.*s%s", quote, STR_ARG(node->text), quote);
	for (uint32_t i = 0; i < node->n; i++) {
		bool is_map = node->kind == YAML_MAP;
		struct str value = print(
			a, is_map ? node->members[i].value : node->items[i]);

		if (is_map)
			value = arena_print(a, "%.*s: %.*s",
				STR_ARG(node->members[i].key), STR_ARG(value));
		out = arena_print(a, "%.*s%s%.*s", STR_ARG(out), i ? ", " : "",
			STR_ARG(value));
	}
	return arena_print(a, node->kind == YAML_MAP ? "{%.*s}%s" : "[%.*s]%s",
		STR_ARG(out), node->partial ? "!" : "");
}

/* Complaints by place as "LINE:COL+SPAN code sentence; help" lines. */
static struct str complaints(struct arena *a, struct diag *diag)
{
	struct str out = STR("");

	diag_sort(diag);
	for (size_t i = 0; i < diag->items.n; i++) {
		const struct diag_item *item = &diag->items.at[i];

		cr_expect_eq(item->loc.file, 3);
		out = arena_print(a, "%.*s%u:%u+%u %s %.*s%s%.*s\n",
			STR_ARG(out), item->loc.line, item->loc.col,
			item->span ? item->span : 1, diag_name(item->code),
			STR_ARG(item->text), item->help.len ? "; " : "",
			STR_ARG(item->help));
	}
	return out;
}

/* The complaints about a text, then the tree or "none". */
static const char *parse(struct arena *a, struct str text)
{
	struct diag diag = {0};
	const struct yaml_node *root = yaml_parse(a, text, 3, &diag);
	struct str tree = root ? print(a, root) : STR("none");
	struct str all = arena_print(
		a, "%.*s%.*s", STR_ARG(complaints(a, &diag)), STR_ARG(tree));

	cr_expect(root || diag.items.n > 0);
	diag_free(&diag);
	return all.s;
}

struct row {
	const char *text, *want;
};

static void expect_rows(const struct row *rows, size_t n)
{
	struct arena a = {0};

	for (size_t i = 0; i < n; i++)
		cr_expect_str_eq(parse(&a, str_of(rows[i].text)), rows[i].want,
			"row %zu: %s", i, parse(&a, str_of(rows[i].text)));
	arena_free(&a);
}

#define EXPECT(rows) expect_rows(rows, sizeof(rows) / sizeof(*(rows)))

Test(yamltree, the_subset_is_read)
{
	static const struct row rows[] = {
		{"a: 1\nb: [x, y]\nc: {d: e}\n",
			"{a: 1, b: [x, y], c: {d: e}}"},
		{"- a\n- b: c\n  d: e\n-\n  - f\n", "[a, {b: c, d: e}, [f]]"},
		{"a:\n- b\n- c\n", "{a: [b, c]}"},
		{"---\na: b\n...\n", "{a: b}"},
		{"\xEF\xBB\xBF"
		 "a: b\n",
			"{a: b}"},
		{"a:\r\n  b: c\r\n", "{a: {b: c}}"},
		{"# note\na: b # note ?\n# ? note\nc: d\n", "{a: b, c: d}"},
		{"{a: 1, b: [2, 3], }", "{a: 1, b: [2, 3]}"},
		{"[a: b, {c: d}]", "[{a: b}, {c: d}]"},
		{"{}", "{}"},
		{"[]", "[]"},
		{"word", "word"},
		{"a:\tb", "{a: b}"},
		{"\xC3\xA9: \xE2\x82\xAC", "{\xC3\xA9: \xE2\x82\xAC}"},
	};

	EXPECT(rows);
}

/* Every scalar is text until the schema types it. */
Test(yamltree, scalars_have_no_meaning_of_their_own)
{
	static const struct row rows[] = {
		{"[no, 1e3, 010, 2026-01-05, ~, null, true, 0x1F]",
			"[no, 1e3, 010, 2026-01-05, ~, null, true, 0x1F]"},
		{"a: 'no'\nb: \"x\\ty\\u00e9\"\nc: 'it''s'\nd: \"\"\n",
			"{a: \"no\", b: \"x\ty\xC3\xA9\", c: \"it's\", "
			"d: \"\"}"},
		{"a: \"x\n  y\"\n", "{a: \"x y\"}"},
		{"a: \"x\\\n  y\"\n", "{a: \"xy\"}"},
		{"a: b ? c & d * e ! f | g > h % i @ j\n",
			"{a: b ? c & d * e ! f | g > h % i @ j}"},
		{"a?: b\n\"?\": c\n\"<<\": d\n", "{a?: b, ?: c, <<: d}"},
		{"a: \"\\x07\\u202e\\L\"\n",
			"{a: \"\x07\xE2\x80\xAE\xE2\x80\xA8\"}"},
	};

	EXPECT(rows);
}

Test(yamltree, block_scalars_are_for_longer_texts)
{
	static const struct row rows[] = {
		{"title: >\n  a\n  b\nwhy: |\n  c\n  d\nfix: |-\n  e\n"
		 "reason: >-\n  f\nbecause: |\n  g\n",
			"{title: |a b\n|, why: |c\nd\n|, fix: |e|, "
			"reason: |f|, because: |g\n|}"},
		{"- {}\n- why: |\n    a\n", "[{}, {why: |a\n|}]"},
		{"where: |\n  a\nb: c\n",
			"1:8+1 yaml-subset a block scalar ('|' or '>') is not "
			"allowed; only title, why, fix, reason and because "
			"may have one; put the text into quotes\n"
			"{b: c}!"},
		{"- >\n  a\n",
			"1:3+1 yaml-subset a block scalar ('|' or '>') is not "
			"allowed; only title, why, fix, reason and because "
			"may have one; put the text into quotes\n"
			"[]!"},
		{"why: [a]\nwhy: |\n  b\n",
			"2:1+3 duplicate-key \"why\" is given twice, first in "
			"line 1\n"
			"{why: [a]}!"},
	};

	EXPECT(rows);
}

Test(yamltree, what_is_refused_is_named_with_its_place)
{
	static const struct row rows[] = {
		{"a: &x b\nc: *x\n",
			"1:4+1 yaml-subset anchor '&x' is not allowed; write "
			"the value again where it is needed\n"
			"2:4+1 yaml-subset alias '*x' is not allowed; write "
			"the value again where it is needed\n"
			"{a: b}!"},
		{"a: &x [b]\n*x : d\n- e\n",
			"1:4+1 yaml-subset anchor '&x' is not allowed; write "
			"the value again where it is needed\n"
			"2:1+1 yaml-subset alias '*x' is not allowed; write "
			"the value again where it is needed\n"
			"3:1+1 yaml-syntax did not find expected key while "
			"parsing a block mapping that begins at 1:1\n"
			"none"},
		{"a: !t b\nc: !!str d\ne: ! {}\n",
			"1:4+1 yaml-subset tag '!t' is not allowed; leave it "
			"out: the key says what the value is\n"
			"2:4+1 yaml-subset tag 'tag:yaml.org,2002:str' is not "
			"allowed; leave it out: the key says what the value "
			"is\n"
			"3:4+1 yaml-subset tag '!' is not allowed; leave it "
			"out: the key says what the value is\n"
			"{a: b, c: d, e: {}}"},
		{"<<: {a: b}\nc: d\n",
			"1:1+2 yaml-subset a merge key '<<' is not allowed; "
			"write the keys again where they are needed\n"
			"{c: d}!"},
		{"%YAML 1.1\n---\na: b\n",
			"1:1+1 yaml-subset a directive '%' is not allowed\n"
			"{a: b}"},
		{"%TAG ! tag:x,2000:\n---\na: b\n",
			"1:1+1 yaml-subset a directive '%' is not allowed\n"
			"{a: b}"},
		{"a: b\n---\nc: d\n",
			"2:1+1 yaml-subset a second document is not allowed; "
			"put it into a file of its own\n"
			"none"},
		{"? a\n: b\n# ?\n? c\n",
			"1:3+1 yaml-subset a key behind '?' is not allowed; "
			"write it as KEY: VALUE\n"
			"4:3+1 yaml-subset a key behind '?' is not allowed; "
			"write it as KEY: VALUE\n"
			"4:3+1 empty-value \"c\" has no value; write \"\" for "
			"the empty text\n"
			"{a: b}!"},
		{"[{a: b, ? c : d}, ? e : f]",
			"1:11+1 yaml-subset a key behind '?' is not allowed; "
			"write it as KEY: VALUE\n"
			"1:21+1 yaml-subset a key behind '?' is not allowed; "
			"write it as KEY: VALUE\n"
			"[{a: b, c: d}, {e: f}]"},
		{"title: a b\n  c\nd: e\n",
			"1:8+3 yaml-subset a plain scalar over several lines "
			"is not allowed; put the text into quotes\n"
			"{d: e}!"},
		{"[a]: b\n{c: d}: e\nf: g\n",
			"1:1+1 yaml-subset expected a scalar as a key, found "
			"a list\n"
			"2:1+1 yaml-subset expected a scalar as a key, found "
			"a map\n"
			"{f: g}!"},
		{"a: \"x\\0y\"\n\"b\\0\": c\nd: e\n",
			"1:4+6 yaml-subset a scalar with a NUL character is "
			"not allowed\n"
			"2:1+5 yaml-subset a scalar with a NUL character is "
			"not allowed\n"
			"{d: e}!"},
	};

	EXPECT(rows);
}

Test(yamltree, empty_values_are_refused)
{
	static const struct row rows[] = {
		{"", "1:1+1 empty-value the file is empty\nnone"},
		{"# only a note\n",
			"1:1+1 empty-value the file is empty\nnone"},
		{"---\n", "2:1+1 empty-value a value is empty\nnone"},
		{"a:\nbc:\n  d:\n",
			"1:1+1 empty-value \"a\" has no value; write \"\" for "
			"the empty text\n"
			"3:3+1 empty-value \"d\" has no value; write \"\" for "
			"the empty text\n"
			"{bc: {}!}!"},
		{"{a, b: , c: d}",
			"1:2+1 empty-value \"a\" has no value; write \"\" for "
			"the empty text\n"
			"1:5+1 empty-value \"b\" has no value; write \"\" for "
			"the empty text\n"
			"{c: d}!"},
		{"- a\n-\n- b\n", "2:2+1 empty-value a value is empty\n"
				  "[a, b]!"},
		{"?\n: a\n",
			"1:2+1 yaml-subset a key behind '?' is not allowed; "
			"write it as KEY: VALUE\n"
			"1:2+1 empty-value a key is empty\n"
			"{}!"},
	};

	EXPECT(rows);
}

Test(yamltree, keys_given_twice_are_refused)
{
	static const struct row rows[] = {
		{"a: 1\nb: 2\n\"a\": 3\n{}: 4\na: {a: 5, a: 6}\n",
			"3:1+3 duplicate-key \"a\" is given twice, first in "
			"line 1\n"
			"4:1+1 yaml-subset expected a scalar as a key, found "
			"a map\n"
			"5:1+1 duplicate-key \"a\" is given twice, first in "
			"line 1\n"
			"5:11+1 duplicate-key \"a\" is given twice, first in "
			"line 5\n"
			"{a: 1, b: 2}!"},
		{"a: {a: 1}\nb: [{a: 2}, {a: 3}]\n",
			"{a: {a: 1}, b: [{a: 2}, {a: 3}]}"},
		{"a: 1\nA: 2\na_b: 3\na-b: 4\n",
			"{a: 1, A: 2, a_b: 3, a-b: 4}"},
	};

	EXPECT(rows);
}

Test(yamltree, bad_syntax_has_place_and_advice)
{
	static const struct row rows[] = {
		{"a:\n\tb: c\n",
			"2:1+1 yaml-syntax found character that cannot start "
			"any token; indent with blanks, not with tabs\n"
			"none"},
		{"a: b: c\n",
			"1:5+1 yaml-syntax mapping values are not allowed in "
			"this context; put a text that holds ': ' into "
			"quotes\n"
			"none"},
		{"\xC3\xA9: @b\n",
			"1:4+1 yaml-syntax found character that cannot start "
			"any token; put a text that begins with this "
			"character into quotes\n"
			"none"},
		{"a: 1\nb: \"x\n",
			"3:1+1 yaml-syntax found unexpected end of stream "
			"while scanning a quoted scalar that begins at 2:4\n"
			"none"},
		{"a: [1, 2\nb: 3\n",
			"1:8+1 yaml-subset a plain scalar over several lines "
			"is not allowed; put the text into quotes\n"
			"2:2+1 yaml-syntax did not find expected ',' or ']' "
			"while parsing a flow sequence that begins at 1:4; "
			"put a text that holds ': ' into quotes\n"
			"none"},
		{"a: b\na: c\n- d\n",
			"2:1+1 duplicate-key \"a\" is given twice, first in "
			"line 1\n"
			"3:1+1 yaml-syntax did not find expected key while "
			"parsing a block mapping that begins at 1:1\n"
			"none"},
		/* libyaml reports these at 1:1. */
		{"a: b\n\xC3\xA9: x\xEF\xBF\xBE\n",
			"2:5+1 yaml-subset control characters are not allowed "
			"(U+FFFE)\n"
			"none"},
		{"a: \xE2\x80\xAE\n",
			"1:4+1 yaml-subset bidirectional control character "
			"U+202E is not allowed\n"
			"none"},
		{"a: b\nc: \xE9\n", "2:4+1 not-utf8 byte 0xE9 is not UTF-8\n"
				    "none"},
	};

	EXPECT(rows);
}

static void expect_mark(const struct yaml_node *node, uint32_t line,
	uint32_t col, uint32_t span)
{
	cr_assert_not_null(node);
	cr_expect(node->loc.file == 3 && node->loc.line == line &&
			  node->loc.col == col && node->span == span,
		"%u:%u+%u", node->loc.line, node->loc.col, node->span);
}

Test(yamltree, nodes_know_their_place_in_code_points)
{
	struct arena a = {0};
	struct diag diag = {0};
	const struct yaml_node *root = yaml_parse(&a,
		STR("\xEF\xBB\xBF\xC3\xA9\xC3\xA9: \"\xE2\x82\xAC\\u20ac\"\n"
		    "l: [ab, {c: d}]\r\n"
		    "why: |- # note\n"
		    "  text\n"
		    "q: \"one\n"
		    "  two\"\n"
		    "e: ''\n"),
		3, &diag);

	cr_assert_not_null(root);
	cr_expect_eq(diag.items.n, 0);
	expect_mark(root, 1, 1, 1);
	cr_expect(root->members[0].key_loc.line == 1 &&
		  root->members[0].key_loc.col == 1 &&
		  root->members[0].key_span == 2);
	expect_mark(root->members[0].value, 1, 5, 9);
	expect_mark(yaml_get(root, STR("l")), 2, 4, 1);
	expect_mark(yaml_get(root, STR("l"))->items[0], 2, 5, 2);
	expect_mark(yaml_get(root, STR("l"))->items[1], 2, 9, 1);
	expect_mark(yaml_get(root, STR("why")), 3, 6, 1);
	expect_mark(yaml_get(root, STR("q")), 5, 4, 4);
	expect_mark(yaml_get(root, STR("e")), 7, 4, 2);
	diag_free(&diag);
	arena_free(&a);
}

Test(yamltree, get_finds_members_by_name)
{
	struct arena a = {0};
	struct diag diag = {0};
	const struct yaml_node *root = yaml_parse(
		&a, STR("{a: 1, b: [2]}"), 3, &diag);

	cr_assert_not_null(root);
	cr_expect(str_equal(yaml_get(root, STR("a"))->text, STR("1")));
	cr_expect_null(yaml_get(root, STR("c")));
	cr_expect_null(yaml_get(yaml_get(root, STR("a")), STR("a")));
	cr_expect_null(yaml_get(yaml_get(root, STR("b")), STR("2")));
	diag_free(&diag);
	arena_free(&a);
}

/* `n` bytes of `fill` between `head` and `tail`. */
static struct str padded(struct arena *a, const char *head, size_t n, char fill,
	const char *tail)
{
	char *pad = arena_array(a, char, n);

	memset(pad, fill, n);
	return arena_print(a, "%s%.*s%s", head, (int)n, pad, tail);
}

Test(yamltree, limits_are_errors)
{
	struct arena a = {0};

	cr_expect_str_eq(
		parse(&a, padded(&a, "a: b\n#", YAML_FILE_BYTES - 6, 'x', "")),
		"{a: b}");
	cr_expect_str_eq(
		parse(&a, padded(&a, "a: b\n#", YAML_FILE_BYTES - 5, 'x', "")),
		"0:0+1 too-large a file of 1048577 bytes; at most 1048576 are "
		"allowed\nnone");
	cr_expect(str_has_suffix(
		str_of(parse(&a, padded(&a, "a: '", 4096, 'x', "'\nb: c\n"))),
		STR("xx\", b: c}")));
	cr_expect_str_eq(parse(&a, padded(&a, "a: '", 4097, 'x', "'\nb: c\n")),
		"1:4+1 too-large a scalar of 4097 bytes; at most 4096 are "
		"allowed\n{b: c}!");
	cr_expect_str_eq(parse(&a, arena_print(&a, "%s1%s", "[[[[[[[[[[[[[[[[",
					   "]]]]]]]]]]]]]]]]")),
		"[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]");
	cr_expect_str_eq(parse(&a, padded(&a, "a: ", 100000, '[', "")),
		"1:19+1 too-many nesting of more than 16 levels\nnone");
	arena_free(&a);
}

/* `n` times `item`. */
static struct str repeated(struct arena *a, size_t n, struct str item)
{
	char *text = arena_array(a, char, n *item.len + 1);

	for (size_t i = 0; i < n; i++)
		memcpy(text + i * item.len, item.s, item.len);
	return (struct str) {text, n * item.len};
}

Test(yamltree, many_nodes_are_an_error)
{
	struct arena a = {0};
	struct str row = arena_print(
		&a, "- [%.*s]\n", STR_ARG(repeated(&a, 9999, STR("a,"))));

	/* 1 list, and 10,000 nodes a row. */
	cr_expect(str_has_prefix(
		str_of(parse(&a, repeated(&a, 19, row))), STR("[[a, ")));
	cr_expect_str_eq(parse(&a, repeated(&a, 20, row)),
		"20:20000+1 too-many a file of more than 200000 nodes\nnone");
	arena_free(&a);
}

Test(yamltree, many_errors_are_counted_and_the_first_20_kept)
{
	struct arena a = {0};
	struct diag diag = {0};
	const struct yaml_node *root = yaml_parse(
		&a, repeated(&a, 100, STR("- &x a\n")), 3, &diag);

	cr_assert_not_null(root);
	cr_expect_eq(root->n, 100);
	cr_expect_eq(diag_count(&diag, DIAG_YAML_SUBSET), 100);
	cr_expect_eq(diag.items.n, DIAG_KEEP);
	diag_free(&diag);
	arena_free(&a);
}

/* A random tree as YAML text, in flow style on lines of its own, and as
   print() shows it. */
static struct str random_yaml(
	struct arena *a, struct rng *rng, int depth, struct str *shown)
{
	static const struct {
		const char *yaml, *shown;
	} leaves[] = {
		{"word", "word"},
		{"two words", "two words"},
		{"\"a, ]}: #\"", "\"a, ]}: #\""},
		{"'it''s'", "\"it's\""},
		{"\"\"", "\"\""},
		{"\"\\u20ac \\\"\"", "\"\xE2\x82\xAC \"\""},
		{"2026-01-05", "2026-01-05"},
		{"\xC3\xA9", "\xC3\xA9"},
	};
	uint64_t kind = rng_below(rng, 3), n = rng_below(rng, 4);
	size_t leaf = rng_below(rng, sizeof(leaves) / sizeof(*leaves));
	struct str text = STR("");

	if (depth == 0 || kind == 0) {
		*shown = str_of(leaves[leaf].shown);
		return str_of(leaves[leaf].yaml);
	}
	*shown = STR("");
	for (unsigned i = 0; i < n; i++) {
		struct str inner;
		struct str value = random_yaml(a, rng, depth - 1, &inner);
		struct str name = kind == 1 ? STR("")
					    : arena_print(a, "k%u: ", i);

		text = arena_print(a, "%.*s%s%.*s%.*s", STR_ARG(text),
			i ? rng_chance(rng, 300000) ? ", # ? note\n  " : ", "
			  : "",
			STR_ARG(name), STR_ARG(value));
		*shown = arena_print(a, "%.*s%s%.*s%.*s", STR_ARG(*shown),
			i ? ", " : "", STR_ARG(name), STR_ARG(inner));
	}
	*shown = arena_print(
		a, kind == 1 ? "[%.*s]" : "{%.*s}", STR_ARG(*shown));
	return arena_print(a, kind == 1 ? "[%.*s]" : "{%.*s}", STR_ARG(text));
}

/* Property: what is read is what was made. */
Test(yamltree, reads_random_trees)
{
	struct rng rng = {7};

	for (size_t round = 0; round < 1000; round++) {
		struct arena a = {0};
		struct str shown;
		struct str text = random_yaml(&a, &rng, 6, &shown);

		cr_assert_str_eq(parse(&a, text), shown.s, "round %zu", round);
		arena_free(&a);
	}
}
