#include "lineal-gen/exports.h"

#include "lineal-gen/merge.h"
#include "lineal-gen/transactions.h"

#define CONSENT_DAYS 30
#define RECEIPT_DUE  (24 * CLOCK_HOUR)
/* The first day on which AUD-004 is in force: 2026-04-01. */
#define BASIS_FROM (CLOCK_START + 90 * CLOCK_DAY)

struct export
{
	int64_t ms;
	struct str purpose;
	uint64_t customer;
	bool marketing, has_customer, has_basis;
	enum consent consent;
	bool consented, withdrawn; /* the rows of consents.csv exist */
	int64_t consent_ms, withdrawn_ms;
	bool late, received, recalled; /* the rows of audit.csv exist */
	int64_t receipt_ms, recall_ms;
};

static const int64_t consent_lags[] = {
	[CONSENT_FRESH] = 5 * CLOCK_DAY,
	[CONSENT_EDGE] = 30 * CLOCK_DAY + 9 * CLOCK_HOUR,
	[CONSENT_EXPIRED] = 40 * CLOCK_DAY,
	[CONSENT_NONE] = 0,
};

/* `index` counts marketing exports only, so that every kind occurs early. */
static enum consent consent_of(const struct world *world, uint64_t index)
{
	if (world_has(world, PLANT_CONSENT_WITHDRAWN, index))
		return CONSENT_FRESH;
	if (world_has(world, PLANT_NO_CUSTOMER, index) ||
		world_has(world, PLANT_CONSENT_NONE, index))
		return CONSENT_NONE;
	if (world_has(world, PLANT_CONSENT_EXPIRED, index))
		return CONSENT_EXPIRED;
	if (world_has(world, PLANT_CONSENT_EDGE, index))
		return CONSENT_EDGE;
	return CONSENT_FRESH;
}

static void plan_consent(
	const struct world *world, uint64_t index, struct export *e)
{
	e->consent = consent_of(world, index);
	e->has_customer = e->consent != CONSENT_NONE ||
			  !world_has(world, PLANT_NO_CUSTOMER, index);
	e->consent_ms = clock_whole(e->ms - consent_lags[e->consent]);
	e->consented = e->consent != CONSENT_NONE &&
		       e->consent_ms > CLOCK_START;
	e->withdrawn_ms = clock_whole(e->ms - CLOCK_DAY);
	e->withdrawn = e->consented && e->consent == CONSENT_FRESH &&
		       world_has(world, PLANT_CONSENT_WITHDRAWN, index);
}

static void plan_receipt(
	const struct world *world, uint64_t index, struct export *e)
{
	e->late = world_has(world, PLANT_RECEIPT_LATE, index);
	e->receipt_ms = e->ms + (e->late ? 30 : 2) * CLOCK_HOUR;
	e->recall_ms = e->ms + CLOCK_HOUR;
	e->recalled = world_has(world, PLANT_RECALLED, index) &&
		      e->recall_ms <= CLOCK_END;
	e->received = !world_has(world, PLANT_RECEIPT_MISSING, index) &&
		      (e->late || !e->recalled) && e->receipt_ms <= CLOCK_END;
}

static struct export plan(const struct world *world, uint64_t index)
{
	static const struct str purposes[] = {STR_INIT("marketing"),
		STR_INIT("contract"), STR_INIT("analytics")};
	uint64_t customers = world->size[POPULATION_EXPORT] / 4 + 1;
	struct export e = {
		.ms = world_moment(world, POPULATION_EXPORT, index),
		.purpose = purposes[index % 3],
		.marketing = index % 3 == 0,
		.customer = index % customers,
		.has_customer = true,
		.has_basis = !world_has(world, PLANT_NO_BASIS, index),
	};

	if (e.marketing)
		plan_consent(world, index / 3, &e);
	plan_receipt(world, index, &e);
	return e;
}

bool export_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)which;
	*ms = world_moment(world, POPULATION_EXPORT, index);
	return true;
}

bool receipt_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct export e = plan(world, index);

	*ms = e.receipt_ms;
	return e.received && e.late == which;
}

bool recall_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct export e = plan(world, index);

	(void)which;
	*ms = e.recall_ms;
	return e.recalled;
}

static void count_consent(struct truth *truth, const struct export *e)
{
	if (!e->has_customer) {
		truth_plant(truth, PLANT_NO_CUSTOMER);
		truth_verdict(truth, RULE_CON_001, VERDICT_UNKNOWN);
		return;
	}
	if (e->consented &&
		e->ms < clock_after_days(e->consent_ms, CONSENT_DAYS)) {
		truth_verdict(truth, RULE_CON_001, VERDICT_OK);
	} else if (e->ms < clock_after_days(CLOCK_START - 1, CONSENT_DAYS)) {
		/* A consent before the log may still hold. */
		truth_plant(truth, PLANT_CONSENT_BEFORE);
		truth_verdict(truth, RULE_CON_001, VERDICT_UNKNOWN);
	} else {
		truth_verdict(truth, RULE_CON_001, VERDICT_VIOLATED);
	}
	if (e->consent == CONSENT_NONE)
		truth_plant(truth, PLANT_CONSENT_NONE);
	if (e->consent == CONSENT_EDGE)
		truth_plant(truth, PLANT_CONSENT_EDGE);
	if (e->consent == CONSENT_EXPIRED)
		truth_plant(truth, PLANT_CONSENT_EXPIRED);
	if (e->withdrawn)
		truth_plant(truth, PLANT_CONSENT_WITHDRAWN);
}

