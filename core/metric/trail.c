#include "metric/trail.h"

#include "model/kind.h"

#define MINUTE INT64_C(60000000000)

static uint32_t required_fields(const struct trail_input *in, uint32_t i)
{
	bool is_update = in->rec->side.action[i] == ACTION_UPDATE;

	return in->params.required |
	       (is_update ? in->params.required_update : 0);
}

static bool is_late(const struct trail_input *in, uint32_t i, uint32_t j)
{
	__int128 delay;

	return match_delay(in->rec, i, in->log, j, &delay) &&
	       delay > in->params.late_after;
}

static enum trail_status status_of(const struct trail_input *in, uint32_t i)
{
	uint32_t j = in->match->partner[i];

	if (in->rec->excluded[i])
		return TRAIL_EXCLUDED;
	if (j == MATCH_NONE)
		return in->unverifiable[i] ? TRAIL_UNVERIFIABLE : TRAIL_MISSING;
	if (required_fields(in, i) & ~in->present[j])
		return TRAIL_PARTIAL;
	return is_late(in, i, j) ? TRAIL_LATE : TRAIL_MATCHED;
}

static void count_found(
	const struct trail_input *in, uint32_t i, struct trail_counts *counts)
{
	uint32_t j = in->match->partner[i], required = required_fields(in, i);
	uint32_t filled = required & in->present[j];
	__int128 delay;

	counts->weak += in->match->pass[i] == 3;
	counts->fields += (uint64_t)__builtin_popcount(required);
	counts->fields_filled += (uint64_t)__builtin_popcount(filled);
	if (!match_delay(in->rec, i, in->log, j, &delay))
		return;
	counts->timed++;
	counts->timely += delay <= in->params.late_after;
}

static bool needs_transaction(const struct trail_input *in, uint32_t log)
{
	uint32_t action = in->match->action[log];

	return action < 64 && (in->params.existence >> action & 1);
}

struct trail_params trail_defaults(void)
{
	return (struct trail_params) {
		.late_after = MINUTE,
		.required = TRAIL_TS | TRAIL_ACTOR | TRAIL_ACTION |
			    TRAIL_OBJECT | TRAIL_OUTCOME,
		.required_update = TRAIL_OLD | TRAIL_NEW,
		.existence = UINT64_C(1) << ACTION_CREATE |
			     UINT64_C(1) << ACTION_UPDATE |
			     UINT64_C(1) << ACTION_DELETE,
	};
}

struct trail_counts trail_judge(const struct trail_input *in, uint8_t *status)
{
	struct trail_counts counts = {0};

	for (uint32_t i = 0; i < in->rec->side.n; i++) {
		status[i] = (uint8_t)status_of(in, i);
		counts.by_status[status[i]]++;
		if (in->match->partner[i] != MATCH_NONE)
			count_found(in, i, &counts);
	}
	for (uint32_t j = 0; j < in->log->side.n; j++) {
		counts.logs += needs_transaction(in, j);
		counts.logs_paired += needs_transaction(in, j) &&
				      !trail_is_orphan(in, j);
	}
	return counts;
}

bool trail_is_orphan(const struct trail_input *in, uint32_t log)
{
	return needs_transaction(in, log) && in->match->paired[log] == 0;
}

struct trail_share trail_share(
	const struct trail_counts *counts, enum trail_variant variant)
{
	const uint64_t *n = counts->by_status;
	uint64_t found = n[TRAIL_MATCHED] + n[TRAIL_LATE] + n[TRAIL_PARTIAL];
	uint64_t unverifiable = n[TRAIL_UNVERIFIABLE];
	uint64_t all = found + unverifiable + n[TRAIL_MISSING];
	const struct trail_share shares[TRAIL_VARIANT_N] = {
		[TRAIL_RECORD] = {found, all},
		[TRAIL_UPPER] = {found + unverifiable, all},
		[TRAIL_VERIFIABLE] = {found, found + n[TRAIL_MISSING]},
		[TRAIL_STRICT] = {n[TRAIL_MATCHED], all},
		[TRAIL_NO_WEAK] = {found - counts->weak, all},
		[TRAIL_EXISTENCE] = {counts->logs_paired, counts->logs},
		[TRAIL_FIELD] = {counts->fields_filled, counts->fields},
		[TRAIL_TIMELINESS] = {counts->timely, counts->timed},
	};

	return shares[variant];
}
