#include "format/jsonpull.h"

#include <stdio.h>
#include <string.h>

#include "base/codepoint.h"

struct jsonpull jsonpull_init(struct str text)
{
	return (struct jsonpull) {.text = text, .state = JSONPULL_VALUE};
}

/* Bytes of a text that a message quotes, so that all of it fits. */
#define SHOWN 64

static bool is_in_array(const struct jsonpull *pull)
{
	return pull->arrays & 1;
}

static enum json_event bad(
	struct jsonpull *pull, size_t at, const char *expected)
{
	pull->start = at;
	pull->expected = expected;
	return JSON_BAD;
}

/* The byte at `at`, or 0 behind the end; a NUL byte is valid nowhere. */
static char byte_at(const struct jsonpull *pull, size_t at)
{
	return at < pull->text.len ? pull->text.s[at] : '\0';
}

static void skip_blanks(struct jsonpull *pull)
{
	const char *s = pull->text.s;
	size_t at = pull->at, len = pull->text.len;

	while (at < len && (s[at] == ' ' || s[at] == '\n' || s[at] == '\t' ||
				   s[at] == '\r'))
		at++;
	pull->at = at;
}

static enum json_event open_container(struct jsonpull *pull, bool is_array)
{
	if (pull->depth == JSON_DEPTH)
		return bad(pull, pull->at, "at most 64 levels of nesting");
	pull->depth++;
	pull->arrays = pull->arrays << 1 | is_array;
	pull->state = is_array ? JSONPULL_FIRST_ITEM : JSONPULL_FIRST_NAME;
	pull->at++;
	return is_array ? JSON_OPEN_ARRAY : JSON_OPEN_OBJECT;
}

static enum json_event close_container(struct jsonpull *pull)
{
	pull->depth--;
	pull->arrays >>= 1;
	pull->state = JSONPULL_AFTER;
	pull->at++;
	return JSON_CLOSE;
}

static bool is_hex(char c)
{
	return str_is_digit(c) || (str_lower(c) >= 'a' && str_lower(c) <= 'f');
}

static unsigned hex_value(char c)
{
	return (unsigned)(str_is_digit(c) ? c - '0' : str_lower(c) - 'a' + 10);
}

static uint32_t read_hex4(const char *s)
{
	return hex_value(s[0]) << 12 | hex_value(s[1]) << 8 |
	       hex_value(s[2]) << 4 | hex_value(s[3]);
}

static bool is_high_surrogate(uint32_t code)
{
	return code >= 0xD800 && code <= 0xDBFF;
}

static bool is_low_surrogate(uint32_t code)
{
	return code >= 0xDC00 && code <= 0xDFFF;
}

/* The number of the `\uXXXX` at `at`; false after a fault. */
static bool scan_hex(struct jsonpull *pull, size_t at, uint32_t *code)
{
	for (size_t i = at + 2; i < at + 6; i++)
		if (!is_hex(byte_at(pull, i))) {
			bad(pull, i, "four hexadecimal digits after '\\u'");
			return false;
		}
	*code = read_hex4(pull->text.s + at + 2);
	return true;
}

/* The escape at `at`, `\uD83D\uDE00` being one; returns where it ends, or 0
   after a fault. */
static size_t scan_unicode(struct jsonpull *pull, size_t at)
{
	uint32_t code, low;

	if (!scan_hex(pull, at, &code))
		return 0;
	if (is_low_surrogate(code)) {
		bad(pull, at, "a high surrogate before a low one");
		return 0;
	}
	if (!is_high_surrogate(code))
		return at + 6;
	if (byte_at(pull, at + 6) != '\\' || byte_at(pull, at + 7) != 'u') {
		bad(pull, at + 6, "a low surrogate after a high one");
		return 0;
	}
	if (!scan_hex(pull, at + 6, &low))
		return 0;
	if (!is_low_surrogate(low)) {
		bad(pull, at + 6, "a low surrogate after a high one");
		return 0;
	}
	return at + 12;
}

static size_t scan_escape(struct jsonpull *pull, size_t at)
{
	char c = byte_at(pull, at + 1);

	if (c == 'u')
		return scan_unicode(pull, at);
	if (c != '\0' && strchr("\"\\/bfnrt", c))
		return at + 2;
	bad(pull, at + 1, "one of \" \\ / b f n r t u after a backslash");
	return 0;
}

