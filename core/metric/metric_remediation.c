/*
 * Time to remediate: days from detection to fix, open incidents kept apart and
 * censored at as_of (Kaplan-Meier). The same incidents as the incident rate.
 */
#include "metric/incident_set.h"
#include "metric/survival.h"

/* A data error may lack the date that would place it in the period. */
static bool counts(const struct facts *facts, const struct incident_item *item)
{
	if (!item->regulatory)
		return false;
	return metric_in_period(facts, item->date) ||
	       (item->error && item->date == CELL_ABSENT);
}

static void fill(const struct survival *s, struct remediation *out)
{
	out->closed = s->n_closed;
	out->open = s->n_open;
	out->has_closed = s->closed_mean.known;
	out->mean_days = s->closed_mean.value;
	out->median_days = s->closed_median.value;
	out->p90_days = s->closed_p90.value;
	out->has_km_median = s->median.known;
	out->km_median_days = s->median.value;
	out->has_km_p90 = s->p90.known;
	out->km_p90_days = s->p90.value;
	out->has_restricted = s->restricted_mean.known;
	out->restricted_mean_days = s->restricted_mean.value;
	out->tau_days = s->tau;
	out->has_open_age = s->open_median.known;
	out->open_median_days = s->open_median.value;
	out->open_max_days = s->open_longest.value;
}

static void compute_times(const struct metric_input *in,
	const struct incident_set *set, struct remediation *out)
{
	struct arena scratch = {0};
	int64_t *duration = arena_array(&scratch, int64_t, set->n);
	bool *open = arena_array(&scratch, bool, set->n);
	struct survival_input input = {.duration = duration,
		.open = open,
		.tau = in->params->tau_ns,
		.unit = NS_PER_DAY};
	struct survival survival;

	for (size_t i = 0; i < set->n; i++) {
		const struct incident_item *item = &set->at[i];
		int64_t end = item->is_open ? in->facts->as_of : item->fixed;

		if (!counts(in->facts, item))
			continue;
		/* What was neither detected nor fixed has no duration. */
		if (item->error || item->detected == CELL_ABSENT) {
			out->data_errors++;
			continue;
		}
		out->proxies += item->is_proxy;
		duration[input.n] = in->params->reopen_sum
					    ? item->worked
					    : end - item->detected;
		open[input.n++] = item->is_open;
	}
	survival = survival_of(&scratch, &input);
	fill(&survival, out);
	arena_free(&scratch);
}

static void compute(const struct metric_input *in, struct metrics *all)
{
	struct remediation *out = &all->remediation;

	if (!metric_has_role(in->facts, ROLE_INCIDENTS)) {
		out->why = STR("no source has the role incidents");
		return;
	}
	compute_times(in, in->incidents, out);
	if (out->closed + out->open == 0)
		out->why = out->data_errors
				   ? STR("every incident of the period is a "
					 "data error")
				   : STR("no incident lies in the period");
}

const struct metric metric_remediation = {
	.name = STR_INIT("time_to_remediate"),
	.compute = compute,
};
