#include "format/rows.h"

#include "rows_p.h"

#include "base/vec.h"
#include "format/scan.h"
#include "format/text.h"

#include <csv.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct reader {
	const struct rows_piece *piece;
	const struct rows_dialect *dialect;
	const struct record_limits *limits;
	const struct record_sink *sink;
	struct rows_stats *stats;
	struct scan *scan; /* or NULL: every record goes the plain way */
	struct csv_parser csv;
	struct arena arena;
	/* The record at hand. */
	struct split_record found;
	struct str raw;
	size_t at;     /* of its first byte in the piece */
	uint32_t line; /* of its first byte */
	struct str_vec fields;
	uint64_t n_fields; /* `fields` keeps no more than are wanted */
	uint64_t too_big;  /* number of the first field above the limit */
	size_t too_big_len;
	/* Its fields without their escapes; libcsv uses one buffer for all. */
	char *buffer;
	size_t used, cap;
};

/* libcsv cuts off what this calls a space. */
static int is_never_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void open_parser(struct reader *r)
{
	unsigned char options = CSV_STRICT | CSV_STRICT_FINI |
				CSV_EMPTY_IS_NULL;

	/* It fails only without a parser. */
	(void)csv_init(&r->csv, options);
	csv_set_delim(&r->csv, (unsigned char)r->dialect->delimiter);
	csv_set_quote(&r->csv, '"');
	csv_set_space_func(&r->csv, is_never_space);
	csv_set_blk_size(&r->csv, 4096);
}

