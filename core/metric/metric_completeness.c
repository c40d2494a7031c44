/*
 * Audit-trail completeness: which transactions of the system of record stand
 * in the audit log. Without a system of record the first weaker variant that
 * can be computed is the headline, and its name stands beside it; variants are
 * never mixed into one figure.
 */
#include "metric/breakdown.h"
#include "metric/counter.h"
#include "metric/exclusions.h"
#include "metric/gap_list.h"
#include "metric/required.h"
#include "metric/stats.h"
#include "metric/trail.h"

static void need(
	struct words *words, unsigned roles, const struct metric_params *params)
{
	static const struct {
		const char *name;
		bool pairs; /* a transaction with its entry, nothing else */
	} fields[] = {{"action", false}, {"object_type", false},
		{"object_id", false}, {"request_id", true}, {"trace_id", true},
		{"src_system", false}};
	struct str user = STR("audit_trail_completeness");

	if (!(roles & 1u << ROLE_TRANSACTIONS))
		return;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		words_need_partner(words, fields[i].name,
			fields[i].pairs ? 1u << ROLE_TRANSACTIONS : 0, user);
	required_need(words, params);
}

/* ---- the variant of a system of record ---- */

/* Everything between the rows and the result. */
struct work {
	struct arena scratch;
	const struct metric_input *in;
	struct sides sides;
	struct match_transactions rec;
	struct match_log log;
	struct match_result match;
	struct trail_counts counts;
	uint8_t *status;
};

/* Log events of another period count for existence only if they are paired:
   their transactions are not in this period's record. The others lose their
   action, which no list of actions holds then. */
static void forget_other_periods(struct work *work)
{
	const struct facts *facts = work->in->facts;
	const struct side *log = &work->sides.log;
	uint32_t n = log->columns.n;
	uint32_t *actions;

	if (facts_row_at(facts, facts->period_from) == 0 &&
		facts_row_at(facts, facts->period_to) == facts->events->n_timed)
		return;
	actions = arena_array(&work->scratch, uint32_t, n);
	for (uint32_t i = 0; i < n; i++) {
		int64_t time = log->columns.time[i];
		bool other = time != MATCH_UNTIMED &&
			     !metric_in_period(facts, time) &&
			     work->match.paired[i] == 0;

		actions[i] = other ? ACTION_NONE : work->match.action[i];
	}
	work->match.action = actions;
}

static void match(struct work *work)
{
	const struct metric_params *params = work->in->params;
	struct match_params how = match_defaults();

	work->rec = (struct match_transactions) {work->sides.rec.columns,
		exclusions_find(
			&work->scratch, work->in->facts, &work->sides.rec)};
	work->log = (struct match_log) {work->sides.log.columns, NULL};
	how.before = params->before_ns;
	how.after = params->after_ns;
	how.weak_all = params->weak_all;
	work->match = match_run(&work->scratch, &work->rec, &work->log, &how);
	forget_other_periods(work);
}

static uint64_t existence_bits(const struct metric_params *params)
{
	uint64_t bits = 0;

	if (params->existence_actions.n == 0)
		return trail_defaults().existence;
	for (size_t i = 0; i < params->existence_actions.n; i++)
		bits |= (uint64_t)1 << kind_find(kind_actions, ACTION_N,
				params->existence_actions.at[i]);
	return bits;
}

static void judge(struct work *work)
{
	const struct metric_params *params = work->in->params;
	const struct facts *facts = work->in->facts;
	struct required required = required_find(
		&work->scratch, facts, params, &work->sides.log);
	struct trail_input trail = {.rec = &work->rec,
		.log = &work->log,
		.match = &work->match,
		.unverifiable = exclusions_unverifiable(
			&work->scratch, facts, &work->sides.rec),
		.present = required.present,
		.params = {.late_after = params->late_after_ns,
			.required = required.always,
			.required_update = required.update,
			.existence = existence_bits(params)}};

	work->status = arena_array(
		&work->scratch, uint8_t, work->sides.rec.columns.n);
	work->counts = trail_judge(&trail, work->status);
}

static struct share share_of(
	const struct work *work, enum trail_variant variant)
{
	struct trail_share share = trail_share(&work->counts, variant);

	return (struct share) {share.numerator, share.denominator};
}

