#include "format/zone.h"

#include "base/rng.h"
#include "format/civil.h"
#include "zone_p.h"

#include <criterion/criterion.h>

static const struct zone *system_zone(struct arena *a, const char *name)
{
	const struct zone *zone = zone_p_system(a, name);

	cr_assert_not_null(zone, "%s", name);
	return zone;
}

static int64_t seconds(const int date[6])
{
	return civil_day(date[0], date[1], date[2]) * SECONDS_PER_DAY +
	       date[3] * 3600 + date[4] * 60 + date[5];
}

Test(zone, offsets_are_read)
{
	static const struct {
		const char *text;
		bool good;
		int32_t offset_s;
	} rows[] = {
		{"+02:00", true, 7200},
		{"-0530", true, -19800},
		{"+02", true, 7200},
		{"-00:00", true, 0},
		{"+18:00", true, 64800},
		{"-1800", true, -64800},
		{"+18:01", false, 0},
		{"+19", false, 0},
		{"+02:60", false, 0},
		{"+2:00", false, 0},
		{"+02:0", false, 0},
		{"+020", false, 0},
		{"02:00", false, 0},
		{"+02:00 ", false, 0},
		{"+02.00", false, 0},
		{"+0:200", false, 0},
		{"+ 200", false, 0},
		{"", false, 0},
		{"Z", false, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int32_t offset_s = 0;

		cr_expect(zone_read_offset(str_of(rows[i].text), &offset_s) ==
				  rows[i].good,
			"row %zu", i);
		cr_expect(offset_s == rows[i].offset_s, "row %zu", i);
	}
}

Test(zone, names_cannot_leave_the_folder)
{
	static const char *const good[] = {"UTC", "Europe/Berlin",
		"America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST5EDT",
		"America/Port-au-Prince"};
	static const char *const bad[] = {"", "/", "/Europe", "Europe/",
		"Europe//Berlin", "../passwd", "Europe/..", "./UTC", "a b",
		"Europe\\Berlin", "Z\xc3\xbcrich"};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		cr_expect(zone_is_name(str_of(good[i])), "good %zu", i);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		cr_expect_not(zone_is_name(str_of(bad[i])), "bad %zu", i);
	cr_expect_not(zone_is_name((struct str) {"UT\0C", 4}));
}

Test(zone, fixed_zones_have_one_offset)
{
	struct arena a = {0};
	const struct zone *west = zone_fixed(&a, -19800);
	int64_t utc_s;

	cr_expect_eq(zone_offset(zone_utc(&a), INT64_MAX), 0);
	cr_expect_eq(zone_offset(west, INT64_MIN), -19800);
	cr_expect_eq(zone_to_utc(west, 0, &utc_s), ZONE_UNIQUE);
	cr_expect_eq(utc_s, 19800);
	cr_expect_eq(zone_first(west, 0), 19800);
	arena_free(&a);
}

/* Rows of `zdump -v`: the last second before a change and the change. */
Test(zone, changes_of_the_system_zones)
{
	static const struct {
		const char *name;
		int utc[6];
		int32_t before_s, after_s;
	} rows[] = {
		{"America/New_York", {2007, 3, 11, 7, 0, 0}, -18000, -14400},
		{"America/New_York", {2007, 11, 4, 6, 0, 0}, -14400, -18000},
		{"America/New_York", {1883, 11, 18, 17, 0, 0}, -17762, -18000},
		{"Asia/Kathmandu", {1919, 12, 31, 18, 18, 44}, 20476, 19800},
		{"Asia/Kathmandu", {1985, 12, 31, 18, 30, 0}, 19800, 20700},
		{"Australia/Lord_Howe", {2024, 4, 6, 15, 0, 0}, 39600, 37800},
		{"Australia/Lord_Howe", {2024, 10, 5, 15, 30, 0}, 37800, 39600},
		{"Africa/Casablanca", {2024, 3, 10, 2, 0, 0}, 3600, 0},
		{"Africa/Casablanca", {2024, 4, 14, 2, 0, 0}, 0, 3600},
		{"Europe/Dublin", {1971, 10, 31, 2, 0, 0}, 3600, 0},
		{"Europe/Dublin", {2024, 3, 31, 1, 0, 0}, 0, 3600},
		{"Pacific/Apia", {2011, 12, 30, 10, 0, 0}, -36000, 50400},
		{"America/Juneau", {1867, 10, 19, 0, 31, 13}, 54139, -32261},
		{"America/St_Johns", {2006, 10, 29, 2, 31, 0}, -9000, -12600},
		{"Asia/Beirut", {2021, 10, 30, 21, 0, 0}, 10800, 7200},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct zone *zone = system_zone(&a, rows[i].name);
		int64_t at_s = seconds(rows[i].utc);

		cr_expect(zone_offset(zone, at_s - 1) == rows[i].before_s,
			"row %zu", i);
		cr_expect(zone_offset(zone, at_s) == rows[i].after_s, "row %zu",
			i);
	}
	arena_free(&a);
}

/* Beyond 2037 only the rule knows. */
Test(zone, rule_holds_after_the_last_transition)
{
	static const struct {
		const char *name;
		int utc[6];
		int32_t offset_s;
	} rows[] = {
		{"Etc/UTC", {2100, 1, 1, 0, 0, 0}, 0},
		{"Asia/Kathmandu", {2100, 1, 1, 0, 0, 0}, 20700},
		{"Pacific/Apia", {2100, 1, 1, 0, 0, 0}, 46800},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(zone_offset(system_zone(&a, rows[i].name),
				  seconds(rows[i].utc)) == rows[i].offset_s,
			"row %zu", i);
	arena_free(&a);
}

struct local_row {
	int local[6];
	enum zone_local how;
	int utc[6];
};

static void check_local(
	const struct zone *zone, const struct local_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t utc_s = 0;
		enum zone_local how = zone_to_utc(
			zone, seconds(rows[i].local), &utc_s);

		cr_expect(how == rows[i].how, "row %zu: %d", i, how);
		cr_expect(utc_s == seconds(rows[i].utc), "row %zu: %lld", i,
			(long long)(utc_s - seconds(rows[i].utc)));
	}
}

Test(zone, local_times_twice_and_never)
{
	static const struct local_row rows[] = {
		{{2026, 10, 25, 2, 30, 0}, ZONE_TWICE,
			{2026, 10, 25, 0, 30, 0}},
		{{2026, 3, 29, 2, 30, 0}, ZONE_NEVER, {2026, 3, 29, 1, 30, 0}},
		{{2026, 3, 29, 1, 59, 59}, ZONE_UNIQUE,
			{2026, 3, 29, 0, 59, 59}},
		{{2026, 3, 29, 2, 0, 0}, ZONE_NEVER, {2026, 3, 29, 1, 0, 0}},
		{{2026, 3, 29, 3, 0, 0}, ZONE_UNIQUE, {2026, 3, 29, 1, 0, 0}},
		{{2026, 10, 25, 1, 59, 59}, ZONE_UNIQUE,
			{2026, 10, 24, 23, 59, 59}},
		{{2026, 10, 25, 2, 0, 0}, ZONE_TWICE, {2026, 10, 25, 0, 0, 0}},
		{{2026, 10, 25, 2, 59, 59}, ZONE_TWICE,
			{2026, 10, 25, 0, 59, 59}},
		{{2026, 10, 25, 3, 0, 0}, ZONE_UNIQUE, {2026, 10, 25, 2, 0, 0}},
	};
	struct arena a = {0};

	check_local(zone_p_rule(&a, "CET-1CEST,M3.5.0,M10.5.0/3"), rows,
		sizeof(rows) / sizeof(*rows));
	check_local(system_zone(&a, "Europe/Berlin"), rows,
		sizeof(rows) / sizeof(*rows));
	arena_free(&a);
}

Test(zone, local_times_round_a_skipped_day)
{
	static const struct local_row rows[] = {
		{{2011, 12, 29, 23, 59, 59}, ZONE_UNIQUE,
			{2011, 12, 30, 9, 59, 59}},
		{{2011, 12, 30, 0, 0, 0}, ZONE_NEVER, {2011, 12, 30, 10, 0, 0}},
		{{2011, 12, 30, 12, 0, 0}, ZONE_NEVER,
			{2011, 12, 30, 22, 0, 0}},
		{{2011, 12, 31, 0, 0, 0}, ZONE_UNIQUE,
			{2011, 12, 30, 10, 0, 0}},
	};
	struct arena a = {0};
	const struct zone *apia = system_zone(&a, "Pacific/Apia");
	int64_t jump_s = seconds(rows[3].utc);

	check_local(apia, rows, sizeof(rows) / sizeof(*rows));
	for (size_t i = 1; i < 4; i++)
		cr_expect(zone_first(apia, seconds(rows[i].local)) == jump_s,
			"row %zu", i);
	arena_free(&a);
}

Test(zone, a_time_skipped_and_then_shown_after_all)
{
	static const struct zone_row rows[] = {
		{0, 0, "AAA"}, {36000, 7200, "BBB"}, {39600, 3600, "CCC"}};
	static const struct local_row local[] = {
		/* 10:30 is skipped at 10:00 and never comes back; 12:30 is
		   shown before and after 11:00 UTC. */
		{{1970, 1, 1, 10, 30, 0}, ZONE_NEVER, {1970, 1, 1, 10, 30, 0}},
		{{1970, 1, 1, 12, 30, 0}, ZONE_TWICE, {1970, 1, 1, 10, 30, 0}},
	};
	static const struct zone_row back[] = {
		{0, 0, "AAA"}, {36000, 7200, "BBB"}, {36060, -3600, "CCC"}};
	static const struct local_row again[] = {
		/* Skipped at 10:00, but reached after 10:01. */
		{{1970, 1, 1, 11, 30, 0}, ZONE_UNIQUE, {1970, 1, 1, 12, 30, 0}},
	};
	struct arena a = {0};

	check_local(zone_p_rows(&a, rows, 3, ""), local, 2);
	check_local(zone_p_rows(&a, back, 3, ""), again, 1);
	arena_free(&a);
}

Test(zone, abbreviations_mean_what_the_zone_means)
{
	static const struct {
		const char *zone, *name;
		bool good;
		int32_t offset_s;
	} rows[] = {
		{"America/Chicago", "CST", true, -21600},
		{"America/Chicago", "CDT", true, -18000},
		{"Asia/Shanghai", "CST", true, 28800},
		{"Asia/Kolkata", "IST", true, 19800},
		{"Europe/Dublin", "IST", true, 3600},
		{"Europe/London", "BST", true, 3600},
		{"America/Halifax", "AST", true, -14400},
		{"Europe/Berlin", "IST", false, 0},
		{"Europe/Berlin", "", false, 0},
		{"Europe/Berlin", "CE", false, 0},
		{"Europe/Berlin", "CESTX", false, 0},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int32_t offset_s = 0;
		bool good = zone_has_abbreviation(system_zone(&a, rows[i].zone),
			str_of(rows[i].name), &offset_s);

		cr_expect(good == rows[i].good, "row %zu", i);
		cr_expect(offset_s == rows[i].offset_s, "row %zu", i);
	}
	arena_free(&a);
}

Test(zone, damaged_files_are_refused)
{
	static const struct zone_row rows[] = {
		{0, 3600, "AAA"}, {100, 7200, "BBB"}, {200, 3600, "CCC"}};
	static const struct {
		size_t at;
		char byte;
		const char *part; /* of the message */
	} changes[] = {
		{0, 'X', "TZif"},
		{4, 0, "version 1"},
		{51, 'X', "TZif"},
		{51 + 31, 1, "leap seconds"},
		{51 + 35, 9, "ends early"},
		{51 + 39, 0, "time types"},
		{95, 1, "out of order"},
		{95 + 15, 100, "out of order"}, /* equal */
		{95 + 16, 7, "no time type"},
		{95 + 18, 1, "26 hours"},
		{95 + 23, 24, "without end"},
		{95 + 18 + 18 + 24, 'X', "no footer"},
		{95 + 18 + 18 + 25, 'C', "POSIX TZ"},
	};
	struct arena a = {0};
	struct str file = zone_p_file(&a, rows, 3, STR("<+01>-1"));

	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		struct str copy = arena_copy(&a, file);
		char *bytes = arena_alloc(&a, copy.len);
		const struct zone *zone = NULL;
		struct err err = {0};

		memcpy(bytes, copy.s, copy.len);
		bytes[changes[i].at] = changes[i].byte;
		cr_expect_not(zone_parse(&a, (struct str) {bytes, copy.len},
				      &zone, &err),
			"row %zu", i);
		cr_expect(strstr(err.text, changes[i].part) != NULL,
			"row %zu: %s", i, err.text);
		cr_expect_null(zone);
	}
	arena_free(&a);
}

