/*
 * Named events as sets of rows, made once and shared by all rules. A row may
 * belong to several. Rows that were merged into an equal one are in no set.
 */
#ifndef RULE_SETS_H
#define RULE_SETS_H

#include "rule/form.h"
#include "rule/where.h"

struct sets;

/* What is known about the rows of a form. */
struct form_rows {
	struct bits rows;
	uint64_t undecided; /* rows whose `where` could not be decided */
};

struct sets *sets_new(
	struct arena *a, const struct vocabulary *v, const struct facts *facts);

/* The vocabulary that the profile of source `number` brings, for events that
   hold for such sources only; empty by default. */
void sets_restrict(struct sets *sets, size_t number, struct str vocabulary);

/* All rows but those that were merged into an equal one, living in `a`. */
struct bits sets_live_rows(struct arena *a, const struct facts *facts);

/* The rows of one named event; lives as long as the sets. Filled on first use,
   after which threads may share it. */
const struct bits *sets_event(struct sets *sets, uint32_t event);

/* The rows of a form, living in `a`. */
struct form_rows sets_form(
	struct sets *sets, struct arena *a, const struct form *form);

/* Fills the rows of `n` named events in one pass, on `jobs` threads. */
void sets_make(
	struct sets *sets, const uint32_t *events, size_t n, unsigned jobs);

/* True if the definition holds for rows of source `number`. */
bool sets_may_define(const struct sets *sets,
	const struct event_definition *definition, size_t number);

/* True if rows of source `number` can be events of the form. */
bool sets_may_come_from(
	const struct sets *sets, const struct form *form, size_t number);

#endif
