#include "lineal-gen/requests.h"

#define ACCESS_DAYS    30
#define ERASURE_MONTHS 1

struct request {
	int64_t ms, answer_ms;
	int64_t due_end; /* first instant after the due day */
	bool erasure;
	enum answer answer;
	bool answered; /* the row exists */
	enum system from, by;
};

static const int64_t lags[] = {
	[ANSWER_FAST] = 3 * CLOCK_DAY,
	[ANSWER_USUAL] = 12 * CLOCK_DAY,
	[ANSWER_SLOW] = 29 * CLOCK_DAY,
	[ANSWER_EDGE] = 30 * CLOCK_DAY + 9 * CLOCK_HOUR,
	[ANSWER_LATE] = 34 * CLOCK_DAY,
	[ANSWER_NONE] = 0,
};

/* The last request stays open, so that every workload has an open duty. */
static enum answer answer_of(const struct world *world, uint64_t index)
{
	if (world_has(world, PLANT_ANSWER_MISSING, index) ||
		index + 1 == world->size[POPULATION_REQUEST])
		return ANSWER_NONE;
	if (world_has(world, PLANT_ANSWER_LATE, index))
		return ANSWER_LATE;
	if (world_has(world, PLANT_ANSWER_EDGE, index))
		return ANSWER_EDGE;
	if (world_has(world, PLANT_ANSWER_SLOW, index))
		return ANSWER_SLOW;
	return index % 2 ? ANSWER_USUAL : ANSWER_FAST;
}

static struct request plan(const struct world *world, uint64_t index)
{
	uint64_t number = world_draw(world, DRAW_REQUEST_SYSTEM, index);
	struct request r = {
		.ms = world_moment(world, POPULATION_REQUEST, index),
		.erasure = index % 3 == 2,
		.answer = answer_of(world, index),
		.from = number % 3 ? SYSTEM_PORTAL : SYSTEM_MAIL,
		.by = number / 3 % 3 ? SYSTEM_CRM : SYSTEM_WAREHOUSE,
	};

	r.answer_ms = r.ms + lags[r.answer];
	r.answered = r.answer != ANSWER_NONE && r.answer_ms <= CLOCK_END;
	r.due_end = r.erasure ? clock_after_months(r.ms, ERASURE_MONTHS)
			      : clock_after_days(r.ms, ACCESS_DAYS);
	return r;
}

bool request_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)which;
	*ms = world_moment(world, POPULATION_REQUEST, index);
	return true;
}

bool answer_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct request r = plan(world, index);

	*ms = r.answer_ms;
	return r.answered && (int)r.answer == which;
}

bool untimed_request_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)which;
	*ms = world_moment(world, POPULATION_UNTIMED_REQUEST, index);
	return true;
}

static void fill_case(struct id id, struct str action, enum system system,
	struct audit_row *row)
{
	row->system = system;
	row->action = action;
	row->object = (struct ref) {STR("dsar"), id};
	row->purpose = STR("data subject request");
	row->legal_basis = STR("legal obligation");
	row->outcome = STR("ok");
}

static void fill_request(
	struct id id, bool erasure, enum system system, struct audit_row *row)
{
	fill_case(id, STR("other"), system, row);
	row->actor = (struct id) {STR("svc-intake"), OUT_NO_NUMBER};
	row->actor_type = STR("system");
	row->field = erasure ? STR("erasure") : STR("access");
}

static void count_request(struct truth *truth, const struct request *r)
{
	enum verdict verdict = truth_duty(
		r->answered, r->answer_ms, r->due_end - 1);

	truth_verdict(truth, r->erasure ? RULE_REQ_002 : RULE_REQ_001, verdict);
	if (verdict == VERDICT_PENDING)
		truth_plant(truth, PLANT_ANSWER_OPEN);
	if (verdict == VERDICT_VIOLATED)
		truth_plant(truth,
			r->answered ? PLANT_ANSWER_LATE : PLANT_ANSWER_MISSING);
	if (r->answered && r->answer == ANSWER_EDGE)
		truth_plant(truth, PLANT_ANSWER_EDGE);
	if (r->answered && r->answer == ANSWER_SLOW)
		truth_plant(truth, PLANT_ANSWER_SLOW);
}

void request_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	struct request r = plan(world, index);

	fill_request((struct id) {STR("D-"), index}, r.erasure, r.from, row);
	row->outputs[0] = row->object;
	count_request(truth, &r);
}

void answer_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	struct request r = plan(world, index);

	(void)truth;
	fill_case((struct id) {STR("D-"), index}, STR("notify"), r.by, row);
	row->actor = (struct id) {STR("u-"), 600 + index % 12};
	row->actor_type = STR("user");
	row->inputs[0] = row->object;
	row->outputs[0] = (struct ref) {STR("reply"), {STR("RP-"), index}};
}

/* A time that is unreadable leaves the verdict unknown. */
void untimed_request_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	(void)world;
	fill_request(
		(struct id) {STR("DX-"), index}, false, SYSTEM_PORTAL, row);
	row->time = STR("2026-02-30T10:00:00Z");
	truth_plant(truth, PLANT_UNTIMED);
	truth_verdict(truth, RULE_REQ_001, VERDICT_UNKNOWN);
}

static int64_t window_end(const struct request *r)
{
	int64_t end = r->due_end < CLOCK_END ? r->due_end : CLOCK_END;

	return r->answered && r->answer_ms < end ? r->answer_ms : end;
}

/* Requests come in order of their time, so each window either touches the
   last one of its system or lies behind it. */
static void add_window(
	struct arena *a, struct spans *spans, int64_t from, int64_t to)
{
	struct span *last = spans->n > 0 ? &spans->at[spans->n - 1] : NULL;

	if (last == NULL || from > last->to)
		spans_add(a, spans, from, to);
	else if (to > last->to)
		last->to = to;
}

void request_windows(const struct world *world, struct arena *a,
	struct spans windows[SYSTEM_N])
{
	for (uint64_t i = 0; i < world->size[POPULATION_REQUEST]; i++) {
		struct request r = plan(world, i);
		int64_t end = window_end(&r);

		add_window(a, &windows[r.from], r.ms, end);
		if (r.answered)
			add_window(a, &windows[r.by], r.ms, end);
	}
}
