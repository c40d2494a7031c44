/*
 * Downtime impact: minutes in which systems were down, and those of them in
 * which a legal duty was open that depends on such a system. Intervals are
 * half-open and united before they are measured.
 */
#include "metric/legal_risk.h"
#include "metric/stats.h"

#include <stdlib.h>

static int compare_systems(const void *left, const void *right)
{
	const struct system_downtime *a = left, *b = right;

	return str_compare(a->system, b->system);
}

static int64_t length(const struct interval_set *set)
{
	return (int64_t)interval_length(set);
}

static int64_t longest(const struct interval_set *set)
{
	int64_t most = 0;

	for (size_t i = 0; i < set->n; i++)
		if (set->at[i].end - set->at[i].start > most)
			most = set->at[i].end - set->at[i].start;
	return most;
}

static struct system_downtime describe(const struct metric_input *in,
	const struct outage_system *system, struct interval window)
{
	int64_t known = window.end - window.start - length(&system->unknown);
	int64_t down = length(&system->down);

	return (struct system_downtime) {
		.system = symbols_get(in->a, in->facts->strings, system->name),
		.downtime_ns = down,
		.has_availability = known > 0,
		.availability = known > 0 ? 1 - (double)down / (double)known
					  : 0,
		.outages = system->down.n,
		.longest_ns = longest(&system->down)};
}

/* `legal` has a set per system, or is NULL. */
static void list_systems(const struct metric_input *in,
	const struct outages *outages, const struct interval_set *legal,
	struct downtime *out)
{
	struct system_downtime *by = arena_array(
		in->a, struct system_downtime, outages->n);

	for (size_t s = 0; s < outages->n; s++) {
		by[s] = describe(in, &outages->at[s], outages->window);
		if (legal)
			by[s].legal_ns = length(&legal[s]);
		out->sum_ns += by[s].downtime_ns;
		out->outages += by[s].outages;
	}
	qsort(by, outages->n, sizeof(*by), compare_systems);
	out->by_system = by;
	out->n_systems = outages->n;
}

static int64_t any_down(struct arena *a, const struct outages *outages)
{
	struct interval_set *sets = arena_array(
		a, struct interval_set, outages->n);
	struct interval_set all;

	for (size_t s = 0; s < outages->n; s++)
		sets[s] = outages->at[s].down;
	all = outages_join(a, sets, outages->n);
	return length(&all);
}

/* The longest outage, and the length that 95 % of them do not pass. */
static void fill_lengths(
	struct arena *a, const struct outages *outages, struct downtime *out)
{
	int64_t *lengths = arena_array(a, int64_t, out->outages);
	size_t n = 0;

	for (size_t s = 0; s < outages->n; s++) {
		const struct interval_set *down = &outages->at[s].down;

		for (size_t i = 0; i < down->n; i++)
			lengths[n++] = down->at[i].end - down->at[i].start;
	}
	if (n == 0)
		return;
	stats_sort_i64(lengths, n);
	out->longest_ns = lengths[n - 1];
	out->p95_ns = lengths[stats_rank(n, 95)];
}

static void fill_legal(const struct legal_risk *risk, struct downtime *out)
{
	out->legal_ns = risk->any_ns;
	out->legal_sum_ns = risk->sum_ns;
	out->obligations = risk->obligations;
	out->without_system = risk->without_system;
	out->exposed = risk->exposed;
	out->missed = risk->missed;
	out->missed_if_minus = risk->missed_if_minus;
}

static void compute(const struct metric_input *in, struct metrics *all)
{
	struct arena scratch = {0};
	struct downtime *out = &all->downtime;
	struct outages outages;
	struct legal_risk risk = {0};

	if (!metric_has_role(in->facts, ROLE_OUTAGES)) {
		out->why = STR("no source has the role outages");
		return;
	}
	outages = outages_read(&scratch, in);
	if (in->duties->any_rule)
		risk = legal_risk_of(
			&scratch, in->duties, &outages, in->params->exposed_ns);
	else
		out->why_legal = STR(
			"no evaluated rule counts as an obligation");
	out->maintenance_excluded = in->params->exclude_maintenance;
	out->censored = outages.censored;
	out->data_errors = outages.data_errors;
	out->outside = outages.outside;
	out->window_ns = outages.window.end - outages.window.start;
	out->any_ns = any_down(&scratch, &outages);
	fill_legal(&risk, out);
	list_systems(in, &outages, risk.by_system, out);
	fill_lengths(&scratch, &outages, out);
	arena_free(&scratch);
}

const struct metric metric_downtime = {
	.name = STR_INIT("downtime_impact"),
	.compute = compute,
};
