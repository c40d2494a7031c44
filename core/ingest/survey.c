#include "ingest/survey.h"

#include "ingest/pieces.h"
#include "ingest/role.h"

#define SURVEY_BYTES ((size_t)256 * 1024)

/* One time column of the source, by name. */
struct survey_column {
	struct str name;
	bool personal; /* messages do not quote it */
	bool seen;     /* a value of the doubtful form was met */
	bool decided;
	enum date_order order;
	struct loc loc;   /* of the first doubtful value */
	struct str first; /* that value */
};

struct survey {
	struct arena *a;
	struct survey_columns VEC(struct survey_column) columns;
	const struct input *input;
	uint32_t *column_of; /* per survey column: its number in the input */
};

static void add_column(struct survey *survey, struct str name, bool is_personal)
{
	/* The names of a header live no longer than the look at its input. */
	struct survey_column column = {
		.name = arena_copy(survey->a, name), .personal = is_personal};

	for (size_t i = 0; i < survey->columns.n; i++)
		if (str_equal(survey->columns.at[i].name, name)) {
			survey->columns.at[i].personal |= is_personal;
			return;
		}
	vec_push(survey->a, &survey->columns, column);
}

static void add_wanted(struct survey *survey, const struct lookup *lookup,
	const struct wanted *wanted)
{
	const struct str *names = lookup->columns->names.at;

	for (uint32_t i = 0; i < wanted->n; i++)
		for (uint32_t j = 0; j < wanted->cells[i].n_columns; j++)
			add_column(survey, names[wanted->cells[i].columns[j]],
				wanted->personal);
}

