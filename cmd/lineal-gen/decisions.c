#include "lineal-gen/decisions.h"

#include "lineal-gen/merge.h"
#include "lineal-gen/transactions.h"

#define CALL_LEAD      (2 * CLOCK_SECOND)
#define REVIEW_DUE     (72 * CLOCK_HOUR)
#define NOTICE_LAG     (6 * CLOCK_HOUR)  /* after the review */
#define BYPASS_LAG     CLOCK_HOUR        /* after the decision */
#define EXPLAIN_LAG    (48 * CLOCK_HOUR) /* after the notice */
#define STREAM_ORPHANS REVIEW_NONE       /* in the merge of reviews.csv */

static const int64_t review_lags[] = {
	[REVIEW_USUAL] = 20 * CLOCK_HOUR,
	[REVIEW_SLOW] = 60 * CLOCK_HOUR,
	[REVIEW_LATE] = 80 * CLOCK_HOUR,
	[REVIEW_NONE] = 0,
};

struct decision {
	int64_t ms;
	bool consequential, exempt, bypass;
	enum review review;
	bool reviewed, noticed; /* the rows exist */
	int64_t review_ms, notice_ms;
	bool has_version, has_reasons, has_method, has_input, by_digest;
};

static void plan_review(
	const struct world *world, uint64_t index, struct decision *d)
{
	bool none = world_has(world, PLANT_REVIEW_NONE, index);
	bool late = world_has(world, PLANT_REVIEW_LATE, index);

	d->bypass = world_has(world, PLANT_BYPASS, index);
	d->exempt = !none && !late && !d->bypass &&
		    world_has(world, PLANT_EXEMPT, index);
	if (none || d->exempt)
		d->review = REVIEW_NONE;
	else if (late)
		d->review = REVIEW_LATE;
	else if (world_has(world, PLANT_REVIEW_SLOW, index))
		d->review = REVIEW_SLOW;
	else
		d->review = REVIEW_USUAL;
	d->review_ms = d->ms + review_lags[d->review];
	d->reviewed = d->review != REVIEW_NONE && d->review_ms <= CLOCK_END;
	d->notice_ms = d->bypass ? d->ms + BYPASS_LAG
				 : d->review_ms + NOTICE_LAG;
	d->noticed = (d->bypass || d->review != REVIEW_NONE) &&
		     d->notice_ms <= CLOCK_END;
}

static struct decision plan(const struct world *world, uint64_t index)
{
	struct decision d = {
		.ms = clock_whole(
			world_moment(world, POPULATION_DECISION, index)),
		.consequential = index % 2 == 0,
		.review = REVIEW_NONE,
		.has_version = !world_has(world, PLANT_NO_VERSION, index),
		.has_reasons = index % 8 != 5 &&
			       !world_has(world, PLANT_NO_REASONS, index),
		.has_method = !world_has(world, PLANT_NO_REASONS, index),
		.has_input = !world_has(world, PLANT_NO_INPUT, index),
		.by_digest = index % 3 == 1,
	};

	if (d.consequential)
		plan_review(world, index / 2, &d);
	return d;
}

bool model_call_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct decision d = plan(world, index);

	(void)which;
	*ms = d.ms - CALL_LEAD;
	return true;
}

bool review_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct decision d = plan(world, 2 * index);

	*ms = d.review_ms;
	return d.reviewed && (int)d.review == which;
}

bool notice_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	struct decision d = plan(world, 2 * index);
	int kind = d.bypass ? NOTICE_BYPASS : (int)d.review;

	*ms = d.notice_ms;
	return d.noticed && kind == which;
}

static struct id decision_id(uint64_t index)
{
	return (struct id) {STR("DEC-"), index};
}

static struct id reviewer(uint64_t index)
{
	return (struct id) {STR("u-"), 500 + index % 25};
}

/* What the audit entries of one decision share. */
static void fill_decision(uint64_t index, struct str action, struct str type,
	struct audit_row *row)
{
	row->action = action;
	row->object = (struct ref) {type, decision_id(index)};
	row->request = (struct id) {STR("q-"), index};
	row->outcome = STR("ok");
}

