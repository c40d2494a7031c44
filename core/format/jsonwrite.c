#include "format/jsonwrite.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/codepoint.h"
#include "base/number.h"

/* Above it readers that keep numbers as doubles lose digits. */
#define EXACT ((uint64_t)1 << 53)

struct json_writer json_writer_init(json_write_fn write, void *ctx)
{
	return (struct json_writer) {.write = write, .ctx = ctx};
}

static void put(struct json_writer *json, struct str text)
{
	json->write(json->ctx, text);
}

static void new_line(struct json_writer *json)
{
	put(json, STR("\n"));
	for (unsigned i = 0; i < json->depth; i++)
		put(json, STR("  "));
}

/* What stands before an item of the innermost container. */
static void begin_item(struct json_writer *json)
{
	unsigned top = json->depth - 1;
	bool is_inline = json->inline_from[top];

	if (json->has_items[top])
		put(json, is_inline ? STR(", ") : STR(","));
	if (!is_inline)
		new_line(json);
	json->has_items[top] = true;
}

static void begin_value(struct json_writer *json)
{
	assert(json->depth == 0 || json->is_array[json->depth - 1] ||
		json->after_name);
	if (json->depth > 0 && json->is_array[json->depth - 1])
		begin_item(json);
	json->after_name = false;
}

static void begin(struct json_writer *json, bool is_array)
{
	unsigned top = json->depth;

	assert(top < JSONWRITE_DEPTH);
	begin_value(json);
	put(json, is_array ? STR("[") : STR("{"));
	json->has_items[top] = false;
	json->is_array[top] = is_array;
	if (top > 0 && json->inline_from[top - 1])
		json->inline_from[top] = true;
	json->depth++;
}

static void end(struct json_writer *json, bool is_array)
{
	unsigned top = json->depth - 1;

	assert(json->depth > 0 && json->is_array[top] == is_array &&
		!json->after_name);
	json->depth--;
	if (json->has_items[top] && !json->inline_from[top])
		new_line(json);
	put(json, is_array ? STR("]") : STR("}"));
	json->inline_from[top] = false;
}

void json_begin_object(struct json_writer *json)
{
	begin(json, false);
}

void json_end_object(struct json_writer *json)
{
	end(json, false);
}

void json_begin_array(struct json_writer *json)
{
	begin(json, true);
}

void json_end_array(struct json_writer *json)
{
	end(json, true);
}

void json_inline(struct json_writer *json)
{
	assert(json->depth < JSONWRITE_DEPTH);
	json->inline_from[json->depth] = true;
}

/* The two-character escape of `code`, or the empty slice. */
static struct str short_escape(uint32_t code)
{
	switch (code) {
	case '"':
		return STR("\\\"");
	case '\\':
		return STR("\\\\");
	case '\b':
		return STR("\\b");
	case '\f':
		return STR("\\f");
	case '\n':
		return STR("\\n");
	case '\r':
		return STR("\\r");
	case '\t':
		return STR("\\t");
	default:
		return STR("");
	}
}

static bool is_plain(uint32_t code)
{
	return code >= 0x20 && code != '"' && code != '\\' && code != '<' &&
	       code != 0x2028 && code != 0x2029;
}

static void put_escape(struct json_writer *json, uint32_t code)
{
	struct str escape = short_escape(code);
	char text[8];
	int len;

	if (escape.len) {
		put(json, escape);
		return;
	}
	len = snprintf(text, sizeof(text), "\\u%04x", (unsigned)code);
	put(json, (struct str) {text, (size_t)len});
}

/*
 * Bytes of the maximal bad part that a text which is not UTF-8 begins with:
 * those that some character begins with (Unicode 15, section 3.9, "U+FFFD
 * Substitution of Maximal Subparts", and table 3-7).
 */
static size_t bad_part(struct str text)
{
	const unsigned char *s = (const unsigned char *)text.s;
	unsigned char low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
	size_t n = 1, most = 1;

	if (s[0] >= 0xE0 && s[0] <= 0xF4)
		most = s[0] < 0xF0 ? 2 : 3;
	while (n < most && n < text.len && s[n] >= low && s[n] <= high) {
		n++;
		low = 0x80;
		high = 0xBF;
	}
	return n;
}

/* Runs of plain characters are written as they are. */
static void put_quoted(struct json_writer *json, struct str text)
{
	size_t from = 0, at = 0;

	put(json, STR("\""));
	while (at < text.len) {
		size_t start = at;
		uint32_t code;
		bool is_valid = codepoint_next(text, &at, &code);

		if (is_valid && is_plain(code))
			continue;
		put(json, str_slice(text, from, start - from));
		if (is_valid) {
			put_escape(json, code);
		} else {
			put(json, STR("\xEF\xBF\xBD"));
			json->lossy = true;
			at = start + bad_part(str_slice(text, start, 4));
		}
		from = at;
	}
	put(json, str_slice(text, from, at - from));
	put(json, STR("\""));
}

void json_name(struct json_writer *json, const char *name)
{
	assert(json->depth > 0 && !json->is_array[json->depth - 1] &&
		!json->after_name);
	begin_item(json);
	put_quoted(json, str_of(name));
	put(json, STR(": "));
	json->after_name = true;
}

void json_string(struct json_writer *json, struct str text)
{
	begin_value(json);
	put_quoted(json, text);
}

/* `text` as a number, or as a string where it is too large for one. */
static void put_number(struct json_writer *json, struct str text, bool is_exact)
{
	begin_value(json);
	if (is_exact)
		put(json, text);
	else
		put_quoted(json, text);
}

void json_int(struct json_writer *json, int64_t value)
{
	char text[24];
	int len = snprintf(text, sizeof(text), "%" PRId64, value);

	put_number(json, (struct str) {text, (size_t)len},
		value >= -(int64_t)EXACT && value <= (int64_t)EXACT);
}

void json_count(struct json_writer *json, uint64_t value)
{
	char text[24];
	int len = snprintf(text, sizeof(text), "%" PRIu64, value);

	put_number(json, (struct str) {text, (size_t)len}, value <= EXACT);
}

void json_double(struct json_writer *json, double value)
{
	char text[32];

	if (isfinite(value))
		put_number(json, number_print_double(value, text), true);
	else
		json_null(json);
}

void json_bool(struct json_writer *json, bool value)
{
	begin_value(json);
	put(json, value ? STR("true") : STR("false"));
}

void json_null(struct json_writer *json)
{
	begin_value(json);
	put(json, STR("null"));
}

void json_finish(struct json_writer *json)
{
	assert(json->depth == 0);
	put(json, STR("\n"));
}
