#include "ingest/linepattern.h"

#include "sandbox_p.h"

/* What is said about the sources of a project file, and below how much. */
static const char *checked(struct sandbox *s, const char *yaml)
{
	sandbox_open(s);
	sandbox_sources(s, yaml);
	for (size_t i = 0; i < s->request.gather.sources.n; i++)
		linepattern_check(&s->request.gather.sources.at[i], &s->diag);
	return sandbox_said(s);
}

Test(linepattern, a_pattern_whose_groups_are_used_is_good)
{
	static const char *const rows[] = {
		"- {name: a, path: a.log}\n",
		"- {name: a, path: a.log, bind: {ts: t}}\n",
		"- {name: a, path: a.log, pattern: '(?<t>.) (?<k>.)',\n"
		"   bind: {ts: t, action: {is: read}},\n"
		"   lineage: {reads: k}}\n",
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sandbox s;

		cr_expect_str_eq(checked(&s, rows[i]), "", "row %zu", i);
		sandbox_free(&s);
	}
}

Test(linepattern, a_fault_is_said_at_its_character)
{
	/* "(?<t>x" is cut behind its sixth character; the quote is column 35,
	   the pattern without one begins in column 14. */
	static const struct {
		const char *yaml, *said;
		uint32_t span;
	} rows[] = {
		{"- {name: a, path: a.log, pattern: '(?<t>x'}\n",
			"lineal.yaml:1:42 bad-pattern: bad pattern at "
			"character 7: missing closing parenthesis\n",
			1},
		{"- name: a\n  path: a.log\n  pattern: (?<t>x\n",
			"lineal.yaml:3:18 bad-pattern: bad pattern at "
			"character 7: missing closing parenthesis\n",
			1},
		/* With an escape the columns are not those of the text: below
		   all of it, 10 characters with its quotes. */
		{"- name: a\n  path: a.log\n  pattern: \"(?<t>\\\\d\"\n",
			"lineal.yaml:3:12 bad-pattern: bad pattern at "
			"character 8: missing closing parenthesis\n",
			10},
		{"- name: a\n  path: a.log\n  pattern: xyz\n",
			"lineal.yaml:3:12 bad-pattern: pattern has no named "
			"group; write (?<name>...) for each column\n",
			1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sandbox s;

		cr_expect_str_eq(
			checked(&s, rows[i].yaml), rows[i].said, "row %zu", i);
		cr_expect(s.diag.items.n == 1 &&
				  s.diag.items.at[0].span == rows[i].span,
			"row %zu: %u", i, s.diag.items.at[0].span);
		sandbox_free(&s);
	}
}

Test(linepattern, a_bound_name_must_be_a_group)
{
	struct sandbox s;

	cr_expect_str_eq(
		checked(&s,
			"- name: a\n  path: a.log\n"
			"  pattern: '(?<time>.) (?<kind>.)'\n"
			"  bind: {ts: tima, action: {column: act, words: "
			"{a: b}}}\n"
			"  lineage: {reads: [r], writes: w, replaces: kind}\n"),
		"lineal.yaml:4:14 bad-pattern: the pattern has no group "
		"'tima' | did you mean \"time\"?\n"
		"lineal.yaml:4:37 bad-pattern: the pattern has no group 'act' "
		"| name a part of the pattern: (?<act>...)\n"
		"lineal.yaml:5:21 bad-pattern: the pattern has no group 'r' | "
		"name a part of the pattern: (?<r>...)\n"
		"lineal.yaml:5:33 bad-pattern: the pattern has no group 'w' | "
		"name a part of the pattern: (?<w>...)\n");
	cr_expect(s.diag.items.n == 4 && s.diag.items.at[0].span == 4);
	sandbox_free(&s);
}

Test(linepattern, a_bad_pattern_of_a_profile_is_said_too)
{
	struct sandbox s;

	sandbox_open(&s);
	sandbox_profile(&s, "version: 1\nprofile: p\nneeds: [a]\n"
			    "pattern: '(?<a>.'\n");
	cr_expect_str_eq(sandbox_said(&s),
		"profile.yaml:4:17 bad-pattern: bad pattern at character 7: "
		"missing closing parenthesis\n");
	sandbox_free(&s);
}
