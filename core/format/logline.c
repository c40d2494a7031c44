#define PCRE2_CODE_UNIT_WIDTH 8

#include "format/logline.h"

#include "format/text.h"

#include <inttypes.h>
#include <pcre2.h>
#include <stdio.h>

#define PATTERN_MAX 4096 /* bytes */
#define PARENS_MAX  100  /* nesting */

/* Limits of one match by the interpreter, which is the judge. */
#define MATCH_LIMIT    1000000
#define DEPTH_LIMIT    250000
#define HEAP_LIMIT_KIB (64 * 1024)

/*
 * Compiled code leaves most steps of a repetition uncounted, at most as many
 * as the line is long for one that it counts. So its answer is taken only where
 * the interpreter could not have reached its limit: on short lines, after few
 * steps. Its stack, 32 KiB by default, keeps it far from the other limits.
 */
#define FAST_LINE  1000 /* bytes */
#define FAST_LIMIT (MATCH_LIMIT / FAST_LINE)

struct logline {
	struct arena arena; /* this struct, the code and the names */
	pcre2_code *code;
	bool interpret;
	uint32_t n_columns;
	struct str *columns;
	uint32_t *groups; /* their numbers in the pattern, ascending */
};

/* PCRE2 takes its memory from an arena, where it never fails. */
static void *take_memory(size_t size, void *arena)
{
	return arena_alloc(arena, size);
}

static void leave_memory(void *memory, void *arena)
{
	(void)memory;
	(void)arena;
}

static pcre2_general_context *memory_of(struct arena *a)
{
	return pcre2_general_context_create(take_memory, leave_memory, a);
}

/* Code points before byte `offset`. */
static size_t points_before(struct str text, size_t offset)
{
	return text_length(str_slice(text, 0, offset));
}

static bool compile(
	struct logline *p, struct str pattern, size_t *offset, struct err *err)
{
	pcre2_compile_context *limits = pcre2_compile_context_create(
		memory_of(&p->arena));
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
	char text[160];
	int error;
	size_t at;

	pcre2_set_max_pattern_length(limits, PATTERN_MAX);
	pcre2_set_parens_nest_limit(limits, PARENS_MAX);
	pcre2_set_newline(limits, PCRE2_NEWLINE_LF);
	p->code = pcre2_compile((PCRE2_SPTR)pattern.s, pattern.len, options,
		&error, &at, limits);
	if (p->code)
		return true;
	pcre2_get_error_message(error, (PCRE2_UCHAR *)text, sizeof(text));
	*offset = points_before(pattern, at);
	return err_set(err, ERR_USAGE, (struct loc) {0},
		"bad pattern at character %zu: %s", *offset + 1, text);
}

/* Enters the name of group `number` in front of the higher numbers. */
static void add_column(struct logline *p, uint32_t number, struct str name)
{
	uint32_t i = p->n_columns++;

	for (; i > 0 && p->groups[i - 1] > number; i--) {
		p->groups[i] = p->groups[i - 1];
		p->columns[i] = p->columns[i - 1];
	}
	p->groups[i] = number;
	p->columns[i] = arena_copy(&p->arena, name);
}

