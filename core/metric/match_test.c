#include "metric/match.h"

#include "base/rng.h"
#include "model/kind.h"

#include <criterion/criterion.h>
#include <string.h>

#define MOST   8
#define SECOND INT64_C(1000000000)
#define NONE   MATCH_NONE

/* One row of either side; `day_only` rows give the day, others the second. */
struct line {
	int64_t second;
	uint32_t object, action, request, trace, capacity;
	bool excluded, day_only, untimed;
	int32_t day;
	uint32_t rank;
};

/* Both sides as columns; a row's rank is its number unless it has one. */
struct sides {
	struct match_transactions rec;
	struct match_log log;
};

static struct match_side side_of(
	struct arena *a, const struct line *lines, uint32_t n)
{
	int64_t *time = arena_array(a, int64_t, n);
	bool *day_only = arena_array(a, bool, n);
	int32_t *day = arena_array(a, int32_t, n);
	uint32_t *columns[5];

	for (size_t c = 0; c < 5; c++)
		columns[c] = arena_array(a, uint32_t, n);
	for (uint32_t i = 0; i < n; i++) {
		const struct line *line = &lines[i];

		time[i] = line->untimed ? MATCH_UNTIMED : line->second * SECOND;
		day_only[i] = line->day_only;
		day[i] = line->untimed ? MATCH_NO_DAY : line->day;
		columns[0][i] = line->rank ? line->rank : i;
		columns[1][i] = line->object;
		columns[2][i] = line->action;
		columns[3][i] = line->request;
		columns[4][i] = line->trace;
	}
	return (struct match_side) {n, time, day_only, day, columns[0],
		columns[1], columns[2], columns[3], columns[4]};
}

static struct sides sides_of(struct arena *a, const struct line *recs,
	uint32_t n, const struct line *logs, uint32_t m)
{
	bool *excluded = arena_array(a, bool, n);
	uint32_t *capacity = arena_array(a, uint32_t, m);

	for (uint32_t i = 0; i < n; i++)
		excluded[i] = recs[i].excluded;
	for (uint32_t j = 0; j < m; j++)
		capacity[j] = logs[j].capacity ? logs[j].capacity : 1;
	return (struct sides) {{side_of(a, recs, n), excluded},
		{side_of(a, logs, m), capacity}};
}

/* before 5 s, after 900 s. */
static struct match_result run(struct arena *a, const struct line *recs,
	uint32_t n, const struct line *logs, uint32_t m)
{
	struct sides sides = sides_of(a, recs, n, logs, m);
	struct match_params params = match_defaults();

	return match_run(a, &sides.rec, &sides.log, &params);
}

#define EACH(list) list, sizeof(list) / sizeof(*(list))

Test(match, defaults_are_the_documented_ones)
{
	struct match_params params = match_defaults();

	cr_expect(params.before == 5 * SECOND);
	cr_expect(params.after == 900 * SECOND);
	cr_expect(!params.weak_all && params.cells_per_row == 64);
}

Test(match, an_equal_request_or_trace_id_pairs_whatever_the_times)
{
	static const struct line recs[] = {
		{.second = 0,
			.object = 1,
			.action = ACTION_UPDATE,
			.request = 7},
		{.untimed = true,
			.object = 2,
			.action = ACTION_UPDATE,
			.trace = 8},
		{.second = 0,
			.object = 3,
			.action = ACTION_UPDATE,
			.request = 9},
	};
	static const struct line logs[] = {
		{.second = 0,
			.object = 4,
			.action = ACTION_UPDATE,
			.request = 9},
		{.second = 0, .object = 2, .action = ACTION_UPDATE, .trace = 8},
		{.second = 999999,
			.object = 1,
			.action = ACTION_UPDATE,
			.request = 7},
	};
	struct arena a = {0};
	struct match_result got = run(&a, EACH(recs), EACH(logs));

	cr_expect(got.partner[0] == 2 && got.pass[0] == 1);
	cr_expect(got.partner[1] == 1 && got.pass[1] == 1);
	/* Both have an object, and not the same one. */
	cr_expect(got.partner[2] == NONE && got.pass[2] == 0);
	cr_expect(got.paired[0] == 0 && got.paired[1] == 1);
	arena_free(&a);
}

