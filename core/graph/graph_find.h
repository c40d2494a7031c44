/*
 * The record that a user names: `type:id`, `type:id@n` for one version, or an
 * id that one type alone has. The text is cut at its first colon, and a
 * version is what stands behind the last '@' if that is digits. Because ids
 * may hold both, a text that names nothing when cut is tried with less
 * cutting: first the version as part of the id, then the type too.
 */
#ifndef GRAPH_GRAPH_FIND_H
#define GRAPH_GRAPH_FIND_H

#include "base/symbols.h"
#include "graph/graph.h"

/* How many similar names are looked at when the text names nothing. */
#define GRAPH_FIND_NEAR 4096

enum graph_found {
	GRAPH_UNKNOWN,   /* no such record, or no such version of it */
	GRAPH_AMBIGUOUS, /* an id that several types have */
	GRAPH_FOUND
};

struct graph_match {
	enum graph_found found;
	uint32_t record; /* also of an unknown version; else 0 */
	node version;    /* the one that is named; NODE_NONE: all of them */
	struct str_vec names; /* ambiguous: each `type:id`, by bytes */
	struct str hint;      /* unknown: ` did you mean ...?`, or empty: the
				 same id under other types, else near names */
};

/* Finds what `text` names. The result lives as long as the arena. `strings`
   is the table of the symbols in the graph. */
struct graph_match graph_find(struct arena *a, const struct graph *graph,
	const struct symbols *strings, struct str text);

/* `type:id`, and `type:id@n`, as reports print them; live as long as the
   arena. */
struct str graph_record_name(struct arena *a, const struct graph *graph,
	const struct symbols *strings, uint32_t record);
struct str graph_version_name(struct arena *a, const struct graph *graph,
	const struct symbols *strings, node version);

#endif