/* The first byte from `at` on that is not plain text of a string. */
static size_t plain_end(struct str text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.s;

	while (at < text.len && s[at] != '"' && s[at] != '\\' && s[at] >= 0x20)
		at++;
	return at;
}

/* The string whose quote is at `at` becomes the value. */
static bool scan_string(struct jsonpull *pull)
{
	size_t first = pull->at + 1, at = first;

	pull->escaped = false;
	for (;;) {
		at = plain_end(pull->text, at);
		if (at == pull->text.len) {
			bad(pull, at, "the closing quote of a string");
			return false;
		}
		if (pull->text.s[at] == '"')
			break;
		if (pull->text.s[at] != '\\') {
			bad(pull, at, "an escape for a control character");
			return false;
		}
		pull->escaped = true;
		at = scan_escape(pull, at);
		if (at == 0)
			return false;
	}
	pull->value = (struct str) {pull->text.s + first, at - first};
	pull->at = at + 1;
	return true;
}

static enum json_event read_name(struct jsonpull *pull)
{
	if (byte_at(pull, pull->at) != '"')
		return bad(pull, pull->at,
			pull->state == JSONPULL_FIRST_NAME
				? "a member name or '}'"
				: "a member name");
	if (!scan_string(pull))
		return JSON_BAD;
	skip_blanks(pull);
	if (byte_at(pull, pull->at) != ':')
		return bad(pull, pull->at, "':'");
	pull->at++;
	pull->state = JSONPULL_VALUE;
	return JSON_NAME;
}

static size_t skip_digits(const struct jsonpull *pull, size_t at)
{
	while (str_is_digit(byte_at(pull, at)))
		at++;
	return at;
}

/* The end of the number at `at`, or 0 after a fault: RFC 8259, section 6. */
static size_t scan_number(struct jsonpull *pull, size_t at)
{
	size_t digits = at + (byte_at(pull, at) == '-'), end;

	at = skip_digits(pull, digits);
	if (at > digits + 1 && byte_at(pull, digits) == '0') {
		bad(pull, digits + 1, "no digit after a leading zero");
		return 0;
	}
	if (at > digits && byte_at(pull, at) == '.') {
		digits = at + 1;
		at = skip_digits(pull, digits);
	}
	if (at > digits && str_lower(byte_at(pull, at)) == 'e') {
		char sign = byte_at(pull, at + 1);

		digits = at + 1 + (sign == '+' || sign == '-');
		at = skip_digits(pull, digits);
	}
	end = at > digits ? at : 0;
	if (end == 0)
		bad(pull, at, "a digit");
	return end;
}

static enum json_event read_number(struct jsonpull *pull)
{
	size_t end = scan_number(pull, pull->at);

	if (end == 0)
		return JSON_BAD;
	pull->value = str_slice(pull->text, pull->at, end - pull->at);
	pull->at = end;
	pull->state = JSONPULL_AFTER;
	return JSON_NUMBER;
}

static enum json_event read_word(struct jsonpull *pull)
{
	static const struct {
		struct str word;
		enum json_event event;
	} words[] = {
		{STR_INIT("true"), JSON_BOOL},
		{STR_INIT("false"), JSON_BOOL},
		{STR_INIT("null"), JSON_NULL},
	};
	struct str rest = str_slice(pull->text, pull->at, pull->text.len);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!str_has_prefix(rest, words[i].word))
			continue;
		pull->value = str_slice(rest, 0, words[i].word.len);
		pull->at += words[i].word.len;
		pull->state = JSONPULL_AFTER;
		return words[i].event;
	}
	return bad(pull, pull->at,
		pull->state == JSONPULL_FIRST_ITEM ? "a value or ']'"
						   : "a value");
}

static enum json_event read_value(struct jsonpull *pull)
{
	char c = byte_at(pull, pull->at);

	if (c == '{' || c == '[')
		return open_container(pull, c == '[');
	if (c == '-' || str_is_digit(c))
		return read_number(pull);
	if (c != '"')
		return read_word(pull);
	if (!scan_string(pull))
		return JSON_BAD;
	pull->state = JSONPULL_AFTER;
	return JSON_STRING;
}

