#include "metric/metric.h"

#include "base/rng.h"
#include "scene_p.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#define DAY        "2026-03-01T"
#define EACH(list) list, sizeof(list) / sizeof(*(list))
#define ROUNDS     300
#define TRADES     40
#define expect_share(share, n, d)                                         \
	cr_expect((share).numerator == (n) && (share).denominator == (d), \
		"%s is %llu of %llu", #share,                             \
		(unsigned long long)(share).numerator,                    \
		(unsigned long long)(share).denominator)

static void add_events(
	struct scene *s, size_t source, const char *const *lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		scene_event(s, source, lines[i]);
}

/* ---- the published example ---- */

#define WHO  "; actor_id=u1; outcome=ok"
#define DIFF "; old=1; new=2"

/* t1 to t13. */
static const char *const transactions[] = {
	"ts=" DAY "10:00:00Z; action=create; object_id=A1; request_id=r1",
	"ts=" DAY "10:05:00Z; action=update; object_id=A1; request_id=r2",
	"ts=" DAY "10:05:30Z; action=update; object_id=A1",
	"ts=" DAY "10:06:00Z; action=update; object_id=A1",
	"ts=" DAY "11:00:00Z; action=create; object_id=B1",
	"ts=" DAY "11:30:00Z; action=delete; object_id=B1",
	"ts=" DAY "12:00:00Z; action=update; object_id=C1",
	"ts=" DAY "12:30:00Z; action=update; object_id=C1",
	"ts=" DAY "13:10:00Z; action=create; object_id=D1; src_system=erp",
	"ts=" DAY "13:20:00Z; action=create; object_id=E1; src_system=erp",
	"ts=" DAY "15:00:00Z; action=update; object_id=F1; src_system=erp",
	"ts=" DAY "16:00:00Z; action=update; object_id=G1; src_system=erp",
	"ts=2026-03-01; action=update; object_id=H1; src_system=erp",
};

/* l1 to l11. */
static const char *const log_events[] = {
	"ts=" DAY "10:00:01Z; action=create; object_id=A1; request_id=r1" WHO,
	"ts=" DAY
	"10:05:00Z; action=update; object_id=A1; request_id=r2" WHO DIFF,
	"ts=" DAY "10:05:31Z; action=update; object_id=A1" WHO DIFF,
	"ts=" DAY "11:00:02Z; action=create; object_id=B1" WHO,
	"ts=" DAY "11:30:01Z; action=delete; object_id=B1" WHO,
	"ts=" DAY "12:00:01Z; action=update; object_id=C1" WHO,
	"ts=" DAY "13:20:03Z; action=create; object_id=E1" WHO,
	"ts=" DAY "15:10:00Z; action=update; object_id=F1" WHO DIFF,
	"ts=" DAY "18:22:00Z; action=update; object_id=H1" WHO DIFF,
	"ts=" DAY "17:00:00Z; action=update; object_id=Z9" WHO DIFF,
	"ts=" DAY "11:00:02Z; action=create; object_id=B1" WHO,
};

/* Sources orders, audit (off from 13:00 to 14:00) and an exclusion of t8. */
static void open_example(struct scene *s, const struct metric_params *params)
{
	struct gap *gap;

	scene_open(s, params);
	gap = arena_new(&s->a, struct gap);
	*gap = (struct gap) {
		scene_time(s, DAY "13:00:00Z"), scene_time(s, DAY "14:00:00Z")};
	add_events(s, scene_source(s, "orders", ROLE_TRANSACTIONS),
		EACH(transactions));
	add_events(
		s, scene_source(s, "audit", ROLE_AUDIT_LOG), EACH(log_events));
	s->sources[1].gaps = gap;
	s->sources[1].n_gaps = 1;
	scene_row(s, ROLE_REGISTER, scene_source(s, "except", ROLE_REGISTER),
		"object_id=C1; from=" DAY "12:15:00Z; to=2026-03-01; "
		"reason=Load test of the release");
	scene_period(s, "2026-03-01", "2026-03-01");
}

