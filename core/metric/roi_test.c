#include "metric/roi.h"

#include <criterion/criterion.h>
#include <math.h>

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

#define EUR         ((sym)1)
#define USD         ((sym)2)

static struct roi_money eur(int64_t minor)
{
	return (struct roi_money) {minor, EUR};
}

static struct decimal number(int64_t digits, int scale)
{
	return (struct decimal) {digits, scale};
}

static bool is_ratio(struct exact_ratio ratio, double want)
{
	return ratio.denominator > 0 &&
	       fabs(exact_ratio_double(ratio) - want) <= 1e-6;
}

/* The base scenario of the published table; the others change parts of it. */
static struct roi_scenario base(const struct roi_fine *fine)
{
	return (struct roi_scenario) {
		.cost = eur(2500000),
		.fines = fine,
		.n_fines = 1,
		.hours_before = number(400, 0),
		.hours_after = number(250, 0),
		.hour_rate = eur(9000),
		.fee_saving = eur(600000),
		.minutes_avoided = number(120, 0),
		.minute_value = eur(5000),
	};
}

Test(roi, scenarios_equal_the_published_ones)
{
	static const struct {
		struct decimal probability;
		int64_t severity, hours_after, fee, minutes;
		int64_t fines, audit, downtime, total;
		double roi;
		int64_t break_even;
		bool needed;
	} rows[] = {
		{{5, 3}, 20000000, 300, 0, 60, 100000, 900000, 300000, 1300000,
			-0.48, 1300000, true},
		{{2, 2}, 100000000, 250, 600000, 120, 2000000, 1950000, 600000,
			4550000, 0.82, -50000, false},
		{{5, 2}, 200000000, 200, 900000, 240, 10000000, 2700000,
			1200000, 13900000, 4.56, -1400000, false},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct roi_fine fine = {rows[i].probability,
			eur(rows[i].severity), false, {0, 0}};
		struct roi_scenario in = base(&fine);
		struct roi_result got;
		size_t at;

		in.hours_after = number(rows[i].hours_after, 0);
		in.fee_saving = eur(rows[i].fee);
		in.minutes_avoided = number(rows[i].minutes, 0);
		cr_assert(roi_compute(&in, &got, &at) == ROI_OK, "row %zu", i);
		cr_expect(got.cost == 2500000);
		cr_expect(got.fines == rows[i].fines, "row %zu", i);
		cr_expect(got.audit == rows[i].audit, "row %zu", i);
		cr_expect(got.hours + got.fees == got.audit, "row %zu", i);
		cr_expect(got.fees == rows[i].fee, "row %zu", i);
		cr_expect(got.downtime == rows[i].downtime, "row %zu", i);
		cr_expect(got.total == rows[i].total, "row %zu", i);
		cr_expect(is_ratio(got.roi, rows[i].roi), "row %zu", i);
		cr_expect(got.break_even == rows[i].break_even, "row %zu", i);
		cr_expect(
			got.break_even_needed == rows[i].needed, "row %zu", i);
		cr_expect(got.rosi.denominator == 0 && !got.has_npv);
	}
}

Test(roi, the_return_is_an_exact_fraction)
{
	struct roi_fine fine = {{2, 2}, {100000000, EUR}, false, {0, 0}};
	struct roi_scenario in = base(&fine);
	struct roi_result got;
	size_t at;

	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(got.roi.numerator == 41 && got.roi.denominator == 50);
	in.cost = eur(300000000);
	in.fines = NULL;
	in.n_fines = 0;
	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(got.roi.numerator == -1983 && got.roi.denominator == 2000);
}

Test(roi, yearly_losses_equal_the_published_ones)
{
	struct roi_scenario in = {
		.cost = eur(2500000),
		.has_loss = true,
		.aro_before = number(2, 0),
		.aro_after = number(5, 1),
		.sle = eur(4000000),
	};
	struct roi_result got;
	size_t at;

	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(got.ale_before == 8000000 && got.ale_after == 2000000);
	cr_expect(is_ratio(got.rosi, 1.4));
	/* The same cost and 10,000.00 of avoided loss. */
	in.aro_after = number(175, 2);
	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(got.ale_before - got.ale_after == 1000000);
	cr_expect(is_ratio(got.rosi, -0.6));
}

Test(roi, flows_give_present_value_and_payback)
{
	static const struct roi_money flows[] = {{-4000000, EUR},
		{2000000, EUR}, {2000000, EUR}, {2000000, EUR}};
	struct roi_scenario in = {
		.cost = eur(4000000),
		.flows = flows,
		.n_flows = 4,
		.has_discount = true,
		.discount_rate = number(8, 2),
	};
	struct roi_result got;
	size_t at;

	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(got.has_npv && got.npv.minor == 1154194);
	cr_expect(got.payback.reached && got.payback.years == 2);
	cr_expect(fabs(got.discounted_payback.years - 2.273024) < 1e-6);
	in.has_discount = false;
	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(!got.has_npv && !got.discounted_payback.reached);
	cr_expect(got.payback.years == 2);
	in.n_flows = 0;
	in.has_discount = true;
	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(!got.has_npv && !got.payback.reached);
}

