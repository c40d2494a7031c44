/*
 * Inputs to parts: each input cut into pieces, each piece read by one job into
 * a part of its own. The parts of an input, in the order of its pieces, hold
 * what one serial run would have made, whatever the cuts and the threads. The
 * digests of the inputs are computed on the way.
 */
#ifndef INGEST_READING_H
#define INGEST_READING_H

#include "ingest/adapt.h"
#include "ingest/gather.h"

/* One piece of one input, and what became of it. */
struct reading_job {
	uint32_t input;
	struct input_piece piece;
	struct part part; /* part_free() is the business of the caller */
	enum input_end end;
	bool *delivers; /* per column of words->needs; lives as long as part */
};

/* The jobs of one input: n of them from `first`. */
struct reading_range {
	size_t first, n;
};

struct reading {
	struct arena *a;
	struct gathered *gathered;      /* facts get the digests */
	const struct adapt_plan *plans; /* per input */
	const struct record_limits *limits;
	unsigned threads;
	struct reading_jobs VEC(struct reading_job) jobs;
	struct reading_range *ranges; /* per input */
	const size_t *digests;        /* inputs in the order of their digests */
};

/* Reads every input that has not failed, and notes the digest of each; the
 * fields before `jobs` are set. */
void reading_run(struct reading *reading);

/* Throws away what the inputs of a source gave and reads them again. */
void reading_repeat(struct reading *reading, uint32_t source);

/* The columns of a JSON input in order of first sight, over all its pieces;
   empty for other inputs. Give it back with intern_free(). */
struct intern reading_columns(const struct reading *reading, uint32_t input);

/* The jobs of an input, in the order of its pieces: `*n` of them, 0 if it was
   not read. */
struct reading_job *reading_of(
	const struct reading *reading, uint32_t input, size_t *n);

#endif