Test(match, of_one_request_the_same_object_and_action_come_first)
{
	static const struct line recs[] = {
		{.second = 10,
			.object = 1,
			.action = ACTION_UPDATE,
			.request = 7},
		{.second = 10,
			.object = 2,
			.action = ACTION_CREATE,
			.request = 7},
		{.second = 11, .action = ACTION_DELETE, .request = 7},
		{.second = 12,
			.object = 3,
			.action = ACTION_UPDATE,
			.request = 7},
	};
	static const struct line logs[] = {
		{.second = 9, .object = 1, .action = ACTION_READ, .request = 7},
		{.second = 9, .action = ACTION_READ, .request = 7},
		{.second = 10,
			.object = 2,
			.action = ACTION_CREATE,
			.request = 7},
		{.second = 11,
			.object = 1,
			.action = ACTION_UPDATE,
			.request = 7},
		{.second = 12,
			.object = 9,
			.action = ACTION_DELETE,
			.request = 7},
	};
	static const uint32_t want[] = {3, 2, 4, 1};
	struct arena a = {0};
	struct match_result got = run(&a, EACH(recs), EACH(logs));

	for (size_t i = 0; i < 4; i++)
		cr_expect(got.partner[i] == want[i] && got.pass[i] == 1,
			"transaction %zu", i);
	arena_free(&a);
}

Test(match, identity_fills_a_capacity_in_time_order)
{
	static const struct line recs[] = {
		{.second = 3,
			.object = 1,
			.action = ACTION_CREATE,
			.request = 7},
		{.second = 1,
			.object = 1,
			.action = ACTION_CREATE,
			.request = 7},
		{.second = 2,
			.object = 1,
			.action = ACTION_CREATE,
			.request = 7},
		{.untimed = true,
			.object = 1,
			.action = ACTION_CREATE,
			.request = 7},
	};
	static const struct line logs[] = {
		{.second = 5000,
			.object = 1,
			.action = ACTION_CREATE,
			.request = 7},
		{.second = 4000,
			.object = 1,
			.action = ACTION_CREATE,
			.request = 7,
			.capacity = 2},
	};
	static const uint32_t want[] = {0, 1, 1, NONE};
	struct arena a = {0};
	struct match_result got = run(&a, EACH(recs), EACH(logs));

	for (size_t i = 0; i < 4; i++)
		cr_expect(got.partner[i] == want[i], "transaction %zu", i);
	cr_expect(got.paired[1] == 2);
	arena_free(&a);
}

Test(match, key_and_time_need_object_action_and_window)
{
	static const struct line recs[] = {
		{.second = 1000, .object = 1, .action = ACTION_UPDATE},
		{.second = 1000, .object = 2, .action = ACTION_UPDATE},
		{.second = 1000, .object = 3, .action = ACTION_UPDATE},
		{.second = 1000, .object = 4, .action = ACTION_UPDATE},
		{.second = 1000, .object = 5, .action = ACTION_UPDATE},
		{.second = 1000, .action = ACTION_UPDATE},
		{.second = 1000, .object = 6},
	};
	static const struct line logs[] = {
		{.second = 995, .object = 1, .action = ACTION_UPDATE},
		{.second = 1900, .object = 2, .action = ACTION_UPDATE},
		{.second = 994, .object = 3, .action = ACTION_UPDATE},
		{.second = 1901, .object = 4, .action = ACTION_UPDATE},
		{.second = 1000, .object = 5, .action = ACTION_DELETE},
		{.second = 1000, .action = ACTION_UPDATE},
		{.second = 1000, .object = 6},
	};
	static const uint32_t want[] = {0, 1, NONE, NONE, NONE, NONE, NONE};
	struct arena a = {0};
	struct match_result got = run(&a, EACH(recs), EACH(logs));

	for (size_t i = 0; i < 7; i++) {
		cr_expect(got.partner[i] == want[i], "transaction %zu", i);
		cr_expect(got.pass[i] == (want[i] == NONE ? 0 : 2));
	}
	arena_free(&a);
}

