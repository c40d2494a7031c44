#include "metric/exclusions.h"

#include "scene_p.h"

#include <criterion/criterion.h>

static const struct sides_wanted all;

#define DAY  "2026-03-01T"
#define NOON "ts=" DAY "12:00:00Z"

static void open_sources(struct scene *s)
{
	scene_open(s, NULL);
	scene_source(s, "orders", ROLE_TRANSACTIONS);
	scene_source(s, "audit", ROLE_AUDIT_LOG);
	scene_source(s, "except", ROLE_REGISTER);
}

Test(exclusions, object_type_and_days_must_fit)
{
	static const struct {
		const char *transaction, *exclusion;
		bool excluded;
	} rows[] = {
		{NOON "; object_id=A", "object_id=A", true},
		{NOON "; object_id=A", "object_id=B", false},
		{NOON "; object_id=A; object_type=t", "object_id=A", true},
		{NOON "; object_id=A; object_type=t",
			"object_id=A; object_type=t", true},
		{NOON "; object_id=A; object_type=t",
			"object_id=A; object_type=u", false},
		{NOON "; object_id=A", "object_id=A; object_type=t", false},
		/* Both days are included. */
		{NOON "; object_id=A", "object_id=A; from=2026-03-01", true},
		{NOON "; object_id=A", "object_id=A; from=2026-03-02", false},
		{NOON "; object_id=A", "object_id=A; to=2026-03-01", true},
		{NOON "; object_id=A", "object_id=A; to=2026-02-28", false},
		{"ts=" DAY "23:59:59.999Z; object_id=A",
			"object_id=A; from=2026-03-01; to=2026-03-01", true},
		{"ts=2026-03-02T00:00:00Z; object_id=A",
			"object_id=A; from=2026-03-01; to=2026-03-01", false},
		/* A day that cannot be read must not cover any time. */
		{NOON "; object_id=A", "object_id=A; from=unreadable", false},
		{NOON "; object_id=A", "object_id=A; to=unreadable", false},
		/* Without a time no day can be compared. */
		{"object_id=A", "object_id=A", true},
		{"object_id=A", "object_id=A; from=2026-03-01", false},
		{"object_id=A", "object_id=A; to=2026-03-01", false},
		/* Without an id nothing is excluded. */
		{NOON "; object_type=t", "object_id=A; object_type=t", false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		struct sides sides;

		open_sources(&s);
		scene_event(&s, 0, rows[i].transaction);
		scene_row(&s, ROLE_REGISTER, 2, rows[i].exclusion);
		scene_period(&s, "2026-01-01", "2026-12-31");
		scene_close(&s);
		sides = sides_build(&s.a, &s.facts, &all);
		cr_assert(sides.rec.columns.n == 1, "row %zu", i);
		cr_expect(exclusions_find(&s.a, &s.facts, &sides.rec)[0] ==
				  rows[i].excluded,
			"row %zu", i);
		scene_free(&s);
	}
}

Test(exclusions, one_of_several_is_enough)
{
	struct scene s;
	struct sides sides;
	const bool *excluded;

	open_sources(&s);
	scene_event(&s, 0, NOON "; object_id=A");
	scene_event(&s, 0, NOON "; object_id=B");
	scene_event(&s, 0, NOON "; object_id=C");
	scene_row(&s, ROLE_REGISTER, 2, "object_id=C; to=2026-02-01");
	scene_row(&s, ROLE_REGISTER, 2, "object_id=B; from=2026-02-01");
	scene_row(&s, ROLE_REGISTER, 2, "object_id=C; from=2026-02-01");
	scene_close(&s);
	sides = sides_build(&s.a, &s.facts, &all);
	excluded = exclusions_find(&s.a, &s.facts, &sides.rec);
	cr_expect(!excluded[0] && excluded[1] && excluded[2]);
	scene_free(&s);
}

/* Transactions at 10:00, 10:01 ... 10:08 and one without a time; `gaps` of the
   second source are in minutes after 10:00. */
static const bool *open_minutes(
	struct scene *s, const struct gap *gaps, size_t n, enum role role)
{
	static const char *const lines[] = {"ts=" DAY "10:00:00Z",
		"ts=" DAY "10:01:00Z", "ts=" DAY "10:02:00Z",
		"ts=" DAY "10:03:00Z", "ts=" DAY "10:04:00Z",
		"ts=" DAY "10:05:00Z", "ts=" DAY "10:06:00Z",
		"ts=" DAY "10:07:00Z", "ts=" DAY "10:08:00Z", "object_id=1"};
	struct gap *moved;
	struct sides sides;
	int64_t start;

	open_sources(s);
	moved = arena_array(&s->a, struct gap, n);
	start = scene_time(s, DAY "10:00:00Z");
	for (size_t i = 0; i < n; i++)
		moved[i] = (struct gap) {
			start + gaps[i].from * 60 * NS_PER_SECOND,
			start + gaps[i].to * 60 * NS_PER_SECOND};
	for (size_t i = 0; i < 10; i++)
		scene_event(s, 0, lines[i]);
	s->sources[1].roles = 1u << role;
	s->sources[1].gaps = moved;
	s->sources[1].n_gaps = n;
	scene_close(s);
	sides = sides_build(&s->a, &s->facts, &all);
	return exclusions_unverifiable(&s->a, &s->facts, &sides.rec);
}

Test(exclusions, a_gap_of_an_audit_log_is_half_open)
{
	static const struct gap gaps[] = {{6, 8}, {1, 3}, {2, 4}, {5, 5}};
	static const bool want[] = {
		false, true, true, true, false, false, true, true, false, true};
	struct scene s;
	const bool *unverifiable = open_minutes(&s, gaps, 4, ROLE_AUDIT_LOG);

	for (size_t i = 0; i < 10; i++)
		cr_expect(unverifiable[i] == want[i], "transaction %zu", i);
	scene_free(&s);
}

/* Only the transaction without a time cannot be looked up. */
Test(exclusions, gaps_of_other_sources_excuse_nothing)
{
	static const struct gap gaps[] = {{0, 10}};
	struct scene s;
	const bool *unverifiable = open_minutes(&s, gaps, 1, ROLE_EVENTS);

	for (size_t i = 0; i < 10; i++)
		cr_expect(unverifiable[i] == (i == 9), "transaction %zu", i);
	scene_free(&s);
}
