#include "metric/metric.h"

#include "base/rng.h"
#include "scene_p.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define NEAR(a, b) (fabs((a) - (b)) < 1e-6)
#define DAY        "2026-03-01T"
#define MINUTE     (60 * NS_PER_SECOND)

static void open_outages(struct scene *s, const struct metric_params *params)
{
	scene_open(s, params);
	scene_source(s, "outages", ROLE_OUTAGES);
	scene_period(s, "2026-03-01", "2026-03-01");
	s->as_of = scene_time(s, "2026-03-05T00:00:00Z");
}

static void add_outages(struct scene *s, const char *const *lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		scene_row(s, ROLE_OUTAGES, 0, lines[i]);
}

/* ---- the published example ---- */

static const char *const outages[] = {
	"system=A; started_at=" DAY "01:00:00Z; ended_at=" DAY "02:00:00Z",
	"system=A; started_at=" DAY "01:30:00Z; ended_at=" DAY "02:30:00Z",
	"system=A; started_at=" DAY "05:00:00Z; ended_at=" DAY "05:00:00Z",
	"system=A; started_at=" DAY "23:30:00Z",
	"system=B; started_at=" DAY "02:00:00Z; ended_at=" DAY "03:00:00Z",
	"system=B; kind=maintenance; started_at=" DAY "02:30:00Z; "
	"ended_at=" DAY "03:30:00Z",
	"system=C; started_at=2026-02-28T23:30:00Z; ended_at=" DAY "00:15:00Z",
};

static void open_example(struct scene *s, bool net)
{
	struct metric_params params = params_defaults();

	params.exclude_maintenance = net;
	open_outages(s, &params);
	add_outages(s, outages, sizeof(outages) / sizeof(outages[0]));
}

static void add_duty(struct scene *s, const char *systems, const char *start,
	const char *due)
{
	scene_duty(s, systems, scene_time(s, start), scene_time(s, due));
}

Test(metric_downtime, the_example_has_the_published_minutes)
{
	static const struct {
		bool net;
		int64_t any, sum, minutes[3];
		double availability[3];
	} rows[] = {
		{false, 165, 195, {120, 60, 15},
			{0.916667, 0.958333, 0.989583}},
		{true, 135, 165, {120, 30, 15}, {0.916667, 0.979167, 0.989583}},
	};
	static const char *const names[] = {"A", "B", "C"};

	for (size_t i = 0; i < 2; i++) {
		struct scene s;
		const struct downtime *d = &s.metrics.downtime;

		open_example(&s, rows[i].net);
		scene_compute(&s);
		cr_expect(d->any_ns == rows[i].any * MINUTE);
		cr_expect(d->sum_ns == rows[i].sum * MINUTE);
		cr_expect(d->window_ns == 1440 * MINUTE);
		cr_expect(d->outages == 4 && d->censored == 1);
		cr_expect(d->longest_ns == 90 * MINUTE);
		cr_expect(d->p95_ns == 90 * MINUTE);
		cr_expect(d->maintenance_excluded == rows[i].net);
		cr_assert(d->n_systems == 3);
		for (size_t j = 0; j < 3; j++) {
			const struct system_downtime *by = &d->by_system[j];

			cr_expect(str_equal(by->system, str_of(names[j])));
			cr_expect(
				by->downtime_ns == rows[i].minutes[j] * MINUTE,
				"row %zu, %s", i, names[j]);
			cr_expect(
				NEAR(by->availability, rows[i].availability[j]),
				"row %zu, %s", i, names[j]);
		}
		cr_expect(d->by_system[0].outages == 2 &&
			  d->by_system[0].longest_ns == 90 * MINUTE);
		scene_free(&s);
	}
}

