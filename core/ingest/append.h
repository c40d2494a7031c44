/*
 * Parts to the tables of the run, in the order of the source sequence; their
 * symbols get the numbers of one serial run. What was appended last can be
 * taken back.
 */
#ifndef INGEST_APPEND_H
#define INGEST_APPEND_H

#include "ingest/load.h"
#include "ingest/reading.h"
#include "ingest/settle.h"
#include "model/assemble.h"

struct appender {
	struct loaded *out;
	struct arena *a; /* of `parts` */
	unsigned jobs;
	struct settle_parts VEC(struct settle_part) parts;
};

/* Where the tables end. */
struct append_end {
	struct event_end events;
	size_t n_symbols, n_rejects, n_parts;
	struct {
		uint32_t n;
		size_t lists, origins;
	} roles[ROLE_N];
};

/* Appends the parts of jobs of one input; their rows and strings are given
   back, the rest of a part stays with its job. */
void append_jobs(struct appender *appender, struct reading_job *jobs, size_t n,
	const struct input *input);

struct append_end append_end(const struct appender *appender);

/* Takes back what was appended behind an end. */
void append_cut(struct appender *appender, const struct append_end *end);

#endif
