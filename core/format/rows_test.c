#include "format/rows.h"

#include "base/rng.h"
#include "base/vec.h"
#include "format/split.h"

#include <criterion/criterion.h>
#include <csv.h>
#include <string.h>

static const struct rows_dialect comma = {',', false};
static const struct record_limits wide = {1000, 1000};

/* What a reader delivered, one line a record. */
struct trace {
	struct arena arena;
	struct trace_text VEC(char) text;
	bool with_text; /* of refusals */
};

static void add(struct trace *t, struct str part)
{
	vec_reserve(&t->arena, &t->text, t->text.n + part.len + 1);
	memcpy(t->text.at + t->text.n, part.s, part.len);
	t->text.n += part.len;
	t->text.at[t->text.n] = '\0';
}

static void add_place(
	struct trace *t, uint32_t line, uint32_t col, uint64_t byte)
{
	add(t, arena_print(&t->arena, "%u:%u@%llu ", line, col,
		       (unsigned long long)byte));
}

static void trace_take(void *ctx, const struct record *record)
{
	struct trace *t = ctx;

	add_place(t, record->line, 1, record->byte);
	for (uint32_t i = 0; i < record->n; i++) {
		cr_assert(record->fields[i].s);
		add(t, STR("["));
		add(t, record->fields[i]);
		add(t, STR("]"));
	}
	add(t, STR(" "));
	add(t, record->raw);
	add(t, STR(".\n"));
}

static void trace_refuse(void *ctx, const struct reject *reject)
{
	struct trace *t = ctx;

	add_place(t, reject->loc.line, reject->loc.col, reject->byte);
	add(t, str_of(diag_name(reject->code)));
	if (t->with_text) {
		add(t, STR(": "));
		add(t, reject->text);
	}
	add(t, STR(" "));
	add(t, reject->raw);
	add(t, STR(".\n"));
}

static struct record_sink trace_sink(struct trace *t)
{
	return (struct record_sink) {t, trace_take, trace_refuse};
}

static const char *traced(struct trace *t)
{
	add(t, STR(""));
	return t->text.at;
}

struct row {
	const char *text, *want;
};

struct setup {
	uint32_t n_columns;
	bool loose;
	enum rows_end end;
};

static void check_rows(const struct row *rows, size_t n, struct setup setup)
{
	for (size_t i = 0; i < n; i++) {
		struct trace t = {.with_text = true};
		struct record_sink sink = trace_sink(&t);
		struct rows_dialect dialect = {',', setup.loose};
		struct rows_piece piece = {.text = str_of(rows[i].text),
			.line = 1,
			.n_columns = setup.n_columns};
		struct rows_stats stats;
		enum rows_end end = rows_read(
			&piece, &dialect, &wide, &sink, &stats);

		cr_expect(end == setup.end, "row %zu", i);
		cr_expect_str_eq(
			traced(&t), rows[i].want, "row %zu: %s", i, traced(&t));
		arena_free(&t.arena);
	}
}

#define CHECK(rows, ...)                                 \
	check_rows(rows, sizeof(rows) / sizeof(*(rows)), \
		(struct setup) {__VA_ARGS__})

