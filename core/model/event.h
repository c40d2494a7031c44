/*
 * The event table: one row per thing that happened, one column per word that
 * somebody needs. It is built in parts, one per chunk of input, each owned by
 * one thread; the parts are appended in the order of the source sequence
 * (source name, path, row), rows to be dropped are dropped, and the table is
 * sorted once by time.
 *
 * Afterwards rows 0 .. n_timed - 1 have a time and stand in the order (time,
 * source sequence); the rest is untimed, in source sequence.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include "model/table.h"

typedef uint32_t row;
#define ROW_NONE UINT32_MAX

/* Bits of `marks`. */
enum event_mark {
	EVENT_PRECISION = 0x07, /* an enum time_precision */
	EVENT_DERIVED = 0x08, /* made from a role, beside the row's own event */
	EVENT_MERGED = 0x10,  /* an equal event with this id came before */
	EVENT_DROPPED = 0x20, /* to be left out by event_build() */
};

/* A record that an event reads or writes. */
enum ref_mode {
	REF_READ,
	REF_WRITE,   /* a new version that depends on the old one */
	REF_REPLACE, /* a new version that does not */
	REF_DELETE   /* ends the record */
};

struct ref {
	sym type, id;
	uint32_t version; /* explicit version text as a symbol, or 0 */
	uint8_t mode;
};

struct event_table {
	struct table cells; /* columns as in words->needs */
	uint32_t n, n_timed, cap;
	int64_t *time; /* ns, CELL_ABSENT if untimed */
	uint32_t *file, *line;
	uint8_t *marks;
	row *by_sequence; /* after event_build(): rows in source sequence */
	bool has_refs;
	uint32_t *ref_start; /* n + 1 positions in refs */
	struct ref_vec VEC(struct ref) refs;
};

/* An empty table for the given columns, living in the arena. */
void event_init(struct event_table *events, struct arena *a,
	const enum column_form *forms, uint32_t n_columns, bool has_refs);

/* Adds an event; its cells are absent, and it has no refs yet. `time` may be
   CELL_ABSENT. */
row event_add(struct event_table *events, int64_t time, uint8_t marks,
	uint32_t file, uint32_t line);

/* Adds a record to the newest event. */
void event_add_ref(struct event_table *events, const struct ref *ref);

/* Appends `from`, whose symbol s is `map[s]` here. */
void event_append(struct event_table *events, const struct event_table *from,
	const sym *map);

/* The rows that are not dropped, timed ones first, each group in order, in
   `order`; fills n_timed and returns how many they are. */
uint32_t event_keep(struct event_table *events, row *order);

/*
 * Leaves the dropped rows out, sorts the rest by (time, row number) and fills
 * by_sequence and n_timed. `moved`, if not NULL, has one item per old row and
 * receives its new number or ROW_NONE.
 */
void event_build(struct event_table *events, row *moved);

/* The refs of a row: `*n` of them. */
const struct ref *event_refs(
	const struct event_table *events, row e, uint32_t *n);

/* Bytes kept for the rows, without the strings. */
size_t event_bytes(const struct event_table *events);

#endif
