#include "base/vec.h"
#include "format/rows.h"
#include "format/split.h"
#include "rowdigest_p.h"

#include <assert.h>
#include <csv.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What one read delivered, as a digest of places and fields (FNV-1a). */
struct sum {
	const struct rows_piece *piece;
	const struct record_limits *limits;
	const struct rows_dialect *dialect;
	uint64_t digest, taken, refused;
	const char *end; /* of the last record */
	uint32_t line;
};

static void mix(uint64_t *digest, const void *bytes, size_t len)
{
	const unsigned char *s = bytes;

	for (size_t i = 0; i < len; i++)
		*digest = (*digest ^ s[i]) * 0x100000001b3u;
}

static void mix_field(uint64_t *digest, struct str field)
{
	mix(digest, &field.len, sizeof(field.len));
	mix(digest, field.s, field.len);
}

static void take_fields(void *ctx, const struct record *record)
{
	uint64_t *digest = ctx;

	for (uint32_t i = 0; i < record->n; i++)
		mix_field(digest, record->fields[i]);
}

static void refuse_nothing(void *ctx, const struct reject *reject)
{
	(void)ctx;
	(void)reject;
	assert(false);
}

struct bytes VEC(char);

static void print_field(struct arena *a, struct bytes *out, struct str field)
{
	vec_push(a, out, '"');
	for (size_t i = 0; i < field.len; i++) {
		if (field.s[i] == '"')
			vec_push(a, out, '"');
		vec_push(a, out, field.s[i]);
	}
	vec_push(a, out, '"');
}

/* The fields of a record, printed with quotes, read back equal. */
static void check_round_trip(char delimiter, const struct record *record)
{
	struct arena a = {0};
	struct rows_dialect dialect = {delimiter, false};
	struct record_limits limits = {SIZE_MAX, SIZE_MAX};
	uint64_t before = 0, after = 0;
	struct record_sink sink = {&after, take_fields, refuse_nothing};
	struct rows_piece piece = {.line = 1, .n_columns = record->n};
	struct rows_stats stats;
	struct bytes text = {0};

	for (uint32_t i = 0; i < record->n; i++) {
		print_field(&a, &text, record->fields[i]);
		vec_push(&a, &text, i + 1 < record->n ? delimiter : '\n');
	}
	piece.text = (struct str) {text.at, text.n};
	take_fields(&before, record);
	assert(rows_read(&piece, &dialect, &limits, &sink, &stats) ==
		ROWS_DONE);
	assert(stats.records == 1 && before == after);
	arena_free(&a);
}

static void check_order(struct sum *sum, struct str raw, uint32_t line)
{
	struct str text = sum->piece->text;

	assert(raw.s >= text.s && raw.s + raw.len <= text.s + text.len);
	assert(!sum->end || raw.s > sum->end);
	assert(line > sum->line);
	sum->end = raw.s + raw.len;
	sum->line = line;
}

static void take(void *ctx, const struct record *record)
{
	struct sum *sum = ctx;
	size_t len = 0;

	check_order(sum, record->raw, record->line);
	assert(record->byte == sum->piece->byte + (size_t)(record->raw.s -
							   sum->piece->text.s));
	assert(record->raw.len <= sum->limits->record);
	for (uint32_t i = 0; i < record->n; i++) {
		assert(record->fields[i].s);
		assert(record->fields[i].len <= sum->limits->field);
		len += record->fields[i].len + 1;
	}
	assert(record->n > 0 && len <= record->raw.len + 1);
	check_round_trip(sum->dialect->delimiter, record);
	mix(&sum->digest, &record->line, sizeof(record->line));
	mix(&sum->digest, &record->byte, sizeof(record->byte));
	take_fields(&sum->digest, record);
	sum->taken++;
}

