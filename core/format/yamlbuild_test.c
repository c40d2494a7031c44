#include "format/yamlbuild.h"

#include <criterion/criterion.h>

struct setup {
	struct arena a;
	struct diag diag;
	struct yamlbuild build;
	uint32_t line; /* every node stands on a line of its own */
};

static void begin(struct setup *s)
{
	*s = (struct setup) {0};
	s->build.a = &s->a;
	s->build.diag = &s->diag;
}

static void end(struct setup *s)
{
	diag_free(&s->diag);
	arena_free(&s->a);
}

static struct loc next_loc(struct setup *s)
{
	return (struct loc) {1, ++s->line, 1};
}

static void key(struct setup *s, const char *text)
{
	yamlbuild_key(&s->build, (struct yaml_member) {.key = str_of(text),
					 .key_loc = next_loc(s),
					 .key_span = 5});
}

static const struct yaml_node *value(struct setup *s, const char *text)
{
	struct yaml_node *node = arena_new(&s->a, struct yaml_node);

	*node = (struct yaml_node) {.text = str_of(text), .loc = next_loc(s)};
	yamlbuild_value(&s->build, node);
	return node;
}

static void open(struct setup *s, enum yaml_kind kind)
{
	yamlbuild_open(&s->build, kind, next_loc(s));
}

static void expect_complaint(
	struct setup *s, enum diag_code code, const char *text, uint32_t line)
{
	cr_assert_eq(s->diag.items.n, 1);
	cr_expect_eq(s->diag.items.at[0].code, code);
	cr_expect_eq(s->diag.items.at[0].loc.line, line);
	cr_expect_str_eq(s->diag.items.at[0].text.s, text);
}

Test(yamlbuild, nodes_become_a_tree)
{
	struct setup s;
	const struct yaml_node *root, *list;

	begin(&s);
	open(&s, YAML_MAP);
	cr_expect(yamlbuild_wants_key(&s.build));
	key(&s, "a");
	cr_expect_not(yamlbuild_wants_key(&s.build));
	cr_expect(str_equal(yamlbuild_key_of_value(&s.build)->key, STR("a")));
	value(&s, "1");
	key(&s, "b");
	open(&s, YAML_LIST);
	cr_expect_null(yamlbuild_key_of_value(&s.build));
	value(&s, "2");
	open(&s, YAML_MAP);
	yamlbuild_close(&s.build);
	yamlbuild_close(&s.build);
	yamlbuild_close(&s.build);
	root = s.build.root;
	cr_assert(root->kind == YAML_MAP && root->n == 2 && !root->partial);
	cr_expect(str_equal(root->members[0].value->text, STR("1")));
	list = root->members[1].value;
	cr_assert(list->kind == YAML_LIST && list->n == 2);
	cr_expect(str_equal(list->items[0]->text, STR("2")));
	cr_expect(list->items[1]->kind == YAML_MAP && list->items[1]->n == 0);
	cr_expect(list->loc.line == 5 && list->span == 1);
	cr_expect_eq(s.diag.items.n, 0);
	end(&s);
}

Test(yamlbuild, a_lone_value_is_the_root)
{
	struct setup s;
	const struct yaml_node *node;

	begin(&s);
	node = value(&s, "x");
	cr_expect_eq(s.build.root, node);
	end(&s);
}

Test(yamlbuild, a_key_given_twice_is_left_out_with_its_value)
{
	struct setup s;

	begin(&s);
	open(&s, YAML_MAP);
	key(&s, "a");
	value(&s, "1");
	key(&s, "a");
	cr_expect(yamlbuild_is_refused(&s.build));
	cr_expect_null(yamlbuild_key_of_value(&s.build));
	open(&s, YAML_LIST);
	value(&s, "2");
	yamlbuild_close(&s.build);
	key(&s, "b");
	cr_expect_not(yamlbuild_is_refused(&s.build));
	value(&s, "3");
	yamlbuild_close(&s.build);
	expect_complaint(&s, DIAG_DUPLICATE_KEY,
		"\"a\" is given twice, first in line 2", 4);
	cr_expect_eq(s.diag.items.at[0].span, 5);
	cr_expect(s.build.root->n == 2 && s.build.root->partial);
	cr_expect(str_equal(s.build.root->members[1].key, STR("b")));
	end(&s);
}