Test(roi, amounts_are_rounded_once_and_half_to_even)
{
	static const struct roi_fine fines[] = {
		{{5, 1}, {5, EUR}, false, {0, 0}},
		{{5, 1}, {2, EUR}, false, {0, 0}},
		{{5, 1}, {4, EUR}, false, {0, 0}},
	};
	struct roi_scenario in = {
		.cost = eur(1),
		.fines = fines,
		.n_fines = 1,
		.minutes_avoided = number(5, 1),
		.minute_value = eur(1),
	};
	struct roi_result got;
	size_t at;

	/* 2.5 + 0.5 is 3, though each part alone rounds down. */
	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(got.fines == 2 && got.downtime == 0 && got.total == 3);
	in.n_fines = 2;
	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(got.fines == 4);
	in.n_fines = 3;
	cr_assert(roi_compute(&in, &got, &at) == ROI_OK);
	cr_expect(got.fines == 6 && got.total == 6);
}

Test(roi, without_a_cost_the_ratios_are_not_available)
{
	static const int64_t costs[] = {0, -1};
	struct roi_fine fine = {{2, 2}, {100000000, EUR}, false, {0, 0}};
	struct roi_scenario in = base(&fine);
	struct roi_result got;
	size_t at;

	in.has_loss = true;
	for (size_t i = 0; i < COUNT(costs); i++) {
		in.cost = eur(costs[i]);
		cr_assert(roi_compute(&in, &got, &at) == ROI_NO_COST);
		cr_expect(got.roi.denominator == 0);
		cr_expect(got.rosi.denominator == 0);
		cr_expect(!got.break_even_needed);
		cr_expect(got.total == 4550000);
	}
}

Test(roi, errors_name_the_class_and_leave_the_result_alone)
{
	static const struct roi_fine good = {
		{2, 2}, {100, EUR}, true, {100, EUR}};
	static const struct {
		struct roi_fine fine;
		enum roi_status want;
	} rows[] = {
		{{{100001, 5}, {1, EUR}, false, {0, 0}}, ROI_BAD_PROBABILITY},
		{{{-1, 18}, {1, EUR}, false, {0, 0}}, ROI_BAD_PROBABILITY},
		{{{1, 0}, {101, EUR}, true, {100, EUR}}, ROI_ABOVE_CAP},
		{{{1, 0}, {1, USD}, false, {0, 0}}, ROI_MIXED_CURRENCIES},
		{{{1, 0}, {1, EUR}, true, {100, USD}}, ROI_MIXED_CURRENCIES},
		{{{1, 0}, {100, EUR}, true, {100, EUR}}, ROI_OK},
		{{{0, 0}, {1, 0}, true, {100, EUR}}, ROI_OK},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct roi_fine fines[] = {good, rows[i].fine};
		struct roi_scenario in = base(fines);
		struct roi_result got = {.cost = -7};
		size_t at = 99;

		in.n_fines = 2;
		cr_expect(roi_compute(&in, &got, &at) == rows[i].want,
			"row %zu", i);
		cr_expect((got.cost == -7) == (rows[i].want != ROI_OK),
			"row %zu", i);
		if (rows[i].want == ROI_BAD_PROBABILITY ||
			rows[i].want == ROI_ABOVE_CAP)
			cr_expect(at == 1, "row %zu", i);
	}
}

Test(roi, any_two_currencies_are_mixed)
{
	static const struct roi_money flow = {1, USD};
	struct roi_scenario one = base(NULL), two = one, three = one;
	struct roi_scenario four = one, five = one;
	struct roi_result got;
	size_t at;

	one.n_fines = two.n_fines = three.n_fines = four.n_fines =
		five.n_fines = 0;
	one.hour_rate.currency = USD;
	two.fee_saving.currency = USD;
	three.minute_value.currency = USD;
	four.sle = (struct roi_money) {1, USD};
	five.flows = &flow;
	five.n_flows = 1;
	cr_expect(roi_compute(&one, &got, &at) == ROI_MIXED_CURRENCIES);
	cr_expect(roi_compute(&two, &got, &at) == ROI_MIXED_CURRENCIES);
	cr_expect(roi_compute(&three, &got, &at) == ROI_MIXED_CURRENCIES);
	cr_expect(roi_compute(&four, &got, &at) == ROI_MIXED_CURRENCIES);
	cr_expect(roi_compute(&five, &got, &at) == ROI_MIXED_CURRENCIES);
}

Test(roi, numbers_beyond_exact_arithmetic_are_an_error)
{
	struct roi_scenario in = {
		.cost = eur(1),
		.hours_before = number(999999999999999999, 0),
		.hour_rate = eur(INT64_MAX),
	};
	struct roi_result got;
	size_t at;

	cr_expect(roi_compute(&in, &got, &at) == ROI_TOO_LARGE);
	in.hours_before = number(1, 0);
	cr_expect(roi_compute(&in, &got, &at) == ROI_OK);
	in.has_discount = true;
	in.discount_rate = number(-1, 0);
	cr_expect(roi_compute(&in, &got, &at) == ROI_BAD_DISCOUNT);
}

