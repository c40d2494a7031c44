#include "metric/assign.h"

#include "base/rng.h"

#include <criterion/criterion.h>

#define MOST  5
#define CELLS 64

/* A small problem together with its answer. */
struct problem {
	int64_t rec[MOST], log[MOST];
	uint32_t n_rec, n_log, capacity[MOST];
	struct assign_window window;
	uint32_t left[MOST], partner[MOST], walked;
};

static void solve(struct problem *p, struct assign_space *space, uint32_t cells)
{
	struct assign_input in = {
		p->rec, p->n_rec, p->log, p->n_log, p->window, cells};

	for (uint32_t j = 0; j < p->n_log; j++)
		p->left[j] = p->capacity[j];
	p->walked = assign_pairs(space, &in, p->left, p->partner);
}

struct worth {
	uint32_t pairs;
	int64_t distance;
};

static bool is_better(struct worth a, struct worth b)
{
	return a.pairs > b.pairs ||
	       (a.pairs == b.pairs && a.distance < b.distance);
}

/* False if a pair is outside the window or a log event is overused. */
static bool worth_of(
	const struct problem *p, const uint32_t *partner, struct worth *out)
{
	uint32_t used[MOST] = {0};

	*out = (struct worth) {0};
	for (uint32_t i = 0; i < p->n_rec; i++) {
		int64_t distance;

		if (partner[i] == ASSIGN_NONE)
			continue;
		distance = p->log[partner[i]] - p->rec[i];
		if (distance < -p->window.before || distance > p->window.after)
			return false;
		if (++used[partner[i]] > p->capacity[partner[i]])
			return false;
		out->pairs++;
		out->distance += distance < 0 ? -distance : distance;
	}
	return true;
}

/* The next list of partners, ASSIGN_NONE behind the last log event; the first
   record turns slowest, so earlier lists come first. */
static bool turn(const struct problem *p, uint32_t *partner)
{
	for (uint32_t i = p->n_rec; i-- > 0;) {
		if (partner[i] != ASSIGN_NONE) {
			partner[i] = partner[i] + 1 < p->n_log ? partner[i] + 1
							       : ASSIGN_NONE;
			return true;
		}
		partner[i] = p->n_log > 0 ? 0 : ASSIGN_NONE;
	}
	return false;
}

/* Tries every matching; of equal ones the first stays. */
static struct worth slow_best(const struct problem *p, uint32_t *best)
{
	uint32_t partner[MOST];
	struct worth most = {0}, worth;

	for (uint32_t i = 0; i < MOST; i++) {
		partner[i] = p->n_log > 0 ? 0 : ASSIGN_NONE;
		best[i] = ASSIGN_NONE;
	}
	do {
		if (!worth_of(p, partner, &worth) || !is_better(worth, most))
			continue;
		most = worth;
		memcpy(best, partner, sizeof(partner));
	} while (turn(p, partner));
	return most;
}

static void random_times(
	struct rng *rng, int64_t *times, uint32_t n, uint64_t range)
{
	for (uint32_t i = 0; i < n; i++) {
		int64_t time = (int64_t)rng_below(rng, range);
		uint32_t at = i;

		for (; at > 0 && times[at - 1] > time; at--)
			times[at] = times[at - 1];
		times[at] = time;
	}
}

static struct problem random_problem(struct rng *rng, bool shared)
{
	static const uint64_t ranges[] = {3, 8, 20, 60};
	uint64_t range = ranges[rng_below(rng, 4)];
	struct problem p = {
		.n_rec = (uint32_t)rng_below(rng, MOST + 1),
		.n_log = (uint32_t)rng_below(rng, MOST + 1),
		.window = {(int64_t)rng_below(rng, 8),
			(int64_t)rng_below(rng, 12)},
	};

