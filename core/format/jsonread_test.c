#include "format/jsonread.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/rng.h"
#include "format/jsonwrite.h"

/* All that a reader delivers, as lines of text. */
struct log {
	struct arena a;
	struct intern columns;
	struct chars VEC(char) text;
	uint64_t taken, refused;
	bool with_places; /* line and byte of records that were taken */
};

static void add(struct log *log, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		vec_push(&log->a, &log->text, text.s[i]);
}

static void take(void *ctx, const struct record *record)
{
	struct log *log = ctx;

	log->taken++;
	if (log->with_places)
		add(log, arena_print(&log->a, "%u/%llu ", record->line,
				 (unsigned long long)record->byte));
	for (uint32_t i = 0; i < record->n; i++) {
		if (!record->fields[i].s)
			continue;
		add(log, intern_get(&log->columns, i + 1));
		add(log, STR("="));
		add(log, record->fields[i]);
		add(log, STR(";"));
	}
	add(log, STR("\n"));
}

static void refuse(void *ctx, const struct reject *reject)
{
	struct log *log = ctx;

	log->refused++;
	add(log, arena_print(&log->a, "%u:%u/%llu %s %.*s <%.*s>\n",
			 reject->loc.line, reject->loc.col,
			 (unsigned long long)reject->byte,
			 diag_name(reject->code), STR_ARG(reject->text),
			 STR_ARG(reject->raw)));
}

static const struct record_limits wide = {1 << 20, 1 << 20};

static struct record_sink sink_of(struct log *log)
{
	return (struct record_sink) {log, take, refuse};
}

static struct str text_of(const struct log *log)
{
	return (struct str) {log->text.at, log->text.n};
}

static void expect_log(const struct log *log, struct str want)
{
	struct str have = text_of(log);

	cr_expect(str_equal(have, want), "want:\n%.*s\nhave:\n%.*s",
		STR_ARG(want), STR_ARG(have));
}

static void log_free(struct log *log)
{
	intern_free(&log->columns);
	arena_free(&log->a);
	*log = (struct log) {0};
}

static void read_lines(
	struct log *log, struct json_piece piece, struct record_limits limits)
{
	struct record_sink sink = sink_of(log);
	uint64_t taken = log->taken, refused = log->refused;
	struct json_stats stats;

	jsonread_lines(&piece, &log->columns, &limits, &sink, &stats);
	cr_expect_eq(stats.refused, log->refused - refused);
	cr_expect_eq(
		stats.records, log->taken + log->refused - taken - refused);
}

static bool read_array(
	struct log *log, struct str text, struct str records, struct err *err)
{
	struct record_sink sink = sink_of(log);
	struct json_piece piece = {text, 7, 1, 0};
	struct json_stats stats;

	return jsonread_array(
		&piece, records, &log->columns, &wide, &sink, &stats, err);
}

Test(jsonread, a_line_is_a_record)
{
	struct log log = {.with_places = true};

	read_lines(&log,
		(struct json_piece) {STR("{\"a\":1}\n"
					 "\n"
					 " \t\r\n"
					 "{\"b\":\"x\"}\r\n"
					 "  {\"a\":2}  \n"
					 "{\"a\":3}"),
			7, 1, 0},
		wide);
	expect_log(&log, STR("1/0 a=1;\n"
			     "4/13 b=x;\n"
			     "5/24 a=2;\n"
			     "6/36 a=3;\n"));
	log_free(&log);
}

Test(jsonread, a_bad_line_is_refused_and_the_next_one_read)
{
	struct log log = {.with_places = true};

	read_lines(&log,
		(struct json_piece) {STR("{\"a\":1\n"
					 "{\"a\":2}\n"
					 "[1]\n"
					 "{\"\xC3\xA9\xE2\x82\xAC\":tru}\n"
					 "{\"a\":3} {}\r\n"
					 "{\"a\":\"\\uD800\"}\n"
					 "{\"a\":4}\n"),
			7, 1, 0},
		wide);
	expect_log(&log,
		STR("1:7/6 bad-json expected ',' or '}', found the end "
		    "<{\"a\":1>\n"
		    "2/7 a=2;\n"
		    "3:1/15 bad-json expected an object, found '[' <[1]>\n"
		    "4:7/28 bad-json expected a value, found 'tru' "
		    "<{\"\xC3\xA9\xE2\x82\xAC\":tru}>\n"
		    "5:9/41 bad-json expected the end, found '{' "
		    "<{\"a\":3} {}>\n"
		    "6:13/57 bad-json expected a low surrogate after a high "
		    "one, found '\"' <{\"a\":\"\\uD800\"}>\n"
		    "7/60 a=4;\n"));
	log_free(&log);
}