static void count_receipt(struct truth *truth, const struct export *e)
{
	enum verdict verdict = truth_duty(
		e->received, e->receipt_ms, e->ms + RECEIPT_DUE);

	if (verdict != VERDICT_OK && e->recalled)
		verdict = VERDICT_NOT_APPLICABLE;
	truth_verdict(truth, RULE_EXP_001, verdict);
	if (e->recalled)
		truth_plant(truth, PLANT_RECALLED);
	if (e->received && e->late)
		truth_plant(truth, PLANT_RECEIPT_LATE);
	if (!e->received && !e->recalled)
		truth_plant(truth, PLANT_RECEIPT_MISSING);
}

static void count_basis(struct truth *truth, const struct export *e)
{
	enum verdict verdict =
		e->has_customer && e->has_basis ? VERDICT_OK : VERDICT_VIOLATED;

	if (!e->has_basis)
		truth_plant(truth, PLANT_NO_BASIS);
	if (e->ms < BASIS_FROM)
		verdict = VERDICT_NOT_APPLICABLE;
	truth_verdict(truth, RULE_AUD_004, verdict);
}

/* Exports, receipts and recalls are about one file. */
static void fill_file(uint64_t index, struct str action, struct audit_row *row)
{
	row->action = action;
	row->object = (struct ref) {STR("export"), {STR("X-"), index}};
	row->outcome = STR("ok");
}

void export_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	struct export e = plan(world, index);
	uint64_t near = index * 8 % world->size[POPULATION_TRANSACTION];

	fill_file(index, STR("export"), row);
	row->system = SYSTEM_CRM;
	row->actor = (struct id) {STR("u-"), index % 40};
	row->actor_type = STR("user");
	row->purpose = e.purpose;
	if (e.has_customer)
		row->customer = (struct id) {STR("K-"), e.customer};
	if (e.has_basis)
		row->legal_basis = e.marketing ? STR("consent")
					       : STR("contract");
	row->inputs[0] = transaction_near(world, near, 0);
	row->inputs[1] = transaction_near(world, near, 1);
	row->outputs[0] = row->object;
	if (e.marketing)
		count_consent(truth, &e);
	count_receipt(truth, &e);
	count_basis(truth, &e);
}

static void fill_partner(
	uint64_t index, struct str action, struct audit_row *row)
{
	fill_file(index, action, row);
	row->system = SYSTEM_MAIL;
	row->actor = (struct id) {STR("svc-mail"), OUT_NO_NUMBER};
	row->actor_type = STR("integration");
	row->inputs[0] = row->object;
}

void receipt_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	(void)world;
	(void)truth;
	fill_partner(index, STR("notify"), row);
}

void recall_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	(void)world;
	(void)truth;
	fill_partner(index, STR("withdraw"), row);
}

/* `which` is an enum consent; members are marketing exports. */
static bool consent_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct export e;

	if ((int)consent_of(world, index) != which)
		return false;
	e = plan(world, 3 * index);
	*ms = e.consent_ms;
	return e.consented;
}

static bool withdrawal_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct export e;

	(void)which;
	e = plan(world, 3 * index);
	*ms = e.withdrawn_ms;
	return e.withdrawn;
}

static void write_row(const struct world *world, const struct merge_row *at,
	bool withdrawal, struct out *out)
{
	struct export e = plan(world, 3 * at->index);

	out_row(out);
	out_id(out,
		(struct id) {withdrawal ? STR("cw-") : STR("cg-"), at->index});
	out_char(out, ',');
	out_seconds(out, at->ms);
	out_char(out, ',');
	out_id(out, (struct id) {STR("K-"), e.customer});
	out_char(out, ',');
	out_str(out, e.purpose);
	out_char(out, ',');
	out_str(out, withdrawal ? STR("withdraw") : STR("consent"));
	out_char(out, '\n');
}

bool consents_write(const struct folder *folder, const struct world *world,
	struct truth *truth, struct err *err)
{
	uint64_t marketing = (world->size[POPULATION_EXPORT] + 2) / 3;
	struct arena memory = {0};
	struct merge merge = {.world = world};
	struct merge_row at;
	struct out out;
	bool ok = false;

	for (int consent = 0; consent < CONSENT_NONE; consent++)
		merge_add(&merge,
			(struct stream) {consent_moment, consent, marketing});
	merge_add(&merge, (struct stream) {withdrawal_moment, 0, marketing});
	if (!out_open(&out, &memory, folder, file_name(FILE_CONSENTS), err))
		goto done;
	out_text(&out, STR("event_id,ts,customer,purpose,action\n"));
	while (merge_next(&merge, &at))
		write_row(world, &at, at.stream == CONSENT_NONE, &out);
	truth->rows[FILE_CONSENTS] = out.rows;
	ok = out_publish(&out, err);
done:
	arena_free(&memory);
	return ok;
}
