#include "report/page.h"

#include "base/rng.h"
#include "base/vec.h"
#include "capture_p.h"
#include "format/text.h"

Test(page, a_paragraph_breaks_at_blanks_and_hangs)
{
	struct capture c;

	capture_begin(&c, 20);
	page_begin(&c.page, 2, 4);
	page_text(&c.page, STR("one two three four five"));
	page_end(&c.page);
	capture_expect(&c, "  one two three four\n"
			   "    five\n");
}

Test(page, a_word_that_reaches_the_width_stays)
{
	struct capture c;

	capture_begin(&c, 10);
	page_begin(&c.page, 0, 0);
	page_text(&c.page, STR("abcd fghij klmno pqrst"));
	page_end(&c.page);
	capture_expect(&c, "abcd fghij\n"
			   "klmno\n"
			   "pqrst\n");
}

Test(page, blanks_between_words_stay_but_at_a_break)
{
	struct capture c;

	capture_begin(&c, 20);
	page_begin(&c.page, 0, 2);
	page_text(&c.page, STR("  a  b   c          defghi  j   "));
	page_text(&c.page, STR("k"));
	page_end(&c.page);
	/* a at 0, b at 3, c at 7; the next word would end at column 24. */
	capture_expect(&c, "a  b   c\n"
			   "  defghi  j   k\n");
}

Test(page, no_word_and_no_text_are_an_empty_line)
{
	struct capture c;

	capture_begin(&c, 20);
	page_begin(&c.page, 4, 4);
	page_word(&c.page, STR(""));
	page_text(&c.page, STR("   "));
	page_paint(&c.page, PAGE_RED, STR(""));
	page_end(&c.page);
	capture_expect(&c, "\n");
}

Test(page, a_long_word_takes_indentation_before_it_takes_width)
{
	struct capture c;

	capture_begin(&c, 12);
	page_begin(&c.page, 2, 6);
	page_text(&c.page, STR("a 1234567 1234567890 123456789012 b"));
	page_end(&c.page);
	/* 7 columns are left of column 5, 10 of column 2; 12 overhang. */
	capture_expect(&c, "  a 1234567\n"
			   "  1234567890\n"
			   "  123456789012\n"
			   "      b\n");
}

Test(page, a_paragraph_may_begin_at_the_margin)
{
	struct capture c;

	capture_begin(&c, 5);
	page_begin(&c.page, 0, 0);
	page_text(&c.page, STR("12345678 x"));
	page_end(&c.page);
	capture_expect(&c, "12345678\n"
			   "x\n");
}

Test(page, tabs_align_words_and_leave_two_blanks)
{
	struct capture c;

	capture_begin(&c, 40);
	page_begin(&c.page, 2, 12);
	page_word(&c.page, STR("role"));
	page_tab(&c.page, 12);
	page_word(&c.page, STR("time"));
	page_tab(&c.page, 12);
	page_word(&c.page, STR("place"));
	page_tab(&c.page, 24);
	page_word(&c.page, STR("far"));
	page_end(&c.page);
	/* time ends at 16, so place stands at 18 and ends at 23: 24 would
	   leave one blank only. */
	capture_expect(&c, "  role      time  place  far\n");
}

Test(page, a_tab_behind_a_break_is_forgotten)
{
	struct capture c;

	capture_begin(&c, 16);
	page_begin(&c.page, 2, 4);
	page_word(&c.page, STR("role"));
	page_tab(&c.page, 12);
	page_word(&c.page, STR("activation"));
	page_word(&c.page, STR("x"));
	page_end(&c.page);
	capture_expect(&c, "  role\n"
			   "    activation x\n");
}

Test(page, protected_blanks_are_printed_and_never_break)
{
	struct capture c;
	struct place place = {STR("my exports/a b.csv"), 12};

	capture_begin(&c, 24);
	page_begin(&c.page, 0, 2);
	page_text(&c.page, STR("in"));
	page_word(&c.page, page_place(&c.page, &place));
	page_word(&c.page, page_whole(&c.page, STR("x y")));
	page_end(&c.page);
	/* The place has 21 columns: "in " and it are 24. */
	capture_expect(&c, "in my exports/a b.csv:12\n"
			   "  x y\n");
}

Test(page, columns_are_counted_not_bytes)
{
	struct capture c;

	capture_begin(&c, 10);
	page_begin(&c.page, 0, 0);
	/* Five columns each: letters with accents, and two wide characters. */
	page_text(&c.page, STR("aéíóú éíóú 漢字a bcde"));
	page_end(&c.page);
	capture_expect(&c, "aéíóú éíóú\n"
			   "漢字a bcde\n");
}

Test(page, colours_are_written_only_where_wanted_and_have_no_width)
{
	struct capture c;

	capture_begin(&c, 10);
	page_begin(&c.page, 0, 0);
	page_paint(&c.page, PAGE_RED, STR("FAIL"));
	page_word(&c.page, STR("12345"));
	page_end(&c.page);
	page_heading(&c.page, "Rules");
	capture_expect(&c, "FAIL 12345\n"
			   "\n"
			   "Rules\n");
	capture_begin(&c, 10);
	c.options.color = true;
	page_begin(&c.page, 0, 0);
	page_paint(&c.page, PAGE_RED, STR("FAIL"));
	page_word(&c.page, STR("12345"));
	page_end(&c.page);
	page_heading(&c.page, "Rules");
	capture_expect(&c, "\033[1;31mFAIL\033[0m 12345\n"
			   "\n"
			   "\033[1mRules\033[0m\n");
}

