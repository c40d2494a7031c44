#include "ingest/cells.h"

#include "base/near.h"
#include "base/number.h"

struct cell_vec VEC(struct cell);
struct u32_vec VEC(uint32_t);

static const struct str variant_actions[VARIANT_N] = {
	[VARIANT_OPENED] = STR_INIT("incident_open"),
	[VARIANT_CLOSED] = STR_INIT("incident_close"),
	[VARIANT_DOWN] = STR_INIT("down"),
	[VARIANT_UP] = STR_INIT("up"),
};

/* "labels[3]" is an item of "labels". */
static bool is_item_of(struct str column, struct str name)
{
	return column.len > name.len + 2 && column.s[name.len] == '[' &&
	       str_has_prefix(column, name) &&
	       str_find(str_slice(column, name.len, column.len), ']') ==
		       column.len - name.len - 1;
}

/* "labels[2]" of a header that has "labels" twice or more: the second. */
static bool find_indexed(
	const struct cell_context *ctx, struct str name, uint32_t *column)
{
	size_t open = str_find(name, '[');
	struct str base = str_slice(name, 0, open);
	uint64_t wanted_index, seen = 0;

	if (open == name.len || name.s[name.len - 1] != ']' ||
		!number_read_u64(str_slice(name, open + 1, name.len - open - 2),
			&wanted_index))
		return false;
	for (size_t i = 0; i < ctx->n_columns; i++)
		if (str_equal(ctx->columns[i], base) &&
			++seen == wanted_index) {
			*column = (uint32_t)i;
			return true;
		}
	return false;
}

/* All columns that are `name`: repeated ones, and items of a JSON array. */
static void find_columns(
	const struct cell_context *ctx, struct str name, struct u32_vec *found)
{
	uint32_t column;

	for (size_t i = 0; i < ctx->n_columns; i++)
		if (str_equal(ctx->columns[i], name) ||
			is_item_of(ctx->columns[i], name))
			vec_push(ctx->a, found, (uint32_t)i);
	if (found->n == 0 && find_indexed(ctx, name, &column))
		vec_push(ctx->a, found, column);
}

/* The same for a name in a profile, which may be spelt otherwise in a file. */
static void find_profile_columns(
	const struct cell_context *ctx, struct str name, struct u32_vec *found)
{
	size_t column;

	find_columns(ctx, name, found);
	if (found->n == 0 && profile_column(ctx->profile, name, ctx->columns,
				     ctx->n_columns, &column) == COLUMN_FOUND)
		find_columns(ctx, ctx->columns[column], found);
}

static enum date_order order_of(
	const struct cell_context *ctx, const struct u32_vec *columns)
{
	if (ctx->source->date_order != DATE_UNKNOWN || columns->n == 0)
		return ctx->source->date_order;
	for (size_t i = 0; i < ctx->orders->n; i++)
		if (str_equal(ctx->orders->at[i].column,
			    ctx->columns[columns->at[0]]))
			return ctx->orders->at[i].order;
	return DATE_UNKNOWN;
}

static void add_columns(const struct cell_context *ctx, struct cell_vec *cells,
	const struct u32_vec *columns, const struct binding *binding)
{
	struct cell cell = {.kind = CELL_COLUMNS,
		.columns = columns->at,
		.n_columns = (uint32_t)columns->n,
		.binding = binding && binding->has_words ? binding : NULL,
		.order = order_of(ctx, columns)};

	if (columns->n)
		vec_push(ctx->a, cells, cell);
}

static void add_constant(
	const struct cell_context *ctx, struct cell_vec *cells, struct str text)
{
	struct cell cell = {.kind = CELL_CONSTANT, .constant = text};

	vec_push(ctx->a, cells, cell);
}

static void add_kind(const struct cell_context *ctx, struct cell_vec *cells,
	enum cell_kind kind)
{
	struct cell cell = {.kind = kind};

	vec_push(ctx->a, cells, cell);
}

static void add_binding(const struct cell_context *ctx, struct cell_vec *cells,
	const struct binding *binding)
{
	struct u32_vec found = {0};

	if (binding->is_constant) {
		add_constant(ctx, cells, binding->constant);
		return;
	}
	if (binding->from_profile)
		find_profile_columns(ctx, binding->column, &found);
	else
		find_columns(ctx, binding->column, &found);
	add_columns(ctx, cells, &found, binding);
}

/* A field by its binding, else the column of its name. */
static void add_field(
	const struct cell_context *ctx, struct cell_vec *cells, struct str name)
{
	const struct binding *binding = binding_find(&ctx->source->bind, name);
	struct u32_vec found = {0};

	if (binding) {
		add_binding(ctx, cells, binding);
		return;
	}
	find_columns(ctx, name, &found);
	add_columns(ctx, cells, &found, NULL);
}

static struct wanted wanted_of(
	const struct cell_vec *cells, enum column_form form, struct str name)
{
	return (struct wanted) {.cells = cells->at,
		.n = (uint32_t)cells->n,
		.form = form,
		.name = name};
}

/* The words that need no column. */
static bool add_built_in(
	const struct cell_context *ctx, struct cell_vec *cells, struct str name)
{
	if (str_equal(name, STR("source_name")))
		add_constant(ctx, cells, ctx->source->name);
	else if (str_equal(name, STR("source_file")))
		add_constant(ctx, cells, ctx->path);
	else if (str_equal(name, STR("source_row")))
		add_kind(ctx, cells, CELL_LINE);
	else if (str_equal(name, STR("ts_utc_ns")))
		add_kind(ctx, cells, CELL_TIME);
	else
		return false;
	return true;
}

