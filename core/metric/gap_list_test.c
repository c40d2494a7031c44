#include "metric/gap_list.h"

#include "metric/trail.h"
#include "scene_p.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const struct sides_wanted all;

/* The list of a scene whose transactions stand in `lines`. */
static struct completeness list(struct scene *s, const char *const *lines,
	const uint8_t *status, size_t n)
{
	struct completeness out = {0};
	struct judged judged = {.in = &s->in, .status = status};
	size_t source;

	scene_open(s, NULL);
	source = scene_source(s, "orders", ROLE_TRANSACTIONS);
	for (size_t i = 0; i < n; i++)
		scene_event(s, source, lines[i]);
	scene_period(s, "2026-01-01", "2026-12-31");
	scene_close(s);
	judged.rec = sides_build(&s->a, &s->facts, &all).rec;
	gap_list_fill(&judged, &out);
	return out;
}

Test(gap_list, groups_are_by_system_type_action_and_quarter)
{
	static const char *const lines[] = {
		"ts=2026-03-01; src_system=a; object_type=t; action=create",
		"ts=2026-03-31; src_system=a; object_type=t; action=create",
		"ts=2026-04-01; src_system=a; object_type=t; action=create",
		"ts=2026-03-01; src_system=a; object_type=t; action=update",
		"ts=2026-03-01; src_system=a; object_type=u; action=create",
		"ts=2026-03-01; src_system=b; object_type=t; action=create",
		"src_system=a; object_type=t; action=create",
	};
	static const uint8_t status[] = {TRAIL_MISSING, TRAIL_UNVERIFIABLE,
		TRAIL_MISSING, TRAIL_MISSING, TRAIL_MISSING, TRAIL_MISSING,
		TRAIL_MISSING};
	static const char *const want[] = {"a t create 2026Q1",
		"a t create (untimed)", "a t create 2026Q2",
		"a t update 2026Q1", "a u create 2026Q1", "b t create 2026Q1"};
	struct scene s;
	struct completeness c = list(&s, lines, status, 7);

	cr_assert(c.n_gaps == 6 && c.gaps_total == 6);
	for (size_t i = 0; i < 6; i++) {
		const struct gap_group *g = &c.gaps[i];
		char have[80];

		snprintf(have, sizeof(have), "%.*s %.*s %.*s %.*s",
			STR_ARG(g->system), STR_ARG(g->object_type),
			STR_ARG(g->action), STR_ARG(g->quarter));
		cr_expect(str_equal(str_of(have), str_of(want[i])),
			"row %zu: %s", i, have);
		cr_expect(g->of == 7 && g->lost == (i == 0 ? 2u : 1u));
	}
	cr_expect(c.gaps[0].missing == 1 && c.gaps[0].unverifiable == 1);
	scene_free(&s);
}

Test(gap_list, the_largest_loss_comes_first_and_late_or_partial_lose_nothing)
{
	static const char *const lines[] = {"ts=2026-03-01; action=create",
		"ts=2026-03-01; action=create", "ts=2026-03-01; action=update",
		"ts=2026-03-01; action=delete", "ts=2026-03-01; action=delete",
		"ts=2026-03-01; action=read", "ts=2026-03-01; action=export"};
	static const uint8_t status[] = {TRAIL_LATE, TRAIL_PARTIAL,
		TRAIL_MISSING, TRAIL_MISSING, TRAIL_MISSING, TRAIL_MATCHED,
		TRAIL_EXCLUDED};
	static const struct {
		const char *action;
		uint64_t lost;
	} want[] = {{"delete", 2}, {"update", 1}, {"create", 0}};
	struct scene s;
	struct completeness c = list(&s, lines, status, 7);

	cr_assert(c.n_gaps == 3);
	for (size_t i = 0; i < 3; i++)
		cr_expect(str_equal(c.gaps[i].action, str_of(want[i].action)) &&
				  c.gaps[i].lost == want[i].lost &&
				  c.gaps[i].of == 6,
			"row %zu", i);
	cr_expect(c.gaps[2].late == 1 && c.gaps[2].partial == 1);
	scene_free(&s);
}

Test(gap_list, the_first_five_places_are_kept)
{
	static const char *const lines[] = {"ts=2026-03-07", "ts=2026-03-06",
		"ts=2026-03-05", "ts=2026-03-04", "ts=2026-03-03",
		"ts=2026-03-02", "ts=2026-03-01"};
	static const uint8_t status[7] = {
		[0] = TRAIL_MATCHED, [1 ... 6] = TRAIL_MISSING};
	struct scene s;
	struct completeness c = list(&s, lines, status, 7);

	cr_assert(c.n_gaps == 1 && c.gaps[0].missing == 6);
	cr_assert(c.gaps[0].n_places == 5);
	for (uint32_t i = 0; i < 5; i++)
		cr_expect(c.gaps[0].places[i].line == i + 3, "place %u", i);
	scene_free(&s);
}

Test(gap_list, a_thousand_groups_are_kept_and_all_are_counted)
{
	static char texts[1001][40];
	static const char *lines[1001];
	static uint8_t status[1001];
	struct scene s;
	struct completeness c;

	for (int i = 0; i < 1001; i++) {
		snprintf(texts[i], sizeof(texts[i]),
			"ts=2026-03-01; src_system=s%04d", i);
		lines[i] = texts[i];
		status[i] = TRAIL_MISSING;
	}
	c = list(&s, lines, status, 1001);
	cr_expect(c.gaps_total == 1001 && c.n_gaps == 1000);
	cr_expect(str_equal(c.gaps[999].system, STR("s0999")));
	scene_free(&s);
}

Test(gap_list, where_all_is_in_the_log_there_is_none)
{
	static const char *const lines[] = {"ts=2026-03-01"};
	static const uint8_t status[] = {TRAIL_MATCHED};
	struct scene s;
	struct completeness c = list(&s, lines, status, 1);

	cr_expect(c.n_gaps == 0 && c.gaps_total == 0);
	scene_free(&s);
}
