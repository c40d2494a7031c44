#include "ingest/input.h"

#include "base/rng.h"
#include "ingest/contents.h"
#include "ingest/opening.h"
#include "ingest/pieces.h"
#include "sandbox_p.h"

TestSuite(input, .init = tmp_enter, .fini = tmp_leave);

struct opened {
	struct sandbox s;
	struct input input;
	struct source source;
	struct logline *pattern;
	struct rows_stats csv; /* of all that was read */
};

/* Opens a file of these bytes as the source that `keys` describe. */
static void open_bytes(struct opened *o, struct str bytes, const char *keys)
{
	struct err err;
	struct input_list list = {&o->input, 1, 1};
	struct opening opening = {
		&list, &o->source.encoding, &o->s.request.gather.limits, 1};
	size_t offset;

	tmp_write("in.txt", bytes);
	*o = (struct opened) {0};
	sandbox_open(&o->s);
	sandbox_sources(
		&o->s, arena_print(&o->s.a, "name: a\npath: a\n%s", keys).s);
	o->source = o->s.request.gather.sources.at[0];
	o->input = (struct input) {.facts.opened = STR("in.txt")};
	o->input.facts.file = files_add(
		&o->s.a, &o->s.files, STR("in.txt"), STR(""));
	if (o->source.pattern.name.len)
		cr_assert(logline_compile(
			&o->pattern, o->source.pattern.name, &offset, &err));
	opening_run(&opening, &o->s.diag);
	contents_digest(&o->input, o->input.bytes.len);
	input_read_header(&o->input, &o->source, o->pattern,
		&o->s.request.gather.limits, &o->s.diag);
}

static void open_text(struct opened *o, const char *text, const char *keys)
{
	open_bytes(o, str_of(text), keys);
}

static void close_opened(struct opened *o)
{
	input_close(&o->input);
	if (o->pattern)
		logline_free(o->pattern);
	sandbox_free(&o->s);
}

/* "dialect: [column][column] body at line:byte". */
static const char *shape(struct opened *o)
{
	struct sandbox *s = &o->s;

	sandbox_clear(s);
	sandbox_add(s, "%.*s: ", STR_ARG(o->input.facts.dialect));
	for (size_t i = 0; i < o->input.header.n; i++)
		sandbox_add(s, "[%.*s]", STR_ARG(o->input.header.at[i]));
	sandbox_add(
		s, " at %u:%d", o->input.body_line, (int)o->input.body_byte);
	return s->text.at;
}

