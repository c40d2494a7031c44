#include "base/str.h"

#include "base/rng.h"

#include <criterion/criterion.h>

static const struct str none;

Test(str, the_zero_slice_is_the_empty_text)
{
	cr_expect(str_equal(none, STR("")));
	cr_expect(str_compare(none, STR("")) == 0);
	cr_expect(str_equal_fold(none, STR("")));
	cr_expect(str_has_prefix(none, STR("")) && str_has_suffix(none, none));
	cr_expect(!str_has_prefix(none, STR("a")));
	cr_expect(!str_has_suffix(none, STR("a")));
	cr_expect(str_find(none, 'a') == 0);
	cr_expect(str_find_text(none, STR("a")) == 0);
	cr_expect(str_slice(none, 3, 4).len == 0);
	cr_expect(str_trim(none).len == 0);
	cr_expect(str_equal(str_of(""), none));
}

Test(str, a_literal_keeps_its_nul_bytes)
{
	cr_expect(STR("a\0b").len == 3);
	cr_expect(str_of("a\0b").len == 1);
	cr_expect(!str_equal(STR("a\0b"), STR("a\0c")));
}

Test(str, order_is_by_unsigned_bytes_and_prefixes_come_first)
{
	static const struct str sorted[] = {STR_INIT(""), STR_INIT("\0"),
		STR_INIT("A"), STR_INIT("Z"), STR_INIT("a"), STR_INIT("a\0"),
		STR_INIT("ab"), STR_INIT("b"), STR_INIT("\x7f"),
		STR_INIT("\x80"), STR_INIT("é"), STR_INIT("\xff")};
	size_t n = sizeof(sorted) / sizeof(*sorted);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			int order = str_compare(sorted[i], sorted[j]);

			cr_expect((order < 0) == (i < j), "%zu %zu", i, j);
			cr_expect((order == 0) == (i == j), "%zu %zu", i, j);
			cr_expect(str_equal(sorted[i], sorted[j]) == (i == j));
			cr_expect(str_compare_items(&sorted[i], &sorted[j]) ==
				  order);
		}
}

Test(str, only_the_letters_a_to_z_are_folded)
{
	cr_expect(str_equal_fold(STR("Case Id"), STR("cASE iD")));
	cr_expect(!str_equal_fold(STR("É"), STR("é")));
	cr_expect(!str_equal_fold(STR("a["), STR("a{")));
	cr_expect(!str_equal_fold(STR("@"), STR("`")));
	cr_expect(!str_equal_fold(STR("ab"), STR("abc")));
	for (int c = 0; c < 256; c++) {
		bool upper = c >= 'A' && c <= 'Z';

		cr_expect(str_lower((char)c) == (char)(upper ? c + 32 : c));
		cr_expect(str_is_digit((char)c) == (c >= 48 && c <= 57));
	}
}

Test(str, prefixes_and_suffixes)
{
	struct str text = STR("orders.csv.gz");

	cr_expect(str_has_prefix(text, STR("orders")));
	cr_expect(str_has_prefix(text, text));
	cr_expect(!str_has_prefix(text, STR("orders.csv.gz2")));
	cr_expect(!str_has_prefix(text, STR("order.")));
	cr_expect(str_has_suffix(text, STR(".gz")));
	cr_expect(str_has_suffix(text, text));
	cr_expect(!str_has_suffix(text, STR(".csv")));
	cr_expect(!str_has_suffix(STR("gz"), STR(".gz")));
}

Test(str, the_first_place_or_the_length)
{
	struct str text = STR("banana");

	cr_expect(str_find(text, 'a') == 1);
	cr_expect(str_find(text, 'x') == 6);
	cr_expect(str_find_text(text, STR("ana")) == 1);
	cr_expect(str_find_text(text, STR("nana")) == 2);
	cr_expect(str_find_text(text, STR("nanan")) == 6);
	cr_expect(str_find_text(text, STR("bananas")) == 6);
	cr_expect(str_find_text(text, STR("")) == 0);
	cr_expect(str_find_text(text, text) == 0);
}

Test(str, a_slice_is_clipped_to_its_text)
{
	static const struct {
		size_t start, len;
		const char *text;
	} rows[] = {
		{0, 5, "abcde"},
		{0, 99, "abcde"},
		{1, 3, "bcd"},
		{4, 1, "e"},
		{4, 2, "e"},
		{5, 1, ""},
		{6, 1, ""},
		{SIZE_MAX, SIZE_MAX, ""},
		{1, SIZE_MAX, "bcde"},
		{2, 0, ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(str_equal(str_slice(STR("abcde"), rows[i].start,
					    rows[i].len),
				  str_of(rows[i].text)),
			"row %zu", i);
}

Test(str, blanks_are_taken_off_both_ends)
{
	cr_expect(str_equal(str_trim(STR(" \t a b\t ")), STR("a b")));
	cr_expect(str_equal(str_trim(STR("a\n")), STR("a\n")));
	cr_expect(str_trim(STR(" \t ")).len == 0);
}

/* Property: the parts of a list, joined again, are the list, and no part holds
   the separator. */
Test(str, cut_visits_every_part_once)
{
	struct rng rng = {7};
	char list[12], joined[13];

	for (int round = 0; round < 2000; round++) {
		size_t len = rng_below(&rng, sizeof(list)), used = 0, n = 1;
		struct str rest = {list, len};

		for (size_t i = 0; i < len; i++) {
			list[i] = rng_chance(&rng, 300000) ? ',' : 'x';
			n += list[i] == ',';
		}
		while (rest.s) {
			struct str part = str_cut(&rest, ',');

			cr_assert(str_find(part, ',') == part.len);
			for (size_t i = 0; i < part.len; i++)
				joined[used++] = part.s[i];
			joined[used++] = ',';
			n--;
		}
		cr_assert(n == 0);
		cr_assert(str_equal((struct str) {joined, used - 1},
			(struct str) {list, len}));
	}
}
