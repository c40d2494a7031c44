#include "report/report.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(report, a_format_has_a_name_and_an_ending)
{
	cr_expect(report_find(STR("text")) == &report_text);
	cr_expect(report_find(STR("json")) == &report_json);
	cr_expect(report_find(STR("JSON")) == NULL);
	cr_expect(report_find(STR("")) == NULL);
	cr_expect(report_find(STR("tex")) == NULL);
	cr_expect(report_of_path(STR("out/a.json")) == &report_json);
	cr_expect(report_of_path(STR("a.json.txt")) == &report_text);
	cr_expect(report_of_path(STR("a.jsonl")) == NULL);
	cr_expect(report_of_path(STR("json")) == NULL);
	cr_expect(report_of_path(STR("")) == NULL);
}

Test(report, every_format_can_be_found)
{
	cr_expect(report_count == 2);
	for (size_t i = 0; i < report_count; i++) {
		const struct report *report = report_table[i];

		cr_expect(report_find(report->name) == report, "row %zu", i);
		cr_expect(
			report_of_path(report->ending) == report, "row %zu", i);
		cr_expect(report->write != NULL, "row %zu", i);
	}
}

Test(report, personal_values_are_masked_unless_privacy_is_full)
{
	struct key_value name = {STR("name"), STR("Ana"), true};
	struct key_value id = {STR("id"), STR("A-1"), false};
	struct report_options masked = {0}, full = {.full_privacy = true};
	struct report_options ascii = {.ascii = true};

	cr_expect(str_equal(report_value(&name, &masked), STR("•••")));
	cr_expect(str_equal(report_value(&name, &ascii), STR("***")));
	cr_expect(str_equal(report_value(&name, &full), STR("Ana")));
	cr_expect(str_equal(report_value(&id, &masked), STR("A-1")));
	cr_expect(str_equal(report_value(&id, &full), STR("A-1")));
}

Test(report, events_of_a_personal_column_are_masked)
{
	static const struct witness secret = {
		.event = STR_INIT("dismissal"), .personal = true};
	static const struct witness plain = {.event = STR_INIT("update")};
	struct report_options masked = {0}, full = {.full_privacy = true};

	cr_expect(str_equal(report_event(&secret, &masked), STR("•••")));
	cr_expect(str_equal(report_event(&secret, &full), STR("dismissal")));
	cr_expect(str_equal(report_event(&plain, &masked), STR("update")));
}

/* Counts and shares of metrics.md 1.5 and 1.7, and the edges of rounding:
   halves to even, never up to 100 % or down to 0 %. */
Test(report, percents_are_rounded_half_to_even_but_not_to_all_or_nothing)
{
	static const struct {
		struct share share;
		int decimals;
		const char *want;
	} rows[] = {
		{{0, 0}, 2, "n/a"},
		{{5, 0}, 2, "n/a"},
		{{0, 1}, 2, "0.00%"},
		{{1, 1}, 2, "100.00%"},
		{{9, 12}, 2, "75.00%"},
		{{10, 12}, 2, "83.33%"},
		{{53, 55}, 2, "96.36%"},
		{{2, 3}, 0, "67%"},
		{{2, 3}, 1, "66.7%"},
		/* 12.5 and 37.5 % */
		{{1, 8}, 0, "12%"},
		{{3, 8}, 0, "38%"},
		/* 0.125 and 0.375 % */
		{{1, 800}, 2, "0.12%"},
		{{3, 800}, 2, "0.38%"},
		{{9999000, 10000000}, 2, "99.99%"},
		{{9999999, 10000000}, 2, "99.99%"},
		{{9999999, 10000000}, 0, "99%"},
		{{1, 10000000}, 2, "0.01%"},
		{{1, 10000000}, 0, "1%"},
		{{4711, 4749}, 1, "99.2%"},
		{{UINT64_MAX - 1, UINT64_MAX}, 4, "99.9999%"},
		{{UINT64_MAX, UINT64_MAX}, 4, "100.0000%"},
		{{1, UINT64_MAX}, 4, "0.0001%"},
	};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str have = report_percent(
			&a, rows[i].share, rows[i].decimals);

		cr_expect(str_equal(have, str_of(rows[i].want)),
			"row %zu: %.*s, not %s", i, STR_ARG(have),
			rows[i].want);
	}
	arena_free(&a);
}

/* Property: the printed hundredths are those nearest to the share, by search
   through all of them, where that is not 0 or 10,000 for a share between. */
Test(report, random_percents_are_the_nearest)
{
	struct rng rng = {19};

	for (int round = 0; round < 300; round++) {
		uint64_t of = 1 + rng_below(&rng, 3000);
		uint64_t n = rng_below(&rng, of + 1), best = 0;
		struct arena a = {0};
		struct str have = report_percent(&a, (struct share) {n, of}, 2);
		struct str want;

		/* |h / 10000 - n / of| is least; of two, the even h. */
		for (uint64_t h = 1; h <= 10000; h++) {
			int64_t now = llabs(
				(int64_t)(h * of) - (int64_t)(n * 10000));
			int64_t old = llabs(
				(int64_t)(best * of) - (int64_t)(n * 10000));

			if (now < old || (now == old && h % 2 == 0))
				best = h;
		}
		if (best == 10000 && n < of)
			best = 9999;
		if (best == 0 && n > 0)
			best = 1;
		want = arena_print(&a, "%llu.%02llu%%",
			(unsigned long long)best / 100,
			(unsigned long long)best % 100);
		cr_assert(str_equal(have, want), "%llu of %llu: %.*s",
			(unsigned long long)n, (unsigned long long)of,
			STR_ARG(have));
		arena_free(&a);
	}
}
