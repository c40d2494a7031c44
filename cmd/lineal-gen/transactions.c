#include "lineal-gen/transactions.h"

#define LATE_AFTER   CLOCK_MINUTE
#define SECOND_LAG   (20 * CLOCK_MINUTE)
#define USUAL_SPREAD (3 * CLOCK_SECOND)
#define LATE_SPREAD  (20 * CLOCK_SECOND)
#define LAST_LEAD    100 /* ms; less than any lag */
#define PHASES       4   /* of a record's life */

/* Fields that an entry must have (lineal-metrics(7)), as bits. */
#define EMPTY_ACTOR   1u
#define EMPTY_OUTCOME 2u
#define EMPTY_OLD     4u
#define EMPTY_NEW     8u

enum change { CHANGE_CREATE, CHANGE_UPDATE, CHANGE_DELETE };

struct transaction {
	int64_t ms, entry_ms, second_ms;
	enum change change;
	enum system system;
	enum entry_lag lag;
	bool planted_unlogged;
	bool logged, twice; /* the rows exist */
	bool keyed;         /* the entry carries the request id */
	unsigned empty;     /* required fields that the entry lacks */
};

static const struct str changes[] = {
	STR_INIT("create"), STR_INIT("update"), STR_INIT("delete")};
static const enum change phases[PHASES] = {
	CHANGE_CREATE, CHANGE_UPDATE, CHANGE_UPDATE, CHANGE_DELETE};

