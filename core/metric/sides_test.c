#include "metric/sides.h"

#include "base/rng.h"
#include "scene_p.h"

#include <criterion/criterion.h>

static const struct sides_wanted all;

#define DAY "2026-03-01T"

/* Sources z_orders (transactions), audit (log), other (events). */
static void open_sources(struct scene *s)
{
	scene_open(s, NULL);
	scene_source(s, "orders", ROLE_TRANSACTIONS);
	scene_source(s, "audit", ROLE_AUDIT_LOG);
	scene_source(s, "other", ROLE_EVENTS);
}

Test(sides, rows_go_by_the_role_of_their_source_in_source_sequence)
{
	struct scene s;
	struct sides sides;

	open_sources(&s);
	scene_event(&s, 0, "ts=" DAY "12:00:00Z; object_id=late");
	scene_event(&s, 0, "ts=" DAY "10:00:00Z; object_id=early");
	scene_event(&s, 1, "ts=" DAY "11:00:00Z; object_id=log");
	scene_event(&s, 2, "ts=" DAY "11:30:00Z; object_id=neither");
	scene_close(&s);
	sides = sides_build(&s.a, &s.facts, &all);
	cr_assert(sides.rec.columns.n == 2 && sides.log.columns.n == 1);
	cr_expect(s.events.line[sides.rec.events[0]] == 2);
	cr_expect(s.events.line[sides.rec.events[1]] == 3);
	for (uint32_t i = 0; i < 2; i++)
		cr_expect(sides.rec.columns.time[i] ==
			  s.events.time[sides.rec.events[i]]);
	scene_free(&s);
}

