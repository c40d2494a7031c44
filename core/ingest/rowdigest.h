/*
 * Digests of whole records, to tell copies from different rows: 128 bits over
 * the names and cells in the order of the column names, so that two exports
 * with other column orders compare equal. Absent cells do not count.
 */
#ifndef INGEST_ROWDIGEST_H
#define INGEST_ROWDIGEST_H

#include "format/digest.h"
#include "format/record.h"
#include "ingest/columns.h"

/* The order of the columns by name; belongs to one thread. */
struct rowdigest {
	struct arena a;
	struct column_numbers by_name;
	struct str_vec cells; /* of the record at hand */
};

/* Takes in the columns that were added since the last call. */
void rowdigest_add_columns(
	struct rowdigest *rowdigest, const struct columns *columns);

/* The digest of a record with these columns. */
struct digest128 rowdigest_of(struct rowdigest *rowdigest,
	const struct columns *columns, const struct record *record);

void rowdigest_free(struct rowdigest *rowdigest);

#endif