static uint64_t near_transaction(const struct world *world, uint64_t index)
{
	return index * 20 % world->size[POPULATION_TRANSACTION];
}

/* Decisions have traces of their own, apart from those of transactions. */
static void fill_trace(
	const struct world *world, uint64_t index, struct audit_row *row)
{
	audit_trace(world, UINT64_MAX - index, row);
}

void model_call_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	uint64_t near = near_transaction(world, index);

	(void)truth;
	fill_decision(index, STR("decision"), STR("decision"), row);
	fill_trace(world, index, row);
	row->system = SYSTEM_SCORING;
	row->actor = (struct id) {STR("svc-scoring"), OUT_NO_NUMBER};
	row->actor_type = STR("ai");
	row->purpose = STR("credit check");
	row->inputs[0] = transaction_near(world, near, 0);
	row->inputs[1] = transaction_near(world, near, 2);
	row->outputs[0] = row->object;
}

static struct ref approval(uint64_t index)
{
	return (struct ref) {STR("approval"), {STR("AP-"), index}};
}

void review_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	(void)truth;
	index *= 2;
	fill_decision(index, STR("override"), STR("decision"), row);
	fill_trace(world, index, row);
	row->system = SYSTEM_CRM;
	row->actor = reviewer(index);
	row->actor_type = STR("user");
	row->inputs[0] = row->object;
	row->outputs[0] = approval(index);
}

/* The notice is made from the approval, or straight from the decision. */
void notice_entry(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row)
{
	struct decision d;

	index *= 2;
	d = plan(world, index);
	fill_decision(index, STR("notify"), STR("decision"), row);
	fill_trace(world, index, row);
	row->system = SYSTEM_MAIL;
	row->actor = (struct id) {STR("svc-mail"), OUT_NO_NUMBER};
	row->actor_type = STR("integration");
	row->inputs[0] = d.bypass ? row->object : approval(index);
	row->outputs[0] = (struct ref) {STR("message"), {STR("M-"), index}};
	if (d.bypass)
		truth_plant(truth, PLANT_BYPASS);
	truth_verdict(
		truth, RULE_DEC_005, d.bypass ? VERDICT_VIOLATED : VERDICT_OK);
}

static enum verdict ok_if(bool condition)
{
	return condition ? VERDICT_OK : VERDICT_VIOLATED;
}

static void count_record(struct truth *truth, const struct decision *d)
{
	truth_verdict(truth, RULE_DEC_001, ok_if(d->has_version));
	truth_verdict(truth, RULE_DEC_002, ok_if(d->has_input));
	truth_verdict(
		truth, RULE_DEC_003, ok_if(d->has_reasons || d->has_method));
	if (!d->has_version)
		truth_plant(truth, PLANT_NO_VERSION);
	if (!d->has_input)
		truth_plant(truth, PLANT_NO_INPUT);
	if (!d->has_reasons && !d->has_method)
		truth_plant(truth, PLANT_NO_REASONS);
}

static void count_review(struct truth *truth, const struct decision *d)
{
	if (d->exempt) {
		truth_plant(truth, PLANT_EXEMPT);
		truth_verdict(truth, RULE_DEC_004, VERDICT_NOT_APPLICABLE);
		return;
	}
	truth_verdict(truth, RULE_DEC_004,
		truth_duty(d->reviewed, d->review_ms, d->ms + REVIEW_DUE));
	if (d->review == REVIEW_NONE)
		truth_plant(truth, PLANT_REVIEW_NONE);
	if (d->reviewed && d->review == REVIEW_LATE)
		truth_plant(truth, PLANT_REVIEW_LATE);
	if (d->reviewed && d->review == REVIEW_SLOW)
		truth_plant(truth, PLANT_REVIEW_SLOW);
}

static void put_time_if(struct out *out, bool known, int64_t ms)
{
	if (known)
		out_seconds(out, ms);
	out_char(out, ',');
}

