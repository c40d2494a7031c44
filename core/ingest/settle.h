/*
 * What can only be settled once all parts are appended: copies of rows, the
 * last row of each record, the order of events.
 */
#ifndef INGEST_SETTLE_H
#define INGEST_SETTLE_H

#include "ingest/gather.h"
#include "ingest/part.h"

struct loaded;

/* The digests of all rows that may have copies, by event number. */
struct settle_row {
	row event;
	uint32_t source;
	struct digest128 digest;
};

struct settle {
	struct arena a;
	struct settle_rows VEC(struct settle_row) rows;
};

/* Takes over the digests of a part whose events are appended at `base`. */
void settle_add(struct settle *settle, const struct part *part, uint32_t base,
	uint32_t source);

/*
 * Finds copies within each source. Under `dedupe` later copies are dropped;
 * without it, equal rows with one event_id are marked as merged. Both count as
 * duplicate rows of their input. One id with different content is kept and
 * complained about.
 */
void settle_copies(struct settle *settle, struct loaded *out,
	struct gathered *gathered, struct diag *diag);

/* Keeps, of role rows under `last_per`, the last one of each value in the
   order of events; the events made of the others are dropped. */
void settle_roles(struct loaded *out, const struct gathered *gathered);

/* Sorts the events and renumbers what refers to them. */
void settle_build(struct loaded *out);

void settle_free(struct settle *settle);

#endif
