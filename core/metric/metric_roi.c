/*
 * Return on the compliance investment: three scenarios from the rows of role
 * costs, every assumption printed beside its result. The statutory maximum of
 * a class of fines is a ceiling that a severity must not pass, never an amount
 * that is booked.
 */
#include "base/near.h"
#include "metric/costs.h"
#include "metric/fines.h"

struct work {
	struct arena scratch;
	const struct metric_input *in;
	struct cost_scenario *given; /* COSTS_SCENARIOS of them */
	struct fine_rows schedule;
	bool *doubted; /* per row: it was complained about */
	bool failed;
};

static struct str sym_text(const struct work *work, sym number)
{
	return symbols_get(work->in->a, work->in->facts->strings, number);
}

/* The classes of the schedule that are nearest to one that it lacks. */
static struct str near_classes(struct work *work, struct str class)
{
	const struct fine_rows *schedule = &work->schedule;
	struct str *names = arena_array(
		&work->scratch, struct str, schedule->n);

	for (size_t i = 0; i < schedule->n; i++)
		names[i] = arena_print(&work->scratch, "%.*s %.*s",
			STR_ARG(schedule->at[i].regime),
			STR_ARG(schedule->at[i].clause));
	return str_trim(near_hint(&work->scratch, class, names, schedule->n));
}

/* What is doubtful about a fine. */
struct doubt {
	const char
		*item; /* of the costs, as an assumption: `item` is `value` */
	struct str value;
	struct str why, help; /* of the message */
};

static void assume(struct work *work, struct cost_scenario *given,
	const struct cost_fine *fine, const char *item, struct str value)
{
	struct arena *a = work->in->a;
	struct key_value pair = {.name = arena_print(a, "%s (%.*s)", item,
					 STR_ARG(sym_text(work, fine->class))),
		.value = value};

	vec_push(a, &given->assumptions, pair);
}

/* A doubt stands beside the result, and once a row among the messages. */
static void add_doubt(struct work *work, struct cost_scenario *given,
	const struct cost_fine *fine, const struct doubt *doubt)
{
	struct str class = sym_text(work, fine->class);
	struct diag_item *item;

	assume(work, given, fine, doubt->item, doubt->value);
	if (work->doubted[fine->at])
		return;
	work->doubted[fine->at] = true;
	item = diag_add(work->in->diag, DIAG_DOUBTFUL_COST,
		costs_place(work->in, fine->at), "fine '%.*s': %.*s",
		STR_ARG(class), STR_ARG(doubt->why));
	diag_help(work->in->diag, item, doubt->help);
}

/* An expected fine needs both of its numbers. */
static void doubt_halves(struct work *work, struct cost_scenario *given,
	const struct cost_fine *fine)
{
	struct doubt severity = {.item = "fine_severity",
		.value = STR("none"),
		.why = STR("has no fine_severity and counts as 0")};
	struct doubt probability = {.item = "fine_probability",
		.value = STR("none"),
		.why = STR("has no fine_probability and counts as 0")};

	if (!fine->has_severity)
		add_doubt(work, given, fine, &severity);
	if (!fine->has_probability)
		add_doubt(work, given, fine, &probability);
}

static void doubt_class(struct work *work, struct cost_scenario *given,
	const struct cost_fine *fine)
{
	struct doubt doubt = {.item = "maximum",
		.value = STR("none"),
		.why = STR("not in the schedule of fines, so no maximum holds"),
		.help = near_classes(work, sym_text(work, fine->class))};

	add_doubt(work, given, fine, &doubt);
}

static void doubt_currency(struct work *work, struct cost_scenario *given,
	const struct cost_fine *fine, const struct fine_row *listed)
{
	struct arena *a = work->in->a;
	struct doubt doubt = {.item = "maximum",
		.value = arena_print(a, "in %.*s", STR_ARG(listed->currency)),
		.why = arena_print(a,
			"its maximum is in %.*s and does not limit an amount "
			"in another currency",
			STR_ARG(listed->currency))};

	add_doubt(work, given, fine, &doubt);
}

static void doubt_turnover(struct work *work, struct cost_scenario *given,
	const struct cost_fine *fine)
{
	struct doubt doubt = {.item = "maximum",
		.value = STR("none"),
		.why = STR("its maximum is a share of the turnover, which is "
			   "not given, so no maximum holds"),
		.help = STR("give the turnover as a row `turnover`")};

	add_doubt(work, given, fine, &doubt);
}

