#include "metric/match.h"

#include "base/sort.h"
#include "metric/assign.h"
#include "model/kind.h"

#define SECOND   INT64_C(1000000000)
#define MAX_KEYS 3

/* One side, prepared for all passes. */
struct prepared {
	const struct match_side *side;
	uint32_t *order;        /* all rows in time order, untimed ones last */
	const uint32_t *action; /* with every upsert resolved */
	uint32_t *timed;        /* 1 if the time can be used, else 0 */
	uint32_t *day;          /* the day, moved so that 0 is absent */
	bool *no_object;
	uint32_t *left; /* how often a row may still be paired */
};

struct matching {
	const struct match_params *params;
	struct prepared rec, log;
	/* Of the result. */
	uint32_t *partner, *log_action;
	uint8_t *pass;
	uint64_t walked;
	/* Room for pass 2, as long as the sides. */
	struct assign_space space;
	int64_t *rec_time, *log_time;
	uint32_t *rec_partner, *log_left;
};

/* What rows must agree in to be paired in one round: all key columns, none 0.
   With `loose` columns, a pair needs a loose row on at least one side. */
struct round {
	uint8_t pass;
	uint8_t n_keys;
	const uint32_t *rec[MAX_KEYS], *log[MAX_KEYS];
	const bool *rec_loose, *log_loose;
};

struct rows {
	uint32_t *at;
	uint32_t n;
};

/* Rows of both sides with one key, in time order. */
struct group {
	struct rows rec, log;
};

typedef void group_fn(struct matching *m, const struct round *round,
	const struct group *group);

static bool has_usable_time(const struct match_side *side, uint32_t row)
{
	return side->time[row] != MATCH_UNTIMED && !side->day_only[row];
}

static uint32_t *time_order(struct arena *a, const struct match_side *side)
{
	uint32_t *order = arena_array(a, uint32_t, side->n);
	int64_t *keys = arena_array(a, int64_t, side->n);

	for (uint32_t i = 0; i < side->n; i++) {
		order[i] = i;
		keys[i] = side->time[i] == MATCH_UNTIMED ? INT64_MAX
							 : side->time[i];
	}
	sort_rows_by_u32(side->rank, order, side->n);
	sort_rows_by_i64(keys, order, side->n);
	return order;
}

static struct prepared prepare(struct arena *a, const struct match_side *side)
{
	struct prepared out = {
		.side = side,
		.order = time_order(a, side),
		.action = side->action,
		.timed = arena_array(a, uint32_t, side->n),
		.day = arena_array(a, uint32_t, side->n),
		.no_object = arena_array(a, bool, side->n),
		.left = arena_array(a, uint32_t, side->n),
	};

	for (uint32_t i = 0; i < side->n; i++) {
		out.timed[i] = has_usable_time(side, i);
		out.day[i] = (uint32_t)side->day[i] - (uint32_t)MATCH_NO_DAY;
		out.no_object[i] = side->object[i] == 0;
		out.left[i] = 1;
	}
	return out;
}

static bool has_all_keys(
	const uint32_t *const keys[MAX_KEYS], uint8_t n, uint32_t row)
{
	for (uint8_t k = 0; k < n; k++)
		if (keys[k][row] == 0)
			return false;
	return true;
}

/* The free rows with all keys, by key and then in time order. */
static struct rows pick(struct arena *a, const struct prepared *side,
	const uint32_t *const keys[MAX_KEYS], uint8_t n_keys)
{
	struct rows rows = {arena_array(a, uint32_t, side->side->n), 0};

	for (uint32_t i = 0; i < side->side->n; i++) {
		uint32_t row = side->order[i];

		if (side->left[row] > 0 && has_all_keys(keys, n_keys, row))
			rows.at[rows.n++] = row;
	}
	for (uint8_t k = n_keys; k-- > 0;)
		sort_rows_by_u32(keys[k], rows.at, rows.n);
	return rows;
}

static int compare_keys(const struct round *round, uint32_t rec, uint32_t log)
{
	for (uint8_t k = 0; k < round->n_keys; k++) {
		uint32_t a = round->rec[k][rec], b = round->log[k][log];

		if (a != b)
			return a < b ? -1 : 1;
	}
	return 0;
}

/* The rows of both sides that have the key of the first ones, which agree. */
static struct group group_at(
	const struct round *round, struct rows rec, struct rows log)
{
	struct group group = {{rec.at, 0}, {log.at, 0}};

	while (group.log.n < log.n &&
		compare_keys(round, rec.at[0], log.at[group.log.n]) == 0)
		group.log.n++;
	while (group.rec.n < rec.n &&
		compare_keys(round, rec.at[group.rec.n], log.at[0]) == 0)
		group.rec.n++;
	return group;
}

