#include "format/scan.h"

#include "base/rng.h"
#include "rowdigest_p.h"

#include <criterion/criterion.h>
#include <string.h>

static const size_t windows[] = {64, 128, 192, 1024, SCAN_WINDOW};

#define N_WINDOWS (sizeof(windows) / sizeof(*windows))

/* The records that the scan takes in a row from the first byte on: their
   fields, and how the line ends. */
static struct str scan_text(struct arena *a, struct str text, uint32_t n)
{
	struct scan_request request = {text, ',', n, 1000, 64, 0};
	struct scan *scan = scan_new(a, &request);
	struct scan_record record;
	struct str seen = STR("");
	size_t at = 0;

	while (at < text.len && scan_next(scan, at, &record)) {
		for (uint32_t i = 0; i < n; i++)
			seen = arena_print(a, "%.*s[%.*s]", STR_ARG(seen),
				STR_ARG(record.fields[i]));
		seen = arena_print(
			a, "%.*s%s", STR_ARG(seen), record.crlf ? "r" : "n");
		at += record.len + record.crlf + 1;
	}
	return seen;
}

Test(scan, regular_records_are_taken_up_to_the_first_other_one)
{
	static const struct {
		const char *text, *want;
		uint32_t n;
	} rows[] = {
		{"a,b\nc,d\n", "[a][b]n[c][d]n", 2},
		{"a,b\r\n,\r\n", "[a][b]r[][]r", 2},
		{"\"a\",b\n\"\",\"c,d\"\r\n", "[a][b]n[][c,d]r", 2},
		{"a\n\"b\"\n", "[a]n[b]n", 1},
		/* too few, too many, none, an empty line, no line end */
		{"a,b\nc\nd,e\n", "[a][b]n", 2},
		{"a,b\nc,d,e\n", "[a][b]n", 2},
		{"a\n\nb\n", "[a]n", 1},
		{"a\n\r\nb\n", "[a]n", 1},
		{"a\nb", "[a]n", 1},
		{"a\nb\r", "[a]n", 1},
		/* quotes that are not a pair around a field */
		{"a,b\n\"c\"\"\",d\n", "[a][b]n", 2},
		{"a,b\nc\",\"d\n", "[a][b]n", 2},
		{"a,b\n\"c\"d,\"e\"\n", "[a][b]n", 2},
		{"a\n\"\n", "[a]n", 1},
		/* line ends */
		{"a\nb\rc\n", "[a]n", 1},
		{"a\n\"b\nc\"\n", "[a]n", 1},
		{"a\n\"b\r\"\n", "[a]n", 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena a = {0};
		struct str seen = scan_text(
			&a, str_of(rows[i].text), rows[i].n);

		cr_expect(str_equal(seen, str_of(rows[i].want)), "row %zu: %s",
			i, seen.s);
		arena_free(&a);
	}
}

Test(scan, a_record_with_nul_or_above_the_limit_is_left)
{
	struct arena a = {0};
	struct str text = STR("abc\nab\0\n");
	struct scan_request request = {text, ',', 1, 3, SCAN_WINDOW, 0};
	struct scan_record record;

	cr_expect(scan_next(scan_new(&a, &request), 0, &record));
	cr_expect(!scan_next(scan_new(&a, &request), 4, &record));
	request.largest = 2;
	cr_expect(!scan_next(scan_new(&a, &request), 0, &record));
	arena_free(&a);
}

Test(scan, it_goes_on_behind_a_record_that_is_not_regular)
{
	struct arena a = {0};
	/* In the second one both ways see the end, in the fourth only one. */
	struct str text = STR("a\n\"\"\"\"\nb\n\"\"\"\nc\nd\n");
	struct scan_request request = {text, ',', 1, 99, SCAN_WINDOW, 0};
	struct scan *scan = scan_new(&a, &request);
	struct scan_record record;

	cr_expect(scan_next(scan, 0, &record));
	cr_expect(!scan_next(scan, 2, &record));
	cr_expect(scan_next(scan, 7, &record));
	cr_expect(!scan_next(scan, 9, &record));
	cr_expect(scan_next(scan, 13, &record));
	cr_expect(scan_next(scan, 15, &record) && record.fields[0].s[0] == 'd');
	arena_free(&a);
}

/* Text of fields and of what the scan must not take. Seldom irregular: whole
   windows are taken; often: it goes back and forth. */
static struct str random_text(struct rng *rng, char buffer[4096])
{
	static const char *const regular[] = {"a", "bcdefghi", "\"q\"", "\"\"",
		"\"x,y\"", "1970-01-01T00:00:00Z", "", "\u00e9"};
	static const char *const odd[] = {"\"", "\"\"", "\r", "\n", "\r\n",
		"\"a\nb\"", "\"c\"\"d\"", ",", ";", "x\"y", "\"\r\n\"", "\\",
		"\"a\\\""};
	uint64_t columns = 1 + rng_below(rng, 4), share = rng_below(rng, 4);
	bool crlf = rng_below(rng, 2);
	size_t n = 0;

	for (size_t i = 1 + rng_below(rng, 180); i > 0; i--) {
		bool bad = rng_below(rng, 60) < share * share * share;
		const char *token = bad ? odd[rng_below(rng, 13)]
					: regular[rng_below(rng, 8)];

		memcpy(buffer + n, token, strlen(token));
		n += strlen(token);
		if (bad && rng_below(rng, 2))
			continue;
		token = i % columns ? "," : crlf ? "\r\n" : "\n";
		memcpy(buffer + n, token, strlen(token));
		n += strlen(token);
	}
	if (n && rng_below(rng, 16) == 0)
		buffer[rng_below(rng, n)] = '\0';
	return (struct str) {buffer, n};
}

/* Bytes of a small alphabet, in any order. */
static struct str random_bytes(struct rng *rng, char buffer[4096])
{
	static const char bytes[] = "\",\n\r\0a;b\\\",\n";
	size_t n = rng_below(rng, 300);

	for (size_t i = 0; i < n; i++)
		buffer[i] = bytes[rng_below(rng, sizeof(bytes) - 1)];
	return (struct str) {buffer, n};
}

static struct row_digest_task random_task(struct rng *rng, char buffer[4096])
{
	bool tight = rng_below(rng, 3) == 0;
	struct str text = rng_below(rng, 3) ? random_text(rng, buffer)
					    : random_bytes(rng, buffer);

	return (struct row_digest_task) {
		.piece = {text, 3, 1 + (uint32_t)rng_below(rng, 9),
			rng_below(rng, 9), (uint32_t)rng_below(rng, 5)},
		.dialect = {rng_below(rng, 8) ? ',' : ';',
			rng_below(rng, 8) == 0},
		.limits = {tight ? 1 + rng_below(rng, 20) : 9999,
			tight ? 1 + rng_below(rng, 60) : 9999}};
}

/* True if every window and way delivers what the plain way does. */
static bool all_agree(const struct row_digest_task *task, bool part)
{
	struct rows_how how = {.part = part};
	struct row_digest plain = row_digest_of(task, &how);

	for (how.way = 0; how.way < scan_ways(); how.way++) {
		for (size_t i = 0; i < N_WINDOWS; i++) {
			struct row_digest fast;

			how.window = windows[i];
			fast = row_digest_of(task, &how);
			if (memcmp(&fast, &plain, sizeof(fast)) != 0)
				return false;
		}
	}
	return true;
}

/* Property: records, refusals, places, counts and the end are those of the
   plain way, for any text, dialect, limit, number of columns and window, on
   every way that this processor has. */
Test(scan, every_window_and_way_delivers_what_the_plain_way_does)
{
	struct rng rng = {17};

	for (int round = 0; round < 15000; round++) {
		char buffer[4096];
		struct row_digest_task task = random_task(&rng, buffer);

		cr_assert(all_agree(&task, false), "round %d", round);
		cr_assert(all_agree(&task, true), "round %d, part", round);
	}
}

/* How many records in a row are taken from the first byte on. */
static size_t count_taken(const struct scan_request *request)
{
	struct arena a = {0};
	struct scan *scan = scan_new(&a, request);
	struct scan_record record;
	size_t at = 0, n = 0;

	for (; at < request->text.len && scan_next(scan, at, &record); n++)
		at += record.len + record.crlf + 1;
	arena_free(&a);
	return n;
}

/* So that the fast way is fast: what it leaves would be right, but slow. */
Test(scan, regular_records_are_taken_at_any_distance_with_any_bytes)
{
	for (unsigned trial = 0; trial < 256 * scan_ways(); trial++) {
		char buffer[256], c = (char)(trial % 256);
		struct scan_request request = {
			{buffer, 0}, ',', 2, 999, 128, trial / 256};

		if (c == '\0' || strchr("\",\n\r", c))
			continue;
		/* Quotes and CR LF on both sides of each end of a block. */
		for (size_t fill = 0; fill < 120; fill++) {
			size_t n = 2 + fill;

			memcpy(buffer, ",\"", 2);
			memset(buffer + 2, c, fill);
			memcpy(buffer + n, ",\"\r\n\"\",b\n", 10);
			request.text.len = n + 9;
			cr_expect(count_taken(&request) == 2,
				"trial %u, fill %zu", trial, fill);
		}
	}
}
