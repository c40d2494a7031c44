/*
 * Parts to the tables of the run. Parts are appended in the order of the source
 * sequence; their symbols get the numbers of one serial run.
 */
#ifndef INGEST_APPEND_H
#define INGEST_APPEND_H

#include "ingest/load.h"

/*
 * Appends symbols, role rows and kept rejects of a part; its symbols are given
 * back. Its events stay where they are: they get the numbers from `base` on,
 * and `map`, with an item per symbol, tells what its symbols are now.
 */
void append_part(struct loaded *out, struct part *part, row base, sym *map);

#endif