Test(sides, a_transaction_lies_in_the_period_or_has_no_time)
{
	static const struct {
		const char *line;
		bool is_transaction;
	} rows[] = {
		{"ts=2026-02-28T23:59:59.999Z; object_id=A", false},
		{"ts=2026-03-01T00:00:00Z; object_id=A", true},
		{"ts=2026-03-01T23:59:59.999Z; object_id=A", true},
		{"ts=2026-03-02T00:00:00Z; object_id=A", false},
		{"object_id=A", true},
		{"ts=" DAY "10:00:00Z; object_id=A; marks=merged", false},
		{"ts=" DAY "10:00:00Z; object_id=A; marks=derived", false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;

		open_sources(&s);
		scene_event(&s, 0, rows[i].line);
		scene_period(&s, "2026-03-01", "2026-03-01");
		scene_close(&s);
		cr_expect(sides_is_transaction(&s.facts, 0) ==
				  rows[i].is_transaction,
			"row %zu", i);
		cr_expect(sides_build(&s.a, &s.facts, &all).rec.columns.n ==
				  rows[i].is_transaction,
			"row %zu", i);
		scene_free(&s);
	}
}

Test(sides, log_events_of_any_time_take_part)
{
	struct scene s;

	open_sources(&s);
	scene_event(&s, 1, "ts=2025-01-01T00:00:00Z; object_id=A");
	scene_event(&s, 1, "object_id=A");
	scene_event(&s, 1, "ts=" DAY "10:00:00Z; marks=derived");
	scene_period(&s, "2026-03-01", "2026-03-01");
	scene_close(&s);
	cr_expect(sides_build(&s.a, &s.facts, &all).log.columns.n == 2);
	scene_free(&s);
}

Test(sides, an_object_is_a_type_and_an_id_on_both_sides)
{
	struct scene s;
	struct sides sides;
	const uint32_t *rec, *log;

	open_sources(&s);
	scene_event(&s, 0, "ts=" DAY "10:00:00Z; object_type=a; object_id=1");
	scene_event(&s, 0, "ts=" DAY "10:00:00Z; object_type=b; object_id=1");
	scene_event(&s, 0, "ts=" DAY "10:00:00Z; object_id=1");
	scene_event(&s, 0, "ts=" DAY "10:00:00Z; object_type=a");
	scene_event(&s, 1, "ts=" DAY "10:00:00Z; object_type=b; object_id=1");
	scene_event(&s, 1, "ts=" DAY "10:00:00Z; object_type=b; object_id=2");
	scene_close(&s);
	sides = sides_build(&s.a, &s.facts, &all);
	rec = sides.rec.columns.object;
	log = sides.log.columns.object;
	cr_expect(rec[0] && rec[1] && rec[2]);
	cr_expect(rec[0] != rec[1] && rec[1] != rec[2] && rec[0] != rec[2]);
	cr_expect(rec[3] == 0, "without an id there is no object");
	cr_expect(log[0] == rec[1]);
	cr_expect(log[1] && log[1] != rec[0] && log[1] != rec[1]);
	scene_free(&s);
}

Test(sides, actions_are_the_listed_ones_or_other)
{
	static const struct {
		const char *line;
		enum action action;
	} rows[] = {
		{"action=create", ACTION_CREATE},
		{"action=upsert", ACTION_UPSERT},
		{"action=other", ACTION_OTHER},
		{"action=INSERTED", ACTION_OTHER},
		{"object_id=1", ACTION_NONE},
	};
	struct scene s;
	struct sides sides;

	open_sources(&s);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		scene_event(&s, 1, rows[i].line);
	scene_close(&s);
	sides = sides_build(&s.a, &s.facts, &all);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect(
			sides.log.columns.action[i] == (uint32_t)rows[i].action,
			"row %zu: %u", i, sides.log.columns.action[i]);
	scene_free(&s);
}

Test(sides, ids_are_the_same_symbols_on_both_sides)
{
	struct scene s;
	struct sides sides;

	open_sources(&s);
	scene_event(&s, 0, "ts=" DAY "10:00:00Z; request_id=r; trace_id=t");
	scene_event(&s, 1, "ts=" DAY "10:00:00Z; request_id=r; trace_id=t");
	scene_event(&s, 1, "ts=" DAY "10:00:00Z; object_id=1");
	scene_close(&s);
	sides = sides_build(&s.a, &s.facts, &all);
	cr_expect(sides.rec.columns.request[0] == scene_sym(&s, "r"));
	cr_expect(sides.log.columns.request[0] == scene_sym(&s, "r"));
	cr_expect(sides.rec.columns.trace[0] == scene_sym(&s, "t"));
	cr_expect(sides.log.columns.trace[0] == scene_sym(&s, "t"));
	cr_expect(sides.log.columns.request[1] == 0);
	cr_expect(sides.log.columns.trace[1] == 0);
	scene_free(&s);
}

/* 2026-03-01 is day 20513 since 1970. */
Test(sides, days_are_numbered_in_the_zone_of_rows_with_day_precision)
{
	struct scene s;
	struct sides sides;

	open_sources(&s);
	s.sources[0].zone = zone_fixed(&s.a, 3600);
	scene_event(&s, 0, "ts=2026-03-01; object_id=1");
	scene_event(&s, 0, "object_id=1");
	scene_event(&s, 1, "ts=" DAY "22:59:59Z; object_id=1");
	scene_event(&s, 1, "ts=" DAY "23:00:00Z; object_id=1");
	scene_event(&s, 1, "ts=1969-12-31T22:59:59.5Z; object_id=1");
	scene_close(&s);
	sides = sides_build(&s.a, &s.facts, &all);
	cr_expect(sides.rec.columns.day_only[0]);
	cr_expect(!sides.rec.columns.day_only[1]);
	cr_expect(!sides.log.columns.day_only[0]);
	cr_expect(sides.rec.columns.day[1] == MATCH_NO_DAY);
	cr_expect(sides.rec.columns.time[1] == MATCH_UNTIMED);
	cr_expect(sides.log.columns.day[0] == 20513);
	cr_expect(sides.log.columns.day[1] == 20514);
	cr_expect(sides.log.columns.day[2] == -1);
	scene_free(&s);
}

/* The zone of a source that is on neither side says nothing about days. */
Test(sides, day_precision_of_other_sources_is_not_looked_at)
{
	struct scene s;
	struct sides sides;

	open_sources(&s);
	s.sources[2].zone = zone_fixed(&s.a, -3600);
	s.sources[1].zone = zone_fixed(&s.a, 3600);
	scene_event(&s, 2, "ts=2026-02-01; object_id=1");
	scene_event(&s, 1, "ts=2026-03-01; object_id=1; marks=merged");
	scene_event(&s, 1, "ts=2026-03-01; object_id=1");
	scene_event(&s, 0, "ts=" DAY "23:00:00Z; object_id=1");
	scene_event(&s, 0, "ts=" DAY "22:59:59Z; object_id=1");
	scene_close(&s);
	sides = sides_build(&s.a, &s.facts, &all);
	cr_expect(sides.rec.columns.day[0] == 20514);
	cr_expect(sides.rec.columns.day[1] == 20513);
	scene_free(&s);
}

Test(sides, without_day_precision_days_are_those_of_utc)
{
	struct scene s;
	struct sides sides;

	open_sources(&s);
	s.sources[0].zone = zone_fixed(&s.a, 3600);
	scene_event(&s, 0, "ts=" DAY "23:59:59Z; object_id=1");
	scene_close(&s);
	sides = sides_build(&s.a, &s.facts, &all);
	cr_expect(sides.rec.columns.day[0] == 20513);
	scene_free(&s);
}

/* ---- what is left out ---- */

static void random_row(struct scene *s, struct rng *rng, size_t source)
{
	static const char *const actions[] = {
		"create", "update", "upsert", "read", "other"};
	struct str line = arena_print(&s->a,
		"ts=2026-03-01T10:%02u:00Z; action=%s",
		(unsigned)rng_below(rng, 60), actions[rng_below(rng, 5)]);

	if (rng_chance(rng, 800000))
		line = arena_print(&s->a, "%.*s; object_type=%c; object_id=%u",
			STR_ARG(line), rng_chance(rng, 500000) ? 'a' : 'b',
			(unsigned)rng_below(rng, 9));
	if (rng_chance(rng, 300000))
		line = arena_print(&s->a, "%.*s; request_id=r%u", STR_ARG(line),
			(unsigned)rng_below(rng, 9));
	if (rng_chance(rng, 100000))
		line = arena_print(&s->a, "%.*s; trace_id=t%u", STR_ARG(line),
			(unsigned)rng_below(rng, 9));
	scene_event(s, source, arena_copy(&s->a, line).s);
}

static const row *partners(
	struct scene *s, const struct sides *sides, bool weak_all)
{
	struct match_params params = match_defaults();
	uint32_t n = sides->rec.columns.n;
	struct match_transactions rec = {
		sides->rec.columns, arena_array(&s->a, bool, n)};
	struct match_log log = {sides->log.columns, NULL};
	row *out = arena_array(&s->a, row, n);
	struct match_result match;

	params.weak_all = weak_all;
	match = match_run(&s->a, &rec, &log, &params);
	for (uint32_t i = 0; i < n; i++)
		out[i] = match.partner[i] == MATCH_NONE
				 ? ROW_NONE
				 : sides->log.events[match.partner[i]];
	return out;
}

static uint32_t count_action(const struct side *side, enum action action)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < side->columns.n; i++)
		n += side->columns.action[i] == action;
	return n;
}

