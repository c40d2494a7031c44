/*
 * The pattern of a source of log lines, from the text in a project file or a
 * profile: what is wrong with it is told at the character, before any input is
 * read.
 */
#ifndef INGEST_LINEPATTERN_H
#define INGEST_LINEPATTERN_H

#include "base/diag.h"
#include "format/logline.h"
#include "ingest/source.h"

/* The compiled pattern, given back with logline_free(). NULL if there is none,
   or with a complaint if it is bad. */
struct logline *linepattern_compile(
	const struct name_at *pattern, struct diag *diag);

/* Complains about a bad pattern, and about each column which the source binds
   or takes records from that is no group of the pattern. */
void linepattern_check(const struct source *source, struct diag *diag);

#endif
