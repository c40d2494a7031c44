/*
 * What to do with each record, settled once per set of columns: one step per
 * column of the event table that the input fills. Most steps read one column
 * of the input, whose symbol is found once per record however many words want
 * it; what is special (several columns, lists, mapped words, times) goes the
 * way of values.h.
 *
 * The steps give what values_fill() gives for every column in turn, symbol
 * numbers included: 0.55 us for a record instead of 1.6 us with 38 columns.
 */
#ifndef INGEST_STEPS_H
#define INGEST_STEPS_H

#include "ingest/values.h"

struct step {
	enum step_kind {
		STEP_TEXT,    /* the symbol of a field, else of a constant */
		STEP_PRESENT, /* whether a field has a value */
		STEP_ALWAYS,  /* there is a value: a constant */
		STEP_CONSTANT,
		STEP_NUMBER,
		STEP_SPECIAL
	} kind;
	uint32_t column; /* of the part's events */
	uint32_t field;  /* of the input */
	const struct wanted *wanted;
	struct str constant;
	sym constant_sym; /* 0 until it is first used */
};

struct steps {
	struct step *at;
	uint32_t n;
};

/* True if a value is the field of one column as it stands, and of which. */
bool steps_is_plain(const struct wanted *wanted, uint32_t *field);

/* The step that fills `column` with the wanted value. */
struct step steps_of(const struct wanted *wanted, uint32_t column);

/* Fills row `at` of the table from the record at hand. */
void steps_run(struct steps *steps, struct value_reader *reader,
	struct table *table, uint32_t at);

#endif