/* decision_id .. adverse */
static void put_outcome(const struct world *world, uint64_t index,
	const struct decision *d, struct out *out)
{
	static const struct str types[] = {STR_INIT("credit_limit"),
		STR_INIT("lead_score"), STR_INIT("churn_offer")};
	uint64_t number = world_draw(world, DRAW_DECISION, index);
	bool adverse = number % 4 == 0;

	out_id(out, decision_id(index));
	out_char(out, ',');
	out_seconds(out, d->ms);
	out_char(out, ',');
	out_id(out, (struct id) {STR("K-"), number / 4 % 100000});
	out_char(out, ',');
	out_str(out, types[index % 3]);
	out_str(out, adverse ? STR(",declined,") : STR(",approved,"));
	out_str(out, STR("scorecard,"));
	if (d->has_version)
		out_str(out, index % 5 ? STR("3.2") : STR("3.1"));
	out_str(out, d->consequential ? STR(",true,") : STR(",false,"));
	out_str(out, adverse ? STR("true,") : STR("false,"));
}

static void put_digest(
	const struct world *world, uint64_t index, struct out *out)
{
	for (int i = 0; i < 4; i++)
		out_hex(out, world_draw(world, (enum draw)(DRAW_DIGEST_1 + i),
				     index));
}

/* input_ref, input_sha256 */
static void put_input(const struct world *world, uint64_t index,
	const struct decision *d, struct out *out)
{
	uint64_t near = near_transaction(world, index);
	struct ref account = transaction_near(world, near, 0);
	struct ref lead = transaction_near(world, near, 2);

	if (d->has_input && !d->by_digest) {
		out_str(out, account.type);
		out_char(out, ':');
		out_id(out, account.id);
		out_char(out, ';');
		out_str(out, lead.type);
		out_char(out, ':');
		out_id(out, lead.id);
	}
	out_char(out, ',');
	if (d->has_input && d->by_digest)
		put_digest(world, index, out);
	out_char(out, ',');
}

/* score, threshold, reasons, explanation_method */
static void put_reasons(const struct world *world, uint64_t index,
	const struct decision *d, struct out *out)
{
	uint64_t number = world_draw(world, DRAW_DECISION, index) / 1000000;

	out_str(out, STR("0."));
	out_padded(out, number % 1000, 3);
	out_str(out, STR(",0.500,"));
	if (d->has_reasons) {
		out_str(out, STR("payment_history=0."));
		out_padded(out, number / 1000 % 100, 2);
		out_str(out, STR(";open_orders=0."));
		out_padded(out, number / 100000 % 100, 2);
	}
	out_char(out, ',');
	if (d->has_method)
		out_str(out, STR("shap"));
	out_char(out, ',');
}

/* human_reviewer_id .. effect */
static void put_review(
	uint64_t index, const struct decision *d, struct out *out)
{
	if (d->reviewed)
		out_id(out, reviewer(index));
	out_char(out, ',');
	put_time_if(out, d->reviewed, d->review_ms);
	if (d->reviewed)
		out_str(out, index % 14 ? STR("false") : STR("true"));
	out_char(out, ',');
	if (d->exempt)
		out_str(out, STR("contract necessity"));
	out_char(out, ',');
	out_str(out, d->consequential ? STR("record") : STR("none"));
	out_char(out, ',');
}

/* notice_at .. trace_id */
static void put_duties(const struct world *world, uint64_t index,
	const struct decision *d, struct out *out)
{
	int64_t explained_ms = d->notice_ms + EXPLAIN_LAG;
	struct audit_row trace = {0};

	put_time_if(out, d->noticed, d->notice_ms);
	put_time_if(out, d->noticed && explained_ms <= CLOCK_END, explained_ms);
	out_str(out, STR(",,"));
	out_id(out, (struct id) {STR("q-"), index});
	out_char(out, ',');
	fill_trace(world, index, &trace);
	out_hex(out, trace.trace[0]);
	out_hex(out, trace.trace[1]);
	out_char(out, '\n');
}

