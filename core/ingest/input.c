#include "ingest/input.h"

#include "format/jsonread.h"
#include "format/rows.h"

/* Records of a JSON input whose members make the header shown to people. */
#define SAMPLE_BYTES ((size_t)256 * 1024)

static void fail(struct input *input, enum diag_code code,
	const struct err *err, struct diag *diag)
{
	input->failed = true;
	diag_add_err(diag, code, err);
}

/* An archive is no text, even where it can be read as some. */
static bool refuse_foreign(struct input *input, struct diag *diag)
{
	const char *name = unpack_foreign(input->bytes);
	struct loc loc = {.file = input->facts.file};
	struct diag_item *item;

	if (!name)
		return false;
	input->failed = true;
	item = diag_add(diag, DIAG_CORRUPT, loc,
		"expected text, gzip or zstd; found %s", name);
	diag_help(
		diag, item, STR("unpack it first, or save a workbook as CSV"));
	return true;
}

static void warn_guess(const struct input *input, struct diag *diag)
{
	struct loc loc = {input->facts.file, input->text.bad_line, 0};
	struct diag_item *item;

	if (!input->text.guessed)
		return;
	item = diag_add(diag, DIAG_ENCODING_GUESSED, loc,
		"byte %llu is not UTF-8; the file is read as Windows-1252",
		(unsigned long long)input->text.first_bad);
	diag_help(diag, item,
		STR("if that is right, write `encoding: windows-1252` for this "
		    "source"));
}

void input_open(struct input *input, const struct input_limits *limits,
	struct diag *diag)
{
	uint64_t most = limits->bytes;
	struct err err;

	/* A file that is mapped takes no memory of ours. */
	if (file_is_regular(input->facts.opened.s))
		most = UINT64_MAX;
	if (file_open(&input->file, input->facts.opened.s, input->facts.file,
		    most, &err))
		input->bytes = input->file.bytes;
	else
		fail(input, DIAG_CANNOT_READ, &err, diag);
}

void input_unpack(struct input *input, const struct input_limits *limits,
	struct diag *diag)
{
	struct err err;

	if (input->failed)
		return;
	input->packing = unpack_kind(input->bytes);
	if (!unpack_bytes(&input->memory, input->file.bytes, input->packing,
		    &limits->unpack, input->facts.file, &input->bytes, &err)) {
		fail(input, DIAG_CORRUPT, &err, diag);
		return;
	}
	if (refuse_foreign(input, diag))
		return;
	input->is_unpacked = true;
	input->facts.packing = str_of(unpack_name(input->packing));
	input->facts.bytes = input->bytes.len;
}

void input_decode(struct input *input, const struct text_checked *checked,
	struct diag *diag)
{
	struct err err;

	if (input->failed)
		return;
	if (!text_decode_checked(&input->memory, checked, input->facts.file,
		    &input->text, &err)) {
		fail(input, DIAG_BAD_ENCODING, &err, diag);
		return;
	}
	input->facts.encoding = text_encoding_name(input->text.encoding);
	warn_guess(input, diag);
}

static void add_column(struct arena *a, struct str_vec *header, struct str name)
{
	vec_push(a, header, arena_copy(a, name));
}

/* A sink that copies the first record, or sees the columns of a sample. */
struct header_sink {
	struct input *input;
	bool taken;
};

static void take_header(void *ctx, const struct record *record)
{
	struct header_sink *sink = ctx;
	struct arena *a = &sink->input->memory;

	sink->taken = true;
	for (uint32_t i = 0; i < record->n; i++)
		add_column(
			a, &sink->input->header, str_trim(record->fields[i]));
}

static void take_nothing(void *ctx, const struct record *record)
{
	(void)ctx;
	(void)record;
}

static void refuse_nothing(void *ctx, const struct reject *reject)
{
	(void)ctx;
	(void)reject;
}

struct header_refusal {
	struct header_sink header; /* first: take_header() gets this address */
	struct diag *diag;
};

static void refuse_header(void *ctx, const struct reject *reject)
{
	struct header_refusal *r = ctx;
	struct diag_item *item = diag_add(r->diag, DIAG_BAD_HEADER, reject->loc,
		"the header: %.*s", STR_ARG(reject->text));

	diag_help(r->diag, item,
		STR("a log of lines needs `pattern:` for its source in "
		    "lineal.yaml; lineal-inputs(5)"));
}

