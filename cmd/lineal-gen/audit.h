/*
 * audit.csv: the audit log of the whole estate, a merge of some thirty streams
 * whose rows the other modules fill. Faults that belong to the log itself are
 * planted here: missing and repeated numbers, copied rows, shared event ids.
 */
#ifndef LINEAL_GEN_AUDIT_H
#define LINEAL_GEN_AUDIT_H

#include "lineal-gen/truth.h"

/* A record in the columns `inputs` and `outputs`: `type:id`. */
struct ref {
	struct str type; /* empty: no record */
	struct id id;
};

/* One row without its number and event id; what is empty stays empty. */
struct audit_row {
	struct str time; /* in place of the moment, for untimed rows */
	enum system system;
	struct id actor;
	struct str actor_type, action;
	struct ref object;
	struct str field, old, new;
	struct id customer;
	struct str purpose, legal_basis;
	struct id request;
	bool traced;
	uint64_t trace[2];
	struct str outcome;
	struct ref inputs[2], outputs[1];
};

/* Fills the row of member `index` in a row that holds its moment's defaults,
   and counts the verdicts of which the row is the activation. */
typedef void (*audit_fn)(const struct world *world, struct truth *truth,
	uint64_t index, struct audit_row *row);

/* Sets a trace id that member `index` of the decisions or transactions has. */
void audit_trace(
	const struct world *world, uint64_t index, struct audit_row *row);

/* Writes the whole file. */
MUST_CHECK bool audit_write(const struct folder *folder,
	const struct world *world, struct truth *truth, struct err *err);

#endif
