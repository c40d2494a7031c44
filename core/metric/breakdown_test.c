#include "metric/breakdown.h"

#include "metric/trail.h"
#include "scene_p.h"

#include <criterion/criterion.h>

static const struct sides_wanted all;

/* Five transactions of two systems and two quarters; the last has neither. */
static const char *const lines[] = {
	"ts=2026-03-31T23:00:00Z; src_system=b",
	"ts=2026-04-01T00:00:00Z; src_system=a",
	"ts=2026-04-02T00:00:00Z; src_system=b",
	"ts=2026-02-01T00:00:00Z; src_system=a",
	"object_id=1",
};

static struct completeness break_down(struct scene *s, const uint8_t *status)
{
	struct completeness out = {0};
	struct judged judged = {.in = &s->in, .status = status};
	size_t source;

	scene_open(s, NULL);
	source = scene_source(s, "orders", ROLE_TRANSACTIONS);
	for (size_t i = 0; i < 5; i++)
		scene_event(s, source, lines[i]);
	scene_close(s);
	judged.rec = sides_build(&s->a, &s->facts, &all).rec;
	breakdown_fill(&judged, &out);
	return out;
}

struct line {
	const char *by, *key;
	uint64_t numerator, denominator;
};

static void expect_lines(
	const struct completeness *c, const struct line *want, size_t n)
{
	cr_assert(c->n_by == n, "%zu lines", c->n_by);
	for (size_t i = 0; i < n; i++)
		cr_expect(
			str_equal(str_of(c->by[i].by), str_of(want[i].by)) &&
				str_equal(c->by[i].key, str_of(want[i].key)) &&
				c->by[i].share.numerator == want[i].numerator &&
				c->by[i].share.denominator ==
					want[i].denominator,
			"row %zu: %s %.*s", i, c->by[i].by,
			STR_ARG(c->by[i].key));
}

Test(breakdown, found_is_matched_late_or_partial)
{
	static const uint8_t status[] = {TRAIL_MATCHED, TRAIL_LATE,
		TRAIL_MISSING, TRAIL_UNVERIFIABLE, TRAIL_PARTIAL};
	static const struct line want[] = {{"system", "(none)", 1, 1},
		{"system", "a", 1, 2}, {"system", "b", 1, 2},
		{"quarter", "2026Q1", 1, 2}, {"quarter", "2026Q2", 1, 2}};
	struct scene s;
	struct completeness c = break_down(&s, status);

	expect_lines(&c, want, 5);
	scene_free(&s);
}

Test(breakdown, excluded_transactions_are_in_no_part)
{
	static const uint8_t status[] = {TRAIL_EXCLUDED, TRAIL_EXCLUDED,
		TRAIL_EXCLUDED, TRAIL_MISSING, TRAIL_EXCLUDED};
	static const struct line want[] = {
		{"system", "a", 0, 1}, {"quarter", "2026Q1", 0, 1}};
	struct scene s;
	struct completeness c = break_down(&s, status);

	expect_lines(&c, want, 2);
	scene_free(&s);
}
