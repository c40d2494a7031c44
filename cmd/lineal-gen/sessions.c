#include "lineal-gen/sessions.h"

#include "lineal-gen/transactions.h"

#define SESSION_LENGTH  (8 * CLOCK_HOUR)
#define NO_LOGOUT_EVERY 19

bool mark_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)world;
	(void)which;
	*ms = index == 0 ? CLOCK_START : CLOCK_END;
	return true;
}

bool read_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)which;
	*ms = world_moment(world, POPULATION_READ, index);
	return true;
}

bool login_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)which;
	*ms = world_moment(world, POPULATION_SESSION, index);
	return true;
}

bool logout_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)which;
	*ms = world_moment(world, POPULATION_SESSION, index) + SESSION_LENGTH;
	return index % NO_LOGOUT_EVERY != 0 && *ms <= CLOCK_END;
}

bool untimed_read_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)which;
	*ms = world_moment(world, POPULATION_UNTIMED_READ, index);
	return true;
}

void mark_entry(const struct world *world, struct truth *truth, uint64_t index,
	struct audit_row *row)
{
	(void)world;
	(void)truth;
	row->system = SYSTEM_CRM;
	row->actor = (struct id) {STR("svc-log"), OUT_NO_NUMBER};
	row->actor_type = STR("system");
	row->action = STR("config");
	row->object = (struct ref) {STR("log"), {STR("audit"), OUT_NO_NUMBER}};
	row->field = STR("state");
	row->new = index == 0 ? STR("opened") : STR("closed");
	row->outcome = STR("ok");
}

static void count_purpose(struct truth *truth, const struct audit_row *row)
{
	truth_verdict(truth, RULE_AUD_005,
		row->purpose.len > 0 ? VERDICT_OK : VERDICT_VIOLATED);
}

void read_entry(const struct world *world, struct truth *truth, uint64_t index,
	struct audit_row *row)
{
	static const enum system homes[] = {
		SYSTEM_CRM, SYSTEM_PORTAL, SYSTEM_WAREHOUSE};
	uint64_t number = world_draw(world, DRAW_ACTOR, UINT64_MAX - index);
	uint64_t last = world->size[POPULATION_TRANSACTION] - 1;
	uint64_t near = index / 6 * 5 + index % 6;

	row->system = homes[number % 3];
	row->actor_type = STR("user");
	row->action = STR("read");
	row->object = transaction_object(world, near < last ? near : last);
	row->outcome = number % 50 ? STR("ok") : STR("denied");
	row->inputs[0] = row->object;
	/* Half the range of numbers away from transactions and decisions. */
	audit_trace(world, UINT64_MAX / 2 + index, row);
	if (world_has(world, PLANT_READ_NO_ACTOR, index))
		truth_plant(truth, PLANT_READ_NO_ACTOR);
	else
		row->actor = (struct id) {STR("u-"), number / 3 % 400};
	if (world_has(world, PLANT_READ_NO_PURPOSE, index))
		truth_plant(truth, PLANT_READ_NO_PURPOSE);
	else
		row->purpose = STR("service");
	count_purpose(truth, row);
}

void untimed_read_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	(void)world;
	row->time = index % 2 ? STR("unknown") : STR("");
	row->system = SYSTEM_WAREHOUSE;
	row->actor = (struct id) {STR("svc-batch"), OUT_NO_NUMBER};
	row->actor_type = STR("system");
	row->action = STR("read");
	row->object = (struct ref) {STR("account"), {STR("AU-"), index}};
	row->purpose = STR("service");
	row->outcome = STR("ok");
	truth_plant(truth, PLANT_UNTIMED);
	count_purpose(truth, row);
}

static void fill_session(
	uint64_t index, struct str action, struct audit_row *row)
{
	row->system = SYSTEM_PORTAL;
	row->actor = (struct id) {STR("u-"), index % 400};
	row->actor_type = STR("user");
	row->action = action;
	row->object = (struct ref) {STR("session"), {STR("S-"), index}};
	row->outcome = STR("ok");
}

void login_entry(const struct world *world, struct truth *truth, uint64_t index,
	struct audit_row *row)
{
	(void)world;
	(void)truth;
	fill_session(index, STR("login"), row);
}

void logout_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	(void)world;
	(void)truth;
	fill_session(index, STR("logout"), row);
}
