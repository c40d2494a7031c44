/*
 * incidents.csv: a few hundred at most, so their plans are kept. Some are
 * open, some reopened (a second row of the same id), some duplicates of
 * others, some fixed before they were detected, some not regulatory.
 */
#ifndef LINEAL_GEN_INCIDENTS_H
#define LINEAL_GEN_INCIDENTS_H

#include "lineal-gen/truth.h"

/* Writes the file and counts INC-001, the rate and the times to remediate. */
MUST_CHECK bool incidents_write(const struct folder *folder,
	const struct world *world, struct truth *truth, struct err *err);

#endif
