#include "metric/quarters.h"

#include "base/rng.h"
#include "scene_p.h"

#include <criterion/criterion.h>

static struct quarters open_period(
	struct scene *s, const char *from, const char *to, int fiscal_start)
{
	scene_open(s, NULL);
	scene_period(s, from, to);
	s->in.fiscal_start = fiscal_start;
	scene_close(s);
	return quarters_of(&s->in);
}

Test(quarters, those_that_the_period_touches_are_counted_and_named)
{
	static const struct {
		const char *from, *to;
		int fiscal_start;
		size_t n;
		const char *first, *last;
	} rows[] = {
		{"2026-01-01", "2026-03-31", 1, 1, "2026Q1", "2026Q1"},
		{"2026-01-01", "2026-04-01", 1, 2, "2026Q1", "2026Q2"},
		{"2025-12-31", "2026-04-01", 1, 3, "2025Q4", "2026Q2"},
		{"2026-05-05", "2026-05-05", 1, 1, "2026Q2", "2026Q2"},
		/* The fiscal year 2026 begins in October 2025. */
		{"2025-10-01", "2026-09-30", 10, 4, "FY2026Q1", "FY2026Q4"},
		{"2026-02-28", "2026-03-01", 3, 2, "FY2026Q4", "FY2027Q1"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		struct quarters q = open_period(
			&s, rows[i].from, rows[i].to, rows[i].fiscal_start);
		struct str first = quarters_name(&s.a, &q, 0);
		struct str last = quarters_name(&s.a, &q, q.n - 1);

		cr_expect(q.n == rows[i].n, "row %zu: %zu", i, q.n);
		cr_expect(str_equal(first, str_of(rows[i].first)) &&
				  str_equal(last, str_of(rows[i].last)),
			"row %zu: %.*s to %.*s", i, STR_ARG(first),
			STR_ARG(last));
		scene_free(&s);
	}
}

Test(quarters, each_begins_at_midnight_of_its_first_day)
{
	struct scene s;
	struct quarters q = open_period(&s, "2026-02-10", "2026-08-10", 1);
	int64_t second = scene_time(&s, "2026-04-01T00:00:00Z");

	cr_assert(q.n == 3);
	cr_expect(quarters_start(&q, 0) ==
		  scene_time(&s, "2026-01-01T00:00:00Z"));
	cr_expect(quarters_start(&q, 1) == second);
	cr_expect(quarters_start(&q, 3) ==
		  scene_time(&s, "2026-10-01T00:00:00Z"));
	cr_expect(quarters_find(&q, second - 1) == 0);
	cr_expect(quarters_find(&q, second) == 1);
	cr_expect(quarters_find(&q, s.facts.period_to - 1) == 2);
	scene_free(&s);
}

Test(quarters, days_are_those_of_the_calendar)
{
	struct scene s;
	struct quarters q;

	scene_open(&s, NULL);
	/* Two hours east of UTC the second quarter begins at 22:00 UTC. */
	s.calendar.zone = zone_fixed(&s.a, 2 * 3600);
	scene_period(&s, "2026-03-31", "2026-03-31");
	scene_close(&s);
	q = quarters_of(&s.in);
	cr_assert(q.n == 2);
	cr_expect(
		quarters_find(&q, scene_time(&s, "2026-03-31T21:59:59Z")) == 0);
	cr_expect(
		quarters_find(&q, scene_time(&s, "2026-03-31T22:00:00Z")) == 1);
	scene_free(&s);
}

/* As of a time before the first event. */
Test(quarters, a_period_without_length_has_none)
{
	struct scene s;

	scene_open(&s, NULL);
	s.period_from = scene_time(&s, "2026-07-01T00:00:00Z");
	s.period_to = scene_time(&s, "2020-01-01T00:00:00Z");
	scene_close(&s);
	cr_expect(quarters_of(&s.in).n == 0);
	s.facts.period_to = s.facts.period_from;
	cr_expect(quarters_of(&s.in).n == 0);
	s.facts.period_to = s.facts.period_from + 1;
	cr_expect(quarters_of(&s.in).n == 1);
	scene_free(&s);
}

/* Property: remembering changes nothing. */
Test(quarters, following_agrees_with_finding)
{
	struct scene s;
	struct quarters q = open_period(&s, "2024-02-03", "2026-11-30", 2);
	struct quarter_span span = {0};
	struct rng rng = {41};
	int64_t time = s.facts.period_from;

	for (int i = 0; i < 20000; i++) {
		/* Steps of hours, days and months, there and back. */
		int64_t step = (int64_t)rng_below(&rng, 36) * 3600 *
			       (rng_chance(&rng, 50000) ? 60 : 1);

		time += (rng_chance(&rng, 450000) ? -step : step) * 1000000000;
		if (time < s.facts.period_from || time >= s.facts.period_to)
			time = s.facts.period_from;
		cr_assert(quarters_follow(&q, &span, time) ==
			  quarters_find(&q, time));
	}
	scene_free(&s);
}