static struct rows_dialect dialect_of(
	const struct input *input, const struct source *source)
{
	return (struct rows_dialect) {
		input->delimiter, source->quotes == QUOTES_LOOSE};
}

static void read_csv_header(struct input *input, const struct source *source,
	const struct input_limits *limits, struct diag *diag)
{
	struct rows_dialect dialect = dialect_of(input, source);
	struct str all = input->text.utf8;
	size_t start = input->separator_line;
	size_t len = rows_first(str_slice(all, start, all.len), &dialect);
	struct rows_piece piece = {.text = str_slice(all, start, len),
		.file = input->facts.file,
		.line = start ? 2 : 1,
		.byte = start};
	struct header_refusal refusal = {{input, false}, diag};
	struct record_sink sink = {&refusal, take_header, refuse_header};
	struct rows_stats stats = {0};

	if (source->columns.n)
		input->header = source->columns;
	if (source->header == HEADER_NONE) {
		input->body = str_slice(all, start, all.len);
		input->body_line = piece.line;
		input->body_byte = start;
		return;
	}
	if (!source->columns.n) {
		rows_read(&piece, &dialect, &limits->record, &sink, &stats);
		input->failed = !refusal.header.taken;
	}
	input->body = str_slice(all, start + len, all.len);
	input->body_line = text_place(all, start + len, 0).line;
	input->body_byte = start + len;
}

static void sniff_csv(
	struct input *input, const struct source *source, struct diag *diag)
{
	struct err err;
	struct diag_item *item;

	input->separator_line = sniff_separator_line(
		input->text.utf8, &input->delimiter);
	if (source->delimiter)
		input->delimiter = source->delimiter;
	if (input->delimiter ||
		sniff_delimiter(input->text.utf8, input->facts.file,
			&input->delimiter, &err))
		return;
	input->failed = true;
	item = diag_add(diag, DIAG_AMBIGUOUS_DIALECT, err.loc, "%s", err.text);
	diag_help(diag, item,
		STR("write `delimiter:` for this source in lineal.yaml, or "
		    "`pattern:` if it is a log of lines"));
}

/* The first lines of the body, if each is a record. */
static struct str sample_text(const struct input *input)
{
	struct str rest;

	if (input->syntax != SYNTAX_JSON_LINES)
		return input->body;
	rest = str_slice(input->body, SAMPLE_BYTES, input->body.len);
	return str_slice(input->body, 0,
		input->body.len - rest.len + str_find(rest, '\n'));
}

/* The members of the first records, in order of first sight. */
static void sample_json_columns(struct input *input,
	const struct source *source, const struct input_limits *limits)
{
	struct intern columns = {0};
	struct diag ignored = {0};
	struct record_sink sink = {NULL, take_nothing, refuse_nothing};
	struct input_piece piece = {
		sample_text(input), input->body_line, 0, true};
	struct input_reader reader = {
		source, NULL, &limits->record, &columns, &ignored, NULL};

	input_read(input, &reader, &piece, &sink);
	for (size_t i = 1; i < intern_count(&columns); i++)
		add_column(&input->memory, &input->header,
			intern_get(&columns, (sym)i));
	intern_free(&columns);
	diag_free(&ignored);
}

static struct str dialect_name(const struct input *input)
{
	if (input->syntax != SYNTAX_CSV)
		return str_of(sniff_name(input->syntax));
	switch (input->delimiter) {
	case ',':
		return STR("csv, comma");
	case ';':
		return STR("csv, semicolon");
	case '\t':
		return STR("csv, tab");
	case '|':
		return STR("csv, bar");
	default:
		return STR("csv");
	}
}

static void read_header(struct input *input, const struct source *source,
	const struct logline *pattern, const struct input_limits *limits,
	struct diag *diag)
{
	const struct str *names;
	uint32_t n;

	switch (input->syntax) {
	case SYNTAX_CSV:
		sniff_csv(input, source, diag);
		if (!input->failed)
			read_csv_header(input, source, limits, diag);
		break;
	case SYNTAX_LINES:
		names = logline_columns(pattern, &n);
		for (uint32_t i = 0; i < n; i++)
			add_column(&input->memory, &input->header, names[i]);
		break;
	case SYNTAX_JSON:
	case SYNTAX_JSON_LINES:
		sample_json_columns(input, source, limits);
		break;
	case SYNTAX_EMPTY:
		break;
	}
}