	random_times(rng, p.rec, p.n_rec, range);
	random_times(rng, p.log, p.n_log, range);
	for (uint32_t j = 0; j < MOST; j++)
		p.capacity[j] = shared ? (uint32_t)rng_below(rng, 4) : 1;
	return p;
}

Test(assign, the_published_examples_pair_as_published)
{
	static const struct {
		struct problem p;
		uint32_t want[3];
	} rows[] = {
		{{.rec = {0, 10},
			 .log = {9, 16},
			 .n_rec = 2,
			 .n_log = 2,
			 .capacity = {1, 1},
			 .window = {9, 9}},
			{0, 1, ASSIGN_NONE}},
		{{.rec = {100},
			 .log = {50, 99},
			 .n_rec = 1,
			 .n_log = 2,
			 .capacity = {1, 1},
			 .window = {60, 60}},
			{1, ASSIGN_NONE, ASSIGN_NONE}},
		{{.rec = {0, 0, 0},
			 .log = {1},
			 .n_rec = 3,
			 .n_log = 1,
			 .capacity = {1},
			 .window = {5, 900}},
			{0, ASSIGN_NONE, ASSIGN_NONE}},
	};
	struct arena a = {0};
	struct assign_space space = {.a = &a};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct problem p = rows[i].p;

		solve(&p, &space, CELLS);
		for (uint32_t r = 0; r < p.n_rec; r++)
			cr_expect(p.partner[r] == rows[i].want[r],
				"row %zu record %u", i, r);
		cr_expect(p.walked == 0, "row %zu", i);
	}
	arena_free(&a);
}

/* Property: the table finds the best of all matchings, the earliest of equal
   ones included. */
Test(assign, random_cases_agree_with_trying_every_matching)
{
	struct rng rng = {21};
	struct arena a = {0};
	struct assign_space space = {.a = &a};

	for (int round = 0; round < 30000; round++) {
		struct problem p = random_problem(&rng, false);
		uint32_t best[MOST];
		struct worth want = slow_best(&p, best), got;

		solve(&p, &space, CELLS);
		cr_assert(worth_of(&p, p.partner, &got), "round %d", round);
		cr_assert(got.pairs == want.pairs, "round %d", round);
		cr_assert(got.distance == want.distance, "round %d", round);
		for (uint32_t i = 0; i < p.n_rec; i++)
			cr_assert(p.partner[i] == best[i], "round %d", round);
		cr_assert(p.walked == 0);
	}
	arena_free(&a);
}

/* Property: the walk pairs as many, also where log events may be paired more
   than once or not at all. */
Test(assign, the_walk_finds_as_many_pairs_as_any_matching)
{
	struct rng rng = {22};
	struct arena a = {0};
	struct assign_space space = {.a = &a};

	for (int round = 0; round < 30000; round++) {
		struct problem p = random_problem(&rng, round % 2);
		uint32_t best[MOST];
		struct worth want = slow_best(&p, best), got;

		solve(&p, &space, 0);
		cr_assert(worth_of(&p, p.partner, &got), "round %d", round);
		cr_assert(got.pairs == want.pairs, "round %d", round);
		cr_assert(p.walked == got.pairs, "round %d", round);
	}
	arena_free(&a);
}

/* Property: with tables where they are allowed, capacities still give the
   largest number of pairs, and are counted down. */
Test(assign, capacities_are_used_and_counted_down)
{
	struct rng rng = {23};
	struct arena a = {0};
	struct assign_space space = {.a = &a};

	for (int round = 0; round < 30000; round++) {
		struct problem p = random_problem(&rng, true);
		uint32_t best[MOST], used[MOST] = {0};
		struct worth want = slow_best(&p, best), got;

		solve(&p, &space, CELLS);
		cr_assert(worth_of(&p, p.partner, &got), "round %d", round);
		cr_assert(got.pairs == want.pairs, "round %d", round);
		for (uint32_t i = 0; i < p.n_rec; i++)
			if (p.partner[i] != ASSIGN_NONE)
				used[p.partner[i]]++;
		for (uint32_t j = 0; j < p.n_log; j++)
			cr_assert(p.left[j] + used[j] == p.capacity[j]);
	}
	arena_free(&a);
}

