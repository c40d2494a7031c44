#include "metric/survival.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <math.h>

#define MOST 8

static bool near(double left, double right)
{
	return fabs(left - right) <= 1e-6;
}

/* Negative days are open ones; the list ends with 0. */
struct sample {
	int64_t duration[MOST];
	bool open[MOST];
	size_t n;
};

static struct sample sample_of(const int *days)
{
	struct sample out = {0};

	for (; *days; days++, out.n++) {
		out.duration[out.n] = (*days < 0 ? -*days : *days) * NS_PER_DAY;
		out.open[out.n] = *days < 0;
	}
	return out;
}

static struct survival figures_of(
	struct arena *a, const struct sample *sample, int64_t tau)
{
	struct survival_input in = {
		sample->duration, sample->open, sample->n, tau, NS_PER_DAY};

	return survival_of(a, &in);
}

/* NAN stands for not reached, or n/a. */
static bool is(struct survival_value got, double want)
{
	return isnan(want) ? !got.known : got.known && near(got.value, want);
}

Test(survival, figures_equal_the_published_ones)
{
	static const struct {
		int days[MOST + 1];
		double median, p90, area, closed, mean, closed_median, p90_c;
	} rows[] = {
		{{2, 3, -5, 6, 9, -12, 20}, 9, 20, 10.535714, 5, 8, 6, 20},
		{{4, -4, 10, -15}, 10, NAN, 10.375, 2, 7, 7, 10},
		{{1, 1, -2, 2, 7}, 2, 7, 3.6, 4, 2.75, 1.5, 7},
		{{2, 3, -30, -31, -32}, NAN, NAN, 20.2, 2, 2.5, 2.5, 3},
		{{-3, -8}, NAN, NAN, 8, 0, NAN, NAN, NAN},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample sample = sample_of(rows[i].days);
		struct survival got = figures_of(&a, &sample, 0);

		cr_expect(is(got.median, rows[i].median), "row %zu", i);
		cr_expect(is(got.p90, rows[i].p90), "row %zu", i);
		cr_expect(is(got.restricted_mean, rows[i].area), "row %zu", i);
		cr_expect((double)got.n_closed == rows[i].closed, "row %zu", i);
		cr_expect(got.n_closed + got.n_open == sample.n, "row %zu", i);
		cr_expect(is(got.closed_mean, rows[i].mean), "row %zu", i);
		cr_expect(is(got.closed_median, rows[i].closed_median),
			"row %zu", i);
		cr_expect(is(got.closed_p90, rows[i].p90_c), "row %zu", i);
	}
	arena_free(&a);
}

Test(survival, steps_equal_the_published_ones)
{
	static const struct {
		int days[MOST + 1];
		size_t n;
		struct {
			double time;
			size_t at_risk, fixed;
			double survival, variance;
		} steps[5];
	} rows[] = {
		{{2, 3, -5, 6, 9, -12, 20}, 5,
			{{2, 7, 1, 0.857143, 0.017493},
				{3, 6, 1, 0.714286, 0.029155},
				{6, 4, 1, 0.535714, 0.040315},
				{9, 3, 1, 0.357143, 0.039176},
				{20, 1, 1, 0, 0}}},
		{{4, -4, 10, -15}, 2,
			{{4, 4, 1, 0.75, 0.046875},
				{10, 2, 1, 0.375, 0.082031}}},
		{{1, 1, -2, 2, 7}, 3,
			{{1, 5, 2, 0.6, 0.048}, {2, 3, 1, 0.4, 0.048},
				{7, 1, 1, 0, 0}}},
		{{2, 3, -30, -31, -32}, 2,
			{{2, 5, 1, 0.8, 0.032}, {3, 4, 1, 0.6, 0.048}}},
		{{-3, -8}, 0, {{0, 0, 0, 0, 0}}},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample sample = sample_of(rows[i].days);
		struct survival got = figures_of(&a, &sample, 0);

		cr_assert(got.n_steps == rows[i].n, "row %zu", i);
		for (size_t s = 0; s < got.n_steps; s++) {
			const struct survival_step *step = &got.steps[s];

			cr_expect(near(step->time, rows[i].steps[s].time));
			cr_expect(step->at_risk == rows[i].steps[s].at_risk);
			cr_expect(step->fixed == rows[i].steps[s].fixed);
			cr_expect(
				near(step->survival, rows[i].steps[s].survival),
				"row %zu step %zu", i, s);
			cr_expect(
				near(step->variance, rows[i].steps[s].variance),
				"row %zu step %zu: %.9f", i, s, step->variance);
		}
	}
	arena_free(&a);
}

