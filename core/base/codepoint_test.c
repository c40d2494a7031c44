#include "base/codepoint.h"

#include <string.h>

#include <criterion/criterion.h>

/* Property: every code point is read back, and from no shorter text. */
Test(codepoint, all_code_points_round_trip)
{
	for (uint32_t point = 0; point <= 0x10ffff; point++) {
		char bytes[5] = "\xff\xff\xff\xff";
		size_t len, at = 0;
		uint32_t back;

		if (point >= 0xd800 && point <= 0xdfff)
			continue;
		len = codepoint_put(bytes, point);
		cr_assert(len == (point < 0x80             ? 1
					 : point < 0x800   ? 2
					 : point < 0x10000 ? 3
							   : 4));
		cr_assert(len == 4 || bytes[len] == '\xff');
		cr_assert(
			codepoint_next((struct str) {bytes, len}, &at, &back));
		cr_assert(back == point && at == len);
		at = 0;
		cr_assert(len == 1 ||
			  !codepoint_next(
				  (struct str) {bytes, len - 1}, &at, &back));
	}
}

Test(codepoint, bad_bytes_are_taken_one_by_one)
{
	static const struct str rows[] = {
		STR_INIT("\x80"),             /* begins nothing */
		STR_INIT("\xbf\xbf"),         /* the same */
		STR_INIT("\xc3"),             /* cut */
		STR_INIT("\xe2\x82"),         /* cut */
		STR_INIT("\xf0\x9f\x98"),     /* cut */
		STR_INIT("\xc3("),            /* no continuation */
		STR_INIT("\xe2\x82("),        /* no continuation */
		STR_INIT("\xc0\xaf"),         /* longer than needed */
		STR_INIT("\xc1\xbf"),         /* longer than needed */
		STR_INIT("\xe0\x80\xaf"),     /* longer than needed */
		STR_INIT("\xe0\x9f\xbf"),     /* longer than needed */
		STR_INIT("\xf0\x80\x80\xaf"), /* longer than needed */
		STR_INIT("\xf0\x8f\xbf\xbf"), /* longer than needed */
		STR_INIT("\xed\xa0\x80"),     /* surrogate */
		STR_INIT("\xed\xbf\xbf"),     /* surrogate */
		STR_INIT("\xf4\x90\x80\x80"), /* above U+10FFFF */
		STR_INIT("\xf8\x88\x80\x80\x80"),
		STR_INIT("\xfe"),
		STR_INIT("\xff"),
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t at = 0;
		uint32_t point;

		cr_expect(!codepoint_next(rows[i], &at, &point), "row %zu", i);
		cr_expect(at == 1, "row %zu", i);
		cr_expect(point == (unsigned char)rows[i].s[0], "row %zu", i);
	}
}

Test(codepoint, reading_goes_on_behind_bad_bytes)
{
	struct str text = STR("a\xe2\x82é\0€");
	static const uint32_t wanted[] = {'a', 0xe2, 0x82, 0xe9, 0, 0x20ac};
	size_t at = 0, n = 0;
	uint32_t point;

	while (at < text.len) {
		codepoint_next(text, &at, &point);
		cr_expect(point == wanted[n], "point %zu", n);
		n++;
	}
	cr_expect(n == 6 && at == text.len);
}
