/*
 * The provenance graph: versions of records and the events that made and used
 * them, immutable. Edges point from effect to cause: a version to the event
 * that wrote it, an event to the versions it saw. `up` follows the edges
 * towards causes, `down` is the same turned around; all lists are ascending.
 *
 * Nodes are numbered by first sight in the order of events: the versions that
 * an event needs and nobody has made, then the event, then the versions it
 * makes. So a cause has a smaller number than its effect, except where an
 * event names a version that is written only later, and for EDGE_INVALIDATED.
 *
 * Every event sees the versions before it, also of records that it writes.
 * - A read uses the current version. Of a record nobody has written yet that
 *   is version 0, a shell: it was there before the log.
 * - A dependent write uses the current version likewise, also one that a
 *   deletion has ended, and makes a new one. A replacement makes a new one
 *   only; a record both replaced and read counts as written.
 * - A deletion ends the current version; a read then sees nothing and is
 *   counted. A write in the same event makes a version that lives on.
 * - A read that names a version uses that one; if it is never written it is a
 *   shell. Naming the version that the event itself makes means the current
 *   one.
 * - A new version has the next ordinal, or the largest that its event asks
 *   for if that is larger.
 */
#ifndef GRAPH_GRAPH_H
#define GRAPH_GRAPH_H

#include "graph/csr.h"
#include "graph/effects.h"

enum edge_mode {
	EDGE_USED,        /* event to a version it read */
	EDGE_REVISED,     /* event to the version its own one depends on */
	EDGE_GENERATED,   /* version to the event that wrote it */
	EDGE_INVALIDATED, /* version to the event that ended it */
	EDGE_MODE_N
};

/* Sets of modes. Data flows along the first; the end of a version is no
   cause of it. */
#define EDGES_DATA (1u << EDGE_USED | 1u << EDGE_REVISED | 1u << EDGE_GENERATED)
#define EDGES_ALL  (EDGES_DATA | 1u << EDGE_INVALIDATED)

/* The ordinal of a node that is an event. */
#define GRAPH_EVENT UINT64_MAX

struct graph {
	uint32_t n_nodes;        /* node 0, which is none, included */
	uint32_t *subject;       /* record of a version, row of an event */
	uint64_t *ordinal;       /* of a version; GRAPH_EVENT */
	struct csr up, down;     /* modes are of enum edge_mode */
	struct pairs records;    /* (type, id) to the number of a record */
	uint32_t *version_start; /* per record, as in a CSR */
	node *versions;          /* by ordinal within a record */
	uint32_t n_rows;
	node *event_of_row;  /* or NODE_NONE */
	const int64_t *time; /* by row, borrowed */

	uint64_t reads_after_delete; /* reads that saw nothing */
	uint64_t early_reads;  /* reads of a version that was written later */
	uint64_t n_untimed;    /* events left out that touch records */
	uint64_t n_unreadable; /* unreadable versions of refs */
};

/* The graph of all effects. It lives as long as the arena and the time column
   of the effects. */
void graph_build(
	struct arena *a, const struct effects *effects, struct graph *graph);

/* The number of a record, 0 if it is not in the graph. Records are numbered
   from 1 by first sight; all are below graph_records(). */
uint32_t graph_record(const struct graph *graph, sym type, sym id);
uint32_t graph_records(const struct graph *graph);

/* The next record after `after` (0 to begin) with this id, of whatever type;
   0 if there is none. Looks at every record. */
uint32_t graph_next_with_id(const struct graph *graph, sym id, uint32_t after);

/* Type and id of a record. */
sym graph_type(const struct graph *graph, uint32_t record);
sym graph_id(const struct graph *graph, uint32_t record);

/* The versions of a record by ordinal: `*n` of them, at least one. */
const node *graph_versions(
	const struct graph *graph, uint32_t record, uint32_t *n);

/* The version of a record with this ordinal, or NODE_NONE. */
node graph_version(
	const struct graph *graph, uint32_t record, uint64_t ordinal);

/* The node of an event, or NODE_NONE if it touches no record. */
node graph_event(const struct graph *graph, row e);

/* The event that wrote or ended a version, or NODE_NONE. */
node graph_writer(const struct graph *graph, node version);
node graph_ender(const struct graph *graph, node version);

static inline bool graph_is_event(const struct graph *graph, node v)
{
	return graph->ordinal[v] == GRAPH_EVENT;
}

/* True for a version that no event in the log has written. */
bool graph_is_shell(const struct graph *graph, node v);

/* Bytes that the graph takes. */
size_t graph_bytes(const struct graph *graph);

#endif
