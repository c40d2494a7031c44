#include "format/yamlread.h"

#include <criterion/criterion.h>
#include <stddef.h>

struct thing {
	struct str name;
	int64_t age;
	bool loud;
	size_t colour;
	uint32_t n_tags;
	unsigned calls;
	struct str order; /* the keys as they were read */
};

static const struct str colours[] = {
	STR_INIT("red"), STR_INIT("green"), STR_INIT("blue")};

static void note(void *into, const struct yaml_key *key)
{
	struct thing *thing = into;

	thing->order = key->name;
	thing->calls++;
}

static void read_text(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)diag;
	note(into, key);
	*(struct str *)((char *)into + key->offset) = value->text;
}

static void read_age(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	note(into, key);
	yaml_integer(value, 0, 150, &((struct thing *)into)->age, diag);
}

static void read_loud(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	note(into, key);
	yaml_bool(value, &((struct thing *)into)->loud, diag);
}

static void read_colour(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	note(into, key);
	yaml_choice(value, colours, 3, &((struct thing *)into)->colour, diag);
}

static void read_tags(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)diag;
	note(into, key);
	yaml_items(&value, &((struct thing *)into)->n_tags);
}

static const struct yaml_key keys[] = {
	{STR_INIT("name"), true, YAML_TEXT, read_text,
		offsetof(struct thing, name)},
	{STR_INIT("age"), false, YAML_ANY, read_age, 0},
	{STR_INIT("loud"), false, YAML_ANY, read_loud, 0},
	{STR_INIT("colour"), false, YAML_ANY, read_colour, 0},
	{STR_INIT("tags"), false, YAML_TEXTS, read_tags, 0},
	{STR_INIT("many_parts"), false, YAML_LIST_ONLY, read_tags, 0},
	{STR_INIT("must_be_followed_by"), false, YAML_MAP_ONLY, NULL, 0},
};

#define N_KEYS (sizeof(keys) / sizeof(*keys))

/* Reads a text as one thing; complaints as "LINE:COL+SPAN code sentence; help"
   lines. */
static struct str read(
	struct arena *a, struct str text, bool fold, struct thing *thing)
{
	struct diag diag = {0};
	const struct yaml_node *root = yaml_parse(a, text, 3, &diag);
	struct str out = STR("");

	*thing = (struct thing) {0};
	cr_assert_not_null(root);
	yaml_read_map(root, keys, N_KEYS, fold, "a thing", thing, &diag);
	diag_sort(&diag);
	for (size_t i = 0; i < diag.items.n; i++) {
		const struct diag_item *item = &diag.items.at[i];

		out = arena_print(a, "%.*s%u:%u+%u %s %.*s%s%.*s\n",
			STR_ARG(out), item->loc.line, item->loc.col, item->span,
			diag_name(item->code), STR_ARG(item->text),
			item->help.len ? "; " : "", STR_ARG(item->help));
	}
	diag_free(&diag);
	return out;
}

Test(yamlread, a_map_fills_a_structure)
{
	struct arena a = {0};
	struct thing thing;

	cr_expect_eq(read(&a,
			     STR("tags: [x, y]\nloud: true\nname: Ana\n"
				 "age: 42\ncolour: blue\n"
				 "must_be_followed_by: {}\n"),
			     false, &thing)
			     .len,
		0);
	cr_expect(str_equal(thing.name, STR("Ana")));
	cr_expect_eq(thing.age, 42);
	cr_expect(thing.loud);
	cr_expect_eq(thing.colour, 2);
	cr_expect_eq(thing.n_tags, 2);
	cr_expect_eq(thing.calls, 5);
	cr_expect(str_equal(thing.order, STR("colour")),
		"in the order of the file");
	arena_free(&a);
}

Test(yamlread, a_single_value_counts_as_a_list)
{
	static const struct {
		const char *text;
		uint32_t n;
	} rows[] = {
		{"{name: x, tags: y}", 1},
		{"{name: x, tags: []}", 0},
		{"{name: x, tags: [y, z]}", 2},
		{"{name: x, many_parts: y}", 1},
		{"{name: x, many_parts: {y: z}}", 1},
		{"{name: x, many_parts: [{y: z}, w]}", 2},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct thing thing;
		struct str text = str_of(rows[i].text);

		cr_expect_eq(
			read(&a, text, false, &thing).len, 0, "row %zu", i);
		cr_expect_eq(thing.n_tags, rows[i].n, "row %zu", i);
	}
	arena_free(&a);
}

