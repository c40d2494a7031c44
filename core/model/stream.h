/*
 * A stream of rows that carry a counter, judged under a `sequence` rule: which
 * numbers must be there, and which are. Counts of numbers are exact. All
 * streams are kept, since completeness is a sum over them; of each, some
 * ranges.
 */
#ifndef MODEL_STREAM_H
#define MODEL_STREAM_H

#include "base/intern.h"
#include "model/event.h"

#define STREAM_RANGES 20

struct stream {
	sym key;             /* what is counted; 0: all rows are one stream */
	bool personal;       /* the key is not for everybody */
	int64_t first, last; /* of the numbers that must be there */
	uint64_t present,
		expected;      /* distinct numbers, and those that must be */
	uint64_t gaps;         /* maximal runs of absent numbers */
	const int64_t *ranges; /* first and last of at most STREAM_RANGES */
	uint32_t n_ranges;
	row event; /* first row of the stream */
};

struct streams VEC(struct stream);

#endif