static const struct ref kinds[] = {
	{STR_INIT("account"), {STR_INIT("A-"), 0}},
	{STR_INIT("contact"), {STR_INIT("C-"), 0}},
	{STR_INIT("lead"), {STR_INIT("L-"), 0}},
	{STR_INIT("opportunity"), {STR_INIT("O-"), 0}},
	{STR_INIT("order"), {STR_INIT("R-"), 0}},
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static const int64_t lags[ENTRY_LAG_N] = {
	[ENTRY_USUAL] = 400,
	[ENTRY_MINUTE] = LATE_AFTER,
	[ENTRY_LATE_1] = 75 * CLOCK_SECOND,
	[ENTRY_LATE_2] = 400 * CLOCK_SECOND,
	[ENTRY_LATE_3] = 850 * CLOCK_SECOND,
};

/* How many records live at a time; each is touched again after as many
   transactions, a twentieth of the span or more. */
static uint64_t living(const struct world *world)
{
	return world->size[POPULATION_TRANSACTION] / 20 + 1;
}

static struct ref record(uint64_t number)
{
	struct ref ref = kinds[number % KINDS];

	ref.id.number = number;
	return ref;
}

static uint64_t record_number(const struct world *world, uint64_t index)
{
	uint64_t n = living(world);

	return index / (PHASES * n) * n + index % n;
}

struct ref transaction_object(const struct world *world, uint64_t index)
{
	return record(record_number(world, index));
}

struct ref transaction_near(
	const struct world *world, uint64_t index, unsigned kind)
{
	uint64_t number = record_number(world, index);

	return record(number - number % KINDS + kind);
}

static enum entry_lag lag_of(const struct world *world, uint64_t index)
{
	if (world_has(world, PLANT_LATE, index))
		return ENTRY_LATE_1 + (enum entry_lag)(index % 3);
	if (world_has(world, PLANT_MINUTE, index))
		return ENTRY_MINUTE;
	return ENTRY_USUAL;
}

/* An amount that keeps the entries of one lag in order. */
static int64_t spread(const struct world *world, enum draw draw, uint64_t index,
	int64_t limit)
{
	int64_t slack = world_slack(world, POPULATION_TRANSACTION);

	if (slack > limit)
		slack = limit;
	return (int64_t)(world_draw(world, draw, index) % (uint64_t)slack);
}

static int64_t delay(
	const struct world *world, uint64_t index, enum entry_lag lag)
{
	int64_t limit = lag == ENTRY_USUAL ? USUAL_SPREAD : LATE_SPREAD;

	if (lag == ENTRY_MINUTE)
		return lags[lag];
	return lags[lag] + spread(world, DRAW_DELAY, index, limit);
}

static unsigned empty_fields(
	const struct world *world, uint64_t index, enum change change)
{
	unsigned empty = 0;

	if (world_has(world, PLANT_NO_ACTOR, index))
		empty |= EMPTY_ACTOR;
	if (world_has(world, PLANT_NO_OUTCOME, index))
		empty |= EMPTY_OUTCOME;
	if (change != CHANGE_UPDATE)
		return empty;
	if (world_has(world, PLANT_NO_VALUES, index))
		empty |= EMPTY_OLD | EMPTY_NEW;
	if (world_has(world, PLANT_NO_OLD, index))
		empty |= EMPTY_OLD;
	return empty;
}

/* Of several, the last happens so late that the log ends before its entry. */
static bool is_cut_off(const struct world *world, uint64_t index)
{
	return index > 0 && index + 1 == world->size[POPULATION_TRANSACTION];
}

static struct transaction plan(const struct world *world, uint64_t index)
{
	static const enum system homes[] = {
		SYSTEM_CRM, SYSTEM_CRM, SYSTEM_ERP, SYSTEM_PORTAL};
	bool cut_off = is_cut_off(world, index);
	struct transaction t = {
		.ms = cut_off ? CLOCK_END - LAST_LEAD
			      : world_moment(
					world, POPULATION_TRANSACTION, index),
		.change = phases[index / living(world) % PHASES],
		.system = homes[world_draw(world, DRAW_SYSTEM, index) % 4],
		.lag = lag_of(world, index),
		.planted_unlogged = !cut_off &&
				    world_has(world, PLANT_UNLOGGED, index),
		.keyed = !world_has(world, PLANT_UNKEYED, index),
	};

	t.entry_ms = t.ms + delay(world, index, t.lag);
	t.second_ms = t.ms + SECOND_LAG +
		      spread(world, DRAW_SECOND_DELAY, index, LATE_SPREAD);
	t.logged = !t.planted_unlogged && t.entry_ms <= CLOCK_END;
	t.twice = t.logged && t.keyed && world_has(world, PLANT_TWICE, index) &&
		  t.second_ms <= CLOCK_END;
	t.empty = empty_fields(world, index, t.change);
	return t;
}

bool transaction_entry_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct transaction t;

	if ((int)lag_of(world, index) != which)
		return false;
	t = plan(world, index);
	*ms = t.entry_ms;
	return t.logged;
}

bool transaction_second_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct transaction t;

	(void)which;
	if (!world_has(world, PLANT_TWICE, index))
		return false;
	t = plan(world, index);
	*ms = t.second_ms;
	return t.twice;
}

/* A new value of a field; now and then one that must be quoted. */
static struct str value_of(const struct world *world, uint64_t index)
{
	static const struct str usual[] = {STR_INIT("new"),
		STR_INIT("qualified"), STR_INIT("contacted"), STR_INIT("won"),
		STR_INIT("lost"), STR_INIT("on hold"), STR_INIT("12500.00"),
		STR_INIT("80.50"), STR_INIT("2026-04-30"),
		STR_INIT("Peña e Hijos"), STR_INIT("Alba GmbH"),
		STR_INIT("team-north"), STR_INIT("team-south"),
		STR_INIT("+34 600 000 000"), STR_INIT("monthly"),
		STR_INIT("yearly")};
	static const struct str quoted[] = {STR_INIT("Calle Mayor 12, Madrid"),
		STR_INIT("asked to \"call later\""),
		STR_INIT("Alba, \"North\""),
		STR_INIT("first line\nsecond line")};
	uint64_t number = world_draw(world, DRAW_VALUE, index);

	if (number % 64 == 0)
		return quoted[number / 64 % 4];
	return usual[number / 64 % 16];
}