Test(yamlread, what_does_not_fit_is_a_complaint)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{"[a]", "1:1+1 wrong-type expected a map for a thing, found a "
			"list\n"},
		{"word", "1:1+4 wrong-type expected a map for a thing, found "
			 "a text\n"},
		{"{}", "1:1+1 missing-key a thing lacks the key \"name\"\n"},
		{"name: x\nnam: y\n",
			"2:1+3 unknown-key \"nam\" is not a key of a thing; "
			"did you mean \"name\"?\n"},
		{"name: x\nzebra: y\n",
			"2:1+5 unknown-key \"zebra\" is not a key of a "
			"thing\n"},
		{"name: [x]\n",
			"1:7+1 wrong-type expected a text for \"name\", found "
			"a list\n"},
		{"name: x\ntags: [a, {b: c}, [d]]\n",
			"2:11+1 wrong-type expected texts for \"tags\", found "
			"a map\n"
			"2:19+1 wrong-type expected texts for \"tags\", found "
			"a list\n"},
		{"name: x\nmust_be_followed_by: y\n",
			"2:22+1 wrong-type expected a map for "
			"\"must_be_followed_by\", found a text\n"},
		{"name: x\nage: ten\n",
			"2:6+3 bad-number expected a whole number from 0 to "
			"150, found 'ten'\n"},
		{"name: x\nage: 151\n",
			"2:6+3 bad-number expected a whole number from 0 to "
			"150, found '151'\n"},
		{"name: x\nage: -1\n",
			"2:6+2 bad-number expected a whole number from 0 to "
			"150, found '-1'\n"},
		{"name: x\nage: [1]\n",
			"2:6+1 wrong-type expected a whole number, found a "
			"list\n"},
		{"name: x\nloud: yes\n",
			"2:7+3 unknown-value expected true or false, found "
			"'yes'\n"},
		{"name: x\nloud: {}\n",
			"2:7+1 wrong-type expected true or false, found a "
			"map\n"},
		{"name: x\ncolour: gren\n",
			"2:9+4 unknown-value expected one of red, green, "
			"blue, found 'gren'; did you mean \"green\"?\n"},
		{"name: x\ncolour: Red\n",
			"2:9+3 unknown-value expected one of red, green, "
			"blue, found 'Red'; did you mean \"red\"?\n"},
		{"name: x\ncolour: [red]\n",
			"2:9+1 wrong-type expected a word, found a list\n"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct thing thing;

		cr_expect_str_eq(
			read(&a, str_of(rows[i].text), false, &thing).s,
			rows[i].want, "row %zu", i);
	}
	arena_free(&a);
}

/* rules.md 15, where the file has other rules before. */
Test(yamlread, the_misspelt_key_of_the_manual_is_explained)
{
	struct arena a = {0};
	struct thing thing;
	struct str text = STR("name: GDPR-033\n"
			      "must_be_folowed_by: authority_notified\n");

	cr_expect_str_eq(read(&a, text, true, &thing).s,
		"2:1+18 unknown-key \"must_be_folowed_by\" is not a key of a "
		"thing; did you mean \"must_be_followed_by\"?\n");
	arena_free(&a);
}

Test(yamlread, folded_keys_have_three_spellings_but_stand_once)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{"{name: x, must be followed by: {}}", ""},
		{"{name: x, must-be-followed_by: {}}", ""},
		{"{name: x, Must be followed by: {}}",
			"1:11+19 unknown-key \"Must be followed by\" is not a "
			"key of a thing; did you mean "
			"\"must_be_followed_by\"?\n"},
		{"name: x\nmany parts: a\nmany_parts: b\nmany-parts: c\n",
			"3:1+10 duplicate-key \"many_parts\" is given twice, "
			"first in line 2 as \"many parts\"\n"
			"4:1+10 duplicate-key \"many-parts\" is given twice, "
			"first in line 2 as \"many parts\"\n"},
	};
	struct arena a = {0};
	struct thing thing;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_str_eq(read(&a, str_of(rows[i].text), true, &thing).s,
			rows[i].want, "row %zu", i);
	cr_expect_eq(thing.n_tags, 1);
	cr_expect(str_has_prefix(
		read(&a, STR("{name: x, many parts: a}"), false, &thing),
		STR("1:11+10 unknown-key")));
	arena_free(&a);
}

Test(yamlread, a_partial_map_lacks_no_key)
{
	struct arena a = {0};
	struct thing thing;

	cr_expect_str_eq(read(&a, STR("name:\nage: 1\n"), false, &thing).s,
		"1:1+4 empty-value \"name\" has no value; write \"\" for the "
		"empty text\n");
	cr_expect_eq(thing.age, 1);
	arena_free(&a);
}

Test(yamlread, a_key_without_a_meaning_is_refused_at_its_value)
{
	static const struct yaml_key refused[] = {
		{STR_INIT("skew"), false, YAML_ANY, yaml_read_unsupported, 0}};
	struct arena a = {0};
	struct diag diag = {0};
	const struct yaml_node *map = yaml_parse(
		&a, STR("skew: 5m\n"), 1, &diag);

	yaml_read_map(map, refused, 1, false, "a thing", NULL, &diag);
	cr_assert(diag.items.n == 1);
	cr_expect(diag.items.at[0].code == DIAG_NOT_SUPPORTED);
	cr_expect(diag.items.at[0].loc.line == 1 &&
		  diag.items.at[0].loc.col == 7);
	cr_expect(str_equal(diag.items.at[0].text,
		STR("'skew' is not supported by this version")));
	diag_free(&diag);
	arena_free(&a);
}
