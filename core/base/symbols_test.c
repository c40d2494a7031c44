#include "base/symbols.h"

#include "base/intern.h"
#include "base/rng.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

Test(symbols, numbers_are_dense_and_by_first_sight)
{
	struct symbols s = {0};
	struct symbol_text room;

	cr_expect(symbols_count(&s) == 1);
	cr_expect(symbols_put(&s, STR("b")) == 1);
	cr_expect(symbols_put(&s, STR("E-0002")) == 2);
	cr_expect(symbols_put(&s, STR("b")) == 1);
	cr_expect(symbols_put(&s, STR("E-0001")) == 3);
	cr_expect(symbols_put(&s, STR("E-0002")) == 2);
	cr_expect(symbols_put(&s, STR("E-00002")) == 4);
	cr_expect(symbols_count(&s) == 5);
	cr_expect(str_equal(symbols_text(&s, 1, &room), STR("b")));
	cr_expect(str_equal(symbols_text(&s, 2, &room), STR("E-0002")));
	cr_expect(str_equal(symbols_text(&s, 4, &room), STR("E-00002")));
	symbols_free(&s);
}

Test(symbols, zero_is_the_empty_text)
{
	struct symbols s = {0};
	struct symbol_text room;

	cr_expect(symbols_find(&s, STR("a")) == 0);
	cr_expect(symbols_text(&s, 0, &room).len == 0);
	cr_expect(symbols_text(&s, 9, &room).len == 0);
	cr_expect(symbols_put(&s, STR("")) == 0);
	cr_expect(symbols_put(&s, (struct str) {0}) == 0);
	cr_expect(symbols_count(&s) == 1);
	cr_expect(symbols_text(&s, 0, &room).len == 0);
	symbols_free(&s);
	symbols_free(&s);
}

/* The arena keeps the text when the room is gone. */
Test(symbols, a_text_can_be_kept)
{
	struct arena a = {0};
	struct symbols s = {0};
	struct str one, two;

	symbols_put(&s, STR("E-0001"));
	symbols_put(&s, STR("E-0002"));
	one = symbols_get(&a, &s, 1);
	two = symbols_get(&a, &s, 2);
	cr_expect(str_equal(one, STR("E-0001")));
	cr_expect(str_equal(two, STR("E-0002")));
	symbols_free(&s);
	arena_free(&a);
}

/* Ids in order, far apart, of many series, and texts that are no ids. */
static struct str random_text(struct rng *rng, uint64_t next, char buffer[40])
{
	unsigned long long far = rng_below(rng, UINT64_C(100000000000000));
	int len = 0;

	switch (rng_below(rng, 8)) {
	case 0:
		len = snprintf(
			buffer, 40, "E-%09llu", (unsigned long long)next);
		break;
	case 1:
		len = snprintf(buffer, 40, "%06llu", far % 3000);
		break;
	case 2:
		len = snprintf(buffer, 40, "far%014llu", far);
		break;
	case 3:
		len = snprintf(buffer, 40, "%llu-%04llu", far % 3000, far % 10);
		break;
	case 4:
		len = snprintf(buffer, 40, "t%llu", far % 500);
		break;
	case 5: /* a series that is dense after some outliers */
		len = snprintf(buffer, 40, "o%08llu",
			far % 50 ? (unsigned long long)next : far % 100000000);
		break;
	case 6:
		len = snprintf(
			buffer, 40, "a text of some length %llu", far % 100);
		break;
	default: /* backwards */
		len = snprintf(buffer, 40, "d%07llu",
			9000000 - (unsigned long long)next);
		break;
	}
	return (struct str) {buffer, (size_t)len};
}

/* Property: the numbers are those of `intern`, in one table as in the merge of
   several parts, and every text is found and comes back. */
