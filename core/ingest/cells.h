/*
 * From a word to the cells of a record that may hold it. Resolution happens
 * once per set of columns; a record is then read by column numbers alone.
 */
#ifndef INGEST_CELLS_H
#define INGEST_CELLS_H

#include "format/record.h"
#include "ingest/lookup.h"
#include "model/words.h"

/* Which event of a record a value is for: its own, or one made of a role. */
enum variant {
	VARIANT_OWN,
	VARIANT_OPENED,
	VARIANT_CLOSED,
	VARIANT_DOWN,
	VARIANT_UP,
	VARIANT_N
};

enum cell_kind {
	CELL_COLUMNS,  /* the fields of one or more columns */
	CELL_CONSTANT, /* a fixed text */
	CELL_LINE,     /* the record's line number */
	CELL_TIME      /* the event's own time */
};

struct cell {
	enum cell_kind kind;
	const uint32_t *columns;
	uint32_t n_columns;
	struct str constant;
	const struct binding *binding; /* its words, or NULL */
	enum date_order order;         /* of day and month in the column */
};

/* One value that is wanted of every record: the first cell that is not absent
   gives it. */
struct wanted {
	const struct cell *cells;
	uint32_t n;
	enum column_form form;
	char split;    /* byte between several values, or 0 */
	bool is_key;   /* two cells that differ are worth a complaint */
	bool personal; /* messages do not quote it */
	struct str name;
};

/* The cells for a word, for one variant of event. */
struct wanted cells_of_word(const struct lookup *lookup,
	const struct word *word, enum column_form form, enum variant variant);

/* The cells for the time of the row's own event: those of the word `ts`. */
struct wanted cells_of_time(
	const struct lookup *lookup, const struct words *words);

/* The cells for a role field or lineage column named `name`. */
struct wanted cells_of_field(
	const struct lookup *lookup, struct str name, enum column_form form);

/* The cell of a column named by the project file itself. */
struct wanted cells_of_column(
	const struct lookup *lookup, struct str column, enum column_form form);

#endif
