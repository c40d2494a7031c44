#include "ingest/adapt.h"

#include "ingest/lineage.h"
#include "ingest/role.h"

#include <stdlib.h>

/* The longest raw text kept of a refused record. */
#define REJECT_RAW_MAX 4096

struct adapter {
	struct part *part;
	const struct adapt_plan *plan;
	struct arena resolved; /* freed when the columns change */
	const struct str *columns;
	size_t n_columns;
	struct wanted *needs[VARIANT_N]; /* one per column of words->needs */
	struct wanted time, event_id;
	bool has_own_events, has_digest;
	struct wanted *roles[ROLE_N]; /* the fields of each role it feeds */
	struct lineage_cells lineage;
	uint32_t *by_name; /* columns sorted by name, for digests */
	struct str *sorted;
	struct value_reader reader;
};

struct cell_context adapt_context(const struct adapt_plan *plan,
	struct arena *a, const struct str *columns, size_t n)
{
	return (struct cell_context) {
		.a = a,
		.source = plan->rules.source,
		.profile = plan->profile,
		.orders = plan->orders,
		.path = plan->path,
		.columns = columns,
		.n_columns = n,
	};
}

static void init_roles(struct part *part, unsigned roles)
{
	for (size_t role = 0; role < ROLE_N; role++)
		if (role_form_of((enum role)role) && roles & 1u << role)
			role_table_init(&part->a, &part->roles[role].cells,
				(enum role)role);
}

struct adapter *adapter_new(struct part *part, const struct adapt_plan *plan)
{
	struct adapter *adapter = arena_new(&part->a, struct adapter);

	adapter->part = part;
	adapter->plan = plan;
	adapter->reader = (struct value_reader) {
		.part = part, .rules = &plan->rules};
	event_init(&part->events, &part->a, plan->forms,
		(uint32_t)plan->words->needs.n, plan->has_refs);
	init_roles(part, plan->rules.source->roles);
	return adapter;
}

/* ---- resolving names over columns ---- */

static void resolve_needs(
	struct adapter *adapter, const struct cell_context *ctx)
{
	const struct words *words = adapter->plan->words;
	size_t n = words->needs.n;

	for (size_t variant = 0; variant < VARIANT_N; variant++) {
		struct wanted *needs = arena_array(ctx->a, struct wanted, n);

		for (size_t i = 0; i < n; i++) {
			const struct need *need = &words->needs.at[i];

			needs[i] = cells_of_word(ctx,
				&words->words.at[need->word], need->form,
				(enum variant)variant);
		}
		adapter->needs[variant] = needs;
	}
}

static void resolve_roles(
	struct adapter *adapter, const struct cell_context *ctx)
{
	for (size_t role = 0; role < ROLE_N; role++) {
		const struct role_form *form = role_form_of((enum role)role);
		struct wanted *fields;

		if (!form || !(ctx->source->roles & 1u << role))
			continue;
		fields = arena_array(ctx->a, struct wanted, form->n_fields);
		for (uint32_t i = 0; i < form->n_fields; i++)
			fields[i] = cells_of_field(ctx, form->fields[i].name,
				form->fields[i].form);
		adapter->roles[role] = fields;
	}
}

struct named_column {
	struct str name;
	uint32_t column;
};

static int compare_names(const void *left, const void *right)
{
	const struct named_column *a = left, *b = right;
	int order = str_compare(a->name, b->name);

	if (order != 0)
		return order;
	return a->column < b->column ? -1 : a->column > b->column;
}

/* Digests take the cells in the order of their column names, so that two
   exports with other column orders compare equal. */
static void sort_columns(
	struct adapter *adapter, const struct cell_context *ctx)
{
	size_t n = ctx->n_columns;
	struct named_column *all = arena_array(
		ctx->a, struct named_column, n ? n : 1);

	for (size_t i = 0; i < n; i++)
		all[i] = (struct named_column) {ctx->columns[i], (uint32_t)i};
	qsort(all, n, sizeof(*all), compare_names);
	adapter->by_name = arena_array(ctx->a, uint32_t, n);
	adapter->sorted = arena_array(ctx->a, struct str, 2 * n);
	for (size_t i = 0; i < n; i++)
		adapter->by_name[i] = all[i].column;
}

void adapter_set_columns(
	struct adapter *adapter, const struct str *columns, size_t n)
{
	const struct adapt_plan *plan = adapter->plan;
	const struct source *source = plan->rules.source;
	unsigned events = 1u << ROLE_EVENTS | 1u << ROLE_AUDIT_LOG |
			  1u << ROLE_TRANSACTIONS;
	struct cell_context ctx;

