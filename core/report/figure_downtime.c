#include "report/figure.h"

#include "format/timestamp.h"
#include "report/members.h"
#include "report/print.h"

/* ---- the result document ---- */

static void write_system(
	struct json_writer *json, const struct system_downtime *s, bool legal)
{
	json_inline(json);
	json_begin_object(json);
	member_text(json, "system", s->system);
	member_minutes(json, "downtime_minutes", true, s->downtime_ns);
	member_minutes(json, "legal_risk_minutes", legal, s->legal_ns);
	member_maybe(
		json, "availability", s->has_availability, s->availability);
	member_count(json, "outages", s->outages);
	member_minutes(json, "longest_minutes", true, s->longest_ns);
	json_end_object(json);
}

static void write(struct json_writer *json, const struct metrics *metrics,
	const struct report_options *options)
{
	const struct downtime *d = &metrics->downtime;
	bool known = d->why.len == 0, legal = known && d->why_legal.len == 0;

	(void)options;
	member_minutes(json, "downtime_minutes", known, d->any_ns);
	member_minutes(json, "legal_risk_minutes", legal, d->legal_ns);
	member_why(json, known ? d->why_legal : d->why);
	member_minutes(json, "downtime_sum_minutes", known, d->sum_ns);
	member_minutes(json, "legal_risk_sum_minutes", legal, d->legal_sum_ns);
	member_minutes(json, "window_minutes", known, d->window_ns);
	member_bool(json, "maintenance_excluded", d->maintenance_excluded);
	member_count(json, "outages", d->outages);
	member_minutes(json, "longest_minutes", known, d->longest_ns);
	member_minutes(json, "p95_minutes", known, d->p95_ns);
	member_count(json, "still_open", d->censored);
	member_count(json, "data_errors", d->data_errors);
	member_count(json, "outside", d->outside);
	member_count(json, "obligations", d->obligations);
	member_count(json, "obligations_without_system", d->without_system);
	member_count(json, "deadline_exposed", d->exposed);
	member_count(json, "deadline_missed_with_downtime", d->missed);
	member_count(json, "missed_if_minus_downtime", d->missed_if_minus);
	json_name(json, "by_system");
	json_begin_array(json);
	for (size_t i = 0; i < d->n_systems; i++)
		write_system(json, &d->by_system[i], legal);
	json_end_array(json);
}

/* ---- the text report ---- */

static struct str minutes(struct arena *a, int64_t ns)
{
	return print_number(a, (double)ns / (double)NS_PER_MINUTE, 1);
}

/* Never rounded up to 100 % or down to 0 %. */
static struct str percent(struct arena *a, double share)
{
	if (share < 1 && share > 0.999999)
		share = 0.999999;
	if (share > 0 && share < 0.000001)
		share = 0.000001;
	return arena_print(
		a, "%.*s%%", STR_ARG(print_number(a, share * 100, 4)));
}

static struct str basis_of(struct arena *a, const struct downtime *d)
{
	return arena_print(a,
		"minutes of legal risk: %.*s against %.*s minutes of "
		"downtime%s",
		STR_ARG(print_counted(a, d->obligations, "open obligation")),
		STR_ARG(minutes(a, d->any_ns)),
		d->maintenance_excluded ? " (maintenance excluded)" : "");
}

static struct str basis_of_system(
	struct arena *a, const struct system_downtime *s)
{
	return arena_print(a, "of %.*s minutes down, %.*s",
		STR_ARG(minutes(a, s->downtime_ns)),
		STR_ARG(s->has_availability
				? arena_print(a, "%.*s available",
					  STR_ARG(percent(a, s->availability)))
				: STR("availability not known")));
}

static void show_outages(struct grid *grid, const struct downtime *d)
{
	struct arena *a = &grid->page->a;

	figure_part(grid, "longest outage", STR(""), minutes(a, d->longest_ns),
		arena_print(a,
			"minutes; 95%% of the outages last at most %.*s minutes",
			STR_ARG(minutes(a, d->p95_ns))));
}

static void show_systems(
	struct grid *grid, const struct downtime *d, bool legal)
{
	struct arena *a = &grid->page->a;
	size_t shown = 0, left = 0;

	for (size_t i = 0; i < d->n_systems; i++) {
		const struct system_downtime *s = &d->by_system[i];

		if (s->downtime_ns == 0)
			continue;
		if (++shown > FIGURE_PARTS) {
			left++;
			continue;
		}
		figure_part(grid, "system", s->system,
			legal ? minutes(a, s->legal_ns) : STR("n/a"),
			basis_of_system(a, s));
	}
	figure_more(grid, left, "system");
}

static void show_deadlines(struct grid *grid, const struct downtime *d)
{
	struct arena *a = &grid->page->a;

	figure_part(grid, "deadlines exposed", STR(""),
		print_count(a, d->exposed),
		arena_print(a,
			"had downtime shortly before they were due; %.*s with "
			"downtime, %.*s even if moved by it",
			STR_ARG(print_labelled(a, d->missed, "missed")),
			STR_ARG(print_labelled(
				a, d->missed_if_minus, "missed"))));
	if (d->without_system)
		figure_row(grid, "", STR(""),
			arena_print(a,
				"%.*s without a known system, held against "
				"all of them",
				STR_ARG(print_counted(
					a, d->without_system, "obligation"))));
}

static void show(struct grid *grid, const struct metrics *metrics)
{
	const struct downtime *d = &metrics->downtime;
	struct page *page = grid->page;
	bool legal = d->why_legal.len == 0;

	if (d->why.len) {
		figure_row(grid, "downtime impact", STR("n/a"),
			page_safe(page, d->why));
		return;
	}
	figure_row(grid, "downtime impact",
		legal ? minutes(&page->a, d->legal_ns) : STR("n/a"),
		legal ? basis_of(&page->a, d) : page_safe(page, d->why_legal));
	if (d->outages)
		show_outages(grid, d);
	if (d->outside)
		figure_row(grid, "", STR(""),
			arena_print(&page->a, "not counted: %.*s the period",
				STR_ARG(print_labelled(
					&page->a, d->outside, "outside"))));
	if (legal && d->obligations)
		show_deadlines(grid, d);
	show_systems(grid, d, legal);
}

const struct figure figure_downtime = {
	.name = STR_INIT("downtime_impact"),
	.write = write,
	.show = show,
};
