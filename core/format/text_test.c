#include "format/text.h"

#include "base/codepoint.h"
#include "base/rng.h"

#include <string.h>
#include <unistr.h>

#include <criterion/criterion.h>

Test(text, encodings_have_names)
{
	static const struct {
		enum encoding encoding;
		const char *name;
	} rows[] = {
		{ENCODING_UTF_8, "utf-8"},
		{ENCODING_UTF_16LE, "utf-16le"},
		{ENCODING_UTF_16BE, "utf-16be"},
		{ENCODING_WINDOWS_1252, "windows-1252"},
		{ENCODING_ISO_8859_1, "iso-8859-1"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str name = str_of(rows[i].name);

		cr_expect(
			str_equal(text_encoding_name(rows[i].encoding), name));
	}
	cr_expect(text_encoding_name(ENCODING_N).len > 0);
}

/* Random bytes of which most are UTF-8, long enough for the fast path. */
static struct str random_bytes(struct rng *rng, char buffer[100])
{
	size_t len = 0, want = rng_below(rng, 60);

	while (len < want) {
		uint64_t kind = rng_below(rng, 10);
		uint32_t point = (uint32_t)rng_below(rng, 0x10000) + 0xe000;

		if (kind < 8)
			buffer[len++] = (char)('a' + rng_below(rng, 26));
		else if (kind == 8)
			len += codepoint_put(buffer + len, point);
		else if (rng_chance(rng, 100000))
			buffer[len++] = (char)rng_below(rng, 256);
	}
	return (struct str) {buffer, len};
}

/* Property: the check agrees with that of libunistring, byte for byte. */
Test(text, the_check_agrees_with_libunistring)
{
	struct rng rng = {1};
	int bad_ones = 0;

	for (int round = 0; round < 50000; round++) {
		char buffer[100];
		struct str text = random_bytes(&rng, buffer);
		const uint8_t *s = (const uint8_t *)text.s;
		const uint8_t *wrong = u8_check(s, text.len);
		size_t bad = 999;

		cr_assert(text_is_utf8(text, &bad) == !wrong);
		cr_assert(bad == (wrong ? (size_t)(wrong - s) : 999));
		bad_ones += wrong != NULL;
	}
	cr_expect(bad_ones > 1000 && bad_ones < 40000, "%d", bad_ones);
}

/* Property: the same for all short texts of the bytes where the rules lie. */
Test(text, the_check_agrees_at_every_edge)
{
	static const unsigned char edges[] = {0x00, 0x7f, 0x80, 0x8f, 0x90,
		0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
		0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
	size_t n = sizeof(edges), all = n * n * n * n;

	for (size_t i = 0; i < all; i++) {
		uint8_t s[4] = {edges[i % n], edges[i / n % n],
			edges[i / n / n % n], edges[i / n / n / n]};
		const uint8_t *wrong = u8_check(s, 4);
		size_t bad = 999;
		bool good = text_is_utf8(
			(struct str) {(const char *)s, 4}, &bad);

		cr_assert(good == !wrong);
		cr_assert(good || bad == (size_t)(wrong - s));
	}
}

Test(text, one_bad_byte_is_found_wherever_it_stands)
{
	char buffer[1500];
	size_t bad;

	memset(buffer, 'a', sizeof(buffer));
	for (size_t at = 0; at < sizeof(buffer); at++) {
		struct str text = {buffer, sizeof(buffer)};

		buffer[at] = '\xe9';
		cr_expect(!text_is_utf8(text, &bad) && bad == at, "%zu", at);
		buffer[at] = 'a';
		cr_expect(text_is_utf8(str_slice(text, at, 99), &bad));
	}
}

/* The first bad byte of `n` parts, or the length. */
static size_t bad_of_parts(struct str text, size_t n)
{
	size_t bad;

	for (size_t i = 0; i < n; i++) {
		struct str part = text_part(text, i, n);

		if (!text_is_utf8(part, &bad))
			return (size_t)(part.s - text.s) + bad;
	}
	return text.len;
}

/* Property: parts follow each other without a gap and find the bad byte that a
   check of the whole finds. */
Test(text, parts_find_the_bad_byte_of_the_whole)
{
	static const char *const tokens[] = {"a", "\u00e9", "\u20ac",
		"\U0001f600", "\x80", "\xbf\x80", "\xc3", "\xf0\x9f",
		"\xed\xa0"};
	struct rng rng = {5};

	for (int round = 0; round < 20000; round++) {
		char buffer[64];
		struct str text = {buffer, 0};
		uint64_t kinds = rng_below(&rng, 4) ? 4 : 9;
		size_t n = 1 + rng_below(&rng, 9), bad, at = 0;

		for (uint64_t i = rng_below(&rng, 16); i > 0; i--) {
			const char *token = tokens[rng_below(&rng, kinds)];

			memcpy(buffer + text.len, token, strlen(token));
			text.len += strlen(token);
		}
		for (size_t i = 0; i < n; i++) {
			struct str part = text_part(text, i, n);

			cr_assert(part.len == 0 || part.s == text.s + at);
			at += part.len;
		}
		cr_assert(at == text.len, "round %d", round);
		if (text_is_utf8(text, &bad))
			bad = text.len;
		cr_assert(bad_of_parts(text, n) == bad, "round %d", round);
	}
}

Test(text, places_count_lines_and_code_points)
{
	static const struct {
		struct str text;
		size_t offset;
		uint32_t line, col;
	} rows[] = {
		{STR_INIT(""), 0, 1, 1},
		{STR_INIT("abc"), 0, 1, 1},
		{STR_INIT("abc"), 2, 1, 3},
		{STR_INIT("abc"), 99, 1, 4},
		{STR_INIT("é€😀x"), 9, 1, 4},
		{STR_INIT("a\tb"), 2, 1, 3},
		{STR_INIT("a\nb"), 1, 1, 2},
		{STR_INIT("a\nb"), 2, 2, 1},
		{STR_INIT("a\r\nb"), 3, 2, 1},
		{STR_INIT("a\rb"), 2, 2, 1},
		{STR_INIT("a\r"), 2, 2, 1},
		{STR_INIT("a\r\r\n\nb"), 5, 4, 1},
		{STR_INIT("\n\n\n"), 3, 4, 1},
		{STR_INIT("é\né\xff"), 5, 2, 2},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct loc loc = text_place(rows[i].text, rows[i].offset, 5);

		cr_expect(loc.file == 5, "row %zu", i);
		cr_expect(loc.line == rows[i].line, "row %zu", i);
		cr_expect(loc.col == rows[i].col, "row %zu", i);
	}
}

Test(text, length_and_width)
{
	static const struct {
		struct str text;
		size_t length, width;
	} rows[] = {
		{STR_INIT(""), 0, 0},
		{STR_INIT("abc"), 3, 3},
		{STR_INIT("é€"), 2, 2},
		{STR_INIT("e\xcc\x81"), 2, 1}, /* a combining accent */
		{STR_INIT("日本"), 2, 4},
		{STR_INIT("Σ Time"), 6, 6},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		cr_expect(text_length(rows[i].text) == rows[i].length,
			"row %zu", i);
		cr_expect(text_width(rows[i].text) == rows[i].width, "row %zu",
			i);
	}
}

static const struct {
	struct str bytes;
	enum encoding declared;
	struct str utf8;
	enum encoding encoding;
	bool had_mark;
} gold[] = {
	{STR_INIT(""), ENCODING_SNIFF, STR_INIT(""), ENCODING_UTF_8, false},
	{STR_INIT("id;é\r\n"), ENCODING_SNIFF, STR_INIT("id;é\r\n"),
		ENCODING_UTF_8, false},
	{STR_INIT("\xef\xbb\xbfid"), ENCODING_SNIFF, STR_INIT("id"),
		ENCODING_UTF_8, true},
	{STR_INIT("\xef\xbb\xbfid"), ENCODING_UTF_8, STR_INIT("id"),
		ENCODING_UTF_8, true},
	{STR_INIT("a\0b"), ENCODING_UTF_8, STR_INIT("a\0b"), ENCODING_UTF_8,
		false},
	{STR_INIT("\xff\xfe"), ENCODING_SNIFF, STR_INIT(""), ENCODING_UTF_16LE,
		true},
	{STR_INIT("\xff\xfei\0\xac\x20=\xd8\0\xde"), ENCODING_SNIFF,
		STR_INIT("i€😀"), ENCODING_UTF_16LE, true},
	{STR_INIT("\xfe\xff\0i\x20\xac\xd8=\xde\0"), ENCODING_SNIFF,
		STR_INIT("i€😀"), ENCODING_UTF_16BE, true},
	{STR_INIT("i\0d\0"), ENCODING_UTF_16LE, STR_INIT("id"),
		ENCODING_UTF_16LE, false},
	{STR_INIT("\0i\0d"), ENCODING_UTF_16BE, STR_INIT("id"),
		ENCODING_UTF_16BE, false},
	{STR_INIT("\xff\xfei\0"), ENCODING_UTF_16LE, STR_INIT("i"),
		ENCODING_UTF_16LE, true},
	{STR_INIT("\0\xd8\0\xdc\xff\xdb\xff\xdf"), ENCODING_UTF_16LE,
		STR_INIT("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"), ENCODING_UTF_16LE,
		false},
	{STR_INIT("Jos\xe9 \x80\n"), ENCODING_WINDOWS_1252,
		STR_INIT("José €\n"), ENCODING_WINDOWS_1252, false},
	{STR_INIT("plain"), ENCODING_WINDOWS_1252, STR_INIT("plain"),
		ENCODING_WINDOWS_1252, false},
	{STR_INIT("\xe9\x81"), ENCODING_ISO_8859_1, STR_INIT("é\xc2\x81"),
		ENCODING_ISO_8859_1, false},
	{STR_INIT("Jos\xc3\xa9"), ENCODING_WINDOWS_1252, STR_INIT("JosÃ©"),
		ENCODING_WINDOWS_1252, false},
};

Test(text, decoding_gold)
{
	for (size_t i = 0; i < sizeof(gold) / sizeof(*gold); i++) {
		struct arena a = {0};
		struct text text;
		struct err err = {0};

		cr_assert(text_decode(&a, gold[i].bytes, gold[i].declared, 1,
				  &text, &err),
			"row %zu: %s", i, err.text);
		cr_expect(str_equal(text.utf8, gold[i].utf8), "row %zu: %.*s",
			i, STR_ARG(text.utf8));
		cr_expect(text.encoding == gold[i].encoding, "row %zu", i);
		cr_expect(text.had_mark == gold[i].had_mark, "row %zu", i);
		cr_expect(!text.guessed, "row %zu", i);
		arena_free(&a);
	}
}

Test(text, unchanged_bytes_are_borrowed)
{
	struct arena a = {0};
	struct str bytes = STR("\xef\xbb\xbfplain");
	struct text text;
	struct err err = {0};

	cr_assert(text_decode(&a, bytes, ENCODING_SNIFF, 1, &text, &err));
	cr_expect(text.utf8.s == bytes.s + 3);
	bytes = STR("plain");
	cr_assert(
		text_decode(&a, bytes, ENCODING_WINDOWS_1252, 1, &text, &err));
	cr_expect(text.utf8.s == bytes.s);
	cr_expect(a.bytes == 0);
	arena_free(&a);
}

Test(text, what_is_not_utf8_is_guessed_to_be_windows_1252)
{
	struct arena a = {0};
	struct text text;
	struct err err = {0};

	cr_assert(text_decode(&a, STR("id;name\n1;Ana\n2;Jos\xe9\n"),
		ENCODING_SNIFF, 1, &text, &err));
	cr_expect(str_equal(text.utf8, STR("id;name\n1;Ana\n2;José\n")));
	cr_expect(text.encoding == ENCODING_WINDOWS_1252);
	cr_expect(text.guessed);
	cr_expect(text.first_bad == 19);
	cr_expect(text.bad_line == 3);
	arena_free(&a);
}

Test(text, windows_1252_is_the_published_table)
{
	static const char wanted[] = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
	static const char unassigned[] = "\x81\x8d\x8f\x90\x9d";
	struct arena a = {0};
	struct err err = {0};
	struct text text;
	char all[27];
	size_t n = 0;

	for (int c = 0x80; c < 0xa0; c++) {
		char byte = (char)c;
		bool good = text_decode(&a, (struct str) {&byte, 1},
			ENCODING_WINDOWS_1252, 1, &text, &err);

		cr_expect(good == !strchr(unassigned, byte), "0x%02x", c);
		if (good)
			all[n++] = byte;
	}
	cr_assert(n == sizeof(all));
	cr_assert(text_decode(&a, (struct str) {all, n}, ENCODING_WINDOWS_1252,
		1, &text, &err));
	cr_expect(str_equal(text.utf8, str_of(wanted)));
	arena_free(&a);
}

Test(text, what_cannot_be_decoded_is_named)
{
	static const struct {
		struct str bytes;
		enum encoding declared;
		uint32_t line, col;
		const char *text;
	} rows[] = {
		{STR_INIT("a\nb\xe9"), ENCODING_UTF_8, 2, 2,
			"byte 0xe9 at offset 3 is not utf-8; declare the "
			"encoding or convert the file with iconv"},
		{STR_INIT("\xef\xbb\xbf\xe9"), ENCODING_SNIFF, 1, 1,
			"byte 0xe9 at offset 0 is not utf-8; declare the "
			"encoding or convert the file with iconv"},
		{STR_INIT("a\r\n\xe9\x81"), ENCODING_SNIFF, 2, 2,
			"byte 0x81 at offset 4 is not assigned in "
			"windows-1252; declare the encoding"},
		{STR_INIT("\xe9\xe9\x9d"), ENCODING_WINDOWS_1252, 1, 3,
			"byte 0x9d at offset 2 is not assigned in "
			"windows-1252; declare the encoding"},
		{STR_INIT("a\0\n\0b"), ENCODING_UTF_16LE, 2, 1,
			"utf-16 with an odd number of bytes, 5; it is cut"},
		{STR_INIT("a\0\0\xd8"), ENCODING_UTF_16LE, 1, 2,
			"the surrogate 0xd800 at offset 2 has no partner"},
		{STR_INIT("\xd8\0\0a"), ENCODING_UTF_16BE, 1, 1,
			"the surrogate 0xd800 at offset 0 has no partner"},
		{STR_INIT("\xdf\xff\0a"), ENCODING_UTF_16BE, 1, 1,
			"the surrogate 0xdfff at offset 0 has no partner"},
		{STR_INIT("\xd8\0\xd8\0"), ENCODING_UTF_16BE, 1, 1,
			"the surrogate 0xd800 at offset 0 has no partner"},
		{STR_INIT("\xff\xfe\0\0a\0\0\0"), ENCODING_SNIFF, 1, 1,
			"the text is utf-32le, which is not read; convert it "
			"with: iconv -f utf-32le -t utf-8"},
		{STR_INIT("\0\0\xfe\xff\0\0\0a"), ENCODING_SNIFF, 1, 1,
			"the text is utf-32be, which is not read; convert it "
			"with: iconv -f utf-32be -t utf-8"},
		{STR_INIT("\xef\xbb\xbfid"), ENCODING_WINDOWS_1252, 1, 1,
			"the text begins with the byte order mark of utf-8, "
			"but windows-1252 is declared"},
		{STR_INIT("\xfe\xff\0i"), ENCODING_UTF_16LE, 1, 1,
			"the text begins with the byte order mark of "
			"utf-16be, but utf-16le is declared"},
		{STR_INIT("\xff\xfei\0"), ENCODING_UTF_8, 1, 1,
			"the text begins with the byte order mark of "
			"utf-16le, but utf-8 is declared"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena a = {0};
		struct text text = {.bad_line = 17};
		struct err err = {0};

		cr_expect(!text_decode(&a, rows[i].bytes, rows[i].declared, 3,
				  &text, &err),
			"row %zu", i);
		cr_expect_str_eq(
			err.text, rows[i].text, "row %zu: %s", i, err.text);
		cr_expect(err.kind == ERR_INPUT && err.loc.file == 3);
		cr_expect(err.loc.line == rows[i].line, "row %zu", i);
		cr_expect(err.loc.col == rows[i].col, "row %zu", i);
		cr_expect(text.bad_line == 17, "row %zu", i);
		arena_free(&a);
	}
}

/* Property: what libunistring writes as UTF-16 is read back. */
Test(text, utf_16_round_trip)
{
	struct rng rng = {2};

	for (int round = 0; round < 3000; round++) {
		bool big = rng_chance(&rng, 500000);
		struct arena a = {0};
		struct err err = {0};
		struct text text;
		uint32_t points[20];
		char utf8[80], bytes[80];
		size_t len = 0, n = rng_below(&rng, 20), n_units = 40;
		uint16_t units[40];

		for (size_t i = 0; i < n; i++) {
			points[i] = (uint32_t)rng_below(&rng, 0x1000);
			if (rng_chance(&rng, 300000))
				points[i] += 0x10000;
			len += codepoint_put(utf8 + len, points[i]);
		}
		u32_to_u16(points, n, units, &n_units);
		for (size_t i = 0; i < n_units; i++) {
			bytes[2 * i + !big] = (char)(units[i] >> 8);
			bytes[2 * i + big] = (char)units[i];
		}
		cr_assert(text_decode(&a, (struct str) {bytes, 2 * n_units},
				  big ? ENCODING_UTF_16BE : ENCODING_UTF_16LE,
				  1, &text, &err),
			"%s", err.text);
		cr_assert(str_equal(text.utf8, (struct str) {utf8, len}));
		arena_free(&a);
	}
}
