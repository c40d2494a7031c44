#include "metric/interval.h"

#include "base/rng.h"
#include "metric/stats.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

/* Minutes since the beginning of 2026-03-01. */
#define AT(hour, minute) ((hour)*60 + (minute))
#define DAY              AT(24, 0)

static const struct interval window = {0, DAY};

static bool equals(
	const struct interval_set *set, const struct interval *want, size_t n)
{
	return set->n == n &&
	       (n == 0 || memcmp(set->at, want, n * sizeof(*want)) == 0);
}

static struct interval_set clipped_union(
	struct arena *a, const struct interval *list, size_t n)
{
	struct interval_set set = interval_union(a, list, n);

	return interval_clip(a, &set, window);
}

static void append(struct arena *a, struct interval_set *to,
	const struct interval_set *set)
{
	for (size_t i = 0; i < set->n; i++)
		vec_push(a, to, set->at[i]);
}

static struct interval_set union_of(
	struct arena *a, const struct interval_set *sets, size_t n)
{
	struct interval_set all = {0};

	for (size_t i = 0; i < n; i++)
		append(a, &all, &sets[i]);
	return interval_union(a, all.at, all.n);
}

/* The outages of the three systems A, B, C; an open end is the window's. */
struct systems {
	struct interval_set gross[3], net[3];
};

static struct systems example(struct arena *a)
{
	static const struct interval first[] = {
		{AT(23, 30), DAY},
		{AT(1, 30), AT(2, 30)},
		{AT(5, 0), AT(5, 0)},
		{AT(1, 0), AT(2, 0)},
	};
	static const struct interval second[] = {{AT(2, 0), AT(3, 0)}};
	static const struct interval third[] = {{AT(-1, 30), AT(0, 15)}};
	static const struct interval maintenance[] = {{AT(2, 30), AT(3, 30)}};
	struct interval_set planned = interval_union(a, maintenance, 1);
	struct systems out = {{
				      clipped_union(a, first, COUNT(first)),
				      clipped_union(a, second, COUNT(second)),
				      clipped_union(a, third, COUNT(third)),
			      },
		{{0}}};

	memcpy(out.net, out.gross, sizeof(out.net));
	out.net[1] = interval_subtract(a, &out.gross[1], &planned);
	return out;
}

static bool near(double left, double right)
{
	return fabs(left - right) <= 1e-6;
}

static double availability(uint64_t down)
{
	return 1 - (double)down / DAY;
}

Test(interval, the_example_merges_clips_and_subtracts)
{
	static const struct interval a_want[] = {
		{AT(1, 0), AT(2, 30)}, {AT(23, 30), DAY}};
	static const struct interval b_gross[] = {{AT(2, 0), AT(3, 0)}};
	static const struct interval b_net[] = {{AT(2, 0), AT(2, 30)}};
	static const struct interval c_want[] = {{0, AT(0, 15)}};
	struct arena a = {0};
	struct systems s = example(&a);

	cr_expect(equals(&s.gross[0], a_want, 2));
	cr_expect(equals(&s.gross[1], b_gross, 1));
	cr_expect(equals(&s.net[1], b_net, 1));
	cr_expect(equals(&s.gross[2], c_want, 1));
	arena_free(&a);
}

Test(interval, the_example_has_the_published_minutes)
{
	static const uint64_t gross[] = {120, 60, 15}, net[] = {120, 30, 15};
	static const double up_gross[] = {0.916667, 0.958333, 0.989583};
	static const double up_net[] = {0.916667, 0.979167, 0.989583};
	struct arena a = {0};
	struct systems s = example(&a);
	struct interval_set any = union_of(&a, s.gross, 3);
	struct interval_set any_net = union_of(&a, s.net, 3);
	uint64_t sum = 0, sum_net = 0;

	for (size_t i = 0; i < 3; i++) {
		uint64_t down = interval_length(&s.gross[i]);
		uint64_t down_net = interval_length(&s.net[i]);

		cr_expect(down == gross[i] && down_net == net[i], "%zu", i);
		cr_expect(near(availability(down), up_gross[i]), "%zu", i);
		cr_expect(near(availability(down_net), up_net[i]), "%zu", i);
		sum += down;
		sum_net += down_net;
	}
	cr_expect(sum == 195 && sum_net == 165);
	cr_expect(interval_length(&any) == 165);
	cr_expect(interval_length(&any_net) == 135);
	cr_expect(near(availability(165), 0.885417));
	cr_expect(near(availability(135), 0.906250));
	arena_free(&a);
}