/* inputs.md 9.1: some published samples have such numbers. */
Test(jsonread, a_leading_zero_refuses_the_row)
{
	struct log log = {0};

	read_lines(&log,
		(struct json_piece) {
			STR("{\"actingUser\":{\"userId\":0123}}"), 7, 1, 0},
		wide);
	expect_log(&log,
		STR("1:26/25 bad-json expected no digit after a leading zero, "
		    "found '123' <{\"actingUser\":{\"userId\":0123}}>\n"));
	log_free(&log);
}

Test(jsonread, places_go_on_from_piece_to_piece)
{
	struct log log = {.with_places = true};

	read_lines(&log,
		(struct json_piece) {
			STR("{\"a\":1}\n{\"a\":x}\n"), 7, 101, 5000},
		wide);
	expect_log(&log, STR("101/5000 a=1;\n"
			     "102:6/5013 bad-json expected a value, found 'x' "
			     "<{\"a\":x}>\n"));
	log_free(&log);
}

Test(jsonread, limits_refuse_records_and_fields)
{
	struct log log = {0};

	read_lines(&log,
		(struct json_piece) {STR("{\"a\":\"1234\"}\n"
					 "{\"a\":\"12345\"}\n"
					 "{\"a\":1,\"b\":2,\"c\":3}\n"
					 "{\"a\":1}\n"),
			7, 1, 0},
		(struct record_limits) {4, 15});
	expect_log(&log,
		STR("a=1234;\n"
		    "2:6/18 field-too-big field 'a' has 5 bytes; at most 4 "
		    "are read <{\"a\":\"12345\"}>\n"
		    "3:1/27 row-too-big a record of 19 bytes; at most 15 are "
		    "read <{\"a\":1,\"b\":2,\"c>\n"
		    "a=1;\n"));
	log_free(&log);
}

Test(jsonread, an_array_delivers_its_elements)
{
	struct log log = {.with_places = true};
	struct err err;

	cr_expect(read_array(&log,
		STR("[\n  {\"a\": 1},\n  {\n    \"a\": 2\n  }\n]\n"), STR(""),
		&err));
	expect_log(&log, STR("2/4 a=1;\n3/16 a=2;\n"));
	log_free(&log);
	cr_expect(read_array(&log, STR(" [ ] "), STR(""), &err));
	expect_log(&log, STR(""));
	log_free(&log);
}

Test(jsonread, a_top_level_object_is_the_one_record)
{
	struct log log = {.with_places = true};
	struct err err;

	cr_expect(read_array(&log,
		STR("\n {\n \"a\": {\"b\": 1}, \"c\": [2]}\n"), STR(""), &err));
	expect_log(&log, STR("2/2 a.b=1;c[0]=2;\n"));
	log_free(&log);
}

