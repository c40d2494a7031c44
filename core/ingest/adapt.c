#include "ingest/adapt.h"

#include "ingest/lineage.h"
#include "ingest/role.h"
#include "ingest/rowdigest.h"
#include "ingest/steps.h"

struct adapter {
	struct part *part;
	const struct adapt_plan *plan;
	struct columns columns;
	struct arena resolved;           /* freed when columns are added */
	struct wanted *needs[VARIANT_N]; /* one per column of words->needs */
	struct steps steps[VARIANT_N];   /* what fills the part's columns */
	struct wanted time, event_id;
	bool has_events, has_own_events, has_digest;
	struct wanted *roles[ROLE_N]; /* the fields of each role it feeds */
	struct lineage_cells lineage;
	struct rowdigest digest;
	struct value_reader reader;
};

struct lookup adapt_lookup(const struct adapt_plan *plan, struct arena *a,
	const struct columns *columns)
{
	return (struct lookup) {
		.a = a,
		.source = plan->rules.source,
		.profile = plan->profile,
		.orders = plan->orders,
		.path = plan->path,
		.words = plan->words,
		.columns = columns,
	};
}

static void init_roles(struct part *part, unsigned roles)
{
	for (size_t role = 0; role < ROLE_N; role++)
		if (role_form_of((enum role)role) && roles & 1u << role)
			role_table_init(&part->tables, &part->roles[role].cells,
				(enum role)role);
}

struct adapter *adapter_new(struct part *part, const struct adapt_plan *plan)
{
	struct adapter *adapter = arena_new(&part->a, struct adapter);

	adapter->part = part;
	adapter->plan = plan;
	adapter->reader = (struct value_reader) {
		.part = part, .rules = &plan->rules};
	init_roles(part, plan->rules.source->roles);
	return adapter;
}

/* ---- resolving names over columns ---- */

static void resolve_needs(struct adapter *adapter, const struct lookup *lookup)
{
	const struct words *words = adapter->plan->words;
	size_t n = words->needs.n;

	for (size_t variant = 0; variant < VARIANT_N; variant++) {
		struct wanted *needs = arena_array(lookup->a, struct wanted, n);

		for (size_t i = 0; i < n; i++) {
			const struct need *need = &words->needs.at[i];

			needs[i] = cells_of_word(lookup,
				&words->words.at[need->word], need->form,
				(enum variant)variant);
		}
		adapter->needs[variant] = needs;
	}
}

/* True if some cell of any event of a record may fill the column. */
static bool is_filled(const struct adapter *adapter, size_t need)
{
	for (size_t variant = 0; variant < VARIANT_N; variant++)
		if (adapter->needs[variant][need].n)
			return true;
	return false;
}

/* The table of the part gets the columns that its records fill, each once. */
static void init_events(struct adapter *adapter)
{
	const struct adapt_plan *plan = adapter->plan;
	struct part *part = adapter->part;
	size_t n_needs = plan->words->needs.n;
	enum column_form *forms = arena_array(
		&part->a, enum column_form, n_needs);
	uint32_t n = 0;

	part->needs = arena_array(&part->a, uint32_t, n_needs);
	for (uint32_t i = 0; i < n_needs; i++) {
		if (plan->same_as[i] != i || plan->idle[i] ||
			(!plan->adds_columns && !is_filled(adapter, i)))
			continue;
		forms[n] = plan->forms[i];
		part->needs[n++] = i;
	}
	event_init(&part->events, &part->tables, forms, n, plan->has_refs);
	adapter->has_events = true;
}

static void resolve_steps(struct adapter *adapter, struct arena *a)
{
	const struct part *part = adapter->part;
	uint32_t n = part->events.cells.n_columns;

	for (size_t variant = 0; variant < VARIANT_N; variant++) {
		struct steps *steps = &adapter->steps[variant];

		*steps = (struct steps) {arena_array(a, struct step, n), 0};
		for (uint32_t c = 0; c < n; c++) {
			const struct wanted *wanted =
				&adapter->needs[variant][part->needs[c]];

			if (wanted->n)
				steps->at[steps->n++] = steps_of(wanted, c);
		}
	}
}

static void resolve_roles(struct adapter *adapter, const struct lookup *lookup)
{
	for (size_t role = 0; role < ROLE_N; role++) {
		const struct role_form *form = role_form_of((enum role)role);
		struct wanted *fields;

		if (!form || !(lookup->source->roles & 1u << role))
			continue;
		fields = arena_array(lookup->a, struct wanted, form->n_fields);
		for (uint32_t i = 0; i < form->n_fields; i++)
			fields[i] = cells_of_field(lookup, form->fields[i].name,
				form->fields[i].form);
		adapter->roles[role] = fields;
	}
}

