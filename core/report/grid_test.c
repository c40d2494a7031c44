#include "report/grid.h"

#include "base/rng.h"
#include "capture_p.h"
#include "format/text.h"

#include <locale.h>
#include <string.h>

/* As main() does: libsmartcols escapes what its locale cannot print. */
static void use_utf8(void)
{
	cr_assert(setlocale(LC_CTYPE, "C.UTF-8"));
}

TestSuite(grid, .init = use_utf8);

static const struct grid_column people[] = {
	{"name", GRID_LEFT}, {"age", GRID_RIGHT}, {"remark", GRID_LEFT}};

static struct grid grid_of(
	struct capture *c, const struct grid_column *columns, size_t n)
{
	return (struct grid) {.page = &c->page, .columns = columns, .n = n};
}

static void row3(struct grid *grid, const char *a, const char *b, const char *c)
{
	struct str cells[] = {str_of(a), str_of(b), str_of(c)};

	grid_row(grid, cells);
}

Test(grid, columns_are_aligned_below_their_headings)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);

	capture_begin(&c, 80);
	row3(&grid, "Ana", "7", "short");
	row3(&grid, "Bartholomew", "104", "a longer remark");
	row3(&grid, "", "", "goes on");
	row3(&grid, "Cy", "9", "");
	grid_print(&grid, 2);
	capture_expect(&c, "  name         age  remark\n"
			   "  Ana            7  short\n"
			   "  Bartholomew  104  a longer remark\n"
			   "                    goes on\n"
			   "  Cy             9\n");
}

Test(grid, without_headings_there_are_only_rows)
{
	static const struct grid_column columns[] = {
		{NULL, GRID_RIGHT}, {NULL, GRID_LEFT}};
	struct str one[] = {STR("1"), STR("one")};
	struct str ten[] = {STR("10"), STR("ten")};
	struct capture c;
	struct grid grid = grid_of(&c, columns, 2);

	capture_begin(&c, 40);
	grid_row(&grid, one);
	grid_row(&grid, ten);
	grid_print(&grid, 0);
	capture_expect(&c, " 1  one\n"
			   "10  ten\n");
}

Test(grid, without_rows_nothing_is_written_and_a_grid_can_be_used_again)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);

	capture_begin(&c, 40);
	grid_print(&grid, 2);
	row3(&grid, "Ana", "7", "x");
	grid_print(&grid, 0);
	row3(&grid, "Bo", "8", "y");
	grid_print(&grid, 0);
	capture_expect(&c, "name  age  remark\n"
			   "Ana     7  x\n"
			   "name  age  remark\n"
			   "Bo      8  y\n");
}

Test(grid, the_words_of_the_last_column_go_on_below)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);

	capture_begin(&c, 30);
	row3(&grid, "Ana", "7", "one two three four five six");
	grid_print(&grid, 2);
	/* The last column stands at 13 and has 17 columns. */
	capture_expect(&c, "  name  age  remark\n"
			   "  Ana     7  one two three\n"
			   "             four five six\n");
}

Test(grid, a_word_too_long_for_its_column_takes_a_line_of_its_own)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);

	capture_begin(&c, 30);
	row3(&grid, "Ana", "7", "exports/orders/2026/03.csv:17");
	grid_print(&grid, 2);
	/* 29 columns, too long for an indentation of 2. */
	capture_expect(&c, "  name  age  remark\n"
			   "  Ana     7\n"
			   "  exports/orders/2026/03.csv:17\n");
}

Test(grid, counts_that_are_all_zero_are_left_out)
{
	static const struct grid_column columns[] = {{"read", GRID_COUNT},
		{"late", GRID_COUNT}, {"zero", GRID_RIGHT},
		{"file", GRID_LEFT}};
	struct str first[] = {STR("12"), STR("0"), STR("0"), STR("a.csv")};
	struct str second[] = {STR("0"), STR("0"), STR("0"), STR("b.csv")};
	struct capture c;
	struct grid grid = grid_of(&c, columns, 4);

	capture_begin(&c, 40);
	grid_row(&grid, first);
	grid_row(&grid, second);
	grid_print(&grid, 2);
	capture_expect(&c, "  read  zero  file\n"
			   "    12     0  a.csv\n"
			   "     0     0  b.csv\n");
}

Test(grid, a_grid_whose_counts_are_all_zero_has_only_its_last_column)
{
	static const struct grid_column columns[] = {
		{"late", GRID_COUNT}, {"file", GRID_LEFT}};
	struct str row[] = {STR("0"), STR("a.csv")};
	struct capture c;
	struct grid grid = grid_of(&c, columns, 2);

	capture_begin(&c, 40);
	grid_row(&grid, row);
	grid_print(&grid, 2);
	capture_expect(&c, "  a.csv\n");
}

Test(grid, what_is_too_wide_for_a_table_becomes_a_paragraph)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);

	capture_begin(&c, 35);
	row3(&grid, "  Bartholomew the Younger", "104", "a longer remark");
	row3(&grid, "", "", "goes on");
	grid_print(&grid, 2);
	/* As a table: 2 + 25 + 2 + 3 + 2 columns, and 12 for the remark. The
	   heading of a number stays with it. */
	capture_expect(&c, "  Bartholomew the Younger, age 104,\n"
			   "    a longer remark\n"
			   "  goes on\n");
}

