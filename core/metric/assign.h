/*
 * One-to-one pairing of two ordered series by time: as many pairs as possible,
 * of these the ones with the smallest sum of distances, of these the earliest.
 * Pairing nearest-first would leave records without a partner that exists.
 *
 * Both series are sorted, so the log events in the window of a record are a
 * run, and the runs move forward only. A cluster is a maximal series of
 * records of which each shares a log event with one before it; clusters are
 * independent. An optimal assignment never needs to cross, so a table over the
 * suffixes of both series, inside the runs, finds it. A cluster with a larger
 * table than allowed, or with a log event that may be paired more than once,
 * is walked with two cursors instead: as many pairs, perhaps not the nearest.
 * Time and memory are at most `cells_per_row` cells per row.
 */
#ifndef METRIC_ASSIGN_H
#define METRIC_ASSIGN_H

#include "base/vec.h"

#define ASSIGN_NONE UINT32_MAX

/* A pair is allowed if -before <= log - rec <= after; neither is negative. */
struct assign_window {
	int64_t before, after; /* ns */
};

struct assign_input {
	const int64_t *rec; /* times of the records, ascending, ns */
	uint32_t n_rec;
	const int64_t *log; /* times of the log events, ascending, ns */
	uint32_t n_log;
	struct assign_window window;
	uint32_t cells_per_row; /* largest table, per record and log event */
};

/* Log events start .. end - 1 are in the window of one record; its row of the
   table begins at `cells`. */
struct assign_run {
	uint32_t start, end;
	size_t cells;
};

/* What a part of an assignment is worth: more pairs first, then less distance,
   the sum over its pairs, wide enough for any times. */
struct assign_score {
	uint32_t pairs;
	unsigned __int128 distance;
};

/* Storage that calls share; zero but for the arena is empty. Its content
   means nothing between two calls. */
struct assign_space {
	struct arena *a;
	struct assign_run_vec VEC(struct assign_run) runs;
	struct assign_score_vec VEC(struct assign_score) scores;
	struct assign_choice_vec VEC(uint8_t) choices;
};

/*
 * Pairs the series. `left[j]` says how often log event j may be paired, and is
 * counted down; `partner[i]`, one per record, becomes a log event or
 * ASSIGN_NONE. Returns how many records the walk has paired.
 */
uint32_t assign_pairs(struct assign_space *space, const struct assign_input *in,
	uint32_t *left, uint32_t *partner);

#endif