Test(zone, files_that_are_cut_are_refused)
{
	static const struct zone_row rows[] = {
		{0, 3600, "AAA"}, {100, 7200, "BBB"}};
	struct arena a = {0};
	struct str file = zone_p_file(&a, rows, 2, STR("<+01>-1"));
	const struct zone *zone = NULL;
	struct err err;

	for (size_t len = 0; len < file.len; len++)
		cr_expect_not(
			zone_parse(&a, (struct str) {file.s, len}, &zone, &err),
			"%zu bytes", len);
	cr_expect(zone_parse(&a, file, &zone, &err));
	arena_free(&a);
}

/* A zone with up to ten changes, minutes or months apart. */
static const struct zone *random_zone(struct arena *a, struct rng *rng)
{
	static const char *const rules[] = {"", "<+01>-1",
		"CET-1CEST,M3.5.0,M10.5.0/3", "AAA12BBB-12,J10/0,J180/-100"};
	struct zone_row rows[10];
	size_t n = 1 + rng_below(rng, 10);
	int64_t at_s = 0;

	for (size_t i = 0; i < n; i++) {
		at_s += 60 +
			60 * (int64_t)rng_below(rng,
				     rng_chance(rng, 500000) ? 3000 : 100000);
		rows[i].at_s = at_s;
		rows[i].offset_s = 900 * ((int32_t)rng_below(rng, 120) - 60);
		rows[i].name = "XYZ";
	}
	return zone_p_rows(a, rows, n, rules[rng_below(rng, 4)]);
}

