/*
 * Which transactions of the system of record stand in the audit log: a
 * one-to-one matching in three passes. Both sides are columns over row
 * numbers; nothing here knows files or sources. The result does not depend on
 * the order of the rows as long as no two rows of a side have both one time
 * and one rank.
 *
 *   1 identity      request id equal, else trace id equal; objects equal when
 *                   both rows have one; times play no part
 *   2 key and time  object and action equal, the log event from `before`
 *                   before to `after` after the transaction (metric/assign.h)
 *   3 key and day   object and action equal, on one day, where a row knows its
 *                   day only (or everywhere): weak
 *
 * Passes 1 and 3 pair in time order: each transaction takes the first log
 * event that is free and allowed. Pass 1 goes from the strongest agreement to
 * the weakest, so that of the events of one request the one about the same
 * object and action comes first: object and action equal; objects equal; an
 * object absent and actions equal; an object absent.
 *
 * An excluded transaction takes no part: it holds no log event, so one that
 * was made for it stays free, and is an orphan if nothing else is paired with
 * it. A row without a time, or with its day only, has no time difference and
 * is never paired by pass 2.
 */
#ifndef METRIC_MATCH_H
#define METRIC_MATCH_H

#include "base/arena.h"

#define MATCH_UNTIMED INT64_MIN  /* a row without a time */
#define MATCH_NO_DAY  INT32_MIN  /* a row without a day */
#define MATCH_NONE    UINT32_MAX /* no row */

/* Columns of either side, each with `n` items; symbol 0 is absent. */
struct match_side {
	uint32_t n;
	/* ns, or MATCH_UNTIMED; with the day only, its first instant. */
	const int64_t *time;
	const bool *day_only; /* precision `day` */
	/* Number of the local day, or MATCH_NO_DAY. Both sides count days in
	   the zone of the source whose rows know the day only. NULL where
	   pass 3 has no rows. */
	const int32_t *day;
	/* Place in source order, decides equal times; NULL: the row number. */
	const uint32_t *rank;
	const uint32_t *object; /* type and id as one symbol */
	const uint32_t *action; /* an enum action of model/kind.h */
	const uint32_t *request, *trace;
};

struct match_transactions {
	struct match_side side;
	const bool *excluded; /* covered by a documented exclusion */
};

struct match_log {
	struct match_side side;
	/* Transactions it may cover; NULL: each covers one. */
	const uint32_t *capacity;
};

struct match_params {
	int64_t before, after;  /* ns, neither negative */
	bool weak_all;          /* pass 3 for every row */
	uint32_t cells_per_row; /* largest table of pass 2, see assign.h */
};

/* 5 s, 15 min, days only, 64 cells. */
struct match_params match_defaults(void);

/* The columns of a result. */
struct match_result {
	/* One item per transaction. */
	const uint32_t *partner; /* log event, or MATCH_NONE */
	const uint8_t *pass;     /* 1 to 3, or 0 without a partner; 3 is weak */
	/* One item per log event. */
	const uint32_t *paired; /* with how many transactions */
	/* As given, but an upsert is a create if a transaction (excluded or
	   not) creates its object and has it in its window, else an update.
	   Without any upsert it is the given column. */
	const uint32_t *action;
	/* Transactions that the walk of pass 2 has paired: a nearer partner
	   may exist. */
	uint64_t walked;
};

/* Matches both sides; the result lives as long as the arena. Sorts, and at
   most `cells_per_row` cells per row, however many rows one key has. */
struct match_result match_run(struct arena *a,
	const struct match_transactions *rec, const struct match_log *log,
	const struct match_params *params);

/* How long after transaction i log event j is; false, `ns` untouched, if one
   of them has no usable time. */
bool match_delay(const struct match_transactions *rec, uint32_t i,
	const struct match_log *log, uint32_t j, __int128 *ns);

#endif
