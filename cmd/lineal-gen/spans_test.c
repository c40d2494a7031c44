#include "lineal-gen/spans.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <string.h>

#define MINUTES 60

static void add_clock(struct arena *a, struct spans *spans, int from_hour,
	int from_minute, int to_hour, int to_minute)
{
	spans_add(a, spans, from_hour * 60 + from_minute,
		to_hour * 60 + to_minute);
}

Test(spans, gold_example_of_downtime)
{
	struct arena memory = {0};
	struct spans a = {0}, b = {0}, work = {0}, c = {0};
	struct spans net = {0}, any = {0};

	add_clock(&memory, &a, 1, 0, 2, 0);
	add_clock(&memory, &a, 1, 30, 2, 30);
	add_clock(&memory, &a, 5, 0, 5, 0);
	add_clock(&memory, &a, 23, 30, 24, 0);
	spans_unite(&a);
	add_clock(&memory, &b, 2, 0, 3, 0);
	add_clock(&memory, &work, 2, 30, 3, 30);
	add_clock(&memory, &c, 0, 0, 0, 15);
	spans_subtract(&memory, &b, &work, &net);
	cr_expect_eq(spans_length(&a), 120);
	cr_expect_eq(spans_length(&b), 60);
	cr_expect_eq(spans_length(&net), 30);
	for (size_t i = 0; i < a.n; i++)
		spans_add(&memory, &any, a.at[i].from, a.at[i].to);
	spans_add(&memory, &any, net.at[0].from, net.at[0].to);
	spans_add(&memory, &any, c.at[0].from, c.at[0].to);
	spans_unite(&any);
	cr_expect_eq(spans_length(&any), 135);
	arena_free(&memory);
}

Test(spans, empty_and_reversed_spans_are_dropped)
{
	struct arena memory = {0};
	struct spans spans = {0};

	spans_add(&memory, &spans, 5, 5);
	spans_add(&memory, &spans, 7, 6);
	spans_unite(&spans);
	cr_expect_eq(spans.n, 0u);
	cr_expect_eq(spans_length(&spans), 0);
	arena_free(&memory);
}

static struct spans random_spans(
	struct arena *a, struct rng *rng, bool minutes[MINUTES])
{
	struct spans spans = {0};
	uint64_t n = rng_below(rng, 8);

	memset(minutes, 0, MINUTES);
	for (uint64_t i = 0; i < n; i++) {
		int64_t from = (int64_t)rng_below(rng, MINUTES);
		int64_t to = (int64_t)rng_below(rng, MINUTES);

		spans_add(a, &spans, from, to);
		for (int64_t m = from; m < to; m++)
			minutes[m] = true;
	}
	spans_unite(&spans);
	return spans;
}

static bool covers(const struct spans *spans, int64_t minute)
{
	for (size_t i = 0; i < spans->n; i++)
		if (spans->at[i].from <= minute && minute < spans->at[i].to)
			return true;
	return false;
}

/* Property: the sets agree with an array of minutes. */
Test(spans, sets_agree_with_an_array_of_minutes)
{
	struct rng rng = {17};

	for (int round = 0; round < 2000; round++) {
		struct arena memory = {0};
		bool left[MINUTES], right[MINUTES];
		struct spans l = random_spans(&memory, &rng, left);
		struct spans r = random_spans(&memory, &rng, right);
		struct spans less = {0}, both = {0};

		spans_subtract(&memory, &l, &r, &less);
		spans_intersect(&memory, &l, &r, &both);
		for (int64_t m = 0; m < MINUTES; m++) {
			cr_assert_eq(covers(&l, m), left[m]);
			cr_assert_eq(covers(&less, m), left[m] && !right[m]);
			cr_assert_eq(covers(&both, m), left[m] && right[m]);
		}
		cr_assert_eq(spans_length(&less) + spans_length(&both),
			spans_length(&l), "round %d", round);
		for (size_t i = 1; i < l.n; i++)
			cr_assert(l.at[i - 1].to < l.at[i].from);
		arena_free(&memory);
	}
}