Test(jsonread, records_may_lie_deeper_in_a_document)
{
	static const struct {
		const char *text, *records, *want;
	} rows[] = {
		{"{\"Records\":[{\"a\":1},{\"a\":2}]}", "Records",
			"a=1;\na=2;\n"},
		{"{\"x\":[{\"a\":0}],\"d\":{\"y\":1,\"r\":[{\"a\":1}],\"z\":2"
		 "},\"v\":{\"r\":[]}}",
			"d.r", "a=1;\n"},
		{"{\"\\u0052\":[{\"a\":1}]}", "R", "a=1;\n"},
		{"{\"r\":[]}", "r", ""},
		{"{\"a\":{\"a\":{\"a\":[{\"a\":{}}]}}}", "a.a.a", "\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct log log = {0};
		struct err err;

		cr_expect(read_array(&log, str_of(rows[i].text),
				  str_of(rows[i].records), &err),
			"row %zu: %s", i, err.text);
		expect_log(&log, str_of(rows[i].want));
		log_free(&log);
	}
}

Test(jsonread, a_bad_element_is_refused_and_the_next_one_read)
{
	struct log log = {0};
	struct err err;

	cr_expect(read_array(&log,
		STR("[ {\"a\" 1},\n {\"a\":1}, 5, nul,\n"
		    " {\"a\":1,\"a\":1}, \"x,]\" , [{}], {\"a\":3}]"),
		STR(""), &err));
	expect_log(&log,
		STR("1:8/7 bad-json expected ':', found '1' <{\"a\" 1}>\n"
		    "a=1;\n"
		    "2:11/21 bad-json expected an object, found '5' <5>\n"
		    "2:14/24 bad-json expected an object, found 'nul' <nul>\n"
		    "3:9/37 duplicate-member member path 'a' is given twice "
		    "<{\"a\":1,\"a\":1}>\n"
		    "3:17/45 bad-json expected an object, found '\"' "
		    "<\"x,]\" >\n"
		    "3:25/53 bad-json expected an object, found '[' <[{}]>\n"
		    "a=3;\n"));
	log_free(&log);
}

Test(jsonread, a_broken_document_is_an_error_with_its_place)
{
	static const struct {
		const char *text, *records;
		uint32_t line, col;
		const char *error;
	} rows[] = {
		{"", "", 1, 1, "expected an array or an object, found the end"},
		{"5", "", 1, 1, "expected an array or an object, found '5'"},
		{"[{\"a\":1}", "", 1, 9, "expected ',' or ']', found the end"},
		{"[{\"a\":1}\n{\"a\":2}]", "", 2, 1,
			"expected ',' or ']', found '{'"},
		{"[{\"a\":1},]", "", 1, 10, "expected a value, found ']'"},
		{"[,{\"a\":1}]", "", 1, 2, "expected a value, found ','"},
		{"[{\"a\":1}, ", "", 1, 11, "expected a value, found the end"},
		{"[{\"a\":1}]\n x", "", 2, 2, "expected the end, found 'x'"},
		{"{\"a\":1}\n{\"a\":2}", "", 2, 1,
			"expected the end, found '{'"},
		{"[{\"a\":1},\n {\"a\":[1},\n {\"a\":2}]", "", 2, 9,
			"expected ',' or ']', found '}'"},
		{"[{\"a\":1},\n {\"a\":\"x}]", "", 2, 11,
			"expected the closing quote of a string, found the "
			"end"},
		{"{\"a\":1", "", 1, 7, "expected ',' or '}', found the end"},
		{"[]", "r", 1, 1, "expected an object, found '['"},
		{"{\"a\":[]}", "r", 1, 9, "no array of records at 'r'"},
		{"{\"r\":{}}", "r", 1, 6,
			"expected the array of records, found '{'"},
		{"{\"r\":[]}", "r.s", 1, 6,
			"expected an object on the way to the records, found "
			"'['"},
		{"{\"r\":null}", "r", 1, 6,
			"expected the array of records, found 'null'"},
		{"{\"r\":[],\n\"r\":[]}", "r", 2, 1,
			"member 'r' is given twice"},
		{"{\"r\":{\"s\":[]},\"r\":{}}", "r.s", 1, 15,
			"member 'r' is given twice"},
		{"{\"r\":[],\"x\":[1 2]}", "r", 1, 16,
			"expected ',' or ']', found '2'"},
		{"{\"r\":[]} {}", "r", 1, 10, "expected the end, found '{'"},
		{"{\"r\":[],}", "r", 1, 9, "expected a member name, found '}'"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct log log = {0};
		struct err err = {0};

		cr_expect_not(read_array(&log, str_of(rows[i].text),
				      str_of(rows[i].records), &err),
			"row %zu", i);
		cr_expect_str_eq(err.text, rows[i].error, "row %zu", i);
		cr_expect(err.kind == ERR_INPUT && err.loc.file == 7 &&
				  err.loc.line == rows[i].line &&
				  err.loc.col == rows[i].col,
			"row %zu: %u:%u", i, err.loc.line, err.loc.col);
		log_free(&log);
	}
}

Test(jsonread, deep_elements_are_refused_one_by_one)
{
	struct arena a = {0};
	struct str deep = STR("1");
	struct log log = {0};
	struct err err;

	for (size_t i = 0; i < 100; i++)
		deep = arena_print(&a, "[%.*s]", STR_ARG(deep));
	cr_expect(read_array(&log,
		arena_print(&a, "[{\"a\":%.*s},{\"a\":1}]", STR_ARG(deep)),
		STR(""), &err));
	cr_expect_eq(log.refused, 1);
	cr_expect_eq(log.taken, 1);
	log_free(&log);
	arena_free(&a);
}

/* A random value as JSON, of at most `depth` levels; its leaves are added to
   `want` as they should be read. */
static struct str random_value(struct arena *a, struct rng *rng,
	struct str path, int depth, struct str *want)
{
	static const struct {
		const char *json, *text;
	} leaves[] = {
		{"1", "1"},
		{"-0.50e+3", "-0.50e+3"},
		{"true", "true"},
		{"\"\"", ""},
		{"\"a\\\"b,}\"", "a\"b,}"},
		{"\"\\u20ac\\ud83d\\ude00\"", "\xE2\x82\xAC\xF0\x9F\x98\x80"},
		{"null", NULL},
	};
	bool is_array = rng_chance(rng, 500000);
	uint64_t n = rng_below(rng, 4);
	size_t leaf = rng_below(rng, sizeof(leaves) / sizeof(*leaves));
	struct str text = STR("");

	if (depth == 0 || (path.len && rng_chance(rng, 500000))) {
		if (leaves[leaf].text)
			*want = arena_print(a, "%.*s%.*s=%s;", STR_ARG(*want),
				STR_ARG(path), leaves[leaf].text);
		return str_of(leaves[leaf].json);
	}
	is_array = is_array && path.len;
	for (unsigned i = 0; i < n; i++) {
		struct str name = arena_print(a, is_array ? "[%u]" : "k%u", i);
		struct str inner = arena_print(a, "%.*s%s%.*s", STR_ARG(path),
			is_array || path.len == 0 ? "" : ".", STR_ARG(name));
		struct str value = random_value(a, rng, inner, depth - 1, want);

		if (!is_array)
			value = arena_print(a, "\"%.*s\" : %.*s", STR_ARG(name),
				STR_ARG(value));
		text = arena_print(a, "%.*s%s%.*s", STR_ARG(text),
			i ? ", " : "", STR_ARG(value));
	}
	return arena_print(a, is_array ? "[%.*s]" : "{ %.*s}", STR_ARG(text));
}

/* Property: what is read is what was made. */
Test(jsonread, reads_every_leaf_of_a_random_object)
{
	struct rng rng = {4};

	for (size_t round = 0; round < 1000; round++) {
		struct arena a = {0};
		struct log log = {0};
		struct str want = STR("");
		struct str text = random_value(&a, &rng, STR(""), 5, &want);

		read_lines(&log, (struct json_piece) {text, 7, 1, 0}, wide);
		expect_log(&log, arena_print(&a, "%.*s\n", STR_ARG(want)));
		log_free(&log);
		arena_free(&a);
	}
}

#define LINES 20

/* Property: the same records as lines, in two pieces, and as an array give the
   same; bad ones are refused each time. */
Test(jsonread, lines_pieces_and_arrays_agree)
{
	struct rng rng = {5};

	for (size_t round = 0; round < 100; round++) {
		struct arena a = {0};
		struct log whole = {0}, pieces = {0}, array = {0};
		struct str lines = STR(""), items = STR(""), ignored = STR("");
		size_t cut = 0, cut_line = 1 + rng_below(&rng, LINES);
		struct err err;

		for (size_t i = 1; i <= LINES; i++) {
			struct str text = random_value(
				&a, &rng, STR(""), 4, &ignored);

			lines = arena_print(&a, "%.*s%.*s\n", STR_ARG(lines),
				STR_ARG(text));
			items = arena_print(&a, "%.*s%s%.*s", STR_ARG(items),
				i > 1 ? ",\n" : "[", STR_ARG(text));
			if (i == cut_line)
				cut = lines.len;
		}
		items = arena_print(&a, "%.*s]", STR_ARG(items));
		read_lines(&whole, (struct json_piece) {lines, 7, 1, 0}, wide);
		read_lines(&pieces,
			(struct json_piece) {str_slice(lines, 0, cut), 7, 1, 0},
			wide);
		read_lines(&pieces,
			(struct json_piece) {str_slice(lines, cut, lines.len),
				7, (uint32_t)cut_line + 1, cut},
			wide);
		cr_assert(read_array(&array, items, STR(""), &err));
		expect_log(&pieces, text_of(&whole));
		expect_log(&array, text_of(&whole));
		log_free(&whole);
		log_free(&pieces);
		log_free(&array);
		arena_free(&a);
	}
}

static void write(void *ctx, struct str text)
{
	add(ctx, text);
}

struct copy {
	const struct intern *columns;
	struct log *out;
};

/* Writes a record as a flat object whose names are the paths. */
static void reprint(void *ctx, const struct record *record)
{
	struct copy *copy = ctx;
	struct json_writer json = json_writer_init(write, copy->out);

	json_inline(&json);
	json_begin_object(&json);
	for (uint32_t i = 0; i < record->n; i++) {
		if (!record->fields[i].s)
			continue;
		json_name(&json, intern_get(copy->columns, i + 1).s);
		json_string(&json, record->fields[i]);
	}
	json_end_object(&json);
	json_finish(&json);
}

/* Property: a record that is written flat is read as the same again. */
Test(jsonread, reads_what_jsonwrite_writes)
{
	struct rng rng = {6};

	for (size_t round = 0; round < 300; round++) {
		struct arena a = {0};
		struct log printed = {0}, back = {0};
		struct intern columns = {0};
		struct copy copy = {&columns, &printed};
		struct record_sink sink = {&copy, reprint, refuse};
		struct json_stats stats;
		struct str want = STR("");
		struct json_piece piece = {
			random_value(&a, &rng, STR(""), 4, &want), 7, 1, 0};

		jsonread_lines(&piece, &columns, &wide, &sink, &stats);
		piece.text = text_of(&printed);
		read_lines(&back, piece, wide);
		expect_log(&back, arena_print(&a, "%.*s\n", STR_ARG(want)));
		intern_free(&columns);
		log_free(&printed);
		log_free(&back);
		arena_free(&a);
	}
}
