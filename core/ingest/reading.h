/*
 * Inputs to parts: each input cut into pieces, each piece read by one job into
 * a part of its own. The parts of an input, in the order of its pieces, hold
 * what one serial run would have made, whatever the cuts and the threads.
 *
 * Pieces are read wave by wave, a few for each thread, so that the caller can
 * take what one wave gave before the next one begins. Digests of whole inputs
 * are computed beside the pieces, from the same pages.
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
	struct gathered *gathered;
	const struct adapt_plan *plans; /* per input */
	const struct record_limits *limits;
	unsigned threads;
	struct reading_jobs VEC(struct reading_job) jobs;
	struct reading_range *ranges; /* per input */
};

/* Cuts every input that has not failed; the fields before `jobs` are set. */
void reading_prepare(struct reading *reading);

/* Reads a wave of pieces, the jobs from `first` on; returns how many. */
size_t reading_run(struct reading *reading, size_t first);

/* True if the cuts of an input that was read are doubtful, because its quoting
   is not RFC 4180. */
bool reading_is_odd(const struct reading *reading, uint32_t input);

/* Throws away what the pieces of an input gave, and reads it as one piece. */
void reading_whole(struct reading *reading, uint32_t input);

/* Throws away what the inputs of a source gave, and reads them again. */
void reading_repeat(struct reading *reading, uint32_t source);

/* Completes the digests of all inputs, when all pieces were read. */
void reading_finish(struct reading *reading);

/* The columns of a JSON input in order of first sight, over all its pieces;
   empty for other inputs. Give it back with intern_free(). */
struct intern reading_columns(const struct reading *reading, uint32_t input);

/* The jobs of an input, in the order of its pieces: `*n` of them, 0 if it was
   not read. */
struct reading_job *reading_of(
	const struct reading *reading, uint32_t input, size_t *n);

#endif
