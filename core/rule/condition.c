#include "rule/condition.h"

#include "rule/name.h"
#include "rule/phrase.h"

#define TEST_DEPTH    8
#define WRITTEN_ITEMS 4

bool condition_is_on_time(enum test_kind kind)
{
	return kind == TEST_BEFORE || kind == TEST_AFTER ||
	       kind == TEST_WITHIN_OF;
}

static const struct test *read_test(
	struct test_context ctx, const struct yaml_node *node);

/* A scalar as it stands, "[a, b]", "{any: ...}"; a long list in part. */
static struct str as_written(
	struct test_context ctx, const struct yaml_node *node)
{
	struct arena *a = ctx.reader->a;
	struct str text = STR("");

	if (node->kind == YAML_SCALAR)
		return node->text;
	if (node->kind == YAML_MAP)
		return node->n == 1 ? arena_print(a, "{%.*s: ...}",
					      STR_ARG(node->members[0].key))
				    : STR("{...}");
	for (uint32_t i = 0; i < node->n && i <= WRITTEN_ITEMS; i++)
		text = arena_print(a, "%.*s%s%.*s", STR_ARG(text),
			i ? ", " : "",
			STR_ARG(node->items[i]->kind == YAML_SCALAR &&
						i < WRITTEN_ITEMS
					? node->items[i]->text
					: STR("...")));
	return arena_print(a, "[%.*s]", STR_ARG(text));
}

/* One text of a list. A plain one that would be a test by itself is refused:
   it would not be read as one here. */
static bool add_text(struct test_context ctx, const struct yaml_node *item,
	struct str_vec *texts)
{
	const struct test *alone;

	ctx.node = item;
	if (item->kind != YAML_SCALAR) {
		phrase_complain(ctx, "a text in a list", as_written(ctx, item));
		return false;
	}
	alone = item->quoted ? phrase_equals(ctx, item->text)
			     : phrase_read(ctx, str_trim(item->text));
	if (!alone)
		return false;
	if (alone->kind != TEST_EQUALS || alone->negated) {
		phrase_complain(ctx,
			"a text in a list, or {any: [...]} for tests",
			item->text);
		return false;
	}
	vec_push(ctx.reader->a, texts, alone->texts.at[0]);
	return true;
}

static const struct test *one_of(
	struct test_context ctx, const struct yaml_node *list)
{
	struct str_vec texts = {0};
	bool ok = true;

	if (list->n == 0)
		return phrase_complain(
			ctx, "at least one text", as_written(ctx, list));
	for (uint32_t i = 0; i < list->n; i++)
		ok &= add_text(ctx, list->items[i], &texts);
	return ok ? phrase_one_of(ctx, texts) : NULL;
}

/* True if a test needs nothing but one text. Reason: nesting is bounded. */
static bool is_about_one_text(const struct test *test)
{
	for (size_t i = 0; i < test->n_parts; i++)
		if (!is_about_one_text(test->parts[i]))
			return false;
	return test->kind != TEST_SAME_AS && test->kind != TEST_SOME_ITEM &&
	       test->kind != TEST_EVERY_ITEM &&
	       !condition_is_on_time(test->kind);
}

/* True if a test can be put to a field of several values. Reason: nesting is
   bounded. */
static bool is_about_items(const struct test *test)
{
	if (test->kind != TEST_ALL && test->kind != TEST_ANY)
		return test->kind == TEST_SOME_ITEM ||
		       test->kind == TEST_EVERY_ITEM ||
		       test->kind == TEST_PRESENT;
	for (size_t i = 0; i < test->n_parts; i++)
		if (!is_about_items(test->parts[i]))
			return false;
	return true;
}

/* {all: ...} and {any: ...}: one test or several. */
static const struct test *group(struct test_context ctx, enum test_kind kind,
	const struct yaml_node *value)
{
	struct test *test = phrase_new(ctx, kind);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);
	bool ok = true;

	if (n == 0)
		return phrase_complain(
			ctx, "at least one test", as_written(ctx, value));
	test->n_parts = n;
	test->parts = arena_array(ctx.reader->a, const struct test *, n);
	for (uint32_t i = 0; i < n; i++) {
		test->parts[i] = read_test(ctx, items[i]);
		ok &= test->parts[i] != NULL;
	}
	return ok ? test : NULL;
}