/* The maximum of a class that is listed in the currency of the severity. A
   row without figures leaves the severity to the scenario. */
static void set_listed_cap(struct work *work, struct cost_scenario *given,
	const struct fine_row *listed, struct cost_fine *fine)
{
	const int64_t *turnover = given->has[ITEM_TURNOVER]
					  ? &given->money[ITEM_TURNOVER].minor
					  : NULL;
	struct roi_cap cap;

	if (!roi_cap_of(&listed->cap, turnover, 1, &cap)) {
		if (listed->cap.has_share)
			doubt_turnover(work, given, fine);
		return;
	}
	if (cap.turnover_unknown)
		assume(work, given, fine, "maximum",
			STR("the fixed figure, as no turnover is given"));
	fine->fine.has_cap = true;
	fine->fine.cap = (struct roi_money) {
		cap.minor, fine->fine.severity.currency};
}

static void set_cap(
	struct work *work, struct cost_scenario *given, struct cost_fine *fine)
{
	const struct fine_row *listed = fines_find(
		&work->schedule, sym_text(work, fine->class));
	sym named = fine->fine.severity.currency;
	struct str currency = sym_text(
		work, named ? named : given->money[ITEM_COST].currency);

	if (!fine->has_severity)
		return;
	if (!listed)
		doubt_class(work, given, fine);
	else if (!str_equal(listed->currency, currency))
		doubt_currency(work, given, fine, listed);
	else
		set_listed_cap(work, given, listed, fine);
}

static struct roi_scenario scenario_of(
	struct work *work, struct cost_scenario *given)
{
	struct roi_fine *fines = arena_array(
		&work->scratch, struct roi_fine, given->n_fines);
	struct roi_scenario s = {.cost = given->money[ITEM_COST],
		.fines = fines,
		.n_fines = given->n_fines,
		.hours_before = given->number[ITEM_HOURS_BEFORE],
		.hours_after = given->number[ITEM_HOURS_AFTER],
		.hour_rate = given->money[ITEM_HOUR_RATE],
		.fee_saving = given->money[ITEM_FEE_SAVING],
		.minutes_avoided = given->number[ITEM_MINUTES],
		.minute_value = given->money[ITEM_MINUTE_VALUE],
		.has_loss = given->has[ITEM_SLE],
		.aro_before = given->number[ITEM_ARO_BEFORE],
		.aro_after = given->number[ITEM_ARO_AFTER],
		.sle = given->money[ITEM_SLE],
		.flows = given->flows,
		.has_discount = given->has[ITEM_DISCOUNT],
		.discount_rate = given->number[ITEM_DISCOUNT]};

	for (size_t i = 0; i < given->n_fines; i++) {
		doubt_halves(work, given, &given->fines[i]);
		set_cap(work, given, &given->fines[i]);
		fines[i] = given->fines[i].fine;
	}
	for (size_t i = 0; i < COSTS_FLOWS; i++)
		if (given->has_flow[i])
			s.n_flows = i + 1;
	return s;
}

static struct str status_text(enum roi_status status)
{
	switch (status) {
	case ROI_OK:
		return STR("");
	case ROI_NO_COST:
		return STR("the scenario has no cost above 0");
	case ROI_BAD_PROBABILITY:
		return STR("a probability lies outside 0..1");
	case ROI_ABOVE_CAP:
		return STR("a fine is larger than its statutory maximum");
	case ROI_MIXED_CURRENCIES:
		return STR("amounts are in several currencies");
	case ROI_BAD_DISCOUNT:
		return STR("the discount rate is -100 % or less");
	case ROI_TOO_LARGE:
		return STR("an amount is too large to be computed exactly");
	}
	return STR("");
}

/* An assumption that makes no sense is an error of the input, at the row of the
   fine if it is one. */
