/*
 * From sources and command-line paths to the list of inputs: every path
 * expanded, every file opened once, recognised and given to one source. The
 * list is sorted by source name and printed path, and so is the source list,
 * so that the order of arguments does not matter.
 */
#ifndef INGEST_GATHER_H
#define INGEST_GATHER_H

#include "ingest/input.h"
#include "ingest/profile.h"

struct source_list VEC(struct source);
struct input_list VEC(struct input);

/* A file given on the command line; `source` is empty or names a source of the
   project file (--source NAME=PATH). */
struct named_path {
	struct str source, path;
};

struct named_paths VEC(struct named_path);

struct gather_request {
	struct source_list sources; /* of the project file */
	struct named_paths paths;   /* of the command line; none: all sources */
	const struct profiles *profiles;
	struct str folder; /* of the project file: source paths */
	struct str root;   /* printed paths are relative to it */
	struct str stdin_name;
	struct input_limits limits;
	struct files *files;             /* gets every input */
	const struct zone *assumed_zone; /* of times that name none, or NULL */
	struct str assumed_zone_name;    /* as the user wrote it */
	unsigned jobs;
};

/* The inputs of one source: those from `first` to before `end`. */
struct input_range {
	uint32_t first, end;
};

struct gathered {
	struct source_list sources;
	struct input_list inputs;
	struct input_range *ranges;      /* per source */
	struct logline **patterns;       /* per source; NULL: no pattern */
	const struct profile **profiles; /* per source; NULL: none */
};

/* Opens everything. What cannot be read or told is a complaint, and the input
   is marked failed. Close with gather_close(). */
void gather(struct arena *a, const struct gather_request *request,
	struct gathered *out, struct diag *diag);

void gather_close(struct gathered *gathered);

#endif
