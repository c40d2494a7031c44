#include "rule/textset.h"

#include "base/rng.h"

#include <criterion/criterion.h>

Test(textset, the_empty_set_has_nothing)
{
	struct str_vec texts = {0};

	textset_sort(&texts, false);
	cr_expect_not(textset_has(&texts, false, STR("")));
	cr_expect_not(textset_has(&texts, true, STR("a")));
}

Test(textset, case_counts_unless_folded_and_then_for_ascii_only)
{
	static const struct {
		const char *text;
		bool plain, folded;
	} rows[] = {
		{"Alba", true, true},
		{"aLBA", false, true},
		{"Alb", false, false},
		{"Albas", false, false},
		{"\u00c4", true, true},
		{"\u00e4", false, false},
		{"z[", true, true},
		{"z{", false, false},
		{"", true, true},
	};
	struct arena a = {0};

	for (int fold = 0; fold <= 1; fold++) {
		struct str_vec texts = {0};

		vec_push(&a, &texts, STR("z["));
		vec_push(&a, &texts, STR("\u00c4"));
		vec_push(&a, &texts, STR(""));
		vec_push(&a, &texts, STR("alba"));
		vec_push(&a, &texts, STR("Alba"));
		textset_sort(&texts, fold);
		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			cr_expect_eq(
				textset_has(&texts, fold, str_of(rows[i].text)),
				fold ? rows[i].folded : rows[i].plain,
				"row %zu, fold %d", i, fold);
	}
	arena_free(&a);
}

/* Up to three bytes, not always UTF-8. */
static struct str random_text(struct arena *a, struct rng *rng)
{
	static const char letters[] = "aAbBz\xc3\xe4";
	char *bytes = arena_array(a, char, 3);
	size_t len = rng_below(rng, 4);

	for (size_t i = 0; i < len; i++)
		bytes[i] = letters[rng_below(rng, 7)];
	return (struct str) {bytes, len};
}

/* Property: membership is what a search from end to end says. */
Test(textset, texts_are_found_as_by_a_search)
{
	struct rng rng = {3};

	for (int round = 0; round < 5000; round++) {
		struct arena a = {0};
		struct str_vec texts = {0};
		struct str wanted = random_text(&a, &rng);
		bool fold = round % 2, found = false;

		for (size_t n = rng_below(&rng, 20); n > 0; n--) {
			struct str text = random_text(&a, &rng);

			vec_push(&a, &texts, text);
			found |= fold ? str_equal_fold(text, wanted)
				      : str_equal(text, wanted);
		}
		textset_sort(&texts, fold);
		cr_assert_eq(textset_has(&texts, fold, wanted), found,
			"round %d", round);
		arena_free(&a);
	}
}
