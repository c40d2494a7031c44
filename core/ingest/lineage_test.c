#include "ingest/lineage.h"

#include "sandbox_p.h"

TestSuite(lineage, .init = tmp_enter, .fini = tmp_leave);

#define LISTS "lineage: {reads: in, writes: out, replaces: anew, split: ';'}"

/* The records of one row of these cells: action, outcome, in, out, anew. */
static void expect_records(
	size_t at, const char *cells, const char *lists, const char *expected)
{
	struct sandbox s;
	struct str events;
	char text[200];

	snprintf(text, sizeof(text),
		"ts,object_type,object_id,action,outcome,in,out,anew\n"
		"2026-01-01T00:00:00Z,lead,L1,%s\n",
		cells);
	sandbox_file("log.csv", text);
	sandbox_open(&s);
	s.request.has_refs = true;
	snprintf(text, sizeof(text), "- {name: log, path: log.csv, %s}\n",
		lists);
	sandbox_sources(&s, text);
	sandbox_load(&s, 1);
	events = str_of(sandbox_events(&s));
	/* Behind the one column, the event_id, which is empty. */
	events = str_slice(events, str_find(events, ']') + 1, events.len);
	events = str_trim(str_slice(events, 0, str_find(events, '\n')));
	cr_expect(str_equal(events, str_of(expected)),
		"row %zu: '%.*s', expected '%s'", at, STR_ARG(events),
		expected);
	sandbox_free(&s);
}

Test(lineage, a_row_reads_or_changes_its_own_record_by_its_action)
{
	static const char *const rows[][2] = {
		{"read,,,,", "read lead:L1"},
		{"export,,,,", "read lead:L1"},
		{"create,,,,", "replace lead:L1"},
		{"decision,,,,", "replace lead:L1"},
		{"consent,,,,", "replace lead:L1"},
		{"update,,,,", "write lead:L1"},
		{"upsert,,,,", "write lead:L1"},
		{"override,,,,", "write lead:L1"},
		{"config,,,,", "write lead:L1"},
		{"delete,,,,", "delete lead:L1"},
		{"withdraw,,,,", "delete lead:L1"},
		{"login,,,,", ""},
		{"stamp,,,,", ""},
		{"create,failed,lead:L2,lead:L3,", ""},
		{"create,denied,lead:L2,lead:L3,", ""},
		{"create,partial,lead:L2,,", "replace lead:L1 read lead:L2"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_records(i, rows[i][0], LISTS, rows[i][1]);
}

Test(lineage, lists_add_records_of_any_type_and_version)
{
	static const char *const rows[][2] = {
		{"login,,L2,score:S1;L3,note:N1",
			"read lead:L2 write score:S1 write lead:L3 "
			"replace note:N1"},
		{"login,,L2@7 ; ;L3@x,,", "read lead:L2@7 read lead:L3@x"},
		{"login,,ann@example.org,,", "read lead:ann@example.org"},
	};

	/* "@x" is no version, so that it stays in the identifier; both print
	   alike. */
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_records(i, rows[i][0], LISTS, rows[i][1]);
	expect_records(9, "login,,L2 L3\t score:S1,,", "lineage: {reads: in}",
		"read lead:L2 read lead:L3 read score:S1");
}

Test(lineage, a_list_adds_only_a_version_to_the_change_of_the_own_record)
{
	static const char *const rows[][2] = {
		{"decision,,,lead:L1,", "replace lead:L1"},
		{"create,,,L1,", "replace lead:L1"},
		{"create,,,,L1", "replace lead:L1"},
		{"update,,,L1,", "write lead:L1"},
		{"update,,,,L1", "write lead:L1"},
		{"delete,,,L1,", "delete lead:L1"},
		{"delete,,,,lead:L1", "delete lead:L1"},
		{"create,,,L1@3,", "replace lead:L1 replace lead:L1@3"},
		{"delete,,,L1@3,", "delete lead:L1 delete lead:L1@3"},
		/* Others, and what only reads its own record, do change. */
		{"create,,,note:L1,", "replace lead:L1 write note:L1"},
		{"create,,,L1;L2,", "replace lead:L1 write lead:L2"},
		{"read,,,L1,", "read lead:L1 write lead:L1"},
		{"stamp,,,L1,", "write lead:L1"},
		/* What it reads is no change. */
		{"create,,L1,L1,", "replace lead:L1 read lead:L1"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_records(i, rows[i][0], LISTS, rows[i][1]);
}
