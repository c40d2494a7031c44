#include "metric/legal_risk.h"

#include <stdlib.h>

/* A duty by its systems. */
struct item {
	const struct duty *duty;
	size_t n_words;
};

/* The duties that depend on one set of systems. */
struct group {
	size_t *systems; /* positions in outages->at */
	size_t n;
	bool none_known; /* so all of them */
	struct interval_set down;
	struct interval_index index;
};

struct work {
	struct arena scratch;
	const struct duties *duties;
	const struct outages *outages;
	int64_t exposed_ns;
	struct interval_set *windows; /* per system: when some duty is open */
	struct legal_risk out;
};

static int compare_systems(const struct item *a, const struct item *b)
{
	for (size_t w = 0; w < a->n_words; w++)
		if (a->duty->systems[w] != b->duty->systems[w])
			return a->duty->systems[w] < b->duty->systems[w] ? -1
									 : 1;
	return 0;
}

static int compare_items(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	int order = compare_systems(a, b);

	if (order != 0)
		return order;
	return a->duty < b->duty ? -1 : a->duty > b->duty;
}

static struct item *sorted_duties(struct work *work)
{
	const struct duties *duties = work->duties;
	struct item *items = arena_array(
		&work->scratch, struct item, duties->n);

	for (size_t i = 0; i < duties->n; i++)
		items[i] = (struct item) {&duties->at[i], duties->n_words};
	qsort(items, duties->n, sizeof(*items), compare_items);
	return items;
}

/* ---- one set of systems ---- */

static void add_system(struct work *work, struct group *group, size_t position)
{
	const struct interval_set *down = &work->outages->at[position].down;

	group->systems[group->n++] = position;
	for (size_t i = 0; i < down->n; i++)
		vec_push(&work->scratch, &group->down, down->at[i]);
}

/* A system that never was down can be left out. */
static void add_known_systems(
	struct work *work, struct group *group, const struct duty *duty)
{
	for (size_t i = 0; i < work->duties->n_systems; i++) {
		size_t position;

		if (!duty_has(duty, i))
			continue;
		group->none_known = false;
		position = outages_find(
			work->outages, work->duties->systems[i]);
		if (position < work->outages->n)
			add_system(work, group, position);
	}
}

static struct group group_of(struct work *work, const struct duty *duty)
{
	struct group group = {.none_known = true,
		.systems = arena_array(
			&work->scratch, size_t, work->outages->n)};

	add_known_systems(work, &group, duty);
	for (size_t i = 0; group.none_known && i < work->outages->n; i++)
		add_system(work, &group, i);
	group.down = interval_union(
		&work->scratch, group.down.at, group.down.n);
	group.index = interval_index(&work->scratch, &group.down);
	return group;
}

/* ---- one duty ---- */

static bool is_exposed(const struct work *work, const struct group *group,
	const struct duty *d)
{
	struct interval last = {d->due - work->exposed_ns, d->due};

	if (last.start < d->start)
		last.start = d->start;
	return interval_overlap(&group->index, last) > 0;
}

static void judge(
	struct work *work, const struct group *group, const struct duty *duty)
{
	struct legal_risk *out = &work->out;
	struct interval open = {duty->start, duty->end};
	int64_t overlap = (int64_t)interval_overlap(&group->index, open);

	for (size_t i = 0; i < group->n; i++)
		vec_push(&work->scratch, &work->windows[group->systems[i]],
			open);
	out->obligations++;
	out->without_system += group->none_known;
	out->sum_ns += overlap;
	out->exposed += is_exposed(work, group, duty);
	if (!duty->missed || overlap == 0)
		return;
	out->missed++;
	out->missed_if_minus += duty->done == CELL_ABSENT ||
				duty->done > duty->due + overlap;
}

/* ---- all of them ---- */

static void judge_all(struct work *work)
{
	struct item *items = sorted_duties(work);
	struct group group = {0};

	for (size_t i = 0; i < work->duties->n; i++) {
		if (i == 0 || compare_systems(&items[i - 1], &items[i]) != 0)
			group = group_of(work, items[i].duty);
		judge(work, &group, items[i].duty);
	}
}

/* Downtime of each system while some duty of it is open. */
static void intersect(struct work *work, struct arena *a)
{
	const struct outages *outages = work->outages;
	struct interval_set all;
	struct interval_set *legal = arena_array(
		a, struct interval_set, outages->n);

	for (size_t s = 0; s < outages->n; s++) {
		struct interval_set open = interval_union(&work->scratch,
			work->windows[s].at, work->windows[s].n);

		legal[s] = interval_intersect(a, &outages->at[s].down, &open);
	}
	all = outages_join(&work->scratch, legal, outages->n);
	work->out.by_system = legal;
	work->out.any_ns = (int64_t)interval_length(&all);
}

struct legal_risk legal_risk_of(struct arena *a, const struct duties *duties,
	const struct outages *outages, int64_t exposed_ns)
{
	struct work work = {
		.duties = duties, .outages = outages, .exposed_ns = exposed_ns};

	work.windows = arena_array(
		&work.scratch, struct interval_set, outages->n);
	judge_all(&work);
	intersect(&work, a);
	arena_free(&work.scratch);
	return work.out;
}
