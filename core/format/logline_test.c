#include "format/logline.h"

#include "base/jobs.h"
#include "base/rng.h"
#include "base/vec.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct record_limits wide = {1 << 24, 1 << 26};

/* What a reader delivered, one line a record. */
struct trace {
	struct arena arena;
	struct trace_text VEC(char) text;
};

static void add(struct trace *t, struct str part)
{
	vec_reserve(&t->arena, &t->text, t->text.n + part.len + 1);
	if (part.len)
		memcpy(t->text.at + t->text.n, part.s, part.len);
	t->text.n += part.len;
	t->text.at[t->text.n] = '\0';
}

static void trace_take(void *ctx, const struct record *record)
{
	struct trace *t = ctx;

	add(t, arena_print(&t->arena, "%u@%llu ", record->line,
		       (unsigned long long)record->byte));
	for (uint32_t i = 0; i < record->n; i++) {
		struct str field = record->fields[i];

		add(t, STR("["));
		add(t, field.s ? field : STR("absent"));
		add(t, STR("]"));
	}
	add(t, STR("\n"));
}

static void trace_refuse(void *ctx, const struct reject *reject)
{
	struct trace *t = ctx;

	add(t, arena_print(&t->arena, "%u:%u@%llu %s: ", reject->loc.line,
		       reject->loc.col, (unsigned long long)reject->byte,
		       diag_name(reject->code)));
	add(t, reject->text);
	add(t, STR("\n"));
}

static struct logline *compiled(const char *text, bool interpret)
{
	struct logline *pattern = NULL;
	struct err err;
	size_t offset;

	cr_assert(logline_compile(&pattern, str_of(text), &offset, &err));
	if (interpret)
		logline_interpret_only(pattern);
	return pattern;
}

static const char *read_with(const struct logline *pattern, struct trace *t,
	struct str text, const struct record_limits *limits)
{
	struct logline_piece piece = {text, 1, 1, 0};
	struct record_sink sink = {t, trace_take, trace_refuse};
	struct logline_stats stats;

	logline_read(pattern, &piece, limits, &sink, &stats);
	add(t, STR(""));
	return t->text.at;
}

/* With and without the compiler `text` gives `want`. A message of a megabyte
   would stop Criterion. */
static void check_text(const char *pattern, struct str text, const char *want)
{
	for (int interpret = 0; interpret < 2; interpret++) {
		struct logline *p = compiled(pattern, interpret);
		struct trace t = {0};

		cr_expect_str_eq(read_with(p, &t, text, &wide), want,
			"%s, %d: %.80s", pattern, interpret, t.text.at);
		arena_free(&t.arena);
		logline_free(p);
	}
}

Test(logline, columns_are_the_named_groups_by_number)
{
	struct logline *p = compiled(
		"(?<zone>a)(?<mid>b)(c)(?P<alpha>d)(?'x1'e)", false);
	static const char *const want[] = {"zone", "mid", "alpha", "x1"};
	uint32_t n;
	const struct str *columns = logline_columns(p, &n);

	cr_assert(n == 4);
	for (uint32_t i = 0; i < n; i++)
		cr_expect(str_equal(columns[i], str_of(want[i])), "%u", i);
	check_text("(?<zone>a)(?<mid>b)(c)(?P<alpha>d)(?'x1'e)", STR("abcde"),
		"1@0 [a][b][d][e]\n");
	logline_free(p);
}

