#include "rule/unknowns.h"

#include "base/rng.h"

#include "scene_p.h"

#define WORDS                                                        \
	"{keys: {k: [k], l: [l]}, fields: {n: [n], aware: [aware]}," \
	" things: {t: {key: k, starts_with: b}},"                    \
	" events: {a: {type: a}, b: {type: b}, x: {type: x}}}"

#define FOLLOWED "for_each: a, must_be_followed_by: b, within: 1h, same: k"
#define PRECEDED "for_each: a, must_be_preceded_by: b, same: k"

/* "REASON COUNT why: LINE LINE; ..." of the only rule. */
static void expect_unknowns(const char *rule, const char *log, const char *all)
{
	struct scene s;
	struct str said = STR("");
	const struct unknown_reason *list;
	size_t n;

	scene_open(&s, WORDS);
	scene_rule(&s, rule);
	scene_says(&s, log);
	list = unknowns_list(
		&s.log, &s.facts, &s.rules.at[0], &s.outcomes[0], &n);
	for (size_t i = 0; i < n; i++) {
		said = arena_print(&s.log,
			"%.*s%s%.*s %llu %.*s:", STR_ARG(said), i ? "; " : "",
			STR_ARG(kind_reasons[list[i].reason]),
			(unsigned long long)list[i].count,
			STR_ARG(list[i].why));
		for (size_t j = 0; j < list[i].n_places; j++)
			said = arena_print(&s.log, "%.*s %u", STR_ARG(said),
				list[i].places[j].line);
	}
	cr_expect(
		str_equal(said, str_of(all)), "%s: %.*s", rule, STR_ARG(said));
	scene_free(&s);
}

Test(unknowns, name_the_key_that_is_absent)
{
	expect_unknowns(FOLLOWED, "+0h a | +1h a k=1 | +1h b k=1",
		"no-key 1 the row has no value for k: 1");
	expect_unknowns("for_each: a, must_be_preceded_by: b, same: [k, l]",
		"+0h a k=1", "no-key 1 the row has no value for k, l: 1");
	/* A reference joins by another key than `same`. */
	expect_unknowns("for_each: a, must_refer_to: t, by: l",
		"closed | +0h a | +0h b k=1",
		"no-key 1 the row has no value for l: 1");
}

Test(unknowns, name_the_fields_that_cannot_be_read)
{
	expect_unknowns("for_each: a, where: {n: 1..5}, require: {k: present}",
		"+0h a n=many | +1h a n=1 k=1",
		"unreadable 1 a value of n cannot be read as the rule needs "
		"it: 1");
	expect_unknowns("for_each: t, sequence: n",
		"+0h b k=1 n=one | +1h b k=1 n=2",
		"unreadable 1 a value of n cannot be read as the rule needs "
		"it: 1");
	expect_unknowns("for_each: a, where: {n: 1..5, k: x}, unless: "
			"{n: 7..9, l: 1..2}, require: {k: present}",
		"+0h a n=many k=x",
		"unreadable 1 a value of n, k, l cannot be read as the rule "
		"needs it: 1");
}

Test(unknowns, tell_which_time_is_not_there)
{
	expect_unknowns(FOLLOWED, "untimed a k=1 | +9h x",
		"no-time 1 the row has no readable time: 1");
	expect_unknowns(FOLLOWED ", starting_from: aware", "+0h a k=1 | +9h x",
		"no-time 1 the row has no readable time, or none in aware: 1");
	expect_unknowns(FOLLOWED, "+0h a k=1 | untimed b k=1 | +9h x",
		"untimed 1 a row without a readable time could be the one that "
		"decides: 1");
}

Test(unknowns, tell_where_the_log_begins)
{
	/* The scene begins on 2026-01-05. */
	expect_unknowns(PRECEDED, "+0h x | +1h a k=1",
		"before-log-start 1 what is missing may lie before the log, "
		"which begins at 2026-01-05T00:00:00Z: 2");
	expect_unknowns("for_each: a, must_refer_to: t, by: k",
		"+0h x | +1h a k=1",
		"before-log-start 1 what is missing may lie before the log, "
		"which begins at 2026-01-05T00:00:00Z: 2");
}

/* The scan for partners runs backward, and still the first rows are kept. */
Test(unknowns, keep_the_first_rows_and_count_all)
{
	expect_unknowns(FOLLOWED,
		"+7h a | +6h a | +5h a | +4h a | +3h a | +2h a | +1h a | "
		"+8h a k=1 | untimed b k=1 | +9h b k=2 | +99h x",
		"no-key 7 the row has no value for k: 1 2 3 4 5; "
		"untimed 1 a row without a readable time could be the one that "
		"decides: 8");
}

/* Property: the kept rows are the first of all, whatever the order in which
   they come. */
Test(unknowns, kept_rows_are_the_first_in_any_order)
{
	struct rng rng = {.state = 7};

	for (int round = 0; round < 200; round++) {
		struct arena a = {0};
		struct event_table events = {0};
		struct unknowns unknowns = {0};
		uint32_t n = (uint32_t)rng_below(&rng, 12), smaller;

		event_init(&events, &a, NULL, 0, false);
		for (uint32_t i = 0; i < n; i++)
			event_add(&events, 0, 0,
				1 + (uint32_t)rng_below(&rng, 2),
				1 + (uint32_t)rng_below(&rng, 4));
		for (uint32_t i = 0; i < n; i++)
			unknowns_add(&unknowns, &events, i);
		cr_assert(unknowns.count == n);
		cr_assert(unknowns.n == (n < UNKNOWN_ROWS ? n : UNKNOWN_ROWS));
		for (uint32_t i = 0; i < unknowns.n; i++) {
			row kept = unknowns.rows[i];

			smaller = 0;
			for (row e = 0; e < n; e++)
				smaller += events.file[e] * 1000 +
						   events.line[e] * 20 + e <
					   events.file[kept] * 1000 +
						   events.line[kept] * 20 +
						   kept;
			cr_expect(smaller == i, "round %d, row %u", round, i);
		}
		arena_free(&a);
	}
}
