#include "format/yamltree.h"

#include <assert.h>

#include "format/jsonwrite.h"
#include "format/text.h"
#include "format/yamltext.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct page {
	struct arena a;
	struct chars VEC(char) text;
	bool has_long_key;
};

static void append(void *ctx, struct str text)
{
	struct page *page = ctx;

	for (size_t i = 0; i < text.len; i++)
		vec_push(&page->a, &page->text, text.s[i]);
}

/* Printed texts are compared, so a tree that is read back must be equal. Keys
   must be short for it: libyaml wants the ':' within 1,024 characters. */
static void print(struct page *page, struct json_writer *json,
	const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR) {
		json_string(json, node->text);
		return;
	}
	if (node->kind == YAML_LIST) {
		json_begin_array(json);
		for (uint32_t i = 0; i < node->n; i++)
			print(page, json, node->items[i]);
		json_end_array(json);
		return;
	}
	json_begin_object(json);
	for (uint32_t i = 0; i < node->n; i++) {
		if (node->members[i].key.len > 100)
			page->has_long_key = true;
		json_name(json, node->members[i].key.s);
		print(page, json, node->members[i].value);
	}
	json_end_object(json);
}

static void check_text(struct str text)
{
	size_t bad;

	assert(text.len <= YAML_SCALAR_BYTES);
	assert(text_is_utf8(text, &bad));
	assert(str_find(text, '\0') == text.len);
}

static void check_members(const struct yaml_node *map)
{
	for (uint32_t i = 0; i < map->n; i++) {
		const struct yaml_member *member = &map->members[i];

		check_text(member->key);
		assert(member->key_span > 0);
		assert(yaml_get(map, member->key) == member->value);
	}
}

/* Depth is at most YAML_DEPTH, which is asserted first. */
static void check_node(
	const struct yaml_node *node, size_t size, int depth, bool is_fine)
{
	assert(depth <= YAML_DEPTH + 1 && node->span > 0);
	assert(node->loc.line > 0 && node->loc.line <= size);
	assert(node->loc.col > 0 && node->loc.col <= size);
	assert(!is_fine || !node->partial);
	if (node->kind == YAML_SCALAR)
		check_text(node->text);
	if (node->kind == YAML_MAP)
		check_members(node);
	for (uint32_t i = 0; node->kind != YAML_SCALAR && i < node->n; i++)
		check_node(node->kind == YAML_MAP ? node->members[i].value
						  : node->items[i],
			size, depth + 1, is_fine);
}

/* Characters that may stand in a scalar as escapes only, which jsonwrite does
   not write. */
static bool is_printable(struct str text)
{
	struct diag diag = {0};
	bool fine = yamltext_check(text, 1, &diag) &&
		    str_find_text(text, STR("\xEF\xBF\xBE")) == text.len &&
		    str_find_text(text, STR("\xEF\xBF\xBF")) == text.len;

	diag_free(&diag);
	return fine;
}

static struct str print_tree(struct page *page, const struct yaml_node *root)
{
	struct json_writer json = json_writer_init(append, page);

	print(page, &json, root);
	json_finish(&json);
	return (struct str) {page->text.at, page->text.n};
}

static void check_round_trip(const struct yaml_node *root)
{
	struct page first = {0}, second = {0};
	struct arena a = {0};
	struct diag diag = {0};
	struct str text = print_tree(&first, root);

	if (!first.has_long_key && is_printable(text)) {
		const struct yaml_node *back = yaml_parse(&a, text, 1, &diag);

		assert(back && diag.items.n == 0);
		assert(str_equal(print_tree(&second, back), text));
	}
	diag_free(&diag);
	arena_free(&a);
	arena_free(&first.a);
	arena_free(&second.a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct diag diag = {0};
	const struct yaml_node *root = yaml_parse(
		&a, (struct str) {(const char *)data, size}, 1, &diag);

	assert(root || diag.items.n > 0);
	for (size_t i = 0; i < diag.items.n; i++)
		assert(diag.items.at[i].loc.file == 1 &&
			diag.items.at[i].text.len > 0);
	if (root)
		check_node(root, size, 1, diag.items.n == 0);
	if (root && diag.items.n == 0)
		check_round_trip(root);
	diag_free(&diag);
	arena_free(&a);
	return 0;
}