/* The slow version: every minute from far before to far after. */
static enum zone_local slow_to_utc(
	const struct zone *zone, int64_t local_s, int64_t *utc_s)
{
	int found = 0;

	for (int64_t at_s = local_s - 90000; at_s <= local_s + 90000;
		at_s += 60)
		if (at_s + zone_offset(zone, at_s) == local_s && ++found == 1)
			*utc_s = at_s;
	return found == 0 ? ZONE_NEVER : found == 1 ? ZONE_UNIQUE : ZONE_TWICE;
}

/* The slow version of zone_first(). */
static int64_t slow_first(const struct zone *zone, int64_t local_s)
{
	int64_t at_s = local_s - 90000;

	while (at_s + zone_offset(zone, at_s) < local_s)
		at_s += 60;
	return at_s;
}

/* Property: as a search through every minute. */
Test(zone, local_time_agrees_with_trying_every_minute)
{
	struct arena a = {0};
	struct rng rng = {11};

	for (int i = 0; i < 1500; i++) {
		const struct zone *zone = random_zone(&a, &rng);
		int64_t local_s = 60 * (int64_t)rng_below(&rng, 400000);
		int64_t fast_s = 0, slow_s = 0;
		enum zone_local how = zone_to_utc(zone, local_s, &fast_s);

		cr_assert_eq(
			how, slow_to_utc(zone, local_s, &slow_s), "turn %d", i);
		if (how != ZONE_NEVER)
			cr_assert_eq(fast_s, slow_s, "turn %d", i);
		cr_assert_eq(zone_first(zone, local_s),
			slow_first(zone, local_s), "turn %d", i);
	}
	arena_free(&a);
}

