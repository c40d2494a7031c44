#include "report/figure.h"
#include "report/members.h"
#include "report/print.h"

#define DECIMALS 3

/* ---- the result document ---- */

static void write_assumptions(
	struct json_writer *json, const struct scenario_result *s)
{
	json_name(json, "assumptions");
	json_begin_array(json);
	for (size_t i = 0; i < s->n_assumptions; i++) {
		json_inline(json);
		json_begin_object(json);
		member_text(json, "item", s->assumptions[i].name);
		member_text(json, "value", s->assumptions[i].value);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_scenario(
	struct json_writer *json, const struct scenario_result *s)
{
	json_begin_object(json);
	member_text(json, "scenario", s->scenario);
	member_maybe(json, "roi", s->has_roi, s->roi);
	member_why(json, s->why);
	member_text(json, "currency", s->cost.currency);
	member_money(json, "cost", s->cost);
	member_money(json, "avoided_fines", s->fines);
	member_money(json, "audit_saving", s->audit);
	member_money(json, "downtime_saving", s->downtime);
	member_money(json, "total", s->total);
	if (s->needs_break_even)
		member_money(json, "break_even", s->break_even);
	else
		member_null(json, "break_even");
	member_maybe(json, "rosi", s->has_rosi, s->rosi);
	member_maybe(json, "npv_minor", s->has_npv, s->npv);
	member_maybe(json, "payback_years", s->has_payback, s->payback_years);
	write_assumptions(json, s);
	json_end_object(json);
}

static void write(struct json_writer *json, const struct metrics *metrics,
	const struct report_options *options)
{
	const struct roi_figures *r = &metrics->roi;

	(void)options;
	member_maybe(json, "value", r->has_value, r->value);
	member_why(json, r->why);
	json_name(json, "scenarios");
	json_begin_array(json);
	for (size_t i = 0; i < r->n_scenarios; i++)
		write_scenario(json, &r->scenarios[i]);
	json_end_array(json);
}

/* ---- the text report ---- */

static struct str money(struct page *page, struct money money)
{
	money.currency = page_safe(page, money.currency);
	return print_money(&page->a, money);
}

/* Which avoided fines it takes. */
static struct str break_even(struct page *page, const struct scenario_result *s)
{
	if (!s->needs_break_even)
		return STR("without them");
	return arena_print(&page->a, "at fines of %.*s",
		STR_ARG(money(page, s->break_even)));
}

static struct str basis_of(struct page *page, const struct scenario_result *s)
{
	if (!s->has_roi)
		return page_safe(page, s->why);
	return arena_print(&page->a,
		"saves %.*s for %.*s: fines %.*s, audit %.*s, downtime %.*s; "
		"breaks even %.*s",
		STR_ARG(money(page, s->total)), STR_ARG(money(page, s->cost)),
		STR_ARG(money(page, s->fines)), STR_ARG(money(page, s->audit)),
		STR_ARG(money(page, s->downtime)),
		STR_ARG(break_even(page, s)));
}

static bool assumes(
	const struct scenario_result *s, const struct key_value *assumption)
{
	for (size_t i = 0; i < s->n_assumptions; i++)
		if (str_equal(s->assumptions[i].name, assumption->name) &&
			str_equal(s->assumptions[i].value, assumption->value))
			return true;
	return false;
}

static bool all_assume(
	const struct roi_figures *r, const struct key_value *assumption)
{
	for (size_t i = 0; i < r->n_scenarios; i++)
		if (!assumes(&r->scenarios[i], assumption))
			return false;
	return true;
}

/* Every assumption stands beside the result that rests on it: those that all
   scenarios share once, the others with each. */
static void show_assumptions(struct grid *grid, const struct roi_figures *r,
	const struct scenario_result *s, bool shared)
{
	struct page *page = grid->page;
	struct str text = {0};

	for (size_t i = 0; i < s->n_assumptions; i++) {
		const struct key_value *item = &s->assumptions[i];

		if (all_assume(r, item) == shared)
			text = arena_print(&page->a, "%.*s%s %.*s %.*s",
				STR_ARG(text), text.len ? "," : "assumes",
				STR_ARG(page_safe(page, item->name)),
				STR_ARG(page_whole(page, item->value)));
	}
	if (text.len)
		figure_row(grid, "", STR(""), text);
}

static void show(struct grid *grid, const struct metrics *metrics)
{
	const struct roi_figures *r = &metrics->roi;
	struct page *page = grid->page;

	figure_row(grid, "compliance ROI",
		r->has_value ? print_number(&page->a, r->value, DECIMALS)
			     : STR("n/a"),
		r->has_value ? STR("base scenario; an estimate from your own "
				   "numbers")
			     : page_safe(page, r->why));
	if (r->n_scenarios > 0)
		show_assumptions(grid, r, &r->scenarios[0], true);
	for (size_t i = 0; i < r->n_scenarios; i++) {
		const struct scenario_result *s = &r->scenarios[i];

		figure_part(grid, "", s->scenario,
			s->has_roi ? print_number(&page->a, s->roi, DECIMALS)
				   : STR("n/a"),
			basis_of(page, s));
		show_assumptions(grid, r, s, false);
	}
}

const struct figure figure_roi = {
	.name = STR_INIT("compliance_roi"),
	.write = write,
	.show = show,
};
