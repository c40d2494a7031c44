/*
 * What was found out about a source because nobody declared it, in words that
 * reports print: its format, the separator and encoding of its files, the order
 * of day and month, and the zone of times that name none.
 */
#ifndef INGEST_ASSUMED_H
#define INGEST_ASSUMED_H

#include "ingest/gather.h"
#include "ingest/lookup.h"

struct assumed_about {
	const struct gathered *gathered;
	uint32_t source;
	const struct date_orders *orders;
	bool is_zoneless;        /* some time that was read named no zone */
	struct str assumed_zone; /* name of the zone of --assume-tz, or "" */
};

/* One text for each thing, in the order above; they live as long as the arena.
   The inputs are still open. */
struct str_vec assumed_list(struct arena *a, const struct assumed_about *about);

#endif
