#include "lineal-gen/audit.h"

#include "lineal-gen/decisions.h"
#include "lineal-gen/exports.h"
#include "lineal-gen/merge.h"
#include "lineal-gen/requests.h"
#include "lineal-gen/sessions.h"
#include "lineal-gen/transactions.h"

#define GAP_MAX 5 /* numbers that one gap leaves out */

/* One stream of the file. */
struct kind {
	enum population population;
	int which; /* of what `moment` knows */
	stream_fn moment;
	audit_fn fill;
};

/* In the order of rows of one moment. A stream's place is part of the event
   ids of its rows. */
static const struct kind kinds[] = {
	{POPULATION_MARK, 0, mark_moment, mark_entry},
	{POPULATION_TRANSACTION, ENTRY_USUAL, transaction_entry_moment,
		transaction_entry},
	{POPULATION_TRANSACTION, ENTRY_MINUTE, transaction_entry_moment,
		transaction_entry},
	{POPULATION_TRANSACTION, ENTRY_LATE_1, transaction_entry_moment,
		transaction_entry},
	{POPULATION_TRANSACTION, ENTRY_LATE_2, transaction_entry_moment,
		transaction_entry},
	{POPULATION_TRANSACTION, ENTRY_LATE_3, transaction_entry_moment,
		transaction_entry},
	{POPULATION_TRANSACTION, 0, transaction_second_moment,
		transaction_second},
	{POPULATION_ORPHAN, 0, orphan_moment, orphan_entry},
	{POPULATION_READ, 0, read_moment, read_entry},
	{POPULATION_UNTIMED_READ, 0, untimed_read_moment, untimed_read_entry},
	{POPULATION_EXPORT, 0, export_moment, export_entry},
	{POPULATION_EXPORT, false, receipt_moment, receipt_entry},
	{POPULATION_EXPORT, true, receipt_moment, receipt_entry},
	{POPULATION_EXPORT, 0, recall_moment, recall_entry},
	{POPULATION_DECISION, 0, model_call_moment, model_call_entry},
	{POPULATION_CONSEQUENTIAL, REVIEW_USUAL, review_moment, review_entry},
	{POPULATION_CONSEQUENTIAL, REVIEW_SLOW, review_moment, review_entry},
	{POPULATION_CONSEQUENTIAL, REVIEW_LATE, review_moment, review_entry},
	{POPULATION_CONSEQUENTIAL, REVIEW_USUAL, notice_moment, notice_entry},
	{POPULATION_CONSEQUENTIAL, REVIEW_SLOW, notice_moment, notice_entry},
	{POPULATION_CONSEQUENTIAL, REVIEW_LATE, notice_moment, notice_entry},
	{POPULATION_CONSEQUENTIAL, NOTICE_BYPASS, notice_moment, notice_entry},
	{POPULATION_REQUEST, 0, request_moment, request_entry},
	{POPULATION_REQUEST, ANSWER_FAST, answer_moment, answer_entry},
	{POPULATION_REQUEST, ANSWER_USUAL, answer_moment, answer_entry},
	{POPULATION_REQUEST, ANSWER_SLOW, answer_moment, answer_entry},
	{POPULATION_REQUEST, ANSWER_EDGE, answer_moment, answer_entry},
	{POPULATION_REQUEST, ANSWER_LATE, answer_moment, answer_entry},
	{POPULATION_UNTIMED_REQUEST, 0, untimed_request_moment,
		untimed_request_entry},
	{POPULATION_SESSION, 0, login_moment, login_entry},
	{POPULATION_SESSION, 0, logout_moment, logout_entry},
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* The log in progress; `row` counts rows without their copies. */
struct log {
	const struct world *world;
	struct truth *truth;
	struct out out;
	uint64_t row, number;
};

void audit_trace(
	const struct world *world, uint64_t index, struct audit_row *row)
{
	row->traced = true;
	row->trace[0] = world_draw(world, DRAW_TRACE_HIGH, index);
	row->trace[1] = world_draw(world, DRAW_TRACE_LOW, index);
}

static void add_streams(struct merge *merge)
{
	for (size_t i = 0; i < KINDS; i++)
		merge_add(merge,
			(struct stream) {kinds[i].moment, kinds[i].which,
				merge->world->size[kinds[i].population]});
}

/* The number of the next row: one more, or the same again, or some missing. */
static void advance_number(struct log *log)
{
	uint64_t gap = 1 + world_draw(log->world, DRAW_GAP, log->row) % GAP_MAX;
	enum verdict verdict = VERDICT_VIOLATED;

	if (log->row > 0 && world_has(log->world, PLANT_REPEAT, log->row)) {
		truth_plant(log->truth, PLANT_REPEAT);
	} else if (log->row > 0 && world_has(log->world, PLANT_GAP, log->row)) {
		truth_plant(log->truth, PLANT_GAP);
		log->truth->planted[PLANT_GAP_NUMBERS] += gap;
		log->number += gap + 1;
	} else {
		verdict = VERDICT_OK;
		log->number++;
	}
	truth_verdict(log->truth, RULE_AUD_003, verdict);
}

/* A read with the event id of the read before it. */
static bool is_conflict(const struct log *log, const struct merge_row *at)
{
	return kinds[at->stream].fill == read_entry && at->index > 0 &&
	       world_has(log->world, PLANT_CONFLICT, at->index);
}

static void put_ref(struct out *out, struct ref ref)
{
	out_str(out, ref.type);
	out_char(out, ':');
	out_id(out, ref.id);
}

static void put_refs(struct out *out, const struct ref *refs, size_t n)
{
	for (size_t i = 0; i < n && refs[i].type.len > 0; i++) {
		if (i > 0)
			out_char(out, ';');
		put_ref(out, refs[i]);
	}
}

/* seq_no .. actor_type */
static void put_head(struct log *log, const struct merge_row *at,
	const struct audit_row *row)
{
	struct out *out = &log->out;
	uint64_t event = at->index - is_conflict(log, at);

	out_number(out, log->number);
	out_str(out, STR(",E"));
	out_padded(out, at->stream, 2);
	out_char(out, '-');
	out_padded(out, event, 9);
	out_char(out, ',');
	if (row->time.s)
		out_field(out, row->time);
	else
		out_millis(out, at->ms);
	out_char(out, ',');
	out_str(out, system_name(row->system));
	out_char(out, ',');
	out_id(out, row->actor);
	out_char(out, ',');
	out_field(out, row->actor_type);
	out_char(out, ',');
}

/* action .. legal_basis */
static void put_action(struct out *out, const struct audit_row *row)
{
	out_str(out, row->action);
	out_char(out, ',');
	out_str(out, row->object.type);
	out_char(out, ',');
	out_id(out, row->object.id);
	out_char(out, ',');
	out_field(out, row->field);
	out_char(out, ',');
	out_field(out, row->old);
	out_char(out, ',');
	out_field(out, row->new);
	out_char(out, ',');
	out_id(out, row->customer);
	out_char(out, ',');
	out_field(out, row->purpose);
	out_char(out, ',');
	out_field(out, row->legal_basis);
	out_char(out, ',');
}

/* request_id .. outputs */
static void put_links(struct out *out, const struct audit_row *row)
{
	out_id(out, row->request);
	out_char(out, ',');
	if (row->traced) {
		out_hex(out, row->trace[0]);
		out_hex(out, row->trace[1]);
	}
	out_char(out, ',');
	out_field(out, row->outcome);
	out_char(out, ',');
	put_refs(out, row->inputs, sizeof(row->inputs) / sizeof(struct ref));
	out_char(out, ',');
	put_refs(out, row->outputs, sizeof(row->outputs) / sizeof(struct ref));
	out_char(out, '\n');
}

/* Copies merge into the first row: only these two rules see them. */
static void copy_row(struct log *log, size_t start)
{
	out_row_again(&log->out, start);
	log->truth->duplicates[FILE_AUDIT]++;
	truth_plant(log->truth, PLANT_COPY);
	truth_verdict(log->truth, RULE_AUD_002, VERDICT_VIOLATED);
	truth_verdict(log->truth, RULE_AUD_003, VERDICT_VIOLATED);
}

static void count_row(struct log *log, const struct merge_row *at,
	const struct audit_row *row)
{
	bool complete = row->actor.prefix.len > 0 && row->outcome.len > 0;
	bool conflict = is_conflict(log, at);

	truth_verdict(log->truth, RULE_AUD_001,
		complete ? VERDICT_OK : VERDICT_VIOLATED);
	truth_verdict(log->truth, RULE_AUD_002,
		conflict ? VERDICT_VIOLATED : VERDICT_OK);
	if (conflict)
		truth_plant(log->truth, PLANT_CONFLICT);
}

static void write_row(struct log *log, const struct merge_row *at)
{
	struct audit_row row = {0};
	size_t start;

	kinds[at->stream].fill(log->world, log->truth, at->index, &row);
	advance_number(log);
	out_row(&log->out);
	start = log->out.used;
	put_head(log, at, &row);
	put_action(&log->out, &row);
	put_links(&log->out, &row);
	count_row(log, at, &row);
	if (world_has(log->world, PLANT_COPY, log->row) && !row.time.s &&
		!is_conflict(log, at))
		copy_row(log, start);
	log->row++;
}

bool audit_write(const struct folder *folder, const struct world *world,
	struct truth *truth, struct err *err)
{
	struct arena memory = {0};
	struct merge merge = {.world = world};
	struct log log = {.world = world, .truth = truth};
	struct merge_row at;
	bool ok = false;

	if (!out_open(&log.out, &memory, folder, file_name(FILE_AUDIT), err))
		goto done;
	out_text(&log.out,
		STR("seq_no,event_id,ts,src_system,actor_id,actor_type,action,"
		    "object_type,object_id,field,old,new,customer,purpose,"
		    "legal_basis,request_id,trace_id,outcome,inputs,"
		    "outputs\n"));
	add_streams(&merge);
	while (merge_next(&merge, &at))
		write_row(&log, &at);
	truth->rows[FILE_AUDIT] = log.out.rows;
	ok = out_publish(&log.out, err);
done:
	arena_free(&memory);
	return ok;
}