/* Property: log events that are left out would not have been paired, and have
   none of the actions that are asked for. */
Test(sides, restricting_the_log_changes_no_pair)
{
	struct rng rng = {43};
	bool left_out = false;

	for (int round = 0; round < 300; round++) {
		struct sides_wanted wanted = {true,
			UINT64_C(1)
				<< (round % 2 ? ACTION_CREATE : ACTION_OTHER),
			round % 3 == 0};
		struct sides whole, few;
		const row *want, *found;
		struct scene s;

		open_sources(&s);
		for (int i = 0; i < 12; i++)
			random_row(&s, &rng, 0);
		for (int i = 0; i < 40; i++)
			random_row(&s, &rng, 1);
		scene_close(&s);
		whole = sides_build(&s.a, &s.facts, &all);
		few = sides_build(&s.a, &s.facts, &wanted);
		want = partners(&s, &whole, wanted.days);
		found = partners(&s, &few, wanted.days);
		cr_assert(few.rec.columns.n == whole.rec.columns.n);
		for (uint32_t i = 0; i < few.rec.columns.n; i++)
			cr_assert(want[i] == found[i], "round %d, row %u",
				round, i);
		for (size_t action = 0; action < ACTION_N; action++)
			cr_assert(!(wanted.actions >> action & 1) ||
				  count_action(&few.log, (enum action)action) ==
					  count_action(&whole.log,
						  (enum action)action));
		left_out |= few.log.columns.n < whole.log.columns.n;
		scene_free(&s);
	}
	cr_assert(left_out);
}
