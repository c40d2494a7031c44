/*
 * Time zones from the system's compiled zone files (TZif, RFC 8536): local
 * time to UTC and back, exactly, without libc. A zone is immutable and shared
 * by threads. The caller reads the bytes; this module opens no file.
 */
#ifndef FORMAT_ZONE_H
#define FORMAT_ZONE_H

#include "base/err.h"

struct zone; /* lives as long as the arena it was built in */

/* UTC. */
const struct zone *zone_utc(struct arena *a);

/* A fixed offset east of UTC, in seconds. */
const struct zone *zone_fixed(struct arena *a, int32_t offset_s);

/* The offset of "+02:00", "-0530" or "+02" in seconds; false for any other
   text or beyond 18 hours. */
bool zone_read_offset(struct str text, int32_t *offset_s);

/* True for a plausible IANA name: parts of letters, digits, `_ + -`, joined by
   single slashes; no dots, so it cannot leave the zone folder. */
bool zone_is_name(struct str name);

/* Builds a zone from the bytes of its TZif file (version 2 or later, with the
   rule of its footer for times after the last transition). */
MUST_CHECK bool zone_parse(struct arena *a, struct str bytes,
	const struct zone **out, struct err *err);

/* Instants and local times may lie so far from 1970; beyond it the answer is
   that for the nearest one within. */
#define ZONE_REACH_S (INT64_C(1) << 55)

/* No offset is larger, to the east or to the west. */
#define ZONE_OFFSET_MAX_S 93600

/* Seconds east of UTC at the instant `utc_s` (seconds since 1970). */
int32_t zone_offset(const struct zone *zone, int64_t utc_s);

enum zone_local {
	ZONE_UNIQUE,
	ZONE_TWICE, /* the earlier of the two was taken */
	ZONE_NEVER  /* skipped by a change: the offset before it was used */
};

/* The instant of a local time, given as seconds since 1970-01-01T00:00 on the
   local clock. */
enum zone_local zone_to_utc(
	const struct zone *zone, int64_t local_s, int64_t *utc_s);

/* The first instant at which the local clock shows `local_s` or later; it never
   decreases in `local_s`. */
int64_t zone_first(const struct zone *zone, int64_t local_s);

/* True if `name` (such as "CST") is an abbreviation this zone uses, with
   `*offset_s` east of UTC. */
bool zone_has_abbreviation(
	const struct zone *zone, struct str name, int32_t *offset_s);

#endif
