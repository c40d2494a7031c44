#include "format/split.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <string.h>

#define NONE SPLIT_NONE

Test(split, record_ends_and_what_is_wrong)
{
	static const struct {
		const char *text;
		bool loose;
		struct split_record want;
	} rows[] = {
		{"", false, {0, 0, NONE, NONE, NONE, 0, SPLIT_TEXT_END, 0}},
		{"\n", false, {0, 1, NONE, NONE, NONE, 1, SPLIT_LF, 0}},
		{"a,b\nc", false, {3, 4, NONE, NONE, NONE, 1, SPLIT_LF, 0}},
		{"a\r\nc", false, {1, 3, NONE, NONE, NONE, 1, SPLIT_CRLF, 0}},
		{"a\rc", false, {1, 2, NONE, NONE, NONE, 1, SPLIT_CR, 0}},
		{"a\r", false, {1, 2, NONE, NONE, NONE, 1, SPLIT_CR, 0}},
		{"abcdefghi", false,
			{9, 9, NONE, NONE, NONE, 0, SPLIT_TEXT_END, 0}},
		{"\"a\nb\"\nc", false, {5, 6, 0, NONE, NONE, 2, SPLIT_LF, 0}},
		{"\"a\r\nb\rc\"", false,
			{8, 8, 0, NONE, NONE, 2, SPLIT_TEXT_END, 0}},
		{"\"a\r\"\n", false, {4, 5, 0, NONE, NONE, 2, SPLIT_LF, 0}},
		{"x,\"\"\"\n\"\n", false,
			{7, 8, 2, NONE, NONE, 2, SPLIT_LF, true}},
		{"x,\"\"\n", false, {4, 5, 2, NONE, NONE, 1, SPLIT_LF, 0}},
		{"ab\"c\n", false, {4, 5, NONE, 2, NONE, 1, SPLIT_LF, 0}},
		{"\"a\"b\n", false, {4, 5, 0, 2, NONE, 1, SPLIT_LF, 0}},
		{"a\",\"\n\"\n", false, {6, 7, 3, 1, NONE, 2, SPLIT_LF, 0}},
		{"a, \"b\"\n", false, {6, 7, NONE, 3, NONE, 1, SPLIT_LF, 0}},
		{"a,\"b\nc", false,
			{6, 6, 2, NONE, NONE, 1, SPLIT_UNCLOSED, 0}},
		{"\"", false, {1, 1, 0, NONE, NONE, 0, SPLIT_UNCLOSED, 0}},
		{"\"\\\"", false, {3, 3, 0, NONE, NONE, 0, SPLIT_TEXT_END, 0}},
		{"\"\\\"", true, {3, 3, 0, NONE, NONE, 0, SPLIT_UNCLOSED, 1}},
		{"\"\\\"\n\"\n", true, {5, 6, 0, NONE, NONE, 2, SPLIT_LF, 1}},
		{"\"\\\r\n\"\n", true, {5, 6, 0, NONE, NONE, 2, SPLIT_LF, 1}},
		{"\"\"\"\"\n", true, {4, 5, 0, NONE, NONE, 1, SPLIT_LF, 1}},
		{"\"\\", true, {2, 2, 0, NONE, NONE, 0, SPLIT_UNCLOSED, 0}},
		{"a\\\"\n", true, {3, 4, NONE, 2, NONE, 1, SPLIT_LF, 0}},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct split_record *want = &rows[i].want;
		struct split_record got = split_record(
			str_of(rows[i].text), ',', rows[i].loose);

		cr_expect(got.len == want->len, "row %zu", i);
		cr_expect(got.next == want->next, "row %zu", i);
		cr_expect(got.opened == want->opened, "row %zu", i);
		cr_expect(got.stray == want->stray, "row %zu", i);
		cr_expect(got.nul == want->nul, "row %zu", i);
		cr_expect(got.lines == want->lines, "row %zu", i);
		cr_expect(got.end == want->end, "row %zu", i);
		cr_expect(got.escapes == want->escapes, "row %zu", i);
	}
}

Test(split, first_nul_is_found_in_and_out_of_quotes)
{
	struct split_record out = split_record(STR("ab\0c\0\n"), ',', false);
	struct split_record in = split_record(STR("x,\"\0\0\"\n"), ',', false);
	struct split_record loose = split_record(STR("\"\\\0\"\n"), ',', true);

	cr_expect(out.nul == 2 && out.len == 5);
	cr_expect(in.nul == 3 && in.len == 6);
	cr_expect(loose.nul == 2 && loose.len == 4);
}