Test(yamlbuild, refused_nodes_make_their_container_partial)
{
	struct setup s;

	begin(&s);
	open(&s, YAML_LIST);
	open(&s, YAML_MAP);
	key(&s, "a");
	yamlbuild_value(&s.build, NULL);
	yamlbuild_refuse_key(&s.build);
	value(&s, "1");
	key(&s, "b");
	value(&s, "2");
	yamlbuild_close(&s.build);
	yamlbuild_value(&s.build, NULL);
	value(&s, "3");
	yamlbuild_close(&s.build);
	cr_expect(s.build.root->n == 2 && s.build.root->partial);
	cr_expect(s.build.root->items[0]->n == 1);
	cr_expect(s.build.root->items[0]->partial);
	cr_expect_eq(s.diag.items.n, 0);
	end(&s);
}

Test(yamlbuild, a_container_as_key_is_left_out)
{
	struct setup s;

	begin(&s);
	open(&s, YAML_MAP);
	open(&s, YAML_LIST);
	value(&s, "1");
	yamlbuild_close(&s.build);
	cr_expect_not(yamlbuild_wants_key(&s.build));
	value(&s, "2");
	yamlbuild_close(&s.build);
	cr_expect(s.build.root->n == 0 && s.build.root->partial);
	end(&s);
}

Test(yamlbuild, depth_ends_at_16)
{
	struct setup s;

	begin(&s);
	for (size_t i = 0; i < YAML_DEPTH; i++)
		open(&s, YAML_LIST);
	cr_expect_not(s.build.stop);
	open(&s, YAML_MAP);
	cr_expect(s.build.stop);
	expect_complaint(
		&s, DIAG_TOO_MANY, "nesting of more than 16 levels", 17);
	end(&s);
}

Test(yamlbuild, lists_end_at_10000_items)
{
	struct setup s;

	begin(&s);
	open(&s, YAML_LIST);
	for (size_t i = 0; i < YAML_ITEMS; i++)
		value(&s, "x");
	cr_expect_eq(s.diag.items.n, 0);
	value(&s, "y");
	value(&s, "z");
	yamlbuild_close(&s.build);
	expect_complaint(
		&s, DIAG_TOO_MANY, "a list of more than 10000 items", 10002);
	cr_expect(s.build.root->n == YAML_ITEMS && s.build.root->partial);
	cr_expect_not(s.build.stop);
	end(&s);
}

Test(yamlbuild, maps_end_at_1000_keys)
{
	struct setup s;

	begin(&s);
	open(&s, YAML_MAP);
	for (int i = 0; i < YAML_MEMBERS + 2; i++) {
		key(&s, arena_print(&s.a, "k%d", i).s);
		value(&s, "x");
	}
	yamlbuild_close(&s.build);
	expect_complaint(
		&s, DIAG_TOO_MANY, "a map of more than 1000 keys", 2002);
	cr_expect(s.build.root->n == YAML_MEMBERS && s.build.root->partial);
	end(&s);
}

Test(yamlbuild, nodes_end_at_200000)
{
	struct setup s;

	begin(&s);
	for (uint32_t i = 0; i < YAML_NODES; i++)
		yamlbuild_count(&s.build, (struct loc) {1, 1, 1});
	cr_expect_not(s.build.stop);
	yamlbuild_count(&s.build, (struct loc) {1, 7, 1});
	cr_expect(s.build.stop);
	expect_complaint(
		&s, DIAG_TOO_MANY, "a file of more than 200000 nodes", 7);
	end(&s);
}
