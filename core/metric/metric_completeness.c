/*
 * Audit-trail completeness: which transactions of the system of record stand
 * in the audit log. Gathers both sides as columns, has them matched
 * (metric/match.h) and judged (metric/trail.h), and breaks the result down by
 * system and quarter. Without a system of record the first weaker variant that
 * can be computed is the headline, and its name stands beside it.
 */
#include "metric/metric.h"

#include "base/sort.h"
#include "metric/trail.h"

#include <stdlib.h>

#define GAPS_MAX       1000
#define GAP_PLACES_MAX 5
#define USER           STR("audit_trail_completeness")

/* Fields that a log event must have by default, and the bits that stand for
   them; fields of the parameters take the bits after these. */
static const struct {
	const char *name;
	uint32_t bit;
} default_fields[] = {
	{"actor_id", TRAIL_ACTOR},
	{"action", TRAIL_ACTION},
	{"object_id", TRAIL_OBJECT},
	{"outcome", TRAIL_OUTCOME},
	{"old", TRAIL_OLD},
	{"new", TRAIL_NEW},
};

#define N_FIELDS (sizeof(default_fields) / sizeof(default_fields[0]))

static void need(
	struct words *words, unsigned roles, const struct metric_params *params)
{
	static const char *const syms[] = {"action", "object_type", "object_id",
		"request_id", "trace_id", "src_system"};

	if (!(roles & 1u << ROLE_TRANSACTIONS))
		return;
	for (size_t i = 0; i < sizeof(syms) / sizeof(syms[0]); i++)
		words_need_field(words, syms[i], COLUMN_SYM, USER);
	for (size_t i = 0; i < N_FIELDS; i++)
		words_need_field(
			words, default_fields[i].name, COLUMN_PRESENT, USER);
	for (size_t i = 0; i < params->required.n; i++) {
		uint32_t word = words_find(words, params->required.at[i]);

		if (word != WORD_NONE)
			words_need(words, word, COLUMN_PRESENT, USER);
	}
}

/* One side of the matching, row by row. */
struct side {
	row *events;
	uint32_t n;
	int64_t *time;
	bool *day_only;
	int32_t *day;
	uint32_t *rank, *object, *action, *request, *trace;
};

struct work {
	struct arena scratch;
	const struct metric_input *in;
	const struct facts *facts;
	struct side rec, log;
	bool *excluded, *in_gap;
	uint32_t *capacity, *present;
	uint8_t *status;
	struct match_result match;
	struct trail_counts counts;
	struct trail_input trail;
	uint32_t system, quarter_base;
};

static uint32_t column_of(const struct facts *facts, const char *name)
{
	return words_column(facts->words, str_of(name), COLUMN_SYM);
}

static sym value_of(const struct facts *facts, uint32_t column, row e)
{
	if (column == WORD_NONE)
		return 0;
	return table_sym(&facts->events->cells, column, e);
}

static bool has_role(const struct facts *facts, row e, enum role role)
{
	return (facts->sources[facts_source(facts, e)].roles & 1u << role) != 0;
}

static bool in_period(const struct facts *facts, int64_t time)
{
	return time >= facts->period_from && time < facts->period_to;
}

/* A row of the system of record in the period, or one whose time cannot be
   read; a row of the audit log, whenever it was written. */
static bool is_of_side(const struct facts *facts, row e, bool log)
{
	int64_t time = facts->events->time[e];

	if (!facts_is_live(facts, e) ||
		(facts->events->marks[e] & EVENT_DERIVED))
		return false;
	if (log)
		return has_role(facts, e, ROLE_AUDIT_LOG);
	return has_role(facts, e, ROLE_TRANSACTIONS) &&
	       (time == CELL_ABSENT || in_period(facts, time));
}

/* ---- the two sides ---- */

/* Pairs of type and id as dense numbers, shared by both sides. */
struct objects {
	struct arena *a;
	uint64_t *slots; /* type << 32 | id; 0: free */
	uint32_t *numbers;
	size_t n_slots, n;
};