Test(split, marks_are_found_at_every_distance_and_beside_high_bytes)
{
	static const char fill[] = {
		'a', '\x7f', '\x80', '\x8a', '\xff', '\x0b'};
	char text[40];

	for (size_t f = 0; f < sizeof(fill); f++) {
		for (size_t at = 0; at < sizeof(text); at++) {
			struct split_record got;

			memset(text, fill[f], sizeof(text));
			text[at] = '\n';
			got = split_record(
				(struct str) {text, sizeof(text)}, ',', false);
			cr_expect(got.len == at, "fill %zu at %zu", f, at);
		}
	}
}

/* Random text of RFC 4180: fields, some of them quoted. */
static struct str random_regular(struct arena *a, struct rng *rng, size_t len)
{
	static const char *const plain[] = {"a", "b,", ",", "\n", "\r\n", "\r"};
	static const char *const quoted[] = {
		"\"\"", "\n", "\r\n", "\r", ",", "x"};
	char *s = arena_array(a, char, len + 64);
	size_t n = 0;
	bool start = true;

	while (n < len) {
		const char *token = plain[rng_below(rng, 6)];

		if (start && rng_below(rng, 2)) {
			s[n++] = '"';
			for (size_t i = rng_below(rng, 8); i > 0; i--) {
				token = quoted[rng_below(rng, 6)];
				memcpy(s + n, token, strlen(token));
				n += strlen(token);
			}
			s[n++] = '"';
			token = plain[2 + rng_below(rng, 4)];
		}
		memcpy(s + n, token, strlen(token));
		n += strlen(token);
		start = token[strlen(token) - 1] != 'a';
	}
	return (struct str) {s, n};
}

/* Is byte `at` the first of a record, and how many lines are before it? */
static bool starts_record(struct str text, size_t at, uint64_t *lines)
{
	size_t start = 0;

	*lines = 0;
	while (start < at) {
		struct split_record record = split_record(
			str_slice(text, start, text.len), ',', false);

		start += record.next;
		*lines += record.lines;
	}
	return start == at;
}

/* Property: every part of a regular text starts where a serial scan sees a
   record start, with the lines that the scan counts. */
Test(split, parts_start_at_true_records)
{
	static const size_t wants[] = {0, 1, 2, 3, 7, 16, 50, 1000};
	struct rng rng = {1};

	for (int round = 0; round < 300; round++) {
		struct arena a = {0};
		struct str text = random_regular(
			&a, &rng, rng_below(&rng, 1200));
		size_t want = wants[rng_below(&rng, 8)], n;
		struct split_wish wish = {want, 1 + (unsigned)round % 3};
		struct split_part *parts = split_parts(&a, text, &wish, &n);
		uint64_t lines;

		cr_assert(n >= 1 && n <= (want ? want : 1));
		cr_assert(parts[0].start == 0 && parts[0].lines == 0);
		for (size_t i = 1; i < n; i++) {
			cr_assert(parts[i].start > parts[i - 1].start);
			cr_assert(parts[i].start < text.len);
			cr_assert(starts_record(text, parts[i].start, &lines),
				"round %d, part %zu", round, i);
			cr_assert(parts[i].lines == lines, "round %d, part %zu",
				round, i);
		}
		arena_free(&a);
	}
}

Test(split, parts_are_about_equal)
{
	struct arena a = {0};
	char *s = arena_array(&a, char, 8000);
	struct split_part *parts;
	size_t n;

	for (size_t i = 0; i < 1000; i++)
		memcpy(s + 8 * i, "\"abcd\",\n", 8);
	parts = split_parts(
		&a, (struct str) {s, 8000}, &(struct split_wish) {4, 2}, &n);
	cr_assert(n == 4);
	for (size_t i = 1; i < n; i++) {
		cr_expect(parts[i].start == 2000 * i + 8, "part %zu", i);
		cr_expect(parts[i].lines == 250 * i + 1, "part %zu", i);
	}
	arena_free(&a);
}

Test(split, one_long_record_is_one_part)
{
	struct arena a = {0};
	char *s = arena_array(&a, char, 500);
	size_t n;

	memset(s, '\n', 500);
	s[0] = s[499] = '"';
	split_parts(
		&a, (struct str) {s, 500}, &(struct split_wish) {10, 2}, &n);
	cr_expect(n == 1);
	arena_free(&a);
}