/* The names stand in a table: two bytes of number, the name, a NUL. */
static void read_names(struct logline *p)
{
	uint32_t n = 0, size = 0;
	PCRE2_SPTR entry = NULL;

	pcre2_pattern_info(p->code, PCRE2_INFO_NAMECOUNT, &n);
	pcre2_pattern_info(p->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(p->code, PCRE2_INFO_NAMETABLE, &entry);
	p->columns = arena_array(&p->arena, struct str, n);
	p->groups = arena_array(&p->arena, uint32_t, n);
	for (uint32_t i = 0; i < n; i++, entry += size)
		add_column(p, (uint32_t)entry[0] << 8 | entry[1],
			str_of((const char *)entry + 2));
}

/* Is there a limit in the pattern, as in (*LIMIT_MATCH=9)? */
static bool has_own_limit(const pcre2_code *code)
{
	uint32_t limit;

	return pcre2_pattern_info(code, PCRE2_INFO_MATCHLIMIT, &limit) == 0 ||
	       pcre2_pattern_info(code, PCRE2_INFO_DEPTHLIMIT, &limit) == 0 ||
	       pcre2_pattern_info(code, PCRE2_INFO_HEAPLIMIT, &limit) == 0;
}

/* Refuses what PCRE2 compiles and we do not want. */
static bool check(const struct logline *p, size_t *offset, struct err *err)
{
	const char *why = NULL;

	if (p->n_columns == 0)
		why = "pattern has no named group; write (?<name>...) for "
		      "each column";
	else if (has_own_limit(p->code))
		why = "pattern sets a limit of its own; leave out (*LIMIT_...)";
	if (!why)
		return true;
	*offset = 0;
	return err_set(err, ERR_USAGE, (struct loc) {0}, "%s", why);
}

bool logline_compile(struct logline **out, struct str pattern, size_t *offset,
	struct err *err)
{
	struct arena arena = {0};
	struct logline *p = arena_new(&arena, struct logline);

	p->arena = arena;
	if (!compile(p, pattern, offset, err))
		goto fail;
	read_names(p);
	if (!check(p, offset, err))
		goto fail;
	/* Where memory may not be made executable there is no compiler. */
	p->interpret = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) != 0;
	*out = p;
	return true;
fail:
	logline_free(p);
	return false;
}

void logline_interpret_only(struct logline *pattern)
{
	pattern->interpret = true;
}

const struct str *logline_columns(const struct logline *pattern, uint32_t *n)
{
	*n = pattern->n_columns;
	return pattern->columns;
}

void logline_free(struct logline *pattern)
{
	struct arena arena;

	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	arena = pattern->arena;
	arena_free(&arena);
}

struct reader {
	const struct logline *pattern;
	const struct logline_piece *piece;
	const struct record_limits *limits;
	const struct record_sink *sink;
	struct logline_stats *stats;
	struct arena arena;
	pcre2_match_data *match;
	pcre2_match_context *fast, *judge;
	struct str *fields;
	/* The line at hand. */
	struct str raw;
	size_t at; /* in the piece */
	uint32_t line;
};

static void open_reader(struct reader *r)
{
	pcre2_general_context *memory = memory_of(&r->arena);

	r->match = pcre2_match_data_create_from_pattern(
		r->pattern->code, memory);
	r->fast = pcre2_match_context_create(memory);
	pcre2_set_match_limit(r->fast, FAST_LIMIT);
	r->judge = pcre2_match_context_create(memory);
	pcre2_set_match_limit(r->judge, MATCH_LIMIT);
	pcre2_set_depth_limit(r->judge, DEPTH_LIMIT);
	pcre2_set_heap_limit(r->judge, HEAP_LIMIT_KIB);
	r->fields = arena_array(&r->arena, struct str, r->pattern->n_columns);
}

static int match_with(
	const struct reader *r, uint32_t options, pcre2_match_context *limits)
{
	return pcre2_match(r->pattern->code, (PCRE2_SPTR)r->raw.s, r->raw.len,
		0, PCRE2_NO_UTF_CHECK | options, r->match, limits);
}

/* What PCRE2 says of the line at hand; of limits only the interpreter. */
static int match_line(const struct reader *r)
{
	int answer = PCRE2_ERROR_MATCHLIMIT;

	if (!r->pattern->interpret && r->raw.len <= FAST_LINE)
		answer = match_with(r, 0, r->fast);
	if (answer == PCRE2_ERROR_MATCHLIMIT ||
		answer == PCRE2_ERROR_JIT_STACKLIMIT)
		answer = match_with(r, PCRE2_NO_JIT, r->judge);
	return answer;
}

