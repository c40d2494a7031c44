#include "scene_p.h"

#include <criterion/criterion.h>

#define NEAR(a, b) ((a) - (b) < 1e-9 && (b) - (a) < 1e-9)

static const char schedule[] =
	"regime,clause,subject,currency,fixed_minor,turnover_bp,rule,per,since,"
	"mark,as_of\n"
	"GDPR,83(4),x,EUR,1000000000,200,higher,undertaking,,x,2026-11-22\n"
	"UK GDPR,standard maximum,x,GBP,870000000,200,higher,undertaking,,x,"
	"2026-11-22\n"
	"DORA,financial entities,scenario input,EUR,,,,,,x,2026-11-22\n"
	"AI Act,share alone,x,EUR,,300,,undertaking,,x,2026-11-22\n";

/* The example: what a scenario has beside cost and hourly rate. */
static const struct {
	const char *name, *probability, *severity, *hours_after, *fees,
		*minutes;
} gold[] = {
	{"low", "0.005", "200000.00", "300", "0", "60"},
	{"base", "0.02", "1000000.00", "250", "6000.00", "120"},
	{"high", "0.05", "2000000.00", "200", "9000.00", "240"},
};

static void add(struct scene *s, const char *scenario, const char *item,
	const char *class, const char *value, const char *currency)
{
	struct str line = arena_print(&s->a,
		"scenario=%s; item=%s; class=%s; value=%s; currency=%s",
		scenario, item, class, value, currency);

	scene_row(s, ROLE_COSTS, 0, line.s);
}

/* The three scenarios of the example with fines of a class. */
static void open_example(
	struct scene *s, const char *class, const char *currency)
{
	scene_open(s, NULL);
	s->in.fines = str_of(schedule);
	scene_source(s, "costs", ROLE_COSTS);
	add(s, "all", "cost", "", "25000.00", "EUR");
	add(s, "all", "hour_rate", "", "90.00", "");
	add(s, "all", "audit_hours_before", "", "400", "");
	add(s, "all", "minute_value", "", "50.00", "");
	for (size_t i = 0; i < 3; i++) {
		const char *name = gold[i].name;

		add(s, name, "fine_probability", class, gold[i].probability,
			"");
		add(s, name, "fine_severity", class, gold[i].severity,
			currency);
		add(s, name, "audit_hours_after", "", gold[i].hours_after, "");
		add(s, name, "fee_saving", "", gold[i].fees, "");
		add(s, name, "downtime_minutes_avoided", "", gold[i].minutes,
			"");
	}
}

static bool assumes(
	const struct scenario_result *r, const char *name, const char *value)
{
	for (size_t i = 0; i < r->n_assumptions; i++)
		if (str_equal(r->assumptions[i].name, str_of(name)) &&
			str_equal(r->assumptions[i].value, str_of(value)))
			return true;
	return false;
}

Test(metric_roi, the_example_has_the_published_figures)
{
	static const double roi[] = {-0.48, 0.82, 4.56};
	static const int64_t total[] = {1300000, 4550000, 13900000};
	struct scene s;
	const struct roi_figures *r = &s.metrics.roi;

	open_example(&s, "GDPR 83(4)", "EUR");
	scene_compute(&s);
	cr_assert_eq(r->n_scenarios, 3);
	for (size_t i = 0; i < 3; i++) {
		cr_expect(NEAR(r->scenarios[i].roi, roi[i]), "row %zu", i);
		cr_expect_eq(r->scenarios[i].total.minor, total[i]);
	}
	cr_expect(r->has_value && NEAR(r->value, 0.82));
	cr_expect_eq(s.diag.items.n, 0);
	cr_expect(assumes(&r->scenarios[0], "maximum (GDPR 83(4))",
		"the fixed figure, as no turnover is given"));
	scene_free(&s);
}

Test(metric_roi, a_maximum_that_is_a_share_needs_the_turnover)
{
	struct scene s;
	const struct roi_figures *r = &s.metrics.roi;

	open_example(&s, "AI Act share", "EUR");
	scene_compute(&s);
	cr_assert(s.diag.items.n == 3);
	cr_expect(str_equal(s.diag.items.at[0].text,
		STR("fine 'AI Act share': its maximum is a share of the "
		    "turnover, which is not given, so no maximum holds")));
	cr_expect(assumes(&r->scenarios[0], "maximum (AI Act share)", "none"));
	scene_free(&s);

	/* 3 % of 100,000,000.00 are above the severities of the example. */
	open_example(&s, "AI Act share", "EUR");
	add(&s, "all", "turnover", "", "100000000.00", "EUR");
	scene_compute(&s);
	cr_expect_eq(s.diag.items.n, 0);
	cr_expect(NEAR(r->value, 0.82));
	cr_expect(!assumes(&r->scenarios[0], "maximum (AI Act share)", "none"));
	scene_free(&s);
}

