/*
 * Files of no known format: what a header alone tells. Only names that are
 * usual for a field are taken, and what was taken is said.
 */
#ifndef INGEST_GENERIC_H
#define INGEST_GENERIC_H

#include "ingest/input.h"

/*
 * Binds the fields that `source` leaves open to the usual columns of the
 * input's header, as lineal-inputs(5) lists them; the time is the first usual
 * column of which every sampled value that is no null word reads as a time.
 * Adds a note that says what was taken.
 */
void generic_bind(struct arena *a, struct source *source,
	const struct input *input, const struct input_limits *limits,
	struct diag *diag);

/* What was taken, as "ts is When, action is What"; empty if nothing was. Lives
   as long as the arena. Only for a source without a profile. */
struct str generic_columns(struct arena *a, const struct source *source);

#endif