/* What is looked up anew when columns are added. */
static void resolve(struct adapter *adapter)
{
	const struct adapt_plan *plan = adapter->plan;
	const struct source *source = plan->rules.source;
	const struct words *words = plan->words;
	unsigned events = 1u << ROLE_EVENTS | 1u << ROLE_AUDIT_LOG |
			  1u << ROLE_TRANSACTIONS;
	struct lookup lookup;

	arena_free(&adapter->resolved);
	lookup = adapt_lookup(plan, &adapter->resolved, &adapter->columns);
	adapter->time = cells_of_time(&lookup, words);
	adapter->event_id = cells_of_word(&lookup,
		&words->words.at[words_find(words, STR("event_id"))],
		COLUMN_SYM, VARIANT_OWN);
	adapter->has_own_events = adapter->time.n > 0 || source->roles == 0 ||
				  (source->roles & events) != 0;
	adapter->has_digest = adapter->event_id.n > 0 ||
			      source->dedupe > DEDUPE_NONE;
	resolve_needs(adapter, &lookup);
	if (!adapter->has_events)
		init_events(adapter);
	resolve_steps(adapter, lookup.a);
	resolve_roles(adapter, &lookup);
	if (plan->has_refs)
		lineage_resolve(&adapter->lineage, &lookup);
	if (adapter->has_digest)
		rowdigest_add_columns(&adapter->digest, &adapter->columns);
}

void adapter_add_columns(
	struct adapter *adapter, const struct str *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		columns_add(&adapter->columns, names[i]);
	values_widen(&adapter->reader, adapter->columns.names.n);
	resolve(adapter);
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
	columns_free(&adapter->columns);
	rowdigest_free(&adapter->digest);
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
	steps_run(&adapter->steps[variant], reader, &events->cells, e);
	return e;
}

/* Notes where the record stands; false if that is too far away to be noted. */
static bool add_place(struct adapter *adapter, row e)
{
	struct part *part = adapter->part;
	uint64_t byte = adapter->reader.record->byte;
	struct row_place place = {.event = e};

	if (part->places.n == 0)
		part->first_byte = byte;
	if (byte - part->first_byte > UINT32_MAX)
		return false;
	place.offset = (uint32_t)(byte - part->first_byte);
	vec_push(&part->a, &part->places, place);
	return true;
}

static void add_digest(struct adapter *adapter, row e)
{
	struct row_digest digest = {
		e, rowdigest_of(&adapter->digest, &adapter->columns,
			   adapter->reader.record)};

	vec_push(&adapter->part->a, &adapter->part->digests, digest);
}

/* What tells the record behind an event from others of its id. */
static void identify(struct adapter *adapter, row e)
{
	if (!adapter->plan->digests_later || !add_place(adapter, e))
		add_digest(adapter, e);
}

static void note_epoch(struct adapter *adapter, enum epoch_unit unit)
{
	struct value_reader *reader = &adapter->reader;
	struct part *part = adapter->part;
	struct epoch_seen *seen = &part->epochs[unit];

	if (unit == EPOCH_NONE || seen->line)
		return;
	seen->line = reader->record->line;
	seen->text = arena_copy(&part->a,
		words_quoted(adapter->time.personal, reader->values.at[0]));
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

	ns = values_time(reader, &adapter->time, &instant);
	if (cell_is_value(ns) && ns > adapter->plan->as_of)
		return false;
	marks = (uint8_t)instant.precision & EVENT_PRECISION;
	if (cell_is_value(ns)) {
		note_epoch(adapter, instant.epoch);
	} else {
		part->untimed++;
		ns = CELL_ABSENT;
	}
	*own = add_event(adapter, VARIANT_OWN, ns, marks);
	if (adapter->has_digest)
		identify(adapter, *own);
	if (adapter->plan->has_refs)
		lineage_add(&adapter->lineage, reader, &part->events);
	return true;
}

/* The first required field of a role that the record lacks, or NULL. */
static const struct role_field *missing_field(
	struct adapter *adapter, const struct role_form *form)
{
	for (uint32_t i = 0; i < form->n_fields; i++)
		if (form->fields[i].required &&
			!values_read(&adapter->reader,
				&adapter->roles[form->role][i]))
			return &form->fields[i];
	return NULL;
}

static uint32_t add_role_row(
	struct adapter *adapter, const struct role_form *form)
{
	struct table *cells = &adapter->part->roles[form->role].cells;
	uint32_t at = table_add(cells);

