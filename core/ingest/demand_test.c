#include "ingest/demand.h"

#include "sandbox_p.h"

TestSuite(demand, .init = tmp_enter, .fini = tmp_leave);

/* What is said when a source reads a file of this header. */
static void expect_said(
	size_t at, const char *header, const char *keys, const char *expected)
{
	struct sandbox s;
	char text[400];

	sandbox_file("a.csv", header);
	sandbox_open(&s);
	snprintf(text, sizeof(text), "- {name: a, path: a.csv, %s}\n", keys);
	sandbox_sources(&s, text);
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_said(&s), expected, "row %zu: %s", at,
		sandbox_said(&s));
	sandbox_free(&s);
}

Test(demand, a_missing_column_is_answered_by_those_that_there_are)
{
	static const struct {
		const char *header, *keys, *said;
	} rows[] = {
		{"when,who\n", "bind: {ts: time}",
			"lineal.yaml:1:37 unknown-column: a.csv has no column "
			"'time' | its columns are 'when', 'who'\n"},
		{"who,when\n", "bind: {ts: whem}",
			"lineal.yaml:1:37 unknown-column: a.csv has no column "
			"'whem' | did you mean \"when\"? its columns are "
			"'who', 'when'\n"},
		{"1,2,3,4,5,6,7,8,9,10\n", "bind: {ts: time}",
			"lineal.yaml:1:37 unknown-column: a.csv has no column "
			"'time' | its columns are '1', '2', '3', '4', '5', "
			"'6', '7', '8', '9', '10'\n"},
		{"1,2,3,4,5,6,7,8,9,10,11,12\n",
			"role: events, lineage: {reads: in}",
			"lineal.yaml:1:57 unknown-column: a.csv has no column "
			"'in' | its columns are '1', '2', '3', '4', '5', '6', "
			"'7', '8', '9', '10' and 2 more\n"},
		/* 70 characters are cut to 60. */
		{"0123456789012345678901234567890123456789"
		 "012345678901234567890123456789\n",
			"bind: {ts: time}",
			"lineal.yaml:1:37 unknown-column: a.csv has no column "
			"'time' | its columns are "
			"'0123456789012345678901234567890123456789"
			"0123456789012345678…'\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_said(i, rows[i].header, rows[i].keys, rows[i].said);
}