static bool is_outage(enum variant variant)
{
	return variant == VARIANT_DOWN || variant == VARIANT_UP;
}

/* What a field falls back on when the source does not give it. */
static void add_fallback(const struct cell_context *ctx, struct cell_vec *cells,
	struct str name, enum variant variant)
{
	const struct source *source = ctx->source;
	bool derived = variant != VARIANT_OWN;

	if (str_equal(name, STR("src_system"))) {
		if (source->roles & (1u << ROLE_INCIDENTS | 1u << ROLE_OUTAGES))
			add_field(ctx, cells, STR("system"));
		add_constant(ctx, cells,
			source->system.len ? source->system : source->name);
	} else if (str_equal(name, STR("counter_of"))) {
		struct cell_vec counter = {0};

		add_field(ctx, &counter, STR("counter"));
		if (counter.n && cells->n == 0)
			add_constant(ctx, cells, source->name);
	} else if (derived && str_equal(name, STR("object_type"))) {
		add_constant(ctx, cells,
			is_outage(variant) ? STR("system") : STR("incident"));
	} else if (derived && str_equal(name, STR("object_id"))) {
		add_field(ctx, cells,
			is_outage(variant) ? STR("system")
					   : STR("incident_id"));
	}
}

struct wanted cells_of_word(const struct cell_context *ctx,
	const struct word *word, enum column_form form, enum variant variant)
{
	struct cell_vec cells = {0};
	struct wanted wanted;

	for (size_t i = 0; i < word->spellings.n; i++) {
		struct str name = word->spellings.at[i];

		if (variant != VARIANT_OWN && str_equal(name, STR("action")))
			add_constant(ctx, &cells, variant_actions[variant]);
		else if (form == COLUMN_TIME && str_equal(name, STR("ts")))
			add_kind(ctx, &cells, CELL_TIME);
		else if (!add_built_in(ctx, &cells, name))
			add_field(ctx, &cells, name);
		add_fallback(ctx, &cells, name, variant);
	}
	wanted = wanted_of(&cells, form, word->name);
	wanted.split = word->split;
	wanted.is_key = word->is_key;
	return wanted;
}

struct wanted cells_of_time(
	const struct cell_context *ctx, const struct words *words)
{
	const struct word *word =
		&words->words.at[words_find(words, STR("ts"))];
	struct cell_vec cells = {0};

	for (size_t i = 0; i < word->spellings.n; i++)
		add_field(ctx, &cells, word->spellings.at[i]);
	return wanted_of(&cells, COLUMN_TIME, STR("ts"));
}

struct wanted cells_of_field(
	const struct cell_context *ctx, struct str name, enum column_form form)
{
	struct cell_vec cells = {0};

	add_field(ctx, &cells, name);
	return wanted_of(&cells, form, name);
}

struct wanted cells_of_column(const struct cell_context *ctx, struct str column,
	enum column_form form)
{
	struct cell_vec cells = {0};
	struct u32_vec found = {0};

	find_columns(ctx, column, &found);
	add_columns(ctx, &cells, &found, NULL);
	return wanted_of(&cells, form, column);
}

static bool complain(const struct cell_context *ctx, struct diag *diag,
	struct str column, struct loc loc, uint32_t span)
{
	struct diag_item *item = diag_add(diag, DIAG_UNKNOWN_COLUMN, loc,
		"%.*s has no column '%.*s'", STR_ARG(ctx->path),
		STR_ARG(column));
	struct str hint = near_hint(
		ctx->a, column, ctx->columns, ctx->n_columns);

	if (item)
		item->span = span;
	diag_help(diag, item,
		hint.len ? str_trim(hint)
			 : STR("the columns are listed by: lineal dump rows"));
	return false;
}

static bool check_names(const struct cell_context *ctx, struct diag *diag,
	const struct name_at_vec *names)
{
	bool ok = true;

	for (size_t i = 0; i < names->n; i++) {
		struct u32_vec found = {0};

		find_columns(ctx, names->at[i].name, &found);
		if (found.n == 0)
			ok = complain(ctx, diag, names->at[i].name,
				names->at[i].loc, names->at[i].span);
	}
	return ok;
}

bool cells_check(
	const struct cell_context *ctx, struct diag *diag, uint32_t file)
{
	const struct source *source = ctx->source;
	bool ok = true;

	for (size_t i = 0; i < source->bind.n; i++) {
		const struct binding *binding = &source->bind.at[i];
		struct cell_vec cells = {0};
		struct loc loc = binding->loc;

		if (binding->is_constant)
			continue;
		add_binding(ctx, &cells, binding);
		if (cells.n)
			continue;
		/* A profile names what files may have; only its needs must be
		   there, and those were checked when it was chosen. */
		if (binding->from_profile)
			continue;
		if (loc.file == 0)
			loc.file = file;
		ok = complain(ctx, diag, binding->column, loc, binding->span);
	}
	ok = check_names(ctx, diag, &source->lineage.reads) && ok;
	ok = check_names(ctx, diag, &source->lineage.writes) && ok;
	return check_names(ctx, diag, &source->lineage.replaces) && ok;
}
