/*
 * From a word to the cells of a record that may hold it. Resolution happens
 * once per set of columns; a record is then read by column numbers alone.
 */
#ifndef INGEST_CELLS_H
#define INGEST_CELLS_H

#include "format/record.h"
#include "ingest/profile.h"
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
	char split;  /* byte between several values, or 0 */
	bool is_key; /* two cells that differ are worth a complaint */
	struct str name;
};

/* What was found out about day and month in a column. */
struct date_order_of {
	struct str column;
	enum date_order order;
};

struct date_orders VEC(struct date_order_of);

/* What resolution needs to know. */
struct cell_context {
	struct arena *a;
	const struct source *source;
	const struct profile *profile; /* or NULL */
	const struct date_orders *orders;
	struct str path;           /* printed path of the input */
	const struct str *columns; /* column names of the records */
	size_t n_columns;
};

/* The cells for a word, for one variant of event. */
struct wanted cells_of_word(const struct cell_context *ctx,
	const struct word *word, enum column_form form, enum variant variant);

/* The cells for the time of the row's own event: those of the word `ts`. */
struct wanted cells_of_time(
	const struct cell_context *ctx, const struct words *words);

/* The cells for a role field or lineage column named `name`. */
struct wanted cells_of_field(
	const struct cell_context *ctx, struct str name, enum column_form form);

/* The cell of a column named by the project file itself. */
struct wanted cells_of_column(const struct cell_context *ctx, struct str column,
	enum column_form form);

/*
 * Complains about each binding whose column the input lacks (with near names)
 * or has several times though one value is needed. True if all were found.
 */
bool cells_check(
	const struct cell_context *ctx, struct diag *diag, uint32_t file);

#endif