/* Property: an instant, shown on the local clock and read back, is the same
   or the earlier of two; a skipped local time lands after the skip by as much
   as it lies in it. */
Test(zone, local_time_round_trip)
{
	static const char *const names[] = {"America/New_York",
		"Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca",
		"Europe/Dublin", "Pacific/Apia", "America/Juneau",
		"America/St_Johns"};
	struct arena a = {0};
	struct rng rng = {5};

	for (size_t z = 0; z < sizeof(names) / sizeof(*names); z++) {
		const struct zone *zone = system_zone(&a, names[z]);

		for (int i = 0; i < 20000; i++) {
			int64_t at_s = (int64_t)rng_below(&rng, 10000000000) -
				       4000000000;
			int64_t local_s = at_s + zone_offset(zone, at_s),
				back_s;
			enum zone_local how = zone_to_utc(
				zone, local_s, &back_s);

			cr_assert_neq(how, ZONE_NEVER);
			cr_assert(back_s == at_s ||
				  (how == ZONE_TWICE && back_s < at_s));
			cr_assert_eq(
				back_s + zone_offset(zone, back_s), local_s);
			cr_assert(zone_first(zone, local_s) <= back_s);
		}
	}
	arena_free(&a);
}

Test(zone, far_times_end_at_the_reach)
{
	struct arena a = {0};
	const struct zone *zone = zone_p_rule(&a, "EST5EDT,M3.2.0,M11.1.0");
	int64_t first_s, utc_s;

	cr_expect_eq(
		zone_offset(zone, INT64_MAX), zone_offset(zone, ZONE_REACH_S));
	cr_expect_neq(zone_to_utc(zone, INT64_MAX, &utc_s), ZONE_NEVER);
	zone_to_utc(zone, INT64_MIN, &first_s);
	cr_expect_lt(first_s, 0);
	cr_expect_eq(zone_first(zone, INT64_MIN), first_s);
	arena_free(&a);
}

Test(zone, a_change_at_the_reach)
{
	struct arena a = {0};
	int64_t year, last = ZONE_REACH_S / SECONDS_PER_DAY, utc_s = 0;
	int month, mday;

	civil_date(last, &year, &month, &mday);
	for (int i = -2; i <= 2; i++) {
		int in_year = (int)(last - civil_day(year, 1, 1)) + i;
		struct str rule = arena_print(&a, "AAA0BBB,%d/0,%d/0", in_year,
			(in_year + 100) % 365);
		const struct zone *zone = zone_p_rule(&a, rule.s);

		cr_assert_not_null(zone);
		cr_expect(zone_to_utc(zone, INT64_MAX, &utc_s) == ZONE_UNIQUE,
			"day %d", i);
		cr_expect(utc_s <= ZONE_REACH_S, "day %d", i);
		cr_expect(zone_first(zone, INT64_MAX) <= ZONE_REACH_S, "day %d",
			i);
	}
	arena_free(&a);
}