Test(metric_completeness, the_example_has_the_published_figures)
{
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	open_example(&s, NULL);
	scene_compute(&s);
	cr_expect(c->why.len == 0 && str_equal(c->variant, STR("record")));
	cr_expect(c->matched == 7 && c->late == 1 && c->partial == 1);
	cr_expect(c->missing == 2 && c->unverifiable == 1);
	cr_expect(c->excluded == 1 && c->weak == 1 && c->walked == 0);
	cr_expect(c->orphans == 2);
	expect_share(c->main, 9, 12);
	expect_share(c->record, 9, 12);
	expect_share(c->upper, 10, 12);
	expect_share(c->verifiable, 9, 11);
	expect_share(c->strict, 7, 12);
	expect_share(c->no_weak, 8, 12);
	expect_share(c->existence, 9, 11);
	expect_share(c->field, 53, 55);
	expect_share(c->timeliness, 7, 8);
	scene_free(&s);
}

/* Of t1 to t7 only t4 is not found, of t9 to t13 t9 and t12 are not. */
Test(metric_completeness, the_example_is_broken_down_by_system_and_quarter)
{
	static const struct {
		const char *by, *key;
		uint64_t numerator, denominator;
	} want[] = {{"system", "(none)", 6, 7}, {"system", "erp", 3, 5},
		{"quarter", "2026Q1", 9, 12}};
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	open_example(&s, NULL);
	scene_compute(&s);
	cr_assert(c->n_by == 3);
	for (size_t i = 0; i < 3; i++) {
		cr_expect(str_equal(str_of(c->by[i].by), str_of(want[i].by)) &&
				  str_equal(c->by[i].key, str_of(want[i].key)),
			"row %zu: %s %.*s", i, c->by[i].by,
			STR_ARG(c->by[i].key));
		expect_share(
			c->by[i].share, want[i].numerator, want[i].denominator);
	}
	scene_free(&s);
}

/* What is not in order: t4 missing and t7 partial without a system, t9
   unverifiable, t11 late and t12 missing in erp. */
Test(metric_completeness, the_example_has_its_gaps_listed)
{
	static const struct {
		const char *system, *action;
		uint64_t missing, unverifiable, partial, late, lost;
		uint32_t line;
	} want[] = {
		{"(none)", "update", 1, 0, 1, 0, 1, 5},
		{"erp", "create", 0, 1, 0, 0, 1, 10},
		{"erp", "update", 1, 0, 0, 1, 1, 12},
	};
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	open_example(&s, NULL);
	scene_compute(&s);
	cr_assert(c->n_gaps == 3 && c->gaps_total == 3);
	for (size_t i = 0; i < 3; i++) {
		const struct gap_group *g = &c->gaps[i];

		cr_expect(str_equal(g->system, str_of(want[i].system)) &&
				  str_equal(g->action, str_of(want[i].action)),
			"row %zu", i);
		cr_expect(g->missing == want[i].missing &&
				  g->unverifiable == want[i].unverifiable &&
				  g->partial == want[i].partial &&
				  g->late == want[i].late &&
				  g->lost == want[i].lost && g->of == 12,
			"row %zu", i);
		cr_expect(
			g->places[0].line == want[i].line &&
				str_equal(g->places[0].path, STR("orders.csv")),
			"row %zu: line %u", i, g->places[0].line);
		cr_expect(str_equal(g->quarter, STR("2026Q1")), "row %zu", i);
	}
	scene_free(&s);
}

/* ---- parameters ---- */

Test(metric_completeness, a_sample_has_the_published_interval)
{
	struct metric_params params = params_defaults();
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	params.sample = true;
	open_example(&s, &params);
	scene_compute(&s);
	cr_expect(c->has_interval);
	cr_expect(fabs(c->low - 0.467695) < 1e-6, "%.9f", c->low);
	cr_expect(fabs(c->high - 0.911058) < 1e-6, "%.9f", c->high);
	scene_free(&s);
	open_example(&s, NULL);
	scene_compute(&s);
	cr_expect(!c->has_interval, "a population has no sampling error");
	scene_free(&s);
	/* A sample without a transaction has no share either. */
	scene_open(&s, &params);
	scene_event(&s, scene_source(&s, "log", ROLE_EVENTS), "action=update");
	scene_stream(&s, 5, 8);
	scene_compute(&s);
	cr_expect(!c->has_interval);
	scene_free(&s);
}

