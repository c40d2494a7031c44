#include "metric/legal_risk.h"

#include <criterion/criterion.h>

/* Systems 1, 2 and 3, down from 10 to 20, 15 to 30 and never. Duties know the
   systems 3, 2, 1 and 9 in this order. */
static struct interval one[] = {{10, 20}}, two[] = {{15, 30}};
static struct outage_system systems[] = {
	{.name = 1, .down = {one, 1, 1}},
	{.name = 2, .down = {two, 1, 1}},
	{.name = 3},
};
static const struct outages outages = {.at = systems, .n = 3};
static const sym names[] = {3, 2, 1, 9};

enum { THREE = 1, TWO = 2, ONE = 4, NINE = 8 };

struct line {
	uint64_t systems;
	int64_t start, end, due, done;
	bool missed;
};

static struct legal_risk judge(
	struct arena *a, const struct line *lines, size_t n)
{
	struct duty *list = arena_array(a, struct duty, n);
	uint64_t *bits = arena_array(a, uint64_t, n);
	struct duties duties = {.at = list,
		.n = n,
		.systems = names,
		.n_systems = 4,
		.n_words = 1,
		.any_rule = true};

	for (size_t i = 0; i < n; i++) {
		bits[i] = lines[i].systems;
		list[i] = (struct duty) {.start = lines[i].start,
			.end = lines[i].end,
			.due = lines[i].due,
			.done = lines[i].done,
			.missed = lines[i].missed,
			.systems = &bits[i]};
	}
	return legal_risk_of(a, &duties, &outages, 5);
}

Test(legal_risk, a_duty_is_at_risk_while_one_of_its_systems_is_down)
{
	static const struct {
		struct line line;
		int64_t any;
		uint64_t without;
	} rows[] = {
		{{ONE, 0, 100, 100, 0, false}, 10, 0},
		{{TWO, 0, 100, 100, 0, false}, 15, 0},
		{{ONE | TWO, 0, 100, 100, 0, false}, 20, 0},
		{{THREE, 0, 100, 100, 0, false}, 0, 0},
		{{NINE, 0, 100, 100, 0, false}, 0, 0},
		{{0, 0, 100, 100, 0, false}, 20, 1},
		{{ONE, 12, 15, 100, 0, false}, 3, 0},
		{{ONE, 20, 30, 100, 0, false}, 0, 0},
		{{TWO, 12, 16, 100, 0, false}, 1, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a = {0};
		struct legal_risk r = judge(&a, &rows[i].line, 1);

		cr_expect(r.any_ns == rows[i].any && r.sum_ns == rows[i].any,
			"row %zu: %lld", i, (long long)r.any_ns);
		cr_expect(r.without_system == rows[i].without, "row %zu", i);
		cr_expect(r.obligations == 1);
		arena_free(&a);
	}
}

/* The first two share their systems; the third is between them in the list. */
static const struct line several[] = {
	{ONE, 0, 14, 14, 0, false},
	{TWO, 12, 18, 18, 0, false},
	{ONE, 12, 40, 40, 0, false},
};

Test(legal_risk, overlaps_count_once_in_the_whole_and_each_in_the_sum)
{
	struct arena a = {0};
	struct legal_risk r = judge(&a, several, 3);

	/* 1: 10-14 and 12-20. 2: 15-18. */
	cr_expect(interval_length(&r.by_system[0]) == 10);
	cr_expect(interval_length(&r.by_system[1]) == 3);
	cr_expect(interval_length(&r.by_system[2]) == 0);
	cr_expect(r.any_ns == 10 && r.sum_ns == 4 + 3 + 8);
	/* Down within 5 before 14 and before 18, not before 40. */
	cr_expect(r.exposed == 2);
	arena_free(&a);
}

Test(legal_risk, no_duties_are_no_risk)
{
	struct arena a = {0};
	struct legal_risk r = judge(&a, NULL, 0);

	cr_expect(r.obligations == 0 && r.any_ns == 0 && r.sum_ns == 0);
	cr_expect(r.by_system[0].n == 0);
	arena_free(&a);
}
