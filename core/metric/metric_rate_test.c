#include "metric/metric.h"

#include "scene_p.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#define NEAR(a, b) (fabs((a) - (b)) < 1e-6)

/* A source of incidents, as of the end of 2027 unless told otherwise. */
static void open_incidents(struct scene *s, const struct metric_params *params)
{
	scene_open(s, params);
	scene_source(s, "tickets", ROLE_INCIDENTS);
	s->as_of = scene_time(s, "2027-12-31T12:00:00Z");
}

static void add_incident(struct scene *s, int number, const char *detected)
{
	char line[80];

	snprintf(line, sizeof(line), "incident_id=I%d; detected_at=%s", number,
		detected);
	scene_row(s, ROLE_INCIDENTS, 0, line);
}

Test(metric_rate, rates_equal_the_published_ones)
{
	static const struct {
		int n;
		const char *from, *to;
		double exposure, value, low, high;
	} rows[] = {
		{7, "2026-01-01", "2026-12-31", 4, 1.75, 0.703591, 3.605669},
		{7, "2026-01-02", "2027-01-01", 3.997262, 1.751199, 0.704073,
			3.608138},
		{3, "2026-01-02", "2026-05-01", 1.314168, 2.282812, 0.470771,
			6.671347},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		const struct incident_rate *r = &s.metrics.rate;

		open_incidents(&s, NULL);
		for (int j = 0; j < rows[i].n; j++)
			add_incident(&s, j, "2026-03-03");
		scene_period(&s, rows[i].from, rows[i].to);
		scene_compute(&s);
		cr_expect(r->why.len == 0 && r->count == (uint64_t)rows[i].n);
		cr_expect(NEAR(r->exposure, rows[i].exposure), "row %zu: %g", i,
			r->exposure);
		cr_expect(NEAR(r->value, rows[i].value) &&
				  NEAR(r->low, rows[i].low) &&
				  NEAR(r->high, rows[i].high),
			"row %zu: %g [%g, %g]", i, r->value, r->low, r->high);
		cr_expect(!r->has_per_1000, "row %zu", i);
		scene_free(&s);
	}
}

Test(metric_rate, three_in_12500_transactions_equal_the_published_rate)
{
	struct scene s;
	const struct incident_rate *r = &s.metrics.rate;
	size_t orders;

	open_incidents(&s, NULL);
	orders = scene_source(&s, "orders", ROLE_TRANSACTIONS);
	scene_source(&s, "audit", ROLE_AUDIT_LOG);
	for (int i = 0; i < 3; i++)
		add_incident(&s, i, "2026-03-03");
	for (int i = 0; i < 12499; i++)
		scene_event(&s, orders, "ts=2026-03-01T10:00:00Z");
	/* One without a time is a transaction as for completeness. */
	scene_event(&s, orders, "object_id=A");
	/* These are no transactions of the period. */
	scene_event(&s, orders, "ts=2025-03-01T10:00:00Z");
	scene_event(&s, orders, "ts=2026-03-01T10:00:00Z; marks=merged");
	scene_event(&s, 0, "ts=2026-03-01T10:00:00Z");
	scene_period(&s, "2026-01-01", "2026-12-31");
	scene_compute(&s);
	cr_expect(r->has_per_1000 && r->transactions == 12500);
	cr_expect(s.metrics.completeness.record.denominator == 12500);
	cr_expect(NEAR(r->per_1000, 0.24) && NEAR(r->per_1000_low, 0.049494) &&
		  NEAR(r->per_1000_high, 0.701382));
	scene_free(&s);
}

Test(metric_rate, quarters_are_counted_by_the_date_of_the_incident)
{
	static const char *const detected[] = {"2026-01-01T00:00:00Z",
		"2026-03-31T23:59:59Z", "2026-04-01T00:00:00Z", "2026-10-09",
		"2025-12-31", "2027-01-01"};
	/* Garwood limits of 2, 1, 0 and 1. */
	static const struct {
		const char *quarter;
		uint64_t count;
		double low, high;
	} want[] = {
		{"2026Q1", 2, 0.242209, 7.224688},
		{"2026Q2", 1, 0.025318, 5.571643},
		{"2026Q3", 0, 0, 3.688879},
		{"2026Q4", 1, 0.025318, 5.571643},
	};
	struct scene s;
	const struct incident_rate *r = &s.metrics.rate;

	open_incidents(&s, NULL);
	for (int i = 0; i < 6; i++)
		add_incident(&s, i, detected[i]);
	scene_period(&s, "2026-01-01", "2026-12-31");
	scene_compute(&s);
	cr_expect(r->count == 4 && r->outside == 2);
	cr_assert(r->n_quarters == 4);
	for (size_t i = 0; i < 4; i++) {
		const struct quarter_count *q = &r->by_quarter[i];

		cr_expect(str_equal(q->quarter, str_of(want[i].quarter)) &&
				  q->count == want[i].count &&
				  NEAR(q->rate, (double)want[i].count) &&
				  NEAR(q->low, want[i].low) &&
				  NEAR(q->high, want[i].high),
			"row %zu", i);
		cr_expect(!q->is_partial, "row %zu", i);
	}
	scene_free(&s);
}

