#include "base/near.h"

#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

Test(near, distances)
{
	static const struct {
		struct str left, right;
		unsigned distance;
	} rows[] = {
		{STR_INIT(""), STR_INIT(""), 0},
		{STR_INIT("abc"), STR_INIT("abc"), 0},
		{STR_INIT(""), STR_INIT("abc"), 3},
		{STR_INIT("abc"), STR_INIT("ab"), 1},
		{STR_INIT("abc"), STR_INIT("axc"), 1},
		{STR_INIT("abc"), STR_INIT("xabc"), 1},
		{STR_INIT("ab"), STR_INIT("ba"), 1},
		{STR_INIT("abcd"), STR_INIT("badc"), 2},
		{STR_INIT("check"), STR_INIT("chekc"), 1},
		{STR_INIT("kitten"), STR_INIT("sitting"), 3},
		/* One part is never changed twice: not 2. */
		{STR_INIT("ca"), STR_INIT("abc"), 3},
		{STR_INIT("abc"), STR_INIT("xyz"), 3},
		{STR_INIT("must_be_folowed_by"),
			STR_INIT("must_be_followed_by"), 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		cr_expect(near_distance(rows[i].left, rows[i].right) ==
				  rows[i].distance,
			"row %zu", i);
		cr_expect(near_distance(rows[i].right, rows[i].left) ==
				  rows[i].distance,
			"row %zu", i);
	}
}

Test(near, texts_above_64_bytes_are_far_away)
{
	char text[65];

	memset(text, 'a', sizeof(text));
	cr_expect(near_distance((struct str) {text, 64},
			  (struct str) {text, 64}) == 0);
	cr_expect(near_distance((struct str) {text, 64}, STR("")) == 64);
	cr_expect(near_distance((struct str) {text, 65},
			  (struct str) {text, 65}) >= 65);
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The definition itself, without a table. */
static unsigned slow_distance(struct str l, struct str r)
{
	unsigned best;
	struct str l1, r1;

	if (l.len == 0 || r.len == 0)
		return (unsigned)(l.len + r.len);
	l1 = str_slice(l, 0, l.len - 1);
	r1 = str_slice(r, 0, r.len - 1);
	best = slow_distance(l1, r1) + (l.s[l.len - 1] != r.s[r.len - 1]);
	best = least(best, slow_distance(l1, r) + 1);
	best = least(best, slow_distance(l, r1) + 1);
	if (l1.len && r1.len && l.s[l.len - 1] == r1.s[r1.len - 1] &&
		l1.s[l1.len - 1] == r.s[r.len - 1])
		best = least(best, slow_distance(str_slice(l, 0, l.len - 2),
					   str_slice(r, 0, r.len - 2)) +
					   1);
	return best;
}

/* Property: the table gives what the definition gives. */
Test(near, agrees_with_the_definition)
{
	struct rng rng = {8};

	for (int round = 0; round < 1000; round++) {
		char left[6], right[6];
		struct str l = {left, rng_below(&rng, 7)};
		struct str r = {right, rng_below(&rng, 7)};

		for (size_t i = 0; i < 6; i++) {
			left[i] = (char)('a' + rng_below(&rng, 3));
			right[i] = (char)('a' + rng_below(&rng, 3));
		}
		cr_assert(near_distance(l, r) == slow_distance(l, r),
			"%.*s %.*s", STR_ARG(l), STR_ARG(r));
	}
}

Test(near, hints_name_at_most_three_nearest_first)
{
	static const struct str names[] = {STR_INIT("trace"), STR_INIT("track"),
		STR_INIT("brace"), STR_INIT("grace"), STR_INIT("check"),
		STR_INIT("must_be_followed_by"), STR_INIT("traces")};
	static const struct {
		const char *word, *hint;
	} rows[] = {
		{"chekc", " did you mean \"check\"?"},
		{"trac", " did you mean \"trace\" or \"track\"?"},
		{"race", " did you mean \"brace\", \"grace\" or \"trace\"?"},
		{"xrace", " did you mean \"brace\", \"grace\" or \"trace\"?"},
		{"must_be_folowed_by", " did you mean "
				       "\"must_be_followed_by\"?"},
		{"must_bee_folowd_by", " did you mean "
				       "\"must_be_followed_by\"?"},
		{"metric", ""},
		{"", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena a = {0};
		struct str hint = near_hint(&a, str_of(rows[i].word), names,
			sizeof(names) / sizeof(*names));

		cr_expect(str_equal(hint, str_of(rows[i].hint)),
			"row %zu: %.*s", i, STR_ARG(hint));
		arena_free(&a);
	}
}

/* Property: the order in which names are given changes nothing. */
Test(near, hints_do_not_depend_on_the_order_of_names)
{
	struct str names[] = {STR("aa"), STR("ab"), STR("ac"), STR("ad"),
		STR("a"), STR("xa")};
	struct rng rng = {1};

	for (int round = 0; round < 100; round++) {
		struct arena a = {0};
		struct str hint;

		for (size_t i = 0; i < 6; i++) {
			size_t j = rng_below(&rng, 6);
			struct str swap = names[i];

			names[i] = names[j];
			names[j] = swap;
		}
		hint = near_hint(&a, STR("ax"), names, 6);
		cr_assert(str_equal(
			hint, STR(" did you mean \"a\", \"aa\" or \"ab\"?")));
		arena_free(&a);
	}
}

Test(near, the_limit_is_a_quarter_of_the_length)
{
	static const struct str name = STR_INIT("abcdefghijkl");
	struct arena a = {0};

	/* 12 letters: three changes are near, four are not. */
	cr_expect(near_hint(&a, STR("xbcxefxhijkl"), &name, 1).len > 0);
	cr_expect(near_hint(&a, STR("xbcxefxhixkl"), &name, 1).len == 0);
	cr_expect(near_hint(&a, name, &name, 0).len == 0);
	arena_free(&a);
}

Test(near, a_sentence_has_the_first_three_names)
{
	static const struct str names[] = {
		STR_INIT("a"), STR_INIT("b"), STR_INIT("c"), STR_INIT("d")};
	static const char *const sentences[] = {"", " did you mean \"a\"?",
		" did you mean \"a\" or \"b\"?",
		" did you mean \"a\", \"b\" or \"c\"?",
		" did you mean \"a\", \"b\" or \"c\"?"};
	struct arena a = {0};

	for (size_t n = 0; n <= 4; n++)
		cr_expect(str_equal(near_sentence(&a, names, n),
				  str_of(sentences[n])),
			"row %zu", n);
	arena_free(&a);
}
