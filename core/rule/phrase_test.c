#include "rule/phrase.h"

#include "written_p.h"

/* ---- what phrases mean: rules.md 5.3 ---- */

Test(phrase, texts_are_compared_for_equality)
{
	static const struct written rows[] = {
		{"risk: high", "is <high>"},
		{"risk: high risk", "is <high risk>"},
		{"risk: [low, high]", "is <high><low>"},
		{"risk: [high]", "is <high>"},
		{"risk: ['present', 'not a', more]",
			"is <more><not a><present>"},
		{"risk: [b, B, a]", "is <B><a><b>"},
		{"email: [b, C, a]", "is <a><b><C>"},
		{"risk: 5", "is <5>"},
		{"risk: 010", "is <010>"},
		{"risk: no", "is <no>"},
		{"risk: presents", "is <presents>"},
		{"risk: atleast 5", "is <atleast 5>"},
		{"risk: beforehand", "is <beforehand>"},
		{"risk: 'a '", "is <a>"},
		{"risk: not high", "not is <high>"},
		{"risk: not high risk", "not is <high risk>"},
		{"risk: nothing", "is <nothing>"},
		{"risk: {not: high}", "not is <high>"},
		{"risk: {not: [high, low]}", "not is <high><low>"},
	};

	WRITTEN_EXPECT(rows);
}

Test(phrase, quotes_make_literal_texts_of_test_words)
{
	static const struct written rows[] = {
		{"risk: \"present\"", "is <present>"},
		{"risk: 'absent'", "is <absent>"},
		{"risk: 'not high'", "is <not high>"},
		{"risk: '1..5'", "is <1..5>"},
		{"risk: '= 5'", "is <= 5>"},
		{"risk: 'more than 5'", "is <more than 5>"},
		{"risk: 'matches a*'", "is <matches a*>"},
		{"risk: 'listed in eea'", "is <listed in eea>"},
		{"risk: 'same as email'", "is <same as email>"},
	};

	WRITTEN_EXPECT(rows);
}

Test(phrase, presence_can_be_asked_for)
{
	static const struct written rows[] = {
		{"risk: present", "present"},
		{"risk: absent", "not present"},
		{"risk: {not: absent}", "present"},
		{"risk: not absent", "present"},
		{"risk: not present", "not present"},
		{"risk: {not: 'present'}", "not is <present>"},
		{"risk: {not: present}", "not present"},
		{"labels: present", "present"},
		{"labels: absent", "not present"},
	};

	WRITTEN_EXPECT(rows);
}

Test(phrase, numbers_have_bounds)
{
	static const struct written rows[] = {
		{"risk: 0..1", "[0E-0,1E-0]"},
		{"risk: -1.50..+2", "[-150E-2,2E-0]"},
		{"risk: 1 .. 1", "[1E-0,1E-0]"},
		{"risk: = 5", "[5E-0,5E-0]"},
		{"risk: = -0.5", "[-5E-1,-5E-1]"},
		{"risk: more than 1000", "(1000E-0,.]"},
		{"risk: less than 0.1", "[.,1E-1)"},
		{"risk: at least 3", "[3E-0,.]"},
		{"risk: at most 3", "[.,3E-0]"},
		{"risk: not more than 5", "not (5E-0,.]"},
		{"risk: not = 5", "not [5E-0,5E-0]"},
		{"risk: not 1..5", "not [1E-0,5E-0]"},
		{"risk: at most 999999999999999999",
			"[.,999999999999999999E-0]"},
		/* No numbers, so no range. */
		{"risk: 1..x", "is <1..x>"},
		{"risk: v1..2", "is <v1..2>"},
		{"risk: at least 20 characters", "length [20E-0,.]"},
		{"risk: at most 2 characters", "length [.,2E-0]"},
		{"risk: not at least 2 characters", "not length [2E-0,.]"},
	};

	WRITTEN_EXPECT(rows);
}

Test(phrase, patterns_lists_and_other_fields)
{
	static const struct written rows[] = {
		{"risk: matches *@example.com", "like *@example.com"},
		{"risk: matches [!a-z]? x", "like [!a-z]? x"},
		{"risk: not matches a*", "not like a*"},
		{"risk: listed in eea", "is <IS><LI><NO>"},
		{"email: listed in eea", "is <IS><LI><NO>"},
		{"risk: not listed in eea", "not is <IS><LI><NO>"},
		{"risk: same as customer", "same as customer"},
		{"risk: not same as customer", "not same as customer"},
		{"ts: before aware_at", "before aware_at"},
		{"ts: after aware_at", "after aware_at"},
		{"ts: not after aware_at", "not after aware_at"},
		{"ts: within 2h of aware_at", "near aware_at 7200s"},
		{"ts: within 30s of aware_at", "near aware_at 30s"},
	};

	WRITTEN_EXPECT(rows);
}