Test(metric_rate, a_quarter_that_is_not_covered_to_its_ends_is_partial)
{
	static const struct {
		const char *from, *to, *as_of;
		bool first, last;
	} rows[] = {
		{"2026-01-01", "2026-06-30", "2026-06-30T00:00:00Z", 0, 0},
		{"2026-01-01", "2026-06-30", "2026-06-29T23:59:59Z", 0, 1},
		{"2026-01-01", "2026-06-30", "2026-09-09T00:00:00Z", 0, 0},
		{"2026-01-02", "2026-06-30", "2026-06-30T00:00:00Z", 1, 0},
		{"2026-01-01", "2026-06-29", "2026-06-30T00:00:00Z", 0, 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		const struct incident_rate *r = &s.metrics.rate;

		open_incidents(&s, NULL);
		s.as_of = scene_time(&s, rows[i].as_of);
		add_incident(&s, 1, "2026-03-03");
		scene_period(&s, rows[i].from, rows[i].to);
		scene_compute(&s);
		cr_assert(r->n_quarters == 2);
		cr_expect(r->by_quarter[0].is_partial == rows[i].first &&
				  r->by_quarter[1].is_partial == rows[i].last,
			"row %zu", i);
		scene_free(&s);
	}
}

/* Where no source of incidents covers a quarter, none is not a zero. */
Test(metric_rate, a_quarter_without_incidents_and_without_data_is_not_known)
{
	static const struct {
		const char *start, *end; /* declared for the source; or NULL */
		const char *as_of;
		bool no_data[4];
	} rows[] = {
		{NULL, NULL, "2026-12-31T00:00:00Z", {0, 0, 0, 0}},
		{NULL, NULL, "2026-05-05T00:00:00Z", {0, 0, 1, 1}},
		{"2026-04-01T00:00:00Z", "2026-09-30T23:59:59Z",
			"2026-12-31T00:00:00Z", {1, 0, 0, 1}},
		{"2026-03-31T23:59:59Z", "2026-10-01T00:00:00Z",
			"2026-12-31T00:00:00Z", {0, 0, 0, 0}},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		const struct incident_rate *r = &s.metrics.rate;

		open_incidents(&s, NULL);
		/* Another source that covers everything is no help. */
		scene_event(&s, scene_source(&s, "audit", ROLE_AUDIT_LOG),
			"ts=2026-01-01T00:00:00Z");
		s.as_of = scene_time(&s, rows[i].as_of);
		if (rows[i].start) {
			s.sources[0].declared = true;
			s.sources[0].start = scene_time(&s, rows[i].start);
			s.sources[0].end = scene_time(&s, rows[i].end);
		}
		scene_period(&s, "2026-01-01", "2026-12-31");
		scene_compute(&s);
		cr_assert(r->n_quarters == 4);
		for (size_t q = 0; q < 4; q++) {
			bool known = !rows[i].no_data[q];

			cr_expect(r->by_quarter[q].no_data != known,
				"row %zu, quarter %zu", i, q);
			cr_expect(NEAR(r->by_quarter[q].high,
					  known ? 3.688879 : 0),
				"row %zu, quarter %zu", i, q);
		}
		scene_free(&s);
	}
}

Test(metric_rate, an_incident_in_a_quarter_without_data_is_counted)
{
	struct scene s;
	const struct incident_rate *r = &s.metrics.rate;

	open_incidents(&s, NULL);
	add_incident(&s, 1, "2026-03-03");
	s.sources[0].declared = true;
	s.sources[0].start = scene_time(&s, "2026-04-01T00:00:00Z");
	s.sources[0].end = scene_time(&s, "2026-06-30T23:59:59Z");
	scene_period(&s, "2026-01-01", "2026-06-30");
	scene_compute(&s);
	cr_assert(r->n_quarters == 2);
	cr_expect(!r->by_quarter[0].no_data && r->by_quarter[0].count == 1);
	scene_free(&s);
}

Test(metric_rate, whole_fiscal_quarters_count_as_quarters)
{
	struct scene s;
	const struct incident_rate *r = &s.metrics.rate;

	open_incidents(&s, NULL);
	add_incident(&s, 1, "2026-03-03");
	s.in.fiscal_start = 2;
	scene_period(&s, "2026-02-01", "2026-07-31");
	scene_compute(&s);
	cr_expect(NEAR(r->exposure, 2));
	cr_assert(r->n_quarters == 2);
	cr_expect(str_equal(r->by_quarter[0].quarter, STR("FY2027Q1")));
	scene_free(&s);
}

Test(metric_rate, what_does_not_count_is_counted_apart)
{
	static const char *const lines[] = {
		"incident_id=A; detected_at=2026-03-01",
		"incident_id=B; detected_at=2026-03-02; duplicate_of=A",
		"incident_id=C; detected_at=2026-03-03; regulatory=no",
		"incident_id=D; created_at=2026-03-04; reportable=yes",
		"incident_id=E; detected_at=2026-03-05; reportable=yes",
		"incident_id=E; detected_at=2026-03-09",
	};
	struct scene s;
	const struct incident_rate *r = &s.metrics.rate;

	open_incidents(&s, NULL);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		scene_row(&s, ROLE_INCIDENTS, 0, lines[i]);
	scene_period(&s, "2026-01-01", "2026-12-31");
	scene_compute(&s);
	cr_expect(r->count == 3 && r->duplicates == 1);
	cr_expect(r->not_regulatory == 1 && r->reportable == 2);
	cr_expect(r->proxies == 1 && r->outside == 0);
	scene_free(&s);
}

Test(metric_rate, the_date_is_named_and_decides_what_counts)
{
	static const struct {
		enum incident_date date;
		const char *name;
		uint64_t count, outside, undated;
	} rows[] = {
		{DATE_DETECTED, "detected", 1, 1, 0},
		{DATE_OCCURRED, "occurred", 2, 0, 0},
		{DATE_REPORTED, "reported", 0, 0, 2},
	};
	static const char *const lines[] = {
		"incident_id=A; detected_at=2026-03-01; occurred_at=2026-02-01",
		"incident_id=B; detected_at=2027-03-01; occurred_at=2026-12-01",
	};

	for (size_t i = 0; i < 3; i++) {
		struct metric_params params = params_defaults();
		struct scene s;
		const struct incident_rate *r = &s.metrics.rate;

		params.date = rows[i].date;
		open_incidents(&s, &params);
		scene_row(&s, ROLE_INCIDENTS, 0, lines[0]);
		scene_row(&s, ROLE_INCIDENTS, 0, lines[1]);
		scene_period(&s, "2026-01-01", "2026-12-31");
		scene_compute(&s);
		cr_expect(str_equal(r->date, str_of(rows[i].name)));
		cr_expect(r->count == rows[i].count &&
				  r->outside == rows[i].outside &&
				  r->undated == rows[i].undated,
			"row %zu", i);
		scene_free(&s);
	}
}

Test(metric_rate, a_source_without_incidents_is_a_real_zero)
{
	struct scene s;
	const struct incident_rate *r = &s.metrics.rate;

	open_incidents(&s, NULL);
	scene_period(&s, "2026-01-01", "2026-03-31");
	scene_compute(&s);
	cr_expect(r->why.len == 0 && r->count == 0);
	cr_expect(NEAR(r->value, 0) && NEAR(r->low, 0) &&
		  NEAR(r->high, 3.688879));
	scene_free(&s);
}

Test(metric_rate, without_a_source_it_says_why)
{
	struct scene s;
	const struct incident_rate *r = &s.metrics.rate;

	scene_open(&s, NULL);
	scene_period(&s, "2026-01-01", "2026-03-31");
	scene_compute(&s);
	cr_expect(str_equal(r->why, STR("no source has the role incidents")));
	cr_expect(str_equal(r->date, STR("detected")));
	cr_expect(r->n_quarters == 0);
	scene_free(&s);
}

Test(metric_rate, a_period_shorter_than_a_day_has_no_rate)
{
	struct scene s;
	const struct incident_rate *r = &s.metrics.rate;

	open_incidents(&s, NULL);
	add_incident(&s, 1, "2026-03-03");
	s.period_from = scene_time(&s, "2026-03-03T00:00:00Z");
	s.as_of = s.period_to = scene_time(&s, "2026-03-03T23:59:59Z");
	scene_compute(&s);
	cr_expect(str_equal(r->why, STR("the period is shorter than a day")));
	cr_expect(r->count == 1);
	scene_free(&s);

	open_incidents(&s, NULL);
	add_incident(&s, 1, "2026-03-03");
	s.period_from = scene_time(&s, "2026-03-03T00:00:00Z");
	s.as_of = scene_time(&s, "2020-01-01T00:00:00Z");
	scene_compute(&s);
	cr_expect(r->why.len > 0 && r->n_quarters == 0 && r->undated == 1);
	scene_free(&s);
}

Test(metric_rate, incidents_without_a_date_are_counted_as_such)
{
	struct scene s;
	const struct incident_rate *r = &s.metrics.rate;

	open_incidents(&s, NULL);
	scene_row(&s, ROLE_INCIDENTS, 0, "incident_id=a");
	scene_row(&s, ROLE_INCIDENTS, 0, "incident_id=b");
	scene_period(&s, "2026-01-01", "2026-03-31");
	scene_compute(&s);
	cr_expect(r->undated == 2 && r->outside == 0 && r->count == 0);
	cr_expect(str_equal(r->why, STR("no incident has a date")));
	scene_free(&s);

	open_incidents(&s, NULL);
	add_incident(&s, 1, "2026-03-03");
	scene_row(&s, ROLE_INCIDENTS, 0, "incident_id=b");
	scene_period(&s, "2026-01-01", "2026-03-31");
	scene_compute(&s);
	cr_expect(r->undated == 1 && r->count == 1 && r->why.len == 0);
	scene_free(&s);
}
