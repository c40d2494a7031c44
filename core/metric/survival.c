#include "metric/survival.h"

#include "metric/stats.h"

#include <assert.h>
#include <float.h>

struct durations {
	int64_t *at; /* ascending */
	size_t n;
};

static struct durations sorted_part(
	struct arena *a, const struct survival_input *in, bool open)
{
	struct durations part = {arena_array(a, int64_t, in->n), 0};

	for (size_t i = 0; i < in->n; i++) {
		assert(in->duration[i] >= 0);
		if (in->open[i] == open)
			part.at[part.n++] = in->duration[i];
	}
	stats_sort_i64(part.at, part.n);
	return part;
}

static struct survival_value value_of(double ns, int64_t unit)
{
	return (struct survival_value) {true, ns / (double)unit};
}

/* The next step after `last`, which is NULL for the first one; `*sum` is the
   sum in Greenwood's formula. */
static struct survival_step next_step(const struct survival_step *last,
	size_t at_risk, size_t fixed, double *sum)
{
	double r = (double)at_risk, d = (double)fixed;
	struct survival_step step = {.at_risk = at_risk, .fixed = fixed};

	step.survival = (last ? last->survival : 1) * ((r - d) / r);
	if (fixed == at_risk)
		return step;
	*sum += d / (r * (r - d));
	step.variance = step.survival * step.survival * *sum;
	return step;
}

static void add_steps(struct arena *a, struct survival *out,
	struct durations closed, struct durations open, int64_t unit)
{
	struct survival_step *steps = arena_array(
		a, struct survival_step, closed.n);
	size_t n = 0, passed = 0;
	double sum = 0;

	for (size_t i = 0, end; i < closed.n; i = end) {
		int64_t duration = closed.at[i];

		for (end = i; end < closed.n && closed.at[end] == duration;)
			end++;
		while (passed < open.n && open.at[passed] < duration)
			passed++;
		steps[n] = next_step(n ? &steps[n - 1] : NULL,
			closed.n - i + open.n - passed, end - i, &sum);
		steps[n].duration = duration;
		steps[n].time = (double)duration / (double)unit;
		n++;
	}
	out->steps = steps;
	out->n_steps = n;
}

/* Each step multiplies by a quotient: two roundings, at most one epsilon. */
static struct survival_value first_at_most(
	const struct survival *curve, double share)
{
	for (size_t i = 0; i < curve->n_steps; i++) {
		double rounding = (double)(i + 2) * DBL_EPSILON;

		if (curve->steps[i].survival <= share * (1 + rounding))
			return (struct survival_value) {
				true, curve->steps[i].time};
	}
	return (struct survival_value) {0};
}

static double area_until(const struct survival *curve, int64_t tau)
{
	struct stats_sum area = {0};
	double survival = 1;
	int64_t since = 0;

	for (size_t i = 0; i < curve->n_steps; i++) {
		const struct survival_step *step = &curve->steps[i];

		if (step->duration >= tau)
			break;
		stats_add(&area, survival * (double)(step->duration - since));
		survival = step->survival;
		since = step->duration;
	}
	stats_add(&area, survival * (double)(tau - since));
	return stats_total(&area);
}

static int64_t largest(struct durations closed, struct durations open)
{
	int64_t a = closed.n ? closed.at[closed.n - 1] : 0;
	int64_t b = open.n ? open.at[open.n - 1] : 0;

	return a > b ? a : b;
}

static void add_plain_figures(struct survival *out, struct durations closed,
	struct durations open, int64_t unit)
{
	if (closed.n > 0) {
		size_t rank = stats_rank(closed.n, 90);

		out->closed_mean = value_of(
			stats_mean_i64(closed.at, closed.n), unit);
		out->closed_median = value_of(
			stats_median_i64(closed.at, closed.n), unit);
		out->closed_p90 = value_of((double)closed.at[rank], unit);
	}
	if (open.n > 0) {
		out->open_median = value_of(
			stats_median_i64(open.at, open.n), unit);
		out->open_longest = value_of((double)open.at[open.n - 1], unit);
	}
}

struct survival survival_of(struct arena *a, const struct survival_input *in)
{
	struct arena scratch = {0};
	struct durations closed = sorted_part(&scratch, in, false);
	struct durations open = sorted_part(&scratch, in, true);
	int64_t tau = in->tau > 0 ? in->tau : largest(closed, open);
	struct survival out = {.n_closed = closed.n, .n_open = open.n};

	assert(in->unit > 0);
	add_steps(a, &out, closed, open, in->unit);
	out.median = first_at_most(&out, 0.5);
	out.p90 = first_at_most(&out, 0.1);
	out.tau = (double)tau / (double)in->unit;
	if (in->n > 0)
		out.restricted_mean = value_of(area_until(&out, tau), in->unit);
	add_plain_figures(&out, closed, open, in->unit);
	arena_free(&scratch);
	return out;
}