Test(symbols, agrees_with_intern)
{
	for (uint64_t seed = 0; seed < 6; seed++) {
		struct rng rng = {seed};
		struct symbols one = {0}, merged = {0}, part = {0};
		struct intern plain = {0};
		struct arena scratch = {0};
		char buffer[40];

		for (uint64_t step = 0; step < 30000; step++) {
			struct str text = random_text(&rng, step / 2, buffer);
			sym want = intern_put(&plain, text);

			cr_assert(symbols_put(&one, text) == want, "%.*s",
				STR_ARG(text));
			symbols_put(&part, text);
			if (rng_below(&rng, 3000) && step != 29999)
				continue;
			symbols_merge(&merged, &part,
				arena_array(
					&scratch, sym, symbols_count(&part)));
			symbols_free(&part);
		}
		cr_assert(symbols_count(&one) == intern_count(&plain));
		cr_assert(symbols_count(&merged) == intern_count(&plain));
		for (sym i = 1; i < intern_count(&plain); i++) {
			struct str text = intern_get(&plain, i);
			struct symbol_text room;

			cr_assert(symbols_find(&one, text) == i);
			cr_assert(symbols_find(&merged, text) == i);
			cr_assert(
				str_equal(symbols_text(&one, i, &room), text));
			cr_assert(str_equal(
				symbols_text(&merged, i, &room), text));
		}
		symbols_free(&one);
		symbols_free(&merged);
		intern_free(&plain);
		arena_free(&scratch);
	}
}

Test(symbols, a_merge_maps_every_number)
{
	struct symbols to = {0}, from = {0};
	sym map[4];

	symbols_put(&to, STR("x"));
	symbols_put(&to, STR("E-0002"));
	symbols_put(&from, STR("E-0002"));
	symbols_put(&from, STR("E-0001"));
	symbols_put(&from, STR("x"));
	symbols_merge(&to, &from, map);
	cr_expect(map[0] == 0);
	cr_expect(map[1] == 2);
	cr_expect(map[2] == 3);
	cr_expect(map[3] == 1);
	symbols_free(&to);
	symbols_free(&from);
}

/* An id that lies too far from the others when it comes, and not any more when
   it comes again. */
static const char early[] = "o00281600";

static void put_neighbours(struct symbols *s)
{
	char buffer[40];

	for (int i = 0; i < 2000; i++) {
		snprintf(buffer, sizeof(buffer), "o%08d", i);
		symbols_put(s, str_of(buffer));
	}
	symbols_put(s, STR("o00281601"));
}

Test(symbols, an_id_that_came_early_keeps_its_number)
{
	struct symbols s = {0};

	symbols_put(&s, STR("o00000000"));
	cr_expect(symbols_put(&s, str_of(early)) == 2);
	put_neighbours(&s);
	cr_expect(symbols_put(&s, str_of(early)) == 2);
	cr_expect(symbols_find(&s, str_of(early)) == 2);
	symbols_free(&s);
}

Test(symbols, an_id_that_came_early_is_merged_with_itself)
{
	struct symbols one = {0}, two = {0};
	size_t n;
	sym map[3];

	symbols_put(&one, STR("o00000000"));
	symbols_put(&one, str_of(early));
	put_neighbours(&two);
	symbols_put(&two, str_of(early));
	n = symbols_count(&two);
	symbols_merge(&two, &one, map);
	cr_expect(symbols_count(&two) == n);
	cr_expect(map[2] == symbols_find(&two, str_of(early)));
	symbols_free(&one);
	symbols_free(&two);
}

/* Property: after a cut the numbers go on as if what was cut off had never
   come, however the table kept it. */
Test(symbols, what_is_cut_off_never_came)
{
	for (uint64_t seed = 0; seed < 8; seed++) {
		struct rng rng = {seed};
		struct symbols s = {0};
		struct intern plain = {0};
		char buffer[40];

		for (uint64_t round = 0; round < 40; round++) {
			size_t n;

			for (uint64_t i = 0; i < 300; i++) {
				struct str text = random_text(
					&rng, round * 200 + i, buffer);

				cr_assert(symbols_put(&s, text) ==
					  intern_put(&plain, text));
			}
			n = symbols_count(&s);
			for (uint64_t i = rng_below(&rng, 4000); i > 0; i--)
				symbols_put(
					&s, random_text(&rng, round * 200 + i,
						    buffer));
			symbols_cut(&s, n);
			cr_assert(symbols_count(&s) == n);
		}
		for (sym i = 1; i < intern_count(&plain); i++)
			cr_assert(symbols_find(&s, intern_get(&plain, i)) == i);
		symbols_free(&s);
		intern_free(&plain);
	}
}

Test(symbols, an_id_with_text_and_place_is_cut_off)
{
	struct symbols s = {0};

	symbols_put(&s, STR("o00000000"));
	symbols_put(&s, str_of(early));
	put_neighbours(&s);
	symbols_put(&s, str_of(early));
	symbols_cut(&s, 2);
	cr_expect(symbols_find(&s, str_of(early)) == 0);
	cr_expect(symbols_put(&s, STR("new")) == 2);
	cr_expect(symbols_put(&s, str_of(early)) == 3);
	symbols_free(&s);
}
