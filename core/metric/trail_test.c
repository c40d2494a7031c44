#include "metric/trail.h"

#include "model/kind.h"

#include <criterion/criterion.h>
#include <math.h>

#define SECOND           INT64_C(1000000000)
#define AT(hour, minute) (((hour)*60 + (minute)) * 60)
#define ALL \
	(TRAIL_TS | TRAIL_ACTOR | TRAIL_ACTION | TRAIL_OBJECT | TRAIL_OUTCOME)
#define FULL (ALL | TRAIL_OLD | TRAIL_NEW)
#define NONE MATCH_NONE
#define MOST 16

enum object { A1 = 1, B1, C1, D1, E1, F1, G1, H1, Z9 };

struct line {
	int64_t second; /* of the day; -1 without a time */
	uint32_t object, action, request, present;
	bool excluded, unverifiable, day_only;
};

/* All columns of a case in one place, which the structs below borrow. */
struct columns {
	int64_t time[MOST];
	bool day_only[MOST], excluded[MOST], unverifiable[MOST];
	int32_t day[MOST];
	uint32_t rank[MOST], object[MOST], action[MOST], request[MOST];
	uint32_t trace[MOST], capacity[MOST], present[MOST];
};

struct trail_case {
	struct columns rec_columns, log_columns;
	struct match_transactions rec;
	struct match_log log;
	struct match_result match;
	struct trail_input in;
	struct trail_counts counts;
	uint8_t status[MOST];
};

static struct match_side fill(
	struct columns *to, const struct line *lines, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		bool timed = lines[i].second >= 0;

		to->time[i] = timed ? lines[i].second * SECOND : MATCH_UNTIMED;
		to->day[i] = timed ? 0 : MATCH_NO_DAY;
		to->day_only[i] = lines[i].day_only;
		to->excluded[i] = lines[i].excluded;
		to->unverifiable[i] = lines[i].unverifiable;
		to->rank[i] = i;
		to->object[i] = lines[i].object;
		to->action[i] = lines[i].action;
		to->request[i] = lines[i].request;
		to->capacity[i] = 1;
		to->present[i] = lines[i].present;
	}
	return (struct match_side) {n, to->time, to->day_only, to->day,
		to->rank, to->object, to->action, to->request, to->trace};
}

static void judge(struct arena *a, struct trail_case *c,
	const struct line *recs, uint32_t n, const struct line *logs,
	uint32_t m)
{
	struct match_params params = match_defaults();

	c->rec = (struct match_transactions) {
		fill(&c->rec_columns, recs, n), c->rec_columns.excluded};
	c->log = (struct match_log) {
		fill(&c->log_columns, logs, m), c->log_columns.capacity};
	c->match = match_run(a, &c->rec, &c->log, &params);
	c->in = (struct trail_input) {&c->rec, &c->log, &c->match,
		c->rec_columns.unverifiable, c->log_columns.present,
		trail_defaults()};
	c->counts = trail_judge(&c->in, c->status);
}

/* The published example, t1 to t13 and l1 to l11. */
static const struct line transactions[] = {
	{AT(10, 0), A1, ACTION_CREATE, .request = 1},
	{AT(10, 5), A1, ACTION_UPDATE, .request = 2},
	{AT(10, 5) + 30, A1, ACTION_UPDATE, .request = 0},
	{AT(10, 6), A1, ACTION_UPDATE, .request = 0},
	{AT(11, 0), B1, ACTION_CREATE, .request = 0},
	{AT(11, 30), B1, ACTION_DELETE, .request = 0},
	{AT(12, 0), C1, ACTION_UPDATE, .request = 0},
	{AT(12, 30), C1, ACTION_UPDATE, .excluded = true},
	{AT(13, 10), D1, ACTION_CREATE, .unverifiable = true},
	{AT(13, 20), E1, ACTION_CREATE, .unverifiable = true},
	{AT(15, 0), F1, ACTION_UPDATE, .request = 0},
	{AT(16, 0), G1, ACTION_UPDATE, .request = 0},
	{0, H1, ACTION_UPDATE, .day_only = true},
};