static uint32_t object_number(struct objects *o, sym type, sym id)
{
	uint64_t pair = (uint64_t)type << 32 | id;
	size_t i = (pair * 0x9e3779b97f4a7c15u >> 20) & (o->n_slots - 1);

	if (id == 0)
		return 0;
	while (o->slots[i] && o->slots[i] != pair)
		i = (i + 1) & (o->n_slots - 1);
	if (o->slots[i] == 0) {
		o->slots[i] = pair;
		o->numbers[i] = (uint32_t)++o->n;
	}
	return o->numbers[i];
}

static struct objects objects_new(struct arena *a, size_t rows)
{
	struct objects o = {.a = a, .n_slots = 64};

	while (o.n_slots < rows * 2)
		o.n_slots *= 2;
	o.slots = arena_array(a, uint64_t, o.n_slots);
	o.numbers = arena_array(a, uint32_t, o.n_slots);
	return o;
}

static struct side side_new(struct arena *a, uint32_t n)
{
	return (struct side) {.n = n,
		.events = arena_array(a, row, n),
		.time = arena_array(a, int64_t, n),
		.day_only = arena_array(a, bool, n),
		.day = arena_array(a, int32_t, n),
		.rank = arena_array(a, uint32_t, n),
		.object = arena_array(a, uint32_t, n),
		.action = arena_array(a, uint32_t, n),
		.request = arena_array(a, uint32_t, n),
		.trace = arena_array(a, uint32_t, n)};
}

/* The zone in which days are compared: that of the first source whose rows
   know the day only, else UTC. */
static const struct zone *day_zone(const struct facts *facts)
{
	for (row e = 0; e < facts->events->n_timed; e++)
		if ((facts->events->marks[e] & EVENT_PRECISION) == TIME_DAY)
			return facts->sources[facts_source(facts, e)].zone;
	return NULL;
}

static int32_t day_of(const struct zone *zone, int64_t ns)
{
	int64_t s = ns / NS_PER_SECOND - (ns % NS_PER_SECOND < 0);

	if (zone)
		s += zone_offset(zone, s);
	return (int32_t)(s / 86400 - (s % 86400 < 0));
}

static uint32_t action_of(const struct facts *facts, uint32_t column, row e)
{
	struct str text = facts_text(facts, column, e);
	size_t action = kind_find(kind_actions, ACTION_N, text);

	return action == ACTION_N ? ACTION_OTHER : (uint32_t)action;
}

static void fill_side(struct work *work, struct side *side,
	struct objects *objects, const struct zone *zone)
{
	const struct facts *facts = work->facts;
	uint32_t type = column_of(facts, "object_type");
	uint32_t id = column_of(facts, "object_id");
	uint32_t action = column_of(facts, "action");
	uint32_t request = column_of(facts, "request_id");
	uint32_t trace = column_of(facts, "trace_id");

	for (uint32_t i = 0; i < side->n; i++) {
		row e = side->events[i];
		int64_t time = facts->events->time[e];

		side->time[i] = time == CELL_ABSENT ? MATCH_UNTIMED : time;
		side->day_only[i] =
			(facts->events->marks[e] & EVENT_PRECISION) == TIME_DAY;
		side->day[i] = time == CELL_ABSENT ? MATCH_NO_DAY
						   : day_of(zone, time);
		side->object[i] = object_number(objects,
			value_of(facts, type, e), value_of(facts, id, e));
		side->action[i] = action_of(facts, action, e);
		side->request[i] = value_of(facts, request, e);
		side->trace[i] = value_of(facts, trace, e);
	}
}

/* Picks the rows of a side in source sequence, which gives their ranks. */
static struct side pick_side(struct work *work, bool log)
{
	const struct event_table *events = work->facts->events;
	uint32_t n = 0;
	struct side side;

	for (row e = 0; e < events->n; e++)
		n += is_of_side(work->facts, e, log);
	side = side_new(&work->scratch, n);
	n = 0;
	for (row r = 0; r < events->n; r++) {
		row e = events->by_sequence[r];

		if (!is_of_side(work->facts, e, log))
			continue;
		side.events[n] = e;
		side.rank[n] = n;
		n++;
	}
	return side;
}

/* ---- exclusions, gaps, fields ---- */

