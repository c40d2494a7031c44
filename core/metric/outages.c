#include "metric/outages.h"

#include "base/sort.h"

#include <stdlib.h>

struct reader {
	struct arena *a;
	const struct metric_input *in;
	const struct role_table *role;
	struct outages *out;
};

/* Open outages end where the log ends, and so does the window. */
static struct interval window_of(const struct facts *facts)
{
	struct interval window = {facts->period_from, facts->period_to};

	if (facts->as_of < window.end)
		window.end = facts->as_of;
	if (window.end < window.start)
		window.end = window.start;
	return window;
}

static struct interval_set *set_of(
	const struct facts *facts, struct outage_system *system, sym kind)
{
	struct str text = symbols_show(facts->strings, kind);

	if (str_equal(text, STR("maintenance")))
		return &system->maintenance;
	if (str_equal(text, STR("unknown")))
		return &system->unknown;
	return &system->down;
}

static void complain(const struct reader *r, uint32_t at, const char *what)
{
	const struct role_origin *origin = &r->role->origins.at[at];
	struct loc loc = {origin->file, origin->line, 0};

	diag_add(r->in->diag, DIAG_DATA_ERROR, loc,
		"the outage %s; it does not count", what);
	r->out->data_errors++;
}

/* An outage without length lies where it begins. */
static bool meets(struct interval span, struct interval window)
{
	return span.start < window.end &&
	       (span.end > window.start || span.start == window.start);
}

/* The interval of a row; an empty one, with a complaint, if the row makes no
   sense. */
static struct interval read_span(const struct reader *r, uint32_t at)
{
	const struct column *columns = r->role->cells.columns;
	const struct interval none = {0, 0};
	struct interval span = {columns[OUTAGE_STARTED].values[at],
		columns[OUTAGE_ENDED].values[at]};

	if (!cell_is_value(span.start) || span.end == CELL_UNREADABLE) {
		complain(r, at, "has a time that cannot be read");
		return none;
	}
	if (span.end != CELL_ABSENT && span.end < span.start) {
		complain(r, at, "ends before it begins");
		return none;
	}
	if (span.end == CELL_ABSENT || span.end > r->in->facts->as_of) {
		span.end = r->out->window.end;
		r->out->censored += span.start < span.end;
	}
	r->out->outside += !meets(span, r->out->window);
	return span;
}

static struct interval_set united(
	const struct reader *r, const struct interval_set *list)
{
	struct interval_set all = interval_union(r->a, list->at, list->n);

	return interval_clip(r->a, &all, r->out->window);
}

static void unite(const struct reader *r, struct outage_system *s)
{
	s->maintenance = united(r, &s->maintenance);
	s->unknown = united(r, &s->unknown);
	s->down = united(r, &s->down);
	s->down = interval_subtract(r->a, &s->down, &s->unknown);
	if (r->in->params->exclude_maintenance)
		s->down = interval_subtract(r->a, &s->down, &s->maintenance);
}

/* The rows by system, each system's rows in their order. */
struct row_order {
	sym *names; /* per row */
	uint32_t *order;
	uint32_t n;
};

static struct row_order sorted_rows(struct arena *a, const struct table *cells)
{
	struct row_order rows = {arena_array(a, sym, cells->n),
		arena_array(a, uint32_t, cells->n), cells->n};

	for (uint32_t i = 0; i < rows.n; i++) {
		rows.names[i] = table_sym(cells, OUTAGE_SYSTEM, i);
		rows.order[i] = i;
	}
	sort_rows_by_u32(rows.names, rows.order, rows.n);
	return rows;
}

static bool begins_system(const struct row_order *rows, uint32_t i)
{
	return i == 0 ||
	       rows->names[rows->order[i]] != rows->names[rows->order[i - 1]];
}

static void add_span(const struct reader *r, struct outage_system *system,
	uint32_t at, struct interval span)
{
	struct interval_set *set = set_of(r->in->facts, system,
		table_sym(&r->role->cells, OUTAGE_KIND, at));

	vec_push(r->a, set, span);
}

/* Hands the interval of each row to its system. A row that makes no sense has
   an empty one, which adds nothing. */
static void fill_systems(const struct reader *r, const struct row_order *rows,
	const struct interval *spans)
{
	struct outages *out = r->out;
	uint32_t n = 0;

	for (uint32_t i = 0; i < rows->n; i++)
		n += begins_system(rows, i);
	out->at = arena_array(r->a, struct outage_system, n);
	for (uint32_t i = 0; i < rows->n; i++) {
		uint32_t at = rows->order[i];

		if (begins_system(rows, i))
			out->at[out->n++].name = rows->names[at];
		add_span(r, &out->at[out->n - 1], at, spans[at]);
	}
}

struct outages outages_read(struct arena *a, const struct metric_input *in)
{
	struct arena scratch = {0};
	const struct role_table *role = &in->facts->roles[ROLE_OUTAGES];
	struct outages out = {.window = window_of(in->facts)};
	struct reader r = {a, in, role, &out};
	struct row_order rows = sorted_rows(&scratch, &role->cells);
	struct interval *spans = arena_array(
		&scratch, struct interval, role->cells.n);

	/* In the order of the rows, so that complaints come in it too. */
	for (uint32_t i = 0; i < role->cells.n; i++)
		spans[i] = read_span(&r, i);
	fill_systems(&r, &rows, spans);
	for (size_t i = 0; i < out.n; i++)
		unite(&r, &out.at[i]);
	arena_free(&scratch);
	return out;
}

static int compare_names(const void *left, const void *right)
{
	const struct outage_system *a = left, *b = right;

	return a->name < b->name ? -1 : a->name > b->name;
}

size_t outages_find(const struct outages *outages, sym name)
{
	struct outage_system wanted = {.name = name};
	const struct outage_system *found =
		outages->n ? bsearch(&wanted, outages->at, outages->n,
				     sizeof(wanted), compare_names)
			   : NULL;

	return found ? (size_t)(found - outages->at) : outages->n;
}

static void add_all(struct arena *a, const struct interval_set *from,
	struct interval_set *to)
{
	for (size_t i = 0; i < from->n; i++)
		vec_push(a, to, from->at[i]);
}

struct interval_set outages_join(
	struct arena *a, const struct interval_set *sets, size_t n)
{
	struct interval_set all = {0};

	for (size_t i = 0; i < n; i++)
		add_all(a, &sets[i], &all);
	return interval_union(a, all.at, all.n);
}