static void complain_status(struct work *work, size_t i, enum roi_status status,
	const struct cost_fine *fine)
{
	bool is_of_fine = status == ROI_BAD_PROBABILITY ||
			  status == ROI_ABOVE_CAP;
	struct loc loc = costs_place(work->in, is_of_fine ? fine->at : 0);

	if (status == ROI_OK || status == ROI_NO_COST)
		return;
	if (!is_of_fine)
		loc.line = 0;
	diag_add(work->in->diag, DIAG_BAD_COST, loc,
		"scenario %.*s: %.*s%s%.*s", STR_ARG(costs_scenario_names[i]),
		STR_ARG(status_text(status)), is_of_fine ? ": " : "",
		STR_ARG(is_of_fine ? sym_text(work, fine->class) : STR("")));
	work->failed = true;
}

static struct money money_of(int64_t minor, struct str currency)
{
	return (struct money) {minor, currency};
}

static struct scenario_result result_of(struct work *work, size_t i)
{
	struct cost_scenario *given = &work->given[i];
	struct roi_scenario scenario = scenario_of(work, given);
	struct roi_result roi = {0};
	size_t fine = 0;
	enum roi_status status = roi_compute(&scenario, &roi, &fine);
	struct str currency = symbols_get(
		work->in->a, work->in->facts->strings, scenario.cost.currency);

	complain_status(work, i, status, &given->fines[fine]);
	return (struct scenario_result) {.scenario = costs_scenario_names[i],
		.why = status_text(status),
		.cost = money_of(roi.cost, currency),
		.fines = money_of(roi.fines, currency),
		.audit = money_of(roi.audit, currency),
		.downtime = money_of(roi.downtime, currency),
		.total = money_of(roi.total, currency),
		.break_even = money_of(roi.break_even, currency),
		.needs_break_even = roi.break_even_needed,
		.has_roi = roi.roi.denominator != 0,
		.roi = roi.roi.denominator ? exact_ratio_double(roi.roi) : 0,
		.has_rosi = roi.rosi.denominator != 0,
		.rosi = roi.rosi.denominator ? exact_ratio_double(roi.rosi) : 0,
		.has_npv = roi.has_npv,
		.npv = roi.npv.value,
		.has_payback = roi.payback.reached && scenario.n_flows > 0,
		.payback_years = roi.payback.years,
		.assumptions = given->assumptions.at,
		.n_assumptions = given->assumptions.n};
}

/* All three scenarios are required: one alone would look like a forecast. */
static bool is_complete(const struct work *work)
{
	for (size_t i = 0; i < COSTS_SCENARIOS; i++)
		if (!work->given[i].has[ITEM_COST] ||
			work->given[i].assumptions.n < 2)
			return false;
	return true;
}

static void compute_scenarios(struct work *work, struct roi_figures *out)
{
	struct scenario_result *results = arena_array(
		work->in->a, struct scenario_result, COSTS_SCENARIOS);

	for (size_t i = 0; i < COSTS_SCENARIOS; i++)
		results[i] = result_of(work, i);
	if (work->failed) {
		out->why = STR("an assumption is not valid; see the messages");
		return;
	}
	out->scenarios = results;
	out->n_scenarios = COSTS_SCENARIOS;
	out->has_value = results[1].has_roi;
	out->value = results[1].roi;
	if (!out->has_value)
		out->why = results[1].why;
}

static void read_schedule(struct work *work)
{
	struct err err;

	if (!fines_read(
		    &work->scratch, work->in->fines, 0, &work->schedule, &err))
		diag_add_err(work->in->diag, DIAG_BAD_COST, &err);
}

static void compute(const struct metric_input *in, struct metrics *out)
{
	struct work work = {.in = in};

	if (!metric_has_role(in->facts, ROLE_COSTS)) {
		out->roi.why = STR("no source has the role costs");
		return;
	}
	work.given = arena_array(
		&work.scratch, struct cost_scenario, COSTS_SCENARIOS);
	work.doubted = arena_array(
		&work.scratch, bool, in->facts->roles[ROLE_COSTS].cells.n);
	read_schedule(&work);
	if (!costs_read(in, work.given))
		out->roi.why = STR(
			"an assumption is not valid; see the messages");
	else if (!is_complete(&work))
		out->roi.why = STR("the scenarios low, base and high need a "
				   "cost each");
	else
		compute_scenarios(&work, &out->roi);
	arena_free(&work.scratch);
}

const struct metric metric_roi = {
	.name = STR_INIT("compliance_roi"),
	.compute = compute,
};
