#include "metric/exclusions.h"

#include "base/sort.h"
#include "metric/interval.h"

/* What an exclusion is held against. */
struct subject {
	sym type, id;
	int64_t time;
};

static bool covers(
	const struct table *cells, uint32_t at, const struct subject *subject)
{
	sym type = table_sym(cells, EXCLUSION_TYPE, at);
	int64_t from = cells->columns[EXCLUSION_FROM].values[at];
	int64_t to = cells->columns[EXCLUSION_TO].values[at];
	bool timed = subject->time != CELL_ABSENT;

	if (type && type != subject->type)
		return false;
	if (from == CELL_UNREADABLE || to == CELL_UNREADABLE)
		return false;
	if (cell_is_value(from) && (!timed || subject->time < from))
		return false;
	return !cell_is_value(to) || (timed && subject->time < to + NS_PER_DAY);
}

/* The exclusions by the object they name, so that each transaction looks at
   its own ones only. */
struct index {
	const struct table *cells;
	uint32_t *start, *order;
};

static struct index index_build(
	struct arena *a, const struct table *cells, size_t n_syms)
{
	struct index index = {.cells = cells,
		.start = arena_array(a, uint32_t, n_syms + 1),
		.order = arena_array(a, uint32_t, cells->n)};
	uint32_t *ids = arena_array(a, uint32_t, cells->n);

	for (uint32_t i = 0; i < cells->n; i++)
		ids[i] = table_sym(cells, EXCLUSION_ID, i);
	sort_group(ids, cells->n, n_syms, index.start, index.order);
	return index;
}

static bool is_excluded(
	const struct index *index, const struct subject *subject)
{
	for (uint32_t i = index->start[subject->id];
		i < index->start[subject->id + 1]; i++)
		if (covers(index->cells, index->order[i], subject))
			return true;
	return false;
}

const bool *exclusions_find(
	struct arena *a, const struct facts *facts, const struct side *rec)
{
	struct arena scratch = {0};
	const struct table *cells = &facts->roles[ROLE_REGISTER].cells;
	uint32_t type = words_column(
		facts->words, STR("object_type"), COLUMN_SYM);
	uint32_t id = words_column(facts->words, STR("object_id"), COLUMN_SYM);
	bool *excluded = arena_array(a, bool, rec->columns.n);
	struct index index;

	if (cells->n == 0)
		return excluded;
	index = index_build(&scratch, cells, symbols_count(facts->strings));
	for (uint32_t i = 0; i < rec->columns.n; i++) {
		row e = rec->events[i];
		struct subject subject = {facts_sym(facts, type, e),
			facts_sym(facts, id, e), facts->events->time[e]};

		excluded[i] = is_excluded(&index, &subject);
	}
	arena_free(&scratch);
	return excluded;
}

static void add_gaps(struct arena *a, const struct source_facts *source,
	struct interval_set *list)
{
	for (size_t i = 0; i < source->n_gaps; i++)
		vec_push(a, list,
			((struct interval) {
				source->gaps[i].from, source->gaps[i].to}));
}

static struct interval_set gaps_of(struct arena *a, const struct facts *facts)
{
	struct interval_set list = {0};

	for (size_t s = 0; s < facts->n_sources; s++) {
		const struct source_facts *source = &facts->sources[s];

		if (source->roles & 1u << ROLE_AUDIT_LOG)
			add_gaps(a, source, &list);
	}
	return interval_union(a, list.at, list.n);
}

const bool *exclusions_unverifiable(
	struct arena *a, const struct facts *facts, const struct side *rec)
{
	struct arena scratch = {0};
	struct interval_set gaps = gaps_of(&scratch, facts);
	struct interval_index index = interval_index(&scratch, &gaps);
	bool *unverifiable = arena_array(a, bool, rec->columns.n);

	for (uint32_t i = 0; i < rec->columns.n; i++) {
		int64_t time = rec->columns.time[i];
		struct interval at = {time, time + 1};

		unverifiable[i] = time == MATCH_UNTIMED ||
				  (gaps.n && interval_overlap(&index, at) > 0);
	}
	arena_free(&scratch);
	return unverifiable;
}
