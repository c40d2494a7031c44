#include "ingest/survey.h"

#include "ingest/role.h"

#define SURVEY_BYTES ((size_t)256 * 1024)

/* One time column of the source, by name. */
struct survey_column {
	struct str name;
	bool seen; /* a value of the doubtful form was met */
	bool decided;
	enum date_order order;
	struct loc loc; /* of the first doubtful value */
};

struct survey {
	struct arena *a;
	struct survey_columns VEC(struct survey_column) columns;
	const struct input *input;
	uint32_t *column_of; /* per survey column: its number in the input */
};

static void add_column(struct survey *survey, struct str name)
{
	struct survey_column column = {.name = name};

	for (size_t i = 0; i < survey->columns.n; i++)
		if (str_equal(survey->columns.at[i].name, name))
			return;
	vec_push(survey->a, &survey->columns, column);
}

static void add_wanted(struct survey *survey, const struct cell_context *ctx,
	const struct wanted *wanted)
{
	for (uint32_t i = 0; i < wanted->n; i++)
		for (uint32_t j = 0; j < wanted->cells[i].n_columns; j++)
			add_column(survey,
				ctx->columns[wanted->cells[i].columns[j]]);
}

/* Every column that may hold a time that somebody reads. */
static void find_columns(struct survey *survey, const struct cell_context *ctx,
	const struct words *words)
{
	struct wanted wanted = cells_of_time(ctx, words);

	add_wanted(survey, ctx, &wanted);
	for (size_t i = 0; i < words->needs.n; i++) {
		const struct need *need = &words->needs.at[i];

		if (need->form != COLUMN_TIME)
			continue;
		wanted = cells_of_word(ctx, &words->words.at[need->word],
			COLUMN_TIME, VARIANT_OWN);
		add_wanted(survey, ctx, &wanted);
	}
	for (size_t role = 0; role < ROLE_N; role++) {
		const struct role_form *form = role_form_of((enum role)role);

		if (!form || !(ctx->source->roles & 1u << role))
			continue;
		for (uint32_t i = 0; i < form->n_fields; i++) {
			if (form->fields[i].form != COLUMN_TIME)
				continue;
			wanted = cells_of_field(
				ctx, form->fields[i].name, COLUMN_TIME);
			add_wanted(survey, ctx, &wanted);
		}
	}
}

static void take(void *ctx, const struct record *record)
{
	struct survey *survey = ctx;

	for (size_t i = 0; i < survey->columns.n; i++) {
		struct survey_column *column = &survey->columns.at[i];
		uint32_t at = survey->column_of[i];
		enum date_order order;

		if (column->decided || at >= record->n)
			continue;
		order = timestamp_order(str_trim(record->fields[at]));
		if (order == DATE_YMD)
			continue;
		if (!column->seen)
			column->loc = (struct loc) {
				survey->input->facts.file, record->line, 0};
		column->seen = true;
		column->order = order;
		column->decided = order != DATE_UNKNOWN;
	}
}

static void refuse(void *ctx, const struct reject *reject)
{
	(void)ctx;
	(void)reject;
}

/* True while a further look could decide something. */
static bool is_open(const struct survey *survey)
{
	for (size_t i = 0; i < survey->columns.n; i++)
		if (survey->columns.at[i].seen &&
			!survey->columns.at[i].decided)
			return true;
	return false;
}

static void find_numbers(struct survey *survey, const struct input *input)
{
	survey->input = input;
	survey->column_of = arena_array(survey->a, uint32_t, survey->columns.n);
	for (size_t i = 0; i < survey->columns.n; i++) {
		survey->column_of[i] = UINT32_MAX;
		for (size_t j = input->header.n; j-- > 0;)
			if (str_equal(input->header.at[j],
				    survey->columns.at[i].name))
				survey->column_of[i] = (uint32_t)j;
	}
}

/* Reads the first piece in any case, the others only while it helps. */
static void look(struct survey *survey, const struct input *input,
	const struct source *source, const struct logline *pattern,
	const struct input_limits *limits)
{
	struct arena scratch = {0};
	struct intern columns = {0};
	struct diag ignored = {0};
	struct record_sink sink = {survey, take, refuse};
	struct input_reader reader = {
		source, pattern, &limits->record, &columns, &ignored};
	size_t n;
	struct input_piece *pieces = input_cut(&scratch, input, source,
		input->body.len / SURVEY_BYTES + 1, &n);

	find_numbers(survey, input);
	for (size_t i = 0; i < input->header.n; i++)
		intern_put(&columns, input->header.at[i]);
	for (size_t i = 0; i < n && (i == 0 || is_open(survey)); i++)
		input_read(input, &reader, &pieces[i], &sink);
	intern_free(&columns);
	diag_free(&ignored);
	arena_free(&scratch);
}

static bool report(const struct survey *survey, struct arena *a,
	struct date_orders *orders, struct diag *diag)
{
	bool ok = true;

	for (size_t i = 0; i < survey->columns.n; i++) {
		const struct survey_column *column = &survey->columns.at[i];
		struct date_order_of found = {
			arena_copy(a, column->name), column->order};
		struct diag_item *item;

		if (column->decided)
			vec_push(a, orders, found);
		if (column->decided || !column->seen)
			continue;
		ok = false;
		item = diag_add(diag, DIAG_AMBIGUOUS_DATE, column->loc,
			"column '%.*s': no value tells day from month",
			STR_ARG(column->name));
		diag_help(diag, item,
			STR("write `date_order: dmy` or `date_order: mdy` for "
			    "this source in lineal.yaml"));
	}
	return ok;
}

bool survey_dates(struct arena *a, const struct gathered *gathered,
	uint32_t number, const struct adapt_plan *plan,
	const struct input_limits *limits, struct date_orders *orders,
	struct diag *diag)
{
	struct arena scratch = {0};
	struct survey survey = {.a = &scratch};
	const struct source *source = &gathered->sources.at[number];
	bool ok;

	for (size_t i = 0; i < gathered->inputs.n; i++) {
		const struct input *input = &gathered->inputs.at[i];
		struct cell_context ctx = adapt_context(
			plan, &scratch, input->header.at, input->header.n);

		if (input->facts.source != number || input->failed)
			continue;
		find_columns(&survey, &ctx, plan->words);
		look(&survey, input, source, gathered->patterns[number],
			limits);
	}
	ok = report(&survey, a, orders, diag);
	arena_free(&scratch);
	return ok;
}
