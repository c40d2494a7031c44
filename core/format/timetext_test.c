#include "format/timetext.h"

#include "base/rng.h"

#include <criterion/criterion.h>

struct row {
	const char *text;
	int date[3];
	int clock[3];
	int32_t ns;
	enum time_precision precision;
	enum date_order order;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct row *want = &rows[i];
		struct timetext got = {0};

		cr_expect(timetext_read(str_of(want->text), 69, &got), "%s",
			want->text);
		cr_expect(got.year == want->date[0] &&
				  got.month == want->date[1] &&
				  got.mday == want->date[2],
			"%s", want->text);
		cr_expect(got.hour == want->clock[0] &&
				  got.minute == want->clock[1] &&
				  got.second == want->clock[2] &&
				  got.ns == want->ns,
			"%s", want->text);
		cr_expect(got.precision == want->precision, "%s", want->text);
		cr_expect(got.order == want->order, "%s", want->text);
	}
}

Test(timetext, year_first)
{
	static const struct row rows[] = {
		{"2026-03-01", {2026, 3, 1}, {0}, 0, TIME_DAY, DATE_YMD},
		{"2026/03/01", {2026, 3, 1}, {0}, 0, TIME_DAY, DATE_YMD},
		{"0000-01-01", {0, 1, 1}, {0}, 0, TIME_DAY, DATE_YMD},
		{"2024-02-29", {2024, 2, 29}, {0}, 0, TIME_DAY, DATE_YMD},
		{"2026-03-01T05:06", {2026, 3, 1}, {5, 6, 0}, 0, TIME_MINUTE,
			DATE_YMD},
		{"2026-03-01t05:06:07z", {2026, 3, 1}, {5, 6, 7}, 0,
			TIME_SECOND, DATE_YMD},
		{"2014/10/22 11:15:41.000", {2014, 10, 22}, {11, 15, 41}, 0,
			TIME_MS, DATE_YMD},
		{"2026-03-01 05:06:07.5", {2026, 3, 1}, {5, 6, 7}, 500000000,
			TIME_MS, DATE_YMD},
		{"2026-03-01 05:06:07.0005", {2026, 3, 1}, {5, 6, 7}, 500000,
			TIME_US, DATE_YMD},
		{"2026-03-01 05:06:07.123456", {2026, 3, 1}, {5, 6, 7},
			123456000, TIME_US, DATE_YMD},
		{"2026-03-01 05:06:07.1234567", {2026, 3, 1}, {5, 6, 7},
			123456700, TIME_NS, DATE_YMD},
		{"2026-03-01 05:06:07.123456789", {2026, 3, 1}, {5, 6, 7},
			123456789, TIME_NS, DATE_YMD},
		{"2026-02-28T24:00:00", {2026, 2, 28}, {24, 0, 0}, 0,
			TIME_SECOND, DATE_YMD},
		{"2026-02-28T24:00:00.000", {2026, 2, 28}, {24, 0, 0}, 0,
			TIME_MS, DATE_YMD},
		{"2016-12-31T23:59:60", {2016, 12, 31}, {23, 59, 60}, 0,
			TIME_SECOND, DATE_YMD},
		{"2016-12-31T23:59:60.25", {2016, 12, 31}, {23, 59, 60},
			250000000, TIME_MS, DATE_YMD},
	};

	check(rows, sizeof(rows) / sizeof(*rows));
}

