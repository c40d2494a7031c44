#include "metric/incident_set.h"

#include "base/rng.h"
#include "scene_p.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define D(day)  "2026-03-" day "T00:00:00Z"
#define DAYS(n) ((int64_t)(n)*NS_PER_DAY)

/* The incidents of `lines`, as of the end of March. */
static struct incident_set open_set(struct scene *s,
	const struct metric_params *params, const char *const *lines, size_t n)
{
	size_t source;

	scene_open(s, params);
	source = scene_source(s, "tickets", ROLE_INCIDENTS);
	for (size_t i = 0; i < n; i++)
		scene_row(s, ROLE_INCIDENTS, source, lines[i]);
	s->as_of = scene_time(s, "2026-04-01T00:00:00Z");
	s->period_from = scene_time(s, "2026-03-01T00:00:00Z");
	scene_close(s);
	return incident_set(&s->in);
}

static struct incident_set open_one(
	struct scene *s, const struct metric_params *params, const char *line)
{
	return open_set(s, params, &line, 1);
}

static struct str id_of(
	struct scene *s, const struct incident_set *set, size_t i)
{
	return symbols_get(&s->a, &s->strings, set->at[i].id);
}

Test(incident_set, detection_is_the_first_time_that_is_there)
{
	static const struct {
		const char *line, *detected;
		bool is_proxy;
	} rows[] = {
		{"incident_id=I; detected_at=" D("04") "; created_at=" D("03"),
			D("04"), false},
		{"incident_id=I; created_at=" D("03") "; opened_at=" D("02"),
			D("03"), true},
		{"incident_id=I; opened_at=" D("02"), D("02"), true},
		/* What lies after as_of has not happened yet. */
		{"incident_id=I; detected_at=2026-05-01; created_at=" D("03"),
			D("03"), true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		struct incident_set set = open_one(&s, NULL, rows[i].line);

		cr_assert(set.n == 1, "row %zu", i);
		cr_expect(
			set.at[0].detected == scene_time(&s, rows[i].detected),
			"row %zu", i);
		cr_expect(set.at[0].is_proxy == rows[i].is_proxy, "row %zu", i);
		cr_expect(set.at[0].is_open && set.at[0].fixed == CELL_ABSENT);
		scene_free(&s);
	}
}

Test(incident_set, the_fix_is_the_resolution_or_the_first_of_two)
{
	static const struct {
		const char *line;
		int resolved, first; /* day of March; 0: open */
	} rows[] = {
		{"resolved_at=" D("09") "; mitigated_at=" D("05"), 9, 5},
		{"resolved_at=" D("05") "; mitigated_at=" D("09"), 5, 5},
		{"resolved_at=" D("05"), 5, 5},
		{"mitigated_at=" D("09"), 0, 9},
		{"closed_at=" D("09"), 0, 0},
		{"resolved_at=2026-04-02", 0, 0},
	};
	struct metric_params first = params_defaults();

	first.fixed_first = true;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		char line[160];
		int want = i % 2 ? rows[i / 2].first : rows[i / 2].resolved;
		struct incident_set set;

		snprintf(line, sizeof(line),
			"incident_id=I; detected_at=" D("02") "; %s",
			rows[i / 2].line);
		set = open_one(&s, i % 2 ? &first : NULL, line);
		cr_expect(set.at[0].is_open == (want == 0), "row %zu", i / 2);
		cr_expect(want == 0 ||
				  set.at[0].fixed == scene_time(&s, D("01")) +
							     DAYS(want - 1),
			"row %zu", i / 2);
		scene_free(&s);
	}
}

Test(incident_set, the_date_is_that_of_the_parameter)
{
	static const struct {
		enum incident_date date;
		const char *want; /* or NULL */
	} rows[] = {
		{DATE_DETECTED, D("04")},
		{DATE_OCCURRED, D("02")},
		{DATE_REPORTED, NULL},
	};

	for (size_t i = 0; i < 3; i++) {
		struct metric_params params = params_defaults();
		struct incident_set set;
		struct scene s;

		params.date = rows[i].date;
		set = open_one(&s, &params,
			"incident_id=I; detected_at=" D("04") "; occurred_at=" D(
				"02") "; "
				      "reported_at=2026-05-01");
		cr_expect(set.at[0].date ==
				  (rows[i].want ? scene_time(&s, rows[i].want)
						: CELL_ABSENT),
			"row %zu", i);
		scene_free(&s);
	}
}

