#include "rule/phrase.h"

#include "base/glob.h"
#include "rule/name.h"
#include "rule/textset.h"

#define GLOB_BYTES 256

static const struct str characters = STR_INIT(" characters");

struct test *phrase_new(struct test_context ctx, enum test_kind kind)
{
	struct test *test = arena_new(ctx.reader->a, struct test);

	test->kind = kind;
	if (ctx.word != WORD_NONE)
		test->ignore_case =
			ctx.reader->words->words.at[ctx.word].ignore_case;
	return test;
}

const struct test *phrase_complain(
	struct test_context ctx, const char *expected, struct str found)
{
	yaml_complain(ctx.reader->diag, DIAG_BAD_TEST, ctx.node,
		"expected %s; found '%.*s'", expected, STR_ARG(found));
	return NULL;
}

const struct test *phrase_one_of(struct test_context ctx, struct str_vec texts)
{
	struct test *test = phrase_new(ctx, TEST_EQUALS);

	test->texts = texts;
	textset_sort(&test->texts, test->ignore_case);
	return test;
}

const struct test *phrase_equals(struct test_context ctx, struct str text)
{
	struct str_vec texts = {0};

	text = str_trim(text);
	if (text.len == 0)
		return phrase_complain(
			ctx, "a text, or `absent` for none", text);
	vec_push(ctx.reader->a, &texts, text);
	return phrase_one_of(ctx, texts);
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

static uint32_t find_word(struct test_context ctx, struct str name)
{
	struct yaml_node node = *ctx.node;

	node.text = name;
	return where_word(ctx.reader, &node);
}

/* Words that a test may begin with, and how the rest is read. */
struct phrase {
	struct str words;
	const struct test *(*read)(struct test_context ctx,
		const struct phrase *phrase, struct str rest);
	enum test_kind kind;
	bool is_low, is_open; /* of a bound */
};

/* Digits and a point, but too many of them. */
static bool is_long_number(struct str text)
{
	size_t digits = 0, points = 0, sign = str_has_prefix(text, STR("-"));

	for (size_t i = sign; i < text.len; i++) {
		digits += str_is_digit(text.s[i]);
		points += text.s[i] == '.';
	}
	return digits > 18 && points <= 1 && sign + digits + points == text.len;
}

static const struct test *complain_number(
	struct test_context ctx, const struct phrase *phrase, struct str found)
{
	const char *most = is_long_number(found) ? " of at most 18 digits" : "";

	return phrase_complain(ctx,
		arena_print(ctx.reader->a, "a number%s after `%.*s`", most,
			STR_ARG(phrase->words))
			.s,
		found);
}

static const struct test *bounded(struct test_context ctx, enum test_kind kind,
	const struct phrase *phrase, struct decimal bound)
{
	struct test *test = phrase_new(ctx, kind);

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
	struct test_context ctx, const struct phrase *phrase, struct str text)
{
	struct str number = str_trim(
		str_slice(text, 0, text.len - characters.len));
	struct decimal bound;

	if (phrase->is_open || !number_read_decimal(number, &bound) ||
		bound.scale != 0 || bound.digits < 0)
		return phrase_complain(ctx,
			"`at least n characters` or `at most n characters`",
			text);
	return bounded(ctx, TEST_LENGTH, phrase, bound);
}

static const struct test *read_bound(
	struct test_context ctx, const struct phrase *phrase, struct str text)
{
	struct decimal bound;

	if (str_has_suffix(text, characters))
		return read_length(ctx, phrase, text);
	if (!number_read_decimal(text, &bound))
		return complain_number(ctx, phrase, text);
	return bounded(ctx, TEST_RANGE, phrase, bound);
}

static const struct test *read_number(
	struct test_context ctx, const struct phrase *phrase, struct str text)
{
	struct test *test = phrase_new(ctx, TEST_RANGE);

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

static const struct test *range(struct test_context ctx, struct str text,
	struct decimal low, struct decimal high)
{
	struct test *test = phrase_new(ctx, TEST_RANGE);

	if (decimal_compare(low, high) > 0)
		return phrase_complain(ctx,
			"a range from the smaller to the larger number", text);
	test->low = low;
	test->high = high;
	test->has_low = test->has_high = true;
	return test;
}

static const struct test *read_glob(
	struct test_context ctx, const struct phrase *phrase, struct str glob)
{
	struct test *test = phrase_new(ctx, TEST_GLOB);
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

static void complain_list(struct test_context ctx, struct str name)
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
	struct test_context ctx, const struct phrase *phrase, struct str name)
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
	return phrase_one_of(ctx, texts);
}

/* The field that a value is compared with; WORD_NONE after a complaint. */
static uint32_t other_field(struct test_context ctx, struct str name)
{
	uint32_t word = WORD_NONE;

	if (name.len == 0)
		phrase_complain(
			ctx, "the name of a field at the end", ctx.node->text);
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
	struct test_context ctx, const struct phrase *phrase, struct str name)
{
	struct test *test = phrase_new(ctx, phrase->kind);

	test->other = other_field(ctx, name);
	return test->other == WORD_NONE ? NULL : test;
}

static const struct test *read_distance(
	struct test_context ctx, const struct phrase *phrase, struct str text)
{
	size_t of = str_find_text(text, STR(" of "));
	struct test *test = phrase_new(ctx, TEST_WITHIN_OF);

	(void)phrase;
	if (of == text.len ||
		!period_read(str_trim(str_slice(text, 0, of)), &test->period) ||
		test->period.unit != PERIOD_SECONDS)
		return phrase_complain(ctx,
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

const struct test *phrase_negate(
	struct test_context ctx, const struct test *test)
{
	struct test *copy;

	if (!test)
		return NULL;
	copy = phrase_new(ctx, test->kind);
	*copy = *test;
	copy->negated = !test->negated;
	return copy;
}

/* A test without `not`, or else a text to be equal to. */
static const struct test *positive(struct test_context ctx, struct str text)
{
	struct decimal low, high;

	if (str_equal(text, STR("present")))
		return phrase_new(ctx, TEST_PRESENT);
	if (str_equal(text, STR("absent")))
		return phrase_negate(ctx, phrase_new(ctx, TEST_PRESENT));
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (eat(&text, phrases[i].words))
			return phrases[i].read(ctx, &phrases[i], text);
	if (is_range(text, &low, &high))
		return range(ctx, text, low, high);
	if (str_has_prefix(text, STR("=")))
		return phrase_complain(ctx, "a blank behind `=`", text);
	return phrase_equals(ctx, text);
}

const struct test *phrase_read(struct test_context ctx, struct str text)
{
	struct str rest = text;

	if (!eat(&rest, STR("not")))
		return positive(ctx, text);
	text = rest;
	if (text.len == 0 || eat(&rest, STR("not")))
		return phrase_complain(ctx, "a test after `not`", text);
	if (text.s[0] == '\'' || text.s[0] == '"')
		return phrase_complain(
			ctx, "{not: \"...\"} for a quoted text", text);
	return phrase_negate(ctx, positive(ctx, text));
}
