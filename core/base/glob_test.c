#include "base/glob.h"

#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

static const struct {
	struct str pattern, text;
	bool match;
} gold[] = {
	{STR_INIT(""), STR_INIT(""), true},
	{STR_INIT(""), STR_INIT("a"), false},
	{STR_INIT("abc"), STR_INIT("abc"), true},
	{STR_INIT("abc"), STR_INIT("abcd"), false},
	{STR_INIT("abc"), STR_INIT("ab"), false},
	{STR_INIT("abc"), STR_INIT("ABC"), false},
	{STR_INIT("*"), STR_INIT(""), true},
	{STR_INIT("*"), STR_INIT("a/b.c"), true},
	{STR_INIT("***"), STR_INIT("x"), true},
	{STR_INIT("a*c"), STR_INIT("ac"), true},
	{STR_INIT("a*c"), STR_INIT("abcbc"), true},
	{STR_INIT("a*c"), STR_INIT("abcb"), false},
	{STR_INIT("*.csv"), STR_INIT("a.csv.csv"), true},
	{STR_INIT("*a*b*c*"), STR_INIT("xxaxbbxc"), true},
	{STR_INIT("*a*b*c*"), STR_INIT("xxcxbbxa"), false},
	{STR_INIT("?"), STR_INIT(""), false},
	{STR_INIT("?"), STR_INIT("a"), true},
	{STR_INIT("?"), STR_INIT("ab"), false},
	{STR_INIT("?"), STR_INIT("é"), true},
	{STR_INIT("?"), STR_INIT("😀"), true},
	{STR_INIT("??"), STR_INIT("é"), false},
	{STR_INIT("?"), STR_INIT("\xff"), true},
	{STR_INIT("??"), STR_INIT("\xe2\x82"), true},
	{STR_INIT("\xe9?"), STR_INIT("\xe9x"), true},
	{STR_INIT("\xe9"), STR_INIT("é"), false},
	{STR_INIT("a?*"), STR_INIT("a"), false},
	{STR_INIT("a?*"), STR_INIT("abc"), true},
	{STR_INIT("[a-z]"), STR_INIT("m"), true},
	{STR_INIT("[a-z]"), STR_INIT("a"), true},
	{STR_INIT("[a-z]"), STR_INIT("z"), true},
	{STR_INIT("[a-z]"), STR_INIT("M"), false},
	{STR_INIT("[a-z]"), STR_INIT("é"), false},
	{STR_INIT("[a-z]"), STR_INIT(""), false},
	{STR_INIT("[à-ü]"), STR_INIT("é"), true},
	{STR_INIT("[!a-z]"), STR_INIT("M"), true},
	{STR_INIT("[!a-z]"), STR_INIT("m"), false},
	{STR_INIT("[!a-z]"), STR_INIT("é"), true},
	{STR_INIT("[!a-z]"), STR_INIT("\xff"), true},
	{STR_INIT("[!a-z]"), STR_INIT(""), false},
	{STR_INIT("[\x80-\xff]"), STR_INIT("\x90"), true},
	{STR_INIT("[\x80-\xff]"), STR_INIT("é"), false},
	{STR_INIT("[abc0-9_]"), STR_INIT("5"), true},
	{STR_INIT("[abc0-9_]"), STR_INIT("_"), true},
	{STR_INIT("[abc0-9_]"), STR_INIT("d"), false},
	{STR_INIT("[-a]"), STR_INIT("-"), true},
	{STR_INIT("[a-]"), STR_INIT("-"), true},
	{STR_INIT("[a-]"), STR_INIT("b"), false},
	{STR_INIT("[!-]"), STR_INIT("-"), false},
	{STR_INIT("[a!]"), STR_INIT("!"), true},
	{STR_INIT("[^a]"), STR_INIT("^"), true},
	{STR_INIT("[[]"), STR_INIT("["), true},
	{STR_INIT("[*?]"), STR_INIT("*"), true},
	{STR_INIT("[*?]"), STR_INIT("x"), false},
	{STR_INIT("[\\]]"), STR_INIT("]"), true},
	{STR_INIT("[\\a-\\c]"), STR_INIT("b"), true},
	{STR_INIT("[a\\-c]"), STR_INIT("b"), false},
	{STR_INIT("[a\\-c]"), STR_INIT("-"), true},
	{STR_INIT("*[0-9]"), STR_INIT("v10"), true},
	{STR_INIT("*[0-9]x"), STR_INIT("1x2x"), true},
	{STR_INIT("]"), STR_INIT("]"), true},
	{STR_INIT("\\*"), STR_INIT("*"), true},
	{STR_INIT("\\*"), STR_INIT("a"), false},
	{STR_INIT("\\a"), STR_INIT("a"), true},
	{STR_INIT("\\\\"), STR_INIT("\\"), true},
	{STR_INIT("\\é?"), STR_INIT("éa"), true},
	{STR_INIT("a\0b"), STR_INIT("a\0b"), true},
	{STR_INIT("a\0b"), STR_INIT("a\0c"), false},
	{STR_INIT("*\0*"), STR_INIT("x\0"), true},
};