Test(assign, a_shared_log_event_makes_its_own_cluster_walk_only)
{
	struct problem p = {
		.rec = {0, 1, 2, 100, 110},
		.log = {3, 90, 100},
		.n_rec = 5,
		.n_log = 3,
		.capacity = {3, 1, 1},
		.window = {20, 20},
	};
	struct arena a = {0};
	struct assign_space space = {.a = &a};

	solve(&p, &space, CELLS);
	cr_expect(p.walked == 3);
	cr_expect(p.partner[0] == 0 && p.partner[1] == 0 && p.partner[2] == 0);
	cr_expect(p.partner[3] == 1 && p.partner[4] == 2);
	cr_expect(p.left[0] == 0);
	arena_free(&a);
}

/* n records and m log events that all see each other: n * m cells against a
   limit of 64 * (n + m). */
static uint32_t walked_of(uint32_t n, uint32_t m, uint32_t *paired)
{
	struct arena a = {0};
	struct assign_space space = {.a = &a};
	int64_t *rec = arena_array(&a, int64_t, n);
	int64_t *log = arena_array(&a, int64_t, m);
	uint32_t *left = arena_array(&a, uint32_t, m);
	uint32_t *partner = arena_array(&a, uint32_t, n);
	struct assign_input in = {rec, n, log, m, {1000000, 1000000}, CELLS};
	uint32_t walked;

	for (uint32_t i = 0; i < n; i++)
		rec[i] = i;
	for (uint32_t j = 0; j < m; j++) {
		log[j] = j;
		left[j] = 1;
	}
	walked = assign_pairs(&space, &in, left, partner);
	*paired = 0;
	for (uint32_t i = 0; i < n; i++)
		*paired += partner[i] != ASSIGN_NONE;
	arena_free(&a);
	return walked;
}

Test(assign, a_table_of_64_cells_per_row_is_the_largest)
{
	uint32_t paired;

	cr_expect(walked_of(128, 128, &paired) == 0);
	cr_expect(paired == 128);
	cr_expect(walked_of(128, 129, &paired) == 128);
	cr_expect(paired == 128);
	cr_expect(walked_of(20000, 30000, &paired) == 20000);
	cr_expect(paired == 20000);
}

Test(assign, times_at_the_ends_of_int64_do_not_overflow)
{
	struct problem p = {
		.rec = {INT64_MIN + 1, 0, INT64_MAX},
		.log = {INT64_MIN + 1, 0, INT64_MAX},
		.n_rec = 3,
		.n_log = 3,
		.capacity = {1, 1, 1},
		.window = {INT64_MAX, INT64_MAX},
	};
	struct arena a = {0};
	struct assign_space space = {.a = &a};

	solve(&p, &space, CELLS);
	for (uint32_t i = 0; i < 3; i++)
		cr_expect(p.partner[i] == i);
	p.window = (struct assign_window) {0, 0};
	solve(&p, &space, CELLS);
	for (uint32_t i = 0; i < 3; i++)
		cr_expect(p.partner[i] == i);
	arena_free(&a);
}

Test(assign, empty_sides_have_no_pairs)
{
	struct problem p = {.rec = {1, 2}, .n_rec = 2, .window = {5, 5}};
	struct arena a = {0};
	struct assign_space space = {.a = &a};

	solve(&p, &space, CELLS);
	cr_expect(p.partner[0] == ASSIGN_NONE && p.partner[1] == ASSIGN_NONE);
	p.n_rec = 0;
	p.n_log = 2;
	p.capacity[0] = p.capacity[1] = 1;
	solve(&p, &space, CELLS);
	cr_expect(p.left[0] == 1 && p.left[1] == 1 && p.walked == 0);
	arena_free(&a);
}
