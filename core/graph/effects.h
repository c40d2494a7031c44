/*
 * What each timed event does to each record, as edge arrays: per row of the
 * event table the records that it reads, writes, replaces or deletes, each
 * record once. Checks that follow data run on these arrays; the graph is made
 * from them where version nodes are wanted.
 *
 * Filled row by row in the order of events, then ended, then read-only.
 */
#ifndef GRAPH_EFFECTS_H
#define GRAPH_EFFECTS_H

#include "graph/pairs.h"
#include "model/event.h"

/* Bits of `what`. All of them are about the record as it is before the
   event. */
enum effect_bit {
	EFFECT_READ = 1,    /* reads the current version */
	EFFECT_NAMED = 2,   /* reads versions that it names */
	EFFECT_WRITE = 4,   /* makes a version that depends on the old one */
	EFFECT_REPLACE = 8, /* makes a version that does not */
	EFFECT_DELETE = 16, /* ends the current version */
};

struct effect {
	uint32_t record;
	uint8_t what;
};

/* A version that an event names: for a read the one it saw, for a write the
   ordinal it asks for. */
struct effect_name {
	uint64_t ordinal;
	uint32_t record;
	row e;
};

#define EFFECT_NO_VERSION UINT64_MAX
/* Room above it, so that counting on never leaves the range of int64_t. */
#define EFFECT_VERSION_MAX ((uint64_t)INT64_MAX / 2)

/* The most effects and names that a graph has room for: each makes at most
   three nodes and three edges, and numbers stay below 2^32 - 1. */
#define EFFECTS_MAX (UINT32_MAX / 3 - 1)

struct effects {
	struct arena *a;
	struct pairs records; /* (type, id) to the number of a record */
	const int64_t *time;  /* by row, borrowed */
	struct effect_vec VEC(struct effect) items;
	struct start_vec VEC(uint32_t) start; /* n_rows + 1 positions */
	struct effect_names VEC(struct effect_name) reads, writes; /* by row */
	uint64_t n_untimed;    /* rows without a time that touch records */
	uint64_t n_unreadable; /* version texts that are no number in range */

	/* While filling: the item of each record in the open row. */
	struct arena scratch;
	struct slot_vec VEC(uint32_t) slots;
};

/* Starts with row 0 open; all lives as long as the arena. `time` has an item
   for each row and outlives the effects. */
void effects_start(
	struct effects *effects, struct arena *a, const int64_t *time);

/* The open row touches the record (type, id). `version` is EFFECT_NO_VERSION
   or at most EFFECT_VERSION_MAX; a deletion has none. */
void effects_add(struct effects *effects, sym type, sym id, enum ref_mode mode,
	uint64_t version);

/* Closes the open row and opens the next one. */
void effects_close_row(struct effects *effects);

/* Gives the scratch memory back; the open row is no row. */
void effects_end(struct effects *effects);

/* True if nothing can be added. */
bool effects_is_full(const struct effects *effects);

/* How many rows there are: the timed ones. */
uint32_t effects_rows(const struct effects *effects);

/* The effects of a row: `*n` of them, records in the order of first mention.
   A row beyond the timed ones has none. */
const struct effect *effects_of(
	const struct effects *effects, row e, uint32_t *n);

/* True if the event makes a new version of the record. */
static inline bool effect_is_output(const struct effect *effect)
{
	return (effect->what & (EFFECT_WRITE | EFFECT_REPLACE)) != 0;
}

/* True if the event needs a version of the record, in the sense of the version
   graph, where every read is of the current version. */
static inline bool effect_is_input(const struct effect *effect)
{
	return (effect->what & (EFFECT_READ | EFFECT_NAMED | EFFECT_WRITE)) !=
	       0;
}

#endif