Test(glob, gold)
{
	for (size_t i = 0; i < sizeof(gold) / sizeof(*gold); i++) {
		size_t bad;

		cr_expect(glob_check(gold[i].pattern, &bad), "row %zu", i);
		cr_expect(glob_match(gold[i].pattern, gold[i].text) ==
				  gold[i].match,
			"row %zu", i);
	}
}

Test(glob, malformed_patterns_match_nothing)
{
	static const struct {
		struct str pattern;
		size_t bad;
	} rows[] = {
		{STR_INIT("["), 0},
		{STR_INIT("[!"), 0},
		{STR_INIT("[a"), 0},
		{STR_INIT("ab[a-"), 2},
		{STR_INIT("ab[a-\\"), 2},
		{STR_INIT("é[]"), 2},
		{STR_INIT("[!]"), 0},
		{STR_INIT("[]a]"), 0},
		{STR_INIT("[a\\]"), 0},
		{STR_INIT("x[a]y[z-a]"), 5},
		{STR_INIT("\\"), 0},
		{STR_INIT("a*\\"), 2},
		{STR_INIT("\\\\\\"), 2},
	};
	static const struct str texts[] = {STR_INIT(""), STR_INIT("["),
		STR_INIT("[a"), STR_INIT("a"), STR_INIT("ab"), STR_INIT("\\"),
		STR_INIT("ab]"), STR_INIT("xaya"), STR_INIT("a*\\")};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t bad = 99;

		cr_expect(!glob_check(rows[i].pattern, &bad), "row %zu", i);
		cr_expect(bad == rows[i].bad, "row %zu: %zu", i, bad);
		for (size_t j = 0; j < sizeof(texts) / sizeof(*texts); j++)
			cr_expect(!glob_match(rows[i].pattern, texts[j]),
				"row %zu, text %zu", i, j);
	}
}

/* The obvious version for patterns of bytes, `*` and `?`: may[i][j] says that
   the first i of the pattern match the first j of the text. */
static bool slow_match(struct str pattern, struct str text)
{
	bool may[16][16] = {{true}};

	for (size_t i = 1; i <= pattern.len; i++) {
		char c = pattern.s[i - 1];

		may[i][0] = may[i - 1][0] && c == '*';
		for (size_t j = 1; j <= text.len; j++)
			if (c == '*')
				may[i][j] = may[i - 1][j] || may[i][j - 1];
			else
				may[i][j] = may[i - 1][j - 1] &&
					    (c == '?' || c == text.s[j - 1]);
	}
	return may[pattern.len][text.len];
}

static struct str random_of(struct rng *rng, const char *letters, char *buffer)
{
	struct str text = {buffer, rng_below(rng, 12)};

	for (size_t i = 0; i < text.len; i++)
		buffer[i] = letters[rng_below(rng, strlen(letters))];
	return text;
}

/* Property: one point of return gives what the full table gives. */
Test(glob, agrees_with_the_full_table)
{
	struct rng rng = {1};
	int matches = 0;

	for (int round = 0; round < 100000; round++) {
		char left[12], right[12];
		struct str pattern = random_of(&rng, "ab**?", left);
		struct str text = random_of(&rng, "aab", right);
		bool match = slow_match(pattern, text);

		matches += match;
		cr_assert(glob_match(pattern, text) == match, "'%.*s' '%.*s'",
			STR_ARG(pattern), STR_ARG(text));
	}
	cr_expect(matches > 10000);
}

/* Many stars and no match: a matcher that tries all ways would not end. */
Test(glob, time_does_not_explode)
{
	static char text[20000];
	struct str stars = STR("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b");

	memset(text, 'a', sizeof(text));
	cr_expect(!glob_match(stars, (struct str) {text, sizeof(text)}));
	text[sizeof(text) - 1] = 'b';
	cr_expect(glob_match(stars, (struct str) {text, sizeof(text)}));
}

Test(glob, folds_the_letters_a_to_z_only)
{
	static const struct {
		const char *pattern, *text;
		bool want;
	} rows[] = {
		{"*@Evil.example", "BOB@eVIL.EXAMPLE", true},
		{"[a-c]x", "BX", true},
		{"[A-C]x", "bX", true},
		{"[!a-c]x", "BX", false},
		{"[!a-c]x", "DX", true},
		{"\\Ab", "aB", true},
		/* '@' and '`', '[' and '{' differ by the bit of case. */
		{"@", "`", false},
		{"\\[", "{", false},
		{"1", "\x11", false},
		{"\u00c4", "\u00e4", false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(glob_match_fold(str_of(rows[i].pattern),
				  str_of(rows[i].text)) == rows[i].want,
			"row %zu", i);
	cr_expect_not(glob_match(STR("[a-c]x"), STR("BX")));
}
