#include "metric/outages.h"

#include "scene_p.h"

#include <criterion/criterion.h>

#define DAY    "2026-03-01T"
#define MINUTE (60 * NS_PER_SECOND)

static struct outages read_lines(
	struct scene *s, const char *const *lines, size_t n)
{
	scene_open(s, NULL);
	scene_source(s, "outages", ROLE_OUTAGES);
	for (size_t i = 0; i < n; i++)
		scene_row(s, ROLE_OUTAGES, 0, lines[i]);
	scene_period(s, "2026-03-01", "2026-03-01");
	s->as_of = scene_time(s, DAY "12:00:00Z");
	scene_close(s);
	return outages_read(&s->a, &s->in);
}

Test(outages, rows_are_gathered_by_system_and_kind)
{
	static const char *const lines[] = {
		"system=b; started_at=" DAY "01:00:00Z; ended_at=" DAY
		"02:00:00Z",
		"system=a; started_at=" DAY "03:00:00Z; ended_at=" DAY
		"04:00:00Z; kind=maintenance",
		"system=b; started_at=" DAY "01:30:00Z; ended_at=" DAY
		"02:30:00Z; kind=outage",
		"system=b; started_at=" DAY "02:15:00Z; ended_at=" DAY
		"05:00:00Z; kind=unknown",
	};
	struct scene s;
	struct outages out = read_lines(&s, lines, 4);
	size_t a, b;

	cr_assert(out.n == 2 && out.censored == 0 && out.data_errors == 0);
	a = outages_find(&out, scene_sym(&s, "a"));
	b = outages_find(&out, scene_sym(&s, "b"));
	cr_assert(a < 2 && b < 2 && a != b);
	cr_expect(out.at[a].down.n == 0);
	cr_expect(interval_length(&out.at[a].maintenance) ==
		  (uint64_t)(60 * MINUTE));
	/* Down from 01:00 to 02:30, of which 15 minutes are unknown. */
	cr_expect(out.at[b].down.n == 1);
	cr_expect(interval_length(&out.at[b].down) == (uint64_t)(75 * MINUTE));
	cr_expect(interval_length(&out.at[b].unknown) ==
		  (uint64_t)(165 * MINUTE));
	scene_free(&s);
}

Test(outages, a_system_without_rows_is_not_found)
{
	static const char *const lines[] = {
		"system=a; started_at=" DAY "01:00:00Z"};
	struct scene s;
	struct outages out = read_lines(&s, lines, 1);

	cr_expect(outages_find(&out, scene_sym(&s, "z")) == 1);
	scene_free(&s);
	out = read_lines(&s, NULL, 0);
	cr_expect(out.n == 0 && outages_find(&out, scene_sym(&s, "a")) == 0);
	scene_free(&s);
}

Test(outages, a_system_whose_rows_make_no_sense_is_there_without_outages)
{
	static const char *const lines[] = {
		"system=a; started_at=" DAY "02:00:00Z; ended_at=" DAY
		"01:00:00Z"};
	struct scene s;
	struct outages out = read_lines(&s, lines, 1);

	cr_assert(out.n == 1 && out.data_errors == 1);
	cr_expect(out.at[0].down.n == 0);
	scene_free(&s);
}

Test(outages, the_window_is_the_period_as_far_as_the_log_reaches)
{
	static const struct {
		const char *as_of, *end;
	} rows[] = {
		{DAY "12:00:00Z", DAY "12:00:00Z"},
		{"2026-03-09T12:00:00Z", "2026-03-02T00:00:00Z"},
		{"2026-02-28T12:00:00Z", DAY "00:00:00Z"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		struct outages out;

		scene_open(&s, NULL);
		scene_period(&s, "2026-03-01", "2026-03-01");
		s.as_of = scene_time(&s, rows[i].as_of);
		scene_close(&s);
		out = outages_read(&s.a, &s.in);
		cr_expect(out.window.start == scene_time(&s, DAY "00:00:00Z"),
			"row %zu", i);
		cr_expect(out.window.end == scene_time(&s, rows[i].end),
			"row %zu", i);
		scene_free(&s);
	}
}

Test(outages, complaints_come_in_the_order_of_the_rows)
{
	static const char *const lines[] = {
		"system=b; started_at=" DAY "02:00:00Z; ended_at=" DAY
		"01:00:00Z",
		"system=a; started_at=unreadable",
		"system=b; started_at=unreadable",
	};
	struct scene s;
	struct outages out = read_lines(&s, lines, 3);

	cr_assert(out.data_errors == 3 && s.diag.items.n == 3);
	for (uint32_t i = 0; i < 3; i++)
		cr_expect(s.diag.items.at[i].loc.line == i + 2);
	scene_free(&s);
}

Test(outages, several_sets_join_to_one)
{
	struct arena a = {0};
	struct interval first[] = {{1, 3}, {8, 9}}, second[] = {{2, 5}};
	struct interval_set sets[] = {{first, 2, 2}, {0}, {second, 1, 1}};
	struct interval_set all = outages_join(&a, sets, 3);

	cr_assert(all.n == 2);
	cr_expect(all.at[0].start == 1 && all.at[0].end == 5);
	cr_expect(all.at[1].start == 8 && all.at[1].end == 9);
	cr_expect(outages_join(&a, NULL, 0).n == 0);
	arena_free(&a);
}
