#include "io/walk.h"
#include "tmp_p.h"

#include <string.h>

/* The tree that every test walks. */
static void enter(void)
{
	static const char *const folders[] = {
		"logs", "logs/a", "logs/a/deep", "logs/b", "logs/.git", "[x]"};
	static const char *const files[] = {"top.csv", ".hidden.csv",
		"logs/10.csv", "logs/9.csv", "logs/z.txt", "logs/.x.csv",
		"logs/a/1.csv", "logs/a/deep/2.csv", "logs/b/3.csv",
		"logs/b/é.csv", "logs/.git/4.csv", "[x]/5.csv"};

	tmp_enter();
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		cr_assert(mkdir(folders[i], 0755) == 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		tmp_write(files[i], STR("x"));
}

TestSuite(walk, .init = enter, .fini = tmp_leave);

/* All paths, each followed by a blank. */
static const char *joined(const struct str_vec *paths, char buffer[512])
{
	size_t used = 0;

	buffer[0] = '\0';
	for (size_t i = 0; i < paths->n; i++)
		used += (size_t)snprintf(
			buffer + used, 512 - used, "%s ", paths->at[i].s);
	return buffer;
}

Test(walk, a_path_is_nothing_or_a_file_or_a_folder)
{
	cr_assert(mkfifo("pipe", 0600) == 0);
	cr_assert(symlink("nowhere", "dangling") == 0);
	cr_assert(symlink("logs", "link") == 0);
	cr_expect(walk_type_of("none") == WALK_NOTHING);
	cr_expect(walk_type_of("") == WALK_NOTHING);
	cr_expect(walk_type_of("top.csv/x") == WALK_NOTHING);
	cr_expect(walk_type_of("dangling") == WALK_NOTHING);
	cr_expect(walk_type_of("top.csv") == WALK_FILE);
	cr_expect(walk_type_of("pipe") == WALK_FILE);
	cr_expect(walk_type_of("/dev/null") == WALK_FILE);
	cr_expect(walk_type_of("logs") == WALK_FOLDER);
	cr_expect(walk_type_of("link") == WALK_FOLDER);
}

Test(walk, a_wildcard_makes_a_pattern)
{
	cr_expect(walk_is_pattern(STR("a*b")));
	cr_expect(walk_is_pattern(STR("a?")));
	cr_expect(walk_is_pattern(STR("[x]/a")));
	cr_expect(!walk_is_pattern(STR("a/b]\\{c}!.csv")));
	cr_expect(!walk_is_pattern(STR("")));
}

static const struct {
	const char *pattern, *paths;
} gold[] = {
	{"top.csv", "top.csv "},
	{"none.csv", ""},
	{"logs", ""},
	{"", ""},
	{"*.csv", "top.csv "},
	{"./*.csv", "./top.csv "},
	{".*", ".hidden.csv "},
	{"logs/*.csv", "logs/10.csv logs/9.csv "},
	{"logs//*.csv", "logs/10.csv logs/9.csv "},
	{"logs/?.csv", "logs/9.csv "},
	{"logs/b/?.csv", "logs/b/3.csv logs/b/é.csv "},
	{"logs/[0-9].*", "logs/9.csv "},
	{"logs/[!0-9]*", "logs/z.txt "},
	{"logs/*", "logs/10.csv logs/9.csv logs/z.txt "},
	{"logs/*/", ""},
	{"logs/*/*.csv", "logs/a/1.csv logs/b/3.csv logs/b/é.csv "},
	{"*/9.csv", "logs/9.csv "},
	{"*/../top.csv", "[x]/../top.csv logs/../top.csv "},
	{"**/9.csv", "logs/9.csv "},
	{"**/*.txt", "logs/z.txt "},
	{"logs/**/2.csv", "logs/a/deep/2.csv "},
	{"logs/**/*.csv",
		"logs/10.csv logs/9.csv logs/a/1.csv logs/a/deep/2.csv "
		"logs/b/3.csv logs/b/é.csv "},
	{"logs/**/**/**/1.csv", "logs/a/1.csv "},
	{"logs/**/a/**/*.csv", "logs/a/1.csv logs/a/deep/2.csv "},
	{"**/*/**/2.csv", "logs/a/deep/2.csv "},
	{"logs/a/**", "logs/a/1.csv logs/a/deep/2.csv "},
	{"logs/.git/*", "logs/.git/4.csv "},
	{"logs/.*/*", "logs/.git/4.csv "},
	{"nowhere/*.csv", ""},
	{"top.csv/*", ""},
	{"\\[x\\]/*", "[x]/5.csv "},
	{"[x]/*", ""},
	{"*x*/5.csv", "[x]/5.csv "},
};

Test(walk, patterns_give_sorted_files)
{
	for (size_t i = 0; i < sizeof(gold) / sizeof(*gold); i++) {
		struct arena a = {0};
		struct str_vec paths = {0};
		struct err err = {0};
		char text[512];

		cr_expect(walk_pattern(
			&a, str_of(gold[i].pattern), &paths, &err));
		cr_expect_str_eq(joined(&paths, text), gold[i].paths,
			"row %zu: '%s'", i, text);
		arena_free(&a);
	}
}

Test(walk, an_absolute_pattern_stays_absolute)
{
	struct arena a = {0};
	struct str_vec paths = {0};
	struct err err = {0};
	char folder[PATH_MAX];
	struct str pattern;

	cr_assert(getcwd(folder, sizeof(folder)));
	pattern = arena_print(&a, "%s/t*", folder);
	cr_assert(walk_pattern(&a, pattern, &paths, &err));
	cr_assert(paths.n == 1);
	cr_expect(
		str_equal(paths.at[0], arena_print(&a, "%s/top.csv", folder)));
	arena_free(&a);
}

Test(walk, results_are_appended)
{
	struct arena a = {0};
	struct str_vec paths = {0};
	struct err err = {0};
	char text[512];

	cr_assert(walk_pattern(&a, STR("top.csv"), &paths, &err));
	cr_assert(walk_pattern(&a, STR("logs/9*"), &paths, &err));
	cr_assert(walk_folder(&a, STR("logs/a"), &paths, &err));
	cr_expect_str_eq(joined(&paths, text),
		"top.csv logs/9.csv logs/a/1.csv logs/a/deep/2.csv ");
	arena_free(&a);
}

Test(walk, a_folder_gives_all_files_below)
{
	static const struct {
		const char *folder, *paths;
	} rows[] = {
		{"logs", "logs/10.csv logs/9.csv logs/a/1.csv "
			 "logs/a/deep/2.csv logs/b/3.csv logs/b/é.csv "
			 "logs/z.txt "},
		{"logs/a///", "logs/a/1.csv logs/a/deep/2.csv "},
		{"logs/.git", "logs/.git/4.csv "},
		{"[x]", "[x]/5.csv "},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena a = {0};
		struct str_vec paths = {0};
		struct err err = {0};
		char text[512];

		cr_expect(
			walk_folder(&a, str_of(rows[i].folder), &paths, &err));
		cr_expect_str_eq(joined(&paths, text), rows[i].paths,
			"row %zu: '%s'", i, text);
		arena_free(&a);
	}
}

Test(walk, links_and_pipes_in_a_folder)
{
	struct arena a = {0};
	struct str_vec paths = {0};
	struct err err = {0};
	char text[512];

	cr_assert(mkfifo("logs/a/pipe", 0600) == 0);
	cr_assert(symlink("..", "logs/a/up") == 0);
	cr_assert(symlink("1.csv", "logs/a/link.csv") == 0);
	cr_assert(symlink("nowhere", "logs/a/dangling.csv") == 0);
	cr_assert(walk_folder(&a, STR("logs/a"), &paths, &err));
	cr_expect_str_eq(joined(&paths, text),
		"logs/a/1.csv logs/a/dangling.csv logs/a/deep/2.csv "
		"logs/a/link.csv ");
	/* A pattern that names a level follows a link there. */
	paths.n = 0;
	cr_assert(walk_pattern(&a, STR("logs/a/u*/9.csv"), &paths, &err));
	cr_expect_str_eq(joined(&paths, text), "logs/a/up/9.csv ");
	paths.n = 0;
	cr_assert(walk_pattern(&a, STR("logs/a/pipe"), &paths, &err));
	cr_expect_str_eq(joined(&paths, text), "logs/a/pipe ");
	arena_free(&a);
}

Test(walk, a_malformed_pattern_is_a_usage_error)
{
	struct arena a = {0};
	struct str_vec paths = {0};
	struct err err = {0};

	cr_expect(!walk_pattern(&a, STR("logs/x[a/9.csv"), &paths, &err));
	cr_expect(err.kind == ERR_USAGE);
	cr_expect_str_eq(err.text,
		"the pattern 'logs/x[a/9.csv' is not well formed at '[a'");
	cr_expect(paths.n == 0);
	arena_free(&a);
}

Test(walk, a_folder_that_is_not_there_is_an_error)
{
	struct arena a = {0};
	struct str_vec paths = {0};
	struct err err = {0};

	cr_expect(!walk_folder(&a, STR("none"), &paths, &err));
	cr_expect(err.kind == ERR_INPUT);
	cr_expect_str_eq(err.text,
		"cannot read the folder 'none': no such file or folder; check "
		"the name");
	cr_expect(!walk_folder(&a, STR("top.csv"), &paths, &err));
	cr_expect_str_eq(err.text,
		"cannot read the folder 'top.csv': a part of the path is not "
		"a folder");
	arena_free(&a);
}

Test(walk, a_folder_without_permission_is_an_error)
{
	struct arena a = {0};
	struct str_vec paths = {0};
	struct err err = {0};

	/* Whatever the order of listing, some files are found before. */
	for (char name[] = "logs/c0"; name[6] <= '9'; name[6]++) {
		cr_assert(mkdir(name, 0755) == 0);
		tmp_write(arena_print(&a, "%s/x.csv", name).s, STR("x"));
	}
	vec_push(&a, &paths, STR("kept"));
	cr_assert(chmod("logs/a/deep", 0) == 0);
	cr_assert(chmod(".", 0755) == 0);
	/* Root may read everything. */
	if (geteuid() == 0)
		cr_assert(seteuid(65534) == 0);
	cr_expect(!walk_pattern(&a, STR("logs/**/*.csv"), &paths, &err));
	cr_expect_str_eq(err.text,
		"cannot read the folder 'logs/a/deep': no permission; change "
		"its mode or run as its owner");
	cr_expect(!walk_folder(&a, STR("logs"), &paths, &err));
	cr_expect(paths.n == 1);
	if (getuid() == 0)
		cr_assert(seteuid(0) == 0);
	cr_assert(chmod("logs/a/deep", 0755) == 0);
	arena_free(&a);
}

Test(walk, two_names_of_one_file_are_the_same_file)
{
	cr_assert(symlink("top.csv", "other.csv") == 0);
	cr_expect(walk_same_file("top.csv", "./top.csv"));
	cr_expect(walk_same_file("top.csv", "other.csv"));
	cr_expect(!walk_same_file("top.csv", "logs/9.csv"));
	cr_expect(!walk_same_file("none", "none"));
}

Test(walk, a_path_lies_inside_a_folder_after_links_are_followed)
{
	cr_assert(symlink("../top.csv", "logs/out") == 0);
	cr_expect(walk_lies_inside("logs", "logs/a/1.csv"));
	cr_expect(walk_lies_inside("logs", "logs/../logs/9.csv"));
	cr_expect(!walk_lies_inside("logs", "logs/../top.csv"));
	cr_expect(!walk_lies_inside("logs", "logs/out"));
	cr_expect(!walk_lies_inside("logs", "logs/none"));
	cr_expect(!walk_lies_inside("logs/a", "logs/b/3.csv"));
}
