#include "graph/facts.h"

struct loc facts_place(const struct facts *facts, row e)
{
	return (struct loc) {facts->events->file[e], facts->events->line[e], 0};
}

size_t facts_find_source(const struct facts *facts, struct str name)
{
	for (size_t i = 0; i < facts->n_sources; i++)
		if (str_equal(facts->sources[i].name, name))
			return i;
	return facts->n_sources;
}

uint32_t facts_column(
	const struct facts *facts, uint32_t word, enum column_form form)
{
	const struct need_vec *needs = &facts->words->needs;

	for (size_t i = 0; i < needs->n; i++)
		if (needs->at[i].word == word && needs->at[i].form == form)
			return (uint32_t)i;
	return WORD_NONE;
}

struct str facts_text(
	struct arena *a, const struct facts *facts, uint32_t column, row e)
{
	if (column == WORD_NONE)
		return STR("");
	return symbols_get(
		a, facts->strings, table_sym(&facts->events->cells, column, e));
}

row facts_row_at(const struct facts *facts, int64_t time)
{
	row low = 0, high = facts->events->n_timed;

	while (low < high) {
		row half = low + (high - low) / 2;

		if (facts->events->time[half] < time)
			low = half + 1;
		else
			high = half;
	}
	return low;
}