/* The situations of the csv-spectrum collection, with data of our own. */
Test(rows, twelve_difficult_files_are_read)
{
	static const struct row rows[] = {
		/* simple, with LF and with CR LF */
		{"id,ok\n7,yes\n",
			"1:1@0 [id][ok] id,ok.\n2:1@6 [7][yes] 7,yes.\n"},
		{"id,ok\r\n7,yes\r\n",
			"1:1@0 [id][ok] id,ok.\n2:1@7 [7][yes] 7,yes.\n"},
		/* separator in quotes */
		{"\"Vaduz, FL\",9490", "1:1@0 [Vaduz, FL][9490] "
				       "\"Vaduz, FL\",9490.\n"},
		/* empty fields, with LF and with CR LF */
		{"1,\"\",\n,,\"\"", "1:1@0 [1][][] 1,\"\",.\n"
				    "2:1@6 [][][] ,,\"\".\n"},
		{"1,\"\",\r\n,,\"\"\r\n", "1:1@0 [1][][] 1,\"\",.\n"
					  "2:1@7 [][][] ,,\"\".\n"},
		/* doubled quotes */
		{"1,\"say \"\"no\"\"\"\n",
			"1:1@0 [1][say \"no\"] 1,\"say \"\"no\"\"\".\n"},
		/* JSON in a cell */
		{"k,\"{\"\"a\"\": [1, 2]}\"", "1:1@0 [k][{\"a\": [1, 2]}] "
					      "k,\"{\"\"a\"\": [1, 2]}\".\n"},
		/* JSON in a cell that is an array of objects */
		{"\"[{\"\"x\"\":-1.5}]\",\"\"\"\"",
			"1:1@0 [[{\"x\":-1.5}]][\"] "
			"\"[{\"\"x\"\":-1.5}]\",\"\"\"\".\n"},
		/* line ends in quotes, LF and CR LF */
		{"\"a\nb\",c\nd,e\n", "1:1@0 [a\nb][c] \"a\nb\",c.\n"
				      "3:1@8 [d][e] d,e.\n"},
		{"\"a\r\nb\",c\r\nd,e\r\n", "1:1@0 [a\r\nb][c] \"a\r\nb\",c.\n"
					    "3:1@10 [d][e] d,e.\n"},
		/* doubled quotes and line ends */
		{"\"a \n\"\"b\"\"\n\",c\nd,e",
			"1:1@0 [a \n\"b\"\n][c] \"a \n\"\"b\"\"\n\",c.\n"
			"4:1@14 [d][e] d,e.\n"},
		/* characters of several bytes */
		{"\u00e9\U0001f600,\"\u4e2d\"",
			"1:1@0 [\u00e9\U0001f600][\u4e2d] "
			"\u00e9\U0001f600,\"\u4e2d\".\n"},
	};

	CHECK(rows);
}

Test(rows, records_are_taken_as_they_are)
{
	static const struct row rows[] = {
		{"", ""},
		{"\n\r\n\r\n\r", ""},
		{"\n\na\n\nb", "3:1@2 [a] a.\n5:1@5 [b] b.\n"},
		{"a\rb\rc", "1:1@0 [a] a.\n2:1@2 [b] b.\n3:1@4 [c] c.\n"},
		{"a\n\rb", "1:1@0 [a] a.\n3:1@3 [b] b.\n"},
		{" ", "1:1@0 [ ]  .\n"},
		{"\"\"\n", "1:1@0 [] \"\".\n"},
		{",", "1:1@0 [][] ,.\n"},
		/* blanks belong to the field */
		{" a ,\tb\t", "1:1@0 [ a ][\tb\t]  a ,\tb\t.\n"},
		{"\" a \",\" \"\"\"", "1:1@0 [ a ][ \"] \" a \",\" \"\"\".\n"},
		/* quotes are a matter of the line's text, not of the type */
		{"00042,1E5,1234567890123456789",
			"1:1@0 [00042][1E5][1234567890123456789] "
			"00042,1E5,1234567890123456789.\n"},
		{"a,b\\\"", "1:5@4 stray-quote: quote neither begins nor ends "
			    "a field a,b\\\".\n"},
		{"a,b\nc\n", "1:1@0 [a][b] a,b.\n2:1@4 [c] c.\n"},
		{"a;b|c\td", "1:1@0 [a;b|c\td] a;b|c\td.\n"},
	};

	CHECK(rows);
}

Test(rows, stray_quotes_are_refused_and_reading_goes_on)
{
	static const struct row rows[] = {
		{"ab\"c,d\ne,f\n",
			"1:3@2 stray-quote: quote neither begins nor ends a "
			"field ab\"c,d.\n2:1@7 [e][f] e,f.\n"},
		{"\"ab\"c,d\ne,f\n",
			"1:4@3 stray-quote: quote neither begins nor ends a "
			"field \"ab\"c,d.\n2:1@8 [e][f] e,f.\n"},
		{"a, \"b\"\nc,d",
			"1:4@3 stray-quote: quote neither begins nor "
			"ends a field a, \"b\".\n2:1@7 [c][d] c,d.\n"},
		/* the line of the quote, not of the record; code points */
		{"\"x\n\u00e9\u00e9\",\u00e9\"\n1,2",
			"2:6@11 stray-quote: quote neither begins nor ends a "
			"field \"x\n\u00e9\u00e9\",\u00e9\".\n"
			"3:1@13 [1][2] 1,2.\n"},
		/* a quoted line end still belongs to the record */
		{"a\"b,\"c\nd\"\ne,f",
			"1:2@1 stray-quote: quote neither begins nor ends a "
			"field a\"b,\"c\nd\".\n3:1@10 [e][f] e,f.\n"},
		{"\"a\" \n", "1:3@2 stray-quote: quote neither begins nor ends "
			     "a field \"a\" .\n"},
	};

	CHECK(rows);
}