static void refuse(void *ctx, const struct reject *reject)
{
	struct sum *sum = ctx;

	assert(reject->text.len > 0 && reject->raw.len > 0);
	assert(reject->loc.line > sum->line && reject->loc.col > 0);
	assert(reject->byte < sum->piece->byte + sum->piece->text.len);
	mix(&sum->digest, &reject->loc.line, sizeof(reject->loc.line));
	mix(&sum->digest, &reject->loc.col, sizeof(reject->loc.col));
	mix(&sum->digest, &reject->byte, sizeof(reject->byte));
	sum->refused++;
}

/* The parts together deliver what one read does, or one of them is odd. */
static void check_parts(struct sum *whole, size_t want)
{
	struct arena a = {0};
	struct str text = whole->piece->text;
	struct sum sum = {.limits = whole->limits, .dialect = whole->dialect};
	struct record_sink sink = {&sum, take, refuse};
	enum rows_end end = ROWS_DONE;
	size_t n;
	struct split_part *parts = split_parts(
		&a, text, &(struct split_wish) {want, 1}, &n);

	for (size_t i = 0; i < n && end == ROWS_DONE; i++) {
		struct rows_piece piece = *whole->piece;
		size_t stop = i + 1 < n ? parts[i + 1].start : text.len;
		struct rows_stats stats;

		piece.text = str_slice(
			text, parts[i].start, stop - parts[i].start);
		piece.line += (uint32_t)parts[i].lines;
		piece.byte += parts[i].start;
		sum.piece = &piece;
		end = rows_read_part(
			&piece, whole->dialect, whole->limits, &sink, &stats);
	}
	if (end == ROWS_DONE)
		assert(sum.digest == whole->digest &&
			sum.taken == whole->taken &&
			sum.refused == whole->refused);
	arena_free(&a);
}

/* ---- against libcsv, which sees each record alone, and the whole text where
   all its records are taken ---- */

/* The fields that libcsv finds, and its rows. */
struct theirs {
	struct row_digest fields;
	uint64_t rows, n_fields;
	size_t longest;
};

static void their_field(void *field, size_t len, void *ctx)
{
	struct theirs *t = ctx;

	row_digest_add_text(&t->fields, (struct str) {field, len});
	t->n_fields++;
	t->longest = len > t->longest ? len : t->longest;
}

static void their_row(int c, void *ctx)
{
	struct theirs *t = ctx;

	(void)c;
	t->rows++;
}

static int is_never_space(unsigned char c)
{
	(void)c;
	return 0;
}

/* The bytes that libcsv takes of `text`; `*error` is CSV_EPARSE where its
   quoting is wrong. */
static size_t read_theirs(
	struct str text, char delimiter, struct theirs *t, int *error)
{
	struct csv_parser csv;
	size_t used;

	csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&csv, (unsigned char)delimiter);
	csv_set_space_func(&csv, is_never_space);
	used = csv_parse(&csv, text.s, text.len, their_field, their_row, t);
	if (used == text.len)
		csv_fini(&csv, their_field, their_row, t);
	*error = csv_error(&csv);
	csv_free(&csv);
	return used;
}

/* What the plain way delivers, held against libcsv record by record. */
struct ours {
	const struct row_digest_task *task;
	struct row_digest fields;
	uint64_t rows;
	bool is_regular;
	size_t at;     /* of the record before */
	uint32_t line; /* of that */
};

/* Counts line ends from the record before on. */
static void check_place(struct ours *o, struct str raw, uint32_t line)
{
	struct str text = o->task->piece.text;
	size_t at = (size_t)(raw.s - text.s);

	for (; o->at < at; o->at++)
		o->line += text.s[o->at] == '\n' ||
			   (text.s[o->at] == '\r' && text.s[o->at + 1] != '\n');
	assert(line == o->line);
}

