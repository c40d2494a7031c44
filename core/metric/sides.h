/*
 * Both sides of the audit trail as the columns that metric/match.h pairs: the
 * transactions of the system of record in the period, and the events of all
 * audit logs, whenever they were written. A row without a readable time is on
 * its side whatever the period. Items stand in source sequence.
 */
#ifndef METRIC_SIDES_H
#define METRIC_SIDES_H

#include "metric/match.h"
#include "metric/metric.h"

struct side {
	const row *events; /* per item its row in the event table */
	struct match_side columns;
};

struct sides {
	struct side rec, log;
};

/* True for a row of the system of record that belongs to the period. */
static inline bool sides_is_transaction(const struct facts *facts, row e)
{
	int64_t time = facts->events->time[e];

	return metric_is_of_role(facts, e, ROLE_TRANSACTIONS) &&
	       (time == CELL_ABSENT || metric_in_period(facts, time));
}

/* Rows of the system of record that lie outside the period. */
uint64_t sides_count_outside(const struct facts *facts);

/* Which log events and columns are needed; zero: all of them. */
struct sides_wanted {
	/* Leaves out log events that no transaction can be paired with, by ids,
	   object and action, and whose action is none of `actions`: most of a
	   log are reads. What is paired is the same without them. */
	bool is_restricted;
	uint64_t actions; /* bits 1 << enum action */
	bool days;        /* even where no row knows its day only */
};

/* Both sides; the columns live as long as the arena. Without `rank`, for
   items stand in source sequence; without `day` where it is not needed. */
struct sides sides_build(struct arena *a, const struct facts *facts,
	const struct sides_wanted *wanted);

/* The transactions and what became of each, for breakdowns. */
struct judged {
	const struct metric_input *in;
	struct side rec;
	const uint8_t *status; /* per transaction, an enum trail_status */
};

#endif