static struct rows behind(struct rows rows, uint32_t n)
{
	return (struct rows) {rows.at + n, rows.n - n};
}

/* Hands every key that both sides have to `fn`. */
static void each_group(
	struct matching *m, const struct round *round, group_fn *fn)
{
	struct arena scratch = {0};
	struct rows rec = pick(&scratch, &m->rec, round->rec, round->n_keys);
	struct rows log = pick(&scratch, &m->log, round->log, round->n_keys);

	while (rec.n > 0 && log.n > 0) {
		int order = compare_keys(round, rec.at[0], log.at[0]);

		if (order < 0) {
			rec = behind(rec, 1);
		} else if (order > 0) {
			log = behind(log, 1);
		} else {
			struct group group = group_at(round, rec, log);

			fn(m, round, &group);
			rec = behind(rec, group.rec.n);
			log = behind(log, group.log.n);
		}
	}
	arena_free(&scratch);
}

static void note_pair(
	struct matching *m, uint8_t pass, uint32_t rec, uint32_t log)
{
	m->partner[rec] = log;
	m->pass[rec] = pass;
	m->rec.left[rec] = 0;
}

/*
 * Each transaction takes the first log event that is free and allowed. One
 * cursor serves the transactions that may take any, the other those that may
 * take loose ones only; neither ever goes back.
 */
static void pair_in_order(struct matching *m, const struct round *round,
	const struct group *group)
{
	uint32_t first_free = 0, first_loose = 0;

	for (uint32_t i = 0; i < group->rec.n; i++) {
		uint32_t rec = group->rec.at[i];
		bool takes_any = !round->rec_loose || round->rec_loose[rec];
		uint32_t *cursor = takes_any ? &first_free : &first_loose;

		for (; *cursor < group->log.n; ++*cursor) {
			uint32_t log = group->log.at[*cursor];

			if (m->log.left[log] > 0 &&
				(takes_any || round->log_loose[log]))
				break;
		}
		if (*cursor == group->log.n)
			continue;
		m->log.left[group->log.at[*cursor]]--;
		note_pair(m, round->pass, rec, group->log.at[*cursor]);
	}
}

/* Pass 2 for one key. */
static void pair_by_time(struct matching *m, const struct round *round,
	const struct group *group)
{
	struct assign_input in = {
		.rec = m->rec_time,
		.n_rec = group->rec.n,
		.log = m->log_time,
		.n_log = group->log.n,
		.window = {m->params->before, m->params->after},
		.cells_per_row = m->params->cells_per_row,
	};

	for (uint32_t i = 0; i < in.n_rec; i++)
		m->rec_time[i] = m->rec.side->time[group->rec.at[i]];
	for (uint32_t j = 0; j < in.n_log; j++) {
		m->log_time[j] = m->log.side->time[group->log.at[j]];
		m->log_left[j] = m->log.left[group->log.at[j]];
	}
	m->walked += assign_pairs(&m->space, &in, m->log_left, m->rec_partner);
	for (uint32_t j = 0; j < in.n_log; j++)
		m->log.left[group->log.at[j]] = m->log_left[j];
	for (uint32_t i = 0; i < in.n_rec; i++)
		if (m->rec_partner[i] != ASSIGN_NONE)
			note_pair(m, round->pass, group->rec.at[i],
				group->log.at[m->rec_partner[i]]);
}

/* How long after the transaction the log event is; it may overflow. */
static __int128 delay(const struct matching *m, uint32_t rec, uint32_t log)
{
	return (__int128)m->log.side->time[log] - m->rec.side->time[rec];
}

/* The group holds the creates and the upserts of one object. */
static void find_creates(struct matching *m, const struct round *round,
	const struct group *group)
{
	uint32_t i = 0;

	(void)round;
	for (uint32_t j = 0; j < group->log.n; j++) {
		uint32_t log = group->log.at[j];

		while (i < group->rec.n &&
			delay(m, group->rec.at[i], log) > m->params->after)
			i++;
		if (i < group->rec.n &&
			delay(m, group->rec.at[i], log) >= -m->params->before)
			m->log_action[log] = ACTION_CREATE;
	}
}

static uint32_t *timed_rows_of(
	struct arena *a, const struct prepared *side, enum action action)
{
	uint32_t *is_one = arena_array(a, uint32_t, side->side->n);

	for (uint32_t i = 0; i < side->side->n; i++)
		is_one[i] = side->timed[i] && side->action[i] == action;
	return is_one;
}

