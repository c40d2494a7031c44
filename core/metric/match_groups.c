#include "match_p.h"

#include "base/sort.h"

static bool has_all_keys(
	const uint32_t *const keys[MAX_KEYS], uint8_t n, uint32_t row)
{
	for (uint8_t k = 0; k < n; k++)
		if (keys[k][row] == 0)
			return false;
	return true;
}

/* Timed rows by time and rank, then the others by rank. */
static void sort_by_time(
	struct arena *a, const struct match_side *side, struct rows rows)
{
	uint32_t *untimed = arena_array(a, uint32_t, rows.n);
	uint32_t n = 0, n_untimed = 0;

	if (side->rank)
		sort_rows_by_u32(side->rank, rows.at, rows.n);
	for (uint32_t i = 0; i < rows.n; i++)
		if (side->time[rows.at[i]] == MATCH_UNTIMED)
			untimed[n_untimed++] = rows.at[i];
		else
			rows.at[n++] = rows.at[i];
	for (uint32_t i = 0; i < n_untimed; i++)
		rows.at[n + i] = untimed[i];
	sort_rows_by_i64(side->time, rows.at, n);
}

/* Which rows of a side take part in a round. */
struct choice {
	const struct prepared *side;
	const uint32_t *const *keys;
	enum action action;      /* or ACTION_NONE: any */
	const struct bits *only; /* values of the first key, or NULL: any */
};

static bool is_chosen(
	const struct choice *choice, const struct round *round, uint32_t row)
{
	const struct prepared *side = choice->side;

	return side->left[row] > 0 &&
	       has_all_keys(choice->keys, round->n_keys, row) &&
	       (!choice->only ||
		       bits_has(choice->only, choice->keys[0][row])) &&
	       (!round->is_timed || has_usable_time(side->side, row)) &&
	       (!choice->action || side->action[row] == choice->action);
}

/* The chosen rows, by key and then in time order. */
static struct rows pick(
	struct arena *a, const struct round *round, const struct choice *choice)
{
	const struct prepared *side = choice->side;
	struct rows rows = {arena_array(a, uint32_t, side->n_open), 0};

	for (uint32_t i = 0; i < side->n_open; i++)
		if (is_chosen(choice, round, side->open[i]))
			rows.at[rows.n++] = side->open[i];
	sort_by_time(a, side->side, rows);
	for (uint8_t k = round->n_keys; k-- > 0;)
		sort_rows_by_u32(choice->keys[k], rows.at, rows.n);
	return rows;
}

/* The values of the first key that rows, sorted by it, have. */
static struct bits first_keys(
	struct arena *a, const uint32_t *key, struct rows rows)
{
	size_t n = rows.n ? (size_t)key[rows.at[rows.n - 1]] + 1 : 0;
	struct bits values = bits_new(a, n);

	for (uint32_t i = 0; i < rows.n; i++)
		bits_add(&values, key[rows.at[i]]);
	return values;
}

static int compare_keys(const struct round *round, uint32_t rec, uint32_t log)
{
	for (uint8_t k = 0; k < round->n_keys; k++) {
		uint32_t a = round->rec[k][rec], b = round->log[k][log];

		if (a != b)
			return a < b ? -1 : 1;
	}
	return 0;
}

/* The rows of both sides that have the key of the first ones, which agree. */
static struct group group_at(
	const struct round *round, struct rows rec, struct rows log)
{
	struct group group = {{rec.at, 0}, {log.at, 0}};

	while (group.log.n < log.n &&
		compare_keys(round, rec.at[0], log.at[group.log.n]) == 0)
		group.log.n++;
	while (group.rec.n < rec.n &&
		compare_keys(round, rec.at[group.rec.n], log.at[0]) == 0)
		group.rec.n++;
	return group;
}

static struct rows behind(struct rows rows, uint32_t n)
{
	return (struct rows) {rows.at + n, rows.n - n};
}

void match_each_group(
	struct matching *m, const struct round *round, group_fn *fn)
{
	struct arena scratch = {0};
	struct choice choice = {&m->rec, round->rec, round->rec_action, NULL};
	struct rows rec = pick(&scratch, round, &choice), log;
	struct bits wanted = first_keys(&scratch, round->rec[0], rec);

	choice = (struct choice) {
		&m->log, round->log, round->log_action, &wanted};
	log = pick(&scratch, round, &choice);
	while (rec.n > 0 && log.n > 0) {
		int order = compare_keys(round, rec.at[0], log.at[0]);

		if (order < 0) {
			rec = behind(rec, 1);
		} else if (order > 0) {
			log = behind(log, 1);
		} else {
			struct group group = group_at(round, rec, log);

			fn(m, round, &group);
			rec = behind(rec, group.rec.n);
			log = behind(log, group.log.n);
		}
	}
	arena_free(&scratch);
}
