/*
 * What a matching says about the audit trail: the status of each transaction,
 * and the shares made of them. found = matched, late and partial; D = all
 * transactions but the excluded. Counts come before shares, and a share 0 / 0
 * is n/a, never 100 %. Pure functions over the columns of metric/match.h.
 */
#ifndef METRIC_TRAIL_H
#define METRIC_TRAIL_H

#include "metric/match.h"

/* The first that applies, from the top. */
enum trail_status {
	TRAIL_EXCLUDED,
	TRAIL_PARTIAL,      /* matched, a required field of the log is empty */
	TRAIL_LATE,         /* matched, more than `late_after` afterwards */
	TRAIL_MATCHED,      /* matched otherwise */
	TRAIL_UNVERIFIABLE, /* not matched, and in a gap of the log or untimed
			     */
	TRAIL_MISSING,      /* not matched otherwise */
	TRAIL_STATUS_N
};

/* Bits of the required fields; a caller's further fields take the bits above.
   For updates the old and new values are required too. */
enum trail_field {
	TRAIL_TS = 0x01,
	TRAIL_ACTOR = 0x02,
	TRAIL_ACTION = 0x04,
	TRAIL_OBJECT = 0x08,
	TRAIL_OUTCOME = 0x10,
	TRAIL_OLD = 0x20,
	TRAIL_NEW = 0x40
};

struct trail_params {
	int64_t late_after;       /* ns; a weak pair with times can be late */
	uint32_t required;        /* bits of fields */
	uint32_t required_update; /* also these where an update is recorded */
	/* Bit 1 << action: log events that must have a transaction. */
	uint64_t existence;
};

/* 60 s; the fields above; create, update and delete. */
struct trail_params trail_defaults(void);

struct trail_input {
	const struct match_transactions *rec;
	const struct match_log *log;
	const struct match_result *match;
	/* Per transaction: its time lies in a gap of a source that should have
	   logged it, or is not known. */
	const bool *unverifiable;
	/* Per log event: bits of the fields that are not empty. */
	const uint32_t *present;
	struct trail_params params;
};

struct trail_counts {
	uint64_t by_status[TRAIL_STATUS_N];
	uint64_t weak;          /* found by pass 3 */
	uint64_t fields;        /* required fields of the found, and */
	uint64_t fields_filled; /* how many of them are present */
	uint64_t timed;         /* found with a usable time difference, and */
	uint64_t timely;        /* how many of these within `late_after` */
	uint64_t logs;          /* log events with an action of `existence`, */
	uint64_t logs_paired;   /* and how many of these are paired */
};

/*
 * Fills `status`, one item per transaction and each an enum trail_status, and
 * returns the counts. Required fields are counted for every found transaction,
 * by its own action. A pair without a usable time difference (a row without a
 * time or with its day only) is never late and no part of timeliness.
 */
struct trail_counts trail_judge(const struct trail_input *in, uint8_t *status);

/* True for a log event that must have a transaction and has none. What an
   excluded transaction left in the log is an orphan too: the exclusion covers
   the transaction, and nothing was paired. */
bool trail_is_orphan(const struct trail_input *in, uint32_t log);

enum trail_variant {
	TRAIL_RECORD,     /* found / D, the headline */
	TRAIL_UPPER,      /* (found + unverifiable) / D */
	TRAIL_VERIFIABLE, /* found / (found + missing) */
	TRAIL_STRICT,     /* matched / D */
	TRAIL_NO_WEAK,    /* found without pass 3 / D */
	TRAIL_EXISTENCE,  /* logs_paired / logs */
	TRAIL_FIELD,      /* fields_filled / fields */
	TRAIL_TIMELINESS, /* timely / timed */
	TRAIL_VARIANT_N
};

/* A share; denominator 0 is n/a. */
struct trail_share {
	uint64_t numerator, denominator;
};

/* Variants answer different questions: never mix them into one figure nor
   compare them with each other. */
struct trail_share trail_share(
	const struct trail_counts *counts, enum trail_variant variant);

#endif
