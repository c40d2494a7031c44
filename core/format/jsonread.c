#include "format/jsonread.h"

#include <assert.h>

#include "format/jsonextent.h"
#include "format/jsonfields.h"
#include "format/jsonpull.h"
#include "format/text.h"

/*
 * Records are found first and read then: a line, or from the first byte of an
 * array's element to the bracket that matches it. So a bad element ends where
 * it ends, and both kinds of text share all that reads a record.
 */

/* A byte of the text and where it stands; it moves forward only, so that all
   places together cost one pass. */
struct place {
	size_t at;
	uint32_t line, col;
};

struct reader {
	const struct json_piece *piece;
	const struct record_limits *limits;
	const struct record_sink *sink;
	struct json_stats *stats;
	struct place place; /* of the last record */
	struct jsonfields fields;
	struct err err; /* why the document was given up */
};

static struct reader reader_init(const struct json_piece *piece,
	struct intern *columns, const struct record_limits *limits,
	const struct record_sink *sink, struct json_stats *stats)
{
	*stats = (struct json_stats) {0};
	return (struct reader) {
		.piece = piece,
		.limits = limits,
		.sink = sink,
		.stats = stats,
		.place = {0, piece->line, 1},
		.fields = {.columns = columns, .field_limit = limits->field},
	};
}

static struct place move(struct str text, struct place from, size_t to)
{
	struct str rest = str_slice(text, from.at, to - from.at);
	size_t end;

	while ((end = str_find(rest, '\n')) < rest.len) {
		rest = str_slice(rest, end + 1, rest.len);
		from.line++;
		from.col = 1;
	}
	from.col += (uint32_t)text_length(rest);
	from.at = to;
	return from;
}

/* The place of offset `at`, which is not before the last record. */
static struct loc loc_of(const struct reader *r, size_t at)
{
	struct place place = move(r->piece->text, r->place, at);

	return (struct loc) {r->piece->file, place.line, place.col};
}

static void begin_record(struct reader *r, size_t start)
{
	r->place = move(r->piece->text, r->place, start);
	r->stats->records++;
}

static void take(struct reader *r, struct str raw)
{
	struct record record = {
		.fields = r->fields.fields.at,
		.n = (uint32_t)r->fields.fields.n,
		.line = r->place.line,
		.byte = r->piece->byte + r->place.at,
		.raw = raw,
	};

	r->sink->take(r->sink->ctx, &record);
}

static void refuse(struct reader *r, struct str raw)
{
	size_t at = r->place.at + r->fields.fault;
	struct reject reject = {
		.code = r->fields.code,
		.loc = loc_of(r, at),
		.byte = r->piece->byte + at,
		.raw = str_slice(raw, 0, r->limits->record),
		.text = str_of(r->fields.text),
	};

	r->stats->refused++;
	r->sink->refuse(r->sink->ctx, &reject);
}

static bool check_size(struct reader *r, struct str raw)
{
	if (raw.len <= r->limits->record)
		return true;
	return jsonfields_fail(&r->fields, DIAG_ROW_TOO_BIG, 0,
		"a record of %zu bytes; at most %llu are read", raw.len,
		(unsigned long long)r->limits->record);
}

/* Takes or refuses the record `raw` at offset `start`. */
static void read_record(struct reader *r, struct str raw, size_t start)
{
	begin_record(r, start);
	if (check_size(r, raw) && jsonfields_read(&r->fields, raw))
		take(r, raw);
	else
		refuse(r, raw);
}

static bool is_blank(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.s[i] != ' ' && line.s[i] != '\t' && line.s[i] != '\r')
			return false;
	return true;
}

void jsonread_lines(const struct json_piece *piece, struct intern *columns,
	const struct record_limits *limits, const struct record_sink *sink,
	struct json_stats *stats)
{
	struct reader r = reader_init(piece, columns, limits, sink, stats);
	struct str rest = piece->text;

	while (rest.len > 0) {
		size_t start = piece->text.len - rest.len;
		struct str line = str_cut(&rest, '\n');

		if (is_blank(line))
			continue;
		if (line.s[line.len - 1] == '\r')
			line.len--;
		read_record(&r, line, start);
	}
	jsonfields_free(&r.fields);
}

/* Gives the document up because of the place where `doc` is. Always false. */
static bool fail_syntax(
	struct reader *r, const struct jsonpull *doc, const char *expected)
{
	char buffer[40];
	struct str found = jsonpull_found(doc->text, doc->start, buffer);

	return err_set(&r->err, ERR_INPUT, loc_of(r, doc->start),
		"expected %s, found %.*s", expected, STR_ARG(found));
}

/* Gives the document up because of an element whose end cannot be found, and
   which therefore cannot be read either; reading it tells why. */
static bool fail_element(struct reader *r, struct str rest, size_t start)
{
	bool is_whole;

	begin_record(r, start);
	is_whole = jsonfields_read(&r->fields, rest);
	assert(!is_whole);
	(void)is_whole;
	return err_set(&r->err, ERR_INPUT, loc_of(r, start + r->fields.fault),
		"%s", r->fields.text);
}

