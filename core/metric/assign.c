#include "metric/assign.h"

#include <assert.h>

/* Of equal scores the first in this order wins. */
enum choice { PAIR, SKIP_LOG, SKIP_REC };

/* The records first .. last - 1 of one cluster. */
struct cluster {
	uint32_t first, last;
	uint64_t cells; /* sum of its runs */
};

/* log - rec, which may overflow an int64. */
static __int128 delay(const struct assign_input *in, uint32_t i, uint32_t j)
{
	return (__int128)in->log[j] - in->rec[i];
}

static void find_runs(const struct assign_input *in, struct assign_run *runs)
{
	uint32_t start = 0, end = 0;

	for (uint32_t i = 0; i < in->n_rec; i++) {
		while (start < in->n_log &&
			delay(in, i, start) < -(__int128)in->window.before)
			start++;
		while (end < in->n_log && delay(in, i, end) <= in->window.after)
			end++;
		runs[i] = (struct assign_run) {start, end, 0};
	}
}

static struct cluster cluster_from(
	const struct assign_run *runs, uint32_t n, uint32_t first)
{
	struct cluster cluster = {first, first, 0};
	uint32_t reached;

	do {
		const struct assign_run *run = &runs[cluster.last++];

		cluster.cells += run->end - run->start;
		reached = run->end;
	} while (cluster.last < n && runs[cluster.last].start < reached);
	return cluster;
}

/* How many log events are in the windows of the cluster. */
static uint32_t count_logs(
	const struct assign_run *runs, const struct cluster *cluster)
{
	return runs[cluster->last - 1].end - runs[cluster->first].start;
}

static bool is_better(struct assign_score a, struct assign_score b)
{
	if (a.pairs != b.pairs)
		return a.pairs > b.pairs;
	return a.distance < b.distance;
}

/* One row of the table with the run that it covers. */
struct table_row {
	const struct assign_run *run;
	struct assign_score *scores;
};

/* The best from record i and log event j on, row i given. Past its run a row
   has one more cell, where the record can no longer be paired. */
static struct assign_score best_from(const struct table_row *row, uint32_t j)
{
	if (!row->run)
		return (struct assign_score) {0};
	return row->scores[j > row->run->start ? j - row->run->start : 0];
}

static void fill_row(const struct assign_input *in, uint32_t i,
	const struct table_row *row, const struct table_row *next,
	uint8_t *choices)
{
	uint32_t start = row->run->start, end = row->run->end;

	row->scores[end - start] = best_from(next, end);
	choices[end - start] = SKIP_REC;
	for (uint32_t j = end; j-- > start;) {
		__int128 distance = delay(in, i, j);
		struct assign_score best = best_from(next, j + 1);
		struct assign_score without_log = row->scores[j + 1 - start];
		struct assign_score without_rec = best_from(next, j);
		uint8_t choice = PAIR;

		best.pairs++;
		best.distance += (unsigned __int128)(distance < 0 ? -distance
								  : distance);
		if (is_better(without_log, best)) {
			best = without_log;
			choice = SKIP_LOG;
		}
		if (is_better(without_rec, best)) {
			best = without_rec;
			choice = SKIP_REC;
		}
		row->scores[j - start] = best;
		choices[j - start] = choice;
	}
}

/* Lays out the rows of the choices; returns the width of the widest. */
static size_t lay_out(struct assign_run *runs, const struct cluster *cluster)
{
	size_t cells = 0, widest = 0;

	for (uint32_t i = cluster->first; i < cluster->last; i++) {
		size_t width = (size_t)runs[i].end - runs[i].start + 1;

		runs[i].cells = cells;
		cells += width;
		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Of the scores two rows are kept, of the choices all. */
static void fill_table(struct assign_space *space,
	const struct assign_input *in, const struct cluster *cluster)
{
	struct assign_run *runs = space->runs.at;
	size_t widest = lay_out(runs, cluster);
	struct table_row next = {0};

	vec_reserve(space->a, &space->scores, 2 * widest);
	vec_reserve(space->a, &space->choices,
		cluster->cells + cluster->last - cluster->first);
	for (uint32_t i = cluster->last; i-- > cluster->first;) {
		struct table_row row = {&runs[i],
			space->scores.at + (cluster->last - i) % 2 * widest};

		fill_row(in, i, &row, &next, space->choices.at + runs[i].cells);
		next = row;
	}
}

static void follow_table(const struct assign_space *space,
	const struct cluster *cluster, uint32_t *left, uint32_t *partner)
{
	const struct assign_run *runs = space->runs.at;
	uint32_t i = cluster->first, j = runs[i].start;

	while (i < cluster->last) {
		const uint8_t *choices = space->choices.at + runs[i].cells;
		uint8_t choice;

		j = j > runs[i].start ? j : runs[i].start;
		choice = choices[j - runs[i].start];
		if (choice == PAIR) {
			partner[i] = j;
			left[j]--;
		}
		i += choice != SKIP_LOG;
		j += choice != SKIP_REC;
	}
}

static uint32_t walk(const struct assign_run *runs,
	const struct cluster *cluster, uint32_t *left, uint32_t *partner)
{
	uint32_t i = cluster->first, j = runs[i].start, paired = 0;

	while (i < cluster->last) {
		if (j >= runs[i].end) {
			i++;
		} else if (j < runs[i].start || left[j] == 0) {
			j++;
		} else {
			partner[i++] = j;
			left[j]--;
			paired++;
		}
	}
	return paired;
}

static bool needs_walk(const struct assign_input *in,
	const struct assign_run *runs, const struct cluster *cluster,
	const uint32_t *left)
{
	uint64_t rows = (uint64_t)cluster->last - cluster->first +
			count_logs(runs, cluster);

	for (uint32_t j = runs[cluster->first].start;
		j < runs[cluster->last - 1].end; j++)
		if (left[j] != 1)
			return true;
	return cluster->cells > in->cells_per_row * rows;
}

/* Returns how many records the walk has paired. */
static uint32_t solve(struct assign_space *space, const struct assign_input *in,
	const struct cluster *cluster, uint32_t *left, uint32_t *partner)
{
	if (needs_walk(in, space->runs.at, cluster, left))
		return walk(space->runs.at, cluster, left, partner);
	fill_table(space, in, cluster);
	follow_table(space, cluster, left, partner);
	return 0;
}

uint32_t assign_pairs(struct assign_space *space, const struct assign_input *in,
	uint32_t *left, uint32_t *partner)
{
	uint32_t walked = 0, i = 0;

	assert(in->window.before >= 0 && in->window.after >= 0);
	vec_reserve(space->a, &space->runs, in->n_rec);
	find_runs(in, space->runs.at);
	for (uint32_t r = 0; r < in->n_rec; r++)
		partner[r] = ASSIGN_NONE;
	while (i < in->n_rec) {
		const struct assign_run *runs = space->runs.at;
		struct cluster cluster = cluster_from(runs, in->n_rec, i);

		i = cluster.last;
		if (cluster.cells > 0)
			walked += solve(space, in, &cluster, left, partner);
	}
	return walked;
}
