/*
 * What a compliance investment costs and saves under one scenario of the
 * user's own numbers: return on investment, return on security investment,
 * break-even, present value, payback. Money is exact until each amount is
 * rounded at the end, half to even. Pure functions; reading the numbers, and
 * saying which of them were assumed, is for the caller.
 */
#ifndef METRIC_ROI_H
#define METRIC_ROI_H

#include "base/intern.h"
#include "metric/cashflow.h"
#include "metric/exact.h"

/* An amount in minor units. Currency 0 stands for "none named" and agrees
   with any; zero is no money. */
struct roi_money {
	int64_t minor;
	sym currency;
};

/* A class of fines that the investment makes less likely. */
struct roi_fine {
	struct decimal probability; /* of enforcement, 0..1 */
	struct roi_money severity;  /* expected, at most the cap */
	bool has_cap;
	struct roi_money cap;
};

/* What is zero counts as nothing saved; what must not be missing is for the
   caller to say. */
struct roi_scenario {
	struct roi_money cost;
	const struct roi_fine *fines;
	size_t n_fines;
	struct decimal hours_before, hours_after; /* of audit work */
	struct roi_money hour_rate;               /* for one hour */
	struct roi_money fee_saving;              /* less external fees */
	struct decimal minutes_avoided;           /* of downtime */
	struct roi_money minute_value;            /* of one minute */
	bool has_loss;                            /* the next three are given */
	struct decimal aro_before, aro_after;     /* occurrences per year */
	struct roi_money sle;                     /* loss per occurrence */
	const struct roi_money *flows;            /* of year 0, 1, ... */
	size_t n_flows;
	bool has_discount; /* the next one is given */
	struct decimal discount_rate;
};

enum roi_status {
	ROI_OK,
	ROI_NO_COST, /* no error: cost absent, 0 or below; ratios are n/a */
	ROI_BAD_PROBABILITY,  /* outside 0..1 */
	ROI_ABOVE_CAP,        /* a severity above the statutory maximum */
	ROI_MIXED_CURRENCIES, /* two currencies need a rates file */
	ROI_BAD_DISCOUNT,     /* a discount rate of -100 % or less */
	ROI_TOO_LARGE,        /* numbers beyond exact arithmetic */
};

/* Amounts in minor units; a ratio with denominator 0 is n/a. */
struct roi_result {
	int64_t cost;
	int64_t fines;    /* sum of probability x severity */
	int64_t hours;    /* hours saved x rate */
	int64_t fees;     /* fee saving */
	int64_t audit;    /* hours and fees */
	int64_t downtime; /* minutes x value */
	int64_t total;    /* fines, audit and downtime */
	struct exact_ratio roi;

	/* Avoided fines at which ROI is 0; `needed` is false if that is not
	   above 0, and without a cost. */
	int64_t break_even;
	bool break_even_needed;

	int64_t ale_before, ale_after; /* yearly loss; 0 without has_loss */
	struct exact_ratio rosi;

	bool has_npv; /* flows and a discount rate were given */
	struct cashflow_value npv;
	struct cashflow_payback payback;
	struct cashflow_payback discounted_payback; /* with has_npv only */
};

/*
 * Computes all that the scenario gives. ROI_OK and ROI_NO_COST fill `out`;
 * with an error it is untouched. `*fine`, set with ROI_BAD_PROBABILITY and
 * ROI_ABOVE_CAP, is the number of the class at fault.
 */
enum roi_status roi_compute(
	const struct roi_scenario *in, struct roi_result *out, size_t *fine);

enum roi_cap_rule { ROI_CAP_HIGHER, ROI_CAP_LOWER };

/* One row of the schedule of fines. */
struct roi_cap_row {
	bool has_fixed, has_share;
	int64_t fixed_minor;
	int64_t turnover_bp; /* basis points of worldwide yearly turnover */
	enum roi_cap_rule rule;
	bool per_day; /* the share is of the average daily turnover */
};

struct roi_cap {
	int64_t minor;
	bool turnover_unknown; /* the fixed figure stands alone, to be noted */
};

/*
 * The statutory maximum of one case: the higher or lower of the fixed figure
 * and the share of `turnover` (minor units, none negative; NULL if unknown),
 * each for `count` violations, consumers or days (1 where the row is per
 * undertaking). For small and medium enterprises the AI Act takes the row
 * with ROI_CAP_LOWER. Rounded down, so that a whole severity is at most the
 * cap exactly if it is at most this figure; INT64_MAX stands for any larger
 * one. False, `out` untouched, if the row sets no figure: the severity is
 * then a number of the scenario alone.
 */
bool roi_cap_of(const struct roi_cap_row *row, const int64_t *turnover,
	int64_t count, struct roi_cap *out);

#endif
