/*
 * Streams of moments that never go back, merged into one: how a file with rows
 * of many kinds is written in time order without holding rows. A stream walks
 * the members of a population and says of each when its row happens, if it has
 * one. Rows of one moment come in the order of the streams.
 */
#ifndef LINEAL_GEN_MERGE_H
#define LINEAL_GEN_MERGE_H

#include "lineal-gen/world.h"

#define MERGE_MAX 40

/* Sets the moment of the row of member `index`; false if it has no row.
   `which` is the stream's own. Moments must not fall as `index` grows. */
typedef bool (*stream_fn)(
	const struct world *world, uint64_t index, int which, int64_t *ms);

struct stream {
	stream_fn moment;
	int which;
	uint64_t members; /* indexes lie below this */
};

struct merge {
	const struct world *world;
	struct stream streams[MERGE_MAX];
	uint64_t next[MERGE_MAX]; /* member of the row at the head */
	int64_t heads[MERGE_MAX]; /* its moment; INT64_MAX: none left */
	size_t n;
};

struct merge_row {
	size_t stream; /* in the order of merge_add() */
	uint64_t index;
	int64_t ms;
};

/* A zero merge with its world set is empty; this adds a stream. */
void merge_add(struct merge *merge, struct stream stream);

/* The next row in time; false at the end. */
bool merge_next(struct merge *merge, struct merge_row *row);

#endif
