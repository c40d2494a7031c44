/*
 * The body of an input in pieces that can be read apart, by as many threads.
 */
#ifndef INGEST_PIECES_H
#define INGEST_PIECES_H

#include "format/split.h"
#include "ingest/input.h"

/*
 * Cuts the body into pieces that can be read apart. The pieces of JSON lines do
 * not depend on the wish: how many member paths are read is bounded per piece,
 * and what is refused must be the same for all threads.
 */
struct input_piece *pieces_cut(struct arena *a, const struct input *input,
	const struct source *source, const struct split_wish *wish, size_t *n);

/* The first piece, of about `size` bytes and at least CHUNK_MIN, found without
   a look at the rest; the whole body where that is small or cannot be cut. */
struct input_piece pieces_first(struct arena *a, const struct input *input,
	const struct source *source, size_t size);

#endif
