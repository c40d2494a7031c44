/*
 * What can only be settled once all parts are appended: copies of rows, the
 * last row of each record, the order of events.
 */
#ifndef INGEST_SETTLE_H
#define INGEST_SETTLE_H

#include "ingest/gather.h"
#include "ingest/part.h"

struct loaded;

/* A part whose events have the numbers from `base` on. */
struct settle_part {
	const struct part *part;
	const struct input *input;
	row base;
};

struct settle_request {
	struct gathered *gathered;
	const struct settle_part *parts;
	size_t n_parts;
	const struct column *ids; /* of the events; without symbols: none */
};

/*
 * Finds copies within each source. Under `dedupe` later copies are dropped;
 * without it, equal rows with one event_id are marked as merged. Both count as
 * duplicate rows of their input. One id with different content is kept and
 * complained about.
 */
void settle_copies(struct loaded *out, const struct settle_request *request,
	struct diag *diag);

/* Keeps, of role rows under `last_per`, the last one of each value in the
   order of events; the events made of the others are dropped. */
void settle_roles(struct loaded *out, const struct gathered *gathered);

/* Renumbers what refers to events: event e is now `moved[e]`, or gone. */
void settle_moved(struct loaded *out, const row *moved);

#endif
