/*
 * Which records a row reads and writes: its own record by what the row did,
 * and the records its lineage columns list.
 */
#ifndef INGEST_LINEAGE_H
#define INGEST_LINEAGE_H

#include "ingest/values.h"

#define LINEAGE_COLUMNS_MAX 8

struct lineage_list {
	struct wanted cells;
	enum ref_mode mode;
};

struct lineage_cells {
	struct wanted action, type, id, outcome;
	struct lineage_list lists[LINEAGE_COLUMNS_MAX];
	uint32_t n_lists;
	char split;
};

/* Resolves the cells over the columns of the context. */
void lineage_resolve(
	struct lineage_cells *lineage, const struct cell_context *ctx);

/*
 * Adds the records of the reader's row to the newest event. Items of a list
 * are `type:id`, `type:id@version`, or an id of the row's own type. A row whose
 * outcome is `failed` or `denied` changed nothing and has no records.
 */
void lineage_add(const struct lineage_cells *lineage,
	struct value_reader *reader, struct event_table *events);

/* What an action does to its record; false if it touches none. */
bool lineage_mode_of(struct str action, enum ref_mode *mode);

/* Splits "type:id@version"; parts that are not there are empty. */
void lineage_split(
	struct str text, struct str *type, struct str *id, struct str *version);

#endif
