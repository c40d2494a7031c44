/*
 * Which incident each row of the role incidents speaks of. A row may say that
 * it duplicates another incident, which may do so in turn. What the links lead
 * to counts once, whatever the inputs hold of it: a duplicate counts for
 * nothing if the other incident has a row of its own, else it stands for it.
 * Incidents that name each other in a circle are one.
 */
#ifndef METRIC_DUPLICATES_H
#define METRIC_DUPLICATES_H

#include "model/roles.h"

/* Per row the id of its incident, or 0 if the row counts for nothing. Linear
   in the rows; lives as long as the arena. */
const sym *duplicates_settle(struct arena *a, const struct table *incidents);

#endif