Test(match, a_row_with_its_day_only_is_paired_by_the_day_and_weakly)
{
	static const struct line recs[] = {
		{.second = 0,
			.day = 5,
			.day_only = true,
			.object = 1,
			.action = ACTION_UPDATE},
		{.second = 3, .day = 5, .object = 2, .action = ACTION_UPDATE},
		{.second = 0,
			.day = 5,
			.day_only = true,
			.object = 3,
			.action = ACTION_UPDATE},
		{.second = 0, .day = 5, .object = 4, .action = ACTION_UPDATE},
		{.untimed = true, .object = 1, .action = ACTION_UPDATE},
	};
	static const struct line logs[] = {
		{.second = 1, .day = 5, .object = 1, .action = ACTION_UPDATE},
		{.second = 0,
			.day = 5,
			.day_only = true,
			.object = 2,
			.action = ACTION_UPDATE},
		{.second = 0, .day = 6, .object = 3, .action = ACTION_UPDATE},
		{.second = 50000,
			.day = 5,
			.object = 4,
			.action = ACTION_UPDATE},
		{.second = 2, .day = 5, .object = 1, .action = ACTION_UPDATE},
	};
	static const uint32_t want[] = {0, 1, NONE, NONE, NONE};
	struct arena a = {0};
	struct match_result got = run(&a, EACH(recs), EACH(logs));

	for (size_t i = 0; i < 5; i++) {
		cr_expect(got.partner[i] == want[i], "transaction %zu", i);
		cr_expect(got.pass[i] == (want[i] == NONE ? 0 : 3));
	}
	arena_free(&a);
}

Test(match, weak_matching_of_all_needs_no_day_precision)
{
	static const struct line recs[] = {
		{.second = 20000,
			.day = 5,
			.object = 4,
			.action = ACTION_UPDATE},
		{.second = 10000,
			.day = 5,
			.object = 4,
			.action = ACTION_UPDATE},
		{.second = 30000,
			.day = 5,
			.object = 4,
			.action = ACTION_UPDATE},
	};
	static const struct line logs[] = {
		{.second = 60000,
			.day = 5,
			.object = 4,
			.action = ACTION_UPDATE},
		{.second = 50000,
			.day = 5,
			.object = 4,
			.action = ACTION_UPDATE},
		{.second = 55000,
			.day = 6,
			.object = 4,
			.action = ACTION_UPDATE},
	};
	static const uint32_t want[] = {0, 1, NONE};
	struct arena a = {0};
	struct sides sides = sides_of(&a, EACH(recs), EACH(logs));
	struct match_params params = match_defaults();
	struct match_result got;

	got = match_run(&a, &sides.rec, &sides.log, &params);
	cr_expect(got.partner[0] == NONE && got.partner[1] == NONE);
	params.weak_all = true;
	got = match_run(&a, &sides.rec, &sides.log, &params);
	for (size_t i = 0; i < 3; i++)
		cr_expect(got.partner[i] == want[i], "transaction %zu", i);
	arena_free(&a);
}

Test(match, an_upsert_is_a_create_where_one_is_in_its_window)
{
	static const struct line recs[] = {
		{.second = 100, .object = 1, .action = ACTION_CREATE},
		{.second = 100, .object = 2, .action = ACTION_UPDATE},
		{.second = 5000, .object = 1, .action = ACTION_UPDATE},
		{.second = 100,
			.object = 3,
			.action = ACTION_CREATE,
			.excluded = true},
		{.second = 100, .object = 3, .action = ACTION_UPDATE},
	};
	static const struct line logs[] = {
		{.second = 101, .object = 1, .action = ACTION_UPSERT},
		{.second = 101, .object = 2, .action = ACTION_UPSERT},
		{.second = 5001, .object = 1, .action = ACTION_UPSERT},
		{.second = 101, .object = 3, .action = ACTION_UPSERT},
		{.untimed = true, .object = 1, .action = ACTION_UPSERT},
	};
	static const uint32_t actions[] = {ACTION_CREATE, ACTION_UPDATE,
		ACTION_UPDATE, ACTION_CREATE, ACTION_UPDATE};
	static const uint32_t want[] = {0, 1, 2, NONE, NONE};
	struct arena a = {0};
	struct match_result got = run(&a, EACH(recs), EACH(logs));

	for (size_t i = 0; i < 5; i++) {
		cr_expect(got.action[i] == actions[i], "log event %zu", i);
		cr_expect(got.partner[i] == want[i], "transaction %zu", i);
	}
	arena_free(&a);
}

Test(match, an_excluded_transaction_holds_no_log_event)
{
	static const struct line recs[] = {
		{.second = 100,
			.object = 1,
			.action = ACTION_UPDATE,
			.request = 7,
			.excluded = true},
		{.second = 101, .object = 1, .action = ACTION_UPDATE},
	};
	static const struct line logs[] = {
		{.second = 100,
			.object = 1,
			.action = ACTION_UPDATE,
			.request = 7},
	};
	struct arena a = {0};
	struct match_result got = run(&a, EACH(recs), EACH(logs));

	cr_expect(got.partner[0] == NONE && got.pass[0] == 0);
	cr_expect(got.partner[1] == 0 && got.pass[1] == 2);
	arena_free(&a);
}