#define MILLION INT64_C(100000000) /* in cents */

#define UNDERTAKING(fixed, bp, rule)               \
	{                                          \
		true, true, fixed, bp, rule, false \
	}
#define VIOLATION(fixed)                                     \
	{                                                    \
		true, false, fixed, 0, ROI_CAP_HIGHER, false \
	}

Test(roi, caps_equal_the_published_ones)
{
	static const struct {
		struct roi_cap_row row;
		int64_t turnover, count, want;
	} rows[] = {
		{UNDERTAKING(2000000000, 400, ROI_CAP_HIGHER), 400 * MILLION, 1,
			2000000000},
		{UNDERTAKING(2000000000, 400, ROI_CAP_HIGHER), 1000 * MILLION,
			1, 4000000000},
		{UNDERTAKING(1000000000, 200, ROI_CAP_HIGHER), 600 * MILLION, 1,
			1200000000},
		{UNDERTAKING(3500000000, 700, ROI_CAP_HIGHER), 1000 * MILLION,
			1, 7000000000},
		{UNDERTAKING(1500000000, 300, ROI_CAP_HIGHER), 400 * MILLION, 1,
			1500000000},
		{UNDERTAKING(1500000000, 300, ROI_CAP_LOWER), 50 * MILLION, 1,
			150000000},
		{UNDERTAKING(1500000000, 300, ROI_CAP_HIGHER), 50 * MILLION, 1,
			1500000000},
		{UNDERTAKING(750000000, 100, ROI_CAP_LOWER), 10 * MILLION, 1,
			10000000},
		{UNDERTAKING(1750000000, 400, ROI_CAP_HIGHER), 300 * MILLION, 1,
			1750000000},
		{UNDERTAKING(1000000000, 200, ROI_CAP_HIGHER), 900 * MILLION, 1,
			1800000000},
		{UNDERTAKING(700000000, 140, ROI_CAP_HIGHER), 400 * MILLION, 1,
			700000000},
		{VIOLATION(266300), 0, 1000, 266300000},
		{VIOLATION(798800), 0, 1000, 798800000},
		{VIOLATION(10700), 0, 1000, 10700000},
		{VIOLATION(79900), 0, 1000, 79900000},
		{{false, true, 0, 100, ROI_CAP_HIGHER, true}, 365 * MILLION, 30,
			30000000},
		{{false, true, 0, 100, ROI_CAP_LOWER, true}, 365 * MILLION, 30,
			30000000},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct roi_cap got;

		cr_assert(roi_cap_of(
			&rows[i].row, &rows[i].turnover, rows[i].count, &got));
		cr_expect(got.minor == rows[i].want, "row %zu: %ld", i,
			(long)got.minor);
		cr_expect(!got.turnover_unknown, "row %zu", i);
	}
}

Test(roi, a_cap_without_turnover_is_the_fixed_figure_and_says_so)
{
	static const struct roi_cap_row both = UNDERTAKING(
		1500000000, 300, ROI_CAP_LOWER);
	static const struct roi_cap_row fixed = VIOLATION(266300);
	static const struct roi_cap_row share = {
		false, true, 0, 100, ROI_CAP_HIGHER, true};
	static const struct roi_cap_row none = {0};
	struct roi_cap got = {-1, false};

	cr_expect(!roi_cap_of(&share, NULL, 1, &got));
	cr_expect(!roi_cap_of(&none, NULL, 1, &got));
	cr_expect(!roi_cap_of(&none, &(int64_t) {5}, 1, &got));
	cr_expect(got.minor == -1);
	cr_assert(roi_cap_of(&both, NULL, 1, &got));
	cr_expect(got.minor == 1500000000 && got.turnover_unknown);
	cr_assert(roi_cap_of(&fixed, NULL, 2, &got));
	cr_expect(got.minor == 532600 && !got.turnover_unknown);
}

Test(roi, a_cap_is_rounded_down_and_never_wraps)
{
	static const struct roi_cap_row share = {
		false, true, 0, 399, ROI_CAP_HIGHER, false};
	static const struct roi_cap_row fixed = VIOLATION(INT64_MAX);
	int64_t turnover = 9999;
	struct roi_cap got;

	cr_assert(roi_cap_of(&share, &turnover, 1, &got));
	cr_expect(got.minor == 398); /* 398.96 */
	turnover = INT64_MAX;
	cr_assert(roi_cap_of(&share, &turnover, INT64_MAX, &got));
	cr_expect(got.minor == INT64_MAX);
	cr_assert(roi_cap_of(&share, &turnover, 1000, &got));
	cr_expect(got.minor == INT64_MAX);
	cr_assert(roi_cap_of(&fixed, NULL, 2, &got));
	cr_expect(got.minor == INT64_MAX);
}
