#include "ingest/generic.h"

#include "ingest/columns.h"
#include "ingest/pieces.h"

#define SAMPLE_BYTES ((size_t)256 * 1024)

struct usual {
	struct str field;
	struct str names[8];
};

static const struct str time_names[] = {STR_INIT("ts"), STR_INIT("time"),
	STR_INIT("timestamp"), STR_INIT("date"), STR_INIT("datetime"),
	STR_INIT("created"), STR_INIT("created_at"), STR_INIT("occurred_at"),
	STR_INIT("updated"), STR_INIT("updated_at")};

static const struct usual usual_names[] = {
	{STR_INIT("event_id"),
		{STR_INIT("event_id"), STR_INIT("id"), STR_INIT("uuid"),
			STR_INIT("number"), STR_INIT("key")}},
	{STR_INIT("actor_id"),
		{STR_INIT("actor"), STR_INIT("user"), STR_INIT("user_id"),
			STR_INIT("actor_id")}},
	{STR_INIT("action"),
		{STR_INIT("action"), STR_INIT("activity"), STR_INIT("event"),
			STR_INIT("event_type"), STR_INIT("operation")}},
	{STR_INIT("counter"),
		{STR_INIT("seq"), STR_INIT("seq_no"), STR_INIT("sequence")}},
};

/* The last `n` bytes of `name` that count when names are compared. */
static struct str folded_end(struct str name, size_t n)
{
	size_t at = name.len;

	while (at > 0 && n > 0) {
		at--;
		if (name.s[at] != ' ' && name.s[at] != '_')
			n--;
	}
	return str_slice(name, at, name.len);
}

static bool is_time_name(struct str column)
{
	struct str end = STR("timestamp");

	for (size_t i = 0; i < sizeof(time_names) / sizeof(time_names[0]); i++)
		if (columns_same_name(column, time_names[i]))
			return true;
	return columns_same_name(folded_end(column, end.len), end);
}

/* The first records, judged column by column: is every value a time? */
struct sample {
	const struct source *source;
	bool *readable;
	uint64_t *values;
	size_t n;
};

/* A time that only lacks what a zone or the order of the column would tell. */
static bool is_time(struct str text)
{
	struct time_form form = {.order = DATE_DMY, .year_pivot = 69};
	struct instant instant;
	enum time_status status = timestamp_read(text, &form, &instant);

	return (status != TIME_UNREADABLE && status != TIME_OUT_OF_RANGE) ||
	       timestamp_order(text) == DATE_MDY;
}

static void sample_take(void *ctx, const struct record *record)
{
	struct sample *sample = ctx;

	for (size_t i = 0; i < sample->n && i < record->n; i++) {
		struct str text = str_trim(record->fields[i]);

		if (source_is_null(sample->source, text))
			continue;
		sample->values[i]++;
		sample->readable[i] &= is_time(text);
	}
}

static void sample_refuse(void *ctx, const struct reject *reject)
{
	(void)ctx;
	(void)reject;
}

static void read_sample(const struct input *input, const struct source *source,
	const struct input_limits *limits, struct sample *sample)
{
	struct arena scratch = {0};
	struct intern columns = {0};
	struct diag ignored = {0};
	struct record_sink sink = {sample, sample_take, sample_refuse};
	struct input_reader reader = {
		source, NULL, &limits->record, &columns, &ignored, NULL};
	struct input_piece first = pieces_first(
		&scratch, input, source, SAMPLE_BYTES);

	/* JSON columns get the numbers of the header by the same order. */
	for (size_t i = 0; i < input->header.n; i++)
		intern_put(&columns, input->header.at[i]);
	input_read(input, &reader, &first, &sink);
	intern_free(&columns);
	diag_free(&ignored);
	arena_free(&scratch);
}

static void bind(struct arena *a, struct source *source, struct str field,
	struct str column)
{
	struct binding binding = {.field = field,
		.column = arena_copy(a, column),
		.from_profile = true};

	binding_add(a, &source->bind, &binding);
}

static void bind_time(struct arena *a, struct source *source,
	const struct input *input, const struct sample *sample)
{
	for (size_t i = 0; i < input->header.n; i++)
		if (is_time_name(input->header.at[i]) && sample->readable[i] &&
			sample->values[i]) {
			bind(a, source, STR("ts"), input->header.at[i]);
			return;
		}
}

static void bind_usual(struct arena *a, struct source *source,
	const struct input *input, const struct usual *usual)
{
	for (size_t i = 0; i < 8 && usual->names[i].s; i++)
		for (size_t j = 0; j < input->header.n; j++)
			if (columns_same_name(
				    input->header.at[j], usual->names[i])) {
				bind(a, source, usual->field,
					input->header.at[j]);
				return;
			}
}

struct str generic_columns(struct arena *a, const struct source *source)
{
	const struct binding_vec *bindings = &source->bind;
	struct str text = STR("");

	for (size_t i = 0; i < bindings->n; i++)
		if (bindings->at[i].from_profile)
			text = arena_print(a, "%.*s%s%.*s is %.*s",
				STR_ARG(text), text.len ? ", " : "",
				STR_ARG(bindings->at[i].field),
				STR_ARG(bindings->at[i].column));
	return text;
}

/* A log that nobody declared looks like a table of strange columns. */
static struct str help_of(const struct input *input)
{
	return input->syntax == SYNTAX_CSV
		       ? STR("write `bind:` for its columns in lineal.yaml, or "
			     "`pattern:` if it is a log of lines; "
			     "lineal-inputs(5)")
		       : STR("write `bind:` for its columns in lineal.yaml");
}

/* Says what was taken. */
static void say(const struct source *source, const struct input *input,
	struct diag *diag)
{
	struct arena scratch = {0};
	struct loc loc = {input->facts.file, 1, 0};
	const char *why = source->format.name.len ? "" : "no known format; ";
	struct str text = generic_columns(&scratch, source);
	struct diag_item *item = diag_add(diag, DIAG_ASSUMED, loc,
		"%sread as a generic file: %.*s", why,
		STR_ARG(text.len ? text : STR("no column known")));

	if (text.len == 0)
		diag_help(diag, item, help_of(input));
	arena_free(&scratch);
}

void generic_bind(struct arena *a, struct source *source,
	const struct input *input, const struct input_limits *limits,
	struct diag *diag)
{
	struct arena scratch = {0};
	size_t n = input->header.n;
	struct sample sample = {source, arena_array(&scratch, bool, n),
		arena_array(&scratch, uint64_t, n), n};

	for (size_t i = 0; i < n; i++)
		sample.readable[i] = true;
	read_sample(input, source, limits, &sample);
	if (!binding_find(&source->bind, STR("ts")))
		bind_time(a, source, input, &sample);
	for (size_t i = 0; i < sizeof(usual_names) / sizeof(usual_names[0]);
		i++)
		if (!binding_find(&source->bind, usual_names[i].field))
			bind_usual(a, source, input, &usual_names[i]);
	say(source, input, diag);
	arena_free(&scratch);
}
