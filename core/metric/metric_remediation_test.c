#include "metric/metric.h"

#include "scene_p.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#define AS_OF      "2026-06-30T00:00:00Z"
#define NEAR(a, b) (fabs((a) - (b)) < 1e-6)
#define MOST       8

/* An incident that takes so many days; the age of an open one. */
struct lasting {
	double days;
	bool open;
};

static void add_incident(struct scene *s, int number, struct lasting lasting)
{
	char line[160], from[40], to[40];
	int64_t length = (int64_t)(lasting.days * 86400) * NS_PER_SECOND;
	int64_t end = scene_time(s, AS_OF) - (lasting.open ? 0 : NS_PER_DAY);
	struct str start = timestamp_print(end - length, from);
	struct str fixed = timestamp_print(end, to);

	snprintf(line, sizeof(line), "incident_id=I%d; detected_at=%.*s%s%.*s",
		number, STR_ARG(start), lasting.open ? "" : "; resolved_at=",
		STR_ARG((lasting.open ? STR("") : fixed)));
	scene_row(s, ROLE_INCIDENTS, 0, line);
}

static void open_incidents(struct scene *s, const struct metric_params *params)
{
	scene_open(s, params);
	scene_source(s, "tickets", ROLE_INCIDENTS);
	s->as_of = scene_time(s, AS_OF);
	s->period_from = scene_time(s, "2026-01-01T00:00:00Z");
}

