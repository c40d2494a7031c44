/*
 * Time zones by name, each read once from the system's zone folder.
 */
#ifndef INGEST_ZONES_H
#define INGEST_ZONES_H

#include "base/vec.h"
#include "format/zone.h"

struct zone_entry {
	struct str name;
	const struct zone *zone;
};

struct zones {
	struct arena *a;
	struct zone_entries VEC(struct zone_entry) entries;
};

/* The zone of an IANA name or of an offset such as "+02:00"; NULL if there is
   none. Lives as long as the arena. */
const struct zone *zones_find(struct zones *zones, struct str name);

#endif