Test(incident_set, a_duplicate_counts_for_nothing)
{
	static const char *const lines[] = {
		"incident_id=A; detected_at=" D("02"),
		"incident_id=B; detected_at=" D("03") "; duplicate_of=A",
		"incident_id=C; detected_at=" D("04") "; duplicate_of=B",
		"incident_id=D; detected_at=" D("05") "; duplicate_of=D",
	};
	struct scene s;
	struct incident_set set = open_set(&s, NULL, lines, 4);

	cr_assert(set.n == 2 && set.duplicates == 2);
	cr_expect(str_equal(id_of(&s, &set, 0), STR("A")));
	cr_expect(str_equal(id_of(&s, &set, 1), STR("D")));
	scene_free(&s);
}

/* B and C are all that is known of X. */
Test(incident_set, a_duplicate_of_an_incident_that_is_not_there_stands_for_it)
{
	static const char *const lines[] = {
		"incident_id=B; detected_at=" D("03") "; duplicate_of=X",
		"incident_id=C; detected_at=" D("04") "; duplicate_of=X",
	};
	struct scene s;
	struct incident_set set = open_set(&s, NULL, lines, 2);

	cr_assert(set.n == 1 && set.duplicates == 0);
	cr_expect(str_equal(id_of(&s, &set, 0), STR("X")));
	cr_expect(set.at[0].detected == scene_time(&s, D("03")));
	scene_free(&s);
}

Test(incident_set, a_second_row_of_one_id_is_a_reopening)
{
	static const char *const lines[] = {
		"incident_id=A; detected_at=" D("10") "; resolved_at=" D("12"),
		"incident_id=A; detected_at=" D("02") "; resolved_at=" D("05"),
	};
	struct scene s;
	struct incident_set set = open_set(&s, NULL, lines, 2);

	cr_assert(set.n == 1 && set.duplicates == 0);
	cr_expect(set.at[0].rows == 2);
	cr_expect(set.at[0].detected == scene_time(&s, D("02")));
	cr_expect(set.at[0].fixed == scene_time(&s, D("12")));
	cr_expect(set.at[0].worked == DAYS(3 + 2));
	cr_expect(set.at[0].loc.line == 3, "that of the first detection");
	scene_free(&s);
}

Test(incident_set, a_reopened_incident_may_be_open)
{
	static const char *const lines[] = {
		"incident_id=A; detected_at=" D("02") "; resolved_at=" D("05"),
		"incident_id=A; detected_at=" D("30"),
	};
	struct scene s;
	struct incident_set set = open_set(&s, NULL, lines, 2);

	cr_expect(set.at[0].is_open && set.at[0].fixed == CELL_ABSENT);
	/* Three days, and from the 30th to the end of the month. */
	cr_expect(set.at[0].worked == DAYS(3 + 2));
	scene_free(&s);
}

struct rows_case {
	const char *lines[3];
	int detected, fixed; /* day of March, 0: none */
	int worked;          /* days; as of the end of the 31st */
	bool is_proxy;
};

static void expect_case(const struct rows_case *c, size_t number)
{
	struct scene s;
	struct incident_set set;
	size_t n = 0;
	int64_t first;

	while (n < 3 && c->lines[n])
		n++;
	set = open_set(&s, NULL, c->lines, n);
	first = scene_time(&s, D("01"));
	cr_assert(set.n == 1 && set.at[0].rows == n, "case %zu", number);
	cr_expect(set.at[0].detected == first + DAYS(c->detected - 1),
		"case %zu", number);
	cr_expect(set.at[0].is_open == (c->fixed == 0), "case %zu", number);
	cr_expect(set.at[0].fixed ==
			  (c->fixed ? first + DAYS(c->fixed - 1) : CELL_ABSENT),
		"case %zu", number);
	cr_expect(set.at[0].worked == DAYS(c->worked), "case %zu: %g days",
		number, (double)set.at[0].worked / (double)NS_PER_DAY);
	cr_expect(set.at[0].is_proxy == c->is_proxy, "case %zu", number);
	scene_free(&s);
}

