#include "metric/incident_set.h"

#include "metric/duplicates.h"

#include <stdlib.h>

/* One row of the table, with its own times. */
struct row_times {
	int64_t detected, fixed;
	bool is_proxy;
};

static int64_t happened(const struct metric_input *in,
	const struct table *cells, uint32_t at, enum incident_field field)
{
	int64_t time = cells->columns[field].values[at];

	if (!cell_is_value(time) || time > in->facts->as_of)
		return CELL_ABSENT;
	return time;
}

static int64_t earlier(int64_t a, int64_t b)
{
	if (a == CELL_ABSENT)
		return b;
	return b == CELL_ABSENT || a < b ? a : b;
}

static struct row_times times_of(
	const struct metric_input *in, const struct table *cells, uint32_t at)
{
	struct row_times times = {
		.detected = happened(in, cells, at, INCIDENT_DETECTED),
		.fixed = happened(in, cells, at, INCIDENT_RESOLVED)};

	if (times.detected == CELL_ABSENT) {
		times.is_proxy = true;
		times.detected = happened(in, cells, at, INCIDENT_CREATED);
	}
	if (times.detected == CELL_ABSENT)
		times.detected = happened(in, cells, at, INCIDENT_OPENED);
	if (in->params->fixed_first)
		times.fixed = earlier(times.fixed,
			happened(in, cells, at, INCIDENT_MITIGATED));
	return times;
}

/* The date by which the rate counts an incident. */
static int64_t date_of(const struct metric_input *in, const struct table *cells,
	uint32_t at, int64_t detected)
{
	if (in->params->date == DATE_OCCURRED)
		return happened(in, cells, at, INCIDENT_OCCURRED);
	if (in->params->date == DATE_REPORTED)
		return happened(in, cells, at, INCIDENT_REPORTED);
	return detected;
}

static struct incident_item start_item(
	const struct metric_input *in, const struct table *cells, uint32_t at)
{
	const struct role_origin *origin =
		&in->facts->roles[ROLE_INCIDENTS].origins.at[at];

	return (struct incident_item) {.id = table_sym(cells, INCIDENT_ID, at),
		.date = CELL_ABSENT,
		.detected = CELL_ABSENT,
		.fixed = CELL_ABSENT,
		.loc = {origin->file, origin->line, 0}};
}

/* Adds a row, which comes in the order of detection, to its incident. */
static void add_row(const struct metric_input *in, const struct table *cells,
	uint32_t at, struct incident_item *item)
{
	struct row_times times = times_of(in, cells, at);
	int64_t end = times.fixed == CELL_ABSENT ? in->facts->as_of
						 : times.fixed;

	if (item->rows++ == 0) {
		item->detected = times.detected;
		item->is_proxy = times.is_proxy;
		item->date = date_of(in, cells, at, times.detected);
	}
	item->fixed = times.fixed;
	item->is_open = times.fixed == CELL_ABSENT;
	item->regulatory |= in->regulatory[at];
	item->reportable |= in->reportable[at];
	if (times.detected != CELL_ABSENT && end >= times.detected)
		item->worked += end - times.detected;
	if (!item->is_open &&
		(times.detected == CELL_ABSENT || times.fixed < times.detected))
		item->is_error = true;
}

static void complain(
	const struct metric_input *in, const struct incident_item *item)
{
	diag_add(in->diag, DIAG_DATA_ERROR, item->loc,
		"incident '%.*s' is fixed %s; it does not count for the time "
		"to remediate",
		STR_ARG(intern_get(in->facts->strings, item->id)),
		item->detected == CELL_ABSENT ? "but was never detected"
					      : "before it was detected");
}

struct sort_row {
	sym id;
	uint32_t at;
	int64_t detected;
};

static int compare_rows(const void *left, const void *right)
{
	const struct sort_row *a = left, *b = right;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	if (a->detected != b->detected)
		return a->detected < b->detected ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static int compare_items(const void *left, const void *right)
{
	const struct incident_item *a = left, *b = right;

	if (a->detected != b->detected)
		return a->detected < b->detected ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* The rows that count, grouped by id and in the order of detection. */
static struct sort_row *sorted_rows(const struct metric_input *in,
	struct arena *a, size_t *n, uint64_t *duplicates)
{
	const struct table *cells = &in->facts->roles[ROLE_INCIDENTS].cells;
	const sym *ids = duplicates_settle(a, cells);
	struct sort_row *rows = arena_array(a, struct sort_row, cells->n);

	*n = 0;
	for (uint32_t i = 0; i < cells->n; i++) {
		if (ids[i] == 0) {
			++*duplicates;
			continue;
		}
		rows[(*n)++] = (struct sort_row) {
			ids[i], i, times_of(in, cells, i).detected};
	}
	qsort(rows, *n, sizeof(*rows), compare_rows);
	return rows;
}

struct incident_set incident_set(
	const struct metric_input *in, bool complain_errors)
{
	struct arena scratch = {0};
	const struct table *cells = &in->facts->roles[ROLE_INCIDENTS].cells;
	struct incident_set set = {0};
	size_t n;
	struct sort_row *rows = sorted_rows(in, &scratch, &n, &set.duplicates);
	struct incident_item *items = arena_array(
		in->a, struct incident_item, n);

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || rows[i].id != rows[i - 1].id) {
			items[set.n] = start_item(in, cells, rows[i].at);
			items[set.n++].id = rows[i].id;
		}
		add_row(in, cells, rows[i].at, &items[set.n - 1]);
	}
	qsort(items, set.n, sizeof(*items), compare_items);
	for (size_t i = 0; i < set.n; i++) {
		set.not_regulatory += !items[i].regulatory;
		if (complain_errors && items[i].is_error)
			complain(in, &items[i]);
	}
	set.at = items;
	arena_free(&scratch);
	return set;
}
