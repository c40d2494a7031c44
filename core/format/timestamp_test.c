#include "format/timestamp.h"

#include "base/rng.h"
#include "format/civil.h"
#include "zone_p.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define BERLIN   "CET-1CEST,M3.5.0,M10.5.0/3"
#define NEW_YORK "EST5EDT,M3.2.0,M11.1.0"

static struct instant read_ok(const char *text, struct time_form form)
{
	struct instant out = {0};
	enum time_status status = timestamp_read(str_of(text), &form, &out);

	cr_expect(status == TIME_OK, "'%s': status %d", text, status);
	return out;
}

static enum time_status status_of(const char *text, struct time_form form)
{
	struct instant out = {.ns = 42};
	enum time_status status = timestamp_read(str_of(text), &form, &out);

	if (status != TIME_OK)
		cr_expect(out.ns == 42, "'%s' touched the result", text);
	return status;
}

/* Every form of lineal-inputs(5), in UTC where it needs a zone. */
Test(timestamp, every_form_gives_its_instant)
{
	static const struct {
		const char *text;
		enum date_order order;
		int64_t ns;
		enum time_precision precision;
	} rows[] = {
		{"2023-12-18T05:48:31.655Z", 0, 1702878511655000000, TIME_MS},
		{"2013-04-21t13:07:16z", 0, 1366549636000000000, TIME_SECOND},
		{"2013-04-21T13:07:16-06:00", 0, 1366571236000000000,
			TIME_SECOND},
		{"2022-08-16T09:26:38.000+0000", 0, 1660641998000000000,
			TIME_MS},
		{"2022-08-16T11:26:38+02", 0, 1660641998000000000, TIME_SECOND},
		{"2026-01-24T06:54:24.0000000Z ", 0, 1769237664000000000,
			TIME_NS},
		{"2026-01-24T06:54:24.1234567Z", 0, 1769237664123456700,
			TIME_NS},
		{"20231218054831.655", 0, 1702878511655000000, TIME_MS},
		{"20220803011210", 0, 1659489130000000000, TIME_SECOND},
		{"2018-04-03 09:05:14", 0, 1522746314000000000, TIME_SECOND},
		{"2014/10/22 11:15:41.000", 0, 1413976541000000000, TIME_MS},
		{"9/20/2023 4:05:03 AM", DATE_MDY, 1695182703000000000,
			TIME_SECOND},
		{"9/20/2023 12:05:03 AM", DATE_MDY, 1695168303000000000,
			TIME_SECOND},
		{"9/20/2023 12:05:03 PM", DATE_MDY, 1695211503000000000,
			TIME_SECOND},
		{"9/10/2026, 4:21:14 AM PDT", DATE_MDY, 1789039274000000000,
			TIME_SECOND},
		{"12/Mar/24 9:41 AM", 0, 1710236460000000000, TIME_MINUTE},
		{"6/21/2025 16:14", 0, 1750522440000000000, TIME_MINUTE},
		{"29/2/2016 01:16", 0, 1456708560000000000, TIME_MINUTE},
		{"29-02-2016 01:16", DATE_DMY, 1456708560000000000,
			TIME_MINUTE},
		{"2026-03-01", 0, 1772323200000000000, TIME_DAY},
		{"2022-07-13T03:38:52.810Z", 0, 1657683532810000000, TIME_MS},
		{"1293143523", 0, 1293143523000000000, TIME_SECOND},
		{"1364481363.243", 0, 1364481363243000000, TIME_MS},
		{"1608100000000", 0, 1608100000000000000, TIME_MS},
		{"1608100000000000", 0, 1608100000000000000, TIME_US},
		{"1544712660000000000", 0, 1544712660000000000, TIME_NS},
		{"2026-02-28T24:00:00Z", 0, 1772323200000000000, TIME_SECOND},
		{"2016-12-31T23:59:60Z", 0, 1483228800000000000, TIME_SECOND},
		{"\t 2026-03-01 \t", 0, 1772323200000000000, TIME_DAY},
	};
	struct arena a = {0};
	struct time_form form = {.zone = zone_utc(&a), .year_pivot = 69};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct instant got;

		form.order = rows[i].order;
		got = read_ok(rows[i].text, form);
		cr_expect(got.ns == rows[i].ns, "row %zu: %lld", i,
			(long long)got.ns);
		cr_expect(got.precision == rows[i].precision, "row %zu", i);
		cr_expect(got.leap_second == (strstr(rows[i].text, ":60") != 0),
			"row %zu", i);
		cr_expect_not(got.ambiguous || got.nonexistent, "row %zu", i);
	}
	arena_free(&a);
}

