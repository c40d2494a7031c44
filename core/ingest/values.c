#include "ingest/values.h"

#include "base/number.h"

#include <stdio.h>
#include <string.h>

/* Words of these fields that a source does not map are unknown, not other. */
static struct str unmapped_word(struct str field)
{
	if (str_equal(field, STR("outcome")) ||
		str_equal(field, STR("actor_type")))
		return STR("unknown");
	return STR("other");
}

/* False if this was told of the record at hand before: its cells are read once
   for each event and role that is made of it. */
static bool is_news(struct value_reader *reader, enum diag_code code,
	const void *thing, const void *meant_by)
{
	struct told told = {code, thing, meant_by};

	for (size_t i = 0; i < reader->told.n; i++)
		if (reader->told.at[i].code == code &&
			reader->told.at[i].thing == thing &&
			reader->told.at[i].meant_by == meant_by)
			return false;
	vec_push(&reader->part->a, &reader->told, told);
	return true;
}

static struct str map_word(struct value_reader *reader,
	const struct binding *binding, struct str raw)
{
	struct unmapped *unmapped = &reader->part->unmapped;
	struct str word;

	for (size_t i = 0; i < binding->words.n; i++)
		if (str_equal(binding->words.at[i].raw, raw))
			return binding->words.at[i].word;
	/* Rows are counted: a word that a row repeats counts once. */
	word = unmapped_put(unmapped, binding->field, raw);
	if (is_news(reader, DIAG_UNUSED_WORD, word.s, binding))
		unmapped_add(unmapped, binding->field, raw, 1);
	return unmapped_word(binding->field);
}

static void push(struct value_reader *reader, struct str text)
{
	vec_push(&reader->part->a, &reader->values, text);
}

static void add_value(
	struct value_reader *reader, const struct cell *cell, struct str text)
{
	text = str_trim(text);
	if (source_is_null(reader->rules->source, text))
		return;
	if (cell->binding)
		text = map_word(reader, cell->binding, text);
	push(reader, text);
}

static void read_columns(
	struct value_reader *reader, const struct cell *cell, char split)
{
	const struct record *record = reader->record;

	for (uint32_t i = 0; i < cell->n_columns; i++) {
		struct str field;

		if (cell->columns[i] >= record->n)
			continue;
		field = record->fields[cell->columns[i]];
		if (!split) {
			add_value(reader, cell, field);
			continue;
		}
		while (field.s)
			add_value(reader, cell, str_cut(&field, split));
	}
}

static void read_cell(
	struct value_reader *reader, const struct cell *cell, char split)
{
	int len = 0;

	reader->values.n = 0;
	switch (cell->kind) {
	case CELL_COLUMNS:
		read_columns(reader, cell, split);
		return;
	case CELL_CONSTANT:
		if (cell->constant.len)
			push(reader, cell->constant);
		return;
	case CELL_LINE:
		len = snprintf(reader->number, sizeof(reader->number), "%u",
			reader->record->line);
		break;
	case CELL_TIME:
		if (reader->is_timed)
			len = snprintf(reader->number, sizeof(reader->number),
				"%lld", (long long)reader->ns);
		break;
	}
	if (len)
		push(reader, (struct str) {reader->number, (size_t)len});
}

void values_widen(struct value_reader *reader, size_t n)
{
	vec_reserve(&reader->part->a, &reader->known, n);
	reader->known.n = n;
}

/* A text that cannot be a null word needs no comparison: most are longer than
   the longest one. */
static bool is_null(const struct value_reader *reader, struct str text)
{
	if (text.len > reader->rules->null_max)
		return false;
	return source_is_null(reader->rules->source, text);
}

struct str values_field(const struct value_reader *reader, uint32_t column)
{
	const struct record *record = reader->record;
	struct str text;

	if (column >= record->n)
		return STR("");
	text = str_trim(record->fields[column]);
	return is_null(reader, text) ? STR("") : text;
}

sym values_sym(struct value_reader *reader, uint32_t column)
{
	sym *known = &reader->known.at[column];

	if (*known == SYM_UNREAD)
		*known = symbols_put(
			&reader->part->strings, values_field(reader, column));
	return *known;
}

bool values_has(const struct value_reader *reader, uint32_t column)
{
	sym known = reader->known.at[column];

	if (known != SYM_UNREAD)
		return known != 0;
	return values_field(reader, column).len > 0;
}

void values_begin(struct value_reader *reader, const struct record *record)
{
	memset(reader->known.at, 0xff,
		reader->known.n * sizeof(*reader->known.at));
	reader->record = record;
	reader->is_timed = false;
	reader->ns = CELL_ABSENT;
	reader->told.n = 0;
}

