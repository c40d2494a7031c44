/*
 * Return on the compliance investment: three scenarios from the rows of role
 * costs, every assumption printed beside its result. The statutory maximum of
 * a class of fines is a ceiling that a severity must not pass, never an amount
 * that is booked.
 */
#include "metric/fines.h"
#include "metric/metric.h"
#include "metric/roi.h"

#define SCENARIOS 3
#define ALL       SCENARIOS /* rows of this scenario hold for each */
#define FLOWS_MAX 64
#define FINES_MAX 256

static const struct str scenario_names[] = {
	STR_INIT("low"), STR_INIT("base"), STR_INIT("high"), STR_INIT("all")};

/* How an item is read: money is minor units with a currency, a share is 0..1,
   a number a decimal. */
enum item_form { ITEM_MONEY, ITEM_SHARE, ITEM_NUMBER };

/* The items of a scenario; per-class and per-year ones are apart. */
#define ITEM_LIST(X)                                             \
	X(ITEM_COST, "cost", ITEM_MONEY)                         \
	X(ITEM_HOUR_RATE, "hour_rate", ITEM_MONEY)               \
	X(ITEM_HOURS_BEFORE, "audit_hours_before", ITEM_NUMBER)  \
	X(ITEM_HOURS_AFTER, "audit_hours_after", ITEM_NUMBER)    \
	X(ITEM_FEE_SAVING, "fee_saving", ITEM_MONEY)             \
	X(ITEM_MINUTES, "downtime_minutes_avoided", ITEM_NUMBER) \
	X(ITEM_MINUTE_VALUE, "minute_value", ITEM_MONEY)         \
	X(ITEM_DISCOUNT, "discount_rate", ITEM_SHARE)            \
	X(ITEM_TURNOVER, "turnover", ITEM_MONEY)                 \
	X(ITEM_ARO_BEFORE, "aro_before", ITEM_NUMBER)            \
	X(ITEM_ARO_AFTER, "aro_after", ITEM_NUMBER)              \
	X(ITEM_SLE, "sle", ITEM_MONEY)                           \
	X(ITEM_PROBABILITY, "fine_probability", ITEM_SHARE)      \
	X(ITEM_SEVERITY, "fine_severity", ITEM_MONEY)

#define ITEM_ENUM(code, name, form) code,
enum item { ITEM_LIST(ITEM_ENUM) ITEM_N };
#undef ITEM_ENUM

#define ITEM_ROW(code, name, form) {STR_INIT(name), form},
static const struct {
	struct str name;
	enum item_form form;
} items[ITEM_N] = {ITEM_LIST(ITEM_ROW)};
#undef ITEM_ROW

/* One fine of one scenario. */
struct fine {
	sym class;
	struct roi_fine fine;
	bool has_probability, has_severity;
};

/* What the rows give for one scenario. */
struct given {
	bool has[ITEM_N];
	struct roi_money money[ITEM_N];
	struct decimal number[ITEM_N];
	struct fine fines[FINES_MAX];
	size_t n_fines;
	struct roi_money flows[FLOWS_MAX];
	bool has_flow[FLOWS_MAX];
	struct assumptions VEC(struct key_value) assumptions;
};

struct work {
	struct arena scratch;
	const struct metric_input *in;
	struct given *given; /* SCENARIOS of them */
	struct fine_rows schedule;
	bool failed;
};

static void complain(
	struct work *work, uint32_t at, const char *what, struct str found)
{
	const struct role_origin *origin =
		&work->in->facts->roles[ROLE_COSTS].origins.at[at];
	struct loc loc = {origin->file, origin->line, 0};

	diag_add(work->in->diag, DIAG_BAD_COST, loc, "%s: '%.*s'", what,
		STR_ARG(found));
	work->failed = true;
}

/* ---- reading rows ---- */

static struct str cell(
	const struct work *work, uint32_t at, enum cost_field field)
{
	const struct facts *facts = work->in->facts;

	return intern_get(facts->strings,
		table_sym(&facts->roles[ROLE_COSTS].cells, field, at));
}

static sym cell_sym(const struct work *work, uint32_t at, enum cost_field field)
{
	return table_sym(&work->in->facts->roles[ROLE_COSTS].cells, field, at);
}

/* "flow_0", "flow_1", ...: the number, or FLOWS_MAX. */
static size_t flow_number(struct str item)
{
	uint64_t number;

	if (!str_has_prefix(item, STR("flow_")) ||
		!number_read_u64(str_slice(item, 5, item.len), &number) ||
		number >= FLOWS_MAX)
		return FLOWS_MAX;
	return (size_t)number;
}

static size_t find_item(struct str name)
{
	size_t i = 0;

	while (i < ITEM_N && !str_equal(items[i].name, name))
		i++;
	return i;
}

static struct fine *fine_of(struct given *given, sym class)
{
	for (size_t i = 0; i < given->n_fines; i++)
		if (given->fines[i].class == class)
			return &given->fines[i];
	if (given->n_fines == FINES_MAX)
		return NULL;
	given->fines[given->n_fines] = (struct fine) {.class = class};
	return &given->fines[given->n_fines++];
}

static void store_fine(struct work *work, struct given *given, uint32_t at,
	enum item item, const struct roi_money *money,
	const struct decimal *number)
{
	struct fine *fine = fine_of(given, cell_sym(work, at, COST_CLASS));

	if (!fine) {
		complain(work, at, "more than 256 classes of fines",
			cell(work, at, COST_CLASS));
		return;
	}
	if (item == ITEM_PROBABILITY) {
		fine->fine.probability = *number;
		fine->has_probability = true;
	} else {
		fine->fine.severity = *money;
		fine->has_severity = true;
	}
}