static bool is_excluded_by(const struct work *work, const struct table *cells,
	uint32_t at, sym type, sym id, int64_t time)
{
	sym want_type = table_sym(cells, EXCLUSION_TYPE, at);
	int64_t from = cells->columns[EXCLUSION_FROM].values[at];
	int64_t to = cells->columns[EXCLUSION_TO].values[at];

	(void)work;
	if (table_sym(cells, EXCLUSION_ID, at) != id ||
		(want_type && want_type != type))
		return false;
	if (cell_is_value(from) && (time == CELL_ABSENT || time < from))
		return false;
	/* `to` is a day; the whole of it is covered. */
	return !cell_is_value(to) ||
	       (time != CELL_ABSENT && time < to + NS_PER_DAY);
}

/* Exclusions sorted by object id, so that each transaction looks at its own. */
static void find_excluded(struct work *work)
{
	const struct facts *facts = work->facts;
	const struct table *cells = &facts->roles[ROLE_REGISTER].cells;
	uint32_t type = column_of(facts, "object_type");
	uint32_t id = column_of(facts, "object_id");
	size_t n_syms = intern_count(facts->strings);
	uint32_t *ids, *start, *order;

	work->excluded = arena_array(&work->scratch, bool, work->rec.n);
	if (cells->n == 0)
		return;
	ids = arena_array(&work->scratch, uint32_t, cells->n);
	start = arena_array(&work->scratch, uint32_t, n_syms + 1);
	order = arena_array(&work->scratch, uint32_t, cells->n);
	for (uint32_t i = 0; i < cells->n; i++)
		ids[i] = table_sym(cells, EXCLUSION_ID, i);
	sort_group(ids, cells->n, n_syms, start, order);
	for (uint32_t i = 0; i < work->rec.n; i++) {
		row e = work->rec.events[i];
		sym own = value_of(facts, id, e);

		for (uint32_t j = start[own]; j < start[own + 1]; j++)
			work->excluded[i] |= is_excluded_by(work, cells,
				order[j], value_of(facts, type, e), own,
				facts->events->time[e]);
	}
}

static void find_gaps(struct work *work)
{
	const struct facts *facts = work->facts;

	work->in_gap = arena_array(&work->scratch, bool, work->rec.n);
	for (size_t s = 0; s < facts->n_sources; s++) {
		const struct source_facts *source = &facts->sources[s];

		if (!(source->roles & 1u << ROLE_AUDIT_LOG))
			continue;
		for (size_t g = 0; g < source->n_gaps; g++)
			for (uint32_t i = 0; i < work->rec.n; i++)
				work->in_gap[i] |=
					work->rec.time[i] >=
						source->gaps[g].from &&
					work->rec.time[i] < source->gaps[g].to;
	}
}

static uint32_t default_bit(struct str name)
{
	for (size_t i = 0; i < N_FIELDS; i++)
		if (str_equal(str_of(default_fields[i].name), name))
			return default_fields[i].bit;
	return str_equal(name, STR("ts")) ? TRAIL_TS : 0;
}

/* Marks which log events have a field. */
static void mark_present(struct work *work, const char *name, uint32_t bit)
{
	const struct facts *facts = work->facts;
	uint32_t column = words_column(
		facts->words, str_of(name), COLUMN_PRESENT);
	const uint8_t *present;

	if (column == WORD_NONE)
		return;
	present = facts->events->cells.columns[column].present;
	for (uint32_t i = 0; i < work->log.n; i++)
		if (present[work->log.events[i]])
			work->present[i] |= bit;
}

/* The required fields: the default ones, or those of the parameters. */
static struct trail_params find_fields(struct work *work)
{
	const struct metric_params *params = work->in->params;
	struct trail_params trail = trail_defaults();
	uint32_t next = TRAIL_NEW << 1;

	work->present = arena_array(&work->scratch, uint32_t, work->log.n);
	for (uint32_t i = 0; i < work->log.n; i++)
		if (work->log.time[i] != MATCH_UNTIMED)
			work->present[i] |= TRAIL_TS;
	for (size_t i = 0; i < N_FIELDS; i++)
		mark_present(
			work, default_fields[i].name, default_fields[i].bit);
	trail.late_after = params->late_after_ns;
	if (params->required.n)
		trail.required = trail.required_update = 0;
	for (size_t i = 0; i < params->required.n && next; i++) {
		struct str name = params->required.at[i];
		uint32_t bit = default_bit(name);

		if (bit == 0) {
			bit = next;
			next <<= 1;
			mark_present(
				work, arena_copy(&work->scratch, name).s, bit);
		}
		if (bit & (TRAIL_OLD | TRAIL_NEW))
			trail.required_update |= bit;
		else
			trail.required |= bit;
	}
	if (params->existence_actions.n)
		trail.existence = 0;
	for (size_t i = 0; i < params->existence_actions.n; i++)
		trail.existence |= (uint64_t)1
				   << kind_find(kind_actions, ACTION_N,
					      params->existence_actions.at[i]);
	return trail;
}