/* A transaction at 12:00 and a log event `shift` seconds later, at most an
   hour away, neither with an identity. */
static struct completeness pair_at(
	struct scene *s, const struct metric_params *params, int shift)
{
	char line[120];
	int second = 12 * 3600 + shift;

	scene_open(s, params);
	scene_event(s, scene_source(s, "orders", ROLE_TRANSACTIONS),
		"ts=" DAY "12:00:00Z; action=create; object_id=A1");
	snprintf(line, sizeof(line),
		"ts=" DAY "%02d:%02d:%02dZ; action=create; object_id=A1" WHO,
		second / 3600, second / 60 % 60, second % 60);
	scene_event(s, scene_source(s, "audit", ROLE_AUDIT_LOG), line);
	scene_compute(s);
	return s->metrics.completeness;
}

Test(metric_completeness, the_window_and_lateness_are_parameters)
{
	static const struct {
		int before, after, late_after; /* s */
		bool weak_all;
		int shift;
		uint64_t matched, late, missing, weak;
	} rows[] = {
		{5, 900, 60, false, -5, 1, 0, 0, 0},
		{5, 900, 60, false, -6, 0, 0, 1, 0},
		{6, 900, 60, false, -6, 1, 0, 0, 0},
		{5, 900, 60, false, 60, 1, 0, 0, 0},
		{5, 900, 60, false, 61, 0, 1, 0, 0},
		{5, 900, 61, false, 61, 1, 0, 0, 0},
		{5, 900, 60, false, 900, 0, 1, 0, 0},
		{5, 900, 60, false, 901, 0, 0, 1, 0},
		{5, 901, 60, false, 901, 0, 1, 0, 0},
		{5, 900, 60, true, 3600, 0, 1, 0, 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct metric_params params = params_defaults();
		struct completeness c;
		struct scene s;

		params.before_ns = rows[i].before * NS_PER_SECOND;
		params.after_ns = rows[i].after * NS_PER_SECOND;
		params.late_after_ns = rows[i].late_after * NS_PER_SECOND;
		params.weak_all = rows[i].weak_all;
		c = pair_at(&s, &params, rows[i].shift);
		cr_expect(c.matched == rows[i].matched &&
				  c.late == rows[i].late &&
				  c.missing == rows[i].missing &&
				  c.weak == rows[i].weak,
			"row %zu", i);
		scene_free(&s);
	}
}

Test(metric_completeness, existence_asks_for_the_actions_of_the_parameters)
{
	static const char *const logs[] = {
		"ts=" DAY "12:00:00Z; action=create; object_id=A1" WHO,
		"ts=" DAY "12:00:00Z; action=read; object_id=A1" WHO,
		"ts=" DAY "12:00:00Z; action=export; object_id=A1" WHO,
		"ts=" DAY "12:00:00Z; action=delete; object_id=B1" WHO,
	};
	static struct str wanted[] = {STR_INIT("read"), STR_INIT("create")};
	struct metric_params params = params_defaults();
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	params.existence_actions = (struct str_vec) {wanted, 2, 2};
	for (int i = 0; i < 2; i++) {
		scene_open(&s, i == 0 ? NULL : &params);
		scene_event(&s, scene_source(&s, "orders", ROLE_TRANSACTIONS),
			"ts=" DAY "12:00:00Z; action=create; object_id=A1");
		add_events(&s, scene_source(&s, "audit", ROLE_AUDIT_LOG),
			EACH(logs));
		scene_compute(&s);
		expect_share(c->existence, 1, 2);
		cr_expect(c->orphans == 1);
		scene_free(&s);
	}
}

/* Log events of another period belong to its transactions, even if unlisted
   actions are asked for. */
Test(metric_completeness, existence_of_other_actions_leaves_other_periods_out)
{
	static const char *const logs[] = {
		"ts=2026-02-27T12:00:00Z; action=create; object_id=Z1" WHO,
		"ts=" DAY "12:00:00Z; action=approved; object_id=A1" WHO,
	};
	static struct str wanted[] = {STR_INIT("create"), STR_INIT("other")};
	struct metric_params params = params_defaults();
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	params.existence_actions = (struct str_vec) {wanted, 2, 2};
	scene_open(&s, &params);
	scene_event(&s, scene_source(&s, "orders", ROLE_TRANSACTIONS),
		"ts=" DAY "12:00:00Z; action=create; object_id=A1");
	add_events(&s, scene_source(&s, "audit", ROLE_AUDIT_LOG), EACH(logs));
	scene_period(&s, "2026-03-01", "2026-03-31");
	scene_compute(&s);
	expect_share(c->existence, 0, 1);
	scene_free(&s);
}

/* ---- what belongs to the period ---- */

Test(metric_completeness, only_rows_of_the_period_are_counted)
{
	static const char *const rec[] = {
		"ts=2026-02-28T23:59:59Z; action=create; object_id=A1",
		"ts=2026-03-01T00:00:00Z; action=create; object_id=B1",
		"ts=2026-03-31T23:59:59Z; action=create; object_id=C1",
		"ts=2026-04-01T00:00:00Z; action=create; object_id=D1",
		"action=create; object_id=E1; request_id=r5",
		"ts=2026-03-05; action=create; object_id=F1; marks=merged",
		"ts=2026-03-05; action=create; object_id=G1; marks=derived",
	};
	/* C1 is logged after the end of the period; A1 has no transaction in
	   it, and neither has Z9; E1 is found by its request. */
	static const char *const logs[] = {
		"ts=2026-04-01T00:00:03Z; action=create; object_id=C1" WHO,
		"ts=2026-02-28T23:59:59Z; action=create; object_id=A1" WHO,
		"ts=2026-03-10T00:00:00Z; action=create; object_id=Z9" WHO,
		"action=create; object_id=E1; request_id=r5" WHO,
	};
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	scene_open(&s, NULL);
	add_events(
		&s, scene_source(&s, "orders", ROLE_TRANSACTIONS), EACH(rec));
	add_events(&s, scene_source(&s, "audit", ROLE_AUDIT_LOG), EACH(logs));
	scene_period(&s, "2026-03-01", "2026-03-31");
	scene_compute(&s);
	/* B1, C1 and E1; the log event of E1 lacks its time. */
	expect_share(c->record, 2, 3);
	cr_expect(c->matched == 1 && c->partial == 1 && c->missing == 1);
	/* A1 and D1. */
	cr_expect(c->outside == 2);
	/* Those of C1, E1 and Z9 belong to the period; Z9 is an orphan. */
	expect_share(c->existence, 2, 3);
	scene_free(&s);
}

/* ---- weaker variants and n/a ---- */

Test(metric_completeness, without_a_record_the_first_weaker_variant_is_used)
{
	static const struct {
		struct share counter, rule;
		const char *variant, *why;
	} rows[] = {
		/* The published stream 3, 4, 6, 7, 7, 10. */
		{{5, 8}, {10, 11}, "counter", ""},
		{{0, 0}, {10, 11}, "rule", ""},
		{{0, 7}, {10, 11}, "counter", ""},
		{{0, 0}, {0, 0}, "",
			"no source has the role transactions, and no rule that "
			"counts as completeness was decided"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene s;
		const struct completeness *c = &s.metrics.completeness;
		struct share want = rows[i].counter.denominator
					    ? rows[i].counter
					    : rows[i].rule;

		scene_open(&s, NULL);
		scene_event(&s, scene_source(&s, "log", ROLE_EVENTS),
			"action=update");
		if (rows[i].counter.denominator)
			scene_stream(&s, rows[i].counter.numerator,
				rows[i].counter.denominator);
		s.in.rule = rows[i].rule;
		scene_compute(&s);
		cr_expect(str_equal(c->variant, str_of(rows[i].variant)) &&
				  str_equal(c->why, str_of(rows[i].why)),
			"row %zu: %.*s", i, STR_ARG(c->why));
		expect_share(c->main, want.numerator, want.denominator);
		expect_share(c->record, 0, 0);
		cr_expect(str_equal(c->why_record,
			STR("no source has the role transactions")));
		scene_free(&s);
	}
}

Test(metric_completeness, a_record_wins_over_the_weaker_variants)
{
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	scene_open(&s, NULL);
	scene_event(&s, scene_source(&s, "orders", ROLE_TRANSACTIONS),
		"ts=" DAY "12:00:00Z; action=create; object_id=A1");
	scene_stream(&s, 5, 8);
	scene_source(&s, "audit", ROLE_AUDIT_LOG);
	scene_compute(&s);
	cr_expect(str_equal(c->variant, STR("record")));
	cr_expect(c->why_record.len == 0);
	expect_share(c->main, 0, 1);
	cr_expect(c->numbers_missing == 0 && c->streams == 0);
	/* Of no log event, and of no found transaction. */
	expect_share(c->existence, 0, 0);
	expect_share(c->field, 0, 0);
	expect_share(c->timeliness, 0, 0);
	scene_free(&s);
}

Test(metric_completeness, without_a_transaction_in_the_period_it_is_not_known)
{
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	scene_open(&s, NULL);
	scene_event(&s, scene_source(&s, "orders", ROLE_TRANSACTIONS),
		"ts=" DAY "12:00:00Z; action=create; object_id=A1");
	scene_source(&s, "audit", ROLE_AUDIT_LOG);
	scene_period(&s, "2026-04-01", "2026-04-30");
	scene_compute(&s);
	cr_expect(str_equal(
		c->why_record, STR("no transaction lies in the period")));
	cr_expect(c->variant.len == 0);
	cr_expect(str_equal(c->why,
		STR("no transaction lies in the period, and no rule that "
		    "counts as completeness was decided")));
	expect_share(c->main, 0, 0);
	scene_free(&s);
}

/* 0 % would say that a log was looked through. */
Test(metric_completeness, without_an_audit_log_it_is_not_known)
{
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	scene_open(&s, NULL);
	scene_event(&s, scene_source(&s, "orders", ROLE_TRANSACTIONS),
		"ts=" DAY "12:00:00Z; action=create; object_id=A1");
	scene_compute(&s);
	expect_share(c->main, 0, 0);
	expect_share(c->record, 0, 0);
	expect_share(c->field, 0, 0);
	cr_expect(c->missing == 0 && c->n_by == 0 && c->n_gaps == 0);
	cr_expect(str_equal(
		c->why_record, STR("no source has the role audit_log")));
	cr_expect(str_equal(c->why,
		STR("no source has the role audit_log, and no rule that counts "
		    "as completeness was decided")));
	scene_free(&s);
}

Test(metric_completeness, a_log_without_a_match_misses_all)
{
	static const char *const entries[] = {
		NULL, "ts=" DAY "12:00:00Z; action=create; object_id=B1"};

	for (size_t i = 0; i < 2; i++) {
		struct scene s;
		const struct completeness *c = &s.metrics.completeness;
		size_t audit;

		scene_open(&s, NULL);
		scene_event(&s, scene_source(&s, "orders", ROLE_TRANSACTIONS),
			"ts=" DAY "12:00:00Z; action=create; object_id=A1");
		audit = scene_source(&s, "audit", ROLE_AUDIT_LOG);
		if (entries[i])
			scene_event(&s, audit, entries[i]);
		scene_compute(&s);
		expect_share(c->main, 0, 1);
		cr_expect(c->missing == 1, "row %zu", i);
		cr_expect(str_equal(c->variant, STR("record")));
		scene_free(&s);
	}
}

/* t8 of the example is the only transaction, and excluded. */
Test(metric_completeness, where_all_is_excluded_it_is_not_known)
{
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	scene_open(&s, NULL);
	scene_event(&s, scene_source(&s, "orders", ROLE_TRANSACTIONS),
		transactions[7]);
	scene_row(&s, ROLE_REGISTER, scene_source(&s, "except", ROLE_REGISTER),
		"object_id=C1; reason=Load test of the release");
	scene_source(&s, "audit", ROLE_AUDIT_LOG);
	s.in.rule = (struct share) {3, 4};
	scene_compute(&s);
	cr_expect(c->excluded == 1);
	cr_expect(str_equal(c->why_record,
		STR("every transaction of the period is excluded")));
	cr_expect(str_equal(c->variant, STR("rule")));
	scene_free(&s);
}

Test(metric_completeness, in_a_period_without_length_only_the_untimed_count)
{
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;
	size_t orders;

	scene_open(&s, NULL);
	orders = scene_source(&s, "orders", ROLE_TRANSACTIONS);
	scene_source(&s, "audit", ROLE_AUDIT_LOG);
	scene_event(&s, orders, "ts=" DAY "12:00:00Z; object_id=A1");
	scene_event(&s, orders, "object_id=A1");
	s.as_of = scene_time(&s, "2020-01-01T00:00:00Z");
	scene_compute(&s);
	expect_share(c->record, 0, 1);
	expect_share(c->upper, 1, 1);
	cr_expect(c->missing == 0 && c->unverifiable == 1);
	cr_expect(c->n_by == 1 && c->n_gaps == 1);
	cr_expect(str_equal(c->gaps[0].quarter, STR("(untimed)")));
	scene_free(&s);
}

Test(metric_completeness, levels_that_are_not_computed_say_why)
{
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	scene_open(&s, NULL);
	scene_compute(&s);
	cr_expect(str_equal(c->why_session,
		STR("login sessions are not followed by this version")));
	cr_expect(str_equal(c->why_lineage,
		STR("the lineage levels are not computed by this version")));
	cr_expect(str_equal(c->why_path, c->why_lineage));
	scene_free(&s);
}

/* ---- random cases ---- */

enum trade_time { IN_PERIOD, OUTSIDE, UNTIMED };

/* A transaction and the log event that its request id names. */
struct trade {
	int action, system; /* system 0: none */
	enum trade_time when;
	int64_t time;  /* s since the start of the year */
	bool excluded; /* by a row of the register */
	bool logged;
	int delay; /* of the log event, s */
	bool has_actor, has_old;
};

static const char *const trade_actions[] = {"create", "update", "delete"};

#define YEAR_START "2026-01-01T00:00:00Z"
#define HOUR       3600
#define DAY_S      (24 * HOUR)
#define PERIOD_S   (181 * DAY_S) /* January to June */
#define Q2_S       (90 * DAY_S)
#define GAP_FROM_S (80 * DAY_S) /* in the first quarter */
#define GAP_TO_S   (110 * DAY_S)

static void draw_trades(struct rng *rng, struct trade *trades, int n)
{
	for (int i = 0; i < n; i++) {
		struct trade *t = &trades[i];

		t->action = (int)rng_below(rng, 3);
		t->system = (int)rng_below(rng, 4);
		t->when = rng_below(rng, 8) < 6
				  ? IN_PERIOD
				  : (enum trade_time)(1 + rng_below(rng, 2));
		/* Outside means at least a day after the end. */
		t->time = t->when == OUTSIDE
				  ? PERIOD_S + DAY_S +
					    (int64_t)rng_below(rng, DAY_S)
				  : (int64_t)rng_below(rng, PERIOD_S - HOUR);
		t->excluded = rng_below(rng, 8) == 0;
		t->logged = rng_below(rng, 4) > 0;
		t->delay = (int)rng_below(rng, 121);
		t->has_actor = rng_below(rng, 4) > 0;
		t->has_old = rng_below(rng, 4) > 0;
	}
}

static void print_time(struct scene *s, const char *name, int64_t second,
	char *line, size_t size)
{
	char buffer[40];
	struct str time = timestamp_print(
		scene_time(s, YEAR_START) + second * NS_PER_SECOND, buffer);

	snprintf(line, size, "%s%.*s; ", name, STR_ARG(time));
}

static void add_trade(struct scene *s, const struct trade *t, int number)
{
	static const char *const systems[] = {
		"", "; src_system=b", "; src_system=a", "; src_system=c"};
	char line[200], time[48] = "";

	if (t->when != UNTIMED)
		print_time(s, "ts=", t->time, time, sizeof(time));
	snprintf(line, sizeof(line),
		"%saction=%s; object_id=%d; request_id=%d%s", time,
		trade_actions[t->action], number, number, systems[t->system]);
	scene_event(s, 0, line);
	if (t->excluded) {
		snprintf(line, sizeof(line), "object_id=%d; reason=x", number);
		scene_row(s, ROLE_REGISTER, 2, line);
	}
	if (!t->logged)
		return;
	print_time(s, "ts=", t->time + t->delay, time, sizeof(time));
	snprintf(line, sizeof(line),
		"%saction=%s; object_id=%d; request_id=%d; outcome=ok; new=1%s%s",
		time, trade_actions[t->action], number, number,
		t->has_actor ? "; actor_id=u" : "",
		t->has_old ? "; old=0" : "");
	scene_event(s, 1, line);
}

/* Computes the trades in the order of `order`. */
static void compute_trades(
	struct scene *s, const struct trade *trades, const int *order, int n)
{
	struct gap *gap;

	scene_open(s, NULL);
	scene_source(s, "orders", ROLE_TRANSACTIONS);
	scene_source(s, "audit", ROLE_AUDIT_LOG);
	scene_source(s, "except", ROLE_REGISTER);
	gap = arena_new(&s->a, struct gap);
	gap->from = scene_time(s, YEAR_START) + GAP_FROM_S * NS_PER_SECOND;
	gap->to = scene_time(s, YEAR_START) + GAP_TO_S * NS_PER_SECOND;
	s->sources[1].gaps = gap;
	s->sources[1].n_gaps = 1;
	for (int i = 0; i < n; i++)
		add_trade(s, &trades[order[i]], order[i]);
	scene_period(s, "2026-01-01", "2026-06-30");
	scene_compute(s);
}

/* What a person would count. */
struct obvious {
	uint64_t matched, late, partial, missing, unverifiable, excluded;
	uint64_t outside, fields, filled, timed, timely, logs, paired;
	struct share system[4], quarter[2];
};

static bool lacks_field(const struct trade *t)
{
	return !t->has_actor || (t->action == 1 && !t->has_old);
}

static void count_found(struct obvious *o, const struct trade *t)
{
	bool timed = t->when == IN_PERIOD;

	o->fields += t->action == 1 ? 7 : 5;
	o->filled += (t->action == 1 ? 7 : 5) - !t->has_actor -
		     (t->action == 1 && !t->has_old);
	o->timed += timed;
	o->timely += timed && t->delay <= 60;
	if (lacks_field(t))
		o->partial++;
	else if (timed && t->delay > 60)
		o->late++;
	else
		o->matched++;
}

static void count_lost(struct obvious *o, const struct trade *t)
{
	bool in_gap = t->when == IN_PERIOD && t->time >= GAP_FROM_S &&
		      t->time < GAP_TO_S;
	bool unverifiable = in_gap || t->when == UNTIMED;

	o->unverifiable += unverifiable;
	o->missing += !unverifiable;
}

static void count_part(struct share *share, const struct trade *t)
{
	share->denominator++;
	share->numerator += t->logged;
}

static struct obvious count_obviously(const struct trade *trades, int n)
{
	struct obvious o = {0};

	for (int i = 0; i < n; i++) {
		const struct trade *t = &trades[i];

		if (t->when == OUTSIDE) {
			o.outside++;
			continue;
		}
		o.logs += t->logged;
		if (t->excluded) {
			o.excluded++;
			continue;
		}
		o.paired += t->logged;
		if (t->logged)
			count_found(&o, t);
		else
			count_lost(&o, t);
		count_part(&o.system[t->system], t);
		if (t->when == IN_PERIOD)
			count_part(&o.quarter[t->time >= Q2_S], t);
	}
	return o;
}

static void expect_part(const struct completeness *c, const char *by,
	const char *key, struct share want)
{
	for (size_t i = 0; i < c->n_by; i++)
		if (str_equal(str_of(c->by[i].by), str_of(by)) &&
			str_equal(c->by[i].key, str_of(key))) {
			expect_share(c->by[i].share, want.numerator,
				want.denominator);
			return;
		}
	cr_expect(want.denominator == 0, "%s %s is not there", by, key);
}

static void expect_obvious(
	const struct completeness *c, const struct obvious *o, int round)
{
	uint64_t found = o->matched + o->late + o->partial;
	uint64_t all = found + o->missing + o->unverifiable;

	cr_expect(
		c->matched == o->matched && c->late == o->late &&
			c->partial == o->partial && c->missing == o->missing &&
			c->unverifiable == o->unverifiable &&
			c->excluded == o->excluded && c->outside == o->outside,
		"round %d", round);
	expect_share(c->record, found, all);
	expect_share(c->field, o->filled, o->fields);
	expect_share(c->timeliness, o->timely, o->timed);
	expect_share(c->existence, o->paired, o->logs);
	expect_part(c, "system", "(none)", o->system[0]);
	expect_part(c, "system", "b", o->system[1]);
	expect_part(c, "system", "a", o->system[2]);
	expect_part(c, "system", "c", o->system[3]);
	expect_part(c, "quarter", "2026Q1", o->quarter[0]);
	expect_part(c, "quarter", "2026Q2", o->quarter[1]);
}

/* Parts by system add up to the whole, and so do the gaps. */
static void expect_sums(const struct completeness *c, int round)
{
	struct share systems = {0};
	struct gap_group gaps = {0};

	for (size_t i = 0; i < c->n_by; i++) {
		if (c->by[i].by[0] != 's')
			continue;
		systems.numerator += c->by[i].share.numerator;
		systems.denominator += c->by[i].share.denominator;
	}
	expect_share(systems, c->record.numerator, c->record.denominator);
	for (size_t i = 0; i < c->n_gaps; i++) {
		gaps.missing += c->gaps[i].missing;
		gaps.unverifiable += c->gaps[i].unverifiable;
		gaps.partial += c->gaps[i].partial;
		gaps.late += c->gaps[i].late;
		gaps.lost += c->gaps[i].lost;
		cr_expect(i == 0 || c->gaps[i].lost <= c->gaps[i - 1].lost,
			"round %d", round);
		cr_expect(c->gaps[i].of == c->record.denominator);
	}
	cr_expect(gaps.missing == c->missing && gaps.late == c->late &&
			  gaps.partial == c->partial &&
			  gaps.unverifiable == c->unverifiable,
		"round %d", round);
	cr_expect(gaps.lost == c->record.denominator - c->record.numerator,
		"round %d", round);
}

static void expect_same(
	const struct completeness *a, const struct completeness *b, int round)
{
	cr_assert(a->n_by == b->n_by && a->n_gaps == b->n_gaps, "round %d",
		round);
	for (size_t i = 0; i < a->n_by; i++)
		cr_expect(str_equal(a->by[i].key, b->by[i].key) &&
				  a->by[i].share.numerator ==
					  b->by[i].share.numerator,
			"round %d", round);
	for (size_t i = 0; i < a->n_gaps; i++) {
		const struct gap_group *g = &a->gaps[i], *h = &b->gaps[i];

		cr_expect(str_equal(g->system, h->system) &&
				  str_equal(g->action, h->action) &&
				  str_equal(g->quarter, h->quarter) &&
				  g->missing == h->missing &&
				  g->late == h->late && g->lost == h->lost,
			"round %d", round);
	}
}

static void shuffle(struct rng *rng, int *order, int n)
{
	for (int i = n - 1; i > 0; i--) {
		int j = (int)rng_below(rng, (uint64_t)i + 1), swap = order[i];

		order[i] = order[j];
		order[j] = swap;
	}
}

/* Property: every count equals that of a slow obvious version, parts add up to
   the whole, and the order of the rows changes nothing. */
Test(metric_completeness, random_cases_agree_with_plain_counting)
{
	struct rng rng = {20260301};

	for (int round = 0; round < ROUNDS; round++) {
		struct trade trades[TRADES];
		int n = 1 + (int)rng_below(&rng, TRADES), order[TRADES];
		struct scene s, shuffled;
		struct obvious o;

		draw_trades(&rng, trades, n);
		for (int i = 0; i < n; i++)
			order[i] = i;
		o = count_obviously(trades, n);
		compute_trades(&s, trades, order, n);
		expect_obvious(&s.metrics.completeness, &o, round);
		expect_sums(&s.metrics.completeness, round);
		shuffle(&rng, order, n);
		compute_trades(&shuffled, trades, order, n);
		expect_same(&s.metrics.completeness,
			&shuffled.metrics.completeness, round);
		scene_free(&s);
		scene_free(&shuffled);
	}
}
