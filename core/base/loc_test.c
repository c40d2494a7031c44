#include "base/loc.h"

#include <criterion/criterion.h>

Test(loc, files_are_numbered_from_one)
{
	struct arena a = {0};
	struct files files = {0};

	cr_expect(files_add(&a, &files, STR("a.csv"), STR("")) == 1);
	cr_expect(files_add(&a, &files, STR("b.yaml"), STR("x: 1\n")) == 2);
	cr_expect(files_add(&a, &files, STR("a.csv"), STR("")) == 3);
	cr_expect(str_equal(files_path(&files, 1), STR("a.csv")));
	cr_expect(str_equal(files_path(&files, 2), STR("b.yaml")));
	cr_expect(str_equal(files.at[1].text, STR("x: 1\n")));
	arena_free(&a);
}

Test(loc, no_place_has_no_path)
{
	struct arena a = {0};
	struct files files = {0};

	cr_expect(files_path(&files, 0).len == 0);
	cr_expect(files_path(&files, 1).len == 0);
	files_add(&a, &files, STR("a.csv"), STR(""));
	cr_expect(files_path(&files, 0).len == 0);
	cr_expect(files_path(&files, 2).len == 0);
	cr_expect(files_path(&files, UINT32_MAX).len == 0);
	arena_free(&a);
}