/* The element that begins where `doc` is. */
static bool read_element(struct reader *r, struct jsonpull *doc)
{
	size_t start = doc->at, end = jsonextent_end(doc->text, start);

	if (end == SIZE_MAX)
		return fail_element(
			r, str_slice(doc->text, start, doc->text.len), start);
	if (end == start)
		return fail_syntax(r, doc, "a value");
	read_record(r, str_slice(doc->text, start, end - start), start);
	jsonpull_jump(doc, end);
	return true;
}

/* The items of the array that `doc` has just opened. */
static bool read_elements(struct reader *r, struct jsonpull *doc)
{
	enum json_event event;

	while ((event = jsonpull_item(doc)) == JSON_ITEM)
		if (!read_element(r, doc))
			return false;
	return event == JSON_CLOSE || fail_syntax(r, doc, doc->expected);
}

/* The document is an array of records, or one record. */
static bool read_top(struct reader *r, struct jsonpull *doc)
{
	struct jsonpull before;
	enum json_event event;

	jsonpull_item(doc);
	before = *doc;
	event = jsonpull_next(doc);
	if (event != JSON_OPEN_ARRAY && event != JSON_OPEN_OBJECT)
		return fail_syntax(r, &before, "an array or an object");
	if (event == JSON_OPEN_ARRAY) {
		if (!read_elements(r, doc))
			return false;
	} else {
		*doc = before;
		if (!read_element(r, doc))
			return false;
	}
	return jsonpull_next(doc) == JSON_END ||
	       fail_syntax(r, doc, doc->expected);
}

/* The way to the records. */
struct walk {
	struct str path;
	uint64_t met; /* bit k: part k was met, and may not be met again */
	bool found;
	struct arena scratch;
};

/* Part number `n` of a dotted path. */
static struct str path_part(struct str path, unsigned n, bool *is_last)
{
	struct str part = str_cut(&path, '.');

	while (n-- > 0)
		part = str_cut(&path, '.');
	*is_last = path.s == NULL;
	return part;
}

static bool is_name(
	struct walk *walk, const struct jsonpull *doc, struct str wanted)
{
	char *text;

	if (!doc->escaped)
		return str_equal(doc->value, wanted);
	text = arena_array(&walk->scratch, char, doc->value.len);
	return str_equal(
		(struct str) {text, jsonpull_unescape(doc->value, text)},
		wanted);
}

/* The member whose name `doc` has just read. Only the objects on the way are
   open around it, so their number tells which part of the path it may be. */
static bool read_member(
	struct reader *r, struct jsonpull *doc, struct walk *walk)
{
	unsigned number = doc->depth - 1;
	bool is_last;
	struct str part = path_part(walk->path, number, &is_last);

	if (!is_name(walk, doc, part))
		return jsonpull_skip(doc) || fail_syntax(r, doc, doc->expected);
	if (walk->met >> number & 1)
		return err_set(&r->err, ERR_INPUT, loc_of(r, doc->start),
			"member '%.*s' is given twice",
			STR_ARG(jsonpull_shown(part)));
	walk->met |= (uint64_t)1 << number;
	if (jsonpull_next(doc) !=
		(is_last ? JSON_OPEN_ARRAY : JSON_OPEN_OBJECT))
		return fail_syntax(r, doc,
			is_last ? "the array of records"
				: "an object on the way to the records");
	walk->found = is_last;
	return !is_last || read_elements(r, doc);
}

/* Walks the document to the array of records and through the rest of it. */
static bool read_path(struct reader *r, struct jsonpull *doc, struct walk *walk)
{
	enum json_event event = jsonpull_next(doc);

	if (event != JSON_OPEN_OBJECT)
		return fail_syntax(r, doc, "an object");
	while ((event = jsonpull_next(doc)) != JSON_END) {
		if (event == JSON_BAD)
			return fail_syntax(r, doc, doc->expected);
		if (event == JSON_NAME && !read_member(r, doc, walk))
			return false;
	}
	if (walk->found)
		return true;
	return err_set(&r->err, ERR_INPUT, loc_of(r, doc->at),
		"no array of records at '%.*s'",
		STR_ARG(jsonpull_shown(walk->path)));
}

/* Reason: what is read, how, and where it goes; the readers of all formats
   take the same arguments in this order.
   NOLINTNEXTLINE(readability-function-size) */
bool jsonread_array(const struct json_piece *piece, struct str records,
	struct intern *columns, const struct record_limits *limits,
	const struct record_sink *sink, struct json_stats *stats,
	struct err *err)
{
	struct reader r = reader_init(piece, columns, limits, sink, stats);
	struct jsonpull doc = jsonpull_init(piece->text);
	struct walk walk = {.path = records};
	bool ok = records.len ? read_path(&r, &doc, &walk) : read_top(&r, &doc);

	if (!ok)
		*err = r.err;
	arena_free(&walk.scratch);
	jsonfields_free(&r.fields);
	return ok;
}
