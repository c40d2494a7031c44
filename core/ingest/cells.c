#include "ingest/cells.h"

#include "model/kind.h"

struct cell_vec VEC(struct cell);

static const struct str variant_actions[VARIANT_N] = {
	[VARIANT_OPENED] = STR_INIT("incident_open"),
	[VARIANT_CLOSED] = STR_INIT("incident_close"),
	[VARIANT_DOWN] = STR_INIT("down"),
	[VARIANT_UP] = STR_INIT("up"),
};

static enum date_order order_of(
	const struct lookup *lookup, const struct column_numbers *columns)
{
	if (lookup->source->date_order != DATE_UNKNOWN || columns->n == 0)
		return lookup->source->date_order;
	for (size_t i = 0; i < lookup->orders->n; i++)
		if (str_equal(lookup->orders->at[i].column,
			    lookup->columns->names.at[columns->at[0]]))
			return lookup->orders->at[i].order;
	return DATE_UNKNOWN;
}

static void add_columns(const struct lookup *lookup, struct cell_vec *cells,
	const struct column_numbers *columns, const struct binding *binding)
{
	struct cell cell = {.kind = CELL_COLUMNS,
		.columns = columns->at,
		.n_columns = (uint32_t)columns->n,
		.binding = binding && binding->has_words ? binding : NULL,
		.order = order_of(lookup, columns)};

	if (columns->n)
		vec_push(lookup->a, cells, cell);
}

static void add_constant(
	const struct lookup *lookup, struct cell_vec *cells, struct str text)
{
	struct cell cell = {.kind = CELL_CONSTANT, .constant = text};

	vec_push(lookup->a, cells, cell);
}

static void add_kind(const struct lookup *lookup, struct cell_vec *cells,
	enum cell_kind kind)
{
	struct cell cell = {.kind = kind};

	vec_push(lookup->a, cells, cell);
}

/* A field by its binding, else the column of its name. */
static void add_field(
	const struct lookup *lookup, struct cell_vec *cells, struct str name)
{
	const struct binding *binding = binding_find(
		&lookup->source->bind, name);
	struct column_numbers found = lookup_field(lookup, name);

	if (binding && binding->is_constant)
		add_constant(lookup, cells, binding->constant);
	else
		add_columns(lookup, cells, &found, binding);
}

static struct wanted wanted_of(const struct lookup *lookup,
	const struct cell_vec *cells, enum column_form form, struct str name)
{
	return (struct wanted) {.cells = cells->at,
		.n = (uint32_t)cells->n,
		.form = form,
		.name = name,
		.personal = words_is_personal(lookup->words, name)};
}

/* The words that need no column. */
static bool add_built_in(
	const struct lookup *lookup, struct cell_vec *cells, struct str name)
{
	if (str_equal(name, STR("source_name")))
		add_constant(lookup, cells, lookup->source->name);
	else if (str_equal(name, STR("source_file")))
		add_constant(lookup, cells, lookup->path);
	else if (str_equal(name, STR("source_row")))
		add_kind(lookup, cells, CELL_LINE);
	else if (str_equal(name, STR("ts_utc_ns")))
		add_kind(lookup, cells, CELL_TIME);
	else
		return false;
	return true;
}

static bool is_outage(enum variant variant)
{
	return variant == VARIANT_DOWN || variant == VARIANT_UP;
}

/* The system of a row that names none. */
static void add_system(const struct lookup *lookup, struct cell_vec *cells)
{
	const struct source *source = lookup->source;

	if (source->roles & (1u << ROLE_INCIDENTS | 1u << ROLE_OUTAGES))
		add_field(lookup, cells, STR("system"));
	add_constant(lookup, cells,
		source->system.len ? source->system : source->name);
}

/* What a counter counts in, where nothing says it. */
static void add_counter_of(const struct lookup *lookup, struct cell_vec *cells)
{
	struct cell_vec counter = {0};

	add_field(lookup, &counter, STR("counter"));
	if (counter.n && cells->n == 0)
		add_constant(lookup, cells, lookup->source->name);
}

/* What a field falls back on when the source does not give it. */
static void add_fallback(const struct lookup *lookup, struct cell_vec *cells,
	struct str name, enum variant variant)
{
	bool derived = variant != VARIANT_OWN, outage = is_outage(variant);

	if (str_equal(name, STR("src_system")))
		add_system(lookup, cells);
	else if (str_equal(name, STR("counter_of")))
		add_counter_of(lookup, cells);
	else if (derived && str_equal(name, STR("object_type")))
		add_constant(lookup, cells,
			outage ? STR("system") : STR("incident"));
	else if (derived && str_equal(name, STR("object_id")))
		add_field(lookup, cells,
			outage ? STR("system") : STR("incident_id"));
}

struct wanted cells_of_word(const struct lookup *lookup,
	const struct word *word, enum column_form form, enum variant variant)
{
	struct cell_vec cells = {0};
	struct wanted wanted;

	for (size_t i = 0; i < word->spellings.n; i++) {
		struct str name = word->spellings.at[i];

		if (variant != VARIANT_OWN && str_equal(name, STR("action")))
			add_constant(lookup, &cells, variant_actions[variant]);
		else if (form == COLUMN_TIME && str_equal(name, STR("ts")))
			add_kind(lookup, &cells, CELL_TIME);
		else if (!add_built_in(lookup, &cells, name))
			add_field(lookup, &cells, name);
		add_fallback(lookup, &cells, name, variant);
	}
	wanted = wanted_of(lookup, &cells, form, word->name);
	wanted.split = word->split;
	wanted.is_key = word->is_key;
	wanted.personal |= word->personal;
	return wanted;
}

struct wanted cells_of_time(
	const struct lookup *lookup, const struct words *words)
{
	const struct word *word =
		&words->words.at[words_find(words, STR("ts"))];
	struct cell_vec cells = {0};

	for (size_t i = 0; i < word->spellings.n; i++)
		add_field(lookup, &cells, word->spellings.at[i]);
	return wanted_of(lookup, &cells, COLUMN_TIME, STR("ts"));
}

struct wanted cells_of_field(
	const struct lookup *lookup, struct str name, enum column_form form)
{
	struct cell_vec cells = {0};

	add_field(lookup, &cells, name);
	return wanted_of(lookup, &cells, form, name);
}

struct wanted cells_of_column(
	const struct lookup *lookup, struct str column, enum column_form form)
{
	struct cell_vec cells = {0};
	struct column_numbers found = lookup_name(lookup, column);

	add_columns(lookup, &cells, &found, NULL);
	return wanted_of(lookup, &cells, form, column);
}