static void write_decision(const struct world *world, uint64_t index,
	const struct decision *d, struct out *out)
{
	out_row(out);
	put_outcome(world, index, d, out);
	put_input(world, index, d, out);
	put_reasons(world, index, d, out);
	put_review(index, d, out);
	put_duties(world, index, d, out);
}

bool decisions_write(const struct folder *folder, const struct world *world,
	struct truth *truth, struct err *err)
{
	struct arena memory = {0};
	struct out out;
	bool ok = false;

	if (!out_open(&out, &memory, folder, file_name(FILE_DECISIONS), err))
		goto done;
	out_text(&out,
		STR("decision_id,ts,subject_ref,decision_type,outcome,model_id,"
		    "model_version,consequential,adverse,input_ref,"
		    "input_sha256,score,threshold,reasons,explanation_method,"
		    "human_reviewer_id,reviewed_at,overridden,review_exemption,"
		    "effect,notice_at,explanation_sent_at,appeal_at,"
		    "appeal_closed_at,request_id,trace_id\n"));
	for (uint64_t i = 0; i < world->size[POPULATION_DECISION]; i++) {
		struct decision d = plan(world, i);

		write_decision(world, i, &d, &out);
		count_record(truth, &d);
		if (d.consequential)
			count_review(truth, &d);
	}
	truth->rows[FILE_DECISIONS] = out.rows;
	ok = out_publish(&out, err);
done:
	arena_free(&memory);
	return ok;
}

static bool orphan_review_moment(
	const struct world *world, uint64_t index, int which, int64_t *ms)
{
	(void)which;
	/* The first comes on the first day, when REF-002 cannot decide yet. */
	*ms = index == 0 ? WORLD_FIRST
			 : clock_whole(world_moment(
				   world, POPULATION_ORPHAN_REVIEW, index));
	return true;
}

static void write_review(const struct merge_row *at, struct out *out)
{
	bool orphan = at->stream == STREAM_ORPHANS;
	uint64_t index = orphan ? at->index : 2 * at->index;

	out_row(out);
	out_id(out, (struct id) {orphan ? STR("vx-") : STR("v-"), index});
	out_char(out, ',');
	out_seconds(out, at->ms);
	out_char(out, ',');
	out_id(out, orphan ? (struct id) {STR("DECX-"), index}
			   : decision_id(index));
	out_char(out, ',');
	out_id(out, reviewer(index));
	out_str(out, index % 14 ? STR(",confirmed\n") : STR(",changed\n"));
}

static void count_reference(const struct merge_row *at, struct truth *truth)
{
	if (at->stream != STREAM_ORPHANS) {
		truth_verdict(truth, RULE_REF_002, VERDICT_OK);
		return;
	}
	truth_plant(truth, PLANT_ORPHAN_REVIEW);
	/* On the first day it may refer to a decision before the log. */
	truth_verdict(truth, RULE_REF_002,
		at->ms < clock_after_days(CLOCK_START - 1, 1)
			? VERDICT_UNKNOWN
			: VERDICT_VIOLATED);
}

bool reviews_write(const struct folder *folder, const struct world *world,
	struct truth *truth, struct err *err)
{
	struct arena memory = {0};
	struct merge merge = {.world = world};
	struct merge_row at;
	struct out out;
	bool ok = false;

	for (int review = 0; review < REVIEW_NONE; review++)
		merge_add(
			&merge, (struct stream) {review_moment, review,
					world->size[POPULATION_CONSEQUENTIAL]});
	merge_add(&merge, (struct stream) {orphan_review_moment, 0,
				  world->size[POPULATION_ORPHAN_REVIEW]});
	if (!out_open(&out, &memory, folder, file_name(FILE_REVIEWS), err))
		goto done;
	out_text(&out, STR("event_id,ts,decision_id,actor_id,outcome\n"));
	while (merge_next(&merge, &at)) {
		write_review(&at, &out);
		count_reference(&at, truth);
	}
	truth->rows[FILE_REVIEWS] = out.rows;
	ok = out_publish(&out, err);
done:
	arena_free(&memory);
	return ok;
}