static void fill_values(
	const struct world *world, uint64_t index, struct audit_row *row)
{
	static const struct str fields[] = {STR_INIT("status"),
		STR_INIT("amount"), STR_INIT("owner"), STR_INIT("address")};

	row->field = fields[world_draw(world, DRAW_FIELD, index) % 4];
	row->old = value_of(world, 2 * index);
	row->new = value_of(world, 2 * index + 1);
	row->inputs[0] = row->object;
}

static void fill_actor(
	const struct world *world, uint64_t index, struct audit_row *row)
{
	uint64_t number = world_draw(world, DRAW_ACTOR, index);

	row->actor_type = number % 5 ? STR("user") : STR("integration");
	row->actor = (struct id) {
		number % 5 ? STR("u-") : STR("svc-"), number / 5 % 400};
}

/* What the first and the second entry of a transaction share. */
static void fill_change(const struct world *world, uint64_t index,
	const struct transaction *t, struct audit_row *row)
{
	fill_actor(world, index, row);
	row->system = t->system;
	row->action = changes[t->change];
	row->object = transaction_object(world, index);
	row->purpose = STR("service");
	row->legal_basis = STR("contract");
	row->request = (struct id) {STR("r-"), index};
	row->outcome = STR("ok");
	row->outputs[0] = row->object;
	audit_trace(world, index, row);
	if (t->change == CHANGE_UPDATE)
		fill_values(world, index, row);
}

void transaction_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	struct transaction t = plan(world, index);

	fill_change(world, index, &t, row);
	truth->completeness.changes++;
	if (t.empty & EMPTY_ACTOR)
		row->actor = (struct id) {{NULL, 0}, 0};
	if (t.empty & EMPTY_OUTCOME)
		row->outcome = (struct str) {NULL, 0};
	if (t.empty & EMPTY_OLD)
		row->old = (struct str) {NULL, 0};
	if (t.empty & EMPTY_NEW)
		row->new = (struct str) {NULL, 0};
	if (t.keyed)
		truth_verdict(truth, RULE_REF_001, VERDICT_OK);
	else
		row->request = (struct id) {{NULL, 0}, 0};
}

void transaction_second(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	struct transaction t = plan(world, index);

	fill_change(world, index, &t, row);
	truth->completeness.changes++;
	truth_plant(truth, PLANT_TWICE);
	truth_verdict(truth, RULE_REF_001, VERDICT_OK);
}

/* The first comes on the first day, when REF-001 cannot decide yet. */
static int64_t when_orphan(const struct world *world, uint64_t index)
{
	return index == 0 ? WORLD_FIRST
			  : world_moment(world, POPULATION_ORPHAN, index);
}

bool orphan_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)which;
	*ms = when_orphan(world, index);
	return true;
}

void orphan_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	int64_t ms = when_orphan(world, index);

	fill_actor(world, index, row);
	row->system = SYSTEM_CRM;
	row->action = changes[index % 3];
	row->object = (struct ref) {STR("account"), {STR("AX-"), index}};
	row->field = STR("status");
	row->old = STR("new");
	row->new = STR("lost");
	row->outcome = STR("ok");
	row->outputs[0] = row->object;
	truth->completeness.changes++;
	truth_plant(truth, PLANT_ORPHAN);
	if (index > 0 && world_has(world, PLANT_ORPHAN_UNKEYED, index)) {
		truth_plant(truth, PLANT_ORPHAN_UNKEYED);
		return;
	}
	row->request = (struct id) {STR("rx-"), index};
	/* On the first day it may refer to a transaction before the log. */
	truth_verdict(truth, RULE_REF_001,
		ms < clock_after_days(CLOCK_START - 1, 1) ? VERDICT_UNKNOWN
							  : VERDICT_VIOLATED);
}

