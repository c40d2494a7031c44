#include "rule/shapes.h"

#include "rule/name.h"

/* To add a shape, follow the recipe at `struct shape`. */
static const struct shape *const shapes[] = {
	&shape_require,
	&shape_records,
	&shape_reference,
	&shape_unique,
	&shape_order,
	&shape_sequence,
};

#define N_SHAPES (sizeof(shapes) / sizeof(shapes[0]))

/* Keys of the language that this version does not judge by. They are refused,
   so that a rule never means less than it says. */
static const struct str unsupported[] = {
	STR_INIT("any_of"),
	STR_INIT("exactly_one_of"),
	STR_INIT("must_also_have"),
	STR_INIT("must_not_have_both"),
	STR_INIT("must_start_with"),
	STR_INIT("must_end_with"),
	STR_INIT("must_not_be_followed_by"),
	STR_INIT("must_not_be_preceded_by"),
	STR_INIT("must_be_directly_followed_by"),
	STR_INIT("must_be_directly_preceded_by"),
	STR_INIT("must_not_be_directly_followed_by"),
	STR_INIT("must_not_be_directly_preceded_by"),
	STR_INIT("before_the_next"),
	STR_INIT("since_the_last"),
	STR_INIT("each_needs_its_own"),
	STR_INIT("both_ways"),
	STR_INIT("among"),
	STR_INIT("after_at_least"),
	STR_INIT("not_cancelled_by"),
	STR_INIT("valid_until"),
	STR_INIT("count"),
	STR_INIT("at_most"),
	STR_INIT("at_least"),
	STR_INIT("exactly"),
	STR_INIT("per"),
	STR_INIT("different_people"),
	STR_INIT("same_person"),
	STR_INIT("counting_delegates"),
	STR_INIT("path_from"),
	STR_INIT("path_to"),
	STR_INIT("must_pass_through"),
	STR_INIT("must_not_connect"),
	STR_INIT("stopped_by"),
	STR_INIT("every_source"),
	STR_INIT("must_have"),
	STR_INIT("every_copy_must_be"),
	STR_INIT("copies_of"),
	STR_INIT("hash_chain"),
	STR_INIT("quiet_longer_than"),
	STR_INIT("restarts_on"),
};

static const struct shape *shape_of_head(struct str key)
{
	for (size_t i = 0; i < N_SHAPES; i++)
		for (size_t j = 0; j < shapes[i]->n_heads; j++)
			if (name_is_key(key, shapes[i]->keys[j].name))
				return shapes[i];
	return NULL;
}

bool shapes_refuse_unsupported(
	struct vocabulary *v, const struct yaml_node *map)
{
	bool found = false;

	for (uint32_t i = 0; i < map->n; i++)
		for (size_t j = 0;
			j < sizeof(unsupported) / sizeof(unsupported[0]); j++) {
			struct yaml_node node = {.loc = map->members[i].key_loc,
				.span = map->members[i].key_span};

			if (!name_is_key(map->members[i].key, unsupported[j]))
				continue;
			found = true;
			yaml_complain(v->diag, DIAG_NOT_SUPPORTED, &node,
				"'%.*s' is not supported by this version",
				STR_ARG(map->members[i].key));
		}
	return found;
}

const struct shape *shapes_find(
	struct vocabulary *v, const struct yaml_node *map)
{
	const struct shape *found = NULL;

	for (uint32_t i = 0; i < map->n; i++) {
		const struct shape *shape = shape_of_head(map->members[i].key);
		struct yaml_node node = {.loc = map->members[i].key_loc,
			.span = map->members[i].key_span};

		if (shape && found && shape != found) {
			yaml_complain(v->diag, DIAG_TWO_SHAPES, &node,
				"'%.*s' is the key of a second shape; a rule "
				"has one",
				STR_ARG(map->members[i].key));
			return NULL;
		}
		if (shape)
			found = shape;
	}
	if (!found)
		yaml_complain(v->diag, DIAG_NO_SHAPE, map,
			"the rule says what it is about, but not what must "
			"hold (no `require`, `must_be_followed_by`, ...)");
	return found;
}

static bool has_key(const struct yaml_key *keys, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(keys[i].name, name))
			return true;
	return false;
}

static void refuse_key(struct vocabulary *v, const struct yaml_node *map,
	const struct shape *own, struct str name)
{
	for (uint32_t i = 0; i < map->n; i++) {
		struct yaml_node node = name_node(&map->members[i]);

		if (name_is_key(node.text, name))
			yaml_complain(v->diag, DIAG_KEY_NOT_FOR_SHAPE, &node,
				"'%.*s' does not go with '%.*s'", STR_ARG(name),
				STR_ARG(own->name));
	}
}

void shapes_refuse_foreign(struct vocabulary *v, const struct yaml_node *map,
	const struct shape *own, struct yaml_key *keys, size_t *n)
{
	for (size_t i = 0; i < N_SHAPES; i++)
		for (size_t j = 0; shapes[i] != own && j < shapes[i]->n_keys;
			j++) {
			struct str name = shapes[i]->keys[j].name;

			if (has_key(keys, *n, name))
				continue;
			keys[(*n)++] = (struct yaml_key) {.name = name};
			refuse_key(v, map, own, name);
		}
}
