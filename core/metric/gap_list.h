/*
 * Which transactions are not in the log as they should be, in groups of one
 * system, object type, action and quarter: first where most are lost.
 */
#ifndef METRIC_GAP_LIST_H
#define METRIC_GAP_LIST_H

#include "metric/sides.h"

#define GAP_LIST_MAX 1000 /* groups that are kept */

/* Fills the gap list of the missing, unverifiable, partial and late
   transactions, each group with its first places in source sequence. Lives as
   long as in->a. */
void gap_list_fill(const struct judged *judged, struct completeness *out);

#endif