static const struct line log_events[] = {
	{AT(10, 0) + 1, A1, ACTION_CREATE, .request = 1, .present = ALL},
	{AT(10, 5), A1, ACTION_UPDATE, .request = 2, .present = FULL},
	{AT(10, 5) + 31, A1, ACTION_UPDATE, .present = FULL},
	{AT(11, 0) + 2, B1, ACTION_CREATE, .present = ALL},
	{AT(11, 30) + 1, B1, ACTION_DELETE, .present = ALL},
	{AT(12, 0) + 1, C1, ACTION_UPDATE, .present = ALL},
	{AT(13, 20) + 3, E1, ACTION_CREATE, .present = ALL},
	{AT(15, 10), F1, ACTION_UPDATE, .present = FULL},
	{AT(18, 22), H1, ACTION_UPDATE, .present = FULL},
	{AT(17, 0), Z9, ACTION_UPDATE, .present = FULL},
	{AT(11, 0) + 2, B1, ACTION_CREATE, .present = ALL},
};

#define EACH(list) list, sizeof(list) / sizeof(*(list))

Test(trail, the_example_has_the_published_statuses)
{
	static const struct {
		enum trail_status status;
		uint32_t partner;
		uint8_t pass;
	} want[] = {
		{TRAIL_MATCHED, 0, 1},
		{TRAIL_MATCHED, 1, 1},
		{TRAIL_MATCHED, 2, 2},
		{TRAIL_MISSING, NONE, 0},
		{TRAIL_MATCHED, 3, 2},
		{TRAIL_MATCHED, 4, 2},
		{TRAIL_PARTIAL, 5, 2},
		{TRAIL_EXCLUDED, NONE, 0},
		{TRAIL_UNVERIFIABLE, NONE, 0},
		{TRAIL_MATCHED, 6, 2},
		{TRAIL_LATE, 7, 2},
		{TRAIL_MISSING, NONE, 0},
		{TRAIL_MATCHED, 8, 3},
	};
	struct trail_case c = {0};
	struct arena a = {0};

	judge(&a, &c, EACH(transactions), EACH(log_events));
	for (uint32_t i = 0; i < c.rec.side.n; i++) {
		cr_expect(c.status[i] == want[i].status, "t%u", i + 1);
		cr_expect(c.match.partner[i] == want[i].partner, "t%u", i + 1);
		cr_expect(c.match.pass[i] == want[i].pass, "t%u", i + 1);
	}
	for (uint32_t j = 0; j < c.log.side.n; j++)
		cr_expect(trail_is_orphan(&c.in, j) == (j >= 9), "l%u", j + 1);
	arena_free(&a);
}

Test(trail, the_example_has_the_published_counts)
{
	static const uint64_t want[TRAIL_STATUS_N] = {
		[TRAIL_MATCHED] = 7,
		[TRAIL_LATE] = 1,
		[TRAIL_PARTIAL] = 1,
		[TRAIL_MISSING] = 2,
		[TRAIL_UNVERIFIABLE] = 1,
		[TRAIL_EXCLUDED] = 1,
	};
	struct trail_case c = {0};
	struct arena a = {0};

	judge(&a, &c, EACH(transactions), EACH(log_events));
	for (size_t s = 0; s < TRAIL_STATUS_N; s++)
		cr_expect(c.counts.by_status[s] == want[s], "status %zu", s);
	cr_expect(c.counts.weak == 1 && c.match.walked == 0);
	arena_free(&a);
}

Test(trail, the_example_has_the_published_shares)
{
	static const struct {
		uint64_t numerator, denominator;
		double value;
	} want[TRAIL_VARIANT_N] = {
		[TRAIL_RECORD] = {9, 12, 0.750000},
		[TRAIL_UPPER] = {10, 12, 0.833333},
		[TRAIL_VERIFIABLE] = {9, 11, 0.818182},
		[TRAIL_STRICT] = {7, 12, 0.583333},
		[TRAIL_NO_WEAK] = {8, 12, 0.666667},
		[TRAIL_EXISTENCE] = {9, 11, 0.818182},
		[TRAIL_FIELD] = {53, 55, 0.963636},
		[TRAIL_TIMELINESS] = {7, 8, 0.875000},
	};
	struct trail_case c = {0};
	struct arena a = {0};

	judge(&a, &c, EACH(transactions), EACH(log_events));
	for (int v = 0; v < TRAIL_VARIANT_N; v++) {
		struct trail_share got = trail_share(
			&c.counts, (enum trail_variant)v);
		double value = (double)got.numerator / (double)got.denominator;

		cr_expect(got.numerator == want[v].numerator, "variant %d", v);
		cr_expect(got.denominator == want[v].denominator, "variant %d",
			v);
		cr_expect(fabs(value - want[v].value) < 1e-6, "variant %d", v);
	}
	arena_free(&a);
}

