#include "report/figure.h"
#include "report/members.h"
#include "report/print.h"

#define DECIMALS 3

static void write(struct json_writer *json, const struct metrics *metrics,
	const struct report_options *options)
{
	const struct remediation *r = &metrics->remediation;

	(void)options;
	member_count(json, "closed", r->closed);
	member_count(json, "open", r->open);
	member_maybe(json, "mean_days", r->has_closed, r->mean_days);
	member_maybe(json, "median_days", r->has_closed, r->median_days);
	member_maybe(json, "p90_days", r->has_closed, r->p90_days);
	member_maybe(
		json, "km_median_days", r->has_km_median, r->km_median_days);
	member_maybe(json, "km_p90_days", r->has_km_p90, r->km_p90_days);
	member_maybe(json, "restricted_mean_days", r->has_restricted,
		r->restricted_mean_days);
	member_maybe(json, "tau_days", r->has_restricted, r->tau_days);
	member_maybe(
		json, "open_median_days", r->has_open_age, r->open_median_days);
	member_maybe(json, "open_max_days", r->has_open_age, r->open_max_days);
	member_count(json, "data_errors", r->data_errors);
	member_count(json, "proxies", r->proxies);
	member_why(json, r->why);
}

static struct str days(struct arena *a, bool known, double value)
{
	return known ? print_number(a, value, DECIMALS) : STR("not reached");
}

static struct str basis_of(struct arena *a, const struct remediation *r)
{
	struct str proxies = {0};

	if (r->proxies)
		proxies = arena_print(a, ", %.*s by a date that stands in",
			STR_ARG(print_count(a, r->proxies)));
	return arena_print(a,
		"days, Kaplan-Meier median (p90 %.*s); %.*s, %.*s, %.*s%.*s",
		STR_ARG(days(a, r->has_km_p90, r->km_p90_days)),
		STR_ARG(print_labelled(a, r->closed, "fixed")),
		STR_ARG(print_labelled(a, r->open, "open")),
		STR_ARG(print_counted(a, r->data_errors, "data error")),
		STR_ARG(proxies));
}

/* The mean of the fixed ones misleads most and comes last. */
static void show_parts(struct grid *grid, const struct remediation *r)
{
	struct arena *a = &grid->page->a;

	if (r->has_restricted)
		figure_part(grid, "restricted mean", STR(""),
			days(a, true, r->restricted_mean_days),
			arena_print(a, "days, up to %.*s days",
				STR_ARG(days(a, true, r->tau_days))));
	if (r->has_open_age)
		figure_part(grid, "age of open ones", STR(""),
			days(a, true, r->open_median_days),
			arena_print(a, "days median, longest %.*s",
				STR_ARG(days(a, true, r->open_max_days))));
	if (r->has_closed)
		figure_part(grid, "fixed ones only", STR(""),
			days(a, true, r->median_days),
			arena_print(a,
				"days median, p90 %.*s, mean %.*s (too low "
				"while slow ones are open)",
				STR_ARG(days(a, true, r->p90_days)),
				STR_ARG(days(a, true, r->mean_days))));
}

static void show(struct grid *grid, const struct metrics *metrics)
{
	const struct remediation *r = &metrics->remediation;
	struct arena *a = &grid->page->a;

	if (r->why.len) {
		figure_row(grid, "time to remediate", STR("n/a"),
			page_safe(grid->page, r->why));
		return;
	}
	figure_row(grid, "time to remediate",
		days(a, r->has_km_median, r->km_median_days), basis_of(a, r));
	show_parts(grid, r);
}

const struct figure figure_remediation = {
	.name = STR_INIT("time_to_remediate"),
	.write = write,
	.show = show,
};
