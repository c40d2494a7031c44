#include "metric/metric.h"

/* To add a metric, follow the recipe at `struct metric`. */
const struct metric *const metric_table[] = {
	&metric_completeness,
	&metric_rate,
	&metric_remediation,
	&metric_downtime,
	&metric_roi,
};
const size_t metric_count = sizeof(metric_table) / sizeof(metric_table[0]);

void metric_need_all(
	struct words *words, unsigned roles, const struct metric_params *params)
{
	for (size_t i = 0; i < metric_count; i++)
		if (metric_table[i]->need)
			metric_table[i]->need(words, roles, params);
}

static int64_t now(const struct metric_input *in)
{
	return in->clock ? in->clock() : 0;
}

void metric_count_all(const struct metric_input *in, struct metrics *out)
{
	for (size_t i = 0; i < metric_count; i++) {
		int64_t start = now(in);

		if (metric_table[i]->count)
			metric_table[i]->count(in, out);
		if (in->clock)
			in->cost_ns[i] += now(in) - start;
	}
}

void metric_compute_all(const struct metric_input *in, struct metrics *out)
{
	if (!in->is_counted)
		metric_count_all(in, out);
	for (size_t i = 0; i < metric_count; i++) {
		int64_t start = now(in);

		metric_table[i]->compute(in, out);
		if (in->clock)
			in->cost_ns[i] += now(in) - start;
	}
}

bool metric_has_role(const struct facts *facts, enum role role)
{
	for (size_t i = 0; i < facts->n_sources; i++)
		if (facts->sources[i].roles & 1u << role)
			return true;
	return false;
}

struct str metric_system_name(
	struct arena *a, const struct facts *facts, sym system)
{
	return system ? symbols_get(a, facts->strings, system) : STR("(none)");
}