#define ROW(rest) "incident_id=A" rest
#define SEEN(day) "; detected_at=" D(day)
#define DONE(day) "; resolved_at=" D(day)

Test(incident_set, several_rows_make_one_span_and_count_no_day_twice)
{
	static const struct rows_case cases[] = {
		/* Told of before it was fixed. */
		{{ROW(SEEN("02")), ROW(SEEN("02") DONE("05"))}, 2, 5, 3, 0},
		/* Detected again before it was fixed. */
		{{ROW(SEEN("02")), ROW(SEEN("04") DONE("05"))}, 2, 5, 3, 0},
		/* The later row was fixed before the earlier one. */
		{{ROW(SEEN("02") DONE("10")), ROW(SEEN("04") DONE("06"))}, 2,
			10, 8, 0},
		{{ROW(SEEN("02") DONE("05")), ROW(SEEN("04") DONE("06"))}, 2, 6,
			4, 0},
		/* A gap between, and still open. */
		{{ROW(SEEN("02") DONE("03")), ROW(SEEN("05") DONE("06")),
			 ROW(SEEN("30"))},
			2, 0, 1 + 1 + 2, 0},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_case(&cases[i], i);
}

Test(incident_set, a_row_without_detection_takes_that_of_the_others)
{
	static const struct rows_case cases[] = {
		{{ROW(SEEN("02")), ROW(DONE("05"))}, 2, 5, 3, 0},
		{{ROW(DONE("05")), ROW(SEEN("02") DONE("05"))}, 2, 5, 3, 0},
		{{ROW("; opened_at=" D("02")), ROW(DONE("05"))}, 2, 5, 3, 1},
		{{ROW(SEEN("09")), ROW(SEEN("02") DONE("03")), ROW(DONE("04"))},
			2, 0, 2 + 31 - 9 + 1, 0},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_case(&cases[i], i);
}

Test(incident_set, the_date_is_that_of_the_first_row_that_has_one)
{
	static const char *const lines[] = {
		"incident_id=A; detected_at=" D("02"),
		"incident_id=A; detected_at=" D("03") "; occurred_at=" D("01"),
		"incident_id=A; detected_at=" D("04") "; occurred_at=" D("04"),
	};
	struct metric_params params = params_defaults();
	struct scene s;
	struct incident_set set;

	params.date = DATE_OCCURRED;
	set = open_set(&s, &params, lines, 3);
	cr_expect(set.at[0].date == scene_time(&s, D("01")));
	scene_free(&s);
}

Test(incident_set, one_row_that_is_regulatory_or_reportable_is_enough)
{
	static const struct {
		const char *first, *second;
		bool regulatory, reportable;
	} rows[] = {
		{"", "", true, false},
		{"; regulatory=no", "", true, false},
		{"", "; regulatory=no", true, false},
		{"; regulatory=no", "; regulatory=no", false, false},
		{"; reportable=yes", "", true, true},
		{"", "; reportable=yes; regulatory=no", true, true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		char first[80], second[80];
		const char *lines[] = {first, second};
		struct incident_set set;

		snprintf(first, sizeof(first),
			"incident_id=A; detected_at=" D("02") "%s",
			rows[i].first);
		snprintf(second, sizeof(second),
			"incident_id=A; detected_at=" D("03") "%s",
			rows[i].second);
		set = open_set(&s, NULL, lines, 2);
		cr_expect(set.at[0].regulatory == rows[i].regulatory &&
				  set.at[0].reportable == rows[i].reportable,
			"row %zu", i);
		cr_expect(set.not_regulatory == !rows[i].regulatory);
		scene_free(&s);
	}
}

Test(incident_set, a_fix_without_detection_or_before_it_is_an_error)
{
	static const struct {
		const char *line, *message;
	} rows[] = {
		{"incident_id=INC-7; detected_at=" D("04") "; resolved_at=" D(
			 "03"),
			"incident 'INC-7' is fixed before it was detected; it "
			"does not count for the time to remediate"},
		{"incident_id=INC-7; resolved_at=" D("03"),
			"incident 'INC-7' is fixed but was never detected; it "
			"does not count for the time to remediate"},
		{"incident_id=INC-7; detected_at=" D(
			 "04") "; resolved_at=unreadable",
			"incident 'INC-7' is fixed at a time that cannot be "
			"read; it does not count for the time to remediate"},
		{"incident_id=INC-7; detected_at=" D("04") "; resolved_at=" D(
			 "04"),
			NULL},
		{"incident_id=INC-7; detected_at=" D("04"), NULL},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		struct incident_set set = open_one(&s, NULL, rows[i].line);

		cr_expect(
			(set.at[0].error != NULL) == (rows[i].message != NULL),
			"row %zu", i);
		cr_assert(s.diag.items.n == (rows[i].message != NULL),
			"row %zu", i);
		if (rows[i].message) {
			const struct diag_item *item = &s.diag.items.at[0];

			cr_expect(item->code == DIAG_DATA_ERROR);
			cr_expect(
				str_equal(item->text, str_of(rows[i].message)),
				"row %zu: %.*s", i, STR_ARG(item->text));
			cr_expect(item->loc.file == 1 && item->loc.line == 2);
		}
		scene_free(&s);
	}
}

/* Both metrics of incidents look at one set. */
Test(incident_set, an_error_is_told_once_however_many_metrics_look)
{
	struct scene s;

	scene_open(&s, NULL);
	scene_row(&s, ROLE_INCIDENTS,
		scene_source(&s, "tickets", ROLE_INCIDENTS),
		"incident_id=A; detected_at=" D("04") "; resolved_at=" D("03"));
	s.as_of = scene_time(&s, "2026-04-01T00:00:00Z");
	scene_compute(&s);
	cr_expect(diag_count(&s.diag, DIAG_DATA_ERROR) == 1);
	scene_free(&s);
}

Test(incident_set, opening_is_the_first_that_a_row_tells)
{
	static const char *const lines[] = {
		"incident_id=A; detected_at=" D("04") "; opened_at=" D("06"),
		"incident_id=A; detected_at=" D("09") "; opened_at=" D("02"),
		"incident_id=A; detected_at=" D("10") "; opened_at=" D("08"),
		"incident_id=B; detected_at=" D("05"),
		"incident_id=C; detected_at=" D("07") "; opened_at=2026-05-01",
	};
	struct scene s;
	struct incident_set set = open_set(&s, NULL, lines, 5);

	cr_assert(set.n == 3);
	cr_expect(set.at[0].opened == scene_time(&s, D("02")));
	cr_expect(set.at[0].detected == scene_time(&s, D("04")));
	cr_expect(set.at[1].opened == CELL_ABSENT);
	cr_expect(set.at[2].opened == CELL_ABSENT, "after as_of");
	scene_free(&s);
}

Test(incident_set, incidents_come_in_the_order_of_detection_then_of_their_ids)
{
	static const char *const lines[] = {
		"incident_id=B; detected_at=" D("09"),
		"incident_id=C; detected_at=" D("02"),
		"incident_id=A; detected_at=" D("09"),
		"incident_id=D; detected_at=" D("01"),
	};
	static const char *const want[] = {"D", "C", "B", "A"};
	struct scene s;
	struct incident_set set = open_set(&s, NULL, lines, 4);

	cr_assert(set.n == 4);
	/* Ids of one instant come by their symbols, in order of sight. */
	for (size_t i = 0; i < 4; i++)
		cr_expect(str_equal(id_of(&s, &set, i), str_of(want[i])),
			"row %zu", i);
	scene_free(&s);
}

/* ---- random cases ---- */

#define IDS    4
#define ROWS   4  /* at most, of one incident */
#define MONTH  31 /* days; the log ends behind the last one */
#define ROUNDS 300

/* Rows of one incident by day of detection, counted from 0. */
struct random_incident {
	int n, detected[ROWS], fixed[ROWS]; /* fixed -1: not */
};

static void draw_incident(struct rng *rng, struct random_incident *incident)
{
	int day = 0;

	incident->n = 0;
	while (incident->n < ROWS && rng_below(rng, 4) > 0) {
		int i = incident->n++;

		day += 1 + (int)rng_below(rng, 7);
		incident->detected[i] = day;
		incident->fixed[i] = rng_below(rng, 3) == 0
					     ? -1
					     : day + (int)rng_below(rng, 12);
		if (incident->fixed[i] > MONTH)
			incident->fixed[i] = -1;
	}
}

/* Days on which the incident is worked on, marked one by one. */
static int count_worked(const struct random_incident *incident)
{
	bool worked[MONTH] = {false};
	int n = 0;

	for (int i = 0; i < incident->n; i++) {
		int end = incident->fixed[i];

		if (end < 0)
			end = i + 1 < incident->n ? incident->detected[i + 1]
						  : MONTH;
		for (int day = incident->detected[i]; day < end; day++)
			worked[day] = true;
	}
	for (int day = 0; day < MONTH; day++)
		n += worked[day];
	return n;
}

static int last_fix(const struct random_incident *incident)
{
	int last = -1;

	for (int i = 0; i < incident->n; i++)
		if (incident->fixed[i] > last)
			last = incident->fixed[i];
	return incident->fixed[incident->n - 1] < 0 ? -1 : last;
}

static void print_row(struct scene *s, int id, int detected, int fixed,
	char *line, size_t size)
{
	char from[40], to[40];
	int64_t first = scene_time(s, D("01"));
	struct str start = timestamp_print(first + DAYS(detected), from);
	struct str end = timestamp_print(first + DAYS(fixed), to);

	snprintf(line, size, "incident_id=I%d; detected_at=%.*s%s%.*s", id,
		STR_ARG(start),
		fixed < 0 ? "" : "; resolved_at=", fixed < 0 ? 0 : (int)end.len,
		end.s);
}

/* The set of random incidents, their rows given from the last to the first if
   `back`. */
static struct incident_set open_random(
	struct scene *s, const struct random_incident *incidents, bool back)
{
	struct scene times;
	static char texts[IDS * ROWS][120];
	const char *lines[IDS * ROWS];
	size_t n = 0;

	scene_open(&times, NULL);
	for (int id = 0; id < IDS; id++)
		for (int i = 0; i < incidents[id].n; i++)
			print_row(&times, id, incidents[id].detected[i],
				incidents[id].fixed[i], texts[n++],
				sizeof(texts[0]));
	scene_free(&times);
	for (size_t i = 0; i < n; i++)
		lines[i] = texts[back ? n - 1 - i : i];
	return open_set(s, NULL, lines, n);
}

static void expect_item(struct scene *s, const struct incident_item *item,
	const struct random_incident *incidents, int round)
{
	int64_t first = scene_time(s, D("01"));
	int id = symbols_show(&s->strings, item->id).s[1] - '0';
	const struct random_incident *want = &incidents[id];
	int fixed = last_fix(want);

	cr_expect(item->rows == (uint32_t)want->n, "round %d", round);
	cr_expect(item->detected == first + DAYS(want->detected[0]), "round %d",
		round);
	cr_expect(item->is_open == (fixed < 0), "round %d", round);
	cr_expect(
		item->fixed == (fixed < 0 ? CELL_ABSENT : first + DAYS(fixed)),
		"round %d", round);
	cr_expect(item->worked == DAYS(count_worked(want)), "round %d", round);
}

/* Property: spans and worked days equal those of a month marked day by day,
   whatever the order of the rows. */
Test(incident_set, random_rows_agree_with_an_array_of_days)
{
	struct rng rng = {20260303};

	for (int round = 0; round < ROUNDS; round++) {
		struct random_incident incidents[IDS];
		size_t want = 0;

		for (int id = 0; id < IDS; id++) {
			draw_incident(&rng, &incidents[id]);
			want += incidents[id].n > 0;
		}
		for (int back = 0; back < 2; back++) {
			struct scene s;
			struct incident_set set = open_random(
				&s, incidents, back);

			cr_assert(set.n == want, "round %d", round);
			for (size_t i = 0; i < set.n; i++)
				expect_item(&s, &set.at[i], incidents, round);
			scene_free(&s);
		}
	}
}
