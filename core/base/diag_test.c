#include "base/diag.h"

#include "base/rng.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

static struct loc at(uint32_t file, uint32_t line, uint32_t col)
{
	return (struct loc) {file, line, col};
}

Test(diag, names_are_unique_lower_case_words)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	for (int i = 0; i < DIAG_N; i++) {
		const char *name = diag_name((enum diag_code)i);

		cr_expect(name[strspn(name, letters)] == '\0', "%s", name);
		for (int j = 0; j < i; j++)
			cr_expect_str_neq(name, diag_name((enum diag_code)j));
	}
}

Test(diag, codes_are_ordered_by_severity)
{
	for (int i = 1; i < DIAG_N; i++)
		cr_expect(diag_level((enum diag_code)(i - 1)) <=
				  diag_level((enum diag_code)i),
			"%s", diag_name((enum diag_code)i));
	cr_expect(diag_level(DIAG_ASSUMED) == DIAG_NOTE);
	cr_expect(diag_level(DIAG_ROW_SHORT) == DIAG_REJECT);
	cr_expect(diag_level(DIAG_CORRUPT) == DIAG_INPUT);
	cr_expect(diag_level(DIAG_BAD_OPTION) == DIAG_USAGE);
}

Test(diag, a_complaint_has_code_place_text_and_help)
{
	struct diag diag = {0};
	struct diag_item *item = diag_add(&diag, DIAG_ROW_SHORT, at(1, 2, 3),
		"%d fields, expected %d", 4, 5);

	cr_assert(item);
	item->span = 9;
	diag_help(&diag, item, STR("add the field"));
	diag_help(&diag, NULL, STR("nobody sees this"));
	cr_assert(diag.items.n == 1);
	item = &diag.items.at[0];
	cr_expect(item->code == DIAG_ROW_SHORT && item->span == 9);
	cr_expect(item->loc.file == 1 && item->loc.line == 2);
	cr_expect(item->loc.col == 3);
	cr_expect(str_equal(item->text, STR("4 fields, expected 5")));
	cr_expect(str_equal(item->help, STR("add the field")));
	diag_free(&diag);
	cr_expect(diag.items.n == 0 && diag_count(&diag, DIAG_ROW_SHORT) == 0);
}

Test(diag, a_failure_becomes_a_complaint)
{
	struct diag diag = {0};
	struct err err;

	err_set(&err, ERR_INPUT, at(3, 4, 5), "%s", "100%s broken");
	diag_add_err(&diag, DIAG_CORRUPT, &err);
	cr_assert(diag.items.n == 1);
	cr_expect(str_equal(diag.items.at[0].text, STR("100%s broken")));
	cr_expect(diag.items.at[0].loc.line == 4);
	diag_free(&diag);
}

Test(diag, texts_are_capped_per_code_and_file_but_counts_are_exact)
{
	struct diag diag = {0};

	for (uint32_t i = 0; i < 100; i++) {
		struct diag_item *item = diag_add(
			&diag, DIAG_ROW_SHORT, at(1, i, 1), "x");

		cr_expect((item != NULL) == (i < DIAG_KEEP), "row %u", i);
	}
	cr_expect(diag_add(&diag, DIAG_ROW_SHORT, at(2, 1, 1), "x"));
	cr_expect(diag_add(&diag, DIAG_ROW_LONG, at(1, 1, 1), "x"));
	cr_expect(diag_add(&diag, DIAG_ASSUMED, at(1, 1, 1), "x"));
	cr_expect(diag.items.n == DIAG_KEEP + 3);
	cr_expect(diag_count(&diag, DIAG_ROW_SHORT) == 101);
	cr_expect(diag_count(&diag, DIAG_ROW_LONG) == 1);
	cr_expect(diag_count(&diag, DIAG_NUL_BYTE) == 0);
	cr_expect(diag_count_level(&diag, DIAG_REJECT) == 102);
	cr_expect(diag_count_level(&diag, DIAG_NOTE) == 1);
	cr_expect(diag_count_level(&diag, DIAG_USAGE) == 0);
	diag_free(&diag);
}

Test(diag, a_made_complaint_may_stand_for_many)
{
	struct diag diag = {0};
	char text[] = "first";
	struct diag_item item = {.code = DIAG_BAD_TIME,
		.loc = at(1, 1, 1),
		.text = str_of(text),
		.help = STR("look")};

	diag_add_item(&diag, item, 50);
	memcpy(text, "other", 5);
	cr_expect(diag.items.n == 1);
	cr_expect(str_equal(diag.items.at[0].text, STR("first")));
	cr_expect(str_equal(diag.items.at[0].help, STR("look")));
	cr_expect(diag_count(&diag, DIAG_BAD_TIME) == 50);
	diag_free(&diag);
}

