/*
 * Which records a row reads and writes: its own record by what the row did,
 * and the records its lineage columns list.
 */
#ifndef INGEST_LINEAGE_H
#define INGEST_LINEAGE_H

#include "ingest/values.h"

/* A value, and the column it is read from if that is all there is to it. */
struct lineage_value {
	struct wanted wanted;
	bool is_plain;
	uint32_t field;
};

struct lineage_list {
	struct lineage_value items;
	enum ref_mode mode;
};

struct lineage_cells {
	struct lineage_value action, type, id, outcome;
	uint8_t *modes; /* private: of actions whose symbols are small */
	struct lineage_lists VEC(struct lineage_list) lists;
	char split; /* byte between items; 0: blanks */
};

/* Looks the cells up; they live as long as the arena of the lookup. */
void lineage_resolve(
	struct lineage_cells *lineage, const struct lookup *lookup);

/*
 * Adds the records of the reader's row to the newest event. Items of a list
 * are `type:id`, `type:id@version`, or an id of the row's own type; a repeated
 * column gives the items of all its cells. An item that names a record which
 * the row changes by its action adds its version only, so that a list neither
 * makes a replaced record depend on its past nor revives a deleted one. A row
 * whose outcome is `failed` or `denied` changed nothing and has no records.
 */
void lineage_add(struct lineage_cells *lineage, struct value_reader *reader,
	struct event_table *events);

#endif