Test(match, delays_need_a_usable_time_on_both_sides)
{
	static const struct line recs[] = {{.second = 100}, {.untimed = true},
		{.second = 0, .day_only = true}};
	static const struct line logs[] = {{.second = 97}, {.untimed = true}};
	struct arena a = {0};
	struct sides s = sides_of(&a, EACH(recs), EACH(logs));
	__int128 delay = 0;

	cr_expect(match_delay(&s.rec, 0, &s.log, 0, &delay));
	cr_expect(delay == -3 * SECOND);
	cr_expect(!match_delay(&s.rec, 0, &s.log, 1, &delay));
	cr_expect(!match_delay(&s.rec, 1, &s.log, 0, &delay));
	cr_expect(!match_delay(&s.rec, 2, &s.log, 0, &delay));
	arena_free(&a);
}

Test(match, empty_sides_match_nothing)
{
	static const struct line one[] = {
		{.second = 1, .object = 1, .action = ACTION_CREATE}};
	struct arena a = {0};
	struct match_result got = run(&a, NULL, 0, EACH(one));

	cr_expect(got.paired[0] == 0 && got.walked == 0);
	got = run(&a, EACH(one), NULL, 0);
	cr_expect(got.partner[0] == NONE);
	run(&a, NULL, 0, NULL, 0);
	arena_free(&a);
}

/* A hub of one object does not cost its square, and says what was walked. */
Test(match, a_hub_is_walked_and_counted)
{
	uint32_t n = 20000;
	struct arena a = {0};
	struct line *lines = arena_array(&a, struct line, n);
	struct match_result got;

	for (uint32_t i = 0; i < n; i++)
		lines[i] = (struct line) {.second = i / 100,
			.object = 1,
			.action = ACTION_UPDATE};
	got = run(&a, lines, n, lines, n);
	cr_expect(got.walked == n);
	for (uint32_t i = 0; i < n; i++)
		cr_assert(got.partner[i] == i && got.paired[i] == 1);
	arena_free(&a);
}

/* The slow version: every pass by trying rows or matchings one by one. */
struct slow {
	const struct line *rec, *log;
	uint32_t n, m;
	int64_t before, after; /* seconds */
	bool weak_all;
	uint32_t rec_order[MOST], log_order[MOST], action[MOST];
	uint32_t partner[MOST], pass[MOST], left[MOST];
};

static bool comes_before(const struct line *a, const struct line *b)
{
	if (a->untimed != b->untimed)
		return b->untimed;
	if (!a->untimed && a->second != b->second)
		return a->second < b->second;
	return a->rank < b->rank;
}

static void slow_order(const struct line *lines, uint32_t n, uint32_t *order)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = i;

		for (; at > 0 && comes_before(&lines[i], &lines[order[at - 1]]);
			at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
}

static bool in_window(const struct slow *s, uint32_t i, uint32_t j)
{
	const struct line *rec = &s->rec[i], *log = &s->log[j];
	int64_t delay = log->second - rec->second;

	return !rec->untimed && !log->untimed && !rec->day_only &&
	       !log->day_only && -s->before <= delay && delay <= s->after;
}

static bool same_key(const struct slow *s, uint32_t i, uint32_t j)
{
	return s->rec[i].object && s->rec[i].object == s->log[j].object &&
	       s->rec[i].action && s->rec[i].action == s->action[j];
}

/* How well two rows of one id agree: 0 best, 4 not allowed. */
static int agreement(const struct slow *s, uint32_t i, uint32_t j)
{
	bool actions = s->rec[i].action && s->rec[i].action == s->action[j];

	if (!s->rec[i].object || !s->log[j].object)
		return actions ? 2 : 3;
	if (s->rec[i].object != s->log[j].object)
		return 4;
	return actions ? 0 : 1;
}

static bool same_day(const struct slow *s, uint32_t i, uint32_t j)
{
	const struct line *rec = &s->rec[i], *log = &s->log[j];

	return same_key(s, i, j) && !rec->untimed && !log->untimed &&
	       rec->day == log->day &&
	       (s->weak_all || rec->day_only || log->day_only);
}

/* Rounds 0 to 3 are those of a request, 4 to 7 of a trace, 8 is the day. */
static bool is_allowed(const struct slow *s, int round, uint32_t i, uint32_t j)
{
	if (round == 8)
		return same_day(s, i, j);
	if (round >= 4)
		return s->rec[i].trace && s->rec[i].trace == s->log[j].trace &&
		       agreement(s, i, j) == round - 4;
	return s->rec[i].request && s->rec[i].request == s->log[j].request &&
	       agreement(s, i, j) == round;
}