Test(rows, ragged_rows_are_refused_with_both_counts)
{
	static const struct row rows[] = {
		{"a,b\nc\nd,e,f\n\"g\"\"\",h,i\n,\n",
			"1:1@0 [a][b] a,b.\n"
			"2:1@4 row-short: expected 2 fields, found 1 c.\n"
			"3:1@6 row-long: expected 2 fields, found 3 d,e,f.\n"
			"4:1@12 row-long: expected 2 fields, found 3 "
			"\"g\"\"\",h,i.\n"
			"5:1@22 [][] ,.\n"},
	};

	CHECK(rows, .n_columns = 2);
}

Test(rows, an_open_quote_ends_the_reading)
{
	static const struct row rows[] = {
		{"a,b\nc,\"d\ne,f\ng,h\n",
			"1:1@0 [a][b] a,b.\n"
			"2:1@4 unclosed-quote: quote opened at 2:3 is never "
			"closed c,\"d\ne,f\ng,h\n.\n"},
		{"\"a\nb\",\"c", "1:1@0 unclosed-quote: quote opened at 2:4 is "
				 "never closed \"a\nb\",\"c.\n"},
		{"\"", "1:1@0 unclosed-quote: quote opened at 1:1 is never "
		       "closed \".\n"},
		{"\"a\"\"", "1:1@0 unclosed-quote: quote opened at 1:1 is "
			    "never closed \"a\"\".\n"},
		/* a stray quote before it does not matter any more */
		{"x\"y,\"z\n", "1:1@0 unclosed-quote: quote opened at 1:5 is "
			       "never closed x\"y,\"z\n.\n"},
	};

	CHECK(rows, .end = ROWS_UNCLOSED);
}

Test(rows, backslashes_escape_inside_loose_quotes_only)
{
	static const struct row rows[] = {
		{"\"a\\\"b\",\"c\\\\\"\n",
			"1:1@0 [a\"b][c\\] \"a\\\"b\",\"c\\\\\".\n"},
		{"\"a\"\"b\",\"\"\n", "1:1@0 [a\"b][] \"a\"\"b\",\"\".\n"},
		{"\"\\n\\\n\",b\\\nc,d", "1:1@0 [n\n][b\\] \"\\n\\\n\",b\\.\n"
					 "3:1@10 [c][d] c,d.\n"},
		{"a\\\"b,c\nd,e",
			"1:3@2 stray-quote: quote neither begins nor "
			"ends a field a\\\"b,c.\n2:1@7 [d][e] d,e.\n"},
		{"\"a\\,\",\n", "1:1@0 [a,][] \"a\\,\",.\n"},
	};

	static const struct row open[] = {
		{"a,\"b\\\"\nc,d\n",
			"1:1@0 unclosed-quote: quote opened at 1:3 is never "
			"closed a,\"b\\\"\nc,d\n.\n"},
	};

	CHECK(rows, .loose = true);
	CHECK(open, .loose = true, .end = ROWS_UNCLOSED);
}

Test(rows, nul_bytes_are_refused_with_their_offset)
{
	struct trace t = {.with_text = true};
	struct record_sink sink = trace_sink(&t);
	struct rows_piece piece = {.text = STR("a,b\nc,\0d\n\"e\0\"\nf,g"),
		.line = 5,
		.byte = 100};
	struct rows_stats stats;

	cr_expect(rows_read(&piece, &comma, &wide, &sink, &stats) == ROWS_DONE);
	cr_expect(stats.records == 4 && stats.refused == 2);
	/* The raw text with its NUL is not for C strings. */
	for (size_t i = 0; i < t.text.n; i++)
		if (t.text.at[i] == '\0')
			t.text.at[i] = '0';
	cr_expect_str_eq(traced(&t),
		"5:1@100 [a][b] a,b.\n"
		"6:3@106 nul-byte: record holds a NUL byte at byte 106 "
		"c,0d.\n"
		"7:3@111 nul-byte: record holds a NUL byte at byte 111 "
		"\"e0\".\n"
		"8:1@114 [f][g] f,g.\n");
	arena_free(&t.arena);
}

