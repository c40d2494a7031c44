#include "rule/condition.h"

#include "base/glob.h"
#include "rule/name.h"

#define TEST_DEPTH 8

/* The field that a clause is about, and how deep its test is nested. */
struct context {
	struct test_reader *reader;
	const struct yaml_node *node;
	uint32_t word;
	unsigned depth;
};

static const struct test *read_test(
	struct context ctx, const struct yaml_node *node);

static struct test *new_test(struct context ctx, enum test_kind kind)
{
	struct test *test = arena_new(ctx.reader->a, struct test);

	test->kind = kind;
	return test;
}

static const struct test *complain(
	struct context ctx, const char *expected, struct str found)
{
	yaml_complain(ctx.reader->diag, DIAG_BAD_TEST, ctx.node,
		"expected %s; found '%.*s'", expected, STR_ARG(found));
	return NULL;
}

static const struct test *equals(struct context ctx, struct str text)
{
	struct test *test = new_test(ctx, TEST_EQUALS);

	vec_push(ctx.reader->a, &test->texts, str_trim(text));
	return test;
}

/* Cuts `word` and the blanks behind it off the front of `*text`. */
static bool eat(struct str *text, struct str word)
{
	if (!str_has_prefix(*text, word))
		return false;
	if (text->len > word.len && text->s[word.len] != ' ')
		return false;
	*text = str_trim(str_slice(*text, word.len, text->len));
	return true;
}

static uint32_t find_word(struct context ctx, struct str name)
{
	struct yaml_node node = *ctx.node;

	node.text = name;
	return where_word(ctx.reader, &node);
}

/* A number with whatever stands around it already cut off. */
static const struct test *bounded(struct context ctx, struct str text,
	bool is_low, bool is_open, const char *expected)
{
	struct test *test = new_test(ctx, TEST_RANGE);
	struct decimal bound;

	if (str_has_suffix(text, STR(" characters"))) {
		test->kind = TEST_LENGTH;
		text = str_trim(str_slice(text, 0, text.len - 11));
	}
	if (!number_read_decimal(text, &bound) ||
		(test->kind == TEST_LENGTH && (is_open || bound.scale)))
		return complain(ctx, expected, text);
	if (is_low) {
		test->low = bound;
		test->has_low = true;
		test->open_low = is_open;
	} else {
		test->high = bound;
		test->has_high = true;
		test->open_high = is_open;
	}
	return test;
}

static const struct test *exactly(struct context ctx, struct str text)
{
	struct test *test = new_test(ctx, TEST_RANGE);

	if (!number_read_decimal(text, &test->low))
		return complain(ctx, "a number after '='", text);
	test->high = test->low;
	test->has_low = test->has_high = true;
	return test;
}

/* `a..b` of two numbers; NULL without complaint if the text is no range. */
static const struct test *range(struct context ctx, struct str text)
{
	size_t dots = str_find_text(text, STR(".."));
	struct test probe = {0}, *test;

	if (dots == text.len ||
		!number_read_decimal(
			str_trim(str_slice(text, 0, dots)), &probe.low) ||
		!number_read_decimal(
			str_trim(str_slice(text, dots + 2, text.len)),
			&probe.high))
		return NULL;
	if (decimal_compare(probe.low, probe.high) > 0)
		return complain(ctx,
			"a range from the smaller to the larger number", text);
	test = new_test(ctx, TEST_RANGE);
	test->low = probe.low;
	test->high = probe.high;
	test->has_low = test->has_high = true;
	return test;
}

static const struct test *matches(struct context ctx, struct str glob)
{
	struct test *test = new_test(ctx, TEST_GLOB);
	size_t bad;

	if (glob.len > 256 || !glob_check(glob, &bad)) {
		yaml_complain(ctx.reader->diag, DIAG_BAD_GLOB, ctx.node,
			"'%.*s' is not a pattern of `*`, `?` and `[a-z]`",
			STR_ARG(glob));
		return NULL;
	}
	test->glob = glob;
	return test;
}