static enum syntax syntax_of(struct str text, const struct source *source,
	const struct logline *pattern)
{
	enum syntax syntax = pattern ? SYNTAX_LINES : sniff_syntax(text);

	/* A document that stands in one line looks like JSON lines. */
	if (syntax == SYNTAX_JSON_LINES && source->records.len)
		return SYNTAX_JSON;
	return syntax;
}

void input_read_header(struct input *input, const struct source *source,
	const struct logline *pattern, const struct input_limits *limits,
	struct diag *diag)
{
	if (input->failed)
		return;
	input->header = (struct str_vec) {0};
	input->body = input->text.utf8;
	input->body_line = 1;
	input->body_byte = 0;
	input->delimiter = 0;
	input->syntax = syntax_of(input->text.utf8, source, pattern);
	read_header(input, source, pattern, limits, diag);
	input->facts.dialect = dialect_name(input);
}

void input_set_header(struct input *input, const struct str *names, size_t n)
{
	input->header = (struct str_vec) {0};
	for (size_t i = 0; i < n; i++)
		add_column(&input->memory, &input->header, names[i]);
}

void input_forget(const struct input *input, struct str text)
{
	const struct str *bytes = &input->file.bytes;

	/* Not where the text was unpacked or decoded. */
	if (text.len && text.s >= bytes->s &&
		text.s + text.len <= bytes->s + bytes->len)
		file_forget(&input->file, text);
}

void input_close(struct input *input)
{
	file_close(&input->file);
	arena_free(&input->memory);
	input->bytes = (struct str) {0};
	input->text = (struct text) {0};
	input->header = (struct str_vec) {0};
	input->body = (struct str) {0};
}

static enum input_end read_csv(const struct input *input,
	const struct input_reader *reader, const struct input_piece *piece,
	const struct record_sink *sink)
{
	struct rows_dialect dialect = dialect_of(input, reader->source);
	struct rows_piece rows = {piece->text, input->facts.file, piece->line,
		piece->byte, (uint32_t)input->header.n};
	struct rows_stats ignored = {0};
	struct rows_stats *stats = reader->csv ? reader->csv : &ignored;
	enum rows_end end = piece->is_whole
				    ? rows_read(&rows, &dialect, reader->limits,
					      sink, stats)
				    : rows_read_part(&rows, &dialect,
					      reader->limits, sink, stats);

	return end == ROWS_DONE  ? INPUT_DONE
	       : end == ROWS_ODD ? INPUT_ODD
				 : INPUT_BROKEN;
}

static enum input_end read_array(const struct input_reader *reader,
	const struct json_piece *piece, const struct record_sink *sink)
{
	struct json_stats stats = {0};
	struct err err;

	if (jsonread_array(piece, reader->source->records, reader->columns,
		    reader->limits, sink, &stats, &err))
		return INPUT_DONE;
	diag_add_err(reader->diag, DIAG_CORRUPT, &err);
	return INPUT_BROKEN;
}

enum input_end input_read(const struct input *input,
	const struct input_reader *reader, const struct input_piece *piece,
	const struct record_sink *sink)
{
	struct json_piece json = {
		piece->text, input->facts.file, piece->line, piece->byte};
	struct logline_piece lines = {
		piece->text, input->facts.file, piece->line, piece->byte};
	struct json_stats json_stats = {0};
	struct logline_stats line_stats = {0};

	switch (input->syntax) {
	case SYNTAX_CSV:
		return read_csv(input, reader, piece, sink);
	case SYNTAX_JSON:
		return read_array(reader, &json, sink);
	case SYNTAX_LINES:
		logline_read(reader->pattern, &lines, reader->limits, sink,
			&line_stats);
		break;
	case SYNTAX_JSON_LINES:
		jsonread_lines(&json, reader->columns, reader->limits, sink,
			&json_stats);
		break;
	case SYNTAX_EMPTY:
		break;
	}
	return INPUT_DONE;
}

struct input_piece input_record(
	const struct input *input, const struct source *source, uint64_t byte)
{
	struct rows_dialect dialect = dialect_of(input, source);
	struct str rest = str_slice(
		input->text.utf8, byte, input->text.utf8.len);

	rest.len = rows_first(rest, &dialect);
	return (struct input_piece) {rest, 1, byte, true};
}

struct input_piece input_whole(const struct input *input)
{
	return (struct input_piece) {
		input->body, input->body_line, input->body_byte, true};
}
