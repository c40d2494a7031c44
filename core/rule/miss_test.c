#include "rule/miss.h"

#include "scene_p.h"

#define WORDS                                                                                 \
	"{keys: {k: [k]}, fields: {n: [n], m: [m], from: [from], to: [to], email: {columns: " \
	"[email], personal: true}}, things: {t: {key: k, starts_with: "                       \
	"birth}, seen: {key: k}}, events: {birth: {type: birth}, "                            \
	"a: {type: a}, b: {type: b}, untold: {where: {n: 7}}}}"

#define REQUIRE "require: {m: present}"

/* Why the rule never matched on a log. */
static void expect_why(const char *rule, const char *log, const char *why)
{
	struct scene s;
	struct str said;

	scene_open(&s, WORDS);
	scene_rule(&s, rule);
	scene_says(&s, log);
	said = s.outcomes[0].why;
	cr_expect(
		str_equal(said, str_of(why)), "%s: %.*s", rule, STR_ARG(said));
	scene_free(&s);
}

Test(miss, no_row_of_the_event_lists_the_types_that_are_there)
{
	expect_why("for_each: a, " REQUIRE, "+0h c | +1h b | +2h b",
		"no row is a a; of the event type, values seen: b (2), c (1)");
	expect_why("for_each: [a, b], " REQUIRE, "+0h c",
		"no row is a a or b; of the event type, values seen: c (1)");
	expect_why("for_each: t, require_records: [b], within: 1h",
		"+0h c | +1h c merged",
		"no row is a birth; of the event type, values seen: c (1)");
	expect_why("for_each: a, " REQUIRE, "",
		"no row is a a; of the event type, 0 different values seen");
}

Test(miss, the_test_that_took_the_last_rows_away_is_named)
{
	expect_why("for_each: a, where: {n: 1..5, m: yes}, " REQUIRE,
		"+0h a n=9 | +1h a n=7 | +2h a n=9 | +3h a | +4h b n=1",
		"no event has n = 1..5; values seen: 9 (2), (absent) (1), 7 "
		"(1)");
	/* Of those that the first test left. */
	expect_why("for_each: a, where: {n: 1..5, m: yes}, " REQUIRE,
		"+0h a n=9 m=yes | +1h a n=1 m=no | +2h a n=2 m=perhaps",
		"no event has m = yes; values seen: no (1), perhaps (1)");
	expect_why("for_each: a, where: {email: x}, " REQUIRE,
		"+0h a email=y | +1h a email=z | +2h a email=y",
		"no event has email = x; 2 different values seen");
}

Test(miss, values_that_nobody_keeps_are_not_made_up)
{
	expect_why("for_each: a, where: {n: absent}, " REQUIRE,
		"+0h a n=1 | +1h a n=2", "no event has n = absent");
	expect_why("for_each: a, where: {from: after to}, " REQUIRE,
		"+0h a from=+1h to=+2h", "no event has from = after to");
}

Test(miss, a_thing_without_births_needs_a_row_with_its_key)
{
	expect_why("for_each: seen, require_records: [b], within: 1h", "+0h a",
		"no row has a key of seen");
	expect_why("for_each: seen, require_records: [b], within: 1h, "
		   "where: {n: 1}",
		"+0h a k=1 n=2", "no event has n = 1; values seen: 2 (1)");
	expect_why("for_each: seen, require_records: [b], within: 1h, "
		   "where: {n: 1}",
		"+0h a k=1 n=2 merged | +1h a n=1", "no row has a key of seen");
}

Test(miss, only_the_five_most_frequent_values_are_listed)
{
	expect_why("for_each: a, where: {n: 0}, " REQUIRE,
		"+0h a n=7 | +1h a n=7 | +2h a n=6 | +3h a n=5 | +4h a n=4 | "
		"+5h a n=3 | +6h a n=2 | +7h a n=1 | +8h a n=1",
		"no event has n = 0; values seen: 1 (2), 7 (2), 2 (1), 3 (1), "
		"4 (1), 2 others");
}

/* No rule needs the type, so no column holds it. */
Test(miss, without_types_only_the_event_is_named)
{
	struct scene s;

	scene_start(&s);
	scene_declare(&s,
		"{event_type: kind, fields: {n: [n], m: [m]},"
		" events: {untold: {where: {n: 7}}}}",
		false, "");
	scene_resolve(&s);
	scene_rule(&s, "for_each: untold, " REQUIRE);
	scene_says(&s, "+0h a n=1");
	cr_expect(str_equal(s.outcomes[0].why, STR("no row is a untold")));
	scene_free(&s);
}
