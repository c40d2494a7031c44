/*
 * outages.csv: some hundred rows at most, so they are kept. An outage begins
 * and ends on one day. Satellites of an outage overlap it, touch it, hit
 * another system at the same time, or declare a part of it as maintenance.
 */
#ifndef LINEAL_GEN_OUTAGES_H
#define LINEAL_GEN_OUTAGES_H

#include "lineal-gen/truth.h"

/* Writes the file and counts downtime, alone and inside obligations. */
MUST_CHECK bool outages_write(const struct folder *folder,
	const struct world *world, struct truth *truth, struct err *err);

#endif
