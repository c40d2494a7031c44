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
	uint32_t file;
};

/* A complaint that was made about the record at hand: about which text, and as
   what it was read, if that matters. */
struct told {
	enum diag_code code;
	const void *thing, *meant_by;
};

/* Reads the values of one record after another; belongs to one part. */
struct value_reader {
	struct part *part;
	const struct value_rules *rules;
	const struct record *record; /* at hand */
	bool is_timed;               /* and the time of its event */
	int64_t ns;
	struct str_vec values; /* of the wanted value read last */
	char number[24];
	struct told_vec VEC(struct told) told;
};

/* Goes on to the next record. */
void values_begin(struct value_reader *reader, const struct record *record);

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
