#include "rule/definition.h"

/* The types of a definition as a set of symbols. */
static struct bits type_syms(struct arena *a, const struct facts *facts,
	const struct event_definition *definition)
{
	struct bits types = bits_new(a, symbols_count(facts->strings));

	for (size_t i = 0; i < definition->types.n; i++) {
		sym type = symbols_find(
			facts->strings, definition->types.at[i]);

		if (type)
			bits_add(&types, type);
	}
	return types;
}

static bool has_type(
	const struct definition_reader *reader, const struct bits *types, row e)
{
	const struct facts *facts = reader->facts;
	uint32_t column = facts_column(
		facts, reader->v->event_type, COLUMN_SYM);

	return column != WORD_NONE &&
	       bits_has(types, table_sym(&facts->events->cells, column, e));
}

void definition_add_rows(const struct definition_reader *reader,
	const struct event_definition *definition, const struct bits *among,
	struct bits *rows)
{
	struct arena scratch = {0};
	const struct facts *facts = reader->facts;
	struct bits types = type_syms(&scratch, facts, definition);
	struct where_eval *where = where_eval_new(
		&scratch, facts, &definition->where);

	for (size_t i = bits_next(among, 0); i < among->n;
		i = bits_next(among, i + 1)) {
		row e = (row)i;

		if (sets_may_define(
			    reader->sets, definition, facts_source(facts, e)) &&
			(definition->types.n == 0 ||
				has_type(reader, &types, e)) &&
			where_eval_row(where, e) == TRUTH_TRUE)
			bits_add(rows, i);
	}
	arena_free(&scratch);
}