static const struct {
	const char *text, *keys, *shape;
} headers[] = {
	{"a,b\n1,2\n", "", "csv, comma: [a][b] at 2:4"},
	{"a;b\n1;2\n", "", "csv, semicolon: [a][b] at 2:4"},
	{"a\tb\n1\t2\n", "", "csv, tab: [a][b] at 2:4"},
	{"a|b\n1|2\n", "", "csv, bar: [a][b] at 2:4"},
	{"a b\n1 2\n", "", "csv, comma: [a b] at 2:4"},
	{"sep=;\na;b,c,d\n1;2\n", "", "csv, semicolon: [a][b,c,d] at 3:14"},
	{"sep=^\r\na^b\r\n1^2\r\n", "", "csv: [a][b] at 3:12"},
	{"sep=;\na,b\n", "delimiter: ','", "csv, comma: [a][b] at 3:10"},
	{"sep=;\n1;2\n", "header: false\ncolumns: [a, b]",
		"csv, semicolon: [a][b] at 2:6"},
	{"sep=;\nx;y\n1;2\n", "columns: [a, b]",
		"csv, semicolon: [a][b] at 3:10"},
	{"a^b\n1^2\n", "delimiter: '^'", "csv: [a][b] at 2:4"},
	{"a;b,c,d\n", "delimiter: ';'", "csv, semicolon: [a][b,c,d] at 2:8"},
	{" a , b \n", "", "csv, comma: [a][b] at 2:8"},
	{"\"a\nx\",b\n1,2\n", "", "csv, comma: [a\nx][b] at 3:8"},
	{"\"a,\"\"x\"\"\",b\n", "", "csv, comma: [a,\"x\"][b] at 2:12"},
	{"\n\na,b\n1,2\n", "", "csv, comma: [a][b] at 4:6"},
	{"a,b\r\n1,2\r\n", "", "csv, comma: [a][b] at 2:5"},
	{"a,b\r1,2\r", "", "csv, comma: [a][b] at 2:4"},
	{"a,b", "", "csv, comma: [a][b] at 1:3"},
	{"a,,a\n", "", "csv, comma: [a][][a] at 2:5"},
	{"Σ Time,b\n", "", "csv, comma: [Σ Time][b] at 2:10"},
	/* A byte order mark is no part of the first cell. */
	{"\xef\xbb\xbf"
	 "a,b\n",
		"", "csv, comma: [a][b] at 2:4"},
	{"a,b\n1,2\n", "columns: [x, y]", "csv, comma: [x][y] at 2:4"},
	{"1,2\n", "columns: [x, y]\nheader: false",
		"csv, comma: [x][y] at 1:0"},
	{"", "", "empty:  at 1:0"},
	{" \n\n", "", "empty:  at 1:0"},
	{"[{\"a\": 1}, {\"b\": {\"c\": 2}}]", "", "json: [a][b.c] at 1:0"},
	{"{\"a\": 1}\n{\"b\": [3]}\n", "", "json-lines: [a][b[0]] at 1:0"},
	{"{\"x\": {\"y\": [{\"a\": 1}]}}", "records: x.y", "json: [a] at 1:0"},
	{"{\n\"x\": [{\"a\": 1},\n{\"b\": 2}]}", "records: x",
		"json: [a][b] at 1:0"},
	{"x=1 y=2\n", "pattern: 'x=(?<x>.) y=(?<y>.)'", "lines: [x][y] at 1:0"},
};

Test(input, a_header_is_read_as_the_source_says_or_by_sniffing)
{
	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++) {
		struct opened o;

		open_text(&o, headers[i].text, headers[i].keys);
		cr_expect(!o.input.failed, "row %zu", i);
		cr_expect_str_eq(shape(&o), headers[i].shape, "row %zu: %s", i,
			shape(&o));
		cr_expect(o.s.diag.items.n == 0, "row %zu", i);
		close_opened(&o);
	}
}

#define LOG_HELP                                                             \
	" | a log of lines needs `pattern:` for its source in lineal.yaml; " \
	"lineal-inputs(5)\n"

static const struct {
	const char *text, *keys, *said;
} bad[] = {
	{"a,b;c\n", "",
		"in.txt:1:1 ambiguous-dialect: comma and semicolon stand "
		"equally often (1) in the first record; declare 'delimiter:' "
		"| write `delimiter:` for this source in "
		"lineal.yaml, or `pattern:` if it is a log of lines\n"},
	{"a,\"b\n", "",
		"in.txt:1:1 bad-header: the header: quote opened at 1:3 is "
		"never closed" LOG_HELP},
	{"a,b\"c\nd,e\n", "",
		"in.txt:1:4 bad-header: the header: quote neither "
		"begins nor ends a field" LOG_HELP},
};

Test(input, a_header_that_cannot_be_read_is_said)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct opened o;

		open_text(&o, bad[i].text, bad[i].keys);
		cr_expect(o.input.failed, "row %zu", i);
		cr_expect_str_eq(sandbox_said(&o.s), bad[i].said, "row %zu: %s",
			i, sandbox_said(&o.s));
		close_opened(&o);
	}
}