/* After a value: the end of the document, a bracket, or a comma. */
static enum json_event read_separator(struct jsonpull *pull)
{
	char c = byte_at(pull, pull->at);

	if (pull->depth == 0 && pull->at == pull->text.len)
		return JSON_END;
	if (pull->depth == 0)
		return bad(pull, pull->at, "the end");
	if (c == (is_in_array(pull) ? ']' : '}'))
		return close_container(pull);
	if (c != ',')
		return bad(pull, pull->at,
			is_in_array(pull) ? "',' or ']'" : "',' or '}'");
	pull->at++;
	pull->state = is_in_array(pull) ? JSONPULL_VALUE : JSONPULL_NAME;
	skip_blanks(pull);
	pull->start = pull->at;
	return JSON_ITEM;
}

/* JSON_ITEM here also stands for a name. */
enum json_event jsonpull_item(struct jsonpull *pull)
{
	char c;

	skip_blanks(pull);
	pull->start = pull->at;
	c = byte_at(pull, pull->at);
	if (pull->state == JSONPULL_AFTER)
		return read_separator(pull);
	if ((pull->state == JSONPULL_FIRST_ITEM && c == ']') ||
		(pull->state == JSONPULL_FIRST_NAME && c == '}'))
		return close_container(pull);
	return JSON_ITEM;
}

enum json_event jsonpull_next(struct jsonpull *pull)
{
	enum json_event event = jsonpull_item(pull);

	if (event != JSON_ITEM)
		return event;
	if (pull->state == JSONPULL_NAME || pull->state == JSONPULL_FIRST_NAME)
		return read_name(pull);
	return read_value(pull);
}

void jsonpull_jump(struct jsonpull *pull, size_t end)
{
	pull->at = end;
	pull->state = JSONPULL_AFTER;
}

bool jsonpull_skip(struct jsonpull *pull)
{
	unsigned depth = pull->depth;

	do {
		if (jsonpull_next(pull) == JSON_BAD)
			return false;
	} while (pull->depth > depth);
	return true;
}

static char short_escape(char c)
{
	switch (c) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return c;
	}
}

size_t jsonpull_unescape(struct str value, char *out)
{
	size_t n = 0, at = 0;

	while (at < value.len) {
		uint32_t code;

		if (value.s[at] != '\\') {
			out[n++] = value.s[at++];
			continue;
		}
		if (value.s[at + 1] != 'u') {
			out[n++] = short_escape(value.s[at + 1]);
			at += 2;
			continue;
		}
		code = read_hex4(value.s + at + 2);
		at += 6;
		if (is_high_surrogate(code)) {
			code = 0x10000 + ((code - 0xD800) << 10) +
			       (read_hex4(value.s + at + 2) - 0xDC00);
			at += 6;
		}
		n += codepoint_put(out + n, code);
	}
	return n;
}

static bool is_word(char c)
{
	return str_is_digit(c) ||
	       (str_lower(c) >= 'a' && str_lower(c) <= 'z') || c == '\\' ||
	       c == '-' || c == '+' || c == '.' || c == '_';
}

struct str jsonpull_found(struct str text, size_t at, char buffer[40])
{
	struct str rest = str_slice(text, at, 24);
	size_t len = 0;
	int printed;
	uint32_t code;

	if (rest.len == 0)
		return STR("the end");
	if ((unsigned char)rest.s[0] < 0x20 || rest.s[0] == 0x7F) {
		printed = snprintf(buffer, 40, "byte 0x%02X", rest.s[0]);
		return (struct str) {buffer, (size_t)printed};
	}
	while (len < rest.len && is_word(rest.s[len]))
		len++;
	if (len == 0)
		codepoint_next(rest, &len, &code);
	printed = snprintf(buffer, 40, "'%.*s'", (int)len, rest.s);
	return (struct str) {buffer, (size_t)printed};
}

struct str jsonpull_shown(struct str text)
{
	size_t len = SHOWN;

	if (text.len <= SHOWN)
		return text;
	while (len > 0 && ((unsigned char)text.s[len] & 0xC0) == 0x80)
		len--;
	return str_slice(text, 0, len);
}
