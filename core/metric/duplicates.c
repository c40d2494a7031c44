#include "metric/duplicates.h"

#include "graph/pairs.h"

/* Incidents as dense numbers from 1; columns by number. */
struct work {
	struct arena scratch;
	const struct table *incidents;
	struct pairs ids;
	bool *has_row;  /* one that is no duplicate */
	uint32_t *link; /* the incident that it duplicates, or 0 */
	uint32_t *root; /* where the links end, or 0 while not known */
	uint32_t *path; /* of the walk at hand */
	bool *on_path;
};

static uint32_t number_of(struct work *work, sym id)
{
	struct pair pair = {0, id};

	return pairs_put(&work->scratch, &work->ids, pair);
}

/* The incident that a row duplicates, or 0. */
static sym target_of(const struct work *work, uint32_t at)
{
	sym id = table_sym(work->incidents, INCIDENT_ID, at);
	sym of = table_sym(work->incidents, INCIDENT_DUPLICATE_OF, at);

	return of == id ? 0 : of;
}

static void read_links(struct work *work)
{
	struct arena *a = &work->scratch;
	size_t most = 2 * (size_t)work->incidents->n + 1;

	work->has_row = arena_array(a, bool, most);
	work->link = arena_array(a, uint32_t, most);
	work->root = arena_array(a, uint32_t, most);
	work->path = arena_array(a, uint32_t, most);
	work->on_path = arena_array(a, bool, most);
	for (uint32_t i = 0; i < work->incidents->n; i++) {
		uint32_t own = number_of(
			work, table_sym(work->incidents, INCIDENT_ID, i));
		sym target = target_of(work, i);

		if (target == 0)
			work->has_row[own] = true;
		else if (work->link[own] == 0)
			work->link[own] = number_of(work, target);
	}
}

/* Follows the links from v to an incident with a row of its own, or without
   any row, or round a circle to the first one of the walk that is met again;
   all on the way get to know it. */
static uint32_t find_root(struct work *work, uint32_t v)
{
	size_t n = 0;

	while (work->root[v] == 0 && !work->on_path[v]) {
		work->on_path[v] = true;
		work->path[n++] = v;
		if (work->has_row[v] || work->link[v] == 0)
			break;
		v = work->link[v];
	}
	if (work->root[v])
		v = work->root[v];
	for (size_t i = 0; i < n; i++)
		work->root[work->path[i]] = v;
	return v;
}

const sym *duplicates_settle(struct arena *a, const struct table *incidents)
{
	struct work work = {.incidents = incidents};
	sym *out = arena_array(a, sym, incidents->n);

	read_links(&work);
	for (uint32_t i = 0; i < incidents->n; i++) {
		sym target = target_of(&work, i);
		uint32_t root;

		out[i] = table_sym(incidents, INCIDENT_ID, i);
		if (target == 0)
			continue;
		root = find_root(&work, number_of(&work, target));
		out[i] = work.has_row[root] ? 0
					    : pairs_get(&work.ids, root).right;
	}
	arena_free(&work.scratch);
	return out;
}
