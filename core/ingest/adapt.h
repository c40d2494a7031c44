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
	const uint32_t *same_as; /* of words->needs: a column with the same
				    cells, which is filled instead; or itself */
	const struct profile *profile; /* or NULL */
	const struct date_orders *orders;
	const bool *idle; /* of words->needs: a column that no one uses
			     in this run, and that is not filled */
	struct value_rules rules;
	uint32_t source_number;
	struct str path;
	bool has_refs;      /* lineage is wanted */
	bool keep_rejects;  /* --rejects */
	bool adds_columns;  /* records may bring columns that no header names */
	bool digests_later; /* a record can be read again at its place */
	int64_t as_of;      /* later rows are filtered; or INT64_MAX */
};

struct adapter;

/* An adapter that adds to `part`, whose tables it sets up; lives as long as
   the part. */
struct adapter *adapter_new(struct part *part, const struct adapt_plan *plan);

/* Adds columns that the records have from now on, and looks up anew where the
   words stand. Called at least once, perhaps with no columns. */
void adapter_add_columns(
	struct adapter *adapter, const struct str *names, size_t n);

/* The sink that feeds the adapter; JSON columns that appear on the way are
   taken from part->columns. */
struct record_sink adapter_sink(struct adapter *adapter);

/* Sets `delivers[c]` for each column of words->needs that some cell fills. */
void adapter_delivers(const struct adapter *adapter, bool *delivers);

/* Gives back what the adapter holds beside the part. */
void adapter_free(struct adapter *adapter);

/* Where the plan looks up names over these columns. */
struct lookup adapt_lookup(const struct adapt_plan *plan, struct arena *a,
	const struct columns *columns);

#endif
