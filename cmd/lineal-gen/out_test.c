#include "lineal-gen/out.h"

#include "lineal-gen/clock.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* An output that is never written: its buffer holds what was appended. */
static struct out out_of(char *buffer)
{
	return (struct out) {.buffer = buffer};
}

static void expect_text(const struct out *out, const char *text)
{
	struct str found = {out->buffer, out->used};

	cr_expect(str_equal(found, str_of(text)), "found '%.*s', expected '%s'",
		STR_ARG(found), text);
}

Test(out, fields_are_quoted_where_they_must_be)
{
	static const char *const rows[][2] = {
		{"", ""},
		{"plain text", "plain text"},
		{"a,b", "\"a,b\""},
		{"say \"no\"", "\"say \"\"no\"\"\""},
		{"two\nlines", "\"two\nlines\""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char buffer[100];
		struct out out = out_of(buffer);

		out_field(&out, str_of(rows[i][0]));
		expect_text(&out, rows[i][1]);
	}
}

Test(out, numbers_times_and_identifiers)
{
	char buffer[400];
	struct out out = out_of(buffer);

	out_number(&out, 0);
	out_char(&out, ' ');
	out_number(&out, UINT64_MAX);
	out_char(&out, ' ');
	out_padded(&out, 42, 5);
	out_char(&out, ' ');
	out_hex(&out, UINT64_C(0x0123456789abcdef));
	out_char(&out, ' ');
	out_seconds(&out, CLOCK_START);
	out_char(&out, ' ');
	out_millis(&out, CLOCK_END + 45);
	out_char(&out, ' ');
	out_id(&out, (struct id) {STR("A-"), 7});
	out_id(&out, (struct id) {{NULL, 0}, 7});
	out_id(&out, (struct id) {STR("/svc"), OUT_NO_NUMBER});
	expect_text(&out, "0 18446744073709551615 00042 0123456789abcdef "
			  "2026-01-01T00:00:00Z 2026-06-30T23:59:58.045Z "
			  "A-000000007/svc");
}

static size_t read_all(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "rb");
	size_t n = 0;

	if (file) {
		n = fread(text, 1, size, file);
		fclose(file);
	}
	return n;
}

Test(out, files_appear_complete_under_their_name)
{
	char base[] = "/tmp/lineal-gen-XXXXXX", path[64], text[64];
	struct arena memory = {0};
	struct folder folder;
	struct err err = {0};
	struct out out;
	size_t start;

	cr_assert(mkdtemp(base) != NULL);
	snprintf(path, sizeof(path), "%s/deep/er", base);
	cr_assert(folder_open(&folder, str_of(path), &err), "%s", err.text);
	cr_assert(out_open(&out, &memory, &folder, STR("x.csv"), &err));
	out_text(&out, STR("a,b\n"));
	out_row(&out);
	start = out.used;
	out_str(&out, STR("1,2\n"));
	out_row_again(&out, start);
	snprintf(path, sizeof(path), "%s/deep/er/x.csv", base);
	cr_expect_neq(access(path, F_OK), 0);
	cr_assert(out_publish(&out, &err), "%s", err.text);
	cr_expect_eq(out.rows, 2u);
	cr_expect_eq(read_all(path, text, sizeof(text)), 12u);
	cr_expect(memcmp(text, "a,b\n1,2\n1,2\n", 12) == 0);
	unlink(path);
	folder_close(&folder);
	snprintf(path, sizeof(path), "%s/deep/er", base);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/deep", base);
	rmdir(path);
	rmdir(base);
	arena_free(&memory);
}

Test(out, a_file_in_place_of_the_folder_is_named)
{
	struct folder folder;
	struct err err = {0};

	cr_expect(!folder_open(&folder, STR("/dev/null"), &err));
	cr_expect_str_eq(err.text, "cannot write '/dev/null': Not a directory");
	cr_expect_eq(err.kind, ERR_OUTPUT);
}
