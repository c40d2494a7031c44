/* What the files of `load` share: plans, reading, and the rest. */
#ifndef INGEST_LOAD_P_H
#define INGEST_LOAD_P_H

#include "ingest/append.h"
#include "ingest/reading.h"

struct loader {
	const struct load_request *request;
	struct loaded *out;
	struct diag *diag;
	struct arena scratch;
	struct gathered gathered;
	struct adapt_plan *plans; /* per input */
	enum column_form *forms;
	uint32_t *same_as; /* per column of words->needs */
	bool *idle;        /* likewise: it is of no use, and not filled */
	struct date_orders *orders; /* per source */
	bool *zoneless;             /* per source: a time named no zone */
	struct reading reading;
	struct appender appender;
	/* While reading. */
	uint32_t source; /* whose inputs are read */
	struct append_end source_start, input_start;
	bool *refused;        /* per input: as a whole, once it was read */
	struct diag *refusal; /* per input: why */
};

/* ---- load_plan.c ---- */

/* What is read of each input; a source whose dates nothing decides fails. */
void load_plan(struct loader *loader);

/* Complains of columns that are needed and not there, and fails the input. For
   JSON, columns may come later than the sample, so that they are checked after
   reading. */
void load_check_columns(
	struct loader *loader, size_t i, const struct str_vec *names);

/* Looks at the dates of a source, at all of them if `thorough`. False if it has
   a column that nothing decides. */
bool load_survey(struct loader *loader, uint32_t source, bool thorough);

void load_fail_source(struct loader *loader, uint32_t source);

/* ---- load_read.c ---- */

/* Reads all inputs and appends what they give to the tables of the run, each
   in its turn; an input that is refused as a whole gives nothing. */
void load_read(struct loader *loader);

#endif