Test(input, size_and_digest_are_those_of_the_unpacked_bytes)
{
	/* printf 'ts\n1\n' | gzip -n; sha256sum of the text. */
	static const char packed[] =
		"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x2b\x29\xe6\x32\xe4"
		"\x02\x00\x1a\xd5\xe5\x98\x05\x00\x00\x00";
	struct opened o;

	open_bytes(&o, (struct str) {packed, sizeof(packed) - 1}, "");
	cr_expect(o.input.facts.bytes == 5);
	cr_expect_str_eq(o.input.facts.sha256,
		"31ddefd8e5583e36fdadeafb9e000cb5322eda6109951478dcee33f681fab7b3");
	cr_expect(str_equal(o.input.facts.packing, STR("gzip")));
	cr_expect(str_equal(o.input.facts.encoding, STR("utf-8")));
	cr_expect_str_eq(shape(&o), "csv, comma: [ts] at 2:3");
	close_opened(&o);
}

Test(input, only_what_is_not_mapped_has_a_largest_size)
{
	struct opened o;
	struct input_limits limits;

	open_text(&o, "ts,id\n2026-01-01,1\n", "");
	limits = o.s.request.gather.limits;
	limits.bytes = 4;
	input_close(&o.input);
	input_open(&o.input, &limits, &o.s.diag);
	cr_expect(!o.input.failed && o.input.bytes.len == 19);
	close_opened(&o);
}

Test(input, a_declared_encoding_is_used)
{
	struct opened o;

	open_bytes(&o,
		(struct str) {"\xff\xfe"
			      "a\0,\0b\0\n\0",
			10},
		"");
	cr_expect_str_eq(shape(&o), "csv, comma: [a][b] at 2:4");
	cr_expect(str_equal(o.input.facts.encoding, STR("utf-16le")));
	close_opened(&o);
	open_text(&o, "pre\xe7o,b\n", "encoding: iso-8859-1");
	cr_expect_str_eq(shape(&o), "csv, comma: [pre\xc3\xa7o][b] at 2:9");
	cr_expect(o.s.diag.items.n == 0);
	close_opened(&o);
	open_text(&o, "pre\xe7o,b\n", "encoding: utf-8");
	cr_expect(o.input.failed);
	cr_expect(diag_count(&o.s.diag, DIAG_BAD_ENCODING) == 1);
	close_opened(&o);
}

/* ---- pieces ---- */

/* What a reader delivered: line, byte and cells of a record; refusals. */
static void note_take(void *ctx, const struct record *record)
{
	struct sandbox *s = ctx;

	sandbox_add(s, "%u@%d", record->line, (int)record->byte);
	for (uint32_t i = 0; i < record->n; i++)
		sandbox_add(s, " %.*s",
			STR_ARG(str_slice(record->fields[i], 0, 20)));
	sandbox_add(s, "\n");
}

static void note_refuse(void *ctx, const struct reject *reject)
{
	struct sandbox *s = ctx;

	sandbox_add(s, "%u@%d %s\n", reject->loc.line, (int)reject->byte,
		diag_name(reject->code));
}

static enum input_end read_one_piece(struct opened *o, struct input_piece piece)
{
	static const struct record_limits limits = {1 << 20, 1 << 20};
	struct record_sink sink = {&o->s, note_take, note_refuse};
	struct intern columns = {0};
	struct input_reader reader = {.source = &o->source,
		.pattern = o->pattern,
		.limits = &limits,
		.columns = &columns,
		.diag = &o->s.diag,
		.csv = &o->csv};
	enum input_end end;

	for (size_t i = 0; i < o->input.header.n; i++)
		intern_put(&columns, o->input.header.at[i]);
	end = input_read(&o->input, &reader, &piece, &sink);
	intern_free(&columns);
	return end;
}

/* Reads an input in at most `want` pieces; `*n` is how many they were. */
static enum input_end read_pieces(struct opened *o, size_t want, size_t *n)
{
	struct split_wish wish = {want, 2};
	struct input_piece *pieces = pieces_cut(
		&o->s.a, &o->input, &o->source, &wish, n);
	enum input_end worst = INPUT_DONE;

	sandbox_clear(&o->s);
	for (size_t i = 0; i < *n; i++) {
		enum input_end end = read_one_piece(o, pieces[i]);

		cr_expect(pieces[i].is_whole == (*n == 1));
		if (end != INPUT_DONE)
			worst = end;
	}
	return worst;
}

