#include "format/text.h"

#include "base/codepoint.h"

#include <string.h>
#include <uniwidth.h>

/* Bytes that are looked at together, and how far before its turn a block is
   called from memory: 5.5 GB/s become 6.9. */
#define BLOCK 64
#define AHEAD 1024

static const struct str names[ENCODING_N] = {
	[ENCODING_SNIFF] = STR_INIT("sniffed"),
	[ENCODING_UTF_8] = STR_INIT("utf-8"),
	[ENCODING_UTF_16LE] = STR_INIT("utf-16le"),
	[ENCODING_UTF_16BE] = STR_INIT("utf-16be"),
	[ENCODING_WINDOWS_1252] = STR_INIT("windows-1252"),
	[ENCODING_ISO_8859_1] = STR_INIT("iso-8859-1"),
};

/* ENCODING_N: an encoding that is not read. The marks of UTF-32 come first,
   since one of them begins like one of UTF-16. */
static const struct mark {
	struct str bytes;
	const char *name;
	enum encoding encoding;
} marks[] = {
	{STR_INIT("\xff\xfe\0\0"), "utf-32le", ENCODING_N},
	{STR_INIT("\0\0\xfe\xff"), "utf-32be", ENCODING_N},
	{STR_INIT("\xef\xbb\xbf"), "utf-8", ENCODING_UTF_8},
	{STR_INIT("\xff\xfe"), "utf-16le", ENCODING_UTF_16LE},
	{STR_INIT("\xfe\xff"), "utf-16be", ENCODING_UTF_16BE},
};

/* Windows-1252 from 0x80 to 0x9f; 0 where nothing is assigned. */
static const uint16_t windows_1252[32] = {0x20ac, 0, 0x201a, 0x0192, 0x201e,
	0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
	0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178};

struct str text_encoding_name(enum encoding encoding)
{
	return encoding < ENCODING_N ? names[encoding] : STR("unknown");
}

/* A loop of known length, which compilers turn into vector instructions. */
static bool is_ascii_block(const char *s)
{
	unsigned char all = 0;

	for (size_t i = 0; i < BLOCK; i++)
		all |= (unsigned char)s[i];
	return all < 0x80;
}

static bool is_ascii_word(const char *s)
{
	uint64_t eight;

	memcpy(&eight, s, sizeof(eight));
	return (eight & 0x8080808080808080u) == 0;
}

static size_t skip_ascii_blocks(struct str text, size_t at)
{
	for (; text.len - at >= BLOCK && is_ascii_block(text.s + at);
		at += BLOCK)
		if (text.len - at > AHEAD)
			__builtin_prefetch(text.s + at + AHEAD);
	return at;
}

/* The first byte from `at` on that is not ASCII, or the end. Where such bytes
   are dense, no block is looked at. */
static size_t skip_ascii(struct str text, size_t at)
{
	if (text.len - at >= 8 && is_ascii_word(text.s + at))
		at = skip_ascii_blocks(text, at);
	while (text.len - at >= 8 && is_ascii_word(text.s + at))
		at += 8;
	while (at < text.len && (text.s[at] & 0x80) == 0)
		at++;
	return at;
}

/* True for a byte that begins a code point. */
static bool begins_point(char c)
{
	return (c & 0xc0) != 0x80;
}

bool text_is_utf8(struct str text, size_t *bad)
{
	size_t at = skip_ascii(text, 0);
	uint32_t point;

	while (at < text.len) {
		size_t start = at;

		if (!codepoint_next(text, &at, &point)) {
			*bad = start;
			return false;
		}
		at = skip_ascii(text, at);
	}
	return true;
}

/* Where part `i` begins. Three bytes at most go on a code point: behind four
   the part before has seen a bad one. */
static size_t part_start(struct str text, size_t i, size_t n)
{
	size_t at = i == n ? text.len : text.len / n * i, most = at + 4;

	while (at > 0 && at < text.len && at < most &&
		!begins_point(text.s[at]))
		at++;
	return at;
}

struct str text_part(struct str text, size_t i, size_t n)
{
	size_t start = part_start(text, i, n);
	size_t end = part_start(text, i + 1, n);

