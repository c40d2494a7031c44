#include "rule/doubts.h"

#include "scene_p.h"

#define WORDS                                                               \
	"{keys: {k: [k]}, fields: {n: [n], email: {columns: [email], "      \
	"personal: true}}, events: {a: {type: a}, b: {type: b}, c: {type: " \
	"c}}, lists: {few: [x, y]}, calendars: {office: {weekend: [sat, "   \
	"sun], holidays: days.txt, extend: next_working_day}, plain: "      \
	"{holidays: days.txt}}}"

#define FOLLOWED "for_each: a, same: k, must_be_followed_by: "

struct told {
	const char *rule, *log, *told;
};

/* "code text (help)", one a line. */
static struct str tell(struct scene *s)
{
	struct str out = STR("");

	diag_free(&s->diag);
	doubts_tell(&s->facts, &s->rules, s->outcomes, &s->diag);
	for (size_t i = 0; i < s->diag.items.n; i++) {
		const struct diag_item *item = &s->diag.items.at[i];

		out = arena_print(&s->log, "%.*s%s %.*s%s%.*s%s\n",
			STR_ARG(out), diag_name(item->code),
			STR_ARG(item->text), item->help.len ? " (" : "",
			STR_ARG(item->help), item->help.len ? ")" : "");
	}
	return out;
}

static void expect_told(const struct told *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct scene s;
		struct str said;

		scene_open(&s, WORDS);
		scene_rule(&s, rows[i].rule);
		scene_says(&s, rows[i].log);
		said = tell(&s);
		cr_expect(str_equal(said, str_of(rows[i].told)),
			"row %zu:\n%.*s", i, STR_ARG(said));
		scene_free(&s);
	}
}

#define EXPECT_TOLD(rows) expect_told(rows, sizeof(rows) / sizeof((rows)[0]))

Test(doubts, a_rule_that_judged_nothing_is_told)
{
	static const struct told rows[] = {
		{"for_each: a, require: {n: present}", "+0h b",
			"never-matched rule R1: no row is a a; of the event "
			"type, values seen: b (1)\n"},
		{"for_each: a, require: {n: present}", "lacks log n | +0h a",
			"not-evaluable rule R1: no input with the event a "
			"has a column for n (looked for: n)\n"},
		{"for_each: a, require: {n: present}", "+0h a", ""},
	};

	EXPECT_TOLD(rows);
}

Test(doubts, a_value_that_is_nowhere_in_the_log_is_told)
{
	static const struct told rows[] = {
		{FOLLOWED "{event: b, where: {n: often}}, within: 1h",
			"+0h a k=1 | +0h b n=once | +1h b n=once | +2h c",
			"never-matches no event in this log has n = often "
			"(values seen: (absent) (2), once (2))\n"},
		/* One of several is enough, and anywhere. */
		{FOLLOWED "{event: b, where: {n: [often, once]}}, within: 1h",
			"+0h a k=1 | +0h c n=once", ""},
		{FOLLOWED "{event: b, where: {n: listed in few}}, within: 1h",
			"+0h a k=1 | +0h b n=z",
			"never-matches no event in this log has n = listed in "
			"few (values seen: (absent) (1), z (1))\n"},
		/* Copies do not count. */
		{FOLLOWED "{event: b, where: {n: once}}, within: 1h",
			"+0h a k=1 | +1h b n=once merged",
			"never-matches no event in this log has n = once "
			"(values seen: (absent) (1))\n"},
		/* Other tests may well hold for nothing. */
		{FOLLOWED "{event: b, where: {n: not once}}, within: 1h",
			"+0h a k=1 n=once", ""},
		{FOLLOWED "{event: b, where: {n: 1..2}}, within: 1h",
			"+0h a k=1 n=3", ""},
		/* An exception need not occur. */
		{"for_each: a, require: {k: present}, unless: {n: test}",
			"+0h a k=1 n=x", ""},
		/* Personal values are counted only. */
		{FOLLOWED "{event: b, where: {email: q}}, within: 1h",
			"+0h a k=1 email=secret",
			"never-matches no event in this log has email = q "
			"(1 different values seen)\n"},
	};

	EXPECT_TOLD(rows);
}

Test(doubts, a_test_of_two_rules_is_told_once)
{
	struct scene s;
	struct str said;

	scene_open(&s,
		"{keys: {k: [k]}, fields: {n: [n]}, events: {a: {type: a}, b: {type: "
		"b}}}");
	scene_rule(&s, FOLLOWED "{event: b, where: {n: x}}, within: 1h");
	vec_push(&s.a, &s.rules, s.rules.at[0]);
	scene_says(&s, "+0h a k=1");
	said = tell(&s);
	cr_expect(diag_count(&s.diag, DIAG_NEVER_MATCHES) == 1, "%.*s",
		STR_ARG(said));
	scene_free(&s);
}

Test(doubts, rules_of_packs_are_left_to_the_report)
{
	struct scene s;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: a, require: {n: present}");
	s.rules.at[0].shipped = true;
	scene_says(&s, "+0h b");
	cr_expect(tell(&s).len == 0);
	scene_free(&s);
}

/* The file has holidays of 2026 only; the scene begins on 2026-01-05. */
Test(doubts, a_period_that_ends_in_a_year_without_holidays_is_told)
{
#define TOLD(day)                                                        \
	"holidays-not-covered rule R1: its calendar knows the holidays " \
	"of 2026 to 2026, but not of " day                               \
	"; such periods may end too early\n"
	static const struct told rows[] = {
		/* Monday 2026-01-05 + 12 months: Tuesday. */
		{FOLLOWED "b, within: 12 months, calendar: office",
			"+0h a k=1 | +1h b k=1", TOLD("2027-01-05")},
		{FOLLOWED "b, within: 11 months, calendar: office",
			"+0h a k=1 | +1h b k=1", ""},
		/* Hours know no holidays, and days only where they extend. */
		{FOLLOWED "b, within: 8760h, calendar: office",
			"+0h a k=1 | +1h b k=1", ""},
		{FOLLOWED "b, within: 12 months, calendar: plain",
			"+0h a k=1 | +1h b k=1", ""},
		/* Without week-ends: 364 working days and 1 holiday after
		   2026-01-05 lie in 2026-01-06 to 2027-01-05. */
		{FOLLOWED "b, within: 364 business days, calendar: plain",
			"+0h a k=1 | +1h b k=1", TOLD("2027-01-05")},
		/* Looking back counts business days too. */
		{"for_each: a, same: k, must_be_preceded_by: b, within: "
		 "364 business days, calendar: plain",
			"+0h b k=1 | +1h a k=1", TOLD("2027-01-05")},
	};
#undef TOLD

	EXPECT_TOLD(rows);
}
