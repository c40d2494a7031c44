#include "metric/measure.h"

#include "format/timestamp.h"

static struct measure of_completeness(const struct metrics *m)
{
	const struct completeness *c = &m->completeness;

	return (struct measure) {.known = c->main.denominator > 0,
		.is_share = true,
		.share = c->main,
		.cases = c->main.denominator};
}

static struct measure of_rate(const struct metrics *m)
{
	return (struct measure) {.known = m->rate.why.len == 0,
		.value = m->rate.value,
		.cases = m->rate.count};
}

static struct measure of_remediation(const struct metrics *m)
{
	const struct remediation *r = &m->remediation;

	return (struct measure) {.known = r->why.len == 0,
		.value = r->km_median_days,
		.is_infinite = !r->has_km_median,
		.cases = r->closed + r->open};
}

static struct measure of_downtime(const struct metrics *m)
{
	const struct downtime *d = &m->downtime;

	return (struct measure) {
		.known = d->why.len == 0 && d->why_legal.len == 0,
		.value = (double)d->legal_ns / (double)NS_PER_MINUTE,
		.cases = d->outages};
}

static struct measure of_roi(const struct metrics *m)
{
	return (struct measure) {
		.known = m->roi.has_value, .value = m->roi.value, .cases = 1};
}

const struct measure_row measure_table[] = {
	{STR_INIT("audit_trail_completeness"), STR_INIT(""), true,
		of_completeness},
	{STR_INIT("regulatory_incident_rate"), STR_INIT("per quarter"), false,
		of_rate},
	{STR_INIT("time_to_remediate"), STR_INIT("days"), false,
		of_remediation},
	{STR_INIT("downtime_impact"), STR_INIT("minutes"), false, of_downtime},
	{STR_INIT("compliance_roi"), STR_INIT(""), false, of_roi},
};
const size_t measure_count = sizeof(measure_table) / sizeof(measure_table[0]);

const struct measure_row *measure_find(struct str metric)
{
	for (size_t i = 0; i < measure_count; i++)
		if (str_equal(measure_table[i].metric, metric))
			return &measure_table[i];
	return NULL;
}

/* Fits for any share of 64 bits: 100 * 2^64 * 10^18 is too large, but no share
   has so many cases that its numerator comes near. */
static int compare_share(struct share share, struct decimal limit)
{
	__int128 left = (__int128)share.numerator * 100;
	__int128 right = (__int128)limit.digits * share.denominator;

	for (int i = 0; i < limit.scale; i++)
		left *= 10;
	return (left > right) - (left < right);
}

int measure_compare(
	const struct measure *measure, struct decimal limit, bool percent)
{
	double value = percent ? measure->value * 100 : measure->value;
	double bound = (double)limit.digits;

	if (measure->is_infinite)
		return 1;
	if (measure->is_share)
		return compare_share(measure->share, limit);
	for (int i = 0; i < limit.scale; i++)
		bound /= 10;
	return (value > bound) - (value < bound);
}

struct str measure_print(
	struct arena *a, const struct measure *measure, struct str unit)
{
	char buffer[32];

	if (!measure->known)
		return STR("n/a");
	if (measure->is_infinite)
		return STR("not reached");
	if (measure->is_share)
		return arena_print(a, "%llu of %llu",
			(unsigned long long)measure->share.numerator,
			(unsigned long long)measure->share.denominator);
	return arena_print(a, "%.*s%s%.*s",
		STR_ARG(number_print_double(measure->value, buffer)),
		unit.len ? " " : "", STR_ARG(unit));
}