	arena_free(&adapter->resolved);
	ctx = adapt_context(plan, &adapter->resolved, columns, n);
	adapter->columns = columns;
	adapter->n_columns = n;
	adapter->time = cells_of_time(&ctx, plan->words);
	adapter->event_id = cells_of_field(&ctx, STR("event_id"), COLUMN_SYM);
	adapter->has_own_events = adapter->time.n > 0 || source->roles == 0 ||
				  (source->roles & events) != 0;
	adapter->has_digest = adapter->event_id.n > 0 ||
			      source->dedupe > DEDUPE_NONE;
	resolve_needs(adapter, &ctx);
	resolve_roles(adapter, &ctx);
	if (plan->has_refs)
		lineage_resolve(&adapter->lineage, &ctx);
	if (adapter->has_digest)
		sort_columns(adapter, &ctx);
}

void adapter_delivers(const struct adapter *adapter, bool *delivers)
{
	for (size_t i = 0; i < adapter->plan->words->needs.n; i++)
		for (size_t variant = 0; variant < VARIANT_N; variant++)
			if (adapter->needs[variant] &&
				adapter->needs[variant][i].n)
				delivers[i] = true;
}

void adapter_free(struct adapter *adapter)
{
	arena_free(&adapter->resolved);
}

/* ---- one record ---- */

static row add_event(struct adapter *adapter, enum variant variant, int64_t ns,
	uint8_t marks)
{
	struct value_reader *reader = &adapter->reader;
	struct event_table *events = &adapter->part->events;
	row e = event_add(events, ns, marks, adapter->plan->rules.file,
		reader->record->line);

	reader->is_timed = cell_is_value(ns);
	reader->ns = ns;
	for (uint32_t i = 0; i < events->cells.n_columns; i++)
		values_fill(reader, &adapter->needs[variant][i], &events->cells,
			i, e);
	return e;
}

static void add_digest(struct adapter *adapter, row e)
{
	const struct record *record = adapter->reader.record;
	struct row_digest digest = {.event = e};
	size_t n = 0;

	for (size_t i = 0; i < adapter->n_columns; i++) {
		uint32_t column = adapter->by_name[i];

		if (column >= record->n || !record->fields[column].s)
			continue;
		adapter->sorted[n++] = adapter->columns[column];
		adapter->sorted[n++] = record->fields[column];
	}
	digest.digest = digest_fields(adapter->sorted, n);
	vec_push(&adapter->part->a, &adapter->part->digests, digest);
}

/* The row's own event. False if it lies after as_of: the record is then left
   out as a whole. */
static bool add_own_event(struct adapter *adapter, row *own)
{
	struct value_reader *reader = &adapter->reader;
	struct part *part = adapter->part;
	struct instant instant = {.precision = TIME_NS};
	int64_t ns;
	uint8_t marks;

	reader->is_timed = false;
	ns = values_time(reader, &adapter->time, &instant);
	if (cell_is_value(ns) && ns > adapter->plan->as_of)
		return false;
	marks = (uint8_t)instant.precision & EVENT_PRECISION;
	if (cell_is_value(ns)) {
		part->epoch_units |= 1u << instant.epoch;
	} else {
		part->untimed++;
		ns = CELL_ABSENT;
	}
	*own = add_event(adapter, VARIANT_OWN, ns, marks);
	if (adapter->has_digest)
		add_digest(adapter, *own);
	if (adapter->plan->has_refs)
		lineage_add(&adapter->lineage, reader, &part->events);
	return true;
}

/* Reads the fields of a role into a new row of its table. False, with a
   complaint and no row, if a required one is absent. */
static bool add_role_row(
	struct adapter *adapter, const struct role_form *form, uint32_t *at)
{
	struct role_table *role = &adapter->part->roles[form->role];
	struct value_reader *reader = &adapter->reader;
	struct loc loc = {adapter->plan->rules.file, reader->record->line, 0};

	for (uint32_t i = 0; i < form->n_fields; i++) {
		if (!form->fields[i].required ||
			values_read(reader, &adapter->roles[form->role][i]))
			continue;
		diag_add(&adapter->part->diag, DIAG_DATA_ERROR, loc,
			"the row of role %.*s has no %.*s and does not count",
			STR_ARG(kind_roles[form->role]),
			STR_ARG(form->fields[i].name));
		return false;
	}
	*at = table_add(&role->cells);
	for (uint32_t i = 0; i < form->n_fields; i++)
		values_fill(reader, &adapter->roles[form->role][i],
			&role->cells, i, *at);
	return true;
}

