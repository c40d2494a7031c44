#include "base/err.h"

#include <string.h>

#include <criterion/criterion.h>

Test(err, a_failure_has_kind_place_and_text)
{
	struct err err = {0};
	struct loc loc = {.file = 1, .line = 2, .col = 3};

	cr_expect(err.kind == ERR_NONE);
	cr_expect(!err_set(&err, ERR_INPUT, loc, "row %d has %s", 7, "gaps"));
	cr_expect(err.kind == ERR_INPUT);
	cr_expect(err.loc.file == 1 && err.loc.line == 2 && err.loc.col == 3);
	cr_expect_str_eq(err.text, "row 7 has gaps");
}

Test(err, long_text_is_cut)
{
	struct err err;

	err_set(&err, ERR_USAGE, (struct loc) {0}, "%0*d", 1000, 0);
	cr_expect(strlen(err.text) == sizeof(err.text) - 1);
	cr_expect(strspn(err.text, "0") == sizeof(err.text) - 1);
}