Test(rows, limits_refuse_what_is_longer)
{
	struct trace t = {.with_text = true};
	struct record_sink sink = trace_sink(&t);
	struct record_limits limits = {4, 8};
	struct rows_piece piece = {
		.text = STR("abcd,efg\nabcdefghi\na,bcdef\n\"a\"\"b\",c\n"
			    "\"a\"\"bcd\",\n\"abcd\",e\n"),
		.line = 1};
	struct rows_stats stats;

	cr_expect(
		rows_read(&piece, &comma, &limits, &sink, &stats) == ROWS_DONE);
	cr_expect(stats.records == 6 && stats.refused == 3);
	cr_expect_str_eq(traced(&t),
		"1:1@0 [abcd][efg] abcd,efg.\n"
		"2:1@9 row-too-big: record has 9 bytes, at most 8 are allowed "
		"abcdefgh.\n"
		"3:1@19 field-too-big: field 2 has 5 bytes, at most 4 are "
		"allowed a,bcdef.\n"
		"4:1@27 [a\"b][c] \"a\"\"b\",c.\n"
		"5:1@36 row-too-big: record has 9 bytes, at most 8 are allowed "
		"\"a\"\"bcd\".\n"
		"6:1@46 [abcd][e] \"abcd\",e.\n");
	arena_free(&t.arena);
}

Test(rows, a_field_limit_holds_for_the_text_without_escapes)
{
	struct trace t = {.with_text = true};
	struct record_sink sink = trace_sink(&t);
	struct record_limits limits = {4, 100};
	struct rows_piece piece = {
		.text = STR(
			"\"\"\"\"\"\"\"\"\"\",\"\"\n\"a\"\"bcd\",\"efghij\"\n"),
		.line = 1};
	struct rows_stats stats;

	rows_read(&piece, &comma, &limits, &sink, &stats);
	cr_expect_str_eq(traced(&t),
		"1:1@0 [\"\"\"\"][] \"\"\"\"\"\"\"\"\"\",\"\".\n"
		"2:1@14 field-too-big: field 1 has 5 bytes, at most 4 are "
		"allowed \"a\"\"bcd\",\"efghij\".\n");
	arena_free(&t.arena);
}

Test(rows, line_ends_are_counted_by_kind_outside_quotes)
{
	struct trace t = {0};
	struct record_sink sink = trace_sink(&t);
	struct rows_piece piece = {
		.text = STR("a\n\"\n\r\n\r\"\r\n\r\nb\rc\r\r\n\"d"), .line = 1};
	struct rows_stats stats;

	cr_expect(rows_read(&piece, &comma, &wide, &sink, &stats) ==
		  ROWS_UNCLOSED);
	cr_expect(stats.lf == 1 && stats.crlf == 3 && stats.cr == 2);
	cr_expect(stats.records == 5 && stats.refused == 1);
	arena_free(&t.arena);
}

Test(rows, a_part_stops_at_the_first_odd_record_and_says_nothing_of_it)
{
	static const struct {
		const char *text, *want;
		enum rows_end end;
	} rows[] = {
		{"a\nb\"\nc\n", "1:1@0 a.\n", ROWS_ODD},
		{"a\n\"b\"c\nd\n", "1:1@0 a.\n", ROWS_ODD},
		{"a\n\"b\nc\n", "1:1@0 a.\n", ROWS_ODD},
		{"a\nb,c\nd\n", "1:1@0 a.\n2:1@2 row-long.\n3:1@6 d.\n",
			ROWS_DONE},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct trace t = {0};
		struct record_sink sink = trace_sink(&t);
		struct rows_piece piece = {.text = str_of(rows[i].text),
			.line = 1,
			.n_columns = 1};
		struct rows_stats stats;
		enum rows_end end = rows_read_part(
			&piece, &comma, &wide, &sink, &stats);

		cr_expect(end == rows[i].end, "row %zu", i);
		cr_expect(stats.records == (i == 3 ? 3 : 1), "row %zu", i);
		cr_expect(stats.refused == (i == 3), "row %zu", i);
		arena_free(&t.arena);
	}
}