Test(timestamp, printed_results_of_the_forms)
{
	static const struct {
		const char *text, *printed;
	} rows[] = {
		{"2023-12-18T05:48:31.655Z", "2023-12-18T05:48:31.655Z"},
		{"2013-04-21T13:07:16-06:00", "2013-04-21T19:07:16Z"},
		{"2026-01-24T06:54:24.1234567Z",
			"2026-01-24T06:54:24.123456700Z"},
		{"1293143523", "2010-12-23T22:32:03Z"},
		{"1364481363.243", "2013-03-28T14:36:03.243Z"},
		{"1608100000000", "2020-12-16T06:26:40Z"},
		{"1544712660000000000", "2018-12-13T14:51:00Z"},
		{"100000000000", "1973-03-03T09:46:40Z"},
		{"100000000000000", "1973-03-03T09:46:40Z"},
		{"100000000000000000", "1973-03-03T09:46:40Z"},
		{"9223372036", "2262-04-11T23:47:16Z"},
		{"9223372036854775807", "2262-04-11T23:47:16.854775807Z"},
		{"-9223372036854775808", "1677-09-21T00:12:43.145224192Z"},
		{"2262-04-11T23:47:16.854775807Z",
			"2262-04-11T23:47:16.854775807Z"},
		{"1677-09-21T00:12:43.145224192Z",
			"1677-09-21T00:12:43.145224192Z"},
		{"2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500Z"},
		{"2026-02-28T24:00:00Z", "2026-03-01T00:00:00Z"},
		{"0", "1970-01-01T00:00:00Z"},
		{"-0", "1970-01-01T00:00:00Z"},
		{"-1", "1969-12-31T23:59:59Z"},
		{"-0.5", "1969-12-31T23:59:59.500Z"},
		{"-1.000001", "1969-12-31T23:59:58.999999Z"},
		{"1.123456789", "1970-01-01T00:00:01.123456789Z"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct instant got = read_ok(
			rows[i].text, (struct time_form) {0});
		char buffer[40];
		struct str text = timestamp_print(got.ns, buffer);

		cr_expect(str_equal(text, str_of(rows[i].printed)),
			"row %zu: %.*s", i, STR_ARG(text));
		cr_expect(got.has_offset, "row %zu", i);
	}
}

Test(timestamp, zone_of_the_column)
{
	static const struct {
		const char *text, *rule, *printed;
		bool ambiguous, nonexistent;
	} rows[] = {
		{"12/Mar/24 9:41 AM", BERLIN, "2024-03-12T08:41:00Z", 0, 0},
		{"6/21/2025 16:14", NEW_YORK, "2025-06-21T20:14:00Z", 0, 0},
		{"2026-03-01", BERLIN, "2026-02-28T23:00:00Z", 0, 0},
		{"2026-10-25 02:30", BERLIN, "2026-10-25T00:30:00Z", 1, 0},
		{"2026-03-29 02:30", BERLIN, "2026-03-29T01:30:00Z", 0, 1},
		{"2026-10-25 02:30:00+01:00", BERLIN, "2026-10-25T01:30:00Z", 0,
			0},
		{"2026-07-01 12:00 EST", BERLIN, "2026-07-01T17:00:00Z", 0, 0},
		{"20260701120000", NEW_YORK, "2026-07-01T16:00:00Z", 0, 0},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct time_form form = {.year_pivot = 69,
			.zone = zone_p_rule(&a, rows[i].rule)};
		struct instant got = read_ok(rows[i].text, form);
		char buffer[40];
		struct str text = timestamp_print(got.ns, buffer);

		cr_expect(str_equal(text, str_of(rows[i].printed)),
			"row %zu: %.*s", i, STR_ARG(text));
		cr_expect(got.ambiguous == rows[i].ambiguous, "row %zu", i);
		cr_expect(got.nonexistent == rows[i].nonexistent, "row %zu", i);
	}
	arena_free(&a);
}

Test(timestamp, abbreviations)
{
	static const struct {
		const char *name;
		int hours;
	} rows[] = {{"UTC", 0}, {"GMT", 0}, {"Z", 0}, {"EST", -5}, {"EDT", -4},
		{"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7},
		{"CET", 1}, {"CEST", 2}, {"WET", 0}, {"WEST", 1}, {"EET", 2},
		{"EEST", 3}};
	static const char *const refused[] = {
		"CST", "BST", "IST", "AST", "HST", "AEST", "MSK", "XYZ"};
	struct arena a = {0};
	struct time_form form = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str text = arena_print(
			&a, "2026-07-01 12:00:00 %s", rows[i].name);
		struct instant got = read_ok(text.s, form);

		cr_expect(got.ns == (1782907200 - rows[i].hours * 3600) *
					    NS_PER_SECOND,
			"%s", rows[i].name);
		cr_expect(got.has_offset, "%s", rows[i].name);
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		struct str text = arena_print(
			&a, "2026-07-01 12:00:00 %s", refused[i]);

		form.zone = NULL;
		cr_expect(status_of(text.s, form) == TIME_NO_ZONE, "%s",
			refused[i]);
		form.zone = zone_p_rule(&a, BERLIN);
		cr_expect(status_of(text.s, form) == TIME_NO_ZONE, "%s",
			refused[i]);
	}
	arena_free(&a);
}

Test(timestamp, an_abbreviation_of_the_column_zone)
{
	struct arena a = {0};
	struct time_form form = {
		.zone = zone_p_rule(&a, "CST6CDT,M3.2.0,M11.1.0")};

	cr_expect_eq(read_ok("2026-07-01 12:00:00 CST", form).ns,
		(1782907200 + 6 * 3600) * NS_PER_SECOND);
	form.zone = zone_p_rule(&a, "CST-8");
	cr_expect_eq(read_ok("2026-07-01 12:00:00 CST", form).ns,
		(1782907200 - 8 * 3600) * NS_PER_SECOND);
	cr_expect_eq(status_of("2026-07-01 12:00:00 BST", form), TIME_NO_ZONE);
	arena_free(&a);
}

Test(timestamp, offset_of_an_unknown_zone)
{
	struct instant got = read_ok(
		"2026-07-01T12:00:00-00:00", (struct time_form) {0});

	cr_expect_eq(got.ns, 1782907200 * NS_PER_SECOND);
	cr_expect(got.zone_unknown && got.has_offset);
	got = read_ok("2026-07-01T12:00:00+00:00", (struct time_form) {0});
	cr_expect_not(got.zone_unknown);
}

Test(timestamp, first_complaint_counts)
{
	static const struct {
		const char *text;
		enum date_order order;
		enum time_status without_zone, with_zone;
	} rows[] = {
		{"2018-04-03 09:05:14", 0, TIME_NO_ZONE, TIME_OK},
		{"2026-03-01", 0, TIME_NO_ZONE, TIME_OK},
		{"20231218054831.655", 0, TIME_NO_ZONE, TIME_OK},
		{"6/7/2025 16:14", 0, TIME_NO_ORDER, TIME_NO_ORDER},
		{"6/7/2025 16:14 CST", 0, TIME_NO_ORDER, TIME_NO_ORDER},
		{"6/7/2025 16:14", DATE_DMY, TIME_NO_ZONE, TIME_OK},
		{"6/7/2025 16:14 PDT", DATE_MDY, TIME_OK, TIME_OK},
		{"6/7/2025 16:14", DATE_YMD, TIME_UNREADABLE, TIME_UNREADABLE},
		{"6/21/2025 16:14", DATE_DMY, TIME_UNREADABLE, TIME_UNREADABLE},
		{"21/6/2025 16:14", DATE_MDY, TIME_UNREADABLE, TIME_UNREADABLE},
		{"21/6/2025 16:14", DATE_YMD, TIME_UNREADABLE, TIME_UNREADABLE},
		{"21/6/2025 16:14", DATE_DMY, TIME_NO_ZONE, TIME_OK},
		{"21/Jun/2025 16:14", DATE_MDY, TIME_NO_ZONE, TIME_OK},
		{"2025-06-21 16:14", DATE_MDY, TIME_NO_ZONE, TIME_OK},
		{"31/02/2025", DATE_DMY, TIME_UNREADABLE, TIME_UNREADABLE},
		{"0001-01-01T00:00:00Z", 0, TIME_NULL, TIME_NULL},
		{"0001-01-01T00:00:00.0000000", 0, TIME_NULL, TIME_NULL},
		{"1900-01-01", 0, TIME_NULL, TIME_NULL},
		{"1900-01-01 00:00:00", 0, TIME_NULL, TIME_NULL},
		{"1/1/1900", DATE_MDY, TIME_NULL, TIME_NULL},
		{"1/1/1900", 0, TIME_NO_ORDER, TIME_NO_ORDER},
		{"1900-01-01T01:00:00Z", 0, TIME_OK, TIME_OK},
		{"1900-01-01T00:01:00Z", 0, TIME_OK, TIME_OK},
		{"1900-01-01T00:00:01Z", 0, TIME_OK, TIME_OK},
		{"1900-01-01T00:00:00.1Z", 0, TIME_OK, TIME_OK},
		{"1900-01-02", 0, TIME_NO_ZONE, TIME_OK},
		{"0001-01-01T00:00:01Z", 0, TIME_OUT_OF_RANGE,
			TIME_OUT_OF_RANGE},
		{"0001-01-02", 0, TIME_NO_ZONE, TIME_OUT_OF_RANGE},
		{"9999-12-31T23:59:59Z", 0, TIME_OUT_OF_RANGE,
			TIME_OUT_OF_RANGE},
		{"2262-04-11T23:47:16.854775808Z", 0, TIME_OUT_OF_RANGE,
			TIME_OUT_OF_RANGE},
		{"1677-09-21T00:12:43.145224191Z", 0, TIME_OUT_OF_RANGE,
			TIME_OUT_OF_RANGE},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct time_form form = {.order = rows[i].order};

		cr_expect(status_of(rows[i].text, form) == rows[i].without_zone,
			"row %zu", i);
		form.zone = zone_utc(&a);
		cr_expect(status_of(rows[i].text, form) == rows[i].with_zone,
			"row %zu", i);
	}
	arena_free(&a);
}

Test(timestamp, day_and_month_change_places)
{
	struct arena a = {0};
	struct time_form form = {.zone = zone_utc(&a), .order = DATE_DMY};

	cr_expect_eq(read_ok("6/7/2025", form).ns,
		civil_day(2025, 7, 6) * NS_PER_DAY);
	form.order = DATE_MDY;
	cr_expect_eq(read_ok("6/7/2025", form).ns,
		civil_day(2025, 6, 7) * NS_PER_DAY);
	arena_free(&a);
}

Test(timestamp, order_that_a_value_proves)
{
	static const struct {
		const char *text;
		enum date_order order;
	} rows[] = {
		{"29/2/2016 01:16", DATE_DMY},
		{" 6/21/2025 16:14 ", DATE_MDY},
		{"6/7/2025", DATE_UNKNOWN},
		{"7/7/2025", DATE_UNKNOWN},
		{"2025-06-07", DATE_YMD},
		{"12/Mar/24", DATE_YMD},
		{"1608100000000", DATE_YMD},
		{"20231218054831.655", DATE_YMD},
		{"31/02/2024", DATE_YMD},
		{"", DATE_YMD},
		{"unknown", DATE_YMD},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(
			timestamp_order(str_of(rows[i].text)) == rows[i].order,
			"row %zu", i);
}

Test(timestamp, epoch_units_by_magnitude)
{
	static const struct {
		const char *text;
		enum time_status status;
		enum epoch_unit unit;
	} rows[] = {
		{"1293143523", TIME_OK, EPOCH_S},
		{"9223372037", TIME_OUT_OF_RANGE, 0},
		{"99999999999", TIME_OUT_OF_RANGE, 0},
		{"100000000000", TIME_OK, EPOCH_MS},
		{"-100000000000", TIME_OK, EPOCH_MS},
		{"9223372036854", TIME_OK, EPOCH_MS},
		{"9223372036855", TIME_OUT_OF_RANGE, 0},
		{"99999999999999", TIME_OUT_OF_RANGE, 0},
		{"100000000000000", TIME_OK, EPOCH_US},
		{"9223372036854775", TIME_OK, EPOCH_US},
		{"99999999999999999", TIME_OUT_OF_RANGE, 0},
		{"100000000000000000", TIME_OK, EPOCH_NS},
		{"9223372036854775808", TIME_OUT_OF_RANGE, 0},
		{"-9223372036854775809", TIME_OUT_OF_RANGE, 0},
		{"18446744073709551615", TIME_OUT_OF_RANGE, 0},
		{"18446744073709551616", TIME_UNREADABLE, 0},
		{"100000000000.5", TIME_UNREADABLE, 0},
		{"1.0123456789", TIME_UNREADABLE, 0},
		{"1.", TIME_UNREADABLE, 0},
		{".5", TIME_UNREADABLE, 0},
		{"-", TIME_UNREADABLE, 0},
		{"+1", TIME_UNREADABLE, 0},
		{"1e9", TIME_UNREADABLE, 0},
		{"1.5.5", TIME_UNREADABLE, 0},
		{"", TIME_UNREADABLE, 0},
		{"  ", TIME_UNREADABLE, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct time_form form = {0};
		struct instant got = {0};

		cr_expect(timestamp_read(str_of(rows[i].text), &form, &got) ==
				  rows[i].status,
			"row %zu", i);
		cr_expect(got.epoch == rows[i].unit, "row %zu", i);
	}
}

Test(timestamp, spreadsheet_serials)
{
	static const struct {
		const char *text;
		enum time_status status;
		const char *printed;
		enum time_precision precision;
	} rows[] = {
		{"45000.5", TIME_OK, "2023-03-15T12:00:00Z", TIME_MINUTE},
		{"45000", TIME_OK, "2023-03-15T00:00:00Z", TIME_DAY},
		{"45000.0", TIME_OK, "2023-03-15T00:00:00Z", TIME_DAY},
		{"61", TIME_OK, "1900-03-01T00:00:00Z", TIME_DAY},
		{"45000.395833333336", TIME_OK, "2023-03-15T09:30:00Z",
			TIME_MINUTE},
		{"45000.999999999", TIME_OK, "2023-03-16T00:00:00Z",
			TIME_MINUTE},
		{"60", TIME_UNREADABLE, "", 0},
		{"60.999", TIME_UNREADABLE, "", 0},
		{"-45000", TIME_UNREADABLE, "", 0},
		{"2026-03-01", TIME_UNREADABLE, "", 0},
		{"", TIME_UNREADABLE, "", 0},
		{"2958465", TIME_OUT_OF_RANGE, "", 0},
		{"2958466", TIME_OUT_OF_RANGE, "", 0},
		{"999999999999999999", TIME_OUT_OF_RANGE, "", 0},
		{"61.0000000000000000001", TIME_UNREADABLE, "", 0},
	};
	struct arena a = {0};
	struct time_form form = {
		.zone = zone_utc(&a), .spreadsheet_serial = true};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct instant got = {0};
		char buffer[40];

		cr_expect(timestamp_read(str_of(rows[i].text), &form, &got) ==
				  rows[i].status,
			"row %zu", i);
		if (rows[i].status != TIME_OK)
			continue;
		cr_expect(str_equal(timestamp_print(got.ns, buffer),
				  str_of(rows[i].printed)),
			"row %zu", i);
		cr_expect(got.precision == rows[i].precision, "row %zu", i);
	}
	form.zone = NULL;
	cr_expect_eq(status_of("45000.5", form), TIME_NO_ZONE);
	arena_free(&a);
}

static bool same_instant(
	const struct instant *left, const struct instant *right)
{
	return left->ns == right->ns && left->precision == right->precision &&
	       left->epoch == right->epoch &&
	       left->has_offset == right->has_offset &&
	       left->zone_unknown == right->zone_unknown &&
	       left->ambiguous == right->ambiguous &&
	       left->nonexistent == right->nonexistent &&
	       left->leap_second == right->leap_second;
}

/* Property: the fast way and the plain one, which a small 't' asks for, agree
   on right and wrong dates and clocks and on damaged texts. */
Test(timestamp, fast_way_agrees_with_the_plain_one)
{
	static const char bytes[] = "0123456789/:-.TZ";
	struct rng rng = {17};
	struct time_form form = {0};

	for (int i = 0; i < 150000; i++) {
		struct instant fast = {0}, plain = {0};
		enum time_status how;
		char text[32];
		int len = snprintf(text, sizeof(text),
			"%04d-%02d-%02dT%02d:%02d:%02d%sZ",
			1960 + (int)rng_below(&rng, 250),
			(int)rng_below(&rng, 14), (int)rng_below(&rng, 33),
			(int)rng_below(&rng, 26), (int)rng_below(&rng, 62),
			(int)rng_below(&rng, 62), i % 2 ? ".655" : "");
		size_t at = rng_below(&rng, (uint64_t)len);

		if (at != 10 && rng_chance(&rng, 300000))
			text[at] = bytes[rng_below(&rng, sizeof(bytes) - 1)];
		how = timestamp_read(
			(struct str) {text, (size_t)len}, &form, &fast);
		text[10] = 't';
		cr_assert_eq(timestamp_read((struct str) {text, (size_t)len},
				     &form, &plain),
			how, "%s", text);
		cr_assert(same_instant(&fast, &plain), "%s", text);
	}
}

/* Property: what is printed reads back as the same instant, with the fewest
   decimals. */
Test(timestamp, print_and_read_round_trip)
{
	static const int64_t units[] = {1, 1000, 1000000, 1000000000};
	static const size_t lengths[] = {30, 27, 24, 20};
	struct rng rng = {23};

	for (int i = 0; i < 200000; i++) {
		int64_t ns = (int64_t)rng_next(&rng) / units[i % 4] *
			     units[i % 4];
		char buffer[40];
		struct str text = timestamp_print(ns, buffer);
		struct instant got = {0};
		struct time_form form = {0};

		cr_assert_eq(timestamp_read(text, &form, &got), TIME_OK);
		cr_assert_eq(got.ns, ns, "%.*s", STR_ARG(text));
		cr_assert(text.len <= lengths[i % 4], "%.*s", STR_ARG(text));
	}
}

Test(timestamp, days)
{
	int64_t day = 42;

	cr_expect(timestamp_read_day(STR("2026-03-01"), &day));
	cr_expect_eq(day, 20513);
	cr_expect(timestamp_read_day(STR("0001-01-01"), &day));
	cr_expect_eq(day, -719162);
	cr_expect_not(timestamp_read_day(STR("2026-02-29"), &day));
	cr_expect_not(timestamp_read_day(STR("2026/03/01"), &day));
	cr_expect_not(timestamp_read_day(STR("12/03/2026"), &day));
	cr_expect_not(timestamp_read_day(STR(" 2026-03-01"), &day));
	cr_expect_not(timestamp_read_day(STR("2026-03-01T00:00"), &day));
	cr_expect_not(timestamp_read_day(STR(""), &day));
	cr_expect_eq(day, -719162);
}