static void slow_round(struct slow *s, int round)
{
	for (uint32_t p = 0; p < s->n; p++)
		for (uint32_t q = 0; q < s->m; q++) {
			uint32_t i = s->rec_order[p], j = s->log_order[q];

			if (s->partner[i] != NONE || s->rec[i].excluded ||
				s->left[j] == 0 || !is_allowed(s, round, i, j))
				continue;
			s->partner[i] = j;
			s->pass[i] = round == 8 ? 3 : 1;
			s->left[j]--;
		}
}

/* The worth of a list of places in log_order, one per place in rec_order;
   -1 if it is not allowed. */
static int64_t slow_worth(const struct slow *s, const uint32_t *places)
{
	uint32_t used[MOST] = {0};
	int64_t worth = 0;

	for (uint32_t p = 0; p < s->n; p++) {
		uint32_t i = s->rec_order[p], j;
		int64_t delay;

		if (places[p] == s->m)
			continue;
		j = s->log_order[places[p]];
		if (s->partner[i] != NONE || s->rec[i].excluded ||
			++used[j] > s->left[j] || !same_key(s, i, j) ||
			!in_window(s, i, j))
			return -1;
		delay = s->log[j].second - s->rec[i].second;
		worth += 1000000 - (delay < 0 ? -delay : delay);
	}
	return worth;
}

static bool turn(const struct slow *s, uint32_t *places)
{
	for (uint32_t p = s->n; p-- > 0;) {
		if (places[p] < s->m) {
			places[p]++;
			return true;
		}
		places[p] = 0;
	}
	return false;
}

static void slow_times(struct slow *s)
{
	uint32_t places[MOST] = {0}, best[MOST];
	int64_t most = -1;

	do {
		int64_t worth = slow_worth(s, places);

		if (worth <= most)
			continue;
		most = worth;
		memcpy(best, places, sizeof(best));
	} while (turn(s, places));
	for (uint32_t p = 0; p < s->n; p++) {
		if (best[p] == s->m)
			continue;
		s->partner[s->rec_order[p]] = s->log_order[best[p]];
		s->pass[s->rec_order[p]] = 2;
		s->left[s->log_order[best[p]]]--;
	}
}

static void slow_upserts(struct slow *s)
{
	for (uint32_t j = 0; j < s->m; j++) {
		s->action[j] = s->log[j].action;
		if (s->action[j] != ACTION_UPSERT)
			continue;
		s->action[j] = ACTION_UPDATE;
		for (uint32_t i = 0; i < s->n; i++)
			if (s->rec[i].action == ACTION_CREATE &&
				s->log[j].object &&
				s->rec[i].object == s->log[j].object &&
				in_window(s, i, j))
				s->action[j] = ACTION_CREATE;
	}
}

static void slow_match(struct slow *s)
{
	slow_order(s->rec, s->n, s->rec_order);
	slow_order(s->log, s->m, s->log_order);
	slow_upserts(s);
	for (uint32_t i = 0; i < s->n; i++) {
		s->partner[i] = NONE;
		s->pass[i] = 0;
	}
	for (uint32_t j = 0; j < s->m; j++)
		s->left[j] = s->log[j].capacity;
	for (int round = 0; round < 8; round++)
		slow_round(s, round);
	slow_times(s);
	slow_round(s, 8);
}

static void random_lines(
	struct rng *rng, struct line *lines, uint32_t n, bool is_log)
{
	static const uint32_t actions[] = {ACTION_NONE, ACTION_CREATE,
		ACTION_UPDATE, ACTION_UPDATE, ACTION_UPDATE, ACTION_UPSERT};

	for (uint32_t i = 0; i < n; i++) {
		int64_t second = (int64_t)rng_below(rng, 30);

		lines[i] = (struct line) {
			.second = second,
			.day = (int32_t)(second / 10),
			.object = (uint32_t)rng_below(rng, 3),
			.action = actions[rng_below(rng, is_log ? 6 : 5)],
			.request = rng_chance(rng, 700000)
					   ? 0
					   : (uint32_t)rng_below(rng, 3),
			.trace = rng_chance(rng, 700000)
					 ? 0
					 : (uint32_t)rng_below(rng, 3),
			.capacity = 1,
			.excluded = !is_log && rng_chance(rng, 100000),
			.day_only = rng_chance(rng, 150000),
			.untimed = rng_chance(rng, 100000),
			.rank = i + 1,
		};
		if (lines[i].day_only)
			lines[i].second = second / 10 * 10;
	}
}

