#include "base/intern.h"

#include "base/rng.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

Test(intern, numbers_are_dense_and_by_first_sight)
{
	struct intern in = {0};

	cr_expect(intern_count(&in) == 1);
	cr_expect(intern_put(&in, STR("b")) == 1);
	cr_expect(intern_put(&in, STR("a")) == 2);
	cr_expect(intern_put(&in, STR("b")) == 1);
	cr_expect(intern_put(&in, STR("B")) == 3);
	cr_expect(intern_put(&in, STR("b\0")) == 4);
	cr_expect(intern_count(&in) == 5);
	cr_expect(str_equal(intern_get(&in, 2), STR("a")));
	cr_expect(str_equal(intern_get(&in, 4), STR("b\0")));
	intern_free(&in);
}

Test(intern, zero_is_the_empty_text)
{
	struct intern in = {0};

	cr_expect(intern_find(&in, STR("a")) == 0);
	cr_expect(intern_get(&in, 0).len == 0);
	cr_expect(intern_get(&in, 9).len == 0);
	cr_expect(intern_put(&in, STR("")) == 0);
	cr_expect(intern_put(&in, (struct str) {0}) == 0);
	cr_expect(intern_count(&in) == 1);
	cr_expect(intern_find(&in, STR("")) == 0);
	cr_expect(intern_get(&in, 0).len == 0);
	intern_free(&in);
	intern_free(&in);
}

Test(intern, texts_are_copied)
{
	struct intern in = {0};
	char text[] = "first";

	intern_put(&in, str_of(text));
	memcpy(text, "other", 5);
	cr_expect(str_equal(intern_get(&in, 1), STR("first")));
	cr_expect(intern_find(&in, STR("first")) == 1);
	cr_expect(intern_find(&in, STR("other")) == 0);
	intern_free(&in);
}

/* A text of 0 to 5 letters, few enough that many repeat. */
static struct str random_text(struct rng *rng, char buffer[8])
{
	size_t len = rng_below(rng, 6);

	for (size_t i = 0; i < len; i++)
		buffer[i] = (char)('a' + rng_below(rng, 5));
	return (struct str) {buffer, len};
}

/* Property: the numbers are those of a linear search through a list. */
Test(intern, agrees_with_linear_search)
{
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct arena a = {0};
		struct str_vec list = {0};
		struct intern in = {0};
		struct rng rng = {seed};

		vec_push(&a, &list, STR(""));
		for (int step = 0; step < 600; step++) {
			char buffer[8];
			struct str text = random_text(&rng, buffer);
			size_t at = 0;

			while (at < list.n && !str_equal(list.at[at], text))
				at++;
			cr_assert(intern_find(&in, text) ==
				  (at < list.n ? at : 0));
			if (at == list.n)
				vec_push(&a, &list, arena_copy(&a, text));
			cr_assert(intern_put(&in, text) == at);
			cr_assert(intern_count(&in) == list.n);
		}
		for (size_t i = 0; i < list.n; i++)
			cr_assert(
				str_equal(intern_get(&in, (sym)i), list.at[i]));
		intern_free(&in);
		arena_free(&a);
	}
}

Test(intern, growth_keeps_every_number)
{
	/* So many that some share their 32 bits of hash. */
	enum { MANY = 300000 };
	struct intern in = {0};
	char text[24];
	int wrong = 0;

	for (int i = 0; i < MANY; i++) {
		snprintf(text, sizeof(text), "customer/%d", i);
		wrong += intern_put(&in, str_of(text)) != (sym)i + 1;
	}
	for (int i = 0; i < MANY; i++) {
		sym number = (sym)i + 1;

		snprintf(text, sizeof(text), "customer/%d", i);
		wrong += intern_find(&in, str_of(text)) != number;
		wrong += !str_equal(intern_get(&in, number), str_of(text));
	}
	cr_expect(wrong == 0, "%d", wrong);
	intern_free(&in);
}

/* Property: tables filled chunk by chunk and merged in order have the numbers
   of one table that saw everything. */
Test(intern, merging_chunks_in_order_gives_serial_numbers)
{
	enum { TEXTS = 5000 };
	static const size_t chunk_counts[] = {1, 2, 3, 7};
	static char buffers[TEXTS][8];
	struct str texts[TEXTS];
	struct intern serial = {0};
	struct rng rng = {11};

	for (size_t i = 0; i < TEXTS; i++) {
		texts[i] = random_text(&rng, buffers[i]);
		intern_put(&serial, texts[i]);
	}
	for (size_t c = 0; c < 4; c++) {
		size_t n = chunk_counts[c];
		struct intern merged = {0};

		for (size_t k = 0; k < n; k++) {
			struct intern local = {0};

			for (size_t i = TEXTS * k / n; i < TEXTS * (k + 1) / n;
				i++)
				intern_put(&local, texts[i]);
			for (sym s = 1; s < intern_count(&local); s++)
				intern_put(&merged, intern_get(&local, s));
			intern_free(&local);
		}
		cr_assert(intern_count(&merged) == intern_count(&serial));
		for (size_t i = 0; i < TEXTS; i++)
			cr_assert(intern_find(&merged, texts[i]) ==
					  intern_find(&serial, texts[i]),
				"%zu chunks", n);
		intern_free(&merged);
	}
	intern_free(&serial);
}