/* Refuses the record at hand for what stands at its byte `at`. */
static void refuse(struct reader *r, enum diag_code code, size_t at,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

static void refuse(struct reader *r, enum diag_code code, size_t at,
	const char *format, ...)
{
	char text[160];
	va_list args;
	struct reject reject = {.code = code};

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	reject.loc = text_place(r->raw, at, r->piece->file);
	reject.loc.line += r->line - 1;
	reject.byte = r->piece->byte + r->at + at;
	reject.raw = str_slice(r->raw, 0, r->limits->record);
	reject.text = str_of(text);
	r->stats->refused++;
	r->sink->refuse(r->sink->ctx, &reject);
}

static void begin_fields(struct reader *r)
{
	r->fields.n = 0;
	r->n_fields = 0;
	r->too_big = 0;
	r->used = 0;
	/* Without escapes the fields together are shorter than the record. */
	if (r->found.escapes && r->cap < r->raw.len) {
		size_t cap = 2 * r->raw.len;

		r->buffer = arena_resize(&r->arena, r->buffer, r->cap, cap);
		r->cap = cap;
	}
}

static void add_field(struct reader *r, struct str field)
{
	r->n_fields++;
	if (field.len > r->limits->field && !r->too_big) {
		r->too_big = r->n_fields;
		r->too_big_len = field.len;
	}
	if (r->piece->n_columns == 0 || r->n_fields <= r->piece->n_columns)
		vec_push(&r->arena, &r->fields, field);
}

/* The fields of a record without escapes: slices of the text, not copied. */
static void read_slices(struct reader *r)
{
	const char *at = r->raw.s, *end = at + r->raw.len;

	for (;;) {
		bool quoted = at < end && *at == '"';
		const char *stop;

		at += quoted;
		stop = memchr(at, quoted ? '"' : r->dialect->delimiter,
			(size_t)(end - at));
		if (!stop)
			stop = end;
		add_field(r, (struct str) {at, (size_t)(stop - at)});
		at = stop + quoted;
		if (at == end)
			return;
		at++;
	}
}

/* For libcsv; an empty field is NULL. */
static void copy_field(void *field, size_t len, void *ctx)
{
	struct reader *r = ctx;
	char *copy = r->buffer + r->used;

	if (len)
		memcpy(copy, field, len);
	r->used += len;
	add_field(r, (struct str) {copy, len});
}

/* Gives libcsv the record with its line end, or with one of ours. */
static bool read_strict(struct reader *r)
{
	bool open_end = r->found.end == SPLIT_TEXT_END;
	size_t len = r->raw.len + (open_end ? 0 : 1);
	size_t used = csv_parse(&r->csv, r->raw.s, len, copy_field, NULL, r);

	if (used == len && open_end)
		used += csv_parse(&r->csv, "\n", 1, copy_field, NULL, r);
	if (used == r->raw.len + 1)
		return true;
	refuse(r, DIAG_ROW_TOO_BIG, used < r->raw.len ? used : r->raw.len,
		"record cannot be read: %s", csv_strerror(csv_error(&r->csv)));
	/* csv_fini() would deliver half a row. */
	csv_free(&r->csv);
	open_parser(r);
	return false;
}

/* The quoted field behind the quote at `at`; returns where it ends. */
static size_t read_loose_quoted(struct reader *r, size_t at)
{
	struct str field = {r->buffer + r->used, 0};

	/* The scan has seen the closing quote. */
	for (at++;; at++) {
		if (r->raw.s[at] == '\\')
			at++;
		else if (r->raw.s[at] == '"' &&
			 (++at == r->raw.len || r->raw.s[at] != '"'))
			break;
		r->buffer[r->used++] = r->raw.s[at];
		field.len++;
	}
	add_field(r, field);
	return at;
}

/* The same for backslashes in quotes, which libcsv does not know. */
static void read_loose(struct reader *r)
{
	size_t at = 0;

	for (;;) {
		struct str rest = str_slice(r->raw, at, r->raw.len);
		size_t len = str_find(rest, r->dialect->delimiter);

		if (rest.len && rest.s[0] == '"') {
			at = read_loose_quoted(r, at);
		} else {
			add_field(r, str_slice(rest, 0, len));
			at += len;
		}
		if (at == r->raw.len)
			return;
		at++;
	}
}

/* Refuses a record that no parser needs to see. */
static bool is_refused_unread(struct reader *r)
{
	const struct split_record *found = &r->found;
	struct loc opened;

	if (found->end == SPLIT_UNCLOSED) {
		opened = text_place(r->raw, found->opened, 0);
		refuse(r, DIAG_UNCLOSED_QUOTE, 0,
			"quote opened at %u:%u is never closed",
			opened.line + r->line - 1, opened.col);
	} else if (found->len > r->limits->record) {
		refuse(r, DIAG_ROW_TOO_BIG, 0,
			"record has %zu bytes, at most %" PRIu64 " are allowed",
			found->len, r->limits->record);
	} else if (found->stray < found->nul) {
		refuse(r, DIAG_STRAY_QUOTE, found->stray,
			"quote neither begins nor ends a field");
	} else if (found->nul != SPLIT_NONE) {
		refuse(r, DIAG_NUL_BYTE, found->nul,
			"record holds a NUL byte at byte %" PRIu64,
			r->piece->byte + r->at + found->nul);
	} else {
		return false;
	}
	return true;
}

static bool has_good_fields(struct reader *r)
{
	uint32_t want = r->piece->n_columns;

	if (r->too_big) {
		refuse(r, DIAG_FIELD_TOO_BIG, 0,
			"field %" PRIu64 " has %zu bytes, at most %" PRIu64
			" are allowed",
			r->too_big, r->too_big_len, r->limits->field);
		return false;
	}
	if (want == 0 || r->n_fields == want)
		return true;
	refuse(r, r->n_fields < want ? DIAG_ROW_SHORT : DIAG_ROW_LONG, 0,
		"expected %u fields, found %" PRIu64, want, r->n_fields);
	return false;
}

static void take(struct reader *r, const struct str *fields, uint32_t n)
{
	struct record record = {.fields = fields,
		.n = n,
		.line = r->line,
		.byte = r->piece->byte + r->at,
		.raw = r->raw};

	r->sink->take(r->sink->ctx, &record);
}

/* Takes or refuses the record at hand. */
static void read_record(struct reader *r)
{
	r->stats->records++;
	if (is_refused_unread(r))
		return;
	begin_fields(r);
	if (!r->found.escapes)
		read_slices(r);
	else if (r->dialect->loose_quotes)
		read_loose(r);
	else if (!read_strict(r))
		return;
	if (has_good_fields(r))
		take(r, r->fields.at, (uint32_t)r->fields.n);
}

static bool is_odd(const struct split_record *found)
{
	return found->end == SPLIT_UNCLOSED || found->stray != SPLIT_NONE;
}

static void count_end(struct rows_stats *stats, enum split_end end)
{
	stats->lf += end == SPLIT_LF;
	stats->crlf += end == SPLIT_CRLF;
	stats->cr += end == SPLIT_CR;
}

/* Takes regular records up to the first one that is not. */
static void take_regular(struct reader *r)
{
	struct str text = r->piece->text;
	struct scan_record found;

	while (r->at < text.len && scan_next(r->scan, r->at, &found)) {
		r->raw = (struct str) {text.s + r->at, found.len};
		r->stats->records++;
		r->stats->crlf += found.crlf;
		r->stats->lf += !found.crlf;
		take(r, found.fields, r->piece->n_columns);
		r->at += found.len + found.crlf + 1;
		r->line++;
	}
}

/* The plain way: one record, whatever it is. */
static enum rows_end read_one(struct reader *r, bool part)
{
	struct str text = r->piece->text;

	r->raw = str_slice(text, r->at, text.len);
	r->found = split_record(
		r->raw, r->dialect->delimiter, r->dialect->loose_quotes);
	if (part && is_odd(&r->found))
		return ROWS_ODD;
	r->raw.len = r->found.len;
	if (r->raw.len > 0)
		read_record(r);
	if (r->found.end == SPLIT_UNCLOSED)
		return ROWS_UNCLOSED;
	count_end(r->stats, r->found.end);
	r->at += r->found.next;
	r->line += r->found.lines;
	return ROWS_DONE;
}

static enum rows_end read_records(struct reader *r, bool part)
{
	enum rows_end end = ROWS_DONE;

	while (end == ROWS_DONE && r->at < r->piece->text.len) {
		if (r->scan)
			take_regular(r);
		if (r->at < r->piece->text.len)
			end = read_one(r, part);
	}
	return end;
}

/* Where a backslash escapes, or any number of fields will do, no record is
   known to be regular. */
static void open_scan(struct reader *r, const struct rows_how *how)
{
	const struct record_limits *limits = r->limits;
	struct scan_request request = {.text = r->piece->text,
		.delimiter = r->dialect->delimiter,
		.n_columns = r->piece->n_columns,
		.largest = limits->field < limits->record ? limits->field
							  : limits->record,
		.window = how->window,
		.way = how->way};

	if (how->window && request.n_columns && !r->dialect->loose_quotes)
		r->scan = scan_new(&r->arena, &request);
}

enum rows_end rows_read_how(const struct rows_piece *piece,
	const struct rows_dialect *dialect, const struct record_limits *limits,
	const struct record_sink *sink, struct rows_stats *stats,
	const struct rows_how *how)
{
	struct reader r = {.piece = piece,
		.dialect = dialect,
		.limits = limits,
		.sink = sink,
		.stats = stats,
		.line = piece->line};
	enum rows_end end;

	*stats = (struct rows_stats) {0};
	open_parser(&r);
	open_scan(&r, how);
	end = read_records(&r, how->part);
	csv_free(&r.csv);
	arena_free(&r.arena);
	return end;
}

enum rows_end rows_read(const struct rows_piece *piece,
	const struct rows_dialect *dialect, const struct record_limits *limits,
	const struct record_sink *sink, struct rows_stats *stats)
{
	struct rows_how how = {false, SCAN_WINDOW, 0};

	return rows_read_how(piece, dialect, limits, sink, stats, &how);
}

enum rows_end rows_read_part(const struct rows_piece *piece,
	const struct rows_dialect *dialect, const struct record_limits *limits,
	const struct record_sink *sink, struct rows_stats *stats)
{
	struct rows_how how = {true, SCAN_WINDOW, 0};

	return rows_read_how(piece, dialect, limits, sink, stats, &how);
}

static size_t pieces_wanted(size_t len, size_t want)
{
	size_t most = len / CHUNK_MIN;

	if (most == 0 || want == 0)
		return 1;
	return want < most ? want : most;
}

struct rows_piece *rows_cut(struct arena *a, const struct rows_piece *whole,
	const struct split_wish *wish, size_t *n)
{
	struct str text = whole->text;
	struct split_wish fewer = {
		pieces_wanted(text.len, wish->parts), wish->threads};
	struct split_part *parts = split_parts(a, text, &fewer, n);
	struct rows_piece *pieces = arena_array(a, struct rows_piece, *n);

	for (size_t i = 0; i < *n; i++) {
		size_t start = parts[i].start;
		size_t end = i + 1 < *n ? parts[i + 1].start : text.len;

		pieces[i] = *whole;
		pieces[i].text = str_slice(text, start, end - start);
		pieces[i].line = whole->line + (uint32_t)parts[i].lines;
		pieces[i].byte = whole->byte + start;
	}
	return pieces;
}

size_t rows_first(struct str text, const struct rows_dialect *dialect)
{
	size_t at = 0;

	while (at < text.len) {
		struct split_record found = split_record(
			str_slice(text, at, text.len), dialect->delimiter,
			dialect->loose_quotes);

		at += found.next;
		if (found.len > 0)
			break;
	}
	return at;
}