/* ---- matching ---- */

static struct match_side columns_of(const struct side *side)
{
	return (struct match_side) {side->n, side->time, side->day_only,
		side->day, side->rank, side->object, side->action,
		side->request, side->trace};
}

/* Log events of another period count for existence only if they are paired:
   their transactions are not in this period's record. */
static void forget_other_periods(struct work *work)
{
	uint32_t *actions = arena_array(&work->scratch, uint32_t, work->log.n);

	for (uint32_t i = 0; i < work->log.n; i++) {
		bool other = work->log.time[i] != MATCH_UNTIMED &&
			     !in_period(work->facts, work->log.time[i]) &&
			     work->match.paired[i] == 0;

		actions[i] = other ? ACTION_OTHER : work->match.action[i];
	}
	work->match.action = actions;
}

static void match(struct work *work, struct match_transactions *rec,
	struct match_log *log)
{
	const struct metric_params *params = work->in->params;
	struct match_params how = match_defaults();

	*rec = (struct match_transactions) {
		columns_of(&work->rec), work->excluded};
	*log = (struct match_log) {columns_of(&work->log), work->capacity};
	how.before = params->before_ns;
	how.after = params->after_ns;
	how.weak_all = params->weak_all;
	work->match = match_run(&work->scratch, rec, log, &how);
	forget_other_periods(work);
	work->trail = (struct trail_input) {.rec = rec,
		.log = log,
		.match = &work->match,
		.in_gap = work->in_gap,
		.present = work->present,
		.params = find_fields(work)};
	work->trail.present = work->present;
	work->status = arena_array(&work->scratch, uint8_t, work->rec.n);
	work->counts = trail_judge(&work->trail, work->status);
}

/* ---- breakdowns ---- */

static bool is_found(uint8_t status)
{
	return status == TRAIL_MATCHED || status == TRAIL_LATE ||
	       status == TRAIL_PARTIAL;
}

struct tally {
	sym system;
	int64_t quarter;
	struct share share;
};

static struct str system_text(const struct facts *facts, sym system)
{
	return system ? intern_get(facts->strings, system) : STR("(none)");
}

struct by_system {
	struct str name;
	struct share share;
};

static int compare_systems(const void *left, const void *right)
{
	const struct share_by *a = left, *b = right;

	return str_compare(a->key, b->key);
}

/* One line per system, sorted by name. */
static size_t break_by_system(struct work *work, struct share_by *out)
{
	const struct facts *facts = work->facts;
	struct share *sums = arena_array(
		&work->scratch, struct share, intern_count(facts->strings));
	size_t n = 0;

	for (uint32_t i = 0; i < work->rec.n; i++) {
		sym system = value_of(facts, work->system, work->rec.events[i]);

		if (work->status[i] == TRAIL_EXCLUDED)
			continue;
		sums[system].denominator++;
		sums[system].numerator += is_found(work->status[i]);
	}
	for (size_t s = 0; s < intern_count(facts->strings); s++)
		if (sums[s].denominator)
			out[n++] = (struct share_by) {
				"system", system_text(facts, (sym)s), sums[s]};
	qsort(out, n, sizeof(*out), compare_systems);
	return n;
}

static int64_t quarter_of(const struct metric_input *in, int64_t time)
{
	return calendar_quarter(in->calendar, in->fiscal_start, time);
}

static struct str quarter_text(const struct metric_input *in, int64_t quarter)
{
	char buffer[24];

	return arena_copy(in->a,
		calendar_quarter_name(quarter, in->fiscal_start, buffer));
}