Test(rows, the_first_record_comes_with_its_line_end)
{
	static const struct {
		const char *text;
		size_t want;
		bool loose;
	} rows[] = {
		{"", 0, false},
		{"\n\r\n", 3, false},
		{"a,b\nc", 4, false},
		{"a,b\r\nc", 5, false},
		{"\n\na\rb", 4, false},
		{"\"a\nb\"\nc", 6, false},
		{"a,b", 3, false},
		{"\"\\\"\n\"\n", 4, false},
		{"\"\\\"\n\"\n", 6, true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct rows_dialect dialect = {',', rows[i].loose};

		cr_expect(rows_first(str_of(rows[i].text), &dialect) ==
				  rows[i].want,
			"row %zu", i);
	}
}

Test(rows, pieces_know_their_line_and_byte)
{
	struct arena a = {0};
	size_t size = 4 << 20, n;
	char *s = arena_array(&a, char, size);
	struct rows_piece whole = {{s, size}, 3, 11, 70, 2}, *pieces;

	for (size_t i = 0; i < size; i += 16)
		memcpy(s + i, "\"ab\ncd\",efghijk\n", 16);
	pieces = rows_cut(&a, &whole, &(struct split_wish) {4, 1}, &n);
	cr_assert(n == 4);
	for (size_t i = 0, at = 0; i < n; i++) {
		cr_expect(pieces[i].text.s == s + at, "piece %zu", i);
		cr_expect(pieces[i].byte == 70 + at, "piece %zu", i);
		cr_expect(pieces[i].line == 11 + at / 8, "piece %zu", i);
		cr_expect(pieces[i].file == 3 && pieces[i].n_columns == 2);
		at += pieces[i].text.len;
		cr_expect(i + 1 < n || at == size);
	}
	arena_free(&a);
}

Test(rows, a_short_text_is_one_piece)
{
	struct arena a = {0};
	struct rows_piece whole = {.text = STR("a,b\n"), .line = 1}, *pieces;
	size_t n;

	pieces = rows_cut(&a, &whole, &(struct split_wish) {8, 1}, &n);
	cr_expect(n == 1 && pieces[0].text.len == 4 && pieces[0].line == 1);
	whole.text = (struct str) {0};
	pieces = rows_cut(&a, &whole, &(struct split_wish) {0, 1}, &n);
	cr_expect(n == 1 && pieces[0].text.len == 0);
	arena_free(&a);
}

/*
 * The slow parser: one byte at a time, a state for each place in the grammar
 * of RFC 4180, every field copied, every place counted from the start.
 */
enum state { AT_START, IN_PLAIN, IN_QUOTES, BEHIND_QUOTE };

struct slow {
	struct trace trace;
	const struct rows_piece *piece;
	const struct rows_dialect *dialect;
	const struct record_limits *limits;
	enum state state;
	size_t at, start, opened, stray, nul;
	char field[256];
	size_t len;
	char fields[64][256];
	size_t lens[64], n;
};

static bool slow_ends_line(struct str text, size_t i)
{
	if (text.s[i] == '\n')
		return true;
	return text.s[i] == '\r' &&
	       (i + 1 == text.len || text.s[i + 1] != '\n');
}

static void slow_place(
	const struct slow *p, size_t at, uint32_t *line, uint32_t *col)
{
	*line = p->piece->line;
	*col = 1;
	for (size_t i = 0; i < at; i++) {
		if (slow_ends_line(p->piece->text, i)) {
			++*line;
			*col = 1;
		} else if ((p->piece->text.s[i] & 0xc0) != 0x80) {
			++*col;
		}
	}
}

static void slow_refuse(struct slow *p, enum diag_code code, size_t at)
{
	size_t len = p->at - p->start;
	struct reject reject = {.code = code, .byte = p->piece->byte + at};

	slow_place(p, at, &reject.loc.line, &reject.loc.col);
	if (len > p->limits->record)
		len = p->limits->record;
	reject.raw = str_slice(p->piece->text, p->start, len);
	trace_refuse(&p->trace, &reject);
}

static void slow_end_field(struct slow *p)
{
	memcpy(p->fields[p->n], p->field, p->len);
	p->lens[p->n++] = p->len;
	p->len = 0;
	p->state = AT_START;
}

static void slow_end_record(struct slow *p)
{
	struct str fields[64];
	struct record record = {.fields = fields,
		.byte = p->piece->byte + p->start,
		.raw = str_slice(p->piece->text, p->start, p->at - p->start)};
	uint32_t want = p->piece->n_columns, col;
	bool too_big = false;

	slow_end_field(p);
	for (size_t i = 0; i < p->n; i++) {
		fields[i] = (struct str) {p->fields[i], p->lens[i]};
		too_big |= p->lens[i] > p->limits->field;
	}
	record.n = (uint32_t)p->n;
	slow_place(p, p->start, &record.line, &col);
	if (record.raw.len > p->limits->record)
		slow_refuse(p, DIAG_ROW_TOO_BIG, p->start);
	else if (p->stray != SIZE_MAX && p->stray < p->nul)
		slow_refuse(p, DIAG_STRAY_QUOTE, p->stray);
	else if (p->nul != SIZE_MAX)
		slow_refuse(p, DIAG_NUL_BYTE, p->nul);
	else if (too_big)
		slow_refuse(p, DIAG_FIELD_TOO_BIG, p->start);
	else if (want && p->n < want)
		slow_refuse(p, DIAG_ROW_SHORT, p->start);
	else if (want && p->n > want)
		slow_refuse(p, DIAG_ROW_LONG, p->start);
	else
		trace_take(&p->trace, &record);
}

static void slow_put(struct slow *p, char c)
{
	if (c == '\0' && p->nul == SIZE_MAX)
		p->nul = p->at;
	p->field[p->len++] = c;
}

static void slow_mark_stray(struct slow *p, size_t at)
{
	if (p->stray == SIZE_MAX)
		p->stray = at;
	p->state = IN_PLAIN;
}

static void slow_in_quotes(struct slow *p, char c)
{
	struct str text = p->piece->text;

	if (c == '\\' && p->dialect->loose_quotes && p->at + 1 < text.len) {
		p->at++;
		slow_put(p, text.s[p->at]);
	} else if (c == '"') {
		p->state = BEHIND_QUOTE;
	} else {
		slow_put(p, c);
	}
}

static void slow_outside(struct slow *p, char c)
{
	if (c == p->dialect->delimiter) {
		slow_end_field(p);
	} else if (c == '"' && p->state == AT_START) {
		p->state = IN_QUOTES;
		p->opened = p->at;
	} else if (c == '"' && p->state == BEHIND_QUOTE) {
		p->state = IN_QUOTES;
		slow_put(p, c);
	} else {
		if (c == '"')
			slow_mark_stray(p, p->at);
		else if (p->state == BEHIND_QUOTE)
			slow_mark_stray(p, p->at - 1);
		p->state = IN_PLAIN;
		slow_put(p, c);
	}
}

/* One record; false if its quote is never closed. */
static bool slow_record(struct slow *p)
{
	struct str text = p->piece->text;

	p->start = p->at;
	p->stray = p->nul = SIZE_MAX;
	p->state = AT_START;
	p->n = p->len = 0;
	for (; p->at < text.len; p->at++) {
		char c = text.s[p->at];

		if (p->state == IN_QUOTES)
			slow_in_quotes(p, c);
		else if (c == '\n' || c == '\r')
			break;
		else
			slow_outside(p, c);
	}
	if (p->state == IN_QUOTES) {
		slow_refuse(p, DIAG_UNCLOSED_QUOTE, p->start);
		return false;
	}
	if (p->at > p->start)
		slow_end_record(p);
	if (p->at < text.len && !slow_ends_line(text, p->at))
		p->at++;
	p->at++;
	return true;
}

static enum rows_end slow_read(struct slow *p)
{
	while (p->at < p->piece->text.len)
		if (!slow_record(p))
			return ROWS_UNCLOSED;
	return ROWS_DONE;
}

/* At most 60 tokens of which many mean something. */
static struct str random_text(struct rng *rng, char buffer[256])
{
	static const char *const tokens[] = {"a", "bc", ",", ",", ";", "\"",
		"\"\"", ",\"", "\",", "\"\n", "\n", "\r\n", "\r", " ", "\u00e9",
		"\\"};
	size_t n = 0;

	for (size_t i = rng_below(rng, 60); i > 0; i--) {
		const char *token = tokens[rng_below(rng, 16)];

		memcpy(buffer + n, token, strlen(token));
		n += strlen(token);
	}
	if (n && rng_below(rng, 8) == 0)
		buffer[rng_below(rng, n)] = '\0';
	return (struct str) {buffer, n};
}

/* Random RFC 4180 text of one to three columns, mostly. */
static struct str random_regular(struct rng *rng, char buffer[4096])
{
	static const char *const quoted[] = {
		"x", "\"\"", "\n", "\r\n", "\r", ",", "\u00e9"};
	static const char *const ends[] = {",", ",", "\n", "\r\n", "\r"};
	size_t n = 0;

	for (size_t fields = rng_below(rng, 200); fields > 0; fields--) {
		bool quotes = rng_below(rng, 2);
		const char *end = ends[rng_below(rng, 5)];

		if (quotes)
			buffer[n++] = '"';
		for (size_t i = rng_below(rng, 5); i > 0; i--) {
			const char *part =
				quoted[quotes ? rng_below(rng, 7) : 0];

			memcpy(buffer + n, part, strlen(part));
			n += strlen(part);
		}
		if (quotes)
			buffer[n++] = '"';
		memcpy(buffer + n, end, strlen(end));
		n += strlen(end);
	}
	return (struct str) {buffer, n};
}

static void compare_with_slow(struct rng *rng, struct str text, int round)
{
	struct rows_dialect dialect = {
		rng_below(rng, 4) ? ',' : ';', rng_below(rng, 3) == 0};
	struct record_limits limits = {
		1 + rng_below(rng, 12), 4 + rng_below(rng, 40)};
	struct rows_piece piece = {text, 1, 1 + (uint32_t)rng_below(rng, 9),
		rng_below(rng, 9), (uint32_t)rng_below(rng, 4)};
	struct slow slow = {
		.piece = &piece, .dialect = &dialect, .limits = &limits};
	struct trace t = {0};
	struct record_sink sink = trace_sink(&t);
	struct rows_stats stats;
	enum rows_end end = rows_read(&piece, &dialect, &limits, &sink, &stats);

	cr_assert(end == slow_read(&slow), "round %d", round);
	cr_assert(t.text.n == slow.trace.text.n, "round %d", round);
	cr_assert(t.text.n == 0 ||
			  memcmp(t.text.at, slow.trace.text.at, t.text.n) == 0,
		"round %d", round);
	arena_free(&t.arena);
	arena_free(&slow.trace.arena);
}

/* Property: fields, places and refusals equal those of the slow parser, for
   any text, dialect, limit and number of columns. */
Test(rows, reading_equals_the_slow_parser)
{
	struct rng rng = {7};

	for (int round = 0; round < 20000; round++) {
		char buffer[256];

		compare_with_slow(&rng, random_text(&rng, buffer), round);
	}
}

static void libcsv_field(void *field, size_t len, void *ctx)
{
	add(ctx, STR("["));
	if (field)
		add(ctx, (struct str) {field, len});
	add(ctx, STR("]"));
}

static void libcsv_row(int c, void *ctx)
{
	(void)c;
	add(ctx, STR("\n"));
}

static int is_never_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void take_fields(void *ctx, const struct record *record)
{
	for (uint32_t i = 0; i < record->n; i++) {
		add(ctx, STR("["));
		add(ctx, record->fields[i]);
		add(ctx, STR("]"));
	}
	add(ctx, STR("\n"));
}

/* Property: for regular text the fields are those of libcsv, whether they were
   slices or went through it one record at a time. */
Test(rows, fields_equal_those_of_libcsv)
{
	struct rng rng = {3};

	for (int round = 0; round < 2000; round++) {
		char buffer[4096];
		struct trace ours = {0}, theirs = {0};
		struct record_sink sink = {&ours, take_fields, trace_refuse};
		struct rows_piece piece = {
			.text = random_regular(&rng, buffer), .line = 1};
		struct csv_parser csv;
		struct rows_stats stats;

		cr_assert(rows_read(&piece, &comma, &wide, &sink, &stats) ==
			  ROWS_DONE);
		csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI);
		csv_set_space_func(&csv, is_never_space);
		csv_parse(&csv, buffer, piece.text.len, libcsv_field,
			libcsv_row, &theirs);
		csv_fini(&csv, libcsv_field, libcsv_row, &theirs);
		csv_free(&csv);
		cr_assert_str_eq(
			traced(&ours), traced(&theirs), "round %d", round);
		arena_free(&ours.arena);
		arena_free(&theirs.arena);
	}
}