/* Without a maximum the figures stand, and it is said. */
Test(metric_roi, a_fine_that_nothing_limits_is_named)
{
	static const struct {
		const char *class, *currency, *why, *help, *maximum;
	} rows[] = {
		{"GDPR 83(5)", "EUR",
			"not in the schedule of fines, so no maximum holds",
			"did you mean \"GDPR 83(4)\"?", "none"},
		{"Own duty", "EUR",
			"not in the schedule of fines, so no maximum holds", "",
			"none"},
		{"UK GDPR standard maximum", "EUR",
			"its maximum is in GBP and does not limit an amount in another currency",
			"", "in GBP"},
		{"UK GDPR standard maximum", "",
			"its maximum is in GBP and does not limit an amount in another currency",
			"", "in GBP"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct scene s;
		const struct roi_figures *r = &s.metrics.roi;
		const struct diag_item *item;
		struct str text;

		open_example(&s, rows[i].class, rows[i].currency);
		scene_compute(&s);
		item = s.diag.items.at;
		cr_expect(NEAR(r->value, 0.82), "row %zu", i);
		cr_assert(s.diag.items.n == 3, "row %zu: once a row", i);
		cr_expect(item->code == DIAG_DOUBTFUL_COST);
		/* Four rows for all; line 1 is the header. */
		cr_expect_eq(item->loc.line, 7, "the row of the severity");
		text = arena_print(
			&s.a, "fine '%s': %s", rows[i].class, rows[i].why);
		cr_expect(str_equal(item->text, text), "row %zu: %.*s", i,
			STR_ARG(item->text));
		cr_expect(str_equal(item->help, str_of(rows[i].help)),
			"row %zu: %.*s", i, STR_ARG(item->help));
		text = arena_print(&s.a, "maximum (%s)", rows[i].class);
		for (size_t j = 0; j < 3; j++)
			cr_expect(assumes(
				&r->scenarios[j], text.s, rows[i].maximum));
		scene_free(&s);
	}
}

Test(metric_roi, a_severity_without_a_currency_is_held_to_that_of_the_cost)
{
	struct scene s;

	open_example(&s, "GDPR 83(4)", "");
	/* EUR 10,000,000 is the maximum. */
	add(&s, "high", "fine_severity", "GDPR 83(4)", "10000000.01", "");
	scene_compute(&s);
	cr_expect_eq(s.metrics.roi.n_scenarios, 0);
	cr_assert_eq(s.diag.items.n, 1);
	cr_expect(str_equal(s.diag.items.at[0].text,
		STR("scenario high: a fine is larger than its statutory "
		    "maximum: GDPR 83(4)")));
	cr_expect_eq(s.diag.items.at[0].loc.line, 21);
	scene_free(&s);
}

Test(metric_roi, a_row_of_the_schedule_without_figures_leaves_the_severity)
{
	struct scene s;

	open_example(&s, "GDPR 83(4)", "EUR");
	add(&s, "all", "fine_probability", "DORA financial", "0", "");
	add(&s, "all", "fine_severity", "DORA financial", "1.00", "");
	scene_compute(&s);
	cr_expect_eq(s.diag.items.n, 0);
	cr_expect(NEAR(s.metrics.roi.value, 0.82));
	scene_free(&s);
}

Test(metric_roi, a_fine_lacks_one_of_its_numbers)
{
	struct scene s;
	const struct roi_figures *r = &s.metrics.roi;

	open_example(&s, "GDPR 83(4)", "EUR");
	add(&s, "base", "fine_probability", "DORA financial", "0.5", "");
	scene_compute(&s);
	cr_expect(assumes(
		&r->scenarios[1], "fine_severity (DORA financial)", "none"));
	cr_expect(NEAR(r->value, 0.82));
	scene_free(&s);
}

Test(metric_roi, a_row_for_all_scenarios_is_named_once)
{
	struct scene s;
	const struct roi_figures *r = &s.metrics.roi;

	open_example(&s, "GDPR 83(4)", "EUR");
	add(&s, "all", "fine_severity", "Own duty", "1.00", "EUR");
	scene_compute(&s);
	/* It has neither a maximum nor a probability. */
	cr_assert_eq(s.diag.items.n, 1);
	cr_expect(str_equal(s.diag.items.at[0].text,
		STR("fine 'Own duty': has no fine_probability and counts as "
		    "0")));
	for (size_t i = 0; i < 3; i++) {
		cr_expect(assumes(&r->scenarios[i],
			"fine_probability (Own duty)", "none"));
		cr_expect(assumes(
			&r->scenarios[i], "maximum (Own duty)", "none"));
	}
	scene_free(&s);
}