static void count_status(struct completeness *c, const struct transaction *t)
{
	bool late = t->entry_ms - t->ms > LATE_AFTER;

	if (!t->logged)
		c->missing++;
	else if (t->empty)
		c->partial++;
	else if (late)
		c->late++;
	else
		c->matched++;
	c->record.denominator++;
	if (!t->logged)
		return;
	c->record.numerator++;
	c->in_time += !late;
	c->field.denominator += t->change == CHANGE_UPDATE ? 7 : 5;
	c->field.numerator += t->change == CHANGE_UPDATE ? 7 : 5;
	c->field.numerator -= (uint64_t)__builtin_popcount(t->empty);
}

static void count_cells(struct completeness *c, const struct transaction *t)
{
	struct share *system = &c->by_system[t->system];
	struct share *quarter = &c->by_quarter[clock_quarter(t->ms)];

	system->denominator++;
	quarter->denominator++;
	system->numerator += t->logged;
	quarter->numerator += t->logged;
}

static void count_planted(const struct world *world, struct truth *truth,
	uint64_t index, const struct transaction *t)
{
	if (t->planted_unlogged)
		truth_plant(truth, PLANT_UNLOGGED);
	else if (!t->logged)
		truth_plant(truth, PLANT_CUT_OFF);
	if (!t->logged)
		return;
	if (t->lag >= ENTRY_LATE_1)
		truth_plant(truth, PLANT_LATE);
	if (t->lag == ENTRY_MINUTE)
		truth_plant(truth, PLANT_MINUTE);
	if (!t->keyed)
		truth_plant(truth, PLANT_UNKEYED);
	if (t->empty)
		truth_plant(truth, PLANT_PARTIAL);
	if (t->empty & EMPTY_ACTOR)
		truth_plant(truth, PLANT_NO_ACTOR);
	if (t->empty & EMPTY_OUTCOME)
		truth_plant(truth, PLANT_NO_OUTCOME);
	if (t->empty & EMPTY_NEW)
		truth_plant(truth, PLANT_NO_VALUES);
	if (t->change == CHANGE_UPDATE && world_has(world, PLANT_NO_OLD, index))
		truth_plant(truth, PLANT_NO_OLD);
}

/* The entry must carry the request id: without it the rule cannot see it. */
static void count_rule(struct truth *truth, const struct transaction *t)
{
	truth_verdict(truth, RULE_TRX_010,
		truth_duty(t->logged && t->keyed, t->entry_ms,
			t->ms + CLOCK_HOUR));
}

static void write_row(const struct world *world, uint64_t index,
	const struct transaction *t, struct out *out)
{
	struct ref object = transaction_object(world, index);

	out_row(out);
	out_millis(out, t->ms);
	out_char(out, ',');
	out_str(out, system_name(t->system));
	out_char(out, ',');
	out_str(out, object.type);
	out_char(out, ',');
	out_id(out, object.id);
	out_char(out, ',');
	out_str(out, changes[t->change]);
	out_char(out, ',');
	out_id(out, (struct id) {STR("r-"), index});
	out_char(out, '\n');
}

bool transactions_write(const struct folder *folder, const struct world *world,
	struct truth *truth, struct err *err)
{
	struct arena memory = {0};
	struct out out;
	bool ok = false;

	if (!out_open(&out, &memory, folder, file_name(FILE_TRANSACTIONS), err))
		goto done;
	out_text(&out,
		STR("ts,src_system,object_type,object_id,action,request_id\n"));
	for (uint64_t i = 0; i < world->size[POPULATION_TRANSACTION]; i++) {
		struct transaction t = plan(world, i);

		write_row(world, i, &t, &out);
		count_status(&truth->completeness, &t);
		count_cells(&truth->completeness, &t);
		count_planted(world, truth, i, &t);
		count_rule(truth, &t);
	}
	truth->rows[FILE_TRANSACTIONS] = out.rows;
	ok = out_publish(&out, err);
done:
	arena_free(&memory);
	return ok;
}