Test(interval, the_example_has_the_published_lengths)
{
	static const int64_t want[] = {15, 30, 30, 90};
	struct arena a = {0};
	struct systems s = example(&a);
	int64_t lengths[8];
	size_t n = 0, n_gross = 0;

	for (size_t i = 0; i < 3; i++) {
		n_gross += s.gross[i].n;
		for (size_t k = 0; k < s.net[i].n; k++)
			lengths[n++] = s.net[i].at[k].end -
				       s.net[i].at[k].start;
	}
	cr_assert(n == 4 && n_gross == 4);
	stats_sort_i64(lengths, n);
	cr_expect(memcmp(lengths, want, sizeof(want)) == 0);
	cr_expect(lengths[n - 1] == 90);
	cr_expect(lengths[stats_rank(n, 95)] == 90);
	arena_free(&a);
}

/* The obligations of the example, net of maintenance. */
static const struct {
	bool systems[3];
	struct interval window;
	uint64_t overlap, last_day;
} obligations[] = {
	{{true, true, false}, {AT(-3 * 24 + 2, 15), AT(2, 15)}, 75, 75},
	{{false, false, true}, {-19 * DAY, 9 * DAY}, 15, 0},
	{{true, false, false}, {AT(23, 45), 19 * DAY}, 15, 0},
	{{false, true, false}, {AT(2, 0), 4 * DAY}, 30, 0},
};

static struct interval_set downtime_of(
	struct arena *a, const struct systems *s, const bool systems[3])
{
	struct interval_set used[3] = {{0}};

	for (size_t i = 0; i < 3; i++)
		if (systems[i])
			used[i] = s->net[i];
	return union_of(a, used, 3);
}

Test(interval, the_example_has_the_published_legal_risk)
{
	struct arena a = {0};
	struct systems s = example(&a);
	struct interval_set risks = {0}, risk;
	uint64_t sum = 0, exposed = 0;

	for (size_t i = 0; i < COUNT(obligations); i++) {
		struct interval duty = obligations[i].window;
		struct interval last = {duty.end - DAY, duty.end};
		struct interval_set down = downtime_of(
			&a, &s, obligations[i].systems);
		struct interval_index index = interval_index(&a, &down);
		struct interval_set both = interval_clip(&a, &down, duty);
		uint64_t overlap = interval_overlap(&index, duty);

		cr_expect(overlap == obligations[i].overlap, "%zu", i);
		cr_expect(overlap == interval_length(&both), "%zu", i);
		cr_expect(interval_overlap(&index, last) ==
				  obligations[i].last_day,
			"%zu", i);
		append(&a, &risks, &both);
		sum += overlap;
		exposed += interval_overlap(&index, last) > 0;
	}
	risk = interval_union(&a, risks.at, risks.n);
	cr_expect(interval_length(&risk) == 120);
	cr_expect(sum == 135 && exposed == 1);
	arena_free(&a);
}

/* O1 was completed at 03:00; the overlap moves its due time to 03:30. */
Test(interval, a_due_time_moved_by_the_overlap_is_met_in_the_example)
{
	int64_t due = obligations[0].window.end, completed = AT(3, 0);
	int64_t moved = due + (int64_t)obligations[0].overlap;

	cr_expect(completed > due);
	cr_expect(moved == AT(3, 30) && completed <= moved);
}

/* The usual rate of each hour times the minutes of it that A was down. */
Test(interval, the_example_has_the_published_unlogged_transactions)
{
	static const uint64_t rate[24] = {[1] = 4, [2] = 6, [23] = 2};
	struct arena a = {0};
	struct systems s = example(&a);
	struct interval_index index = interval_index(&a, &s.net[0]);
	uint64_t unlogged = 0;

	for (int64_t hour = 0; hour < 24; hour++)
		unlogged += rate[hour] * interval_overlap(&index,
						 (struct interval) {AT(hour, 0),
							 AT(hour + 1, 0)});
	cr_expect(unlogged == 480);
	arena_free(&a);
}