static const struct value_list *find_list(
	const struct value_lists *lists, struct str name)
{
	for (size_t i = 0; i < lists->n; i++)
		if (str_equal(lists->at[i].name, name))
			return &lists->at[i];
	return NULL;
}

static void complain_list(struct context ctx, struct str name)
{
	const struct value_lists *lists = ctx.reader->lists;
	struct yaml_node node = *ctx.node;
	struct str_vec names = {0};

	node.text = name;
	for (size_t i = 0; i < lists->n; i++)
		vec_push(ctx.reader->a, &names, lists->at[i].name);
	name_complain_unknown(ctx.reader->diag, &node, "list", &names);
}

static const struct test *listed(struct context ctx, struct str name)
{
	const struct value_list *list = find_list(ctx.reader->lists, name);
	struct test *test;

	if (!list) {
		complain_list(ctx, name);
		return NULL;
	}
	test = new_test(ctx, TEST_LISTED);
	test->texts = list->values;
	return test;
}

static const struct test *compared(
	struct context ctx, enum test_kind kind, struct str name)
{
	struct test *test = new_test(ctx, kind);

	test->other = find_word(ctx, name);
	return test->other == WORD_NONE ? NULL : test;
}

static const struct test *within_of(struct context ctx, struct str text)
{
	size_t of = str_find_text(text, STR(" of "));
	struct test *test = new_test(ctx, TEST_WITHIN_OF);

	if (of == text.len ||
		!period_read(str_trim(str_slice(text, 0, of)), &test->period) ||
		test->period.unit != PERIOD_SECONDS)
		return complain(ctx,
			"`within HOURS of FIELD`, such as `within 2h of ts`",
			text);
	test->other = find_word(
		ctx, str_trim(str_slice(text, of + 4, text.len)));
	return test->other == WORD_NONE ? NULL : test;
}

/* The tests that begin with words; NULL and `*none` if the text is none. */
static const struct test *worded(
	struct context ctx, struct str text, bool *none)
{
	*none = false;
	if (eat(&text, STR("more than")))
		return bounded(
			ctx, text, true, true, "a number after `more than`");
	if (eat(&text, STR("less than")))
		return bounded(
			ctx, text, false, true, "a number after `less than`");
	if (eat(&text, STR("at least")))
		return bounded(
			ctx, text, true, false, "a number after `at least`");
	if (eat(&text, STR("at most")))
		return bounded(
			ctx, text, false, false, "a number after `at most`");
	if (eat(&text, STR("=")))
		return exactly(ctx, text);
	if (eat(&text, STR("matches")))
		return matches(ctx, text);
	if (eat(&text, STR("listed in")))
		return listed(ctx, text);
	if (eat(&text, STR("same as")))
		return compared(ctx, TEST_SAME_AS, text);
	if (eat(&text, STR("before")))
		return compared(ctx, TEST_BEFORE, text);
	if (eat(&text, STR("after")))
		return compared(ctx, TEST_AFTER, text);
	if (eat(&text, STR("within")))
		return within_of(ctx, text);
	*none = true;
	return NULL;
}

static const struct test *negate(struct context ctx, const struct test *test)
{
	struct test *copy;

	if (!test)
		return NULL;
	copy = new_test(ctx, test->kind);
	*copy = *test;
	copy->negated = !test->negated;
	return copy;
}

/* A plain scalar: test words, or else a text to be equal to. */
static const struct test *plain(struct context ctx, struct str text)
{
	const struct test *test;
	bool none;

	if (str_equal(text, STR("present")))
		return new_test(ctx, TEST_PRESENT);
	if (str_equal(text, STR("absent")))
		return negate(ctx, new_test(ctx, TEST_PRESENT));
	if (eat(&text, STR("not"))) {
		if (text.len == 0)
			return complain(ctx, "a test after `not`", text);
		test = worded(ctx, text, &none);
		return negate(ctx, none ? equals(ctx, text) : test);
	}
	test = worded(ctx, text, &none);
	if (!none)
		return test;
	test = range(ctx, text);
	return test ? test : equals(ctx, text);
}

