#include "format/yamlbuild.h"

#include <assert.h>

static const struct yamlbuild_open *top_of(const struct yamlbuild *build)
{
	return build->depth ? &build->open[build->depth - 1] : NULL;
}

bool yamlbuild_wants_key(const struct yamlbuild *build)
{
	const struct yamlbuild_open *top = top_of(build);

	return top && top->node->kind == YAML_MAP && !top->has_key;
}

const struct yaml_member *yamlbuild_key_of_value(const struct yamlbuild *build)
{
	const struct yamlbuild_open *top = top_of(build);

	return top && top->has_key && !top->is_refused ? &top->key : NULL;
}

bool yamlbuild_is_refused(const struct yamlbuild *build)
{
	const struct yamlbuild_open *top = top_of(build);

	return top && top->has_key && top->is_refused;
}

void yamlbuild_count(struct yamlbuild *build, struct loc loc)
{
	if (++build->n_nodes <= YAML_NODES)
		return;
	diag_add(build->diag, DIAG_TOO_MANY, loc,
		"a file of more than %d nodes", YAML_NODES);
	build->stop = true;
}

/* Complains once about a list or map that takes no more. */
static void refuse_more(
	struct yamlbuild *build, struct yamlbuild_open *top, struct loc loc)
{
	bool is_list = top->node->kind == YAML_LIST;

	if (!top->is_full)
		diag_add(build->diag, DIAG_TOO_MANY, loc,
			"%s of more than %d %s", is_list ? "a list" : "a map",
			is_list ? YAML_ITEMS : YAML_MEMBERS,
			is_list ? "items" : "keys");
	top->is_full = true;
	top->node->partial = true;
}

static const struct yaml_member *find_member(
	const struct yamlbuild_open *map, struct str key)
{
	/* At most YAML_MEMBERS of them, so a hash table would not pay. */
	for (size_t i = 0; i < map->members.n; i++)
		if (str_equal(map->members.at[i].key, key))
			return &map->members.at[i];
	return NULL;
}

/* True if the map has the key already, after a complaint. */
static bool is_duplicate(struct yamlbuild *build,
	const struct yamlbuild_open *map, const struct yaml_member *key)
{
	const struct yaml_member *first = find_member(map, key->key);
	struct diag_item *item;

	if (!first)
		return false;
	item = diag_add(build->diag, DIAG_DUPLICATE_KEY, key->key_loc,
		"\"%.*s\" is given twice, first in line %u", STR_ARG(key->key),
		first->key_loc.line);
	if (item)
		item->span = key->key_span;
	return true;
}

void yamlbuild_refuse_key(struct yamlbuild *build)
{
	struct yamlbuild_open *top = &build->open[build->depth - 1];

	assert(yamlbuild_wants_key(build));
	top->has_key = true;
	top->is_refused = true;
	top->node->partial = true;
}

void yamlbuild_key(struct yamlbuild *build, struct yaml_member key)
{
	struct yamlbuild_open *top = &build->open[build->depth - 1];

	assert(yamlbuild_wants_key(build));
	if (top->members.n == YAML_MEMBERS) {
		refuse_more(build, top, key.key_loc);
		yamlbuild_refuse_key(build);
	} else if (is_duplicate(build, top, &key)) {
		yamlbuild_refuse_key(build);
	} else {
		top->key = key;
		top->has_key = true;
		top->is_refused = false;
	}
}

static void add_item(struct yamlbuild *build, struct yamlbuild_open *list,
	const struct yaml_node *node)
{
	if (!node)
		list->node->partial = true;
	else if (list->items.n == YAML_ITEMS)
		refuse_more(build, list, node->loc);
	else
		/* The items are pointers.
		   NOLINTNEXTLINE(bugprone-sizeof-expression) */
		vec_push(build->a, &list->items, node);
}

static void add_member(struct yamlbuild *build, struct yamlbuild_open *map,
	const struct yaml_node *node)
{
	map->has_key = false;
	map->key.value = node;
	if (!node || map->is_refused)
		map->node->partial = true;
	else
		vec_push(build->a, &map->members, map->key);
}

void yamlbuild_value(struct yamlbuild *build, const struct yaml_node *node)
{
	struct yamlbuild_open *top;

	assert(!yamlbuild_wants_key(build));
	if (build->depth == 0) {
		build->root = node;
		return;
	}
	top = &build->open[build->depth - 1];
	if (top->node->kind == YAML_LIST)
		add_item(build, top, node);
	else
		add_member(build, top, node);
}

void yamlbuild_open(
	struct yamlbuild *build, enum yaml_kind kind, struct loc loc)
{
	struct yaml_node *node;

	if (build->depth == YAML_DEPTH) {
		diag_add(build->diag, DIAG_TOO_MANY, loc,
			"nesting of more than %d levels", YAML_DEPTH);
		build->stop = true;
		return;
	}
	node = arena_new(build->a, struct yaml_node);
	*node = (struct yaml_node) {.kind = kind, .loc = loc, .span = 1};
	if (yamlbuild_wants_key(build))
		yamlbuild_refuse_key(build);
	else
		yamlbuild_value(build, node);
	build->open[build->depth++] = (struct yamlbuild_open) {.node = node};
}

void yamlbuild_close(struct yamlbuild *build)
{
	struct yamlbuild_open *top = &build->open[--build->depth];

	if (top->node->kind == YAML_LIST) {
		top->node->items = top->items.at;
		top->node->n = (uint32_t)top->items.n;
	} else {
		top->node->members = top->members.at;
		top->node->n = (uint32_t)top->members.n;
	}
}
