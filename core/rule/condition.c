#include "rule/condition.h"

#include "base/glob.h"
#include "rule/name.h"

#include <stdlib.h>

#define TEST_DEPTH 8
#define GLOB_BYTES 256

static const struct str characters = STR_INIT(" characters");

/* The field that a clause is about, and how deep its test is nested. */
struct context {
	struct test_reader *reader;
	const struct yaml_node *node;
	uint32_t word;
	unsigned depth;
};

bool condition_is_on_time(enum test_kind kind)
{
	return kind == TEST_BEFORE || kind == TEST_AFTER ||
	       kind == TEST_WITHIN_OF;
}

static const struct test *read_test(
	struct context ctx, const struct yaml_node *node);

static struct test *new_test(struct context ctx, enum test_kind kind)
{
	struct test *test = arena_new(ctx.reader->a, struct test);

	test->kind = kind;
	if (ctx.word != WORD_NONE)
		test->ignore_case =
			ctx.reader->words->words.at[ctx.word].ignore_case;
	return test;
}

/* A scalar as it stands, "[a, b]", "{any: ...}". */
static struct str as_written(struct context ctx, const struct yaml_node *node)
{
	struct arena *a = ctx.reader->a;
	struct str text = STR("");

	if (node->kind == YAML_SCALAR)
		return node->text;
	if (node->kind == YAML_MAP)
		return node->n == 1 ? arena_print(a, "{%.*s: ...}",
					      STR_ARG(node->members[0].key))
				    : STR("{...}");
	for (uint32_t i = 0; i < node->n; i++)
		text = arena_print(a, "%.*s%s%.*s", STR_ARG(text),
			i ? ", " : "",
			STR_ARG(node->items[i]->kind == YAML_SCALAR
					? node->items[i]->text
					: STR("...")));
	return arena_print(a, "[%.*s]", STR_ARG(text));
}

static const struct test *complain(
	struct context ctx, const char *expected, struct str found)
{
	yaml_complain(ctx.reader->diag, DIAG_BAD_TEST, ctx.node,
		"expected %s; found '%.*s'", expected, STR_ARG(found));
	return NULL;
}

static int find_fold(const void *left, const void *right)
{
	const struct str *a = left, *b = right;
	size_t n = a->len < b->len ? a->len : b->len;

	for (size_t i = 0; i < n; i++) {
		unsigned char l = (unsigned char)str_lower(a->s[i]);
		unsigned char r = (unsigned char)str_lower(b->s[i]);

		if (l != r)
			return l < r ? -1 : 1;
	}
	return (a->len > b->len) - (a->len < b->len);
}

/* The same with bytes as the last key, so that the order is total. */
static int sort_fold(const void *left, const void *right)
{
	int order = find_fold(left, right);

	return order ? order : str_compare_items(left, right);
}

bool condition_has_text(const struct test *test, struct str text)
{
	return test->texts.n &&
	       bsearch(&text, test->texts.at, test->texts.n, sizeof(text),
		       test->ignore_case ? find_fold : str_compare_items);
}

/* A test for one of the texts, which it sorts. */
static const struct test *is_one_of(struct context ctx, struct str_vec texts)
{
	struct test *test = new_test(ctx, TEST_EQUALS);

	test->texts = texts;
	if (texts.n)
		qsort(texts.at, texts.n, sizeof(*texts.at),
			test->ignore_case ? sort_fold : str_compare_items);
	return test;
}

static const struct test *equals(struct context ctx, struct str text)
{
	struct str_vec texts = {0};

	vec_push(ctx.reader->a, &texts, str_trim(text));
	return is_one_of(ctx, texts);
}

/* Cuts `word`, which a blank or nothing follows, and the blanks behind it off
   the front of `*text`. */
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

/* Words that a test may begin with, and how the rest is read. */
struct phrase {
	struct str words;
	const struct test *(*read)(struct context ctx,
		const struct phrase *phrase, struct str rest);
	enum test_kind kind;
	bool is_low, is_open; /* of a bound */
};

static const struct test *complain_number(
	struct context ctx, const struct phrase *phrase, struct str found)
{
	return complain(ctx,
		arena_print(ctx.reader->a, "a number after `%.*s`",
			STR_ARG(phrase->words))
			.s,
		found);
}

static const struct test *bounded(struct context ctx, enum test_kind kind,
	const struct phrase *phrase, struct decimal bound)
{
	struct test *test = new_test(ctx, kind);

	if (phrase->is_low) {
		test->low = bound;
		test->has_low = true;
		test->open_low = phrase->is_open;
	} else {
		test->high = bound;
		test->has_high = true;
		test->open_high = phrase->is_open;
	}
	return test;
}

