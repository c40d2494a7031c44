/*
 * The rounds of a matching: rows of both sides that agree in some key columns,
 * group by group. Within match.c and match_groups.c.
 */
#ifndef METRIC_MATCH_P_H
#define METRIC_MATCH_P_H

#include "base/bits.h"
#include "metric/assign.h"
#include "metric/match.h"
#include "model/kind.h"

#define MAX_KEYS 3

/* One side, prepared for all passes. */
struct prepared {
	const struct match_side *side;
	const uint32_t *action; /* with every upsert resolved */
	uint32_t *left;         /* how often a row may still be paired */
	uint32_t *open;         /* the rows that may, ascending */
	uint32_t n_open;
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
	bool is_timed; /* only rows with a time that can be used */
	/* Only transactions and log events with these actions, if not 0. */
	enum action rec_action, log_action;
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

static inline bool has_usable_time(const struct match_side *side, uint32_t row)
{
	return side->time[row] != MATCH_UNTIMED && !side->day_only[row];
}

/* Hands every key that open rows of both sides have to `fn`. Of the log only
   rows whose first key some transaction has are sorted. */
void match_each_group(
	struct matching *m, const struct round *round, group_fn *fn);

#endif
