/*
 * Which file belongs to which source: the patterns of the project file and the
 * paths of the command line, expanded to files, each file once.
 */
#ifndef INGEST_LOCATE_H
#define INGEST_LOCATE_H

#include "ingest/gather.h"

/* The source of a file that none claims. */
#define LOCATE_UNCLAIMED UINT32_MAX

/* A path that will be an input. */
struct located {
	struct str open;    /* what the system opens */
	struct str printed; /* without the root folder it lies in */
	uint32_t source;    /* position in the request's sources */
};

struct located_list VEC(struct located);

/*
 * The files of the request, sorted by printed path: those named on the command
 * line, or without any, those of all sources. A pattern without a file is
 * complained about in the second case only; what cannot be listed and what
 * belongs to two sources always is. Texts live as long as the arena.
 */
void locate(struct arena *a, const struct gather_request *request,
	struct located_list *out, struct diag *diag);

#endif
