#include "metric/gap_list.h"

#include "metric/quarters.h"
#include "metric/trail.h"

#include <stdlib.h>

#define PLACES_MAX 5
#define UNTIMED    SIZE_MAX

/* What a transaction is grouped by. */
struct key {
	uint32_t transaction;
	sym system, type, action;
	size_t quarter;
};

struct work {
	const struct judged *judged;
	struct quarters quarters;
	uint32_t system, type, action; /* columns */
	struct key *keys;              /* sorted, so that groups are runs */
	size_t n;
	uint64_t denominator;
};

static int compare_groups(const struct key *a, const struct key *b)
{
	if (a->system != b->system)
		return a->system < b->system ? -1 : 1;
	if (a->type != b->type)
		return a->type < b->type ? -1 : 1;
	if (a->action != b->action)
		return a->action < b->action ? -1 : 1;
	return (a->quarter > b->quarter) - (a->quarter < b->quarter);
}

static int compare_keys(const void *left, const void *right)
{
	const struct key *a = left, *b = right;
	int order = compare_groups(a, b);

	if (order != 0)
		return order;
	return a->transaction < b->transaction
		       ? -1
		       : a->transaction > b->transaction;
}

/* A group with the keys that it is made of. */
struct group {
	struct gap_group gap;
	const struct key *keys;
	size_t n;
};

/* By what is lost, then by the texts that are printed. */
static int compare_groups_lost(const void *left, const void *right)
{
	const struct gap_group *a = &((const struct group *)left)->gap;
	const struct gap_group *b = &((const struct group *)right)->gap;
	const struct str of_a[] = {
		a->system, a->object_type, a->action, a->quarter};
	const struct str of_b[] = {
		b->system, b->object_type, b->action, b->quarter};

	if (a->lost != b->lost)
		return a->lost > b->lost ? -1 : 1;
	for (size_t i = 0; i < sizeof(of_a) / sizeof(of_a[0]); i++) {
		int order = str_compare(of_a[i], of_b[i]);

		if (order != 0)
			return order;
	}
	return 0;
}

static size_t quarter_of(const struct work *work, int64_t time)
{
	return time == MATCH_UNTIMED ? UNTIMED
				     : quarters_find(&work->quarters, time);
}

static struct key key_of(const struct work *work, uint32_t i)
{
	const struct judged *judged = work->judged;
	const struct facts *facts = judged->in->facts;
	row e = judged->rec.events[i];

	return (struct key) {.transaction = i,
		.system = facts_sym(facts, work->system, e),
		.type = facts_sym(facts, work->type, e),
		.action = facts_sym(facts, work->action, e),
		.quarter = quarter_of(work, judged->rec.columns.time[i])};
}

static bool is_listed(uint8_t status)
{
	return status != TRAIL_EXCLUDED && status != TRAIL_MATCHED;
}

static void collect(struct work *work, struct arena *a)
{
	const struct judged *judged = work->judged;
	uint32_t n = 0;

	for (uint32_t i = 0; i < judged->rec.columns.n; i++) {
		work->denominator += judged->status[i] != TRAIL_EXCLUDED;
		n += is_listed(judged->status[i]);
	}
	work->keys = arena_array(a, struct key, n);
	for (uint32_t i = 0; i < judged->rec.columns.n; i++)
		if (is_listed(judged->status[i]))
			work->keys[work->n++] = key_of(work, i);
	qsort(work->keys, n, sizeof(*work->keys), compare_keys);
}

static struct gap_group gap_of(
	const struct work *work, const struct key *keys, size_t n)
{
	const struct facts *facts = work->judged->in->facts;
	struct arena *a = work->judged->in->a;
	struct gap_group gap = {
		.system = metric_system_name(a, facts, keys->system),
		.object_type = symbols_get(a, facts->strings, keys->type),
		.action = symbols_get(a, facts->strings, keys->action),
		.quarter = keys->quarter == UNTIMED
				   ? STR("(untimed)")
				   : quarters_name(
					     a, &work->quarters, keys->quarter),
		.of = work->denominator};

	for (size_t i = 0; i < n; i++) {
		uint8_t status = work->judged->status[keys[i].transaction];

		gap.missing += status == TRAIL_MISSING;
		gap.unverifiable += status == TRAIL_UNVERIFIABLE;
		gap.partial += status == TRAIL_PARTIAL;
		gap.late += status == TRAIL_LATE;
	}
	gap.lost = gap.missing + gap.unverifiable;
	return gap;
}

/* How many keys from `start` on are of one group. */
static size_t group_size(const struct work *work, size_t start)
{
	size_t end = start + 1;

	while (end < work->n &&
		compare_groups(&work->keys[start], &work->keys[end]) == 0)
		end++;
	return end - start;
}

static struct gap_group with_places(
	const struct work *work, const struct group *group)
{
	const struct facts *facts = work->judged->in->facts;
	size_t n = group->n < PLACES_MAX ? group->n : PLACES_MAX;
	struct place *places = arena_array(
		work->judged->in->a, struct place, n);
	struct gap_group gap = group->gap;

	for (size_t i = 0; i < n; i++) {
		row e = work->judged->rec.events[group->keys[i].transaction];
		struct loc loc = facts_place(facts, e);

		places[i] = (struct place) {
			files_path(facts->files, loc.file), loc.line};
	}
	gap.places = places;
	gap.n_places = n;
	return gap;
}

/* There may be as many groups as transactions: of those that are not kept
   nothing remains but their number. */
static void list_groups(const struct work *work, struct arena *scratch,
	struct completeness *out)
{
	struct group *groups;
	struct gap_group *gaps;
	size_t n = 0, kept;

	for (size_t i = 0; i < work->n; i += group_size(work, i))
		n++;
	groups = arena_array(scratch, struct group, n);
	n = 0;
	for (size_t i = 0; i < work->n; i += groups[n++].n) {
		groups[n].keys = &work->keys[i];
		groups[n].n = group_size(work, i);
		groups[n].gap = gap_of(work, groups[n].keys, groups[n].n);
	}
	qsort(groups, n, sizeof(*groups), compare_groups_lost);
	kept = n < GAP_LIST_MAX ? n : GAP_LIST_MAX;
	gaps = arena_array(work->judged->in->a, struct gap_group, kept);
	for (size_t i = 0; i < kept; i++)
		gaps[i] = with_places(work, &groups[i]);
	out->gaps = gaps;
	out->gaps_total = n;
	out->n_gaps = kept;
}

void gap_list_fill(const struct judged *judged, struct completeness *out)
{
	struct arena scratch = {0};
	const struct words *words = judged->in->facts->words;
	struct work work = {.judged = judged,
		.quarters = quarters_of(judged->in),
		.system = words_column(words, STR("src_system"), COLUMN_SYM),
		.type = words_column(words, STR("object_type"), COLUMN_SYM),
		.action = words_column(words, STR("action"), COLUMN_SYM)};

	collect(&work, &scratch);
	list_groups(&work, &scratch, out);
	arena_free(&scratch);
}
