#include "format/zonerule.h"

#include "base/rng.h"
#include "format/civil.h"

#include <criterion/criterion.h>

static struct zonerule rule_of(const char *text)
{
	struct zonerule rule = {0};

	cr_assert(zonerule_read(str_of(text), &rule), "%s", text);
	return rule;
}

static int64_t utc(int64_t year, int month, int mday, int hour, int minute)
{
	return civil_day(year, month, mday) * SECONDS_PER_DAY + hour * 3600 +
	       minute * 60;
}

Test(zonerule, reads_names_and_offsets)
{
	static const struct {
		const char *text;
		int32_t standard_s, summer_s;
		const char *standard, *summer;
	} rows[] = {
		{"UTC0", 0, 0, "UTC", ""},
		{"<+01>-1", 3600, 0, "+01", ""},
		{"<+0545>-5:45", 20700, 0, "+0545", ""},
		{"CET-1CEST,M3.5.0,M10.5.0/3", 3600, 7200, "CET", "CEST"},
		{"EST5EDT,M3.2.0,M11.1.0", -18000, -14400, "EST", "EDT"},
		{"IST-1GMT0,M10.5.0,M3.5.0/1", 3600, 0, "IST", "GMT"},
		{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 37800, 39600, "+1030",
			"+11"},
		{"ABC+1:02:03DEF,J1/-167:59:59,365/+167", -3723, -123, "ABC",
			"DEF"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct zonerule rule = rule_of(rows[i].text);

		cr_expect(rule.standard_s == rows[i].standard_s, "row %zu", i);
		cr_expect(rule.summer_s == rows[i].summer_s, "row %zu", i);
		cr_expect(
			str_equal(rule.standard_name, str_of(rows[i].standard)),
			"row %zu", i);
		cr_expect(str_equal(rule.summer_name, str_of(rows[i].summer)),
			"row %zu", i);
	}
}

Test(zonerule, refuses_what_is_no_rule)
{
	static const char *const rows[] = {"", "CE-1", "CET", "CET-", "CET-25",
		"CET-1:60", "CET-1CEST", "CET-1CEST,M3.5.0",
		"CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
		"CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,J0,J1", "CET-1CEST,J366,J1", "CET-1CEST,366,1",
		"CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0 ",
		"<+01-1", "<+1>-1", "CET-1CEST,,M10.5.0",
		"CET-1,M3.5.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0,M1.1.1"};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct zonerule rule;

		cr_expect_not(
			zonerule_read(str_of(rows[i]), &rule), "row %zu", i);
	}
}

Test(zonerule, changes_at_the_stated_instant)
{
	static const struct {
		const char *text;
		int64_t date[5]; /* of a change, UTC */
		int32_t before_s, after_s;
	} rows[] = {
		{"CET-1CEST,M3.5.0,M10.5.0/3", {2040, 3, 25, 1, 0}, 3600, 7200},
		{"CET-1CEST,M3.5.0,M10.5.0/3", {2040, 10, 28, 1, 0}, 7200,
			3600},
		{"EST5EDT,M3.2.0,M11.1.0", {2040, 3, 11, 7, 0}, -18000, -14400},
		{"EST5EDT,M3.2.0,M11.1.0", {2040, 11, 4, 6, 0}, -14400, -18000},
		/* Lord Howe: half an hour. */
		{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", {2040, 3, 31, 15, 0},
			39600, 37800},
		/* Dublin: the winter time is the exception. */
		{"IST-1GMT0,M10.5.0,M3.5.0/1", {2040, 3, 25, 1, 0}, 0, 3600},
		/* Nuuk, before midnight of the day named. */
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", {2040, 3, 25, 1, 0}, -7200,
			-3600},
		/* More than 24 hours after midnight. */
		{"IST-2IDT,M3.4.4/26,M10.5.0", {2040, 3, 23, 0, 0}, 7200,
			10800},
		/* 29 February is not a day for J60, and is one for 60. */
		{"AAA0BBB,J60/0,J300/0", {2040, 3, 1, 0, 0}, 0, 3600},
		{"AAA0BBB,J60/0,J300/0", {2041, 3, 1, 0, 0}, 0, 3600},
		{"AAA0BBB,J59/0,J300/0", {2040, 2, 28, 0, 0}, 0, 3600},
		{"AAA0BBB,60/0,300/0", {2040, 3, 1, 0, 0}, 0, 3600},
		{"AAA0BBB,60/0,300/0", {2041, 3, 2, 0, 0}, 0, 3600},
		/* A week later than 31 December is in the next year. */
		{"AAA0BBB,J365/167,J180/0", {2041, 1, 6, 23, 0}, 0, 3600},
		{"AAA0BBB,J1/-167,J180/0", {2040, 12, 25, 1, 0}, 0, 3600},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct zonerule rule = rule_of(rows[i].text);
		const int64_t *d = rows[i].date;
		int64_t at_s = utc(
			d[0], (int)d[1], (int)d[2], (int)d[3], (int)d[4]);
		struct zone_span before = zonerule_span(&rule, at_s - 1);
		struct zone_span after = zonerule_span(&rule, at_s);

		cr_expect(before.offset_s == rows[i].before_s, "row %zu", i);
		cr_expect(before.end_s == at_s, "row %zu", i);
		cr_expect(after.offset_s == rows[i].after_s, "row %zu", i);
		cr_expect(after.start_s == at_s, "row %zu", i);
	}
}

Test(zonerule, summer_time_that_never_ends)
{
	struct zonerule rule = rule_of("EST5EDT,0/0,J365/25");

	for (int64_t at_s = utc(2039, 12, 1, 0, 0);
		at_s < utc(2041, 2, 1, 0, 0); at_s += 1800)
		cr_assert_eq(zonerule_span(&rule, at_s).offset_s, -14400);
}

Test(zonerule, without_summer_time_one_stretch)
{
	struct zonerule rule = rule_of("<+0545>-5:45");
	struct zone_span span = zonerule_span(&rule, 1);

	cr_expect_eq(span.start_s, INT64_MIN);
	cr_expect_eq(span.end_s, INT64_MAX);
	cr_expect_eq(span.offset_s, 20700);
}

/* Property: a stretch holds its instant, and its ends hold the same stretch
   and the next one. */
Test(zonerule, stretches_tile_the_time)
{
	static const char *const texts[] = {"CET-1CEST,M3.5.0,M10.5.0/3",
		"IST-1GMT0,M10.5.0,M3.5.0/1", "AAA0BBB,J365/167,J1/-167",
		"AAA12BBB-12,0/0,J180/-100", "EST5EDT,0/0,J365/25",
		"AAA0BBB,M12.5.6/167,M12.5.6/166"};
	struct rng rng = {7};

	for (size_t i = 0; i < 6000; i++) {
		struct zonerule rule = rule_of(texts[i % 6]);
		int64_t at_s = (int64_t)(rng_next(&rng) >> 8) -
			       (INT64_C(1) << 55);
		struct zone_span span = zonerule_span(&rule, at_s), same, next;

		cr_assert(span.start_s <= at_s && at_s < span.end_s, "turn %zu",
			i);
		same = zonerule_span(&rule, span.end_s - 1);
		next = zonerule_span(&rule, span.end_s);
		cr_assert_eq(same.start_s, span.start_s);
		cr_assert_eq(same.end_s, span.end_s);
		cr_assert_eq(same.offset_s, span.offset_s);
		cr_assert_eq(next.start_s, span.end_s);
	}
}
