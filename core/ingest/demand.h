/*
 * What a source demands of the columns of its files: that the columns which it
 * names are there, and that a value which must be one comes from one column.
 */
#ifndef INGEST_DEMAND_H
#define INGEST_DEMAND_H

#include "base/diag.h"
#include "ingest/lookup.h"

/*
 * Complains about each column of the project file that the input lacks (with
 * near names and the first ten that there are), about a time or object_id that
 * would come from a repeated column, and about a name that fits several
 * columns. True if there is nothing to complain about. Notes where a role has
 * no column for the end of its rows.
 */
bool demand_check(
	const struct lookup *lookup, struct diag *diag, uint32_t file);

#endif
