#include "ingest/sourcename.h"

#include <criterion/criterion.h>

static const struct {
	const char *path, *name;
} files[] = {
	{"audit.csv", "audit"},
	{"exports/Crm Cases-1.csv.gz", "crm_cases_1"},
	{"a.b/2024.csv", "f2024"},
	{"_x.csv", "fx"},
	{"-x.csv", "fx"},
	{"\xc3\xa9t\xc3\xa9.csv", "f_t__"},
	{"UPPER", "upper"},
	{".hidden", "f"},
};

Test(sourcename, a_file_gives_a_name_of_small_letters_digits_and_lines)
{
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct str name = source_name_of_file(
			&a, str_of(files[i].path));

		cr_expect(str_equal(name, str_of(files[i].name)),
			"row %zu: %.*s", i, STR_ARG(name));
	}
	arena_free(&a);
}

Test(sourcename, a_format_gives_its_name_with_lines)
{
	struct arena a = {0};

	cr_expect(str_equal(
		source_name_of_format(&a, STR("a-b-c")), STR("a_b_c")));
	arena_free(&a);
}

/* In this order, after a_3 was taken. */
static const struct {
	const char *wanted, *given;
} added[] = {
	{"a", "a"},
	{"a", "a_2"},
	{"a", "a_4"},
	{"b", "b"},
	{"a_2", "a_2_2"},
	{"a_3", "a_3_2"},
	{"a", "a_5"},
};

Test(sourcename, a_name_that_is_taken_gets_the_next_free_number)
{
	struct arena a = {0};
	struct source_names names = {0};

	source_names_take(&names, STR("a_3"));
	for (size_t i = 0; i < sizeof(added) / sizeof(added[0]); i++) {
		struct str name = source_names_add(
			&a, &names, str_of(added[i].wanted));

		cr_expect(str_equal(name, str_of(added[i].given)),
			"row %zu: %.*s", i, STR_ARG(name));
	}
	source_names_free(&names);
	arena_free(&a);
}