Test(interval, empty_and_reversed_intervals_add_nothing)
{
	static const struct interval list[] = {{5, 5}, {9, 3}, {1, 2}};
	static const struct interval want[] = {{1, 2}};
	struct arena a = {0};
	struct interval_set set = interval_union(&a, list, 3);
	struct interval_set none = interval_union(&a, NULL, 0);
	struct interval_index index = interval_index(&a, &none);

	cr_expect(equals(&set, want, 1));
	cr_expect(none.n == 0 && interval_length(&none) == 0);
	cr_expect(interval_overlap(&index, window) == 0);
	set = interval_clip(&a, &set, (struct interval) {2, 1});
	cr_expect(set.n == 0);
	arena_free(&a);
}

Test(interval, lengths_of_all_time_do_not_overflow)
{
	static const struct interval all[] = {{INT64_MIN, -1}, {-1, INT64_MAX}};
	static const struct interval want[] = {{INT64_MIN, INT64_MAX}};
	struct arena a = {0};
	struct interval_set set = interval_union(&a, all, 2);
	struct interval_index index = interval_index(&a, &set);

	cr_expect(equals(&set, want, 1));
	cr_expect(interval_length(&set) == UINT64_MAX);
	cr_expect(interval_overlap(&index, want[0]) == UINT64_MAX);
	cr_expect(interval_overlap(&index, (struct interval) {-5, 5}) == 10);
	arena_free(&a);
}

/* The slow version: one flag per minute. */
#define MINUTES 48

struct minutes {
	bool at[MINUTES];
};

static struct minutes minutes_of(const struct interval *list, size_t n)
{
	struct minutes out = {0};

	for (size_t i = 0; i < n; i++)
		for (int64_t t = list[i].start; t < list[i].end; t++)
			out.at[t] = true;
	return out;
}

static uint64_t count(const struct minutes *minutes, int64_t from, int64_t to)
{
	uint64_t sum = 0;

	for (int64_t t = from; t < to; t++)
		sum += minutes->at[t];
	return sum;
}

/* In normal form, and of these minutes. */
static bool holds(const struct interval_set *set, const struct minutes *want)
{
	struct minutes got = minutes_of(set->at, set->n);

	for (size_t i = 0; i < set->n; i++) {
		if (set->at[i].start >= set->at[i].end)
			return false;
		if (i > 0 && set->at[i - 1].end >= set->at[i].start)
			return false;
	}
	return memcmp(&got, want, sizeof(got)) == 0;
}

static size_t random_list(struct rng *rng, struct interval *list, size_t most)
{
	size_t n = rng_below(rng, most + 1);

	for (size_t i = 0; i < n; i++) {
		list[i].start = (int64_t)rng_below(rng, MINUTES);
		list[i].end = (int64_t)rng_below(rng, MINUTES);
		if (rng_chance(rng, 500000))
			list[i].end = list[i].start +
				      (int64_t)rng_below(rng, 4);
		if (list[i].end > MINUTES)
			list[i].end = MINUTES;
	}
	return n;
}

/* Property: all set functions against an array of minutes. */
Test(interval, sets_agree_with_an_array_of_minutes)
{
	struct rng rng = {3};

	for (int round = 0; round < 20000; round++) {
		struct arena a = {0};
		struct interval one[8], two[8],
			cut = {(int64_t)rng_below(&rng, MINUTES),
				(int64_t)rng_below(&rng, MINUTES)};
		size_t n = random_list(&rng, one, 8);
		size_t m = random_list(&rng, two, 8);
		struct minutes first = minutes_of(one, n);
		struct minutes second = minutes_of(two, m);
		struct minutes both = {0}, rest = {0}, inside = {0};
		struct interval_set left = interval_union(&a, one, n);
		struct interval_set right = interval_union(&a, two, m);
		struct interval_set got;
		struct interval_index index = interval_index(&a, &left);

		for (int64_t t = 0; t < MINUTES; t++) {
			both.at[t] = first.at[t] && second.at[t];
			rest.at[t] = first.at[t] && !second.at[t];
			inside.at[t] = first.at[t] && cut.start <= t &&
				       t < cut.end;
		}
		cr_assert(holds(&left, &first), "round %d", round);
		cr_assert(interval_length(&left) == count(&first, 0, MINUTES));
		got = interval_intersect(&a, &left, &right);
		cr_assert(holds(&got, &both), "round %d", round);
		got = interval_subtract(&a, &left, &right);
		cr_assert(holds(&got, &rest), "round %d", round);
		got = interval_clip(&a, &left, cut);
		cr_assert(holds(&got, &inside), "round %d", round);
		cr_assert(interval_overlap(&index, cut) ==
				  count(&first, cut.start, cut.end),
			"round %d", round);
		arena_free(&a);
	}
}
