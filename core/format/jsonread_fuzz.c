#include "format/jsonread.h"

#include <assert.h>

#include "format/jsonextent.h"
#include "format/jsonpull.h"
#include "format/jsonwrite.h"
#include "format/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a reader delivered, as JSON lines of flat objects; refused records as
   their sentence. */
struct log {
	struct arena a;
	struct intern columns;
	struct chars VEC(char) text;
	struct str input;
	uint64_t byte; /* of the last record */
	uint64_t taken, refused;
};

static bool is_utf8(struct str text)
{
	size_t bad;

	return text_is_utf8(text, &bad);
}

static void append(void *ctx, struct str text)
{
	struct log *log = ctx;

	for (size_t i = 0; i < text.len; i++)
		vec_push(&log->a, &log->text, text.s[i]);
}

static void check_raw(const struct log *log, struct str raw)
{
	assert(raw.s >= log->input.s &&
		raw.s + raw.len <= log->input.s + log->input.len);
}

static void take(void *ctx, const struct record *record)
{
	struct log *log = ctx;
	struct json_writer json = json_writer_init(append, log);

	check_raw(log, record->raw);
	assert(record->n + 1 == intern_count(&log->columns));
	assert(record->line > 0 && record->byte >= log->byte);
	log->byte = record->byte;
	log->taken++;
	json_inline(&json);
	json_begin_object(&json);
	for (uint32_t i = 0; i < record->n; i++) {
		if (!record->fields[i].s)
			continue;
		assert(is_utf8(record->fields[i]));
		json_name(&json, intern_get(&log->columns, i + 1).s);
		json_string(&json, record->fields[i]);
	}
	json_end_object(&json);
	json_finish(&json);
}

static void refuse(void *ctx, const struct reject *reject)
{
	struct log *log = ctx;

	check_raw(log, reject->raw);
	assert(reject->loc.line > 0 && reject->loc.col > 0);
	assert(reject->text.len > 0 && is_utf8(reject->text));
	assert(reject->byte >= log->byte);
	log->refused++;
	append(log, reject->text);
	append(log, STR("\n"));
}

static void read_lines(struct log *log, struct str text)
{
	struct json_piece piece = {text, 1, 1, 0};
	struct record_limits limits = {256, 4096};
	struct record_sink sink = {log, take, refuse};
	struct json_stats stats;
	uint64_t before = log->taken + log->refused;

	log->input = text;
	log->byte = 0;
	jsonread_lines(&piece, &log->columns, &limits, &sink, &stats);
	assert(stats.records == log->taken + log->refused - before);
}

static struct str text_of(const struct log *log)
{
	return (struct str) {log->text.at, log->text.n};
}

static void log_free(struct log *log)
{
	intern_free(&log->columns);
	arena_free(&log->a);
}

/* Two pieces give what the whole gives. */
static void check_pieces(struct str text, struct str whole)
{
	size_t half = text.len / 2;
	struct log log = {0};

	half += str_find(str_slice(text, half, text.len), '\n');
	half = half < text.len ? half + 1 : text.len;
	read_lines(&log, str_slice(text, 0, half));
	read_lines(&log, str_slice(text, half, text.len));
	assert(str_equal(text_of(&log), whole));
	log_free(&log);
}

/* Records that were printed are read as the same, if none was refused. The
   limit on a record may be in the way, as escapes make it longer. */
static void check_round_trip(const struct log *log)
{
	struct log back = {0};

	if (log->refused > 0)
		return;
	read_lines(&back, text_of(log));
	assert(back.refused > 0 || str_equal(text_of(&back), text_of(log)));
	log_free(&back);
}

static void read_array(struct str text, struct str records)
{
	struct log log = {.input = text};
	struct json_piece piece = {text, 1, 1, 0};
	struct record_limits limits = {256, 4096};
	struct record_sink sink = {&log, take, refuse};
	struct json_stats stats;
	struct err err = {0};
	bool ok = jsonread_array(
		&piece, records, &log.columns, &limits, &sink, &stats, &err);

	assert(ok == (err.kind == ERR_NONE));
	assert(stats.refused == log.refused);
	assert(ok ? stats.records == log.taken + log.refused
		  : err.loc.line > 0 && err.text[0] != '\0');
	log_free(&log);
}

/* The parser and the search for the end of a value agree. */
static void check_extent(struct str text)
{
	struct jsonpull pull = jsonpull_init(text);
	enum json_event event = jsonpull_item(&pull);
	size_t start = pull.at, end;

	do {
		event = jsonpull_next(&pull);
		end = pull.at;
	} while (event != JSON_BAD && pull.depth > 0);
	assert(pull.start <= text.len && pull.at <= text.len);
	if (event == JSON_CLOSE)
		assert(jsonextent_end(text, start) == end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct log whole = {0};

	if (!is_utf8(text))
		return 0;
	read_lines(&whole, text);
	check_pieces(text, text_of(&whole));
	check_round_trip(&whole);
	log_free(&whole);
	check_extent(text);
	read_array(text, STR(""));
	read_array(text, STR("a"));
	read_array(text, STR("a.b"));
	return 0;
}