	return str_slice(text, start, end > start ? end - start : 0);
}

struct loc text_place(struct str text, size_t offset, uint32_t number)
{
	struct loc loc = {.file = number, .line = 1, .col = 1};

	for (size_t i = 0; i < offset && i < text.len; i++) {
		if (text_ends_line(text, i)) {
			loc.line++;
			loc.col = 1;
		} else if (begins_point(text.s[i])) {
			loc.col++;
		}
	}
	return loc;
}

size_t text_length(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += begins_point(text.s[i]);
	return n;
}

size_t text_width(struct str text)
{
	return (size_t)u8_width((const uint8_t *)text.s, text.len, "UTF-8");
}

/* What a decoder wrote so far: its end is the place of an error. */
struct output {
	char *at;
	size_t len;
	uint32_t number;
};

static struct loc place_of(const struct output *out)
{
	return text_place(
		(struct str) {out->at, out->len}, out->len, out->number);
}

static bool decode_windows_1252(
	struct str bytes, struct output *out, struct err *err)
{
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char byte = (unsigned char)bytes.s[i];
		uint32_t point = byte;

		if (byte >= 0x80 && byte < 0xa0)
			point = windows_1252[byte - 0x80];
		if (point == 0 && byte != 0)
			return err_set(err, ERR_INPUT, place_of(out),
				"byte 0x%02x at offset %zu is not assigned in "
				"windows-1252; declare the encoding",
				byte, i);
		out->len += codepoint_put(out->at + out->len, point);
	}
	return true;
}

static bool decode_iso_8859_1(
	struct str bytes, struct output *out, struct err *err)
{
	(void)err; /* every byte is assigned */
	for (size_t i = 0; i < bytes.len; i++)
		out->len += codepoint_put(
			out->at + out->len, (unsigned char)bytes.s[i]);
	return true;
}

/* The unit at `at`; `high` is the offset of its more significant byte. */
static uint32_t unit_at(struct str bytes, size_t at, size_t high)
{
	uint32_t first = (unsigned char)bytes.s[at + high];
	uint32_t second = (unsigned char)bytes.s[at + 1 - high];

	return first << 8 | second;
}

static bool is_surrogate(uint32_t unit, uint32_t first)
{
	return unit >= first && unit < first + 0x400;
}

static bool decode_utf_16(
	struct str bytes, size_t high, struct output *out, struct err *err)
{
	size_t at = 0;

	while (bytes.len - at >= 2) {
		uint32_t point = unit_at(bytes, at, high), low = 0;
		bool pair = is_surrogate(point, 0xd800);

		if (pair && bytes.len - at >= 4)
			low = unit_at(bytes, at + 2, high);
		if (is_surrogate(point, 0xdc00) ||
			(pair && !is_surrogate(low, 0xdc00)))
			return err_set(err, ERR_INPUT, place_of(out),
				"the surrogate 0x%04x at offset %zu has no "
				"partner",
				(unsigned)point, at);
		if (pair)
			point = 0x10000 + ((point - 0xd800) << 10) +
				(low - 0xdc00);
		out->len += codepoint_put(out->at + out->len, point);
		at += pair ? 4 : 2;
	}
	if (at < bytes.len)
		return err_set(err, ERR_INPUT, place_of(out),
			"utf-16 with an odd number of bytes, %zu; it is cut",
			bytes.len);
	return true;
}

static bool decode_utf_16le(
	struct str bytes, struct output *out, struct err *err)
{
	return decode_utf_16(bytes, 1, out, err);
}

static bool decode_utf_16be(
	struct str bytes, struct output *out, struct err *err)
{
	return decode_utf_16(bytes, 0, out, err);
}

typedef bool (*decode_fn)(
	struct str bytes, struct output *out, struct err *err);

static const decode_fn decoders[ENCODING_N] = {
	[ENCODING_UTF_16LE] = decode_utf_16le,
	[ENCODING_UTF_16BE] = decode_utf_16be,
	[ENCODING_WINDOWS_1252] = decode_windows_1252,
	[ENCODING_ISO_8859_1] = decode_iso_8859_1,
};