Test(trail, the_first_status_that_applies_wins)
{
	static const struct line recs[] = {
		/* Late and with an empty field. */
		{100, A1, ACTION_CREATE, .request = 0},
		/* Exactly at the limit, and just behind it. */
		{100, B1, ACTION_CREATE, .request = 0},
		{100, C1, ACTION_CREATE, .request = 0},
		/* Excluded, in a gap and with a log event. */
		{100, D1, ACTION_CREATE, .excluded = true,
			.unverifiable = true},
		/* Paired by identity without a time: never late. */
		{-1, E1, ACTION_CREATE, .request = 5},
		/* The log event came before. */
		{100, F1, ACTION_CREATE, .request = 0},
		/* Old and new are required of an update only. */
		{100, G1, ACTION_UPDATE, .request = 0},
	};
	static const struct line logs[] = {
		{200, A1, ACTION_CREATE, .present = ALL & ~TRAIL_ACTOR},
		{160, B1, ACTION_CREATE, .present = ALL},
		{161, C1, ACTION_CREATE, .present = ALL},
		{100, D1, ACTION_CREATE, .present = ALL},
		{9999, E1, ACTION_CREATE, .request = 5, .present = ALL},
		{95, F1, ACTION_CREATE, .present = ALL},
		{100, G1, ACTION_UPDATE, .present = FULL & ~TRAIL_OLD},
	};
	static const enum trail_status want[] = {TRAIL_PARTIAL, TRAIL_MATCHED,
		TRAIL_LATE, TRAIL_EXCLUDED, TRAIL_MATCHED, TRAIL_MATCHED,
		TRAIL_PARTIAL};
	struct trail_case c = {0};
	struct arena a = {0};

	judge(&a, &c, EACH(recs), EACH(logs));
	for (uint32_t i = 0; i < c.rec.side.n; i++)
		cr_expect(c.status[i] == want[i], "transaction %u", i);
	/* A partial one can be untimely as well; one has no difference. */
	cr_expect(c.counts.timed == 5 && c.counts.timely == 3);
	cr_expect(c.counts.fields == 32 && c.counts.fields_filled == 30);
	/* The log event of the excluded one is free. */
	cr_expect(trail_is_orphan(&c.in, 3));
	arena_free(&a);
}

Test(trail, existence_asks_for_some_actions_only)
{
	static const struct line recs[] = {
		{100, A1, ACTION_CREATE, .request = 0}};
	static const struct line logs[] = {
		{100, A1, ACTION_UPSERT, .present = ALL},
		{100, B1, ACTION_READ, .present = ALL},
		{100, B1, ACTION_NONE, .present = ALL},
		{100, B1, ACTION_UPSERT, .present = ALL},
		{100, B1, 64 + ACTION_CREATE, .present = ALL},
	};
	struct trail_case c = {0};
	struct arena a = {0};

	judge(&a, &c, EACH(recs), EACH(logs));
	cr_expect(c.counts.logs == 2 && c.counts.logs_paired == 1);
	cr_expect(!trail_is_orphan(&c.in, 1) && trail_is_orphan(&c.in, 3));
	arena_free(&a);
}

Test(trail, nothing_of_nothing_is_no_share)
{
	struct trail_case c = {0};
	struct arena a = {0};

	judge(&a, &c, NULL, 0, NULL, 0);
	for (int v = 0; v < TRAIL_VARIANT_N; v++) {
		struct trail_share got = trail_share(
			&c.counts, (enum trail_variant)v);

		cr_expect(got.numerator == 0 && got.denominator == 0);
	}
	arena_free(&a);
}