static int64_t first_value(const struct table *cells, uint32_t at,
	const uint32_t *columns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cell_is_value(cells->columns[columns[i]].values[at]))
			return cells->columns[columns[i]].values[at];
	return CELL_ABSENT;
}

/* A derived event at a time that may be absent or after as_of. */
static row add_derived(
	struct adapter *adapter, enum variant variant, int64_t ns)
{
	if (!cell_is_value(ns) || ns > adapter->plan->as_of)
		return ROW_NONE;
	return add_event(
		adapter, variant, ns, EVENT_DERIVED | (uint8_t)TIME_NS);
}

static void add_role_events(struct adapter *adapter, enum role role,
	uint32_t at, struct role_origin *origin)
{
	static const uint32_t detected[] = {
		INCIDENT_DETECTED, INCIDENT_CREATED, INCIDENT_OPENED};
	static const uint32_t fixed[] = {INCIDENT_RESOLVED};
	static const uint32_t started[] = {OUTAGE_STARTED};
	static const uint32_t ended[] = {OUTAGE_ENDED};
	const struct table *cells = &adapter->part->roles[role].cells;

	if (role == ROLE_INCIDENTS) {
		origin->opened = add_derived(adapter, VARIANT_OPENED,
			first_value(cells, at, detected, 3));
		origin->closed = add_derived(adapter, VARIANT_CLOSED,
			first_value(cells, at, fixed, 1));
	} else if (role == ROLE_OUTAGES) {
		origin->opened = add_derived(adapter, VARIANT_DOWN,
			first_value(cells, at, started, 1));
		origin->closed = add_derived(
			adapter, VARIANT_UP, first_value(cells, at, ended, 1));
	}
}

/* Feeds the roles of the source; true if at least one row was made. */
static bool add_roles(struct adapter *adapter, row own)
{
	struct part *part = adapter->part;
	unsigned roles = adapter->plan->rules.source->roles;
	bool made = false;

	for (size_t i = 0; i < ROLE_N; i++) {
		const struct role_form *form = role_form_of((enum role)i);
		struct role_origin origin = {
			.source = adapter->plan->source_number,
			.file = adapter->plan->rules.file,
			.line = adapter->reader.record->line,
			.own = own,
			.opened = ROW_NONE,
			.closed = ROW_NONE};
		uint32_t at;

		if (!form || !(roles & 1u << i) ||
			!add_role_row(adapter, form, &at))
			continue;
		made = true;
		add_role_events(adapter, form->role, at, &origin);
		vec_push(&part->a, &part->roles[i].origins, origin);
	}
	return made;
}

static void refuse(void *ctx, const struct reject *reject)
{
	struct adapter *adapter = ctx;
	struct part *part = adapter->part;
	struct kept_reject kept = {
		.loc = reject->loc, .byte = reject->byte, .code = reject->code};

	part->rows.read++;
	part->rows.rejected++;
	diag_add(&part->diag, reject->code, reject->loc, "%.*s",
		STR_ARG(reject->text));
	if (!adapter->plan->keep_rejects)
		return;
	kept.raw = arena_copy(
		&part->a, str_slice(reject->raw, 0, REJECT_RAW_MAX));
	kept.text = arena_copy(&part->a, reject->text);
	vec_push(&part->a, &part->rejects, kept);
}

static void refuse_incomplete(
	struct adapter *adapter, const struct record *record)
{
	struct reject reject = {.code = DIAG_MISSING_FIELD,
		.loc = {adapter->plan->rules.file, record->line, 0},
		.byte = record->byte,
		.raw = record->raw,
		.text = STR("the row lacks a field that its role requires")};

	adapter->part->rows.read--;
	refuse(adapter, &reject);
}

static void take(void *ctx, const struct record *record)
{
	struct adapter *adapter = ctx;
	struct part *part = adapter->part;
	row own = ROW_NONE;

	if (record->n > adapter->n_columns)
		adapter_set_columns(
			adapter, part->columns.strings.at + 1, record->n);
	part->rows.read++;
	adapter->reader.record = record;
	if (adapter->has_own_events && !add_own_event(adapter, &own)) {
		part->rows.filtered++;
		return;
	}
	if (!add_roles(adapter, own) && own == ROW_NONE) {
		refuse_incomplete(adapter, record);
		return;
	}
	part->rows.accepted++;
}

struct record_sink adapter_sink(struct adapter *adapter)
{
	return (struct record_sink) {adapter, take, refuse};
}