Test(logline, lines_become_records)
{
	static const struct {
		const char *pattern, *text, *want;
	} rows[] = {
		{"^(?<a>\\S+) (?<b>.*)$", "", ""},
		{"^(?<a>\\S+) (?<b>.*)$", "x y z\r\nu \n",
			"1@0 [x][y z]\n2@7 [u][]\n"},
		/* blank lines are no records, but lines */
		{"^(?<a>\\S+)", "\n \t\r\nx\n\ny", "3@5 [x]\n5@8 [y]\n"},
		/* a lone CR is part of the line */
		{"^(?<a>.+)$", "x\ry\r\r\n", "1@0 [x\ry\r]\n"},
		/* absent is not empty */
		{"^(?<a>a)?(?<b>b*)(?<c>c)?", "b\nc\n",
			"1@0 [absent][b][absent]\n2@2 [absent][][c]\n"},
		/* unanchored: anywhere; anchored: the line */
		{"id=(?<id>\\d+)", "x id=7 y\n", "1@0 [7]\n"},
		{"^id=(?<id>\\d+)$", "id=7 \nid=8\nxid=9\n",
			"1:1@0 no-match: line does not match the pattern\n"
			"2@6 [8]\n"
			"3:1@11 no-match: line does not match the pattern\n"},
		/* letters are those of Unicode, also without regard to case */
		{"^(?<a>\\w+) (?i)(?<b>\u00c9)$", "\u00e9\u4e2d \u00e9\n",
			"1@0 [\u00e9\u4e2d][\u00e9]\n"},
		/* one name for two groups is two columns */
		{"(?J)^(?:a(?<x>.)|b(?<x>.))", "a1\nb2\n",
			"1@0 [1][absent]\n2@3 [absent][2]\n"},
		{"(?|a(?<x>.)|b(?<x>.))", "a1\nb2\n", "1@0 [1]\n2@3 [2]\n"},
		/* what \K hides is the match, not the groups */
		{"(?<x>a)b\\K(?<y>c)", "abc\n", "1@0 [a][c]\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_text(rows[i].pattern, str_of(rows[i].text), rows[i].want);
}

Test(logline, an_access_log_is_read)
{
	check_text("^\\[(?<ts>[^\\]]+)\\] \"(?<method>\\S+) (?<path>\\S+) "
		   "[^\"]*\" (?<code>\\d+) .*? \"(?<id>[^\"]*)\" "
		   "\"(?<host>[^\"]*)\"$",
		STR("[2026-03-01T10:00:00.000Z] \"GET /a?b=1 HTTP/1.1\" 200 - "
		    "0 17 2 \"4f1c\" \"crm:9080\"\n"),
		"1@0 [2026-03-01T10:00:00.000Z][GET][/a?b=1][200][4f1c]"
		"[crm:9080]\n");
}

Test(logline, bad_patterns_are_told_with_their_place)
{
	static const struct {
		const char *pattern, *want;
		size_t offset;
	} rows[] = {
		{"",
			"pattern has no named group; write (?<name>...) for "
			"each "
			"column",
			0},
		{"a(b)c",
			"pattern has no named group; write (?<name>...) for "
			"each column",
			0},
		{"(?<a>x",
			"bad pattern at character 7: missing closing "
			"parenthesis",
			6},
		{"\u00e9\u00e9(?<a>x))",
			"bad pattern at character 10: "
			"unmatched closing parenthesis",
			9},
		{"(?<a>\\C)",
			"bad pattern at character 8: using \\C is "
			"disabled by the application",
			7},
		{"(?<a>\xff)",
			"bad pattern at character 6: UTF-8 error: "
			"illegal byte (0xfe or 0xff)",
			5},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct logline *p = NULL;
		struct err err = {0};
		size_t offset = 99;

		cr_expect(!logline_compile(
				  &p, str_of(rows[i].pattern), &offset, &err),
			"row %zu", i);
		cr_expect(err.kind == ERR_USAGE && !p, "row %zu", i);
		cr_expect(offset == rows[i].offset, "row %zu: %zu", i, offset);
		cr_expect_str_eq(
			err.text, rows[i].want, "row %zu: %s", i, err.text);
	}
}

/* "(?<a>" and a text of `n` times `open` and `n` times `close`, and ")". */
static bool compiles(const char *open, const char *close, size_t n)
{
	struct trace t = {0};
	struct logline *p = NULL;
	struct err err;
	size_t offset;
	bool ok;

	add(&t, STR("(?<a>"));
	for (size_t i = 0; i < n; i++)
		add(&t, str_of(open));
	for (size_t i = 0; i < n; i++)
		add(&t, str_of(close));
	add(&t, STR(")"));
	ok = logline_compile(
		&p, (struct str) {t.text.at, t.text.n}, &offset, &err);
	logline_free(p);
	arena_free(&t.arena);
	return ok;
}

Test(logline, patterns_have_limits)
{
	cr_expect(compiles("x", "", 4090));
	cr_expect(!compiles("x", "", 4091));
	cr_expect(compiles("(", ")", 99));
	cr_expect(!compiles("(", ")", 100));
}

/* `first`, `n` times `part`, and `last`. */
static struct str repeat(struct trace *t, const char *first, const char *part,
	size_t n, const char *last)
{
	add(t, str_of(first));
	for (size_t i = 0; i < n; i++)
		add(t, str_of(part));
	add(t, str_of(last));
	return (struct str) {t->text.at, t->text.n};
}

#define GAVE_UP "1:1@0 pattern-gave-up: pattern gave up"
#define STEPS   GAVE_UP " at the limit of 1000000 steps\n"
#define NESTED  GAVE_UP " at the limit of 250000 nested steps\n"
#define MEMORY  GAVE_UP " at the limit of 65536 KiB of memory\n"

Test(logline, a_pattern_that_gives_up_is_not_a_line_that_does_not_match)
{
	static const struct {
		const char *pattern, *first, *part;
		size_t n;
		const char *last, *want;
	} rows[] = {
		{"^(?<x>(a+)+)$", "", "a", 39, "b", STEPS},
		{"(?<x>(a+)+)$", "", "a", 39, "b", STEPS},
		{"^(?<x>(a+)+)$", "", "a", 12, "b",
			"1:1@0 no-match: line does not match the pattern\n"},
		/* compiled code counts nearly nothing of these */
		{"^(?<x>.*)b.*c", "c", "ab", 2000, "", STEPS},
		{"^(?<x>.*)b.*c", "bc", "ab", 2000, "", STEPS},
		{"^(?<x>.*)b.*c", "bc", "ab", 400, "", "1@0 []\n"},
		{"^(?<x>(?:ab|c)*+)$", "", "ab", 1100000, "", STEPS},
		{"^(?<x>(?:a|b)*)$", "", "a", 500000, "", NESTED},
		{"^(?:(?=(?<a>.))(?=(?<b>.))(?=(?<c>.))(?=(?<d>.))"
		 "(?=(?<e>.))(?=(?<f>.))(?=(?<g>.))(?=(?<h>.))(?=(?<i>.))"
		 "(?=(?<j>.))(?=(?<k>.))(?=(?<l>.))(?=(?<m>.))(?=(?<n>.))a|b)*"
		 "$",
			"", "a", 300000, "", MEMORY},
		{"(?<x>(?1)|a)", "", "a", 1, "",
			GAVE_UP ": nested recursion at the same subject "
				"position\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct trace t = {0};

		check_text(rows[i].pattern,
			repeat(&t, rows[i].first, rows[i].part, rows[i].n,
				rows[i].last),
			rows[i].want);
		arena_free(&t.arena);
	}
}

Test(logline, reading_goes_on_behind_a_pattern_that_gave_up)
{
	check_text("^(?<x>(a+)+)$",
		STR("aa\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\na\n"),
		"1@0 [aa]\n"
		"2:1@3 pattern-gave-up: pattern gave up at the limit of "
		"1000000 steps\n"
		"3@44 [a]\n");
}

Test(logline, nul_bytes_and_long_lines_are_refused)
{
	static const char want[] =
		"1@0 [ab][c]\n"
		"2:3@7 nul-byte: line holds a NUL byte at byte 7\n"
		"3:1@9 row-too-big: line has 7 bytes, at most 6 are allowed\n"
		"4:2@18 field-too-big: field 'y' has 4 bytes, at most 3 are "
		"allowed\n"
		"5@23 [][\u00e9]\n";
	struct record_limits limits = {3, 6};
	struct logline *p = compiled("^(?<x>[ab]*)(?<y>.*)$", false);
	struct trace t = {0};

	cr_expect_str_eq(read_with(p, &t,
				 STR("abc\n\u00e9x\0\nabababa\nacdef\n"
				     "\u00e9\n"),
				 &limits),
		want, "%s", t.text.at);
	arena_free(&t.arena);
	logline_free(p);
}

Test(logline, lines_and_bytes_continue_those_of_the_piece)
{
	struct logline *p = compiled("(?<x>a)", false);
	struct trace t = {0};
	struct record_sink sink = {&t, trace_take, trace_refuse};
	struct logline_piece piece = {STR("a\n\nb\n"), 4, 10, 1000};
	struct logline_stats stats;

	logline_read(p, &piece, &wide, &sink, &stats);
	cr_expect(stats.records == 2 && stats.refused == 1);
	cr_expect_str_eq(t.text.at,
		"10@1000 [a]\n"
		"12:1@1003 no-match: line does not match the pattern\n");
	arena_free(&t.arena);
	logline_free(p);
}

struct shared {
	const struct logline *pattern;
	struct str text;
	struct trace traces[4];
};

static void read_shared(void *ctx, size_t index)
{
	struct shared *shared = ctx;

	read_with(shared->pattern, &shared->traces[index], shared->text, &wide);
}

Test(logline, a_pattern_is_shared_by_threads)
{
	struct logline *p = compiled("^(?<x>(a|b)*)c(?<y>.*)$", false);
	struct trace text = {0};
	struct shared shared = {.pattern = p,
		.text = repeat(&text, "", "abcab\nabb\n", 2000, "")};

	jobs_run(4, 4, read_shared, &shared);
	for (size_t i = 1; i < 4; i++)
		cr_expect_str_eq(
			shared.traces[0].text.at, shared.traces[i].text.at);
	for (size_t i = 0; i < 4; i++)
		arena_free(&shared.traces[i].arena);
	arena_free(&text.arena);
	logline_free(p);
}

/* A line whose pieces repeat, so that patterns have something to try. */
static struct str random_line(struct trace *t, struct rng *rng)
{
	static const char *const parts[] = {
		"a", "b", "ab", "aab", "c", " ", "1", "\u00e9", "d", "z"};
	size_t kinds = 1 + rng_below(rng, 10);

	t->text.n = 0;
	for (size_t i = rng_below(rng, 900); i > 0; i--)
		add(t, str_of(parts[rng_below(rng, kinds)]));
	add(t, STR("\n"));
	return (struct str) {t->text.at, t->text.n};
}

/* Property: the compiler changes no answer, whatever is counted. */
Test(logline, the_compiler_changes_nothing)
{
	static const char *const patterns[] = {
		"^(?<x>.*)b.*c.*d$",
		"^(?<x>(?:ab|c)*+)(?<y>.*)$",
		"^(?<x>(a|b|ab)*)(?<y>c)",
		"(?<x>\\w+?)(?<y>\\d)",
		"^(?<x>(?>a|b)*)(?<y>(?:c|d)++)",
		"(?<x>(?:(?=(?:ab)*+)ab)*+)(?<y>z)",
		"^(?<x>[^c]*)c(?<y>[^d]*)d",
		"(?<x>(?:a|b(?<y>(?&x)?)c))",
		"(?i)(?<x>\u00c9+)(?<=\u00e9)(?<y> ?)",
		"^(?<x>(a+)+)(?<y>b)$",
	};
	struct rng rng = {5};

	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		struct logline *fast = compiled(patterns[i], false);
		struct logline *judge = compiled(patterns[i], true);

		for (int round = 0; round < 60; round++) {
			struct trace line = {0}, one = {0}, two = {0};
			struct str text = random_line(&line, &rng);

			cr_expect_str_eq(read_with(fast, &one, text, &wide),
				read_with(judge, &two, text, &wide),
				"pattern %zu, round %d", i, round);
			arena_free(&line.arena);
			arena_free(&one.arena);
			arena_free(&two.arena);
		}
		logline_free(fast);
		logline_free(judge);
	}
}