/* ---- what is no phrase ---- */

Test(phrase, what_is_no_test_is_refused_at_its_place)
{
	static const struct written rows[] = {
		{"risk: more than high",
			"1:7+14 bad-test expected a number after `more than`; "
			"found 'high'\n"},
		{"risk: at least",
			"1:7+8 bad-test expected a number after `at least`; "
			"found ''\n"},
		{"risk: at most 1e3",
			"1:7+11 bad-test expected a number after `at most`; "
			"found '1e3'\n"},
		{"risk: less than 1234567890123456789",
			"1:7+29 bad-test expected a number of at most 18 "
			"digits after `less than`; found "
			"'1234567890123456789'\n"},
		{"risk: = -12345678901234567.89",
			"1:7+23 bad-test expected a number of at most 18 "
			"digits after `=`; found '-12345678901234567.89'\n"},
		{"risk: = 1.2345678901234567.89",
			"1:7+23 bad-test expected a number after `=`; found "
			"'1.2345678901234567.89'\n"},
		{"risk: = 1234567890123456789x",
			"1:7+22 bad-test expected a number after `=`; found "
			"'1234567890123456789x'\n"},
		{"risk: = x",
			"1:7+3 bad-test expected a number after `=`; found "
			"'x'\n"},
		{"risk: 5..1",
			"1:7+4 bad-test expected a range from the smaller to "
			"the larger number; found '5..1'\n"},
		{"risk: ' '",
			"1:7+3 bad-test expected a text, or `absent` for none; "
			"found ''\n"},
		{"risk: {not: ['', a]}",
			"1:14+2 bad-test expected a text, or `absent` for "
			"none; found ''\n"},
		{"risk: =5",
			"1:7+2 bad-test expected a blank behind `=`; found "
			"'=5'\n"},
		{"risk: at least 2.5 characters",
			"1:7+23 bad-test expected `at least n characters` or "
			"`at most n characters`; found '2.5 characters'\n"},
		{"risk: at most -1 characters",
			"1:7+21 bad-test expected `at least n characters` or "
			"`at most n characters`; found '-1 characters'\n"},
		{"risk: more than 5 characters",
			"1:7+22 bad-test expected `at least n characters` or "
			"`at most n characters`; found '5 characters'\n"},
		{"risk: same as",
			"1:7+7 bad-test expected the name of a field at the "
			"end; found 'same as'\n"},
		{"ts: not before",
			"1:5+10 bad-test expected the name of a field at the "
			"end; found 'not before'\n"},
		{"risk: same as labels",
			"1:7+14 item-quantifier 'labels' may have several "
			"values and cannot be compared with\n"},
		{"risk: not",
			"1:7+3 bad-test expected a test after `not`; found "
			"''\n"},
		{"risk: not not high",
			"1:7+12 bad-test expected a test after `not`; found "
			"'not high'\n"},
		{"risk: not 'high'",
			"1:7+10 bad-test expected {not: \"...\"} for a quoted "
			"text; found ''high''\n"},
		{"ts: within 2 days of aware_at",
			"1:5+25 bad-test expected `within HOURS of FIELD`, "
			"such as `within 2h of ts`; found '2 days of "
			"aware_at'\n"},
		{"ts: within 2h",
			"1:5+9 bad-test expected `within HOURS of FIELD`, "
			"such as `within 2h of ts`; found '2h'\n"},
	};

	WRITTEN_REFUSED(rows);
}

Test(phrase, patterns_are_checked)
{
	static const struct written rows[] = {
		{"risk: matches [a-",
			"1:7+11 bad-glob '[a-' is not a pattern of `*`, `?` "
			"and `[a-z]`\n"},
		{"risk: matches",
			"1:7+7 bad-glob '' is not a pattern of `*`, `?` and "
			"`[a-z]`\n"},
		{"risk: matches []",
			"1:7+10 bad-glob '[]' is not a pattern of `*`, `?` "
			"and `[a-z]`\n"},
		{"risk: matches [z-a]",
			"1:7+13 bad-glob '[z-a]' is not a pattern of `*`, `?` "
			"and `[a-z]`\n"},
		{"risk: matches a\\",
			"1:7+10 bad-glob 'a\\' is not a pattern of `*`, `?` "
			"and `[a-z]`\n"},
	};

	WRITTEN_REFUSED(rows);
}

Test(phrase, a_pattern_has_at_most_256_bytes)
{
	char text[300] = "risk: matches ";
	struct sample s;

	memset(text + 14, 'a', 256);
	cr_expect_eq(written_read(&s, text).n, 1);
	sample_free(&s);
	text[14 + 256] = 'a';
	cr_expect_eq(written_read(&s, text).n, 0);
	cr_expect_eq(diag_count(&s.diag, DIAG_BAD_GLOB), 1);
	sample_free(&s);
}
