#include "metric/roi.h"

/* The amounts before rounding. */
struct amounts {
	struct exact cost, fines, hours, fees, audit, downtime, total;
	struct exact break_even, ale_before, ale_after;
};

/* False if `money` names another currency than those seen so far. */
static bool agrees(struct roi_money money, sym *currency)
{
	if (money.currency == 0 || money.currency == *currency)
		return true;
	if (*currency != 0)
		return false;
	*currency = money.currency;
	return true;
}

static bool has_one_currency(const struct roi_scenario *in)
{
	sym currency = 0;
	bool ok = agrees(in->cost, &currency) &&
		  agrees(in->hour_rate, &currency) &&
		  agrees(in->fee_saving, &currency) &&
		  agrees(in->minute_value, &currency) &&
		  agrees(in->sle, &currency);

	for (size_t i = 0; i < in->n_fines; i++)
		ok = ok && agrees(in->fines[i].severity, &currency) &&
		     agrees(in->fines[i].cap, &currency);
	for (size_t i = 0; i < in->n_flows; i++)
		ok = ok && agrees(in->flows[i], &currency);
	return ok;
}

static bool is_probability(struct decimal share)
{
	return decimal_compare(share, (struct decimal) {0, 0}) >= 0 &&
	       decimal_compare(share, (struct decimal) {1, 0}) <= 0;
}

static enum roi_status check(const struct roi_scenario *in, size_t *fine)
{
	if (!has_one_currency(in))
		return ROI_MIXED_CURRENCIES;
	if (in->has_discount && decimal_compare(in->discount_rate,
					(struct decimal) {-1, 0}) <= 0)
		return ROI_BAD_DISCOUNT;
	for (size_t i = 0; i < in->n_fines; i++) {
		const struct roi_fine *class = &in->fines[i];

		*fine = i;
		if (!is_probability(class->probability))
			return ROI_BAD_PROBABILITY;
		if (class->has_cap && class->severity.minor > class->cap.minor)
			return ROI_ABOVE_CAP;
	}
	return ROI_OK;
}

/* share x money */
static bool part_of(
	struct decimal share, struct roi_money money, struct exact *out)
{
	return exact_multiply(
		exact_of_decimal(share), exact_of(money.minor), out);
}

static bool add_fines(const struct roi_scenario *in, struct exact *sum)
{
	for (size_t i = 0; i < in->n_fines; i++) {
		const struct roi_fine *class = &in->fines[i];
		struct exact expected;

		if (!part_of(class->probability, class->severity, &expected) ||
			!exact_add(*sum, expected, sum))
			return false;
	}
	return true;
}

static bool add_savings(const struct roi_scenario *in, struct amounts *sums)
{
	struct exact hours;

	sums->fees = exact_of(in->fee_saving.minor);
	return exact_subtract(exact_of_decimal(in->hours_before),
		       exact_of_decimal(in->hours_after), &hours) &&
	       exact_multiply(
		       hours, exact_of(in->hour_rate.minor), &sums->hours) &&
	       exact_add(sums->hours, sums->fees, &sums->audit) &&
	       part_of(in->minutes_avoided, in->minute_value, &sums->downtime);
}

static bool add_up(const struct roi_scenario *in, struct amounts *sums)
{
	struct exact savings;

	sums->cost = exact_of(in->cost.minor);
	if (!add_fines(in, &sums->fines) || !add_savings(in, sums) ||
		!exact_add(sums->audit, sums->downtime, &savings) ||
		!exact_add(savings, sums->fines, &sums->total) ||
		!exact_subtract(sums->cost, savings, &sums->break_even))
		return false;
	if (!in->has_loss)
		return true;
	return part_of(in->aro_before, in->sle, &sums->ale_before) &&
	       part_of(in->aro_after, in->sle, &sums->ale_after);
}

