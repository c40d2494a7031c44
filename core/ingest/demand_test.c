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
		{"1,2,3,4,5,6,7,8,9,10,11\n",
			"role: events, lineage: {reads: in}",
			"lineal.yaml:1:57 unknown-column: a.csv has no column "
			"'in' | its columns are '1', '2', '3', '4', '5', '6', "
			"'7', '8', '9', '10' and 1 more\n"},
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

Test(demand, two_columns_for_one_field_are_refused)
{
	static const struct {
		const char *header, *keys, *said;
	} rows[] = {
		{"ts,Action,ACTION\n", "role: events",
			"a.csv:1 bad-header: two columns of a.csv may be its "
			"'action' | write under `bind:` of this source which "
			"one it is\n"},
		{"ts,Action,ACTION\n", "bind: {action: ACTION}", ""},
		{"ts,Action,action\n", "role: events", ""},
		{"Ts,ts\n", "role: events", ""},
		/* Fields of roles that the source does not feed. */
		{"ts,Resolved At,resolved at\n", "role: events", ""},
		{"ts,ts,a\n", "role: events",
			"a.csv:1 bad-header: a.csv has 2 columns 'ts', and ts "
			"takes its value from one | bind ts to 'ts[1]' for the "
			"first\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_said(i, rows[i].header, rows[i].keys, rows[i].said);
}

Test(demand, a_role_without_a_column_for_its_end_is_noted)
{
	static const struct {
		const char *header, *keys, *said;
	} rows[] = {
		{"incident_id,detected_at\n", "role: incidents",
			"a.csv:1 assumed: no column for resolved_at: every "
			"incident counts as open\n"},
		{"incident_id,Resolved At\n", "role: incidents", ""},
		{"incident_id,x\n", "role: incidents, bind: {resolved_at: x}",
			""},
		{"x\n",
			"role: incidents, bind: {resolved_at: {is: "
			"2026-01-01}}",
			""},
		{"system,started_at\n", "role: outages",
			"a.csv:1 assumed: no column for ended_at: every outage "
			"counts as not over\n"},
		{"system,started_at,ended_at\n", "role: outages", ""},
		{"x\n", "role: events", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_said(i, rows[i].header, rows[i].keys, rows[i].said);
}