Test(metric_downtime, the_example_has_the_published_legal_risk)
{
	struct scene s;
	const struct downtime *d = &s.metrics.downtime;

	open_example(&s, true);
	add_duty(&s, "A B", "2026-02-26T02:15:00Z", DAY "02:15:00Z");
	add_duty(&s, "C", "2026-02-10T00:00:00Z", "2026-03-10T00:00:00Z");
	add_duty(&s, "A", DAY "23:45:00Z", "2026-03-20T00:00:00Z");
	add_duty(&s, "B", DAY "02:00:00Z", "2026-03-05T00:00:00Z");
	scene_compute(&s);
	cr_expect(d->why.len == 0 && d->why_legal.len == 0);
	cr_expect(d->legal_ns == 120 * MINUTE);
	cr_expect(d->legal_sum_ns == 135 * MINUTE);
	cr_expect(d->obligations == 4 && d->without_system == 0);
	cr_expect(d->exposed == 1);
	cr_expect(d->missed == 0 && d->missed_if_minus == 0);
	/* A: 01:00-02:15 and 23:45-24:00. B: 02:00-02:30. C: 00:00-00:15. */
	cr_expect(d->by_system[0].legal_ns == 90 * MINUTE);
	cr_expect(d->by_system[1].legal_ns == 30 * MINUTE);
	cr_expect(d->by_system[2].legal_ns == 15 * MINUTE);
	scene_free(&s);
}

/* The overlap of O1 is 75 minutes, so its due time would move from 02:15 to
   03:30. */
