/*
 * The read-only view of what was loaded, for rules and metrics. All pointers
 * borrow from the run; nothing here changes after loading.
 */
#ifndef GRAPH_FACTS_H
#define GRAPH_FACTS_H

#include "base/symbols.h"
#include "model/event.h"
#include "model/inputs.h"
#include "model/roles.h"

struct facts {
	const struct words *words;
	const struct symbols *strings;
	const struct event_table *events;
	const struct role_table *roles;     /* ROLE_N of them */
	const struct source_facts *sources; /* sorted by name */
	size_t n_sources;
	const uint32_t *source_of_file; /* by file number - 1 */
	const struct files *files;
	int64_t first; /* oldest readable time, CELL_ABSENT if there is none */
	int64_t as_of;
	bool closed_log;
	int64_t period_from, period_to; /* half-open, ns */
};

/* The source of a row, as a position in facts->sources. */
static inline uint32_t facts_source(const struct facts *facts, row e)
{
	return facts->source_of_file[facts->events->file[e] - 1];
}

/* File and line of a row. */
struct loc facts_place(const struct facts *facts, row e);

/* The position of a source by name, or n_sources. */
size_t facts_find_source(const struct facts *facts, struct str name);

/* The column for a word and form, or WORD_NONE if it was not needed. */
uint32_t facts_column(
	const struct facts *facts, uint32_t word, enum column_form form);

/* The text of a row in a COLUMN_SYM column, its first one if it has several;
   empty if absent or if the column is WORD_NONE. Lives as long as the strings
   of the facts and the arena. */
struct str facts_text(
	struct arena *a, const struct facts *facts, uint32_t column, row e);

/* The symbol of a row in a COLUMN_SYM column, its first one if it has several;
   0 if it is absent or if the column is WORD_NONE. */
static inline sym facts_sym(const struct facts *facts, uint32_t column, row e)
{
	sym cell;

	if (column == WORD_NONE)
		return 0;
	cell = facts->events->cells.columns[column].syms[e];
	if (cell & SYM_LIST)
		return table_sym(&facts->events->cells, column, e);
	return cell;
}

/* True if the row was not merged into an equal one. */
static inline bool facts_is_live(const struct facts *facts, row e)
{
	return (facts->events->marks[e] & EVENT_MERGED) == 0;
}

/* The first timed row at or after an instant, or n_timed. */
row facts_row_at(const struct facts *facts, int64_t time);

#endif
