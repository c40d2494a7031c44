#include "ingest/columns.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const struct {
	const char *left, *right;
	bool same;
} names[] = {
	{"Case ID", "case_id", true},
	{"AssociatedAdminUnitNames", "associated admin unit names", true},
	{"AssociatedAdminUnitNames", "AssociatedAdminUnitsNames", false},
	{"sys_updated_at", "SysUpdatedAt", true},
	{"__a__", "A", true},
	{" _", "", true},
	{"", "", true},
	{"a", "", false},
	{"ab", "a", false},
	{"a", "a_b", false},
	{"a-b", "ab", false},
	{"Σ Time Spent", "Σtime_spent", true},
	/* Only A to Z fold. */
	{"É", "é", false},
};

Test(columns, names_are_compared_without_case_blanks_and_underscores)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct str left = str_of(names[i].left);
		struct str right = str_of(names[i].right);

		cr_expect(columns_same_name(left, right) == names[i].same,
			"row %zu", i);
		cr_expect(columns_same_name(right, left) == names[i].same,
			"row %zu", i);
	}
}

/* A list of numbers as text: "0 2 ". */
static const char *text_of(const struct column_numbers *numbers, char text[100])
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; numbers && i < numbers->n; i++)
		used += (size_t)snprintf(
			text + used, 100 - used, "%u ", numbers->at[i]);
	return text;
}

static const struct {
	const char *name, *exact, *items, *folded;
} gold[] = {
	{"a", "0 3 ", "2 4 ", "0 3 5 "},
	{"A_", "5 ", "", "0 3 5 "},
	{"a[2]", "4 ", "6 ", "4 "},
	{"a[0]", "2 ", "", "2 "},
	{"a[2][1]", "6 ", "", "6 "},
	{"a[0].b", "7 ", "", "7 "},
	{"", "8 ", "", "8 10 "},
	{"_", "10 ", "", "8 10 "},
	{"[3]", "9 ", "", "9 "},
	{"b", "1 ", "", "1 "},
	{"c", "", "", ""},
	{"B", "", "", "1 "},
	{"a[]", "", "", "11 "},
	{"a []", "11 ", "", "11 "},
};

Test(columns, a_column_is_found_by_name_as_item_and_folded)
{
	static const char *const header[] = {"a", "b", "a[0]", "a", "a[2]",
		"A_", "a[2][1]", "a[0].b", "", "[3]", "_", "a []"};
	struct columns columns = {0};
	char text[100];

	for (uint32_t i = 0; i < sizeof(header) / sizeof(*header); i++)
		cr_expect(columns_add(&columns, str_of(header[i])) == i);
	for (size_t i = 0; i < sizeof(gold) / sizeof(*gold); i++) {
		struct str name = str_of(gold[i].name);

		cr_expect_str_eq(text_of(columns_exact(&columns, name), text),
			gold[i].exact, "row %zu: %s", i, text);
		cr_expect_str_eq(text_of(columns_items(&columns, name), text),
			gold[i].items, "row %zu: %s", i, text);
		cr_expect_str_eq(text_of(columns_folded(&columns, name), text),
			gold[i].folded, "row %zu: %s", i, text);
	}
	columns_free(&columns);
	cr_expect(!columns_exact(&columns, STR("a")));
}

/* Property: the lists are those of comparing with every column. */
Test(columns, finding_agrees_with_linear_search)
{
	static const char *const pool[] = {
		"a", "A", "a_", "b", "", "a[1]", "a[2]", "_", "b[x]", "B [x]"};
	struct rng rng = {7};

	for (int i = 0; i < 3000; i++) {
		struct columns columns = {0};
		struct str name = str_of(pool[rng_below(&rng, 10)]);
		struct column_numbers exact = {0}, items = {0}, folded = {0};
		struct arena a = {0};
		char want[100], got[100];

		for (uint64_t n = rng_below(&rng, 12); n > 0; n--)
			columns_add(
				&columns, str_of(pool[rng_below(&rng, 10)]));
		for (uint32_t j = 0; j < columns.names.n; j++) {
			struct str at = columns.names.at[j];

			if (str_equal(at, name))
				vec_push(&a, &exact, j);
			if (name.len && str_has_prefix(at, name) &&
				at.len > name.len + 2 && at.s[name.len] == '[')
				vec_push(&a, &items, j);
			if (columns_same_name(at, name))
				vec_push(&a, &folded, j);
		}
		cr_assert_str_eq(text_of(columns_exact(&columns, name), got),
			text_of(&exact, want), "case %d", i);
		cr_assert_str_eq(text_of(columns_items(&columns, name), got),
			text_of(&items, want), "case %d", i);
		cr_assert_str_eq(text_of(columns_folded(&columns, name), got),
			text_of(&folded, want), "case %d", i);
		columns_free(&columns);
		arena_free(&a);
	}
}