static void expect_same(const struct diag *left, const struct diag *right)
{
	cr_assert(left->items.n == right->items.n);
	for (size_t i = 0; i < left->items.n; i++) {
		const struct diag_item *a = &left->items.at[i];
		const struct diag_item *b = &right->items.at[i];

		cr_assert(a->code == b->code);
		cr_assert(memcmp(&a->loc, &b->loc, sizeof(a->loc)) == 0);
		cr_assert(str_equal(a->text, b->text));
	}
	for (int code = 0; code < DIAG_N; code++)
		cr_assert(diag_count(left, (enum diag_code)code) ==
			  diag_count(right, (enum diag_code)code));
}

static void add_random(struct diag *diag, struct rng *rng, uint32_t number)
{
	static const enum diag_code codes[] = {
		DIAG_ROW_SHORT, DIAG_BAD_TIME, DIAG_ASSUMED};
	enum diag_code code = codes[rng_below(rng, 3)];
	uint32_t file = (uint32_t)rng_below(rng, 2) + 1;

	diag_add(diag, code, at(file, number, 1), "complaint %u", number);
}

/* Property: lists made chunk by chunk and appended in order are the list of a
   serial run: same items, same order, same counts. */
Test(diag, appending_chunks_in_order_gives_the_serial_list)
{
	static const uint32_t chunk_counts[] = {1, 2, 3, 7};

	for (uint32_t c = 0; c < 4; c++)
		for (uint64_t seed = 0; seed < 30; seed++) {
			struct diag serial = {0}, joined = {0};
			struct rng one = {seed}, two = {seed};
			uint32_t n = chunk_counts[c], number = 0;

			for (uint32_t i = 0; i < 210; i++)
				add_random(&serial, &one, i);
			for (uint32_t k = 0; k < n; k++) {
				struct diag part = {0};

				for (; number < 210 * (k + 1) / n; number++)
					add_random(&part, &two, number);
				diag_append(&joined, &part);
				diag_free(&part);
			}
			expect_same(&serial, &joined);
			diag_free(&serial);
			diag_free(&joined);
		}
}

static bool is_before(const struct diag_item *a, const struct diag_item *b)
{
	/* No file: last. */
	if (a->loc.file != b->loc.file)
		return b->loc.file == 0 ||
		       (a->loc.file != 0 && a->loc.file < b->loc.file);
	if (a->loc.line != b->loc.line)
		return a->loc.line < b->loc.line;
	if (a->loc.col != b->loc.col)
		return a->loc.col < b->loc.col;
	/* The span holds the number of arrival. */
	return a->span < b->span;
}

/* Property: sorted by place, and complaints of one place stay in order. */
Test(diag, sorting_is_by_place_and_stable)
{
	struct rng rng = {9};

	for (int round = 0; round < 100; round++) {
		struct diag diag = {0};

		for (uint32_t i = 0; i < 40; i++) {
			struct diag_item *item = diag_add(&diag,
				(enum diag_code)rng_below(&rng, DIAG_N),
				at((uint32_t)rng_below(&rng, 3),
					(uint32_t)rng_below(&rng, 4),
					(uint32_t)rng_below(&rng, 3)),
				"x");

			cr_assert(item);
			item->span = i;
		}
		diag_sort(&diag);
		cr_assert(diag.items.n == 40);
		for (size_t i = 1; i < 40; i++)
			cr_assert(is_before(
				&diag.items.at[i - 1], &diag.items.at[i]));
		diag_free(&diag);
	}
}

Test(diag, nothing_sorts_and_appends_to_nothing)
{
	struct diag diag = {0}, empty = {0};

	diag_sort(&diag);
	diag_append(&diag, &empty);
	cr_expect(diag.items.n == 0);
	diag_free(&diag);
	diag_free(&empty);
}

Test(diag, a_long_text_loses_its_middle)
{
	struct diag diag = {0};
	char cell[2001];
	struct diag_item *item;

	memset(cell, 'x', 2000);
	cell[2000] = '\0';
	/* 600 bytes stay as they are. */
	item = diag_add(&diag, DIAG_BAD_TIME, at(1, 2, 0), "%.600s", cell);
	cr_expect_eq(item->text.len, 600);
	/* 300 bytes of each end, and the mark of 3 bytes between. */
	item = diag_add(&diag, DIAG_BAD_TIME, at(1, 2, 0),
		"'%s' is not a readable time", cell);
	cr_expect_eq(item->text.len, 603);
	cr_expect(str_has_prefix(item->text, STR("'xxx")));
	cr_expect(str_equal(str_slice(item->text, 300, 3), STR("\u2026")));
	cr_expect(str_equal(str_slice(item->text, 579, 24),
		STR("' is not a readable time")));
	/* No code point is cut: '\u00e9' has 2 bytes, the first at 299. */
	item = diag_add(&diag, DIAG_BAD_TIME, at(1, 2, 0), "%.299s\u00e9%.400s",
		cell, cell);
	cr_expect_eq(item->text.len, 602);
	cr_expect(str_equal(str_slice(item->text, 299, 3), STR("\u2026")));
	diag_free(&diag);
}
