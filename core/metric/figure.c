#include "metric/figure.h"

#define NS_PER_MINUTE 60e9

static struct figure of_completeness(const struct metrics *m)
{
	const struct completeness *c = &m->completeness;

	return (struct figure) {.known = c->main.denominator > 0,
		.is_share = true,
		.share = c->main,
		.cases = c->main.denominator};
}

static struct figure of_rate(const struct metrics *m)
{
	return (struct figure) {.known = m->rate.why.len == 0,
		.value = m->rate.value,
		.cases = m->rate.count};
}

static struct figure of_remediation(const struct metrics *m)
{
	const struct remediation *r = &m->remediation;

	return (struct figure) {.known = r->why.len == 0,
		.value = r->km_median_days,
		.is_infinite = !r->has_km_median,
		.cases = r->closed + r->open};
}

static struct figure of_downtime(const struct metrics *m)
{
	const struct downtime *d = &m->downtime;

	return (struct figure) {
		.known = d->why.len == 0 && d->why_legal.len == 0,
		.value = (double)d->legal_ns / NS_PER_MINUTE,
		.cases = d->outages};
}

static struct figure of_roi(const struct metrics *m)
{
	return (struct figure) {
		.known = m->roi.has_value, .value = m->roi.value, .cases = 1};
}

const struct figure_row figure_table[] = {
	{STR_INIT("audit_trail_completeness"), STR_INIT(""), true,
		of_completeness},
	{STR_INIT("regulatory_incident_rate"), STR_INIT("per quarter"), false,
		of_rate},
	{STR_INIT("time_to_remediate"), STR_INIT("days"), false,
		of_remediation},
	{STR_INIT("downtime_impact"), STR_INIT("minutes"), false, of_downtime},
	{STR_INIT("compliance_roi"), STR_INIT(""), false, of_roi},
};
const size_t figure_count = sizeof(figure_table) / sizeof(figure_table[0]);

const struct figure_row *figure_find(struct str metric)
{
	for (size_t i = 0; i < figure_count; i++)
		if (str_equal(figure_table[i].metric, metric))
			return &figure_table[i];
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

int figure_compare(
	const struct figure *figure, struct decimal limit, bool percent)
{
	double value = percent ? figure->value * 100 : figure->value;
	double bound = (double)limit.digits;

	if (figure->is_infinite)
		return 1;
	if (figure->is_share)
		return compare_share(figure->share, limit);
	for (int i = 0; i < limit.scale; i++)
		bound /= 10;
	return (value > bound) - (value < bound);
}

struct str figure_print(
	struct arena *a, const struct figure *figure, struct str unit)
{
	char buffer[32];

	if (!figure->known)
		return STR("n/a");
	if (figure->is_infinite)
		return STR("not reached");
	if (figure->is_share)
		return arena_print(a, "%llu of %llu",
			(unsigned long long)figure->share.numerator,
			(unsigned long long)figure->share.denominator);
	return arena_print(a, "%.*s%s%.*s",
		STR_ARG(number_print_double(figure->value, buffer)),
		unit.len ? " " : "", STR_ARG(unit));
}