/* One line per quarter, in time order. Untimed transactions have none. */
static size_t break_by_quarter(
	struct work *work, struct share_by *out, size_t room)
{
	const struct metric_input *in = work->in;
	int64_t first = quarter_of(in, work->facts->period_from);
	struct share *sums = arena_array(&work->scratch, struct share, room);
	size_t n = 0;

	for (uint32_t i = 0; i < work->rec.n; i++) {
		size_t q;

		if (work->status[i] == TRAIL_EXCLUDED ||
			work->rec.time[i] == MATCH_UNTIMED)
			continue;
		q = (size_t)(quarter_of(in, work->rec.time[i]) - first);
		sums[q].denominator++;
		sums[q].numerator += is_found(work->status[i]);
	}
	for (size_t q = 0; q < room; q++)
		if (sums[q].denominator)
			out[n++] = (struct share_by) {"quarter",
				quarter_text(in, first + (int64_t)q), sums[q]};
	return n;
}

static void break_down(struct work *work, struct completeness *out)
{
	const struct metric_input *in = work->in;
	const struct facts *facts = work->facts;
	size_t quarters = (size_t)(quarter_of(in, facts->period_to - 1) -
				   quarter_of(in, facts->period_from)) +
			  1;
	struct share_by *by = arena_array(in->a, struct share_by,
		intern_count(facts->strings) + quarters);
	size_t n = break_by_system(work, by);

	n += break_by_quarter(work, by + n, quarters);
	out->by = by;
	out->n_by = n;
}

/* ---- gap list ---- */

/* The group of a transaction: what it is sorted and merged by. */
struct gap_key {
	uint32_t transaction;
	sym system, type, action;
	int64_t quarter;
};

static int compare_gap_keys(const void *left, const void *right)
{
	const struct gap_key *a = left, *b = right;

	if (a->system != b->system)
		return a->system < b->system ? -1 : 1;
	if (a->type != b->type)
		return a->type < b->type ? -1 : 1;
	if (a->action != b->action)
		return a->action < b->action ? -1 : 1;
	if (a->quarter != b->quarter)
		return a->quarter < b->quarter ? -1 : 1;
	return a->transaction < b->transaction
		       ? -1
		       : a->transaction > b->transaction;
}

static bool same_gap(const struct gap_key *a, const struct gap_key *b)
{
	return a->system == b->system && a->type == b->type &&
	       a->action == b->action && a->quarter == b->quarter;
}

static int compare_gaps(const void *left, const void *right)
{
	const struct gap_group *a = left, *b = right;
	int order;

	if (a->lost != b->lost)
		return a->lost > b->lost ? -1 : 1;
	if ((order = str_compare(a->system, b->system)) != 0 ||
		(order = str_compare(a->object_type, b->object_type)) != 0 ||
		(order = str_compare(a->action, b->action)) != 0)
		return order;
	return str_compare(a->quarter, b->quarter);
}

static size_t collect_gap_keys(struct work *work, struct gap_key *keys)
{
	const struct facts *facts = work->facts;
	uint32_t type = column_of(facts, "object_type");
	uint32_t action = column_of(facts, "action");
	size_t n = 0;

	for (uint32_t i = 0; i < work->rec.n; i++) {
		row e = work->rec.events[i];

		if (work->status[i] == TRAIL_EXCLUDED ||
			work->status[i] == TRAIL_MATCHED)
			continue;
		keys[n++] = (struct gap_key) {.transaction = i,
			.system = value_of(facts, work->system, e),
			.type = value_of(facts, type, e),
			.action = value_of(facts, action, e),
			.quarter = work->rec.time[i] == MATCH_UNTIMED
					   ? INT64_MAX
					   : quarter_of(work->in,
						     work->rec.time[i])};
	}
	qsort(keys, n, sizeof(*keys), compare_gap_keys);
	return n;
}