Test(timetext, year_last)
{
	static const struct row rows[] = {
		{"29/2/2016 01:16", {2016, 2, 29}, {1, 16, 0}, 0, TIME_MINUTE,
			DATE_DMY},
		{"29-02-2016 01:16", {2016, 2, 29}, {1, 16, 0}, 0, TIME_MINUTE,
			DATE_DMY},
		{"6/21/2025 16:14", {2025, 6, 21}, {16, 14, 0}, 0, TIME_MINUTE,
			DATE_MDY},
		{"6/7/2025", {2025, 7, 6}, {0}, 0, TIME_DAY, DATE_UNKNOWN},
		{"12/12/2025 1:02:03.4", {2025, 12, 12}, {1, 2, 3}, 400000000,
			TIME_MS, DATE_UNKNOWN},
		{"9/20/2023 4:05:03 AM", {2023, 9, 20}, {4, 5, 3}, 0,
			TIME_SECOND, DATE_MDY},
		{"9/20/2023 12:05:03 am", {2023, 9, 20}, {0, 5, 3}, 0,
			TIME_SECOND, DATE_MDY},
		{"9/20/2023 12:05:03 pM", {2023, 9, 20}, {12, 5, 3}, 0,
			TIME_SECOND, DATE_MDY},
		{"9/20/2023 11:59 PM", {2023, 9, 20}, {23, 59, 0}, 0,
			TIME_MINUTE, DATE_MDY},
		{"9/20/2023, 4:05:03 AM", {2023, 9, 20}, {4, 5, 3}, 0,
			TIME_SECOND, DATE_MDY},
		{"12/Mar/24 9:41 AM", {2024, 3, 12}, {9, 41, 0}, 0, TIME_MINUTE,
			DATE_YMD},
		{"12-MARCH-2024", {2024, 3, 12}, {0}, 0, TIME_DAY, DATE_YMD},
		{"1/may/69", {1969, 5, 1}, {0}, 0, TIME_DAY, DATE_YMD},
		{"1/may/68", {2068, 5, 1}, {0}, 0, TIME_DAY, DATE_YMD},
		{"1/sep/00", {2000, 9, 1}, {0}, 0, TIME_DAY, DATE_YMD},
		{"1/September/99", {1999, 9, 1}, {0}, 0, TIME_DAY, DATE_YMD},
	};

	check(rows, sizeof(rows) / sizeof(*rows));
}

Test(timetext, compact)
{
	static const struct row rows[] = {
		{"20231218054831.655", {2023, 12, 18}, {5, 48, 31}, 655000000,
			TIME_MS, DATE_YMD},
		{"20220803011210", {2022, 8, 3}, {1, 12, 10}, 0, TIME_SECOND,
			DATE_YMD},
		{"19700101000000", {1970, 1, 1}, {0}, 0, TIME_SECOND, DATE_YMD},
		{"22001231235959", {2200, 12, 31}, {23, 59, 59}, 0, TIME_SECOND,
			DATE_YMD},
	};

	check(rows, sizeof(rows) / sizeof(*rows));
}

