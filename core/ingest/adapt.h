/*
 * One record to its events and role rows: needed cells only. The plan is
 * immutable and shared; an adapter belongs to one part, and so to one thread.
 */
#ifndef INGEST_ADAPT_H
#define INGEST_ADAPT_H

#include "ingest/values.h"

/* What is the same for all records of one input. */
struct adapt_plan {
	const struct words *words;
	const enum column_form *forms; /* of words->needs, for the tables */
	const struct profile *profile; /* or NULL */
	const struct date_orders *orders;
	struct value_rules rules;
	uint32_t source_number;
	struct str path;
	bool has_refs;     /* lineage is wanted */
	bool keep_rejects; /* --rejects */
	int64_t as_of;     /* later rows are filtered; or INT64_MAX */
};

struct adapter;

/* An adapter that adds to `part`, whose tables it sets up; lives as long as
   the part. */
struct adapter *adapter_new(struct part *part, const struct adapt_plan *plan);

/* Resolves the words against these columns, which the records have from now
   on; the names are borrowed until the next call. */
void adapter_set_columns(
	struct adapter *adapter, const struct str *columns, size_t n);

/* The sink that feeds the adapter; JSON columns that appear on the way are
   resolved from part->columns. */
struct record_sink adapter_sink(struct adapter *adapter);

/* Sets `delivers[c]` for each column of words->needs that some cell fills. */
void adapter_delivers(const struct adapter *adapter, bool *delivers);

/* Gives back what the adapter holds beside the part. */
void adapter_free(struct adapter *adapter);

/* The context in which the plan resolves names over these columns. */
struct cell_context adapt_context(const struct adapt_plan *plan,
	struct arena *a, const struct str *columns, size_t n);

#endif
