#include "format/civil.h"

#include "base/rng.h"

#include <criterion/criterion.h>

struct date {
	int64_t year;
	int month, mday;
};

static const int month_days[] = {
	31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/* The slow, obvious calendar: one day after the other. */
static void next_day(struct date *date)
{
	bool leap = date->year % 4 == 0 &&
		    (date->year % 100 != 0 || date->year % 400 == 0);
	int last = month_days[date->month - 1] + (leap && date->month == 2);

	if (++date->mday <= last)
		return;
	date->mday = 1;
	if (++date->month <= 12)
		return;
	date->month = 1;
	date->year++;
}

Test(civil, known_days)
{
	static const struct {
		int64_t day;
		struct date date;
		int weekday;
	} rows[] = {
		{0, {1970, 1, 1}, 3},
		{-1, {1969, 12, 31}, 2},
		{-25569, {1899, 12, 30}, 5},
		{11016, {2000, 2, 29}, 1},
		{19709, {2023, 12, 18}, 0},
		{20512, {2026, 2, 28}, 5},
		{-719162, {1, 1, 1}, 0},
		{-719528, {0, 1, 1}, 5},
		{-719529, {-1, 12, 31}, 4},
		{2932896, {9999, 12, 31}, 4},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct date *want = &rows[i].date;
		struct date got;

		civil_date(rows[i].day, &got.year, &got.month, &got.mday);
		cr_expect(got.year == want->year && got.month == want->month &&
				  got.mday == want->mday,
			"row %zu", i);
		cr_expect(civil_day(want->year, want->month, want->mday) ==
				  rows[i].day,
			"row %zu", i);
		cr_expect(civil_weekday(rows[i].day) == rows[i].weekday,
			"row %zu", i);
	}
}

/* Property: from 1600 to 2400 every day equals that of a calendar that only
   ever takes the next day; 1600-01-01 was a Saturday. */
Test(civil, agrees_with_a_day_by_day_calendar)
{
	struct date slow = {1600, 1, 1};
	int weekday = 5;

	for (int64_t day = -135140; slow.year < 2400; day++) {
		struct date got;

		civil_date(day, &got.year, &got.month, &got.mday);
		cr_assert(got.year == slow.year && got.month == slow.month &&
				  got.mday == slow.mday,
			"day %lld", (long long)day);
		cr_assert_eq(civil_day(slow.year, slow.month, slow.mday), day);
		cr_assert_eq(civil_weekday(day), weekday);
		cr_assert(slow.mday <= civil_month_days(slow.year, slow.month));
		next_day(&slow);
		weekday = (weekday + 1) % 7;
	}
}

/* Property: date and day are inverse, also far away. */
Test(civil, round_trip_far_away)
{
	struct rng rng = {41};

	for (int i = 0; i < 20000; i++) {
		int64_t day = (int64_t)(rng_next(&rng) >> 14) -
			      (INT64_C(1) << 49);
		struct date got;

		civil_date(day, &got.year, &got.month, &got.mday);
		cr_assert_eq(civil_day(got.year, got.month, got.mday), day);
	}
}

Test(civil, month_lengths)
{
	cr_expect_eq(civil_month_days(2024, 2), 29);
	cr_expect_eq(civil_month_days(2023, 2), 28);
	cr_expect_eq(civil_month_days(1900, 2), 28);
	cr_expect_eq(civil_month_days(2000, 2), 29);
	cr_expect_eq(civil_month_days(-400, 2), 29);
	cr_expect_eq(civil_month_days(2023, 12), 31);
	cr_expect_eq(civil_month_days(2023, 4), 30);
}

Test(civil, floor_division_rounds_down)
{
	cr_expect_eq(civil_floor_div(7, 7), 1);
	cr_expect_eq(civil_floor_div(6, 7), 0);
	cr_expect_eq(civil_floor_div(-1, 7), -1);
	cr_expect_eq(civil_floor_div(-7, 7), -1);
	cr_expect_eq(civil_floor_div(-8, 7), -2);
}