/* Reads all parts of `whole` into one trace; ROWS_ODD if one of them is. */
static enum rows_end read_parts(const struct rows_piece *whole, size_t want,
	struct trace *t, struct rows_stats *sum)
{
	struct arena a = {0};
	size_t n;
	struct split_part *parts = split_parts(
		&a, whole->text, &(struct split_wish) {want, 2}, &n);
	struct record_sink sink = trace_sink(t);
	enum rows_end end = ROWS_DONE;

	for (size_t i = 0; i < n && end == ROWS_DONE; i++) {
		struct rows_piece piece = *whole;
		size_t stop = i + 1 < n ? parts[i + 1].start : whole->text.len;
		struct rows_stats stats;

		piece.text = str_slice(
			whole->text, parts[i].start, stop - parts[i].start);
		piece.line += (uint32_t)parts[i].lines;
		piece.byte += parts[i].start;
		end = rows_read_part(&piece, &comma, &wide, &sink, &stats);
		sum->records += stats.records;
		sum->refused += stats.refused;
		sum->lf += stats.lf;
		sum->crlf += stats.crlf;
		sum->cr += stats.cr;
	}
	arena_free(&a);
	return end;
}

/* True if the parts deliver exactly what one read delivers; false if one of
   them is odd. Anything else fails. */
