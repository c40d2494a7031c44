#include "report/assumed_rows.h"

#include "capture_p.h"

/* Writes the rows of sources "s0", "s1", ..., each with its texts. */
static void expect_rows(
	const struct str_vec *assumed, size_t n, const char *want)
{
	static const struct grid_column columns[] = {
		{NULL, GRID_LEFT}, {NULL, GRID_LEFT}};
	struct capture c;
	struct grid grid = {.page = &c.page, .columns = columns, .n = 2};
	struct source_facts *sources;
	struct result result = {.n_sources = n};

	capture_begin(&c, 80);
	sources = arena_array(&c.a, struct source_facts, n);
	for (size_t i = 0; i < n; i++) {
		sources[i].name = arena_print(&c.a, "s%zu", i);
		sources[i].assumed = assumed[i];
	}
	result.sources = sources;
	assumed_rows(&grid, &result);
	grid_print(&grid, 2);
	capture_expect(&c, want);
}

Test(assumed_rows, nothing_is_said_where_all_is_declared)
{
	struct str_vec none[2] = {0};

	expect_rows(none, 0, "");
	expect_rows(none, 2, "");
}

Test(assumed_rows, sources_of_the_same_texts_share_a_row)
{
	struct str comma[] = {STR("separator comma")};
	struct str two[] = {
		STR("separator comma"), STR("day before month in d")};
	struct str_vec one_text = {comma, 1, 0}, two_texts = {two, 2, 0};
	struct str_vec all[] = {one_text, two_texts, {0}, one_text, one_text,
		two_texts, two_texts, one_text};

	expect_rows(all, 8,
		"  assumed  s0, s3, s4 and 1 more: separator comma\n"
		"           s1, s5, s6: separator comma; day before month in "
		"d\n");
}

Test(assumed_rows, six_rows_are_shown_and_the_others_counted)
{
	struct str texts[] = {STR("h"), STR("g"), STR("f"), STR("e"), STR("d"),
		STR("c"), STR("b"), STR("a")};
	struct str_vec all[8];

	for (size_t i = 0; i < 8; i++)
		all[i] = (struct str_vec) {&texts[i], 1, 0};
	expect_rows(all, 6,
		"  assumed  s0: h\n           s1: g\n           s2: f\n"
		"           s3: e\n           s4: d\n           s5: c\n");
	expect_rows(all, 8,
		"  assumed  s0: h\n           s1: g\n           s2: f\n"
		"           s3: e\n           s4: d\n           s5: c\n"
		"           and 2 more in the JSON result\n");
}

Test(assumed_rows, names_of_columns_are_made_harmless)
{
	struct str text = STR("day before month in \033[31m");
	struct str_vec all = {&text, 1, 0};

	expect_rows(&all, 1, "  assumed  s0: day before month in \\x1b[31m\n");
}