static void store(
	struct work *work, struct given *given, uint32_t at, size_t item)
{
	struct str text = cell(work, at, COST_VALUE);
	struct str name = cell(work, at, COST_ITEM);
	struct roi_money money = {0, cell_sym(work, at, COST_CURRENCY)};
	struct decimal number = {0};
	size_t flow = flow_number(name);
	bool is_money = item == ITEM_N || items[item].form == ITEM_MONEY;

	if (is_money ? !number_read_scaled(text, 2, &money.minor)
		     : !number_read_decimal(text, &number)) {
		complain(work, at,
			is_money ? "expected an amount such as 25000.00"
				 : "expected a decimal number",
			text);
		return;
	}
	if (item == ITEM_N) {
		given->flows[flow] = money;
		given->has_flow[flow] = true;
	} else if (item == ITEM_PROBABILITY || item == ITEM_SEVERITY) {
		store_fine(work, given, at, (enum item)item, &money, &number);
	} else {
		given->has[item] = true;
		given->money[item] = money;
		given->number[item] = number;
	}
}

static void assume(struct work *work, struct given *given, uint32_t at)
{
	struct str class = cell(work, at, COST_CLASS);
	struct str currency = cell(work, at, COST_CURRENCY);
	struct arena *a = work->in->a;
	struct key_value pair = {
		.name = class.len ? arena_print(a, "%.*s (%.*s)",
					    STR_ARG(cell(work, at, COST_ITEM)),
					    STR_ARG(class))
				  : cell(work, at, COST_ITEM),
		.value = currency.len
				 ? arena_print(a, "%.*s %.*s",
					   STR_ARG(cell(work, at, COST_VALUE)),
					   STR_ARG(currency))
				 : cell(work, at, COST_VALUE)};

	vec_push(a, &given->assumptions, pair);
}

static void read_row(struct work *work, uint32_t at)
{
	struct str name = cell(work, at, COST_ITEM);
	size_t item = find_item(name);
	size_t scenario = kind_find(
		scenario_names, SCENARIOS + 1, cell(work, at, COST_SCENARIO));

	if (scenario > ALL) {
		complain(work, at,
			"expected the scenario low, base, high or all; found",
			cell(work, at, COST_SCENARIO));
		return;
	}
	if (item == ITEM_N && flow_number(name) == FLOWS_MAX) {
		complain(work, at, "there is no cost item", name);
		return;
	}
	for (size_t i = 0; i < SCENARIOS; i++) {
		if (scenario != ALL && scenario != i)
			continue;
		store(work, &work->given[i], at, item);
		assume(work, &work->given[i], at);
	}
}

/* ---- computing ---- */

static void set_cap(struct work *work, struct given *given, struct fine *fine)
{
	struct str class = intern_get(work->in->facts->strings, fine->class);
	const struct fine_row *listed = fines_find(&work->schedule, class);
	const int64_t *turnover = given->has[ITEM_TURNOVER]
					  ? &given->money[ITEM_TURNOVER].minor
					  : NULL;
	struct roi_cap cap;

	/* A cap in another currency cannot be compared without rates. */
	if (!listed ||
		!str_equal(listed->currency,
			intern_get(work->in->facts->strings,
				fine->fine.severity.currency)) ||
		!roi_cap_of(&listed->cap, turnover, 1, &cap))
		return;
	fine->fine.has_cap = true;
	fine->fine.cap = (struct roi_money) {
		cap.minor, fine->fine.severity.currency};
}

static struct roi_scenario scenario_of(struct work *work, struct given *given)
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
		set_cap(work, given, &given->fines[i]);
		fines[i] = given->fines[i].fine;
	}
	for (size_t i = 0; i < FLOWS_MAX; i++)
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

/* An assumption that makes no sense is an error of the input. */
static void complain_status(struct work *work, size_t i, enum roi_status status)
{
	const struct role_origin *origin =
		&work->in->facts->roles[ROLE_COSTS].origins.at[0];
	struct loc loc = {origin->file, 0, 0};

	if (status == ROI_OK || status == ROI_NO_COST)
		return;
	diag_add(work->in->diag, DIAG_BAD_COST, loc, "scenario %.*s: %.*s",
		STR_ARG(scenario_names[i]), STR_ARG(status_text(status)));
	work->failed = true;
}

static struct money money_of(int64_t minor, struct str currency)
{
	return (struct money) {minor, currency};
}

static struct scenario_result result_of(struct work *work, size_t i)
{
	struct given *given = &work->given[i];
	struct roi_scenario scenario = scenario_of(work, given);
	struct roi_result roi = {0};
	size_t fine;
	enum roi_status status = roi_compute(&scenario, &roi, &fine);
	struct str currency = intern_get(
		work->in->facts->strings, scenario.cost.currency);

	complain_status(work, i, status);
	return (struct scenario_result) {.scenario = scenario_names[i],
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
	for (size_t i = 0; i < SCENARIOS; i++)
		if (!work->given[i].has[ITEM_COST] ||
			work->given[i].assumptions.n < 2)
			return false;
	return true;
}

static void compute_scenarios(struct work *work, struct roi_figures *out)
{
	struct scenario_result *results = arena_array(
		work->in->a, struct scenario_result, SCENARIOS);

	for (size_t i = 0; i < SCENARIOS; i++)
		results[i] = result_of(work, i);
	if (work->failed) {
		out->why = STR("an assumption is not valid; see the messages");
		return;
	}
	out->scenarios = results;
	out->n_scenarios = SCENARIOS;
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
	work.given = arena_array(&work.scratch, struct given, SCENARIOS);
	read_schedule(&work);
	for (uint32_t i = 0; i < in->facts->roles[ROLE_COSTS].cells.n; i++)
		read_row(&work, i);
	if (work.failed)
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
