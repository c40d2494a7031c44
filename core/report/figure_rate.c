#include "report/figure.h"
#include "report/members.h"
#include "report/print.h"

#define DECIMALS 3

/* ---- the result document ---- */

static void write_quarters(
	struct json_writer *json, const struct incident_rate *r)
{
	json_name(json, "by_quarter");
	json_begin_array(json);
	for (size_t i = 0; i < r->n_quarters; i++) {
		const struct quarter_count *q = &r->by_quarter[i];

		json_inline(json);
		json_begin_object(json);
		member_text(json, "quarter", q->quarter);
		member_count(json, "count", q->count);
		if (q->no_data)
			member_null(json, "ci95");
		else
			member_interval(json, "ci95", q->low, q->high);
		member_bool(json, "no_data", q->no_data);
		member_bool(json, "partial", q->is_partial);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write(struct json_writer *json, const struct metrics *metrics,
	const struct report_options *options)
{
	const struct incident_rate *r = &metrics->rate;
	bool known = r->why.len == 0;

	(void)options;
	member_maybe(json, "value", known, r->value);
	member_why(json, r->why);
	if (known)
		member_interval(json, "ci95", r->low, r->high);
	else
		member_null(json, "ci95");
	member_count(json, "count", r->count);
	member_double(json, "exposure", r->exposure);
	member_text(json, "date", r->date);
	member_count(json, "reportable", r->reportable);
	member_count(json, "not_regulatory", r->not_regulatory);
	member_count(json, "duplicates", r->duplicates);
	member_count(json, "outside", r->outside);
	member_count(json, "undated", r->undated);
	member_count(json, "proxies", r->proxies);
	member_maybe(
		json, "per_1000_transactions", r->has_per_1000, r->per_1000);
	if (r->has_per_1000)
		member_interval(json, "per_1000_ci95", r->per_1000_low,
			r->per_1000_high);
	write_quarters(json, r);
}

/* ---- the text report ---- */

static struct str interval(struct arena *a, double low, double high)
{
	return arena_print(a, "95%% [%.*s, %.*s]",
		STR_ARG(print_number(a, low, DECIMALS)),
		STR_ARG(print_number(a, high, DECIMALS)));
}

static struct str basis_of(struct page *page, const struct incident_rate *r)
{
	struct arena *a = &page->a;

	return arena_print(a,
		"per quarter, %.*s; %.*s by %.*s date in %.*s "
		"quarters",
		STR_ARG(interval(a, r->low, r->high)),
		STR_ARG(print_counted(a, r->count, "incident")),
		STR_ARG(page_safe(page, r->date)),
		STR_ARG(print_number(a, r->exposure, DECIMALS)));
}

/* What does not count, and what counts with a weaker date. */
static void show_exclusions(struct grid *grid, const struct incident_rate *r)
{
	struct arena *a = &grid->page->a;

	if (r->not_regulatory || r->duplicates || r->outside || r->undated)
		figure_row(grid, "", STR(""),
			arena_print(a,
				"not counted: %.*s, %.*s, %.*s the period%.*s",
				STR_ARG(print_labelled(a, r->not_regulatory,
					"not regulatory")),
				STR_ARG(print_counted(
					a, r->duplicates, "duplicate")),
				STR_ARG(print_labelled(
					a, r->outside, "outside")),
				STR_ARG(r->undated
						? arena_print(a, ", %.*s",
							  STR_ARG(print_labelled(
								  a, r->undated,
								  "without a date")))
						: STR(""))));
	if (r->proxies)
		figure_row(grid, "", STR(""),
			arena_print(a, "dates that stand in for another: %.*s",
				STR_ARG(print_count(a, r->proxies))));
	if (r->reportable)
		figure_part(grid, "reportable", STR(""),
			print_count(a, r->reportable),
			STR("of them must be reported"));
}

/* Quarters without an incident are said together, and so are those that no
   source covers. */
static void show_quarters(struct grid *grid, const struct incident_rate *r)
{
	struct arena *a = &grid->page->a;
	size_t shown = 0, left = 0, empty = 0, no_data = 0;

	for (size_t i = 0; i < r->n_quarters; i++) {
		const struct quarter_count *q = &r->by_quarter[i];

		if (q->no_data)
			no_data++;
		else if (q->count == 0)
			empty++;
		else if (++shown > FIGURE_PARTS)
			left++;
		else
			figure_part(grid, "", q->quarter,
				print_count(a, q->count),
				arena_print(a, "%.*s%s",
					STR_ARG(interval(a, q->low, q->high)),
					q->is_partial ? ", partial" : ""));
	}
	figure_more(grid, left, "quarter");
	if (empty)
		figure_part(grid, "other quarters", STR(""), STR("0"),
			arena_print(a, "in %.*s without an incident",
				STR_ARG(print_counted(a, empty, "quarter"))));
	if (no_data)
		figure_part(grid, "no data", STR(""), STR("n/a"),
			arena_print(a, "in %.*s",
				STR_ARG(print_counted(a, no_data, "quarter"))));
}

static void show(struct grid *grid, const struct metrics *metrics)
{
	const struct incident_rate *r = &metrics->rate;
	struct arena *a = &grid->page->a;

	if (r->why.len) {
		figure_row(grid, "regulatory incident rate", STR("n/a"),
			page_safe(grid->page, r->why));
		return;
	}
	figure_row(grid, "regulatory incident rate",
		print_number(a, r->value, DECIMALS), basis_of(grid->page, r));
	show_exclusions(grid, r);
	if (r->has_per_1000)
		figure_part(grid, "per 1,000", STR(""),
			print_number(a, r->per_1000, DECIMALS),
			arena_print(a, "transactions, %.*s",
				STR_ARG(interval(a, r->per_1000_low,
					r->per_1000_high))));
	show_quarters(grid, r);
}

const struct figure figure_rate = {
	.name = STR_INIT("regulatory_incident_rate"),
	.write = write,
	.show = show,
};