static void fill_counts(const struct work *work, struct completeness *out)
{
	const uint64_t *by = work->counts.by_status;

	out->matched = by[TRAIL_MATCHED];
	out->late = by[TRAIL_LATE];
	out->partial = by[TRAIL_PARTIAL];
	out->missing = by[TRAIL_MISSING];
	out->unverifiable = by[TRAIL_UNVERIFIABLE];
	out->excluded = by[TRAIL_EXCLUDED];
	out->weak = work->counts.weak;
	out->walked = work->match.walked;
	out->orphans = work->counts.logs - work->counts.logs_paired;
}

static void fill_shares(const struct work *work, struct completeness *out)
{
	out->record = share_of(work, TRAIL_RECORD);
	out->upper = share_of(work, TRAIL_UPPER);
	out->verifiable = share_of(work, TRAIL_VERIFIABLE);
	out->strict = share_of(work, TRAIL_STRICT);
	out->no_weak = share_of(work, TRAIL_NO_WEAK);
	out->existence = share_of(work, TRAIL_EXISTENCE);
	out->field = share_of(work, TRAIL_FIELD);
	out->timeliness = share_of(work, TRAIL_TIMELINESS);
}

static void compute_record(
	const struct metric_input *in, struct completeness *out)
{
	struct work work = {.in = in};
	struct judged judged = {.in = in};
	struct sides_wanted wanted = {.is_restricted = true,
		.actions = existence_bits(in->params),
		.days = in->params->weak_all};

	work.sides = sides_build(&work.scratch, in->facts, &wanted);
	match(&work);
	judge(&work);
	fill_counts(&work, out);
	fill_shares(&work, out);
	judged.rec = work.sides.rec;
	judged.status = work.status;
	breakdown_fill(&judged, out);
	gap_list_fill(&judged, out);
	arena_free(&work.scratch);
}

/* A whole population has no sampling error, so only a sample gets one. */
static void fill_interval(
	const struct metric_input *in, struct completeness *out)
{
	struct stats_interval interval;

	if (!in->params->sample)
		return;
	interval = stats_wilson(
		out->main.numerator, out->main.denominator, STATS_Z95);
	out->has_interval = true;
	out->low = interval.low;
	out->high = interval.high;
}

/* ---- weaker variants ---- */

static void use_rule(const struct metric_input *in, struct completeness *out)
{
	out->variant = STR("rule");
	out->main = in->rule;
}

static void use_weaker_variant(
	const struct metric_input *in, struct completeness *out)
{
	struct share counter;

	if (!counter_share(in, &counter))
		out->why = STR("the counters span more numbers than can be "
			       "counted");
	else if (counter.denominator)
		counter_fill(in, counter, out);
	else if (in->rule.denominator)
		use_rule(in, out);
	else
		out->why = arena_print(in->a,
			"%.*s, and no rule that counts as completeness was "
			"decided",
			STR_ARG(out->why_record));
}

/* Why the share of the system of record is 0 / 0. */
static struct str why_no_record(
	const struct metric_input *in, const struct completeness *out)
{
	if (!metric_has_role(in->facts, ROLE_TRANSACTIONS))
		return STR("no source has the role transactions");
	if (!metric_has_role(in->facts, ROLE_AUDIT_LOG))
		return STR("no source has the role audit_log");
	return out->excluded
		       ? STR("every transaction of the period is excluded")
		       : STR("no transaction lies in the period");
}

static void count(const struct metric_input *in, struct metrics *all)
{
	struct completeness *out = &all->completeness;

	out->outside = sides_count_outside(in->facts);
	/* A log that is there and empty misses all; without one nothing is
	   known. */
	if (metric_has_role(in->facts, ROLE_TRANSACTIONS) &&
		metric_has_role(in->facts, ROLE_AUDIT_LOG))
		compute_record(in, out);
}

static void compute(const struct metric_input *in, struct metrics *all)
{
	struct completeness *out = &all->completeness;

	out->why_session = STR("login sessions are not followed by this "
			       "version");
	out->why_lineage = out->why_path = STR(
		"the lineage levels are not computed by this version");
	if (out->record.denominator) {
		out->variant = STR("record");
		out->main = out->record;
		fill_interval(in, out);
		return;
	}
	out->why_record = why_no_record(in, out);
	use_weaker_variant(in, out);
}

const struct metric metric_completeness = {
	.name = STR_INIT("audit_trail_completeness"),
	.need = need,
	.count = count,
	.compute = compute,
};