const struct cell *values_read(
	struct value_reader *reader, const struct wanted *wanted)
{
	for (uint32_t i = 0; i < wanted->n; i++) {
		read_cell(reader, &wanted->cells[i], wanted->split);
		if (reader->values.n)
			return &wanted->cells[i];
	}
	reader->values.n = 0;
	return NULL;
}

struct str values_text(struct value_reader *reader, const struct wanted *wanted)
{
	values_read(reader, wanted);
	return reader->values.n ? reader->values.at[0] : STR("");
}

/* The form of the times in a column of known day and month order. */
static struct time_form form_of_times(
	const struct value_rules *rules, enum date_order order)
{
	const struct source *source = rules->source;

	return (struct time_form) {
		.order = order,
		.zone = source->zone ? source->zone : rules->assumed_zone,
		.year_pivot = source->year_pivot < 0 ? 69 : source->year_pivot,
	};
}

static struct loc place(const struct value_reader *reader)
{
	return (struct loc) {reader->rules->file, reader->record->line, 0};
}

/* A time as it stands in its cell. */
struct time_cell {
	const struct cell *cell;
	struct str text, name;
	struct str quoted; /* the text as messages may show it */
	const void *field; /* what it is about, for is_news() */
};

static void say_time(struct value_reader *reader, enum diag_code code,
	const struct time_cell *time, const char *what, struct str help)
{
	struct diag *diag = &reader->part->diag;
	struct diag_item *item;

	if (!is_news(reader, code, time->field, NULL))
		return;
	item = diag_add(diag, code, place(reader), "'%.*s' in %.*s %s",
		STR_ARG(time->quoted), STR_ARG(time->name), what);
	if (help.len)
		diag_help(diag, item, help);
}

/* A value whose digits say the opposite of what the column's others said. */
static bool is_contradiction(
	const struct value_reader *reader, const struct time_cell *time)
{
	enum date_order order = timestamp_order(time->text);
	enum date_order others = time->cell->order;

	return reader->rules->source->date_order == DATE_UNKNOWN &&
	       (others == DATE_DMY || others == DATE_MDY) &&
	       (order == DATE_DMY || order == DATE_MDY) && order != others;
}

static void complain_time(struct value_reader *reader, enum time_status status,
	const struct time_cell *time)
{
	if (is_contradiction(reader, time)) {
		say_time(reader, DIAG_MIXED_DATES, time,
			"contradicts the order of day and month in the rest of "
			"the column",
			STR("no time of this column can be trusted, so the "
			    "file is refused"));
		return;
	}
	switch (status) {
	case TIME_NO_ZONE:
		say_time(reader, DIAG_NO_ZONE, time, "has no time zone",
			STR("write `tz:` for this source, or give "
			    "--assume-tz=ZONE"));
		break;
	case TIME_OUT_OF_RANGE:
		say_time(reader, DIAG_BAD_TIME, time,
			"lies before the plausible past or after the run date, "
			"and counts as unreadable",
			STR("the run date is that of --now, else of the "
			    "clock"));
		break;
	default:
		/* The column is surveyed again, with all its values. */
		reader->part->no_order |= status == TIME_NO_ORDER;
		say_time(reader, DIAG_BAD_TIME, time, "is not a readable time",
			STR(""));
	}
}

static void note_local_time(struct value_reader *reader,
	const struct instant *instant, const struct time_cell *time)
{
	struct diag *diag = &reader->part->diag;
	struct str text = time->quoted;

	if (instant->ambiguous &&
		is_news(reader, DIAG_AMBIGUOUS_TIME, time->field, NULL))
		diag_add(diag, DIAG_AMBIGUOUS_TIME, place(reader),
			"local time '%.*s' occurs twice; the earlier is used",
			STR_ARG(text));
	if (instant->nonexistent &&
		is_news(reader, DIAG_NONEXISTENT_TIME, time->field, NULL))
		diag_add(diag, DIAG_NONEXISTENT_TIME, place(reader),
			"local time '%.*s' does not exist; the offset before "
			"the change is used",
			STR_ARG(text));
	if (instant->leap_second &&
		is_news(reader, DIAG_LEAP_SECOND, time->field, NULL))
		diag_add(diag, DIAG_LEAP_SECOND, place(reader),
			"leap second '%.*s' is read as the next second",
			STR_ARG(text));
}

int64_t values_time(struct value_reader *reader, const struct wanted *wanted,
	struct instant *instant)
{
	const struct value_rules *rules = reader->rules;
	const struct cell *cell = values_read(reader, wanted);
	struct time_form form;
	struct time_cell time;
	enum time_status status;

