#include "metric/costs.h"

#define ALL COSTS_SCENARIOS /* rows of this scenario hold for each */

const struct str costs_scenario_names[] = {
	STR_INIT("low"), STR_INIT("base"), STR_INIT("high"), STR_INIT("all")};

#define COST_ROW(code, name, form) {STR_INIT(name), form},
static const struct {
	struct str name;
	enum cost_form form;
} items[ITEM_N] = {COST_ITEMS(COST_ROW)};
#undef COST_ROW

struct work {
	const struct metric_input *in;
	struct cost_scenario *scenarios;
	bool failed;
};

static void complain(
	struct work *work, uint32_t at, const char *what, struct str found)
{
	diag_add(work->in->diag, DIAG_BAD_COST, costs_place(work->in, at),
		"%s: '%.*s'", what, STR_ARG(found));
	work->failed = true;
}

static struct str cell(
	const struct work *work, uint32_t at, enum cost_field field)
{
	const struct facts *facts = work->in->facts;

	return symbols_get(work->in->a, facts->strings,
		table_sym(&facts->roles[ROLE_COSTS].cells, field, at));
}

static sym cell_sym(const struct work *work, uint32_t at, enum cost_field field)
{
	return table_sym(&work->in->facts->roles[ROLE_COSTS].cells, field, at);
}

/* "flow_0", "flow_1", ...: the number, or COSTS_FLOWS. */
static size_t flow_number(struct str item)
{
	uint64_t number;

	if (!str_has_prefix(item, STR("flow_")) ||
		!number_read_u64(str_slice(item, 5, item.len), &number) ||
		number >= COSTS_FLOWS)
		return COSTS_FLOWS;
	return (size_t)number;
}

static size_t find_item(struct str name)
{
	size_t i = 0;

	while (i < ITEM_N && !str_equal(items[i].name, name))
		i++;
	return i;
}

static struct cost_fine *fine_of(struct cost_scenario *given, sym class)
{
	for (size_t i = 0; i < given->n_fines; i++)
		if (given->fines[i].class == class)
			return &given->fines[i];
	if (given->n_fines == COSTS_FINES)
		return NULL;
	given->fines[given->n_fines] = (struct cost_fine) {.class = class};
	return &given->fines[given->n_fines++];
}

static void store_fine(struct work *work, struct cost_scenario *given,
	uint32_t at, enum cost_item item, const struct roi_money *money,
	const struct decimal *number)
{
	struct cost_fine *fine = fine_of(given, cell_sym(work, at, COST_CLASS));

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
	if (item == ITEM_SEVERITY || !fine->has_severity)
		fine->at = at;
}

static void store(struct work *work, struct cost_scenario *given, uint32_t at,
	size_t item)
{
	struct str text = cell(work, at, COST_VALUE);
	struct str name = cell(work, at, COST_ITEM);
	struct roi_money money = {0, cell_sym(work, at, COST_CURRENCY)};
	struct decimal number = {0};
	size_t flow = flow_number(name);
	bool is_money = item == ITEM_N || items[item].form == COST_MONEY;

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
		store_fine(
			work, given, at, (enum cost_item)item, &money, &number);
	} else {
		given->has[item] = true;
		given->money[item] = money;
		given->number[item] = number;
	}
}

static void assume(struct work *work, struct cost_scenario *given, uint32_t at)
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
	size_t scenario = kind_find(costs_scenario_names, COSTS_SCENARIOS + 1,
		cell(work, at, COST_SCENARIO));

	if (scenario > ALL) {
		complain(work, at,
			"expected the scenario low, base, high or all; found",
			cell(work, at, COST_SCENARIO));
		return;
	}
	if (item == ITEM_N && flow_number(name) == COSTS_FLOWS) {
		complain(work, at, "there is no cost item", name);
		return;
	}
	for (size_t i = 0; i < COSTS_SCENARIOS; i++) {
		if (scenario != ALL && scenario != i)
			continue;
		store(work, &work->scenarios[i], at, item);
		assume(work, &work->scenarios[i], at);
	}
}

bool costs_read(const struct metric_input *in,
	struct cost_scenario out[COSTS_SCENARIOS])
{
	struct work work = {.in = in, .scenarios = out};

	for (uint32_t i = 0; i < in->facts->roles[ROLE_COSTS].cells.n; i++)
		read_row(&work, i);
	return !work.failed;
}

struct loc costs_place(const struct metric_input *in, uint32_t at)
{
	const struct role_origin *origin =
		&in->facts->roles[ROLE_COSTS].origins.at[at];

	return (struct loc) {origin->file, origin->line, 0};
}
