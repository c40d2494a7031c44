/*
 * Regulatory incident rate: incidents per quarter with the exact Poisson
 * interval, by calendar or fiscal quarters, and per 1000 transactions where
 * these are known.
 */
#include "format/civil.h"
#include "metric/incident_set.h"
#include "metric/quarters.h"
#include "metric/rate.h"
#include "metric/sides.h"

/* The local date at which the day of an instant begins. */
static struct rate_date date_of(const struct metric_input *in, int64_t ns)
{
	int64_t day = calendar_local_day(in->calendar, ns);
	struct rate_date date;

	civil_date(day, &date.year, &date.month, &date.day);
	return date;
}

/* Quarters of the period if it is made of whole ones, else 0. */
static int64_t whole_quarters(const struct metric_input *in)
{
	const struct facts *facts = in->facts;
	int64_t from_day = calendar_local_day(in->calendar, facts->period_from);
	int64_t to_day = calendar_local_day(in->calendar, facts->period_to);

	/* Both ends must be midnight. */
	if (calendar_day_end(in->calendar, from_day - 1) + 1 !=
			facts->period_from ||
		calendar_day_end(in->calendar, to_day - 1) + 1 !=
			facts->period_to)
		return 0;
	return rate_quarters(date_of(in, facts->period_from),
		date_of(in, facts->period_to), in->fiscal_start);
}

static uint64_t count_transactions(const struct facts *facts)
{
	uint64_t n = 0;

	for (row e = 0; e < facts->events->n; e++)
		n += sides_is_transaction(facts, e);
	return n;
}

/* A quarter is partial if the period or the log covers only a part of it. */
static bool is_partial(const struct metric_input *in,
	const struct quarters *quarters, size_t quarter)
{
	const struct facts *facts = in->facts;
	int64_t start = quarters_start(quarters, quarter);
	int64_t end = quarters_start(quarters, quarter + 1);
	/* A log that ends on the last day of a quarter covers it. */
	int64_t seen = calendar_day_end(
		in->calendar, calendar_local_day(in->calendar, facts->as_of));

	return start < facts->period_from || end > facts->period_to ||
	       seen + 1 < end;
}

/* True if some source of incidents covers a part of the quarter. */
static bool has_data(const struct facts *facts, const struct quarters *quarters,
	size_t quarter)
{
	int64_t start = quarters_start(quarters, quarter);
	int64_t end = quarters_start(quarters, quarter + 1);

	for (size_t i = 0; i < facts->n_sources; i++) {
		const struct source_facts *source = &facts->sources[i];

		if ((source->roles & 1u << ROLE_INCIDENTS) &&
			source->start < end && source->end >= start)
			return true;
	}
	return false;
}

static void describe_quarter(const struct metric_input *in,
	const struct quarters *quarters, size_t q, struct quarter_count *out)
{
	struct rate rate;

	out->quarter = quarters_name(in->a, quarters, q);
	out->is_partial = is_partial(in, quarters, q);
	out->no_data = out->count == 0 && !has_data(in->facts, quarters, q);
	if (out->no_data || !rate_of(out->count, 1, STATS_ALPHA95, &rate))
		return;
	out->rate = rate.value;
	out->low = rate.interval.low;
	out->high = rate.interval.high;
}

static void count_quarters(const struct metric_input *in,
	const struct incident_set *set, struct incident_rate *out)
{
	struct quarters quarters = quarters_of(in);
	struct quarter_count *counts = arena_array(
		in->a, struct quarter_count, quarters.n);

	for (size_t i = 0; i < set->n; i++)
		if (set->at[i].regulatory &&
			metric_in_period(in->facts, set->at[i].date))
			counts[quarters_find(&quarters, set->at[i].date)]
				.count++;
	for (size_t q = 0; q < quarters.n; q++)
		describe_quarter(in, &quarters, q, &counts[q]);
	out->by_quarter = counts;
	out->n_quarters = quarters.n;
}

static void count_incidents(const struct facts *facts,
	const struct incident_set *set, struct incident_rate *out)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct incident_item *item = &set->at[i];

		if (!item->regulatory)
			continue;
		if (item->date == CELL_ABSENT) {
			out->undated++;
			continue;
		}
		if (!metric_in_period(facts, item->date)) {
			out->outside++;
			continue;
		}
		out->count++;
		out->reportable += item->reportable;
		out->proxies += item->is_proxy;
	}
}

/* Why there is no rate; empty if there is one. Incidents are dated by days, so
   that a shorter period says nothing about a quarter. */
static struct str why_none(
	const struct facts *facts, const struct incident_rate *out)
{
	if (out->undated && out->count == 0 && out->outside == 0)
		return STR("no incident has a date");
	if (facts->period_to - facts->period_from < NS_PER_DAY)
		return STR("the period is shorter than a day");
	return STR("");
}

static void compute_rate(const struct metric_input *in,
	const struct incident_set *set, struct incident_rate *out)
{
	const struct facts *facts = in->facts;
	struct rate rate;

	count_incidents(facts, set, out);
	out->exposure = rate_exposure(
		whole_quarters(in), facts->period_to - facts->period_from);
	out->why = why_none(facts, out);
	if (out->why.len ||
		!rate_of(out->count, out->exposure, STATS_ALPHA95, &rate))
		return;
	out->value = rate.value;
	out->low = rate.interval.low;
	out->high = rate.interval.high;
	out->transactions = count_transactions(facts);
	out->has_per_1000 = rate_of(out->count,
		(double)out->transactions / 1000, STATS_ALPHA95, &rate);
	if (out->has_per_1000) {
		out->per_1000 = rate.value;
		out->per_1000_low = rate.interval.low;
		out->per_1000_high = rate.interval.high;
	}
}

static void compute(const struct metric_input *in, struct metrics *all)
{
	struct incident_rate *out = &all->rate;
	const struct incident_set *set = in->incidents;

	out->date = params_incident_dates[in->params->date];
	if (!metric_has_role(in->facts, ROLE_INCIDENTS)) {
		out->why = STR("no source has the role incidents");
		return;
	}
	out->duplicates = set->duplicates;
	out->not_regulatory = set->not_regulatory;
	compute_rate(in, set, out);
	count_quarters(in, set, out);
}

const struct metric metric_rate = {
	.name = STR_INIT("regulatory_incident_rate"),
	.compute = compute,
};