Test(survival, the_area_ends_at_tau)
{
	struct sample first = sample_of((int[]) {2, 3, -5, 6, 9, -12, 20, 0});
	struct sample second = sample_of((int[]) {4, -4, 10, -15, 0});
	struct arena a = {0};
	struct survival got = figures_of(&a, &first, 15 * NS_PER_DAY);
	struct survival other = figures_of(&a, &second, 15 * NS_PER_DAY);

	cr_expect(is(got.restricted_mean, 8.75));
	cr_expect(near(got.tau, 15));
	cr_expect(is(other.restricted_mean, 10.375));
	cr_expect(near(other.restricted_mean.value - got.restricted_mean.value,
		1.625));
	/* Beyond the last duration the curve stays where it is. */
	other = figures_of(&a, &second, 25 * NS_PER_DAY);
	cr_expect(is(other.restricted_mean, 10.375 + 10 * 0.375));
	other = figures_of(&a, &second, NS_PER_DAY);
	cr_expect(is(other.restricted_mean, 1));
	arena_free(&a);
}

Test(survival, the_unit_may_be_hours)
{
	static const int64_t duration[] = {1 * NS_PER_HOUR, 2 * NS_PER_HOUR,
		4 * NS_PER_HOUR, 8 * NS_PER_HOUR, 10 * NS_PER_HOUR};
	static const bool open[] = {false, false, false, false, true};
	static const double survival[] = {0.8, 0.6, 0.4, 0.2};
	struct survival_input in = {duration, open, 5, 0, NS_PER_HOUR};
	struct arena a = {0};
	struct survival got = survival_of(&a, &in);

	cr_assert(got.n_steps == 4);
	for (size_t i = 0; i < 4; i++)
		cr_expect(near(got.steps[i].survival, survival[i]));
	cr_expect(is(got.median, 4));
	cr_expect(is(got.p90, NAN));
	cr_expect(is(got.restricted_mean, 5));
	cr_expect(is(got.closed_mean, 3.75));
	cr_expect(is(got.closed_median, 3));
	cr_expect(is(got.open_median, 10));
	cr_expect(is(got.open_longest, 10));
	arena_free(&a);
}

Test(survival, open_ages_have_a_median_and_a_maximum)
{
	struct sample sample = sample_of((int[]) {2, 3, -30, -31, -33, -40, 0});
	struct arena a = {0};
	struct survival got = figures_of(&a, &sample, 0);

	cr_expect(is(got.open_median, 32));
	cr_expect(is(got.open_longest, 40));
	arena_free(&a);
}

Test(survival, no_input_and_zero_durations_are_no_error)
{
	static const int64_t zero[] = {0, 0};
	static const bool closed[] = {false, false};
	struct survival_input none = {.unit = NS_PER_DAY};
	struct survival_input two = {zero, closed, 2, 0, NS_PER_DAY};
	struct arena a = {0};
	struct survival got = survival_of(&a, &none);

	cr_expect(got.n_steps == 0 && got.n_closed == 0 && got.n_open == 0);
	cr_expect(!got.median.known && !got.restricted_mean.known);
	got = survival_of(&a, &two);
	cr_expect(got.n_steps == 1 && got.steps[0].survival == 0);
	cr_expect(is(got.median, 0) && is(got.p90, 0));
	cr_expect(is(got.restricted_mean, 0) && is(got.closed_mean, 0));
	arena_free(&a);
}

/* 5/6 x 4/5 x 3/4 and such are a half, whatever doubles make of them. */
Test(survival, a_curve_that_reaches_one_half_or_one_tenth_has_reached_it)
{
	struct arena a = {0};

	for (size_t n = 10; n <= 2000; n += 10) {
		int64_t *duration = arena_array(&a, int64_t, n);
		bool *open = arena_array(&a, bool, n);
		struct survival_input in = {duration, open, n, 0, 1};
		struct survival got;

		for (size_t i = 0; i < n; i++)
			duration[i] = (int64_t)i + 1;
		got = survival_of(&a, &in);
		cr_assert(got.median.known);
		cr_expect(got.median.value == (double)n / 2, "n %zu", n);
		cr_expect(got.p90.value == (double)n / 10 * 9, "n %zu", n);
	}
	arena_free(&a);
}

