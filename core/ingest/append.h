/*
 * Parts to the tables of the run. Parts are appended in the order of the source
 * sequence; their symbols get the numbers of one serial run.
 */
#ifndef INGEST_APPEND_H
#define INGEST_APPEND_H

#include "ingest/load.h"

/* Appends events, role rows and kept rejects of a part, which may be freed
   afterwards. */
void append_part(struct loaded *out, const struct part *part);

#endif