	for (uint32_t i = 0; i < form->n_fields; i++)
		values_fill(&adapter->reader, &adapter->roles[form->role][i],
			cells, i, at);
	return at;
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

static void complain_missing(struct adapter *adapter,
	const struct role_form *form, const struct role_field *missing)
{
	struct loc loc = {
		adapter->plan->rules.file, adapter->reader.record->line, 0};

	diag_add(&adapter->part->diag, DIAG_DATA_ERROR, loc,
		"the row of role %.*s has no %.*s and does not count",
		STR_ARG(kind_roles[form->role]), STR_ARG(missing->name));
}

static void add_origin(
	struct part *part, enum role role, const struct role_origin *origin)
{
	vec_push(&part->tables, &part->roles[role].origins, *origin);
}

/* Feeds one role; `own` is the row's own event or ROW_NONE. */
static void add_role(
	struct adapter *adapter, const struct role_form *form, row own)
{
	struct role_origin origin = {.source = adapter->plan->source_number,
		.file = adapter->plan->rules.file,
		.line = adapter->reader.record->line,
		.own = own,
		.opened = ROW_NONE,
		.closed = ROW_NONE};
	const struct role_field *missing = missing_field(adapter, form);
	row first;

	if (missing) {
		complain_missing(adapter, form, missing);
		return;
	}
	add_role_events(
		adapter, form->role, add_role_row(adapter, form), &origin);
	add_origin(adapter->part, form->role, &origin);
	/* Without an event of its own a record is known by the first one that
	   is made of it. */
	first = origin.opened != ROW_NONE ? origin.opened : origin.closed;
	if (own == ROW_NONE && first != ROW_NONE && adapter->has_digest)
		identify(adapter, first);
}

/* The form of a role that the source feeds, or NULL. */
static const struct role_form *form_fed(
	const struct adapter *adapter, size_t role)
{
	return adapter->plan->rules.source->roles & 1u << role
		       ? role_form_of((enum role)role)
		       : NULL;
}

static void add_roles(struct adapter *adapter, row own)
{
	for (size_t i = 0; i < ROLE_N; i++) {
		const struct role_form *form = form_fed(adapter, i);

		if (form)
			add_role(adapter, form, own);
	}
}

/* The field for want of which the record feeds no role at all, or NULL. */
static const struct role_field *useless_without(struct adapter *adapter)
{
	const struct role_field *first = NULL;

	for (size_t i = 0; i < ROLE_N; i++) {
		const struct role_form *form = form_fed(adapter, i);
		const struct role_field *missing;

		if (!form)
			continue;
		missing = missing_field(adapter, form);
		if (!missing)
			return NULL;
		if (!first)
			first = missing;
	}
	return first;
}

static void refuse(void *ctx, const struct reject *reject)
{
	struct adapter *adapter = ctx;
	struct part *part = adapter->part;

	part->rows.read++;
	part->rows.rejected++;
	diag_add(&part->diag, reject->code, reject->loc, "%.*s",
		STR_ARG(reject->text));
	if (adapter->plan->keep_rejects)
		part_keep_reject(part, reject);
}

static void refuse_incomplete(
	struct adapter *adapter, const struct role_field *missing)
{
	const struct record *record = adapter->reader.record;
	struct arena scratch = {0};
	struct reject reject = {.code = DIAG_MISSING_FIELD,
		.loc = {adapter->plan->rules.file, record->line, 0},
		.byte = record->byte,
		.raw = record->raw,
		.text = arena_print(&scratch, "the row has no %.*s",
			STR_ARG(missing->name))};

	refuse(adapter, &reject);
	arena_free(&scratch);
}

static void take(void *ctx, const struct record *record)
{
	struct adapter *adapter = ctx;
	struct part *part = adapter->part;
	size_t n_columns = adapter->columns.names.n;
	const struct role_field *missing = NULL;
	row own = ROW_NONE;

	if (record->n > n_columns)
		adapter_add_columns(adapter,
			part->columns.strings.at + 1 + n_columns,
			record->n - n_columns);
	values_begin(&adapter->reader, record);
	if (!adapter->has_own_events)
		missing = useless_without(adapter);
	if (missing) {
		refuse_incomplete(adapter, missing);
		return;
	}
	part->rows.read++;
	if (adapter->has_own_events && !add_own_event(adapter, &own)) {
		part->rows.filtered++;
		return;
	}
	part->rows.accepted++;
	add_roles(adapter, own);
}

struct record_sink adapter_sink(struct adapter *adapter)
{
	return (struct record_sink) {adapter, take, refuse};
}
