#include "metric/incident_set.h"

#include "metric/duplicates.h"

#include <stdlib.h>

/* One row of the table, with its own times. */
struct incident_row {
	sym id;
	uint32_t at;
	int64_t detected, fixed;
	bool is_proxy;      /* `detected` is the creation or opening */
	bool is_unreadable; /* the time of the fix */
};

/* The rows that count, sorted; those of one incident stand together. */
struct incident_rows {
	struct incident_row *at;
	size_t n;
	uint64_t duplicates;
};

static int64_t happened(
	const struct metric_input *in, uint32_t at, enum incident_field field)
{
	const struct table *cells = &in->facts->roles[ROLE_INCIDENTS].cells;
	int64_t time = cells->columns[field].values[at];

	if (!cell_is_value(time) || time > in->facts->as_of)
		return CELL_ABSENT;
	return time;
}

static bool is_unreadable(
	const struct metric_input *in, uint32_t at, enum incident_field field)
{
	const struct table *cells = &in->facts->roles[ROLE_INCIDENTS].cells;

	return cells->columns[field].values[at] == CELL_UNREADABLE;
}

static int64_t earlier(int64_t a, int64_t b)
{
	if (a == CELL_ABSENT)
		return b;
	return b == CELL_ABSENT || a < b ? a : b;
}

/* ---- rows ---- */

static void read_detection(
	const struct metric_input *in, struct incident_row *r)
{
	r->detected = happened(in, r->at, INCIDENT_DETECTED);
	if (r->detected != CELL_ABSENT)
		return;
	r->detected = happened(in, r->at, INCIDENT_CREATED);
	if (r->detected == CELL_ABSENT)
		r->detected = happened(in, r->at, INCIDENT_OPENED);
	r->is_proxy = r->detected != CELL_ABSENT;
}

static void read_fix(const struct metric_input *in, struct incident_row *r)
{
	r->fixed = happened(in, r->at, INCIDENT_RESOLVED);
	r->is_unreadable = is_unreadable(in, r->at, INCIDENT_RESOLVED);
	if (!in->params->fixed_first)
		return;
	r->fixed = earlier(r->fixed, happened(in, r->at, INCIDENT_MITIGATED));
	r->is_unreadable |= is_unreadable(in, r->at, INCIDENT_MITIGATED);
}

static struct incident_rows read_rows(
	const struct metric_input *in, struct arena *a)
{
	const struct table *cells = &in->facts->roles[ROLE_INCIDENTS].cells;
	const sym *ids = duplicates_settle(a, cells);
	struct incident_rows rows = {
		.at = arena_array(a, struct incident_row, cells->n)};

	for (uint32_t i = 0; i < cells->n; i++) {
		struct incident_row *r = &rows.at[rows.n];

		if (ids[i] == 0) {
			rows.duplicates++;
			continue;
		}
		*r = (struct incident_row) {.id = ids[i], .at = i};
		read_detection(in, r);
		read_fix(in, r);
		rows.n++;
	}
	return rows;
}

/* How many rows from `start` on are of one incident. */
static size_t group_size(const struct incident_rows *rows, size_t start)
{
	size_t end = start + 1;

	while (end < rows->n && rows->at[end].id == rows->at[start].id)
		end++;
	return end - start;
}