/* Refuses the line at hand for what stands at its byte `at`. */
static void refuse(struct reader *r, enum diag_code code, size_t at,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

static void refuse(struct reader *r, enum diag_code code, size_t at,
	const char *format, ...)
{
	char text[200];
	va_list args;
	struct reject reject = {.code = code};

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	reject.loc.file = r->piece->file;
	reject.loc.line = r->line;
	reject.loc.col = (uint32_t)points_before(r->raw, at) + 1;
	reject.byte = r->piece->byte + r->at + at;
	reject.raw = str_slice(r->raw, 0, r->limits->record);
	reject.text = str_of(text);
	r->stats->refused++;
	r->sink->refuse(r->sink->ctx, &reject);
}

static void refuse_answer(struct reader *r, int answer)
{
	static const struct {
		int answer, limit;
		const char *unit;
	} rows[] = {
		{PCRE2_ERROR_MATCHLIMIT, MATCH_LIMIT, "steps"},
		{PCRE2_ERROR_DEPTHLIMIT, DEPTH_LIMIT, "nested steps"},
		{PCRE2_ERROR_HEAPLIMIT, HEAP_LIMIT_KIB, "KiB of memory"},
	};
	PCRE2_UCHAR text[128];

	if (answer == PCRE2_ERROR_NOMATCH) {
		refuse(r, DIAG_NO_MATCH, 0, "line does not match the pattern");
		return;
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (rows[i].answer != answer)
			continue;
		refuse(r, DIAG_PATTERN_GAVE_UP, 0,
			"pattern gave up at the limit of %d %s", rows[i].limit,
			rows[i].unit);
		return;
	}
	pcre2_get_error_message(answer, text, sizeof(text));
	refuse(r, DIAG_PATTERN_GAVE_UP, 0, "pattern gave up: %s",
		(const char *)text);
}

/* Sets the fields from the last match; false if one is too big. */
static bool read_fields(struct reader *r)
{
	const size_t *ends = pcre2_get_ovector_pointer(r->match);

	for (uint32_t i = 0; i < r->pattern->n_columns; i++) {
		const size_t *group = ends + (size_t)2 * r->pattern->groups[i];
		struct str name = r->pattern->columns[i];

		r->fields[i] = (struct str) {0};
		if (group[0] == PCRE2_UNSET)
			continue;
		r->fields[i] = str_slice(r->raw, group[0], group[1] - group[0]);
		if (r->fields[i].len <= r->limits->field)
			continue;
		refuse(r, DIAG_FIELD_TOO_BIG, group[0],
			"field '%.*s' has %zu bytes, at most %" PRIu64
			" are allowed",
			STR_ARG(name), r->fields[i].len, r->limits->field);
		return false;
	}
	return true;
}

static void take(struct reader *r)
{
	struct record record = {.fields = r->fields,
		.n = r->pattern->n_columns,
		.line = r->line,
		.byte = r->piece->byte + r->at,
		.raw = r->raw};

	r->sink->take(r->sink->ctx, &record);
}

/* Takes or refuses the line at hand. */
static void read_line(struct reader *r)
{
	size_t nul = str_find(r->raw, '\0');
	int answer;

	r->stats->records++;
	if (r->raw.len > r->limits->record) {
		refuse(r, DIAG_ROW_TOO_BIG, 0,
			"line has %zu bytes, at most %" PRIu64 " are allowed",
			r->raw.len, r->limits->record);
		return;
	}
	if (nul < r->raw.len) {
		refuse(r, DIAG_NUL_BYTE, nul,
			"line holds a NUL byte at byte %" PRIu64,
			r->piece->byte + r->at + nul);
		return;
	}
	answer = match_line(r);
	if (answer < 0)
		refuse_answer(r, answer);
	else if (read_fields(r))
		take(r);
}

void logline_read(const struct logline *pattern,
	const struct logline_piece *piece, const struct record_limits *limits,
	const struct record_sink *sink, struct logline_stats *stats)
{
	struct reader r = {.pattern = pattern,
		.piece = piece,
		.limits = limits,
		.sink = sink,
		.stats = stats,
		.line = piece->line};
	struct str rest = piece->text;

	*stats = (struct logline_stats) {0};
	open_reader(&r);
	while (rest.s) {
		r.at = (size_t)(rest.s - piece->text.s);
		r.raw = str_cut(&rest, '\n');
		if (str_has_suffix(r.raw, STR("\r")))
			r.raw.len--;
		if (str_trim(r.raw).len > 0)
			read_line(&r);
		r.line++;
	}
	arena_free(&r.arena);
}
