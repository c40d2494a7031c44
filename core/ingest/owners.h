/*
 * Which source holds a file? Built once from what the paths of all sources
 * expand to, asked for each file of the command line: by name, and where no
 * path is written like that, by what the file is, since links and roundabout
 * paths lead to it too.
 */
#ifndef INGEST_OWNERS_H
#define INGEST_OWNERS_H

#include "ingest/locate.h"

#include "base/intern.h"
#include "io/walk.h"

/* A file that is there, by what the system knows it as. */
struct owned_file {
	struct walk_identity identity;
	size_t at; /* in the list of located files */
};

struct owners {
	const struct located_list *files;
	struct intern names; /* number i: the file before position i */
	struct owned_files VEC(struct owned_file) sorted;
};

/* No two files have one `open`; the list must outlive the owners. */
void owners_init(struct owners *owners, const struct located_list *files);

/* The source of the file at `path`, behind which a NUL stands: of several
   files that are one, the first of the list decides. LOCATE_UNCLAIMED if no
   source holds it. */
uint32_t owners_find(const struct owners *owners, struct str path);

void owners_free(struct owners *owners);

#endif
