/*
 * Downtime impact: minutes in which systems were down, and those of them in
 * which a legal duty was open that depends on such a system. Intervals are
 * half-open and united before they are measured.
 */
#include "metric/interval.h"
#include "metric/metric.h"

#include <stdlib.h>

/* The outages of one system. */
struct system {
	sym name;
	struct interval_set down, maintenance,
		unknown;             /* as read, then united */
	struct interval_set windows; /* of duties that depend on it */
	struct interval_set legal;   /* downtime inside them */
};

struct work {
	struct arena scratch;
	const struct metric_input *in;
	struct interval window;
	struct systems VEC(struct system) systems;
	struct downtime *out;
};

static struct system *system_of(struct work *work, sym name)
{
	struct system fresh = {.name = name};

	for (size_t i = 0; i < work->systems.n; i++)
		if (work->systems.at[i].name == name)
			return &work->systems.at[i];
	vec_push(&work->scratch, &work->systems, fresh);
	return &work->systems.at[work->systems.n - 1];
}

/* ---- reading ---- */

static struct interval_set *kind_of(
	const struct facts *facts, struct system *system, sym kind)
{
	struct str text = intern_get(facts->strings, kind);

	if (str_equal(text, STR("maintenance")))
		return &system->maintenance;
	if (str_equal(text, STR("unknown")))
		return &system->unknown;
	return &system->down;
}

static void complain(const struct work *work, const struct role_origin *origin,
	const char *what)
{
	struct loc loc = {origin->file, origin->line, 0};

	diag_add(work->in->diag, DIAG_DATA_ERROR, loc,
		"the outage %s; it does not count", what);
	work->out->data_errors++;
}

static void read_outage(struct work *work, uint32_t i)
{
	const struct facts *facts = work->in->facts;
	const struct role_table *role = &facts->roles[ROLE_OUTAGES];
	const struct table *cells = &role->cells;
	struct interval span = {cells->columns[OUTAGE_STARTED].values[i],
		cells->columns[OUTAGE_ENDED].values[i]};
	struct system *system = system_of(
		work, table_sym(cells, OUTAGE_SYSTEM, i));
	struct interval_set *set = kind_of(
		facts, system, table_sym(cells, OUTAGE_KIND, i));

	if (!cell_is_value(span.start) || span.end == CELL_UNREADABLE) {
		complain(work, &role->origins.at[i],
			"has a time that cannot be read");
		return;
	}
	if (span.end == CELL_ABSENT || span.end > facts->as_of) {
		work->out->censored++;
		span.end = work->window.end > span.start ? work->window.end
							 : span.start;
	} else if (span.end < span.start) {
		complain(work, &role->origins.at[i], "ends before it begins");
		return;
	}
	vec_push(&work->scratch, set, span);
}

static struct interval_set united(
	struct work *work, const struct interval_set *list)
{
	struct interval_set all = interval_union(
		&work->scratch, list->at, list->n);

	return interval_clip(&work->scratch, &all, work->window);
}

static int compare_systems(const void *left, const void *right)
{
	const struct system_downtime *a = left, *b = right;

	return str_compare(a->system, b->system);
}

static void unite(struct work *work)
{
	struct arena *a = &work->scratch;

	for (size_t i = 0; i < work->systems.n; i++) {
		struct system *s = &work->systems.at[i];

		s->maintenance = united(work, &s->maintenance);
		s->unknown = united(work, &s->unknown);
		s->down = united(work, &s->down);
		s->down = interval_subtract(a, &s->down, &s->unknown);
		if (work->in->params->exclude_maintenance)
			s->down = interval_subtract(
				a, &s->down, &s->maintenance);
	}
}

/* ---- duties ---- */

/* Duties with one set of systems share the downtime of that set. */
struct shared {
	const uint64_t *systems;
	struct interval_set down;
	struct interval_index index;
};

struct duty_work {
	struct work *work;
	const struct duties *duties;
	size_t *number; /* per system of the duties: in work->systems, or n */
	struct shared_vec VEC(struct shared) shared;
	uint64_t legal_sum;
};

static bool has_any_system(const struct duties *duties, const struct duty *duty)
{
	for (size_t w = 0; w < duties->n_words; w++)
		if (duty->systems[w])
			return true;
	return false;
}

/* True if the duty depends on system `s` of the work; one without a known
   system depends on all. */
static bool depends_on(
	const struct duty_work *d, const struct duty *duty, size_t s)
{
	if (!has_any_system(d->duties, duty))
		return true;
	for (size_t i = 0; i < d->duties->n_systems; i++)
		if (d->number[i] == s && duty_has(duty, i))
			return true;
	return false;
}

static bool same_systems(
	const struct duties *duties, const uint64_t *a, const uint64_t *b)
{
	for (size_t w = 0; w < duties->n_words; w++)
		if (a[w] != b[w])
			return false;
	return true;
}

static const struct shared *shared_downtime(
	struct duty_work *d, const struct duty *duty)
{
	struct work *work = d->work;
	struct interval_set all = {0};
	struct shared fresh = {.systems = duty->systems};

	for (size_t i = 0; i < d->shared.n; i++)
		if (same_systems(
			    d->duties, d->shared.at[i].systems, duty->systems))
			return &d->shared.at[i];
	for (size_t s = 0; s < work->systems.n; s++) {
		const struct interval_set *down = &work->systems.at[s].down;

		for (size_t i = 0; depends_on(d, duty, s) && i < down->n; i++)
			vec_push(&work->scratch, &all, down->at[i]);
	}
	fresh.down = interval_union(&work->scratch, all.at, all.n);
	fresh.index = interval_index(&work->scratch, &fresh.down);
	vec_push(&work->scratch, &d->shared, fresh);
	return &d->shared.at[d->shared.n - 1];
}

