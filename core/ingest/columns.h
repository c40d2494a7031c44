/*
 * The columns of records by name, so that finding one does not depend on how
 * many there are: by the exact name, as items of a list (`labels[3]` is an item
 * of `labels`), and as profiles compare names. Columns keep their number; JSON
 * records add some on the way.
 */
#ifndef INGEST_COLUMNS_H
#define INGEST_COLUMNS_H

#include "base/intern.h"

/* Numbers of columns, ascending. */
struct column_numbers VEC(uint32_t);

struct columns {
	struct arena a;
	struct str_vec names; /* by number */
	/* Private: lists by the number of a name in its table. */
	struct intern exact_names, folded_names;
	struct column_lists VEC(struct column_numbers) exact, items, folded;
};

/* Adds a column and gives its number, from 0; the name is copied. */
uint32_t columns_add(struct columns *columns, struct str name);

/* The columns of exactly this name, several if the header repeats it; NULL if
   there is none. All three live until the next column is added. */
const struct column_numbers *columns_exact(
	const struct columns *columns, struct str name);

/* The items of the list `name`, or NULL. */
const struct column_numbers *columns_items(
	const struct columns *columns, struct str name);

/* The columns that equal `name` without case, blanks and underscores, or
   NULL. */
const struct column_numbers *columns_folded(
	const struct columns *columns, struct str name);

/* True if two names are equal without case, blanks and underscores. */
bool columns_same_name(struct str left, struct str right);

void columns_free(struct columns *columns);

#endif
