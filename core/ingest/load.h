/*
 * All inputs to one event table: gathered, read in parallel, appended in the
 * order of the source sequence, freed of copies, sorted. Whatever the number of
 * threads or the cuts, the result is the same, symbol numbers included.
 */
#ifndef INGEST_LOAD_H
#define INGEST_LOAD_H

#include "ingest/gather.h"
#include "ingest/part.h"

struct load_request {
	struct gather_request gather;
	const struct words *words;
	uint32_t id_column; /* of event_id among words->needs */
	bool has_refs, keep_rejects;
	int64_t oldest, newest; /* times outside are unreadable */
	int64_t as_of;          /* later rows are filtered; or INT64_MAX */
	unsigned jobs;
};

struct loaded {
	struct arena a;
	struct symbols strings;
	struct event_table events;
	struct role_table roles[ROLE_N];
	struct source_list sources;      /* sorted by name */
	const struct profile **profiles; /* per source */
	struct source_facts *source_facts;
	struct inputs VEC(struct input_facts) inputs; /* sorted */
	uint32_t *source_of_file;                     /* by file number - 1 */
	struct kept_rejects rejects;
	/* Per column of the events: the one whose cells it shares, or itself;
	   whether it was left empty, because its values could only be compared
	   with ones that no source has. */
	uint32_t *same_as;
	bool *idle;
	uint64_t merged;    /* equal events with one id */
	uint32_t id_column; /* of event_id among the needs */
	bool id_is_personal;
};

/* Loads everything; what is wrong goes to `diag`. Give it back with
   load_free(). */
void load(const struct load_request *request, struct loaded *out,
	struct diag *diag);

void load_free(struct loaded *loaded);

#endif