static void judge_duty(struct duty_work *d, const struct duty *duty)
{
	struct downtime *out = d->work->out;
	const struct shared *shared = shared_downtime(d, duty);
	struct interval open = {duty->start, duty->end};
	struct interval last = {
		duty->due - d->work->in->params->exposed_ns, duty->due};
	uint64_t overlap = interval_overlap(&shared->index, open);

	out->obligations++;
	out->without_system += !has_any_system(d->duties, duty);
	d->legal_sum += overlap;
	if (last.start < duty->start)
		last.start = duty->start;
	out->exposed += interval_overlap(&shared->index, last) > 0;
	if (!duty->missed || overlap == 0)
		return;
	out->missed++;
	out->missed_if_minus += duty->done == CELL_ABSENT ||
				duty->done > duty->due + (int64_t)overlap;
}

/* Gives each system the windows of the duties that depend on it. */
static void add_windows(struct duty_work *d, const struct duty *duty)
{
	struct work *work = d->work;
	struct interval window = {duty->start, duty->end};

	for (size_t s = 0; s < work->systems.n; s++)
		if (depends_on(d, duty, s))
			vec_push(&work->scratch, &work->systems.at[s].windows,
				window);
}

static void judge_duties(struct work *work)
{
	const struct duties *duties = work->in->duties;
	struct arena *a = &work->scratch;
	struct duty_work d = {.work = work,
		.duties = duties,
		.number = arena_array(a, size_t, duties->n_systems)};
	struct interval_set all = {0};

	for (size_t i = 0; i < duties->n_systems; i++) {
		d.number[i] = SIZE_MAX;
		for (size_t s = 0; s < work->systems.n; s++)
			if (work->systems.at[s].name == duties->systems[i])
				d.number[i] = s;
	}
	for (size_t i = 0; i < duties->n; i++) {
		judge_duty(&d, &duties->at[i]);
		add_windows(&d, &duties->at[i]);
	}
	for (size_t s = 0; s < work->systems.n; s++) {
		struct system *system = &work->systems.at[s];

		system->windows = united(work, &system->windows);
		system->legal = interval_intersect(
			a, &system->down, &system->windows);
		for (size_t i = 0; i < system->legal.n; i++)
			vec_push(a, &all, system->legal.at[i]);
	}
	all = interval_union(a, all.at, all.n);
	work->out->legal_ns = (int64_t)interval_length(&all);
	work->out->legal_sum_ns = (int64_t)d.legal_sum;
}

/* ---- the result ---- */

static int64_t longest(const struct interval_set *set)
{
	int64_t most = 0;

	for (size_t i = 0; i < set->n; i++)
		if (set->at[i].end - set->at[i].start > most)
			most = set->at[i].end - set->at[i].start;
	return most;
}

static struct system_downtime describe(
	const struct work *work, const struct system *system)
{
	int64_t window = work->window.end - work->window.start -
			 (int64_t)interval_length(&system->unknown);
	int64_t down = (int64_t)interval_length(&system->down);

	return (struct system_downtime) {
		.system = intern_get(work->in->facts->strings, system->name),
		.downtime_ns = down,
		.legal_ns = (int64_t)interval_length(&system->legal),
		.availability = window > 0 ? 1 - (double)down / (double)window
					   : 0,
		.outages = system->down.n,
		.longest_ns = longest(&system->down)};
}

static void sum_up(struct work *work)
{
	struct downtime *out = work->out;
	struct arena *a = &work->scratch;
	struct interval_set all = {0};
	struct system_downtime *by = arena_array(
		work->in->a, struct system_downtime, work->systems.n);

	for (size_t s = 0; s < work->systems.n; s++) {
		const struct system *system = &work->systems.at[s];

		by[s] = describe(work, system);
		out->sum_ns += by[s].downtime_ns;
		out->outages += system->down.n;
		for (size_t i = 0; i < system->down.n; i++)
			vec_push(a, &all, system->down.at[i]);
	}
	all = interval_union(a, all.at, all.n);
	out->any_ns = (int64_t)interval_length(&all);
	out->window_ns = work->window.end - work->window.start;
	qsort(by, work->systems.n, sizeof(*by), compare_systems);
	out->by_system = by;
	out->n_systems = work->systems.n;
}

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

static void compute(const struct metric_input *in, struct metrics *out)
{
	struct work work = {.in = in,
		.window = window_of(in->facts),
		.out = &out->downtime};

	if (!metric_has_role(in->facts, ROLE_OUTAGES)) {
		work.out->why = STR("no source has the role outages");
		return;
	}
	work.out->maintenance_excluded = in->params->exclude_maintenance;
	for (uint32_t i = 0; i < in->facts->roles[ROLE_OUTAGES].cells.n; i++)
		read_outage(&work, i);
	unite(&work);
	if (in->duties->any_rule)
		judge_duties(&work);
	else
		work.out->why_legal = STR(
			"no evaluated rule counts as an obligation");
	sum_up(&work);
	arena_free(&work.scratch);
}

const struct metric metric_downtime = {
	.name = STR_INIT("downtime_impact"),
	.compute = compute,
};