static struct gap_group make_gap(struct work *work, const struct gap_key *keys,
	size_t n, uint64_t denominator)
{
	const struct facts *facts = work->facts;
	struct place *places = arena_array(
		work->in->a, struct place, GAP_PLACES_MAX);
	struct gap_group gap = {.system = system_text(facts, keys->system),
		.object_type = intern_get(facts->strings, keys->type),
		.action = intern_get(facts->strings, keys->action),
		.quarter = keys->quarter == INT64_MAX
				   ? STR("(untimed)")
				   : quarter_text(work->in, keys->quarter),
		.of = denominator,
		.places = places};

	for (size_t i = 0; i < n; i++) {
		uint32_t t = keys[i].transaction;
		struct loc loc = facts_place(facts, work->rec.events[t]);

		gap.missing += work->status[t] == TRAIL_MISSING;
		gap.unverifiable += work->status[t] == TRAIL_UNVERIFIABLE;
		gap.partial += work->status[t] == TRAIL_PARTIAL;
		gap.late += work->status[t] == TRAIL_LATE;
		if (gap.n_places < GAP_PLACES_MAX)
			places[gap.n_places++] = (struct place) {
				files_path(facts->files, loc.file), loc.line};
	}
	gap.lost = gap.missing + gap.unverifiable;
	return gap;
}

static void list_gaps(struct work *work, struct completeness *out)
{
	struct gap_key *keys = arena_array(
		&work->scratch, struct gap_key, work->rec.n);
	size_t n = collect_gap_keys(work, keys), start = 0, count = 0;
	struct gap_group *gaps = arena_array(work->in->a, struct gap_group, n);

	for (size_t i = 1; i <= n; i++) {
		if (i < n && same_gap(&keys[start], &keys[i]))
			continue;
		gaps[count++] = make_gap(
			work, keys + start, i - start, out->record.denominator);
		start = i;
	}
	qsort(gaps, count, sizeof(*gaps), compare_gaps);
	out->gaps = gaps;
	out->gaps_total = count;
	out->n_gaps = count < GAPS_MAX ? count : GAPS_MAX;
}

/* ---- the result ---- */

static struct share share_of(
	const struct work *work, enum trail_variant variant)
{
	struct trail_share share = trail_share(&work->counts, variant);

	return (struct share) {share.numerator, share.denominator};
}

static void fill_counts(struct work *work, struct completeness *out)
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
	struct work work = {.in = in, .facts = in->facts};
	struct objects objects;
	struct match_transactions rec;
	struct match_log log;
	const struct zone *zone = day_zone(in->facts);

	work.system = column_of(in->facts, "src_system");
	work.rec = pick_side(&work, false);
	work.log = pick_side(&work, true);
	objects = objects_new(&work.scratch, (size_t)work.rec.n + work.log.n);
	fill_side(&work, &work.rec, &objects, zone);
	fill_side(&work, &work.log, &objects, zone);
	find_excluded(&work);
	find_gaps(&work);
	work.capacity = arena_array(&work.scratch, uint32_t, work.log.n);
	for (uint32_t i = 0; i < work.log.n; i++)
		work.capacity[i] = 1;
	match(&work, &rec, &log);
	fill_counts(&work, out);
	break_down(&work, out);
	list_gaps(&work, out);
	arena_free(&work.scratch);
}

/* Without a system of record: counters, then rules. */
static void use_weaker_variant(
	const struct metric_input *in, struct completeness *out)
{
	if (in->counter.denominator) {
		out->variant = STR("counter");
		out->main = in->counter;
		out->gaps = in->counter_gaps;
		out->n_gaps = in->n_counter_gaps < GAPS_MAX ? in->n_counter_gaps
							    : GAPS_MAX;
		out->gaps_total = in->n_counter_gaps;
	} else if (in->rule.denominator) {
		out->variant = STR("rule");
		out->main = in->rule;
	} else {
		out->why = STR("no source has the role transactions, and no "
			       "rule that counts as completeness was decided");
	}
}

static void compute(const struct metric_input *in, struct metrics *all)
{
	struct completeness *out = &all->completeness;

	out->why_session = STR("login sessions are not followed by this "
			       "version");
	out->why_lineage = out->why_path = STR(
		"the lineage levels are not computed by this version");
	if (metric_has_role(in->facts, ROLE_TRANSACTIONS))
		compute_record(in, out);
	else
		out->why_record = STR("no source has the role transactions");
	if (out->record.denominator) {
		out->variant = STR("record");
		out->main = out->record;
		return;
	}
	if (out->why_record.len == 0)
		out->why_record = STR("no transaction lies in the period");
	use_weaker_variant(in, out);
}

const struct metric metric_completeness = {
	.name = STR_INIT("audit_trail_completeness"),
	.need = need,
	.compute = compute,
};