/* `at least n characters` and `at most n characters`. */
static const struct test *read_length(
	struct context ctx, const struct phrase *phrase, struct str text)
{
	struct str number = str_trim(
		str_slice(text, 0, text.len - characters.len));
	struct decimal bound;

	if (phrase->is_open || !number_read_decimal(number, &bound) ||
		bound.scale != 0 || bound.digits < 0)
		return complain(ctx,
			"`at least n characters` or `at most n characters`",
			text);
	return bounded(ctx, TEST_LENGTH, phrase, bound);
}

static const struct test *read_bound(
	struct context ctx, const struct phrase *phrase, struct str text)
{
	struct decimal bound;

	if (str_has_suffix(text, characters))
		return read_length(ctx, phrase, text);
	if (!number_read_decimal(text, &bound))
		return complain_number(ctx, phrase, text);
	return bounded(ctx, TEST_RANGE, phrase, bound);
}

static const struct test *read_number(
	struct context ctx, const struct phrase *phrase, struct str text)
{
	struct test *test = new_test(ctx, TEST_RANGE);

	if (!number_read_decimal(text, &test->low))
		return complain_number(ctx, phrase, text);
	test->high = test->low;
	test->has_low = test->has_high = true;
	return test;
}

/* True if `text` is `a..b` of two numbers. */
static bool is_range(struct str text, struct decimal *low, struct decimal *high)
{
	size_t dots = str_find_text(text, STR(".."));

	return dots < text.len &&
	       number_read_decimal(str_trim(str_slice(text, 0, dots)), low) &&
	       number_read_decimal(
		       str_trim(str_slice(text, dots + 2, text.len)), high);
}

static const struct test *range(struct context ctx, struct str text,
	struct decimal low, struct decimal high)
{
	struct test *test = new_test(ctx, TEST_RANGE);

	if (decimal_compare(low, high) > 0)
		return complain(ctx,
			"a range from the smaller to the larger number", text);
	test->low = low;
	test->high = high;
	test->has_low = test->has_high = true;
	return test;
}

static const struct test *read_glob(
	struct context ctx, const struct phrase *phrase, struct str glob)
{
	struct test *test = new_test(ctx, TEST_GLOB);
	size_t bad;

