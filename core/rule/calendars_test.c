#include "rule/calendars.h"

#include "sample_p.h"

#include <criterion/criterion.h>

/* Days since 1970-01-01: 2026-01-01 is a Thursday, 2026-01-03 a Saturday. */
#define JAN_1_2026 20454

static const struct calendar *find(struct sample *s, const char *name)
{
	return vocabulary_calendar(&s->v, str_of(name));
}

Test(calendars, have_zone_weekend_holidays_and_extension)
{
	struct sample s;
	const struct calendar *eu;

	sample_read(&s,
		"vocabulary:\n"
		"  calendars: {eu: {time_zone: Europe/Brussels, weekend: "
		"[sat, sun], holidays: holidays-eu.txt, extend: eu_1182}, "
		"plain: {weekend: fri}}\n");
	cr_expect_str_eq(sample_complaints(&s), "");
	eu = find(&s, "eu");
	cr_assert_not_null(eu);
	cr_expect_eq(eu->weekend, 1u << 5 | 1u << 6);
	cr_expect(eu->extend == EXTEND_EU_1182);
	cr_expect(holidays_has(&eu->holidays, JAN_1_2026));
	cr_expect_not(holidays_has(&eu->holidays, JAN_1_2026 + 1));
	/* 23:30 UTC is the next day in Brussels. */
	cr_expect_eq(calendar_local_day(eu, JAN_1_2026 * NS_PER_DAY - 1),
		JAN_1_2026);
	cr_expect_eq(find(&s, "plain")->weekend, 1u << 4);
	cr_expect(find(&s, "plain")->extend == EXTEND_NONE);
	cr_expect_eq(calendar_local_day(
			     find(&s, "plain"), JAN_1_2026 * NS_PER_DAY - 1),
		JAN_1_2026 - 1);
	cr_expect_null(find(&s, "us"));
	sample_free(&s);
}

Test(calendars, the_default_one_is_utc_unless_named)
{
	struct sample s;

	sample_read(&s, "vocabulary: {calendars: {eu: {weekend: sun}}}");
	cr_expect(find(&s, "") == &s.v.utc);
	sample_free(&s);
	sample_read(&s,
		"vocabulary: {calendars: {eu: {weekend: sun}}, calendar: eu}");
	cr_expect(find(&s, "") == find(&s, "eu"));
	sample_free(&s);
}

Test(calendars, two_defaults_of_the_users_may_not_differ)
{
	static const struct {
		const char *name;
		bool shipped;
		const char *is, *complaints;
	} rows[] = {
		{"us", false, "us",
			"1:77+2 name-clash the default calendar "
			"is 'eu' in another place\n"},
		{"eu", false, "eu", ""},
		{"us", true, "eu", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;

		sample_open(&s);
		sample_declare(&s, "vocabulary: {calendar: eu}", false);
		sample_declare(&s,
			arena_print(&s.a,
				"vocabulary: {calendars: {eu: {weekend: sun}, "
				"us: {weekend: sat}}, calendar: %s}",
				rows[i].name)
				.s,
			rows[i].shipped);
		sample_finish(&s);
		cr_expect_str_eq(sample_complaints(&s), rows[i].complaints,
			"row %zu", i);
		cr_expect(find(&s, "") == find(&s, rows[i].is), "row %zu", i);
		sample_free(&s);
	}
}

Test(calendars, a_shipped_default_gives_way)
{
	struct sample s;

	sample_open(&s);
	sample_declare(&s,
		"vocabulary: {calendars: {eu: {}, us: {}}, "
		"calendar: eu}",
		true);
	sample_declare(&s, "vocabulary: {calendar: us}", false);
	sample_finish(&s);
	cr_expect_str_eq(sample_complaints(&s), "");
	cr_expect(find(&s, "") == find(&s, "us"));
	sample_free(&s);
}

Test(calendars, what_is_no_calendar_is_refused)
{
	static const struct {
		const char *text, *complaints;
	} rows[] = {
		{"vocabulary: {calendars: {eu: {time_zone: Europe/Brusels}}}",
			"1:42+14 bad-zone 'Europe/Brusels' is not a time zone "
			"of this system\n"},
		{"vocabulary: {calendars: {eu: {weekend: [sat, sund]}}}",
			"1:46+4 unknown-value expected one of mon, tue, wed, "
			"thu, fri, sat, sun, found 'sund'; did you mean "
			"\"sun\"?\n"},
		{"vocabulary: {calendars: {eu: {weekend: [mon, tue, wed, thu, "
		 "fri, sat, sun]}}}",
			"1:40+1 impossible-window the week has no working day "
			"left\n"},
		{"vocabulary: {calendars: {eu: {holidays: none.txt}}}",
			"1:41+8 unreadable-file there is no file "
			"'none.txt'\n"},
		{"vocabulary: {calendars: {eu: {holidays: ../d.txt}}}",
			"1:41+8 outside-directory '../d.txt' lies outside\n"},
		{"vocabulary: {calendars: {eu: {holidays: "
		 "bad-holidays.txt}}}",
			"1:1+0 bad-holidays expected a date such as "
			"'2026-12-25', found '2026-13-01'\n"},
		{"vocabulary: {calendars: {eu: {extend: next_workin_day}}}",
			"1:39+15 unknown-value expected one of none, "
			"next_working_day, eu_1182, found 'next_workin_day'; "
			"did you mean \"next_working_day\"?\n"},
		{"vocabulary: {calendars: {eu: {zone: UTC}}}",
			"1:31+4 unknown-key \"zone\" is not a key of a "
			"calendar\n"},
		{"vocabulary: {calendars: {eu: UTC}}",
			"1:30+3 wrong-type a calendar is a map of time_zone, "
			"weekend, holidays and extend\n"},
		{"vocabulary: {calendar: eu}",
			"1:24+2 unknown-word there is no calendar 'eu'\n"},
		{"vocabulary: {calendars: {eur: {weekend: sun}}, "
		 "calendar: eu}",
			"1:58+2 unknown-word there is no calendar 'eu'; did "
			"you mean \"eur\"?\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;

		sample_read(&s, rows[i].text);
		cr_expect_str_eq(sample_complaints(&s), rows[i].complaints,
			"row %zu", i);
		sample_free(&s);
	}
}

Test(calendars, a_calendar_of_the_users_replaces_a_shipped_one)
{
	struct sample s;

	sample_open(&s);
	sample_declare(
		&s, "vocabulary: {calendars: {eu: {weekend: sun}}}", true);
	sample_declare(
		&s, "vocabulary: {calendars: {eu: {weekend: sat}}}", false);
	sample_declare(
		&s, "vocabulary: {calendars: {eu: {weekend: fri}}}", false);
	sample_finish(&s);
	cr_expect_eq(find(&s, "eu")->weekend, 1u << 5);
	cr_expect_str_eq(sample_complaints(&s),
		"1:26+2 name-clash 'eu' is already defined in another "
		"place\n");
	sample_free(&s);
}