/* Property: read in pieces, an input gives what it gives in one, place by
   place; the pieces are whole lines or records. */
static void check_pieces(const char *keys, char byte_of[8], uint64_t seed)
{
	struct rng rng = {seed};

	for (int i = 0; i < 150; i++) {
		char text[600];
		size_t len = rng_below(&rng, sizeof(text)), n;
		struct opened o;
		struct str one;
		enum input_end end;

		for (size_t j = 0; j < len; j++)
			text[j] = byte_of[rng_below(&rng, 8)];
		open_bytes(&o, (struct str) {text, len}, keys);
		end = read_pieces(&o, 1, &n);
		cr_assert(n == 1);
		one = arena_copy(&o.s.a, str_of(o.s.text.at));
		for (size_t want = 2; want < 9; want++) {
			enum input_end part = read_pieces(&o, want, &n);

			cr_assert(n <= want, "case %d", i);
			if (part == INPUT_ODD)
				continue;
			cr_assert(part == end, "case %d", i);
			cr_assert_str_eq(o.s.text.at, one.s, "case %d", i);
		}
		close_opened(&o);
	}
}

Test(input, csv_in_pieces_is_csv_in_one)
{
	check_pieces("columns: [x, y]\nheader: false\ndelimiter: ','",
		(char[8]) {'a', 'b', ',', ',', '\n', '\n', '"', 'c'}, 1);
	check_pieces("columns: [x, y]\nheader: false\ndelimiter: ','",
		(char[8]) {'a', 'b', ',', '\r', '\n', '\n', 'd', 'c'}, 2);
}

Test(input, line_ends_of_csv_add_up_over_the_pieces)
{
	struct opened o;
	size_t n;

	open_bytes(&o, STR("1\r\n2\n\"a\nb\"\n3\r4\r\n"),
		"columns: [x]\nheader: false\ndelimiter: ','");
	read_pieces(&o, 3, &n);
	/* Those inside quotes end no line of a record. */
	cr_expect(o.csv.lf == 2 && o.csv.crlf == 2 && o.csv.cr == 1);
	close_opened(&o);
}

Test(input, lines_in_pieces_are_lines_in_one)
{
	check_pieces("pattern: '(?<x>a)(?<y>b*)'",
		(char[8]) {'a', 'b', 'a', '\r', '\n', '\n', '\n', ' '}, 3);
}

/* JSON lines are cut into pieces of 8 MiB: enough lines of one member for two
   of them, some of which are refused. */
Test(input, json_lines_in_pieces_are_json_lines_in_one)
{
	struct rng rng = {4};
	struct opened o;
	struct arena a = {0};
	struct input_text VEC(char) text = {0};
	enum input_end end;
	size_t n, pieces;
	struct str whole;

	while (text.n < ((size_t)9 << 20)) {
		size_t pad = 1 + rng_below(&rng, 200000);

		vec_reserve(&a, &text, text.n + pad + 20);
		text.n += (size_t)snprintf(text.at + text.n, 9, "{\"a\": \"");
		memset(text.at + text.n, 'x', pad);
		text.n += pad;
		text.n += (size_t)snprintf(text.at + text.n, 11, "\"}%s\n",
			rng_chance(&rng, 200000) ? "bad" : "");
	}
	open_bytes(&o, (struct str) {text.at, text.n}, "");
	end = read_pieces(&o, 2, &pieces);
	cr_assert(end == INPUT_DONE && pieces > 1);
	whole = arena_copy(&o.s.a, str_of(o.s.text.at));
	/* The same number of pieces for any number that is wanted. */
	cr_expect(read_pieces(&o, 100, &n) == INPUT_DONE && n == pieces);
	sandbox_clear(&o.s);
	read_one_piece(&o, input_whole(&o.input));
	cr_expect(strcmp(o.s.text.at, whole.s) == 0);
	close_opened(&o);
	arena_free(&a);
}