	if (!cell)
		return CELL_ABSENT;
	if (cell->kind == CELL_TIME)
		return reader->ns;
	time = (struct time_cell) {cell, reader->values.at[0], wanted->name,
		words_quoted(wanted->personal, reader->values.at[0]),
		reader->values.at[0].s};
	form = form_of_times(rules, cell->order);
	status = timestamp_read(time.text, &form, instant);
	if (status == TIME_NULL)
		return CELL_ABSENT;
	if (status == TIME_OK &&
		(instant->ns < rules->oldest || instant->ns > rules->newest))
		status = TIME_OUT_OF_RANGE;
	if (status != TIME_OK) {
		complain_time(reader, status, &time);
		return CELL_UNREADABLE;
	}
	reader->part->is_zoneless |= !instant->has_offset;
	if (instant->ambiguous || instant->nonexistent || instant->leap_second)
		note_local_time(reader, instant, &time);
	return instant->ns;
}

static int64_t read_number(
	struct value_reader *reader, const struct wanted *wanted)
{
	struct str text = values_text(reader, wanted);
	int64_t value;

	if (text.len == 0)
		return CELL_ABSENT;
	if (number_read_i64(text, &value) && cell_is_value(value))
		return value;
	if (is_news(reader, DIAG_BAD_VALUE, text.s, NULL))
		diag_add(&reader->part->diag, DIAG_BAD_VALUE, place(reader),
			"'%.*s' in %.*s is not a whole number",
			STR_ARG(words_quoted(wanted->personal, text)),
			STR_ARG(wanted->name));
	return CELL_UNREADABLE;
}

/* Says that the columns of a key differ, unless `reader->values`, read last,
   begins with the value that is used. */
static void compare_key(struct value_reader *reader,
	const struct wanted *wanted, struct str used)
{
	if (reader->values.n == 0 || str_equal(reader->values.at[0], used) ||
		!is_news(reader, DIAG_KEY_CONFLICT, wanted->name.s, NULL))
		return;
	diag_add(&reader->part->diag, DIAG_KEY_CONFLICT, place(reader),
		"key %.*s: the columns say '%.*s' and '%.*s'; the first is "
		"used",
		STR_ARG(wanted->name),
		STR_ARG(words_quoted(wanted->personal, used)),
		STR_ARG(words_quoted(wanted->personal, reader->values.at[0])));
}

/* Two spellings of one key that differ: the first wins, and it is said. */
static void check_key_conflict(struct value_reader *reader,
	const struct wanted *wanted, const struct cell *used)
{
	struct str first = reader->values.at[0];

	for (const struct cell *cell = used + 1;
		cell < wanted->cells + wanted->n; cell++) {
		if (cell->kind != CELL_COLUMNS)
			continue;
		read_cell(reader, cell, wanted->split);
		compare_key(reader, wanted, first);
	}
}

static void fill_list(struct value_reader *reader, struct table *table,
	uint32_t column, uint32_t at)
{
	struct arena scratch = {0};
	uint32_t n = (uint32_t)reader->values.n;
	sym *syms = arena_array(&scratch, sym, n);

	for (uint32_t i = 0; i < n; i++)
		syms[i] = symbols_put(
			&reader->part->strings, reader->values.at[i]);
	table_set_syms(table, column, at, syms, n);
	arena_free(&scratch);
}

static void fill_syms(struct value_reader *reader, const struct wanted *wanted,
	struct table *table, uint32_t column, uint32_t at)
{
	const struct cell *cell = values_read(reader, wanted);

	if (!cell)
		return;
	if (reader->values.n == 1)
		table->columns[column].syms[at] = symbols_put(
			&reader->part->strings, reader->values.at[0]);
	else
		fill_list(reader, table, column, at);
	if (wanted->is_key && wanted->n > 1)
		check_key_conflict(reader, wanted, cell);
}

void values_fill(struct value_reader *reader, const struct wanted *wanted,
	struct table *table, uint32_t column, uint32_t at)
{
	struct column *cells = &table->columns[column];
	struct instant ignored;

	if (wanted->n == 0)
		return;
	switch (wanted->form) {
	case COLUMN_SYM:
		fill_syms(reader, wanted, table, column, at);
		break;
	case COLUMN_TIME:
		cells->values[at] = values_time(reader, wanted, &ignored);
		break;
	case COLUMN_NUMBER:
		cells->values[at] = read_number(reader, wanted);
		break;
	case COLUMN_PRESENT:
		cells->present[at] = values_read(reader, wanted) != NULL;
		break;
	}
}