Test(metric_downtime, a_missed_duty_may_be_met_without_the_downtime)
{
	static const struct {
		const char *done; /* or NULL */
		uint64_t missed_if_minus;
	} rows[] = {
		{DAY "03:00:00Z", 0},
		{DAY "03:30:00Z", 0},
		{DAY "03:30:01Z", 1},
		{NULL, 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		const struct downtime *d = &s.metrics.downtime;

		open_example(&s, true);
		add_duty(&s, "A B", "2026-02-26T02:15:00Z", DAY "02:15:00Z");
		s.duty[0].missed = true;
		if (rows[i].done)
			s.duty[0].done = scene_time(&s, rows[i].done);
		scene_compute(&s);
		cr_expect(d->missed == 1, "row %zu", i);
		cr_expect(d->missed_if_minus == rows[i].missed_if_minus,
			"row %zu", i);
		scene_free(&s);
	}
}

/* ---- duties ---- */

Test(metric_downtime, a_missed_duty_without_downtime_is_not_blamed_on_it)
{
	struct scene s;
	const struct downtime *d = &s.metrics.downtime;

	open_example(&s, true);
	add_duty(&s, "A", DAY "06:00:00Z", DAY "07:00:00Z");
	s.duty[0].missed = true;
	scene_compute(&s);
	cr_expect(d->obligations == 1 && d->missed == 0);
	cr_expect(d->missed_if_minus == 0 && d->legal_ns == 0);
	scene_free(&s);
}

Test(metric_downtime, a_duty_without_a_known_system_depends_on_all)
{
	struct scene s;
	const struct downtime *d = &s.metrics.downtime;

	open_example(&s, true);
	add_duty(&s, "", DAY "00:00:00Z", "2026-03-02T00:00:00Z");
	scene_compute(&s);
	cr_expect(d->obligations == 1 && d->without_system == 1);
	cr_expect(d->legal_ns == 135 * MINUTE);
	cr_expect(d->legal_sum_ns == 135 * MINUTE);
	scene_free(&s);
}

Test(metric_downtime, a_duty_of_systems_without_outages_is_at_no_risk)
{
	struct scene s;
	const struct downtime *d = &s.metrics.downtime;

	open_example(&s, true);
	add_duty(&s, "D E", DAY "00:00:00Z", "2026-03-02T00:00:00Z");
	scene_compute(&s);
	cr_expect(d->obligations == 1 && d->without_system == 0);
	cr_expect(d->legal_ns == 0 && d->legal_sum_ns == 0);
	scene_free(&s);
}

/* The outage of C ends at 00:15. */
Test(metric_downtime, exposed_are_the_last_hours_before_the_due_time)
{
	static const struct {
		int exposed; /* minutes */
		const char *start, *due;
		uint64_t count;
	} rows[] = {
		{24 * 60, "2026-02-10T00:00:00Z", "2026-03-02T00:14:00Z", 1},
		{24 * 60, "2026-02-10T00:00:00Z", "2026-03-02T00:15:00Z", 0},
		{60, "2026-02-10T00:00:00Z", DAY "01:14:00Z", 1},
		{60, "2026-02-10T00:00:00Z", DAY "01:15:00Z", 0},
		/* Before its start a duty is not exposed. */
		{60, DAY "00:15:00Z", DAY "01:00:00Z", 0},
		{60, DAY "00:14:00Z", DAY "01:00:00Z", 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct metric_params params = params_defaults();
		struct scene s;

		params.exposed_ns = rows[i].exposed * MINUTE;
		open_outages(&s, &params);
		add_outages(&s, &outages[6], 1);
		add_duty(&s, "C", rows[i].start, rows[i].due);
		scene_compute(&s);
		cr_expect(s.metrics.downtime.exposed == rows[i].count,
			"row %zu", i);
		scene_free(&s);
	}
}

Test(metric_downtime, systems_beyond_the_first_word_of_a_duty_are_seen)
{
	struct scene s;
	const struct downtime *d = &s.metrics.downtime;
	char name[16];

	open_outages(&s, NULL);
	for (int i = 0; i < 129; i++) {
		snprintf(name, sizeof(name), "s%d", i);
		scene_system(&s, arena_copy(&s.a, str_of(name)));
	}
	scene_row(&s, ROLE_OUTAGES, 0,
		"system=s128; started_at=" DAY "01:00:00Z; ended_at=" DAY
		"02:00:00Z");
	add_duty(&s, "s128", DAY "00:00:00Z", DAY "01:30:00Z");
	add_duty(&s, "s0 s64", DAY "00:00:00Z", DAY "01:45:00Z");
	scene_compute(&s);
	cr_expect(d->legal_ns == 30 * MINUTE);
	cr_expect(d->without_system == 0);
	scene_free(&s);
}

/* Outages of 1 to 20 minutes: nearest rank 19 of 20. */
Test(metric_downtime, the_95th_percentile_of_lengths_is_of_all_systems)
{
	struct scene s;
	char line[120];

	open_outages(&s, NULL);
	for (int i = 20; i > 0; i--) {
		snprintf(line, sizeof(line),
			"system=s%d; started_at=" DAY
			"%02d:00:00Z; ended_at=" DAY "%02d:%02d:00Z",
			i % 3, i, i, i);
		scene_row(&s, ROLE_OUTAGES, 0, line);
	}
	scene_compute(&s);
	cr_expect(s.metrics.downtime.longest_ns == 20 * MINUTE);
	cr_expect(s.metrics.downtime.p95_ns == 19 * MINUTE);
	scene_free(&s);
}

/* ---- reading ---- */

/* The window of the example is 1 March. */
Test(metric_downtime, outages_outside_the_window_are_counted_as_such)
{
	static const struct {
		const char *line;
		uint64_t outside;
	} rows[] = {
		{"system=A; started_at=2026-02-27; ended_at=2026-02-28", 1},
		/* It ends where the window begins. */
		{"system=A; started_at=2026-02-28; ended_at=2026-03-01", 1},
		{"system=A; started_at=2026-03-02; ended_at=2026-03-03", 1},
		{"system=A; started_at=2026-03-02", 1},
		{"system=A; started_at=2026-02-28; ended_at=2026-03-02", 0},
		{"system=A; started_at=2026-02-28", 0},
		{"system=A; started_at=2026-03-01; ended_at=2026-03-01", 0},
		{"system=A; started_at=unreadable", 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		const struct downtime *d = &s.metrics.downtime;

		open_outages(&s, NULL);
		scene_row(&s, ROLE_OUTAGES, 0, rows[i].line);
		scene_compute(&s);
		cr_expect(d->outside == rows[i].outside, "row %zu: %llu", i,
			(unsigned long long)d->outside);
		scene_free(&s);
	}
}

Test(metric_downtime, outages_that_make_no_sense_are_data_errors)
{
	static const struct {
		const char *line, *message;
	} rows[] = {
		{"system=A; started_at=" DAY "02:00:00Z; ended_at=" DAY
		 "01:00:00Z",
			"the outage ends before it begins; it does not count"},
		{"system=A; started_at=2026-04-02; ended_at=2026-04-01",
			"the outage ends before it begins; it does not count"},
		{"system=A; started_at=unreadable; ended_at=" DAY "01:00:00Z",
			"the outage has a time that cannot be read; it does "
			"not count"},
		{"system=A; started_at=" DAY "02:00:00Z; ended_at=unreadable",
			"the outage has a time that cannot be read; it does "
			"not count"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		const struct downtime *d = &s.metrics.downtime;

		open_outages(&s, NULL);
		scene_row(&s, ROLE_OUTAGES, 0, rows[i].line);
		scene_compute(&s);
		cr_expect(d->data_errors == 1 && d->any_ns == 0, "row %zu", i);
		cr_assert(s.diag.items.n == 1, "row %zu", i);
		cr_expect(s.diag.items.at[0].code == DIAG_DATA_ERROR &&
				  s.diag.items.at[0].loc.line == 2 &&
				  str_equal(s.diag.items.at[0].text,
					  str_of(rows[i].message)),
			"row %zu: %.*s", i, STR_ARG(s.diag.items.at[0].text));
		scene_free(&s);
	}
}

Test(metric_downtime, the_window_ends_where_the_log_ends)
{
	struct scene s;
	const struct downtime *d = &s.metrics.downtime;

	open_outages(&s, NULL);
	s.as_of = scene_time(&s, DAY "12:00:00Z");
	scene_row(&s, ROLE_OUTAGES, 0, "system=A; started_at=" DAY "11:00:00Z");
	scene_row(&s, ROLE_OUTAGES, 0,
		"system=B; started_at=" DAY "11:30:00Z; ended_at=" DAY
		"13:00:00Z");
	scene_compute(&s);
	cr_expect(d->window_ns == 12 * 60 * MINUTE);
	cr_expect(d->any_ns == 60 * MINUTE && d->sum_ns == 90 * MINUTE);
	cr_expect(d->censored == 2);
	scene_free(&s);
}

Test(metric_downtime, an_unknown_state_shortens_the_window_of_its_system)
{
	struct scene s;
	const struct downtime *d = &s.metrics.downtime;

	open_outages(&s, NULL);
	scene_row(&s, ROLE_OUTAGES, 0,
		"system=A; started_at=" DAY "01:00:00Z; ended_at=" DAY
		"03:00:00Z");
	scene_row(&s, ROLE_OUTAGES, 0,
		"system=A; kind=unknown; started_at=" DAY
		"02:00:00Z; ended_at=" DAY "14:00:00Z");
	scene_compute(&s);
	/* 60 of the 720 minutes in which its state is known. */
	cr_expect(d->by_system[0].downtime_ns == 60 * MINUTE);
	cr_expect(NEAR(d->by_system[0].availability, 1 - 60.0 / 720));
	scene_free(&s);
}

Test(metric_downtime, a_system_whose_state_is_never_known_has_no_availability)
{
	struct scene s;
	const struct downtime *d = &s.metrics.downtime;

	open_outages(&s, NULL);
	scene_row(&s, ROLE_OUTAGES, 0,
		"system=A; kind=unknown; started_at=2026-02-28T00:00:00Z");
	scene_row(&s, ROLE_OUTAGES, 0,
		"system=B; kind=unknown; started_at=" DAY "00:00:01Z");
	scene_compute(&s);
	cr_expect(!d->by_system[0].has_availability);
	cr_expect(d->by_system[1].has_availability &&
		  NEAR(d->by_system[1].availability, 1));
	scene_free(&s);
}

Test(metric_downtime, what_cannot_be_known_says_why)
{
	struct scene s;
	const struct downtime *d = &s.metrics.downtime;

	scene_open(&s, NULL);
	scene_period(&s, "2026-03-01", "2026-03-01");
	scene_compute(&s);
	cr_expect(str_equal(d->why, STR("no source has the role outages")));
	scene_free(&s);
	open_example(&s, false);
	scene_compute(&s);
	cr_expect(d->why.len == 0);
	cr_expect(str_equal(d->why_legal,
		STR("no evaluated rule counts as an obligation")));
	scene_free(&s);
	open_outages(&s, NULL);
	s.duties.any_rule = true;
	scene_compute(&s);
	cr_expect(d->why.len == 0 && d->why_legal.len == 0);
	cr_expect(d->any_ns == 0 && d->legal_ns == 0 && d->n_systems == 0);
	cr_expect(d->longest_ns == 0 && d->p95_ns == 0);
	scene_free(&s);
}

Test(metric_downtime, what_begins_after_the_window_is_not_censored)
{
	static const char *const lines[] = {
		"system=A; started_at=2026-03-02T00:00:00Z",
		"system=A; started_at=2026-03-04T00:00:00Z; "
		"ended_at=2026-03-09T00:00:00Z",
		"system=A; started_at=" DAY "23:59:59Z",
	};
	struct scene s;

	open_outages(&s, NULL);
	add_outages(&s, lines, 3);
	scene_compute(&s);
	cr_expect(s.metrics.downtime.censored == 1);
	cr_expect(s.metrics.downtime.any_ns == NS_PER_SECOND);
	scene_free(&s);
}

/* ---- random cases against an array of minutes ---- */

#define SYSTEMS 4
#define MINUTES 120 /* from an hour before the period */
#define FROM    60  /* where the window begins */
#define ROWS    12
#define DUTIES  6
#define ROUNDS  400

struct random_outage {
	int system, kind, start, end; /* end -1: open */
};

struct random_duty {
	unsigned systems;
	int start, due, done; /* done -1: never */
	bool missed;
};

struct minutes {
	bool down[SYSTEMS][MINUTES], maintenance[SYSTEMS][MINUTES];
	bool unknown[SYSTEMS][MINUTES], seen[SYSTEMS];
};

enum { KIND_OUTAGE, KIND_MAINTENANCE, KIND_UNKNOWN };

static int minute_below(struct rng *rng, int n)
{
	return (int)rng_below(rng, (uint64_t)n);
}

static struct random_outage draw_outage(struct rng *rng)
{
	struct random_outage o = {.system = minute_below(rng, SYSTEMS),
		.kind = minute_below(rng, 3),
		.start = minute_below(rng, MINUTES)};

	o.end = o.start + minute_below(rng, 30);
	if (o.end >= MINUTES || minute_below(rng, 8) == 0)
		o.end = -1;
	return o;
}

static struct random_duty draw_duty(struct rng *rng)
{
	struct random_duty d = {.systems = (unsigned)minute_below(rng, 16),
		.start = minute_below(rng, MINUTES - 1),
		.done = -1};

	d.due = d.start + 1 + minute_below(rng, MINUTES - 1 - d.start);
	d.missed = minute_below(rng, 2) == 0;
	if (minute_below(rng, 2) == 0)
		d.done = d.missed ? d.due + 1 + minute_below(rng, 20)
				  : d.start + minute_below(
						      rng, d.due - d.start + 1);
	return d;
}

static void mark(struct minutes *m, const struct random_outage *o)
{
	bool(*sets[])[MINUTES] = {m->down, m->maintenance, m->unknown};
	int end = o->end < 0 ? MINUTES : o->end;

	m->seen[o->system] = true;
	for (int i = o->start; i < end; i++)
		sets[o->kind][o->system][i] = true;
}

/* True in a minute of the window in which the system counts as down. */
static bool is_down(const struct minutes *m, int system, int i, bool net)
{
	return i >= FROM && m->down[system][i] && !m->unknown[system][i] &&
	       !(net && m->maintenance[system][i]);
}

static bool any_down(const struct minutes *m, unsigned systems, int i, bool net)
{
	for (int s = 0; s < SYSTEMS; s++)
		if ((systems >> s & 1) && is_down(m, s, i, net))
			return true;
	return false;
}

static int64_t count_down(
	const struct minutes *m, unsigned systems, int from, int to, bool net)
{
	int64_t n = 0;

	for (int i = from < 0 ? 0 : from; i < to && i < MINUTES; i++)
		n += any_down(m, systems, i, net);
	return n;
}

static unsigned systems_of(const struct random_duty *d)
{
	return d->systems ? d->systems : (1u << SYSTEMS) - 1;
}

static int end_of(const struct random_duty *d)
{
	return d->done >= 0 && d->done < d->due ? d->done : d->due;
}

/* Minutes in which a duty is open while one of its systems is down. */
static int64_t count_legal(const struct minutes *m,
	const struct random_duty *duties, int n, unsigned systems, bool net)
{
	int64_t sum = 0;

	for (int i = 0; i < MINUTES; i++) {
		bool risk = false;

		for (int d = 0; d < n; d++)
			risk |= i >= duties[d].start &&
				i < end_of(&duties[d]) &&
				any_down(m, systems_of(&duties[d]) & systems, i,
					net);
		sum += risk;
	}
	return sum;
}

static void print_minute(struct scene *s, int minute, char buffer[40])
{
	struct str text = timestamp_print(
		scene_time(s, "2026-02-28T23:00:00Z") + minute * MINUTE,
		buffer);

	buffer[text.len] = '\0';
}

static void add_outage(struct scene *s, const struct random_outage *o)
{
	static const char *const kinds[] = {"outage", "maintenance", "unknown"};
	char line[200], start[48], end[48] = "";

	print_minute(s, o->start, start);
	if (o->end >= 0)
		print_minute(s, o->end, end);
	snprintf(line, sizeof(line), "system=s%d; kind=%s; started_at=%s%s%s",
		o->system, kinds[o->kind], start,
		o->end < 0 ? "" : "; ended_at=", end);
	scene_row(s, ROLE_OUTAGES, 0, line);
}

static void add_random_duty(struct scene *s, const struct random_duty *d)
{
	static const char *const names[] = {"", "s0", "s1", "s0 s1", "s2",
		"s0 s2", "s1 s2", "s0 s1 s2", "s3", "s0 s3", "s1 s3",
		"s0 s1 s3", "s2 s3", "s0 s2 s3", "s1 s2 s3", "s0 s1 s2 s3"};
	int64_t base = scene_time(s, "2026-02-28T23:00:00Z");
	struct duty *duty = scene_duty(s, names[d->systems],
		base + d->start * MINUTE, base + d->due * MINUTE);

	duty->missed = d->missed;
	duty->end = base + end_of(d) * MINUTE;
	if (d->done >= 0)
		duty->done = base + d->done * MINUTE;
}

struct round {
	struct minutes minutes;
	struct random_outage outages[ROWS];
	struct random_duty duties[DUTIES];
	int n_outages, n_duties;
	bool net;
};

static void draw_round(struct rng *rng, struct round *r)
{
	*r = (struct round) {.n_outages = minute_below(rng, ROWS + 1),
		.n_duties = minute_below(rng, DUTIES + 1),
		.net = minute_below(rng, 2) == 0};
	for (int i = 0; i < r->n_outages; i++) {
		r->outages[i] = draw_outage(rng);
		mark(&r->minutes, &r->outages[i]);
	}
	for (int i = 0; i < r->n_duties; i++)
		r->duties[i] = draw_duty(rng);
}

/* `back` adds the rows from the last to the first. */
static void compute_round(struct scene *s, const struct round *r, bool back)
{
	struct metric_params params = params_defaults();

	params.exclude_maintenance = r->net;
	params.exposed_ns = 10 * MINUTE;
	scene_open(s, &params);
	scene_source(s, "outages", ROLE_OUTAGES);
	s->period_from = scene_time(s, DAY "00:00:00Z");
	s->as_of = scene_time(s, DAY "01:00:00Z");
	s->duties.any_rule = true;
	for (int i = 0; i < r->n_outages; i++)
		add_outage(s, &r->outages[back ? r->n_outages - 1 - i : i]);
	for (int i = 0; i < r->n_duties; i++)
		add_random_duty(s, &r->duties[back ? r->n_duties - 1 - i : i]);
	scene_compute(s);
}

static void expect_duties(
	const struct downtime *d, const struct round *r, int round)
{
	int64_t sum = 0;
	uint64_t exposed = 0, missed = 0, still = 0;

	for (int i = 0; i < r->n_duties; i++) {
		const struct random_duty *duty = &r->duties[i];
		unsigned systems = systems_of(duty);
		int last = duty->due - 10;
		int64_t overlap = count_down(&r->minutes, systems, duty->start,
			end_of(duty), r->net);
		bool hit = duty->missed && overlap > 0;

		sum += overlap;
		exposed += count_down(&r->minutes, systems,
				   last > duty->start ? last : duty->start,
				   duty->due, r->net) > 0;
		missed += hit;
		still += hit &&
			 (duty->done < 0 || duty->done > duty->due + overlap);
	}
	cr_expect(d->legal_sum_ns == sum * MINUTE, "round %d", round);
	cr_expect(d->exposed == exposed, "round %d", round);
	cr_expect(d->missed == missed && d->missed_if_minus == still,
		"round %d", round);
	cr_expect(d->legal_ns == count_legal(&r->minutes, r->duties,
					 r->n_duties, 15, r->net) *
					 MINUTE,
		"round %d", round);
}

static void expect_systems(
	const struct downtime *d, const struct round *r, int round)
{
	size_t n = 0;
	int64_t sum = 0;

	for (int s = 0; s < SYSTEMS; s++) {
		int64_t down = count_down(
			&r->minutes, 1u << s, 0, MINUTES, r->net);
		int64_t legal = count_legal(
			&r->minutes, r->duties, r->n_duties, 1u << s, r->net);

		if (!r->minutes.seen[s])
			continue;
		cr_assert(n < d->n_systems, "round %d", round);
		cr_expect(d->by_system[n].downtime_ns == down * MINUTE &&
				  d->by_system[n].legal_ns == legal * MINUTE,
			"round %d, s%d", round, s);
		sum += down;
		n++;
	}
	cr_expect(d->n_systems == n && d->sum_ns == sum * MINUTE, "round %d",
		round);
	cr_expect(d->any_ns == count_down(&r->minutes, 15, 0, MINUTES, r->net) *
				       MINUTE,
		"round %d", round);
}

/* Property: every figure equals that of an array of minutes, and the order of
   the rows changes nothing. */
Test(metric_downtime, random_cases_agree_with_an_array_of_minutes)
{
	struct rng rng = {20260302};

	for (int round = 0; round < ROUNDS; round++) {
		struct round r;

		draw_round(&rng, &r);
		for (int back = 0; back < 2; back++) {
			struct scene s;

			compute_round(&s, &r, back);
			expect_systems(&s.metrics.downtime, &r, round);
			expect_duties(&s.metrics.downtime, &r, round);
			scene_free(&s);
		}
	}
}
