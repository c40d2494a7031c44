/*
 * The schedule of statutory maximum fines: data of the shipped file
 * rules/fines.csv, never code.
 */
#ifndef METRIC_FINES_H
#define METRIC_FINES_H

#include "base/err.h"
#include "metric/roi.h"

struct fine_row {
	struct str regime, clause, currency;
	struct roi_cap_row cap;
};

struct fine_rows VEC(struct fine_row);

/* Reads the schedule; rows live as long as the arena. ERR_USAGE at file
   `number` if a row does not have the form. */
MUST_CHECK bool fines_read(struct arena *a, struct str text, uint32_t number,
	struct fine_rows *out, struct err *err);

/* The row of a class, written "REGIME CLAUSE" ("GDPR 83(4)"); a clause that
   has further words in the schedule is found by its first one. NULL if none. */
const struct fine_row *fines_find(
	const struct fine_rows *rows, struct str class);

#endif
