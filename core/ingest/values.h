/*
 * Cells to values: texts without blanks and null words, mapped raw words,
 * times, numbers. What cannot be read is complained about, once per record and
 * value, and never guessed.
 */
#ifndef INGEST_VALUES_H
#define INGEST_VALUES_H

#include "ingest/cells.h"
#include "ingest/part.h"

/* What the values of one input have in common. */
struct value_rules {
	const struct source *source;
	const struct zone *assumed_zone; /* for sources without one, or NULL */
	int64_t oldest, newest;          /* times outside are unreadable */
	size_t null_max; /* bytes of the longest null word of the source */
	uint32_t file;
};

/* A complaint that was made about the record at hand: about which text, and as
   what it was read, if that matters. */
struct told {
	enum diag_code code;
	const void *thing, *meant_by;
};

#define SYM_UNREAD UINT32_MAX

/* Reads the values of one record after another; belongs to one part. */
struct value_reader {
	struct part *part;
	const struct value_rules *rules;
	const struct record *record; /* at hand */
	bool is_timed;               /* and the time of its event */
	int64_t ns;
	struct str_vec values; /* of the wanted value read last */
	/* Per column of the input: the symbol of its field, once it is asked
	   for; SYM_UNREAD before. */
	struct known_syms VEC(sym) known;
	char number[24];
	struct told_vec VEC(struct told) told;
};

/* Makes room for the fields of `n` columns. */
void values_widen(struct value_reader *reader, size_t n);

/* Goes on to the next record, which has no more fields than there is room
   for. */
void values_begin(struct value_reader *reader, const struct record *record);

/* The field of a column without blanks, empty if it is absent or a null
   word. */
struct str values_field(const struct value_reader *reader, uint32_t column);

/* Its symbol, 0 if it is empty, and whether it has a value. */
sym values_sym(struct value_reader *reader, uint32_t column);
bool values_has(const struct value_reader *reader, uint32_t column);

/* Fills reader->values from the first cell that is not absent and returns that
   cell; NULL and no values if all are absent. */
const struct cell *values_read(
	struct value_reader *reader, const struct wanted *wanted);

/* The first value as text, empty if absent; lives as long as the record. */
struct str values_text(
	struct value_reader *reader, const struct wanted *wanted);

/* The value as a time; `instant` is filled if it is readable. Else CELL_ABSENT
   or CELL_UNREADABLE, the latter with a complaint. */
int64_t values_time(struct value_reader *reader, const struct wanted *wanted,
	struct instant *instant);

/* Puts the value into row `at` of a column of the form that is wanted. */
void values_fill(struct value_reader *reader, const struct wanted *wanted,
	struct table *table, uint32_t column, uint32_t at);

#endif
