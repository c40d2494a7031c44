#include "ingest/input.h"

#include "format/digest.h"
#include "format/jsonread.h"
#include "format/rows.h"

/* Records of a JSON input whose members make the header shown to people. */
#define SAMPLE_BYTES (256 * 1024)

static void fail(struct input *input, enum diag_code code,
	const struct err *err, struct diag *diag)
{
	input->failed = true;
	diag_add_err(diag, code, err);
}

static bool unpack(struct input *input, const struct input_limits *limits,
	struct str *bytes, struct diag *diag)
{
	struct err err;

	input->packing = unpack_kind(input->file.bytes);
	*bytes = input->file.bytes;
	if (input->packing == PACKING_NONE)
		return true;
	if (unpack_bytes(&input->memory, input->file.bytes, input->packing,
		    &limits->unpack, input->facts.file, bytes, &err))
		return true;
	fail(input, DIAG_CORRUPT, &err, diag);
	return false;
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

void input_open(struct input *input, enum encoding encoding,
	const struct input_limits *limits, struct diag *diag)
{
	struct err err;
	struct str bytes;

	if (!file_open(&input->file, input->open_path.s, input->facts.file,
		    limits->bytes, &err)) {
		fail(input, DIAG_CANNOT_READ, &err, diag);
		return;
	}
	if (!unpack(input, limits, &bytes, diag))
		return;
	input->facts.packing = str_of(unpack_name(input->packing));
	input->facts.bytes = bytes.len;
	digest_sha256_of(bytes, input->facts.sha256);
	if (!text_decode(&input->memory, bytes, encoding, input->facts.file,
		    &input->text, &err)) {
		fail(input, DIAG_BAD_ENCODING, &err, diag);
		return;
	}
	input->facts.encoding = text_encoding_name(input->text.encoding);
	warn_guess(input, diag);
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
	for (uint32_t i = 0; i < record->n; i++) {
		struct str name = str_trim(record->fields[i]);

		vec_push(a, &sink->input->header, arena_copy(a, name));
	}
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

	diag_add(r->diag, DIAG_BAD_HEADER, reject->loc, "the header: %.*s",
		STR_ARG(reject->text));
}

static void read_csv_header(struct input *input, const struct source *source,
	const struct input_limits *limits, struct diag *diag)
{
	struct rows_dialect dialect = {
		input->delimiter, source->quotes == QUOTES_LOOSE};
	struct str all = input->text.utf8;
	size_t len = rows_first(all, &dialect);
	struct rows_piece piece = {
		str_slice(all, 0, len), input->facts.file, 1, 0, 0};
	struct header_refusal refusal = {{input, false}, diag};
	struct record_sink sink = {&refusal, take_header, refuse_header};
	struct rows_stats stats = {0};

	if (source->columns.n)
		input->header = source->columns;
	if (source->header == HEADER_NONE) {
		input->body = all;
		input->body_line = 1;
		return;
	}
	if (!source->columns.n) {
		rows_read(&piece, &dialect, &limits->record, &sink, &stats);
		input->failed = !refusal.header.taken;
	}
	input->body = str_slice(all, len, all.len);
	input->body_line = text_place(all, len, 0).line;
	input->body_byte = len;
}

static void sniff_csv(
	struct input *input, const struct source *source, struct diag *diag)
{
	struct err err;
	struct diag_item *item;

