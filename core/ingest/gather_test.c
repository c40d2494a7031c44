#include "ingest/gather.h"

#include "sandbox_p.h"

TestSuite(gather, .init = tmp_enter, .fini = tmp_leave);

/* What was gathered, a line each: sources with format, then inputs. */
static const char *gathered(struct sandbox *s)
{
	struct gathered g;

	gather(&s->a, &s->request.gather, &g, &s->diag);
	sandbox_clear(s);
	for (size_t i = 0; i < g.sources.n; i++)
		sandbox_add(s, "%.*s%s%s%.*s\n", STR_ARG(g.sources.at[i].name),
			g.sources.at[i].command_line ? " made" : "",
			g.patterns[i] ? " lines" : "",
			STR_ARG(g.profiles[i] ? g.profiles[i]->name : STR("")));
	for (size_t i = 0; i < g.inputs.n; i++) {
		const struct input *in = &g.inputs.at[i];

		sandbox_add(s, "%.*s of %.*s: %.*s, %.*s, %.*s, %.*s%s\n",
			STR_ARG(in->facts.path),
			STR_ARG(g.sources.at[in->facts.source].name),
			STR_ARG(in->facts.format), STR_ARG(in->facts.packing),
			STR_ARG(in->facts.encoding), STR_ARG(in->facts.dialect),
			in->failed ? ", failed" : "");
	}
	gather_close(&g);
	return s->text.at;
}

Test(gather, sources_and_inputs_are_sorted_by_name_and_path)
{
	struct sandbox s;

	sandbox_file("2.csv", "a,b\n1,2\n");
	sandbox_file("10.csv", "a;b\n1;2\n");
	sandbox_file("l.log", "x 1\n");
	sandbox_file("j.json", "[{\"a\": 1}]");
	sandbox_open(&s);
	sandbox_sources(&s,
		"- {name: zeta, path: ['2.csv', '10.csv'], role: events}\n"
		"- {name: beta, path: l.log, pattern: '(?<a>.) (?<b>.)'}\n"
		"- {name: alpha, path: j.json, bind: {ts: a}}\n");
	cr_expect_str_eq(gathered(&s),
		"alpha\n"
		"beta lines\n"
		"zeta\n"
		"j.json of alpha: declared, none, utf-8, json\n"
		"l.log of beta: lines, none, utf-8, lines\n"
		"10.csv of zeta: declared, none, utf-8, csv, semicolon\n"
		"2.csv of zeta: declared, none, utf-8, csv, comma\n");
	cr_expect(s.diag.items.n == 0);
	sandbox_free(&s);
}

Test(gather, each_source_knows_its_range_of_the_inputs)
{
	static const struct input_range wanted[] = {{0, 1}, {1, 1}, {1, 3}};
	struct sandbox s;
	struct gathered g;

	sandbox_file("1.csv", "a,b\n1,2\n");
	sandbox_file("2.csv", "a,b\n1,3\n");
	sandbox_file("3.csv", "a,b\n1,4\n");
	sandbox_open(&s);
	sandbox_sources(&s,
		"- {name: zeta, path: ['3.csv', '1.csv'], role: events}\n"
		"- {name: beta, path: none.csv, optional: true}\n"
		"- {name: alpha, path: 2.csv, role: events}\n");
	gather(&s.a, &s.request.gather, &g, &s.diag);
	cr_assert(g.sources.n == 3);
	for (size_t i = 0; i < 3; i++)
		cr_expect(g.ranges[i].first == wanted[i].first &&
				  g.ranges[i].end == wanted[i].end,
			"row %zu: %u to %u", i, g.ranges[i].first,
			g.ranges[i].end);
	gather_close(&g);
	sandbox_free(&s);
}

Test(gather, what_cannot_be_read_fails_and_is_said)
{
	struct sandbox s;

	sandbox_file("cut.csv", "\x1f\x8b\x08");
	sandbox_file("bad.csv", "a\n\xff\n");
	sandbox_file("tie.csv", "a,b;c\n");
	sandbox_open(&s);
	sandbox_sources(&s, "- {name: x, path: '*.csv', role: events, "
			    "encoding: utf-8}\n");
	sandbox_argument(&s, "", "gone.csv");
	sandbox_argument(&s, "", "cut.csv");
	sandbox_argument(&s, "", "bad.csv");
	sandbox_argument(&s, "", "tie.csv");
	gathered(&s);
	cr_expect(diag_count(&s.diag, DIAG_CANNOT_READ) == 1);
	cr_expect(diag_count(&s.diag, DIAG_CORRUPT) == 1);
	cr_expect(diag_count(&s.diag, DIAG_BAD_ENCODING) == 1);
	cr_expect(diag_count(&s.diag, DIAG_AMBIGUOUS_DIALECT) == 1);
	cr_expect_str_eq(s.text.at,
		"gone made\n"
		"x\n"
		"gone.csv of gone: generic, , , , failed\n"
		"bad.csv of x: declared, none, , , failed\n"
		"cut.csv of x: declared, , , , failed\n"
		"tie.csv of x: declared, none, utf-8, csv, failed\n");
	sandbox_free(&s);
}

Test(gather, a_bad_pattern_is_said_below_its_fault)
{
	struct sandbox s;

	sandbox_file("l.log", "x\n");
	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: l.log, pattern: '(?<a>x'}\n");
	gathered(&s);
	/* The pattern begins in column 36, behind its quote, and has 6
	   characters; what is missing is missing behind them. */
	cr_expect(diag_count(&s.diag, DIAG_BAD_PATTERN) == 1);
	cr_expect(s.diag.items.at[0].loc.line == 1);
	cr_expect(s.diag.items.at[0].loc.col == 36 + 6);
	sandbox_free(&s);
}

Test(gather, a_profile_says_how_its_files_are_decoded)
{
	struct sandbox s;

	/* 0xe9 is e acute in Windows-1252 and in ISO-8859-1. */
	sandbox_file("a.csv", "name\nRen\xe9\n");
	sandbox_open(&s);
	sandbox_profile(&s, "version: 1\nprofile: old\nneeds: [name]\n"
			    "encoding: iso-8859-1\n");
	sandbox_sources(&s, "- {name: a, path: a.csv, format: old}\n");
	cr_expect_str_eq(gathered(&s),
		"aold\n"
		"a.csv of a: old, none, iso-8859-1, csv, comma\n");
	cr_expect(s.diag.items.n == 0);
	sandbox_free(&s);
}

Test(gather, a_guessed_encoding_is_said_with_the_first_bad_byte)
{
	struct sandbox s;

	sandbox_file("a.csv", "name\nRen\xe9\n");
	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: a.csv, role: events}\n");
	gathered(&s);
	cr_expect_str_eq(sandbox_said(&s),
		"a.csv:2 encoding-guessed: byte 8 is not UTF-8; the file is "
		"read as Windows-1252 | if that is right, write `encoding: "
		"windows-1252` for this source\n");
	sandbox_free(&s);
}

Test(gather, packed_files_are_read_as_what_they_hold)
{
	/* printf 'ts\n1\n' | gzip -n, as bytes */
	static const char packed[] =
		"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x2b\x29\xe6\x32\xe4"
		"\x02\x00\x1a\xd5\xe5\x98\x05\x00\x00\x00";
	struct sandbox s;

	tmp_write("a.csv.gz", (struct str) {packed, sizeof(packed) - 1});
	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: '*.gz', role: events}\n");
	gathered(&s);
	cr_expect_str_eq(s.text.at,
		"a\na.csv.gz of a: declared, gzip, utf-8, csv, comma\n");
	sandbox_free(&s);
}
