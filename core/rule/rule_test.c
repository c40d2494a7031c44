#include "sample_p.h"

#include <criterion/criterion.h>

/* Line 3 of the file is the first line of the rule. */
#define FILE_OF(rule)                                         \
	"vocabulary: {keys: {k: [k]}, things: {t: {key: k}}," \
	" events: {a: {type: a}, b: {type: b}}}\nrules:\n" rule

struct mistakes {
	const char *rule, *complaints;
};

static void expect_mistakes(const struct mistakes *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sample s;

		sample_read(&s, rows[i].rule);
		cr_expect_str_eq(sample_complaints(&s), rows[i].complaints,
			"row %zu:\n%s", i, sample_complaints(&s));
		sample_free(&s);
	}
}

#define EXPECT_MISTAKES(rows) \
	expect_mistakes(rows, sizeof(rows) / sizeof((rows)[0]))

Test(rule, is_read_on_behind_a_shape_that_cannot_be_known)
{
	static const struct mistakes rows[] = {
		/* Misspelt: the word is told, and no shape is missed. */
		{FILE_OF("- {id: R, title: t, cites: c, for_each: a,\n"
			 "   requir: {k: present},\n"
			 "   same: kk,\n"
			 "   severity: hihg}\n"),
			"4:4+6 unknown-key \"requir\" is not a key of a rule; "
			"did you mean \"require\"?\n"
			"5:10+2 unknown-word there is no key or field 'kk'; "
			"did you mean \"k\"?\n"
			"6:14+4 unknown-value expected one of info, low, "
			"medium, high, critical, found 'hihg'; did you mean "
			"\"high\"?\n"},
		/* Of the language, but not judged by. */
		{FILE_OF("- {id: R, title: t, cites: c, for_each: c,\n"
			 "   count: a}\n"),
			"3:41+1 unknown-word there is no event 'c'; did you "
			"mean \"a\" or \"b\"?\n"
			"4:4+5 not-supported 'count' is not supported by this "
			"version\n"},
		/* A rule about paths has no activation. */
		{FILE_OF("- {id: R, title: t, cites: c, path_to: a}\n"),
			"3:31+7 not-supported 'path_to' is not supported by "
			"this version\n"},
		/* Two shapes: the mistakes in both. */
		{FILE_OF("- {id: R, title: t, cites: c, for_each: a,\n"
			 "   unique: q,\n"
			 "   require: {w: present},\n"
			 "   by: k}\n"),
			"4:12+1 unknown-word there is no key or field 'q'; "
			"did you mean \"k\"?\n"
			"5:4+7 two-shapes 'require' is the key of a second "
			"shape; a rule has one\n"
			"5:14+1 unknown-word there is no key or field 'w'; "
			"did you mean \"k\"?\n"
			"6:4+2 key-not-for-shape 'by' does not go with "
			"'unique'\n"},
		/* What would not fit one of them is left for later. */
		{FILE_OF("- {id: R, title: t, cites: c, for_each: a,\n"
			 "   require: {k: present}, within: 1d,\n"
			 "   unique: k}\n"),
			"5:4+6 two-shapes 'unique' is the key of a second "
			"shape; a rule has one\n"},
		/* Nothing that could be meant as a shape. */
		{FILE_OF("- {id: R, title: t, cites: c, for_each: a}\n"),
			"3:3+1 no-shape the rule says what it is about, but "
			"not what must hold (no `require`, "
			"`must_be_followed_by`, ...)\n"},
	};

	EXPECT_MISTAKES(rows);
}

Test(rule, a_key_with_a_bad_value_is_not_missing)
{
	static const struct mistakes rows[] = {
		{FILE_OF("- {id: R, title: t, cites: c, for_each: a, "
			 "must_be_followed_by: b,\n"
			 "   within: soon, same: kk}\n"),
			"4:12+4 bad-duration 'soon' is not a duration; write "
			"one number and one unit: 72h, 30 days, 1 month, 5 "
			"business days\n"
			"4:24+2 unknown-word there is no key or field 'kk'; "
			"did you mean \"k\"?\n"},
		/* It might be a thing, which has a key of its own. */
		{FILE_OF("- {id: R, title: t, cites: c, within: 1d,\n"
			 "   for_each: zzz, require_records: [a]}\n"),
			"4:14+3 unknown-word there is no event 'zzz'; declare "
			"it: `vocabulary: {events: {zzz: {type: ACTION}}}`\n"},
		/* It might be a draft. */
		{FILE_OF("- {id: R, title: t, for_each: a,\n"
			 "   require: {k: present}, status: darft}\n"),
			"4:35+5 unknown-value expected one of active, draft, "
			"deprecated, found 'darft'; did you mean \"draft\"?\n"},
		/* The exception joins, even one that is misspelt. */
		{FILE_OF("- {id: R, title: t, cites: c, for_each: a,\n"
			 "   require: {k: present}, same: k, unless: zzz}\n"),
			"4:44+3 unknown-word there is no event 'zzz'; declare "
			"it: `vocabulary: {events: {zzz: {type: ACTION}}}`\n"},
		/* An empty list is as good as none. */
		{FILE_OF("- {id: R, title: t, cites: [], for_each: [],\n"
			 "   require: {k: present}}\n"),
			"3:3+1 missing-key a rule lacks the key "
			"\"for_each\"\n"
			"3:3+1 missing-key rule R has no `cites`; a rule that "
			"is not a draft names its article or policy\n"},
	};

	EXPECT_MISTAKES(rows);
}

Test(rule, ids_are_compared_in_rules_with_mistakes_too)
{
	static const struct mistakes rows[] = {
		{FILE_OF("- {id: R, title: t, cites: c, for_each: a, "
			 "count: b}\n"
			 "- {id: R, title: t, cites: c, for_each: a, "
			 "unique: k}\n"),
			"3:44+5 not-supported 'count' is not supported by "
			"this version\n"
			"4:8+1 duplicate-id rule id R is given twice\n"},
		/* Two rules without an id do not share one. */
		{FILE_OF("- {title: t, cites: c, for_each: a, unique: k}\n"
			 "- {title: t, cites: c, for_each: a, unique: k}\n"),
			"3:3+1 missing-key a rule lacks the key \"id\"\n"
			"4:3+1 missing-key a rule lacks the key \"id\"\n"},
	};

	EXPECT_MISTAKES(rows);
}

Test(rule, a_rule_without_an_id_is_this_rule)
{
	static const struct mistakes rows[] = {
		{FILE_OF("- {title: t, for_each: a, unique: k}\n"),
			"3:3+1 missing-key a rule lacks the key \"id\"\n"
			"3:3+1 missing-key this rule has no `cites`; a rule "
			"that is not a draft names its article or policy\n"},
		{FILE_OF("- {title: t, cites: c, for_each: a, unique: k,\n"
			 "   within: 1d}\n"),
			"3:3+1 missing-key a rule lacks the key \"id\"\n"
			"3:3+0 key-not-for-shape this rule: `within` says "
			"nothing here: nothing is due\n"},
	};

	EXPECT_MISTAKES(rows);
}

Test(rule, a_key_given_twice_is_read_once)
{
	static const struct mistakes rows[] = {
		{FILE_OF("- {id: R, title: t, cites: c, for_each: a,\n"
			 "   require any: [{q: 1}],\n"
			 "   require_any: [{q: 2}]}\n"),
			"4:19+1 unknown-word there is no key or field 'q'; "
			"did you mean \"k\"?\n"
			"5:4+11 duplicate-key \"require_any\" is given twice, "
			"first in line 4 as \"require any\"\n"},
	};

	EXPECT_MISTAKES(rows);
}