Test(timetext, zones)
{
	static const struct {
		const char *text;
		bool has_offset, unknown;
		int32_t offset_s;
		const char *abbreviation;
	} rows[] = {
		{"2026-03-01 05:06:07", false, false, 0, ""},
		{"2026-03-01 05:06:07Z", true, false, 0, ""},
		{"2026-03-01 05:06:07 z", true, false, 0, ""},
		{"2026-03-01 05:06+02", true, false, 7200, ""},
		{"2026-03-01 05:06:07.5-0530", true, false, -19800, ""},
		{"2026-03-01T05:06:07 +18:00", true, false, 64800, ""},
		{"2026-03-01T05:06:07-00:00", true, true, 0, ""},
		{"2026-03-01T05:06:07-0000", true, true, 0, ""},
		{"2026-03-01T05:06:07-00", true, true, 0, ""},
		{"2026-03-01T05:06:07+00:00", true, false, 0, ""},
		{"9/10/2026, 4:21:14 AM PDT", false, false, 0, "PDT"},
		{"9/10/2026 16:21 CEST", false, false, 0, "CEST"},
		{"9/10/2026 4:21 PM +02:00", true, false, 7200, ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct timetext got = {0};

		cr_expect(timetext_read(str_of(rows[i].text), 69, &got),
			"row %zu", i);
		cr_expect(got.has_offset == rows[i].has_offset, "row %zu", i);
		cr_expect(got.zone_unknown == rows[i].unknown, "row %zu", i);
		cr_expect(got.offset_s == rows[i].offset_s, "row %zu", i);
		cr_expect(str_equal(got.abbreviation,
				  str_of(rows[i].abbreviation)),
			"row %zu", i);
	}
}

Test(timetext, everything_else_is_refused)
{
	static const char *const rows[] = {/* no such date */
		"2023-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
		"2026-04-31", "31/02/2024", "30/Feb/24", "13/13/2024",
		"0/5/2024", "5/0/2024", "0000-00-00 00:00:00",
		/* no such clock */
		"2026-03-01T25:00:00Z", "2026-03-01T24:00:01Z",
		"2026-03-01T24:01:00Z", "2026-03-01T24:00:00.001Z",
		"2026-03-01T23:60:00Z", "2026-03-01T23:58:60Z",
		"2026-03-01T23:59:61Z", "9/20/2023 0:05 AM",
		"9/20/2023 13:05 PM", "9/20/2023 24:00:00 PM",
		/* digits missing or too many */
		"26-03-01", "2026-3-01", "2026-03-1", "02026-03-01",
		"2026-03-01T5:06:07Z", "2026-03-01T05:6:07Z",
		"2026-03-01T05:06:7Z", "2026-03-01T05Z", "2026-03-01T05:06:07.",
		"2026-03-01T05:06:07.Z", "2026-03-01T05:06:07.0123456789Z",
		"001/2/2024", "1/002/2024", "6/21/25 16:14", "12/Mar/024",
		"12/Mar/4", "6/21/20255", "9/20/2023 4:5:03 AM",
		/* other marks */
		"2026-03/01", "2026.03.01", "2026-03-01_05:06:07",
		"2026-03-01  05:06:07", "2026-03-01T", "2026-03-01 ",
		"2026-03-01T05:06:07,5Z", "2026-03-01T05:06:07ZZ",
		"2026-03-01T05:06:07 ", "2026-03-01T05:06:07  Z",
		"2026-03-01T05:06:07+18:30", "2026-03-01T05:06:07+2",
		"2026-03-01Z", "2026-03-01+02:00", "6/21-2025", "6.21.2025",
		"6/21/2025,16:14", "6/21/2025T16:14", "6/21/2025 4:05AM",
		"6/21/2025 4:05 XM", "9/10/2026 4:21 AMPDT",
		"2026-03-01 05:06:07CET", "2026-03-01 05:06:07 cet",
		"2026-03-01 05:06:07 CE", "2026-03-01 05:06:07 ABCDEFG",
		"12/M\xc3\xa4r/24", "12/Mr/24", "12/Marc/24", "12/Mar-24",
		"Mar/12/24", "12/", "12/03/", "1/1/1", "+1/1/2024",
		"2023-09-20 4:05:03 AM",
		/* compact, but not quite */
		"2023121805483", "202312180548311", "20231218054831.",
		"20231218054831.65", "20231218054831.6555",
		"20231218054831,655", "20231318054831", "19691231235959",
		"22010101000000", "20231218245959", "2023121805483x", "", "now",
		"nonsense", "--------"};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct timetext got;

		cr_expect_not(timetext_read(str_of(rows[i]), 69, &got), "'%s'",
			rows[i]);
	}
	cr_expect_not(timetext_read(
		(struct str) {"2026-03-01\0", 11}, 69, &(struct timetext) {0}));
}

/* Property: whatever bytes are changed, what is read is a date and a clock
   that exist. */
Test(timetext, damaged_texts_stay_in_range)
{
	static const char *const seeds[] = {"2023-12-18T05:48:31.655Z",
		"9/10/2026, 4:21:14 AM PDT", "12/Mar/24 9:41 AM",
		"20231218054831.655", "29-02-2016 01:16",
		"2014/10/22 11:15:41.000 +0200"};
	static const char bytes[] = "0123456789/-:., TtZzAPMm+";
	struct rng rng = {3};

	for (int i = 0; i < 200000; i++) {
		struct str seed = str_of(seeds[i % 6]);
		char text[40];
		struct timetext got;

		for (size_t j = 0; j < seed.len; j++)
			text[j] = seed.s[j];
		for (int j = 0; j < 2; j++)
			text[rng_below(&rng, seed.len)] =
				bytes[rng_below(&rng, sizeof(bytes) - 1)];
		if (!timetext_read((struct str) {text, seed.len}, 69, &got))
			continue;
		cr_assert(got.month >= 1 && got.month <= 12);
		cr_assert(got.mday >= 1 && got.mday <= 31);
		cr_assert(got.hour >= 0 && got.hour <= 24);
		cr_assert(got.minute >= 0 && got.minute <= 59);
		cr_assert(got.second >= 0 && got.second <= 60);
		cr_assert(got.ns >= 0 && got.ns < 1000000000);
	}
}