static bool has_wide_units(enum encoding encoding)
{
	return encoding == ENCODING_UTF_16LE || encoding == ENCODING_UTF_16BE;
}

static bool decode(struct arena *a, struct str bytes, uint32_t number,
	struct text *text, struct err *err)
{
	/* Neither a byte nor a unit of two gives more than three bytes. */
	size_t room = bytes.len * 3;
	struct output out = {.number = number};

	if (!has_wide_units(text->encoding) &&
		skip_ascii(bytes, 0) == bytes.len) {
		text->utf8 = bytes;
		return true;
	}
	out.at = arena_alloc(a, room);
	if (!decoders[text->encoding](bytes, &out, err)) {
		arena_release(a, out.at, room);
		return false;
	}
	text->utf8 = (struct str) {
		arena_resize(a, out.at, room, out.len), out.len};
	return true;
}

/* UTF-8, declared or sniffed, with Windows-1252 as the second guess. */
static bool decode_utf_8(struct arena *a, const struct text_checked *checked,
	uint32_t number, struct text *text, struct err *err)
{
	struct str bytes = checked->bytes;
	struct loc loc;
	size_t bad = checked->bad;

	if (bad == bytes.len) {
		text->encoding = ENCODING_UTF_8;
		text->utf8 = bytes;
		return true;
	}
	loc = text_place(bytes, bad, number);
	if (text->encoding == ENCODING_UTF_8)
		return err_set(err, ERR_INPUT, loc,
			"byte 0x%02x at offset %zu is not utf-8; declare the "
			"encoding or convert the file with iconv",
			(unsigned char)bytes.s[bad], bad);
	text->encoding = ENCODING_WINDOWS_1252;
	text->guessed = true;
	text->first_bad = bad;
	text->bad_line = loc.line;
	return decode(a, bytes, number, text, err);
}

static const struct mark *find_mark(struct str bytes)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_has_prefix(bytes, marks[i].bytes))
			return &marks[i];
	return NULL;
}

/* Drops the byte order mark, which must agree with what is declared. */
static bool take_mark(struct text_checked *checked, uint32_t number,
	struct text *text, struct err *err)
{
	const struct mark *mark = find_mark(checked->bytes);
	struct loc loc = {.file = number, .line = 1, .col = 1};

	if (!mark)
		return true;
	if (mark->encoding == ENCODING_N)
		return err_set(err, ERR_INPUT, loc,
			"the text is %s, which is not read; convert it with: "
			"iconv -f %s -t utf-8",
			mark->name, mark->name);
	if (text->encoding != ENCODING_SNIFF &&
		text->encoding != mark->encoding)
		return err_set(err, ERR_INPUT, loc,
			"the text begins with the byte order mark of %s, "
			"but %s is declared",
			mark->name, names[text->encoding].s);
	checked->bytes = str_slice(
		checked->bytes, mark->bytes.len, checked->bytes.len);
	checked->bad -= mark->bytes.len;
	text->encoding = mark->encoding;
	text->had_mark = true;
	return true;
}

bool text_decode_checked(struct arena *a, const struct text_checked *checked,
	uint32_t number, struct text *out, struct err *err)
{
	struct text text = {.encoding = checked->declared};
	struct text_checked rest = *checked;
	bool done;

	if (!take_mark(&rest, number, &text, err))
		return false;
	if (text.encoding == ENCODING_SNIFF || text.encoding == ENCODING_UTF_8)
		done = decode_utf_8(a, &rest, number, &text, err);
	else
		done = decode(a, rest.bytes, number, &text, err);
	if (done)
		*out = text;
	return done;
}

bool text_decode(struct arena *a, struct str bytes, enum encoding declared,
	uint32_t number, struct text *out, struct err *err)
{
	struct text_checked checked = {bytes, declared, bytes.len};

	if (declared == ENCODING_SNIFF || declared == ENCODING_UTF_8)
		(void)text_is_utf8(bytes, &checked.bad);
	return text_decode_checked(a, &checked, number, out, err);
}
