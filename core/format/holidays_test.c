#include "format/holidays.h"

#include "format/civil.h"

#include <criterion/criterion.h>

Test(holidays, lines)
{
	static const char text[] = "# German holidays\n"
				   "2026-01-01, New Year\r\n"
				   "\n"
				   "  2026-12-25 ,Christmas, the first day\n"
				   "2026-04-03\t# Good Friday\n"
				   "2027-01-01\n"
				   "2026-04-03\n"
				   "2026-12-26";
	static const int want[][3] = {{2026, 1, 1}, {2026, 4, 3},
		{2026, 12, 25}, {2026, 12, 26}, {2027, 1, 1}};
	struct arena a = {0};
	struct holidays got;
	struct err err;

	cr_assert(holidays_read(&a, str_of(text), 3, &got, &err));
	cr_assert_eq(got.n, 5);
	for (size_t i = 0; i < 5; i++)
		cr_expect(got.days[i] ==
				  civil_day(want[i][0], want[i][1], want[i][2]),
			"row %zu", i);
	cr_expect_eq(got.first_year, 2026);
	cr_expect_eq(got.last_year, 2027);
	arena_free(&a);
}

Test(holidays, a_file_without_dates)
{
	struct arena a = {0};
	struct holidays got = {.n = 9};
	struct err err;

	cr_assert(holidays_read(&a, STR(""), 3, &got, &err));
	cr_expect_eq(got.n, 0);
	cr_assert(holidays_read(&a, STR("# none\n\n"), 3, &got, &err));
	cr_expect_eq(got.n, 0);
	cr_expect_not(holidays_has(&got, 0));
	arena_free(&a);
}

Test(holidays, errors_have_a_place)
{
	static const struct {
		const char *text;
		uint32_t line, col;
		const char *message;
	} rows[] = {
		{"2026-01-01\n 2026-02-30\n", 2, 2,
			"expected a date such as '2026-12-25', found "
			"'2026-02-30'"},
		{"Christmas", 1, 1,
			"expected a date such as '2026-12-25', found "
			"'Christmas'"},
		{"1.1.2026, New Year", 1, 1,
			"expected a date such as '2026-12-25', found "
			"'1.1.2026'"},
		{"2026-1-1", 1, 1,
			"expected a date such as '2026-12-25', found "
			"'2026-1-1'"},
		{"\n\n2026-01-01  New Year", 3, 13,
			"expected a comma and a name after the date, found "
			"'New'"},
		{"2026-01-01T00:00:00Z", 1, 11,
			"expected a comma and a name after the date, found "
			"'T00:00:00Z'"},
		{"0123456789012345678901234567890123456789012345", 1, 1,
			"expected a date such as '2026-12-25', found "
			"'0123456789012345678901234567890123456789'"},
		{"012345678901234567890123456789012345678\xc3\xa4x", 1, 1,
			"expected a date such as '2026-12-25', found "
			"'012345678901234567890123456789012345678'"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct holidays got = {.n = 9};
		struct err err = {0};

		cr_expect_not(
			holidays_read(&a, str_of(rows[i].text), 3, &got, &err),
			"row %zu", i);
		cr_expect(err.kind == ERR_USAGE, "row %zu", i);
		cr_expect(err.loc.file == 3 && err.loc.line == rows[i].line &&
				  err.loc.col == rows[i].col,
			"row %zu: %u:%u", i, err.loc.line, err.loc.col);
		cr_expect_str_eq(err.text, rows[i].message, "row %zu", i);
		cr_expect(got.n == 9, "row %zu", i);
	}
	arena_free(&a);
}

Test(holidays, search)
{
	static const int64_t days[] = {-5, 0, 7};
	struct holidays holidays = {.days = days, .n = 3};

	for (int64_t day = -10; day <= 10; day++) {
		size_t at = holidays_find(&holidays, day);

		cr_expect(at == (size_t)((day > -5) + (day > 0) + (day > 7)),
			"day %lld", (long long)day);
		cr_expect(holidays_has(&holidays, day) ==
				  (day == -5 || day == 0 || day == 7),
			"day %lld", (long long)day);
	}
}