/* Property: all passes together against the slow version, row by row. */
Test(match, random_cases_agree_with_trying_everything)
{
	struct rng rng = {31};

	for (int round = 0; round < 20000; round++) {
		struct arena a = {0};
		struct line recs[5], logs[5];
		struct slow slow = {
			.rec = recs,
			.log = logs,
			.n = (uint32_t)rng_below(&rng, 6),
			.m = (uint32_t)rng_below(&rng, 6),
			.before = (int64_t)rng_below(&rng, 5),
			.after = (int64_t)rng_below(&rng, 15),
			.weak_all = round % 4 == 0,
		};
		struct match_params params = {slow.before * SECOND,
			slow.after * SECOND, slow.weak_all, 64};
		struct sides sides;
		struct match_result got;

		random_lines(&rng, recs, slow.n, false);
		random_lines(&rng, logs, slow.m, true);
		sides = sides_of(&a, recs, slow.n, logs, slow.m);
		got = match_run(&a, &sides.rec, &sides.log, &params);
		slow_match(&slow);
		for (uint32_t j = 0; j < slow.m; j++) {
			cr_assert(got.action[j] == slow.action[j], "%d", round);
			cr_assert(
				got.paired[j] + slow.left[j] == 1, "%d", round);
		}
		for (uint32_t i = 0; i < slow.n; i++) {
			cr_assert(
				got.partner[i] == slow.partner[i], "%d", round);
			cr_assert(got.pass[i] == slow.pass[i], "%d", round);
		}
		cr_assert(got.walked == 0);
		arena_free(&a);
	}
}

/* Property: with capacities no log event is overused, every pair of pass 2
   has one key and lies in the window, and nothing more could be paired. */
Test(match, capacities_are_respected_and_used)
{
	struct rng rng = {32};

	for (int round = 0; round < 20000; round++) {
		struct arena a = {0};
		struct line recs[5], logs[5];
		struct slow slow = {.rec = recs,
			.log = logs,
			.n = 5,
			.m = 5,
			.before = 5,
			.after = 900};
		struct match_result got;

		random_lines(&rng, recs, 5, false);
		random_lines(&rng, logs, 5, true);
		for (uint32_t j = 0; j < 5; j++)
			logs[j].capacity = 1 + (uint32_t)rng_below(&rng, 3);
		got = run(&a, recs, 5, logs, 5);
		slow_upserts(&slow);
		for (uint32_t j = 0; j < 5; j++)
			cr_assert(got.paired[j] <= logs[j].capacity);
		for (uint32_t i = 0; i < 5; i++) {
			uint32_t partner = got.partner[i];

			if (got.pass[i] == 2)
				cr_assert(same_key(&slow, i, partner) &&
					  in_window(&slow, i, partner));
			for (uint32_t j = 0; j < 5; j++)
				cr_assert(partner != NONE || recs[i].excluded ||
						  got.paired[j] ==
							  logs[j].capacity ||
						  !same_key(&slow, i, j) ||
						  !in_window(&slow, i, j),
					"%d", round);
		}
		arena_free(&a);
	}
}

static void reverse(struct line *to, const struct line *from, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		to[i] = from[n - 1 - i];
}

/* Property: rows in another order, with their ranks, match the same rows. */
Test(match, the_order_of_the_rows_changes_nothing)
{
	struct rng rng = {33};

	for (int round = 0; round < 5000; round++) {
		struct arena a = {0};
		struct line recs[MOST], logs[MOST], recs2[MOST], logs2[MOST];
		struct match_result one, two;

		random_lines(&rng, recs, MOST, false);
		random_lines(&rng, logs, MOST, true);
		reverse(recs2, recs, MOST);
		reverse(logs2, logs, MOST);
		one = run(&a, recs, MOST, logs, MOST);
		two = run(&a, recs2, MOST, logs2, MOST);
		for (uint32_t i = 0; i < MOST; i++) {
			uint32_t mirror = two.partner[MOST - 1 - i];

			cr_assert(one.pass[i] == two.pass[MOST - 1 - i]);
			cr_assert(one.partner[i] ==
				  (mirror == NONE ? NONE : MOST - 1 - mirror));
		}
		arena_free(&a);
	}
}