Test(page, no_line_begins_with_a_command_of_a_build_service)
{
	struct capture c;

	capture_begin(&c, 24);
	page_begin(&c.page, 0, 2);
	page_text(&c.page, STR("::error::a b::c ::d : x:: "
			       "wwwwwwwwwwwwwwwwww ::set-env"));
	page_end(&c.page);
	page_begin(&c.page, 4, 4);
	page_word(&c.page, STR("  ::group"));
	page_end(&c.page);
	capture_expect(&c, "\\x3a:error::a b::c ::d :\n"
			   "  x:: wwwwwwwwwwwwwwwwww\n"
			   "  \\x3a:set-env\n"
			   "      \\x3a:group\n");
}

Test(page, data_is_harmless_and_bounded)
{
	struct capture c;
	char long_text[300];
	struct str cut;

	capture_begin(&c, 80);
	for (size_t i = 0; i < sizeof(long_text); i++)
		long_text[i] = 'a';
	cut = page_safe(&c.page, (struct str) {long_text, 240});
	cr_expect(cut.len == 240);
	cut = page_safe(&c.page, (struct str) {long_text, 300});
	/* 239 letters and "…", which has 3 bytes. */
	cr_expect(cut.len == 242);
	cr_expect(str_has_suffix(cut, STR("a…")));
	cr_expect(str_equal(page_safe(&c.page, STR("a\033[31m\nb")),
		STR("a\\x1b[31m\\x0ab")));
	cr_expect(
		str_equal(page_path(&c.page, STR("-x\ty")), STR("./-x\\x09y")));
	c.options.ascii = true;
	cr_expect(str_equal(page_safe(&c.page, STR("é")), STR("\\u{00e9}")));
	cut = page_safe(&c.page, (struct str) {long_text, 300});
	cr_expect(cut.len == 240 && str_has_suffix(cut, STR("a...")));
	capture_end(&c);
	capture_free(&c);
}

Test(page, a_place_without_a_line_is_its_path)
{
	struct capture c;
	struct place place = {STR("a.csv"), 0},
		     line = {STR("a.csv"), 4294967295};

	capture_begin(&c, 80);
	cr_expect(str_equal(page_place(&c.page, &place), STR("a.csv")));
	cr_expect(
		str_equal(page_place(&c.page, &line), STR("a.csv:4294967295")));
	capture_end(&c);
	capture_free(&c);
}

/* Words of letters, accents and wide characters. */
static struct str random_text(struct arena *a, struct rng *rng)
{
	static const char *const letters[] = {"a", "b", "c", ":", "é", "漢"};
	size_t n = rng_below(rng, 120);
	struct str text = {0};

	for (size_t i = 0; i < n; i++)
		text = arena_print(a, "%.*s%s", STR_ARG(text),
			rng_chance(rng, 200000) ? " "
						: letters[rng_below(rng, 6)]);
	return text;
}

/* The words of a text in order, one blank between them. */
static struct str words_of(struct arena *a, struct str text)
{
	struct chars VEC(char) words = {0};

	for (size_t i = 0; i < text.len; i++) {
		bool blank = text.s[i] == ' ' || text.s[i] == '\n';

		if (!blank)
			vec_push(a, &words, text.s[i]);
		else if (words.n && words.at[words.n - 1] != ' ')
			vec_push(a, &words, ' ');
	}
	while (words.n && words.at[words.n - 1] == ' ')
		words.n--;
	return (struct str) {words.at, words.n};
}

/* What disarming did to the words is undone. */
static struct str armed(struct arena *a, struct str text)
{
	struct str out = {0}, mark = STR("\\x3a");

	while (text.len) {
		size_t at = str_find_text(text, mark);

		out = arena_print(a, "%.*s%.*s%s", STR_ARG(out),
			STR_ARG(str_slice(text, 0, at)),
			at < text.len ? ":" : "");
		text = str_slice(text, at + mark.len, text.len);
	}
	return out;
}

static void check_line(struct str line, struct str rest, unsigned width)
{
	struct str word = str_trim(line), next = str_trim(rest);
	size_t used = text_width(line), blank = str_find(next, ' ');

	cr_assert(used <= width || str_find(word, ' ') == word.len, "%.*s",
		STR_ARG(line));
	cr_assert(!str_has_suffix(line, STR(" ")));
	cr_assert(!str_has_prefix(word, STR("::")));
	next.len = str_find(next, '\n');
	next.len = blank < next.len ? blank : next.len;
	/* A disarmed word was shorter before. */
	cr_assert(next.len == 0 || str_has_prefix(next, STR("\\x3a")) ||
			  used + 1 + text_width(next) > width,
		"%.*s", STR_ARG(line));
}

/* Property: for random texts and widths no line but one of a single word is
   wider than the width, no line ends in a blank or begins with "::", every
   word comes out whole and in order, and no line ends before a word that would
   have fitted. */
Test(page, random_texts_are_laid_out_whole)
{
	struct rng rng = {11};

	for (int round = 0; round < 400; round++) {
		unsigned width = 8 + (unsigned)rng_below(&rng, 60);
		size_t first = rng_below(&rng, 6), hang = rng_below(&rng, 6);
		struct capture c;
		struct str text, out;

		capture_begin(&c, width);
		text = words_of(&c.a, random_text(&c.a, &rng));
		page_begin(&c.page, first, hang);
		page_text(&c.page, text);
		page_end(&c.page);
		out = capture_end(&c);
		cr_assert(str_equal(armed(&c.a, words_of(&c.a, out)), text),
			"round %d:\n%.*s\n%.*s", round, STR_ARG(text),
			STR_ARG(out));
		while (out.len) {
			struct str line = str_cut(&out, '\n');

			check_line(line, out, width);
		}
		capture_free(&c);
	}
}