static void our_record(void *ctx, const struct record *record)
{
	struct ours *o = ctx;
	const struct rows_piece *piece = &o->task->piece;
	struct row_digest fields = {0};
	struct theirs t = {0};
	int error;

	check_place(o, record->raw, record->line);
	assert(record->byte ==
		piece->byte + (size_t)(record->raw.s - piece->text.s));
	for (uint32_t i = 0; i < record->n; i++) {
		row_digest_add_text(&fields, record->fields[i]);
		row_digest_add_text(&o->fields, record->fields[i]);
	}
	read_theirs(record->raw, o->task->dialect.delimiter, &t, &error);
	assert(!error && t.rows == 1 && t.n_fields == record->n);
	assert(t.fields.value == fields.value);
	o->rows++;
}

/* The record's place is that of the first byte; of a stray quote it is where
   libcsv stops, or the byte before. */
static void our_refusal(void *ctx, const struct reject *reject)
{
	struct ours *o = ctx;
	const struct rows_piece *piece = &o->task->piece;
	size_t start = (size_t)(reject->raw.s - piece->text.s);
	size_t stray = (size_t)(reject->byte - piece->byte) - start;
	struct theirs t = {0};
	size_t used;
	int error;

	o->is_regular = false;
	/* Perhaps cut. */
	if (reject->raw.len == o->task->limits.record)
		return;
	used = read_theirs(reject->raw, o->task->dialect.delimiter, &t, &error);
	switch (reject->code) {
	case DIAG_STRAY_QUOTE:
		assert(error == CSV_EPARSE);
		assert(used == stray || used == stray + 1);
		return;
	case DIAG_UNCLOSED_QUOTE:
		assert(error == CSV_EPARSE);
		break;
	case DIAG_ROW_SHORT:
		assert(!error && t.n_fields < piece->n_columns);
		break;
	case DIAG_ROW_LONG:
		assert(!error && t.n_fields > piece->n_columns);
		break;
	case DIAG_FIELD_TOO_BIG:
		assert(!error && t.longest > o->task->limits.field);
		break;
	default:
		assert(reject->code == DIAG_NUL_BYTE ||
			reject->code == DIAG_ROW_TOO_BIG);
		return;
	}
	assert(t.rows == (reject->code != DIAG_UNCLOSED_QUOTE));
	check_place(o, reject->raw, reject->loc.line);
	assert(reject->byte == piece->byte + start);
}

static void check_libcsv(const struct row_digest_task *task)
{
	struct ours o = {
		.task = task, .is_regular = true, .line = task->piece.line};
	struct record_sink sink = {&o, our_record, our_refusal};
	struct rows_how how = {0};
	struct rows_stats stats;
	struct theirs t = {0};
	int error;

	rows_read_how(&task->piece, &task->dialect, &task->limits, &sink,
		&stats, &how);
	if (!o.is_regular)
		return;
	read_theirs(task->piece.text, task->dialect.delimiter, &t, &error);
	assert(!error && t.rows == o.rows && stats.records == o.rows);
	assert(t.fields.value == o.fields.value);
}

/* The first byte chooses separator, quotes, limits and number of columns. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t choice = size ? data[0] : 0;
	struct rows_dialect dialect = {",;\t|"[choice % 4], (choice & 4) != 0};
	struct record_limits limits = {
		choice & 8 ? 5 : 4096, choice & 8 ? 20 : 8192};
	struct rows_piece piece = {.line = 1, .n_columns = choice >> 4 & 3};
	struct sum sum = {
		.piece = &piece, .limits = &limits, .dialect = &dialect};
	struct record_sink sink = {&sum, take, refuse};
	struct row_digest_task task = {.dialect = dialect, .limits = limits};
	struct rows_stats stats;

	if (size == 0)
		return 0;
	piece.text = (struct str) {(const char *)data + 1, size - 1};
	rows_read(&piece, &dialect, &limits, &sink, &stats);
	assert(stats.records == sum.taken + sum.refused);
	assert(stats.refused == sum.refused);
	assert(rows_first(piece.text, &dialect) <= piece.text.len);
	for (size_t want = 1; !dialect.loose_quotes && want < 5; want++)
		check_parts(&sum, want);
	task.piece = piece;
	if (!dialect.loose_quotes)
		check_libcsv(&task);
	return 0;
}