	(void)phrase;
	if (glob.len == 0 || glob.len > GLOB_BYTES || !glob_check(glob, &bad)) {
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

static const struct test *read_list(
	struct context ctx, const struct phrase *phrase, struct str name)
{
	const struct value_list *list = find_list(ctx.reader->lists, name);
	struct str_vec texts = {0};

	(void)phrase;
	if (!list) {
		complain_list(ctx, name);
		return NULL;
	}
	for (size_t i = 0; i < list->values.n; i++)
		vec_push(ctx.reader->a, &texts, list->values.at[i]);
	return is_one_of(ctx, texts);
}

/* The field that a value is compared with; WORD_NONE after a complaint. */
static uint32_t other_field(struct context ctx, struct str name)
{
	uint32_t word = WORD_NONE;

	if (name.len == 0)
		complain(ctx, "the name of a field at the end",
			as_written(ctx, ctx.node));
	else
		word = find_word(ctx, name);
	if (word == WORD_NONE || !ctx.reader->words->words.at[word].split)
		return word;
	yaml_complain(ctx.reader->diag, DIAG_ITEM_QUANTIFIER, ctx.node,
		"'%.*s' may have several values and cannot be compared with",
		STR_ARG(name));
	return WORD_NONE;
}

static const struct test *read_other(
	struct context ctx, const struct phrase *phrase, struct str name)
{
	struct test *test = new_test(ctx, phrase->kind);

	test->other = other_field(ctx, name);
	return test->other == WORD_NONE ? NULL : test;
}

static const struct test *read_distance(
	struct context ctx, const struct phrase *phrase, struct str text)
{
	size_t of = str_find_text(text, STR(" of "));
	struct test *test = new_test(ctx, TEST_WITHIN_OF);

	(void)phrase;
	if (of == text.len ||
		!period_read(str_trim(str_slice(text, 0, of)), &test->period) ||
		test->period.unit != PERIOD_SECONDS)
		return complain(ctx,
			"`within HOURS of FIELD`, such as `within 2h of ts`",
			text);
	test->other = other_field(
		ctx, str_trim(str_slice(text, of + 4, text.len)));
	return test->other == WORD_NONE ? NULL : test;
}

static const struct phrase phrases[] = {
	{STR_INIT("more than"), read_bound, TEST_RANGE, true, true},
	{STR_INIT("less than"), read_bound, TEST_RANGE, false, true},
	{STR_INIT("at least"), read_bound, TEST_RANGE, true, false},
	{STR_INIT("at most"), read_bound, TEST_RANGE, false, false},
	{STR_INIT("="), read_number, TEST_RANGE, false, false},
	{STR_INIT("matches"), read_glob, TEST_GLOB, false, false},
	{STR_INIT("listed in"), read_list, TEST_EQUALS, false, false},
	{STR_INIT("same as"), read_other, TEST_SAME_AS, false, false},
	{STR_INIT("before"), read_other, TEST_BEFORE, false, false},
	{STR_INIT("after"), read_other, TEST_AFTER, false, false},
	{STR_INIT("within"), read_distance, TEST_WITHIN_OF, false, false},
};

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

/* A test without `not`, or else a text to be equal to. */
static const struct test *positive(struct context ctx, struct str text)
{
	struct decimal low, high;

	if (str_equal(text, STR("present")))
		return new_test(ctx, TEST_PRESENT);
	if (str_equal(text, STR("absent")))
		return negate(ctx, new_test(ctx, TEST_PRESENT));
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (eat(&text, phrases[i].words))
			return phrases[i].read(ctx, &phrases[i], text);
	if (is_range(text, &low, &high))
		return range(ctx, text, low, high);
	if (str_has_prefix(text, STR("=")))
		return complain(ctx, "a blank behind `=`", text);
	return equals(ctx, text);
}

/* A plain scalar: test words, or else a text to be equal to. */
static const struct test *plain(struct context ctx, struct str text)
{
	struct str rest = text;

	if (!eat(&rest, STR("not")))
		return positive(ctx, text);
	text = rest;
	if (text.len == 0 || eat(&rest, STR("not")))
		return complain(ctx, "a test after `not`", text);
	if (text.s[0] == '\'' || text.s[0] == '"')
		return complain(ctx, "{not: \"...\"} for a quoted text", text);
	return negate(ctx, positive(ctx, text));
}

/* One text of a list. A plain one that would be a test by itself is refused:
   it would not be read as one here. */
static bool add_text(
	struct context ctx, const struct yaml_node *item, struct str_vec *texts)
{
	const struct test *alone;

	ctx.node = item;
	if (item->kind != YAML_SCALAR) {
		complain(ctx, "a text in a list", as_written(ctx, item));
		return false;
	}
	alone = item->quoted ? equals(ctx, item->text)
			     : plain(ctx, str_trim(item->text));
	if (!alone)
		return false;
	if (alone->kind != TEST_EQUALS || alone->negated) {
		complain(ctx, "a text in a list, or {any: [...]} for tests",
			item->text);
		return false;
	}
	vec_push(ctx.reader->a, texts, alone->texts.at[0]);
	return true;
}

static const struct test *one_of(
	struct context ctx, const struct yaml_node *list)
{
	struct str_vec texts = {0};
	bool ok = true;

	if (list->n == 0)
		return complain(
			ctx, "at least one text", as_written(ctx, list));
	for (uint32_t i = 0; i < list->n; i++)
		ok &= add_text(ctx, list->items[i], &texts);
	return ok ? is_one_of(ctx, texts) : NULL;
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

/* {all: ...} and {any: ...} have a part per test; {some_item: ...} and
   {every_item: ...} have one, which may be a list of texts. */
static const struct test *combined(
	struct context ctx, enum test_kind kind, const struct yaml_node *value)
{
	struct test *test = new_test(ctx, kind);
	bool for_items = kind == TEST_SOME_ITEM || kind == TEST_EVERY_ITEM;
	uint32_t n = 1;
	const struct yaml_node *const *items =
		for_items ? &value : yaml_items(&value, &n);

	if (n == 0)
		return complain(
			ctx, "at least one test", as_written(ctx, value));
	test->parts = arena_array(ctx.reader->a, const struct test *, n);
	for (uint32_t i = 0; i < n; i++) {
		test->parts[i] = read_test(ctx, items[i]);
		if (!test->parts[i])
			return NULL;
	}
	test->n_parts = n;
	if (for_items && !is_about_one_text(test->parts[0]))
		return complain(ctx, "a test on the text of one item",
			as_written(ctx, value));
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
		if (name_is_key(key, kinds[i].name))
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

static void read_clause(struct test_reader *reader, const struct yaml_member *m,
	struct where *out)
{
	struct yaml_node key = name_node(m);
	struct clause clause = {.word = where_word(reader, &key),
		.loc = m->value->loc,
		.span = m->value->span};
	struct context ctx = {reader, m->value, clause.word, 0};

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