Test(grid, a_table_may_be_exactly_as_wide_as_the_page)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);

	/* 2 + 4 + 2 + 3 + 2 + 12: 12 are enough for a last column. */
	capture_begin(&c, 25);
	row3(&grid, "Ana", "7", "aaaaaaaaaaaa bbb");
	grid_print(&grid, 2);
	capture_expect(&c, "  name  age  remark\n"
			   "  Ana     7  aaaaaaaaaaaa\n"
			   "             bbb\n");
	capture_begin(&c, 24);
	row3(&grid, "Ana", "7", "aaaaaaaaaaaa bbb");
	grid_print(&grid, 2);
	capture_expect(&c, "  Ana, age 7,\n"
			   "    aaaaaaaaaaaa bbb\n");
}

Test(grid, columns_are_counted_not_bytes)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);

	capture_begin(&c, 40);
	row3(&grid, "José", "7", "é");
	row3(&grid, "漢字", "8", "x");
	row3(&grid, "Bo", "9", "•••");
	grid_print(&grid, 0);
	capture_expect(&c, "name  age  remark\n"
			   "José    7  é\n"
			   "漢字    8  x\n"
			   "Bo      9  •••\n");
}

Test(grid, no_row_begins_with_a_command_of_a_build_service)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);

	capture_begin(&c, 40);
	row3(&grid, "::error::", "7", "::x ::y");
	row3(&grid, "", "", "::z");
	grid_print(&grid, 2);
	/* The escape moves the rest of its row by three columns. */
	capture_expect(&c, "  name       age  remark\n"
			   "  \\x3a:error::    7  ::x ::y\n"
			   "                  \\x3a:z\n");
}

Test(grid, what_was_escaped_is_not_escaped_again)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);

	capture_begin(&c, 40);
	row3(&grid, "a\\x1b[b", "7", "c\\x09d");
	row3(&grid, "C:\\a", "8", "C:\\x");
	grid_print(&grid, 0);
	capture_expect(&c, "name     age  remark\n"
			   "a\\x1b[b    7  c\\x09d\n"
			   "C:\\a       8  C:\\x\n");
}

Test(grid, protected_blanks_do_not_break_in_the_last_column)
{
	struct capture c;
	struct grid grid = grid_of(&c, people, 3);
	struct place place = {STR("my exports/a.csv"), 3};
	struct str row[] = {STR("Ana"), STR("7"), STR("")};

	capture_begin(&c, 36);
	row[2] = arena_print(&c.page.a, "found in %.*s",
		STR_ARG(page_place(&c.page, &place)));
	grid_row(&grid, row);
	grid_print(&grid, 2);
	/* "found in " and 18 columns are more than the 23 behind column 13. */
	capture_expect(&c, "  name  age  remark\n"
			   "  Ana     7  found in\n"
			   "             my exports/a.csv:3\n");
}

static struct str random_cell(struct arena *a, struct rng *rng, size_t most)
{
	struct str text = {0};
	size_t n = rng_below(rng, most);

	for (size_t i = 0; i < n; i++)
		text = arena_print(a, "%.*s%c", STR_ARG(text),
			rng_chance(rng, 150000) && i > 0 && i + 1 < n
				? ' '
				: (char)('a' + rng_below(rng, 26)));
	return text;
}

static bool holds_word(struct str text, struct str word)
{
	while (text.s) {
		struct str line = str_cut(&text, '\n');

		while (line.s) {
			struct str have = str_cut(&line, ' ');

			while (str_has_suffix(have, STR(",")))
				have.len--;
			if (str_equal(have, word))
				return true;
		}
	}
	return false;
}

/* Property: at any width from 40 to 200 every word of every cell comes out
   whole, no line ends in a blank, and only a line of one word is too wide. */
Test(grid, random_tables_keep_their_words_and_their_width)
{
	struct rng rng = {5};

	for (int round = 0; round < 300; round++) {
		unsigned width = 40 + (unsigned)rng_below(&rng, 161);
		size_t n = 1 + rng_below(&rng, 4);
		struct str cells[4][3], out, rest;
		struct capture c;
		struct grid grid = grid_of(&c, people, 3);

		capture_begin(&c, width);
		for (size_t i = 0; i < n; i++) {
			for (size_t k = 0; k < 3; k++)
				cells[i][k] = random_cell(
					&c.a, &rng, k < 2 ? 40 : 150);
			grid_row(&grid, cells[i]);
		}
		grid_print(&grid, 2);
		out = rest = capture_end(&c);
		while (rest.len) {
			struct str line = str_cut(&rest, '\n');
			struct str word = str_trim(line);

			cr_assert(text_width(line) <= width ||
					  str_find(word, ' ') == word.len,
				"round %d:\n%.*s", round, STR_ARG(out));
			cr_assert(!str_has_suffix(line, STR(" ")));
		}
		for (size_t i = 0; i < n * 3; i++) {
			struct str cell = cells[i / 3][i % 3];

			while (cell.len) {
				struct str word = str_cut(&cell, ' ');

				cr_assert(
					word.len == 0 || holds_word(out, word),
					"round %d: '%.*s' in\n%.*s", round,
					STR_ARG(word), STR_ARG(out));
			}
		}
		capture_free(&c);
	}
}