Test(metric_remediation, figures_equal_the_published_ones)
{
	static const struct {
		struct lasting data[MOST];
		size_t n;
		int tau;                        /* days; 0: the largest */
		double median, p90, restricted; /* -1: not reached */
		uint64_t closed;
		double closed_mean, closed_median, closed_p90; /* -1: n/a */
	} rows[] = {
		{{{2, 0}, {3, 0}, {5, 1}, {6, 0}, {9, 0}, {12, 1}, {20, 0}}, 7,
			0, 9, 20, 10.535714, 5, 8.0, 6, 20},
		{{{2, 0}, {3, 0}, {5, 1}, {6, 0}, {9, 0}, {12, 1}, {20, 0}}, 7,
			15, 9, 20, 8.75, 5, 8.0, 6, 20},
		{{{4, 0}, {4, 1}, {10, 0}, {15, 1}}, 4, 15, 10, -1, 10.375, 2,
			7.0, 7.0, 10},
		{{{1, 0}, {1, 0}, {2, 1}, {2, 0}, {7, 0}}, 5, 7, 2, 7, 3.6, 4,
			2.75, 1.5, 7},
		{{{2, 0}, {3, 0}, {30, 1}, {31, 1}, {32, 1}}, 5, 32, -1, -1,
			20.2, 2, 2.5, 2.5, 3},
		{{{3, 1}, {8, 1}}, 2, 8, -1, -1, 8.0, 0, -1, -1, -1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct metric_params params = params_defaults();
		struct scene s;
		const struct remediation *r = &s.metrics.remediation;
		bool has_closed = rows[i].closed_mean >= 0;

		params.tau_ns = rows[i].tau * NS_PER_DAY;
		open_incidents(&s, &params);
		for (size_t j = 0; j < rows[i].n; j++)
			add_incident(&s, (int)j, rows[i].data[j]);
		scene_compute(&s);
		cr_expect(r->why.len == 0, "row %zu", i);
		cr_expect(r->closed == rows[i].closed &&
				  r->open == rows[i].n - rows[i].closed,
			"row %zu", i);
		cr_expect(
			r->has_km_median == (rows[i].median >= 0) &&
				(!r->has_km_median || NEAR(r->km_median_days,
							      rows[i].median)),
			"row %zu: %g", i, r->km_median_days);
		cr_expect(r->has_km_p90 == (rows[i].p90 >= 0) &&
				  (!r->has_km_p90 ||
					  NEAR(r->km_p90_days, rows[i].p90)),
			"row %zu: %g", i, r->km_p90_days);
		cr_expect(r->has_restricted && NEAR(r->restricted_mean_days,
						       rows[i].restricted),
			"row %zu: %g", i, r->restricted_mean_days);
		cr_expect(r->has_closed == has_closed, "row %zu", i);
		cr_expect(
			!has_closed ||
				(NEAR(r->mean_days, rows[i].closed_mean) &&
					NEAR(r->median_days,
						rows[i].closed_median) &&
					NEAR(r->p90_days, rows[i].closed_p90)),
			"row %zu", i);
		scene_free(&s);
	}
}

Test(metric_remediation, ages_of_open_incidents_stand_apart)
{
	struct scene s;
	const struct remediation *r = &s.metrics.remediation;

	open_incidents(&s, NULL);
	add_incident(&s, 1, (struct lasting) {2, false});
	add_incident(&s, 2, (struct lasting) {30, true});
	add_incident(&s, 3, (struct lasting) {10, true});
	add_incident(&s, 4, (struct lasting) {20.5, true});
	scene_compute(&s);
	cr_expect(r->has_open_age && NEAR(r->open_median_days, 20.5) &&
		  NEAR(r->open_max_days, 30));
	cr_expect(NEAR(r->tau_days, 30));
	scene_free(&s);
}

Test(metric_remediation, only_regulatory_incidents_of_the_period_count)
{
	static const char *const lines[] = {
		"incident_id=A; detected_at=2026-01-01; resolved_at=2026-01-03",
		"incident_id=B; detected_at=2025-12-31; resolved_at=2026-01-05",
		"incident_id=C; detected_at=2026-02-01; regulatory=no",
		"incident_id=D; detected_at=2026-02-01; duplicate_of=A",
		"incident_id=E; created_at=2026-02-01; resolved_at=2026-02-05",
		"incident_id=F; detected_at=2026-02-02; resolved_at=2026-02-01",
	};
	struct scene s;
	const struct remediation *r = &s.metrics.remediation;

	open_incidents(&s, NULL);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		scene_row(&s, ROLE_INCIDENTS, 0, lines[i]);
	scene_compute(&s);
	cr_expect(r->closed == 2 && r->open == 0);
	cr_expect(NEAR(r->mean_days, 3));
	cr_expect(r->data_errors == 1 && r->proxies == 1);
	cr_expect(diag_count(&s.diag, DIAG_DATA_ERROR) == 1);
	scene_free(&s);
}

Test(metric_remediation, a_reopened_incident_lasts_its_span_or_the_sum)
{
	static const char *const lines[] = {
		"incident_id=A; detected_at=2026-03-01; resolved_at=2026-03-04",
		"incident_id=A; detected_at=2026-03-11; resolved_at=2026-03-12",
	};
	struct metric_params sum = params_defaults();

	sum.reopen_sum = true;
	for (int i = 0; i < 2; i++) {
		struct scene s;
		const struct remediation *r = &s.metrics.remediation;

		open_incidents(&s, i ? &sum : NULL);
		scene_row(&s, ROLE_INCIDENTS, 0, lines[0]);
		scene_row(&s, ROLE_INCIDENTS, 0, lines[1]);
		scene_compute(&s);
		cr_expect(r->closed == 1);
		cr_expect(
			NEAR(r->mean_days, i ? 3 + 1 : 11), "%g", r->mean_days);
		scene_free(&s);
	}
}

/* What was fixed and never detected has no date that lies in a period. */
Test(metric_remediation, data_errors_are_counted_with_and_without_a_date)
{
	static const char *const lines[] = {
		"incident_id=A; detected_at=2026-02-02; resolved_at=2026-02-01",
		"incident_id=B; resolved_at=2026-02-01",
		"incident_id=C; detected_at=2025-02-02; resolved_at=2025-02-01",
		"incident_id=D; resolved_at=2026-02-01; regulatory=no",
		"incident_id=E; severity=high",
	};
	struct scene s;
	const struct remediation *r = &s.metrics.remediation;

	open_incidents(&s, NULL);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		scene_row(&s, ROLE_INCIDENTS, 0, lines[i]);
	scene_compute(&s);
	cr_expect(r->data_errors == 2, "%llu",
		(unsigned long long)r->data_errors);
	cr_expect(r->closed == 0 && r->open == 0);
	cr_expect(str_equal(
		r->why, STR("every incident of the period is a data error")));
	scene_free(&s);
}

Test(metric_remediation, without_incidents_it_says_why)
{
	struct scene s;
	const struct remediation *r = &s.metrics.remediation;

	scene_open(&s, NULL);
	scene_compute(&s);
	cr_expect(str_equal(r->why, STR("no source has the role incidents")));
	scene_free(&s);
	open_incidents(&s, NULL);
	scene_row(
		&s, ROLE_INCIDENTS, 0, "incident_id=A; detected_at=2025-03-01");
	scene_compute(&s);
	cr_expect(str_equal(r->why, STR("no incident lies in the period")));
	cr_expect(!r->has_km_median && !r->has_closed && !r->has_open_age);
	scene_free(&s);
}
