#include "ingest/owners.h"

#include "sandbox_p.h"

#include <unistd.h>

/* Three files, the last of which is the first by another name. */
static void enter(void)
{
	tmp_enter();
	sandbox_file("a.csv", "x\n");
	sandbox_file("b.csv", "x\n");
	sandbox_file("free.csv", "x\n");
	cr_assert(mkdir("more", 0755) == 0);
	cr_assert(link("a.csv", "more/twin.csv") == 0);
	cr_assert(symlink("../b.csv", "more/link.csv") == 0);
}

TestSuite(owners, .init = enter, .fini = tmp_leave);

static struct located owned[] = {
	{STR("a.csv"), STR("a.csv"), 7},
	{STR("b.csv"), STR("b.csv"), 8},
	{STR("gone.csv"), STR("gone.csv"), 9},
	{STR("more/twin.csv"), STR("more/twin.csv"), 10},
};

static const struct {
	const char *path;
	uint32_t source;
} rows[] = {
	{"a.csv", 7},
	{"b.csv", 8},
	/* By its name, although the first of the list is the same file. */
	{"more/twin.csv", 10},
	{"./a.csv", 7},
	{"more/../b.csv", 8},
	{"more/link.csv", 8},
	/* Of two that are one file the first of the list. */
	{"./more/twin.csv", 7},
	/* Listed, though it is not there any more. */
	{"gone.csv", 9},
	{"./gone.csv", LOCATE_UNCLAIMED},
	{"free.csv", LOCATE_UNCLAIMED},
	{"none.csv", LOCATE_UNCLAIMED},
};

Test(owners, a_file_is_found_by_its_name_or_by_what_it_is)
{
	struct located_list files = {owned, 4, 4};
	struct owners owners;

	owners_init(&owners, &files);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect(owners_find(&owners, str_of(rows[i].path)) ==
				  rows[i].source,
			"row %zu: %s", i, rows[i].path);
	owners_free(&owners);
}

Test(owners, of_no_files_nobody_is_the_owner)
{
	struct located_list none = {0};
	struct owners owners;

	owners_init(&owners, &none);
	cr_expect(owners_find(&owners, STR("a.csv")) == LOCATE_UNCLAIMED);
	owners_free(&owners);
}