static const struct test *one_of(
	struct context ctx, const struct yaml_node *node)
{
	struct test *test = new_test(ctx, TEST_EQUALS);

	for (uint32_t i = 0; i < node->n; i++) {
		if (node->items[i]->kind != YAML_SCALAR)
			return complain(ctx, "a list of texts", STR("a map"));
		vec_push(ctx.reader->a, &test->texts,
			str_trim(node->items[i]->text));
	}
	return test;
}

static const struct test *combined(
	struct context ctx, enum test_kind kind, const struct yaml_node *value)
{
	struct test *test = new_test(ctx, kind);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	test->parts = arena_array(ctx.reader->a, const struct test *, n);
	for (uint32_t i = 0; i < n; i++) {
		test->parts[i] = read_test(ctx, items[i]);
		if (!test->parts[i])
			return NULL;
	}
	test->n_parts = n;
	return test;
}

static const struct test *mapped(
	struct context ctx, const struct yaml_node *node)
{
	static const struct {
		struct str name;
		enum test_kind kind;
	} kinds[] = {
		{STR_INIT("all"), TEST_ALL},
		{STR_INIT("any"), TEST_ANY},
		{STR_INIT("some_item"), TEST_SOME_ITEM},
		{STR_INIT("every_item"), TEST_EVERY_ITEM},
	};
	struct str key = node->n == 1 ? node->members[0].key : STR("");

	if (str_equal(key, STR("not")))
		return negate(ctx, read_test(ctx, node->members[0].value));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_equal(key, kinds[i].name))
			return combined(
				ctx, kinds[i].kind, node->members[0].value);
	return complain(ctx,
		"one of {all: ...}, {any: ...}, {not: ...}, {some_item: ...}, "
		"{every_item: ...}",
		key);
}

/* Reason: the depth is bounded by TEST_DEPTH, so this may call itself. */
static const struct test *read_test(
	struct context ctx, const struct yaml_node *node)
{
	ctx.node = node;
	if (++ctx.depth > TEST_DEPTH)
		return complain(ctx, "fewer nested tests", STR("too many"));
	if (node->kind == YAML_LIST)
		return one_of(ctx, node);
	if (node->kind == YAML_MAP)
		return mapped(ctx, node);
	if (node->quoted)
		return equals(ctx, node->text);
	return plain(ctx, str_trim(node->text));
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

bool condition_is_on_time(enum test_kind kind)
{
	return kind == TEST_BEFORE || kind == TEST_AFTER ||
	       kind == TEST_WITHIN_OF;
}

static bool asks_for_items(const struct test *test)
{
	return test->kind == TEST_SOME_ITEM || test->kind == TEST_EVERY_ITEM ||
	       test->kind == TEST_PRESENT;
}

void where_read(struct test_reader *reader, const struct yaml_node *map,
	struct where *out)
{
	for (uint32_t i = 0; i < map->n; i++) {
		const struct yaml_member *m = &map->members[i];
		struct yaml_node key = {.kind = YAML_SCALAR,
			.loc = m->key_loc,
			.span = m->key_span,
			.text = m->key};
		struct clause clause = {.text = m->value->text,
			.loc = m->value->loc,
			.span = m->value->span};
		struct context ctx = {reader, m->value, 0, 0};

		clause.word = where_word(reader, &key);
		ctx.word = clause.word;
		clause.test = read_test(ctx, m->value);
		if (clause.word == WORD_NONE || !clause.test)
			continue;
		if (reader->words->words.at[clause.word].split &&
			!asks_for_items(clause.test)) {
			yaml_complain(reader->diag, DIAG_ITEM_QUANTIFIER,
				m->value,
				"'%.*s' may have several values; say "
				"{some_item: ...} or {every_item: ...}",
				STR_ARG(m->key));
			continue;
		}
		vec_push(reader->a, out, clause);
	}
}
