/*
 * Sources that feed a role without the times it lives on: no row of theirs can
 * be counted, and a figure without them would look like a good one.
 */
#ifndef INGEST_UNDATED_H
#define INGEST_UNDATED_H

#include "ingest/load.h"

/* Complains, once for each source and role, where rows were accepted and none
   has a time. */
void undated_report(const struct loaded *loaded, struct diag *diag);

#endif
