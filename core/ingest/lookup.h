/*
 * Which columns of an input hold a field: those that its binding names, those
 * that the profile calls so, or those of its own name. What a project file
 * names is meant exactly; names of profiles, events and roles are compared
 * without case, blanks and underscores, as when a format is recognised.
 */
#ifndef INGEST_LOOKUP_H
#define INGEST_LOOKUP_H

#include "ingest/profile.h"

/* What was found out about day and month in a column. */
struct date_order_of {
	struct str column;
	enum date_order order;
};

struct date_orders VEC(struct date_order_of);

/* What names are looked up in. */
struct lookup {
	struct arena *a; /* results live here */
	const struct source *source;
	const struct profile *profile; /* or NULL */
	const struct date_orders *orders;
	struct str path;               /* printed path of the input */
	const struct columns *columns; /* of the records */
	const struct words *words;     /* say which columns are personal */
};

/* All columns that are `name`: repeated ones, and items of a JSON array. Else
   `labels[2]` is the second of the columns `labels`. */
struct column_numbers lookup_name(const struct lookup *lookup, struct str name);

/* True if the column of this unbound field may be spelt otherwise. */
bool lookup_is_folded(const struct lookup *lookup, struct str field);

/* The columns of a field; none if it is bound to a constant. */
struct column_numbers lookup_field(
	const struct lookup *lookup, struct str field);

#endif