/* The textbook curve as an exact fraction, looking at every row each time. */
struct fraction {
	__int128 over, under;
};

static struct fraction slow_survival(
	const struct survival_input *in, int64_t until)
{
	struct fraction s = {1, 1};

	for (int64_t t = 0; t <= until; t++) {
		int at_risk = 0, fixed = 0;

		for (size_t i = 0; i < in->n; i++) {
			at_risk += in->duration[i] >= t;
			fixed += in->duration[i] == t && !in->open[i];
		}
		if (fixed == 0)
			continue;
		s.over *= at_risk - fixed;
		s.under *= at_risk;
	}
	return s;
}

static double slow_first(
	const struct survival_input *in, int64_t longest, int parts)
{
	for (int64_t t = 0; t <= longest; t++) {
		struct fraction s = slow_survival(in, t);

		if (s.over * parts <= s.under)
			return (double)t;
	}
	return NAN;
}

static double slow_area(const struct survival_input *in, int64_t tau)
{
	double area = 0;

	for (int64_t t = 0; t < tau; t++) {
		struct fraction s = slow_survival(in, t);

		area += (double)s.over / (double)s.under;
	}
	return area;
}

/* Property: small random samples against the textbook, unit by unit. */
Test(survival, random_samples_agree_with_the_textbook)
{
	struct rng rng = {7};
	struct arena a = {0};

	for (int round = 0; round < 3000; round++) {
		int64_t duration[12], longest = 0, tau;
		bool open[12];
		struct survival_input in = {
			duration, open, 1 + rng_below(&rng, 12), 0, 1};
		struct survival got;

		for (size_t i = 0; i < in.n; i++) {
			duration[i] = (int64_t)rng_below(&rng, 15);
			open[i] = rng_chance(&rng, 300000);
			if (duration[i] > longest)
				longest = duration[i];
		}
		tau = (int64_t)rng_below(&rng, 20);
		in.tau = tau;
		got = survival_of(&a, &in);
		cr_assert(is(got.median, slow_first(&in, longest, 2)), "%d",
			round);
		cr_assert(
			is(got.p90, slow_first(&in, longest, 10)), "%d", round);
		cr_assert(is(got.restricted_mean,
				  slow_area(&in, tau ? tau : longest)),
			"%d", round);
		for (size_t s = 0; s < got.n_steps; s++) {
			struct fraction want = slow_survival(
				&in, got.steps[s].duration);

			cr_assert(near(got.steps[s].survival,
				(double)want.over / (double)want.under));
		}
	}
	arena_free(&a);
}

/* Property: the order of the input changes no bit of any figure. */
Test(survival, the_order_of_the_input_changes_nothing)
{
	struct rng rng = {8};
	struct arena a = {0};

	for (int round = 0; round < 300; round++) {
		int64_t duration[40], mixed[40];
		bool open[40], mixed_open[40];
		struct survival_input in = {duration, open, 40, 0, 7};
		struct survival_input other = {mixed, mixed_open, 40, 0, 7};
		struct survival got, want;
		size_t from = rng_below(&rng, 40);

		for (size_t i = 0; i < 40; i++) {
			size_t to = (from + 7 * i) % 40;

			duration[i] = (int64_t)rng_below(&rng, 1000000);
			open[i] = rng_chance(&rng, 400000);
			mixed[to] = duration[i];
			mixed_open[to] = open[i];
		}
		want = survival_of(&a, &in);
		got = survival_of(&a, &other);
		cr_assert(got.n_steps == want.n_steps);
		cr_assert(got.restricted_mean.value ==
			  want.restricted_mean.value);
		cr_assert(got.closed_mean.value == want.closed_mean.value);
		cr_assert(got.median.value == want.median.value);
		for (size_t s = 0; s < got.n_steps; s++)
			cr_assert(got.steps[s].variance ==
				  want.steps[s].variance);
	}
	arena_free(&a);
}