/* Every column that may hold a time that somebody reads. */
static void find_columns(struct survey *survey, const struct lookup *lookup,
	const struct words *words)
{
	struct wanted wanted = cells_of_time(lookup, words);

	add_wanted(survey, lookup, &wanted);
	for (size_t i = 0; i < words->needs.n; i++) {
		const struct need *need = &words->needs.at[i];

		if (need->form != COLUMN_TIME)
			continue;
		wanted = cells_of_word(lookup, &words->words.at[need->word],
			COLUMN_TIME, VARIANT_OWN);
		add_wanted(survey, lookup, &wanted);
	}
	for (size_t role = 0; role < ROLE_N; role++) {
		const struct role_form *form = role_form_of((enum role)role);

		if (!form || !(lookup->source->roles & 1u << role))
			continue;
		for (uint32_t i = 0; i < form->n_fields; i++) {
			if (form->fields[i].form != COLUMN_TIME)
				continue;
			wanted = cells_of_field(
				lookup, form->fields[i].name, COLUMN_TIME);
			add_wanted(survey, lookup, &wanted);
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
		struct str text;

		if (column->decided || at >= record->n)
			continue;
		text = str_trim(record->fields[at]);
		order = timestamp_order(text);
		if (order == DATE_YMD)
			continue;
		if (!column->seen) {
			column->loc = (struct loc) {
				survey->input->facts.file, record->line, 0};
			column->first = arena_copy(survey->a, text);
		}
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

/* The number of each surveyed column in this input, or UINT32_MAX. */
static void find_numbers(struct survey *survey, const struct input *input,
	const struct columns *columns)
{
	survey->input = input;
	survey->column_of = arena_array(survey->a, uint32_t, survey->columns.n);
	for (size_t i = 0; i < survey->columns.n; i++) {
		const struct column_numbers *found = columns_exact(
			columns, survey->columns.at[i].name);

		survey->column_of[i] = found ? found->at[0] : UINT32_MAX;
	}
}

/* One look at an input. */
struct look {
	struct arena scratch;
	struct survey *survey;
	const struct survey_request *request;
	const struct source *source;
	struct input_reader reader;
};

static enum input_end read_piece(
	struct look *look, const struct input_piece *piece)
{
	struct record_sink sink = {look->survey, take, refuse};

	return input_read(look->survey->input, &look->reader, piece, &sink);
}

static enum input_end read_head(struct look *look)
{
	struct input_piece first = pieces_first(&look->scratch,
		look->survey->input, look->source, SURVEY_BYTES);

	return read_piece(look, &first);
}

/* Reads all pieces, or while it helps. */
static enum input_end read_body(struct look *look)
{
	const struct input *input = look->survey->input;
	struct split_wish wish = {input->body.len / SURVEY_BYTES + 1, 1};
	enum input_end end = INPUT_DONE;
	size_t n;
	struct input_piece *pieces = pieces_cut(
		&look->scratch, input, look->source, &wish, &n);

	for (size_t i = 0; i < n && end == INPUT_DONE; i++)
		if (look->request->thorough || is_open(look->survey))
			end = read_piece(look, &pieces[i]);
	return end;
}

/* The head in any case, the rest while it helps. Where the cuts turn out to be
   doubtful, the body is read in one. */
static void read_enough(struct look *look)
{
	struct input_piece whole = input_whole(look->survey->input);
	enum input_end end = INPUT_DONE;

	if (!look->request->thorough)
		end = read_head(look);
	if (end == INPUT_DONE &&
		(look->request->thorough || is_open(look->survey)))
		end = read_body(look);
	if (end == INPUT_ODD)
		read_piece(look, &whole);
}

static void look_at(struct survey *survey, const struct survey_request *request)
{
	const struct gathered *gathered = request->gathered;
	struct intern columns = {0};
	struct diag ignored = {0};
	struct look look = {.survey = survey,
		.request = request,
		.source = &gathered->sources.at[request->source]};

	look.reader = (struct input_reader) {look.source,
		gathered->patterns[request->source], request->limits, &columns,
		&ignored, NULL};
	/* JSON columns get the numbers of the header by the same order. */
	for (size_t i = 0; i < survey->input->header.n; i++)
		intern_put(&columns, survey->input->header.at[i]);
	read_enough(&look);
	intern_free(&columns);
	diag_free(&ignored);
	arena_free(&look.scratch);
}

static void survey_input(struct survey *survey, const struct input *input,
	const struct survey_request *request)
{
	struct columns columns = {0};
	struct lookup lookup = adapt_lookup(request->plan, survey->a, &columns);

	for (size_t i = 0; i < input->header.n; i++)
		columns_add(&columns, input->header.at[i]);
	find_columns(survey, &lookup, request->plan->words);
	find_numbers(survey, input, &columns);
	look_at(survey, request);
	columns_free(&columns);
}

static void add_order(struct arena *a, struct date_orders *orders,
	const struct survey_column *column)
{
	struct date_order_of found = {
		arena_copy(a, column->name), column->order};

	vec_push(a, orders, found);
}

static void complain(const struct survey_column *column, struct diag *diag)
{
	struct diag_item *item = diag_add(diag, DIAG_AMBIGUOUS_DATE,
		column->loc,
		"column '%.*s': no value tells day from month; the "
		"first is '%.*s'",
		STR_ARG(column->name),
		STR_ARG(words_quoted(column->personal, column->first)));

	diag_help(diag, item,
		STR("write `date_order: dmy` or `date_order: mdy` for this "
		    "source in lineal.yaml"));
}

bool survey_dates(struct arena *a, const struct survey_request *request,
	struct date_orders *orders, struct diag *diag)
{
	const struct input *inputs = request->gathered->inputs.at;
	struct input_range range = request->gathered->ranges[request->source];
	struct arena scratch = {0};
	struct survey survey = {.a = &scratch};
	bool ok = true;

	for (uint32_t i = range.first; i < range.end; i++)
		if (!inputs[i].failed)
			survey_input(&survey, &inputs[i], request);
	for (size_t i = 0; i < survey.columns.n; i++) {
		const struct survey_column *column = &survey.columns.at[i];

		if (column->decided) {
			add_order(a, orders, column);
		} else if (column->seen) {
			complain(column, diag);
			ok = false;
		}
	}
	arena_free(&scratch);
	return ok;
}