/* {some_item: ...} and {every_item: ...}: one test, which may be a list of
   texts. */
static const struct test *quantified(struct test_context ctx,
	enum test_kind kind, const struct yaml_node *value)
{
	struct test *test = phrase_new(ctx, kind);

	test->n_parts = 1;
	test->parts = arena_array(ctx.reader->a, const struct test *, 1);
	test->parts[0] = read_test(ctx, value);
	if (!test->parts[0])
		return NULL;
	if (!is_about_one_text(test->parts[0]))
		return phrase_complain(ctx, "a test on the text of one item",
			as_written(ctx, value));
	return test;
}

static const struct test *mapped(
	struct test_context ctx, const struct yaml_node *node)
{
	static const struct {
		struct str name;
		enum test_kind kind;
		const struct test *(*read)(struct test_context ctx,
			enum test_kind kind, const struct yaml_node *value);
	} kinds[] = {
		{STR_INIT("all"), TEST_ALL, group},
		{STR_INIT("any"), TEST_ANY, group},
		{STR_INIT("some_item"), TEST_SOME_ITEM, quantified},
		{STR_INIT("every_item"), TEST_EVERY_ITEM, quantified},
	};
	struct str key = node->n == 1 ? node->members[0].key : STR("");

	if (str_equal(key, STR("not")))
		return phrase_negate(
			ctx, read_test(ctx, node->members[0].value));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (name_is_key(key, kinds[i].name))
			return kinds[i].read(
				ctx, kinds[i].kind, node->members[0].value);
	return phrase_complain(ctx,
		"one of {all: ...}, {any: ...}, {not: ...}, {some_item: ...}, "
		"{every_item: ...}",
		as_written(ctx, node));
}

/* Reason: the depth is bounded by TEST_DEPTH, so this may call itself. */
static const struct test *read_test(
	struct test_context ctx, const struct yaml_node *node)
{
	ctx.node = node;
	if (++ctx.depth > TEST_DEPTH)
		return phrase_complain(
			ctx, "fewer nested tests", STR("too many"));
	if (node->kind == YAML_LIST)
		return one_of(ctx, node);
	if (node->kind == YAML_MAP)
		return mapped(ctx, node);
	if (node->quoted)
		return phrase_equals(ctx, node->text);
	return phrase_read(ctx, str_trim(node->text));
}

uint32_t where_word(struct test_reader *reader, const struct yaml_node *node)
{
	uint32_t word = words_find(reader->words, node->text);
	struct str_vec names = {0};

	if (word != WORD_NONE)
		return word;
	for (size_t i = 0; i < reader->words->words.n; i++)
		vec_push(reader->a, &names, reader->words->words.at[i].name);
	name_complain_unknown(reader->diag, node, "key or field", &names);
	return WORD_NONE;
}

static void read_clause(struct test_reader *reader, const struct yaml_member *m,
	struct where *out)
{
	struct yaml_node key = name_node(m);
	struct clause clause = {.word = where_word(reader, &key),
		.loc = m->value->loc,
		.span = m->value->span};
	struct test_context ctx = {reader, m->value, clause.word, 0};

	clause.text = as_written(ctx, m->value);
	clause.test = read_test(ctx, m->value);
	if (clause.word == WORD_NONE || !clause.test)
		return;
	if (!reader->words->words.at[clause.word].split ||
		is_about_items(clause.test))
		vec_push(reader->a, out, clause);
	else
		yaml_complain(reader->diag, DIAG_ITEM_QUANTIFIER, m->value,
			"'%.*s' may have several values; say {some_item: ...} "
			"or {every_item: ...}",
			STR_ARG(m->key));
}

void where_read(struct test_reader *reader, const struct yaml_node *map,
	struct where *out)
{
	for (uint32_t i = 0; i < map->n; i++)
		read_clause(reader, &map->members[i], out);
}