static void resolve_upserts(struct matching *m)
{
	struct arena a = {0};
	struct round round = {
		.n_keys = 2,
		.rec = {m->rec.side->object,
			timed_rows_of(&a, &m->rec, ACTION_CREATE)},
		.log = {m->log.side->object,
			timed_rows_of(&a, &m->log, ACTION_UPSERT)},
	};

	for (uint32_t j = 0; j < m->log.side->n; j++)
		m->log_action[j] = m->log.action[j] == ACTION_UPSERT
					   ? ACTION_UPDATE
					   : m->log.action[j];
	each_group(m, &round, find_creates);
	m->log.action = m->log_action;
	arena_free(&a);
}

static void match_identity(
	struct matching *m, const uint32_t *rec_id, const uint32_t *log_id)
{
	const struct prepared *rec = &m->rec, *log = &m->log;
	const uint32_t *rec_object = rec->side->object;
	const uint32_t *log_object = log->side->object;
	const struct round rounds[] = {
		{1, 3, {rec_id, rec_object, rec->action},
			{log_id, log_object, log->action}, NULL, NULL},
		{1, 2, {rec_id, rec_object}, {log_id, log_object}, NULL, NULL},
		{1, 2, {rec_id, rec->action}, {log_id, log->action},
			rec->no_object, log->no_object},
		{1, 1, {rec_id}, {log_id}, rec->no_object, log->no_object},
	};

	for (size_t i = 0; i < sizeof(rounds) / sizeof(*rounds); i++)
		each_group(m, &rounds[i], pair_in_order);
}

static void match_times(struct matching *m)
{
	const struct prepared *rec = &m->rec, *log = &m->log;
	struct round round = {
		.pass = 2,
		.n_keys = 3,
		.rec = {rec->side->object, rec->action, rec->timed},
		.log = {log->side->object, log->action, log->timed},
	};

	each_group(m, &round, pair_by_time);
}

static void match_days(struct matching *m)
{
	const struct prepared *rec = &m->rec, *log = &m->log;
	struct round round = {
		.pass = 3,
		.n_keys = 3,
		.rec = {rec->side->object, rec->action, rec->day},
		.log = {log->side->object, log->action, log->day},
	};

	if (!m->params->weak_all) {
		round.rec_loose = rec->side->day_only;
		round.log_loose = log->side->day_only;
	}
	each_group(m, &round, pair_in_order);
}

static struct matching start(struct arena *a, struct arena *scratch,
	const struct match_transactions *rec, const struct match_log *log,
	const struct match_params *params)
{
	struct matching m = {
		.params = params,
		.rec = prepare(scratch, &rec->side),
		.log = prepare(scratch, &log->side),
		.partner = arena_array(a, uint32_t, rec->side.n),
		.log_action = arena_array(a, uint32_t, log->side.n),
		.pass = arena_array(a, uint8_t, rec->side.n),
		.space = {.a = scratch},
		.rec_time = arena_array(scratch, int64_t, rec->side.n),
		.log_time = arena_array(scratch, int64_t, log->side.n),
		.rec_partner = arena_array(scratch, uint32_t, rec->side.n),
		.log_left = arena_array(scratch, uint32_t, log->side.n),
	};

	/* An upsert of an excluded create is a create all the same. */
	resolve_upserts(&m);
	for (uint32_t i = 0; i < rec->side.n; i++) {
		m.partner[i] = MATCH_NONE;
		m.rec.left[i] = !rec->excluded[i];
	}
	for (uint32_t j = 0; j < log->side.n; j++)
		m.log.left[j] = log->capacity[j];
	return m;
}

/* How often each log event is paired. */
static uint32_t *count_pairs(struct arena *a, const struct matching *m)
{
	uint32_t *paired = arena_array(a, uint32_t, m->log.side->n);

	for (uint32_t i = 0; i < m->rec.side->n; i++)
		if (m->partner[i] != MATCH_NONE)
			paired[m->partner[i]]++;
	return paired;
}

struct match_params match_defaults(void)
{
	return (struct match_params) {
		.before = 5 * SECOND,
		.after = 900 * SECOND,
		.cells_per_row = 64,
	};
}

bool match_delay(const struct match_transactions *rec, uint32_t i,
	const struct match_log *log, uint32_t j, __int128 *ns)
{
	if (!has_usable_time(&rec->side, i) || !has_usable_time(&log->side, j))
		return false;
	*ns = (__int128)log->side.time[j] - rec->side.time[i];
	return true;
}

struct match_result match_run(struct arena *a,
	const struct match_transactions *rec, const struct match_log *log,
	const struct match_params *params)
{
	struct arena scratch = {0};
	struct matching m = start(a, &scratch, rec, log, params);

	match_identity(&m, rec->side.request, log->side.request);
	match_identity(&m, rec->side.trace, log->side.trace);
	match_times(&m);
	match_days(&m);
	arena_free(&scratch);
	return (struct match_result) {
		.partner = m.partner,
		.pass = m.pass,
		.paired = count_pairs(a, &m),
		.action = m.log_action,
		.walked = m.walked,
	};
}
