#include "rule/shapes.h"

#include "rule/commonkeys.h"
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

#define N_UNSUPPORTED (sizeof(unsupported) / sizeof(unsupported[0]))

/* The key is among the first `n` of the shape. */
static bool has_key(const struct shape *shape, size_t n, struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (name_is_key(key, shape->keys[i].name))
			return true;
	return false;
}

static const struct shape *shape_of_head(struct str key)
{
	for (size_t i = 0; i < N_SHAPES; i++)
		/* No shape is NULL, which clang-tidy does not see.
		   NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		if (has_key(shapes[i], shapes[i]->n_heads, key))
			return shapes[i];
	return NULL;
}

static const struct shape *shape_of_key(struct str key)
{
	for (size_t i = 0; i < N_SHAPES; i++)
		if (has_key(shapes[i], shapes[i]->n_keys, key))
			return shapes[i];
	return NULL;
}

static bool is_unsupported(struct str key)
{
	for (size_t i = 0; i < N_UNSUPPORTED; i++)
		if (name_is_key(key, unsupported[i]))
			return true;
	return false;
}

static bool is_common(struct str key)
{
	for (size_t i = 0; i < commonkeys_n; i++)
		if (name_is_key(key, commonkeys[i].name))
			return true;
	return false;
}

/* The key was given before, in whatever spelling. */
static bool is_repeated(
	const struct shape *shape, const struct yaml_node *map, uint32_t number)
{
	size_t key = 0;

	while (!name_is_key(map->members[number].key, shape->keys[key].name))
		key++;
	for (uint32_t i = 0; i < number; i++)
		if (name_is_key(map->members[i].key, shape->keys[key].name))
			return true;
	return false;
}

/* ---- complaints ---- */

static void complain_unsupported(
	struct vocabulary *v, const struct yaml_node *map)
{
	for (uint32_t i = 0; i < map->n; i++) {
		struct yaml_node key = name_node(&map->members[i]);

		if (is_unsupported(key.text))
			yaml_complain(v->diag, DIAG_NOT_SUPPORTED, &key,
				"'%.*s' is not supported by this version",
				STR_ARG(key.text));
	}
}

/* A misspelt key may be the one of the shape, and a key of the language that
   is not supported may stand for it. */
static bool may_mean_a_shape(const struct yaml_node *map)
{
	for (uint32_t i = 0; i < map->n; i++)
		if (is_unsupported(map->members[i].key) ||
			(!is_common(map->members[i].key) &&
				!shape_of_key(map->members[i].key)))
			return true;
	return map->partial;
}

static void complain_no_shape(struct vocabulary *v, const struct yaml_node *map)
{
	if (!may_mean_a_shape(map))
		yaml_complain(v->diag, DIAG_NO_SHAPE, map,
			"the rule says what it is about, but not what must "
			"hold (no `require`, `must_be_followed_by`, ...)");
}

/* Complains about keys that go with another shape than `own`. */
static void complain_foreign(struct vocabulary *v, const struct yaml_node *map,
	const struct shape *own)
{
	for (uint32_t i = 0; i < map->n; i++) {
		struct yaml_node key = name_node(&map->members[i]);
		const struct shape *shape = shape_of_key(key.text);

		if (!shape || shape == own)
			continue;
		if (shape_of_head(key.text))
			yaml_complain(v->diag, DIAG_TWO_SHAPES, &key,
				"'%.*s' is the key of a second shape; a rule "
				"has one",
				STR_ARG(key.text));
		else
			yaml_complain(v->diag, DIAG_KEY_NOT_FOR_SHAPE, &key,
				"'%.*s' does not go with '%.*s'",
				STR_ARG(key.text), STR_ARG(own->name));
	}
}

/* ---- reading ---- */

/* The shape of the first head in the file, or NULL. */
static const struct shape *first_shape(const struct yaml_node *map)
{
	const struct shape *shape = NULL;

	for (uint32_t i = 0; i < map->n && !shape; i++)
		shape = shape_of_head(map->members[i].key);
	return shape;
}

static bool has_head(const struct yaml_node *map, const struct shape *shape)
{
	for (uint32_t i = 0; i < map->n; i++)
		if (shape_of_head(map->members[i].key) == shape)
			return true;
	return false;
}

/* Makes the plan of the shape from its own keys. */
static void read_keys(struct rule_reader *reader, const struct shape *shape)
{
	const struct yaml_node *map = reader->map;
	struct yaml_member *members = arena_array(
		reader->v->a, struct yaml_member, map->n);
	struct yaml_node own = *map;

	own.n = 0;
	own.members = members;
	for (uint32_t i = 0; i < map->n; i++)
		if (shape_of_key(map->members[i].key) == shape &&
			!is_repeated(shape, map, i))
			members[own.n++] = map->members[i];
	reader->rule->shape = shape;
	shape->init(reader);
	yaml_read_map(&own, shape->keys, shape->n_keys, true, "a rule", reader,
		reader->v->diag);
}

void shapes_add_keys(struct yaml_key *keys, size_t *n)
{
	for (size_t i = 0; i < N_SHAPES; i++)
		for (size_t j = 0; j < shapes[i]->n_keys; j++)
			keys[(*n)++].name = shapes[i]->keys[j].name;
	for (size_t i = 0; i < N_UNSUPPORTED; i++)
		keys[(*n)++].name = unsupported[i];
}

void shapes_read(struct rule_reader *reader)
{
	const struct yaml_node *map = reader->map;
	const struct shape *first = first_shape(map);
	size_t found = 0;

	complain_unsupported(reader->v, map);
	if (first)
		complain_foreign(reader->v, map, first);
	else
		complain_no_shape(reader->v, map);
	for (size_t i = 0; i < N_SHAPES; i++) {
		if (!has_head(map, shapes[i]))
			continue;
		read_keys(reader, shapes[i]);
		found++;
	}
	if (found > 1)
		reader->rule->shape = NULL;
}
