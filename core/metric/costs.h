/*
 * The rows of role costs as the numbers of three scenarios, each an assumption
 * of whoever wrote it. A row that cannot be read is complained about at its
 * place.
 */
#ifndef METRIC_COSTS_H
#define METRIC_COSTS_H

#include "metric/metric.h"
#include "metric/roi.h"

#define COSTS_SCENARIOS 3
#define COSTS_FLOWS     64
#define COSTS_FINES     256

/* How an item is read: money is minor units with a currency, a share is 0..1,
   a number a decimal. */
enum cost_form { COST_MONEY, COST_SHARE, COST_NUMBER };

/* The items of a scenario; cash flows are apart. */
#define COST_ITEMS(X)                                            \
	X(ITEM_COST, "cost", COST_MONEY)                         \
	X(ITEM_HOUR_RATE, "hour_rate", COST_MONEY)               \
	X(ITEM_HOURS_BEFORE, "audit_hours_before", COST_NUMBER)  \
	X(ITEM_HOURS_AFTER, "audit_hours_after", COST_NUMBER)    \
	X(ITEM_FEE_SAVING, "fee_saving", COST_MONEY)             \
	X(ITEM_MINUTES, "downtime_minutes_avoided", COST_NUMBER) \
	X(ITEM_MINUTE_VALUE, "minute_value", COST_MONEY)         \
	X(ITEM_DISCOUNT, "discount_rate", COST_SHARE)            \
	X(ITEM_TURNOVER, "turnover", COST_MONEY)                 \
	X(ITEM_ARO_BEFORE, "aro_before", COST_NUMBER)            \
	X(ITEM_ARO_AFTER, "aro_after", COST_NUMBER)              \
	X(ITEM_SLE, "sle", COST_MONEY)                           \
	X(ITEM_PROBABILITY, "fine_probability", COST_SHARE)      \
	X(ITEM_SEVERITY, "fine_severity", COST_MONEY)

#define COST_ENUM(code, name, form) code,
enum cost_item { COST_ITEMS(COST_ENUM) ITEM_N };
#undef COST_ENUM

/* One fine of one scenario. */
struct cost_fine {
	sym class;
	struct roi_fine fine;
	bool has_probability, has_severity;
	uint32_t at; /* its row: that of the severity, if it has one */
};

/* What the rows give for one scenario. */
struct cost_scenario {
	bool has[ITEM_N];
	struct roi_money money[ITEM_N];
	struct decimal number[ITEM_N];
	struct cost_fine fines[COSTS_FINES];
	size_t n_fines;
	struct roi_money flows[COSTS_FLOWS];
	bool has_flow[COSTS_FLOWS];
	struct assumptions VEC(struct key_value) assumptions;
};

extern const struct str costs_scenario_names[COSTS_SCENARIOS + 1];

/* Fills the scenarios low, base and high; a row of `all` counts for each.
   Assumptions live as long as `in->a`. False if a row cannot be read. */
bool costs_read(const struct metric_input *in,
	struct cost_scenario out[COSTS_SCENARIOS]);

/* The place of a row. */
struct loc costs_place(const struct metric_input *in, uint32_t at);

#endif