static bool round_all(const struct amounts *sums, struct roi_result *out)
{
	return exact_round(sums->cost, &out->cost) &&
	       exact_round(sums->fines, &out->fines) &&
	       exact_round(sums->hours, &out->hours) &&
	       exact_round(sums->fees, &out->fees) &&
	       exact_round(sums->audit, &out->audit) &&
	       exact_round(sums->downtime, &out->downtime) &&
	       exact_round(sums->total, &out->total) &&
	       exact_round(sums->break_even, &out->break_even) &&
	       exact_round(sums->ale_before, &out->ale_before) &&
	       exact_round(sums->ale_after, &out->ale_after);
}

/* (gain - cost) / cost */
static bool return_on(
	struct exact gain, struct exact cost, struct exact_ratio *out)
{
	struct exact profit;

	return exact_subtract(gain, cost, &profit) &&
	       exact_divide(profit, cost, out);
}

static bool add_ratios(const struct roi_scenario *in,
	const struct amounts *sums, struct roi_result *out)
{
	struct exact avoided;

	out->break_even_needed = exact_sign(sums->break_even) > 0;
	if (!return_on(sums->total, sums->cost, &out->roi))
		return false;
	if (!in->has_loss)
		return true;
	return exact_subtract(sums->ale_before, sums->ale_after, &avoided) &&
	       return_on(avoided, sums->cost, &out->rosi);
}

static bool add_flows(const struct roi_scenario *in, struct roi_result *out)
{
	struct arena scratch = {0};
	int64_t *flows = arena_array(&scratch, int64_t, in->n_flows);
	bool ok;

	for (size_t i = 0; i < in->n_flows; i++)
		flows[i] = in->flows[i].minor;
	ok = cashflow_payback(
		flows, in->n_flows, (struct decimal) {0, 0}, &out->payback);
	out->has_npv = in->has_discount && in->n_flows > 0;
	if (out->has_npv)
		ok = ok &&
		     cashflow_present_value(flows, in->n_flows,
			     in->discount_rate, &out->npv) &&
		     cashflow_payback(flows, in->n_flows, in->discount_rate,
			     &out->discounted_payback);
	arena_free(&scratch);
	return ok;
}

enum roi_status roi_compute(
	const struct roi_scenario *in, struct roi_result *out, size_t *fine)
{
	struct amounts sums = {0};
	struct roi_result result = {0};
	enum roi_status status = check(in, fine);
	bool has_cost = in->cost.minor > 0;

	if (status != ROI_OK)
		return status;
	if (!add_up(in, &sums) || !round_all(&sums, &result) ||
		!add_flows(in, &result))
		return ROI_TOO_LARGE;
	if (has_cost && !add_ratios(in, &sums, &result))
		return ROI_TOO_LARGE;
	*out = result;
	return has_cost ? ROI_OK : ROI_NO_COST;
}

static int64_t clamped(__int128 value)
{
	return value > INT64_MAX ? INT64_MAX : (int64_t)value;
}

static int64_t share_of(
	const struct roi_cap_row *row, int64_t turnover, int64_t count)
{
	__int128 parts = (__int128)turnover * row->turnover_bp;

	/* What overflows here is above INT64_MAX after the division too. */
	if (__builtin_mul_overflow(parts, (__int128)count, &parts))
		return INT64_MAX;
	return clamped(parts / (row->per_day ? 10000 * 365 : 10000));
}

bool roi_cap_of(const struct roi_cap_row *row, const int64_t *turnover,
	int64_t count, struct roi_cap *out)
{
	bool has_share = row->has_share && turnover;
	int64_t fixed = clamped((__int128)row->fixed_minor * count);
	int64_t share = has_share ? share_of(row, *turnover, count) : 0;
	bool takes_share = share > fixed;

	if (!row->has_fixed && !has_share)
		return false;
	if (row->rule == ROI_CAP_LOWER)
		takes_share = share < fixed;
	if (!row->has_fixed)
		takes_share = true;
	out->minor = has_share && takes_share ? share : fixed;
	out->turnover_unknown = row->has_share && !turnover;
	return true;
}
