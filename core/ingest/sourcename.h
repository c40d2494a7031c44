/*
 * Names for sources that no project file names: after a file or a format, and
 * each different from all that are taken.
 */
#ifndef INGEST_SOURCENAME_H
#define INGEST_SOURCENAME_H

#include "base/intern.h"

struct source_names {
	struct intern taken;
	struct next_numbers VEC(unsigned) next; /* per taken name */
};

/* "exports/Crm Cases-1.csv.gz" as a source name: "crm_cases_1". Lives as long
   as the arena. */
struct str source_name_of_file(struct arena *a, struct str path);

/* "ev-log" as a source name: "ev_log". Lives as long as the arena. */
struct str source_name_of_format(struct arena *a, struct str format);

/* Notes that a source has this name. */
void source_names_take(struct source_names *names, struct str name);

/* `name`, or the first of NAME_2, NAME_3 ... that no source has, which is
   taken by that. Lives as long as `name` and the arena. */
struct str source_names_add(
	struct arena *a, struct source_names *names, struct str name);

void source_names_free(struct source_names *names);

#endif