	input->delimiter = source->delimiter;
	if (input->delimiter ||
		sniff_delimiter(input->text.utf8, input->facts.file,
			&input->delimiter, &err))
		return;
	input->failed = true;
	item = diag_add(diag, DIAG_AMBIGUOUS_DIALECT, err.loc, "%s", err.text);
	diag_help(diag, item,
		STR("write `delimiter:` for this source in lineal.yaml"));
}

/* The members of the first records, in order of first sight. */
static void sample_json_columns(struct input *input,
	const struct source *source, const struct input_limits *limits)
{
	struct intern columns = {0};
	struct diag ignored = {0};
	struct record_sink sink = {NULL, take_nothing, refuse_nothing};
	struct input_piece piece = {input->body, input->body_line, 0};

	if (input->syntax == SYNTAX_JSON_LINES &&
		piece.text.len > SAMPLE_BYTES) {
		size_t end = SAMPLE_BYTES;

		while (end < piece.text.len && piece.text.s[end] != '\n')
			end++;
		piece.text.len = end;
	}
	input_read(input, source, NULL, &piece, true, &limits->record, &columns,
		&sink, &ignored);
	for (size_t i = 1; i < intern_count(&columns); i++)
		vec_push(&input->memory, &input->header,
			arena_copy(
				&input->memory, intern_get(&columns, (sym)i)));
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

void input_read_header(struct input *input, const struct source *source,
	const struct logline *pattern, const struct input_limits *limits,
	struct diag *diag)
{
	uint32_t n;

	if (input->failed)
		return;
	input->header = (struct str_vec) {0};
	input->body = input->text.utf8;
	input->body_line = 1;
	input->body_byte = 0;
	input->syntax = pattern ? SYNTAX_LINES : sniff_syntax(input->text.utf8);
	if (input->syntax == SYNTAX_CSV) {
		sniff_csv(input, source, diag);
		if (!input->failed)
			read_csv_header(input, source, limits, diag);
	} else if (input->syntax == SYNTAX_LINES) {
		const struct str *names = logline_columns(pattern, &n);

		for (uint32_t i = 0; i < n; i++)
			vec_push(&input->memory, &input->header, names[i]);
	} else if (input->syntax != SYNTAX_EMPTY) {
		sample_json_columns(input, source, limits);
	}
	input->facts.dialect = dialect_name(input);
}

void input_close(struct input *input)
{
	file_close(&input->file);
	arena_free(&input->memory);
	input->text = (struct text) {0};
	input->header = (struct str_vec) {0};
	input->body = (struct str) {0};
}

static enum input_end read_csv(const struct input *input,
	const struct source *source, const struct input_piece *piece,
	bool is_whole, const struct record_limits *limits,
	const struct record_sink *sink)
{
	struct rows_dialect dialect = {
		input->delimiter, source->quotes == QUOTES_LOOSE};
	struct rows_piece rows = {piece->text, input->facts.file, piece->line,
		piece->byte, (uint32_t)input->header.n};
	struct rows_stats stats = {0};
	enum rows_end end =
		is_whole
			? rows_read(&rows, &dialect, limits, sink, &stats)
			: rows_read_part(&rows, &dialect, limits, sink, &stats);

	return end == ROWS_DONE  ? INPUT_DONE
	       : end == ROWS_ODD ? INPUT_ODD
				 : INPUT_BROKEN;
}

/* Reason: the one place where the readers meet; each adds its own need. */
enum input_end input_read(const struct input *input,
	const struct source *source, const struct logline *pattern,
	const struct input_piece *piece, bool is_whole,
	const struct record_limits *limits, struct intern *columns,
	const struct record_sink *sink, struct diag *diag)
{
	struct json_piece json = {
		piece->text, input->facts.file, piece->line, piece->byte};
	struct logline_piece lines = {
		piece->text, input->facts.file, piece->line, piece->byte};
	struct json_stats json_stats = {0};
	struct logline_stats line_stats = {0};
	struct err err;

	switch (input->syntax) {
	case SYNTAX_CSV:
		return read_csv(input, source, piece, is_whole, limits, sink);
	case SYNTAX_LINES:
		logline_read(pattern, &lines, limits, sink, &line_stats);
		return INPUT_DONE;
	case SYNTAX_JSON_LINES:
		jsonread_lines(&json, columns, limits, sink, &json_stats);
		return INPUT_DONE;
	case SYNTAX_JSON:
		if (jsonread_array(&json, source->records, columns, limits,
			    sink, &json_stats, &err))
			return INPUT_DONE;
		diag_add_err(diag, DIAG_CORRUPT, &err);
		return INPUT_BROKEN;
	case SYNTAX_EMPTY:
		break;
	}
	return INPUT_DONE;
}

static struct input_piece *one_piece(
	struct arena *a, const struct input *input, size_t *n)
{
	struct input_piece *piece = arena_new(a, struct input_piece);

	*piece = (struct input_piece) {
		input->body, input->body_line, input->body_byte};
	*n = 1;
	return piece;
}

struct input_piece *input_cut(struct arena *a, const struct input *input,
	const struct source *source, size_t want, size_t *n)
{
	struct rows_piece whole = {input->body, input->facts.file,
		input->body_line, input->body_byte, 0};
	struct rows_piece *rows;
	struct input_piece *pieces;

	if (input->syntax != SYNTAX_CSV || source->quotes == QUOTES_LOOSE ||
		want < 2)
		return one_piece(a, input, n);
	rows = rows_cut(a, &whole, want, n);
	pieces = arena_array(a, struct input_piece, *n);
	for (size_t i = 0; i < *n; i++)
		pieces[i] = (struct input_piece) {
			rows[i].text, rows[i].line, rows[i].byte};
	return pieces;
}
