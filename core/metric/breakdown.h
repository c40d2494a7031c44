/*
 * Completeness by system and by quarter. Excluded transactions are in no part.
 * The parts by system add up to the whole, those by quarter to the whole
 * without the transactions that have no readable time.
 */
#ifndef METRIC_BREAKDOWN_H
#define METRIC_BREAKDOWN_H

#include "metric/sides.h"

/* Fills `by`: systems by name, then quarters in time order, without those that
   have no transaction. Lives as long as in->a. */
void breakdown_fill(const struct judged *judged, struct completeness *out);

#endif
