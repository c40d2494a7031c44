/*
 * What one job makes of one piece of input: its own strings, events, role rows
 * and complaints. Parts are never shared; the loader appends them in order and
 * frees them whole.
 */
#ifndef INGEST_PART_H
#define INGEST_PART_H

#include "base/diag.h"
#include "base/symbols.h"
#include "format/digest.h"
#include "format/rows.h"
#include "format/timestamp.h"
#include "ingest/unmapped.h"
#include "model/inputs.h"
#include "model/roles.h"

/* The digest of the cells of the record behind an event, where equal records
   must be told from different ones. */
struct row_digest {
	row event;
	struct digest128 digest;
};

/* Where the record behind an event stands, so that its digest can be computed
   if it is ever asked for. */
struct row_place {
	row event;
	uint32_t offset; /* of its first byte, behind part->first_byte */
};

/* A record that was refused, for the list of rejects. */
struct kept_reject {
	struct loc loc;
	uint64_t byte;
	enum diag_code code;
	struct str raw;
};

/* The first time of a unit. */
struct epoch_seen {
	uint32_t line;   /* 0: there is none */
	struct str text; /* as messages quote it */
};

struct part {
	struct arena a;      /* what is kept until its input is settled */
	struct arena tables; /* of events, role rows and rejects */
	struct symbols strings;
	struct intern columns;     /* JSON: columns seen by this part */
	struct event_table events; /* columns that the input fills */
	uint32_t *needs;           /* per column of events: of words->needs */
	struct role_table roles[ROLE_N];
	struct row_digests VEC(struct row_digest) digests;
	struct row_places VEC(struct row_place) places;
	uint64_t first_byte; /* of the input's text: what places count from */
	struct kept_rejects VEC(struct kept_reject) rejects;
	struct unmapped unmapped;
	struct row_counts rows;
	struct rows_stats csv; /* its line ends */
	uint64_t untimed;
	struct epoch_seen epochs[EPOCH_N]; /* of the times in ts */
	bool no_order;                     /* a date could be read either way */
	bool is_zoneless; /* a time took the zone of its source */
	struct diag diag;
};

/* Keeps a copy of a refused record, perhaps cut. */
void part_keep_reject(struct part *part, const struct reject *reject);

/* Gives strings, events, role rows and rejects back, once they are appended. */
void part_free_tables(struct part *part);

void part_free(struct part *part);

#endif