static int compare_rows(const void *left, const void *right)
{
	const struct incident_row *a = left, *b = right;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	if (a->detected != b->detected)
		return a->detected < b->detected ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* A row that does not say when its incident was detected, such as a later one
   about the fix, takes the first detection from the others. Sorted rows have
   those without a time, the smallest number, in front. */
static void complete_detections(struct incident_row *rows, size_t n)
{
	size_t first = 0;

	while (first < n && rows[first].detected == CELL_ABSENT)
		first++;
	for (size_t i = 0; first < n && i < first; i++) {
		rows[i].detected = rows[first].detected;
		rows[i].is_proxy = rows[first].is_proxy;
	}
}

static struct incident_rows sorted_rows(
	const struct metric_input *in, struct arena *a)
{
	struct incident_rows rows = read_rows(in, a);

	qsort(rows.at, rows.n, sizeof(*rows.at), compare_rows);
	for (size_t i = 0; i < rows.n; i += group_size(&rows, i))
		complete_detections(&rows.at[i], group_size(&rows, i));
	qsort(rows.at, rows.n, sizeof(*rows.at), compare_rows);
	return rows;
}

/* ---- incidents ---- */

/* The date by which the rate counts an incident. */
static int64_t date_of(
	const struct metric_input *in, const struct incident_row *r)
{
	if (in->params->date == DATE_OCCURRED)
		return happened(in, r->at, INCIDENT_OCCURRED);
	if (in->params->date == DATE_REPORTED)
		return happened(in, r->at, INCIDENT_REPORTED);
	return r->detected;
}

/* What is wrong with the fix of a row, or NULL. */
static const char *error_of(const struct incident_row *r)
{
	if (r->is_unreadable)
		return "at a time that cannot be read";
	if (r->fixed == CELL_ABSENT)
		return NULL;
	if (r->detected == CELL_ABSENT)
		return "but was never detected";
	return r->fixed < r->detected ? "before it was detected" : NULL;
}

/* Adds the time from `r` to its end that is not counted yet; `*until` is
   the end of what is. */
static void add_work(struct incident_item *item, const struct incident_row *r,
	int64_t end, int64_t *until)
{
	int64_t start = r->detected;

	if (start == CELL_ABSENT)
		return;
	if (start < *until)
		start = *until;
	if (end <= start)
		return;
	item->worked += end - start;
	*until = end;
}

/* An incident that was not fixed when it was detected again was worked on
   until then. */
static void sum_work(const struct metric_input *in, struct incident_item *item,
	const struct incident_row *rows, size_t n)
{
	int64_t until = INT64_MIN;

	for (size_t i = 0; i < n; i++) {
		int64_t end = i + 1 < n ? rows[i + 1].detected
					: in->facts->as_of;

		if (rows[i].fixed != CELL_ABSENT)
			end = rows[i].fixed;
		add_work(item, &rows[i], end, &until);
	}
}

static struct incident_item item_of(const struct metric_input *in,
	const struct incident_row *rows, size_t n)
{
	const struct role_origin *origin =
		&in->facts->roles[ROLE_INCIDENTS].origins.at[rows->at];
	const struct incident_row *last = &rows[n - 1];
	struct incident_item item = {.id = rows->id,
		.date = CELL_ABSENT,
		.opened = CELL_ABSENT,
		.detected = rows->detected,
		.fixed = CELL_ABSENT,
		.is_proxy = rows->is_proxy,
		.is_open = last->fixed == CELL_ABSENT && !last->is_unreadable,
		.rows = (uint32_t)n,
		.loc = {origin->file, origin->line, 0}};

	for (size_t i = 0; i < n; i++) {
		item.opened = earlier(
			item.opened, happened(in, rows[i].at, INCIDENT_OPENED));
		if (item.date == CELL_ABSENT)
			item.date = date_of(in, &rows[i]);
		if (!item.is_open && rows[i].fixed > item.fixed)
			item.fixed = rows[i].fixed;
		if (!item.error)
			item.error = error_of(&rows[i]);
		item.regulatory |= in->regulatory[rows[i].at];
		item.reportable |= in->reportable[rows[i].at];
	}
	sum_work(in, &item, rows, n);
	return item;
}

static int compare_items(const void *left, const void *right)
{
	const struct incident_item *a = left, *b = right;

	if (a->detected != b->detected)
		return a->detected < b->detected ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

static void complain(
	const struct metric_input *in, const struct incident_item *item)
{
	bool is_personal = words_is_personal(
		in->facts->words, STR("incident_id"));

	diag_add(in->diag, DIAG_DATA_ERROR, item->loc,
		"incident '%.*s' is fixed %s; it does not count for the time "
		"to remediate",
		STR_ARG(words_quoted(is_personal,
			symbols_show(in->facts->strings, item->id))),
		item->error);
}

struct incident_set incident_set(const struct metric_input *in)
{
	struct arena scratch = {0};
	struct incident_rows rows = sorted_rows(in, &scratch);
	struct incident_item *items = arena_array(
		in->a, struct incident_item, rows.n);
	struct incident_set set = {.at = items, .duplicates = rows.duplicates};

	for (size_t i = 0; i < rows.n; i += group_size(&rows, i))
		items[set.n++] = item_of(in, &rows.at[i], group_size(&rows, i));
	qsort(items, set.n, sizeof(*items), compare_items);
	for (size_t i = 0; i < set.n; i++) {
		set.not_regulatory += !items[i].regulatory;
		if (items[i].error)
			complain(in, &items[i]);
	}
	arena_free(&scratch);
	return set;
}
