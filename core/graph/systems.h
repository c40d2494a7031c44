/*
 * The systems behind each event: its own and those of all its ancestors in the
 * version graph, for 64 systems at a time. No graph is built: the events are
 * taken in order with one mask per record, the mask of its current version
 * (strong update: assigned by each write, never added to).
 *
 * Every read is of the current version, as in the definition of the version
 * graph; versions that an event names are not looked at.
 *
 * For obligations, which are sets of event rows with one key: for each block
 * of 64 systems fill the column, scan it, and OR the masks of the rows of each
 * obligation into one word of its own. So one column of 8 bytes per row is
 * alive at a time, and blocks are independent jobs.
 */
#ifndef GRAPH_SYSTEMS_H
#define GRAPH_SYSTEMS_H

#include "graph/effects.h"

#define SYSTEMS_PER_PASS 64

/* How many passes `n` systems need; system s is bit s % 64 of pass s / 64. */
static inline uint32_t systems_passes(uint32_t n)
{
	return n / SYSTEMS_PER_PASS + (n % SYSTEMS_PER_PASS != 0);
}

/*
 * `masks` has an item per row, with the systems of that event alone; adds
 * those of its ancestors. Rows that touch no record, untimed ones among them,
 * keep what they have. Linear in rows and effects.
 */
void systems_scan(const struct effects *effects, uint64_t *masks);

#endif