static bool parts_equal_whole(
	const struct rows_piece *whole, size_t want, int round)
{
	struct trace one = {0}, many = {0};
	struct record_sink sink = trace_sink(&one);
	struct rows_stats stats, sum = {0};
	enum rows_end end = rows_read(whole, &comma, &wide, &sink, &stats);
	bool equal = read_parts(whole, want, &many, &sum) == ROWS_DONE;

	if (equal) {
		cr_assert(end == ROWS_DONE, "round %d", round);
		cr_assert(one.text.n == many.text.n, "round %d", round);
		cr_assert(one.text.n == 0 || memcmp(one.text.at, many.text.at,
						     one.text.n) == 0,
			"round %d", round);
		cr_assert(memcmp(&stats, &sum, sizeof(sum)) == 0, "round %d",
			round);
	}
	arena_free(&one.arena);
	arena_free(&many.arena);
	return equal;
}

static const size_t counts[] = {1, 2, 3, 7, 16, 50};

/* Property: records, lines, bytes and counts do not depend on the cuts. */
Test(rows, parts_of_regular_text_equal_the_whole)
{
	struct rng rng = {11};

	for (int round = 0; round < 1500; round++) {
		char buffer[4096];
		struct rows_piece whole = {random_regular(&rng, buffer), 1, 9,
			100, (uint32_t)rng_below(&rng, 3)};

		for (size_t i = 0; i < 6; i++)
			cr_assert(parts_equal_whole(&whole, counts[i], round),
				"round %d, %zu parts", round, counts[i]);
	}
}

/* Property: parts of any text equal the whole, or one of them is odd; with a
   stray or open quote one always is. */
Test(rows, parts_of_irregular_text_equal_the_whole_or_are_odd)
{
	struct rng rng = {13};
	int odd = 0;

	for (int round = 0; round < 3000; round++) {
		char buffer[256];
		struct rows_piece whole = {
			.text = random_text(&rng, buffer), .line = 1};

		for (size_t i = 0; i < 6; i++)
			odd += !parts_equal_whole(&whole, counts[i], round);
	}
	cr_expect(odd > 1000);
}
