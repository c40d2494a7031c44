#include "ingest/undated.h"

#include "sandbox_p.h"

TestSuite(undated, .init = tmp_enter, .fini = tmp_leave);

static const struct {
	const char *role, *text, *said;
} rows[] = {
	{"incidents", "incident_id,resolved_at\nI1,2026-01-02T00:00:00Z\nI2,\n",
		"a.csv data-error: source a: none of 2 incidents has a time of "
		"detection (looked for: detected_at created_at opened_at)\n"},
	{"incidents", "incident_id,detected_at,resolved_at\nI1,,\n",
		"a.csv data-error: source a: none of 1 incidents has a time of "
		"detection (looked for: detected_at created_at opened_at)\n"},
	{"incidents",
		"incident_id,opened_at,resolved_at\nI1,,\n"
		"I2,2026-01-01T00:00:00Z,\n",
		""},
	{"incidents", "incident_id,resolved_at\n", ""},
	{"transactions", "object_id,when\nA1,2026-01-01T00:00:00Z\nA2,\n",
		"a.csv data-error: source a: none of 2 rows of transactions "
		"has a time (looked for: ts)\n"},
	{"audit_log", "object_id\nA1\n",
		"a.csv data-error: source a: none of 1 rows of audit_log has a "
		"time (looked for: ts)\n"},
	{"audit_log", "object_id,TS\nA1,\nA2,2026-01-01T00:00:00Z\n", ""},
	/* Other events may have no time: reports count them. */
	{"events", "object_id\nA1\n", ""},
};

Test(undated, a_role_in_which_no_row_has_a_time_is_said)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sandbox s;
		const char *source;

		sandbox_file("a.csv", rows[i].text);
		sandbox_open(&s);
		source = arena_print(&s.a,
			"- {name: a, path: a.csv, role: %s}\n", rows[i].role)
				 .s;
		sandbox_sources(&s, source);
		sandbox_load(&s, 1);
		cr_expect_str_eq(sandbox_said(&s), rows[i].said, "row %zu: %s",
			i, sandbox_said(&s));
		sandbox_free(&s);
	}
}

Test(undated, each_source_is_looked_at_by_itself)
{
	struct sandbox s;

	sandbox_file("a.csv", "incident_id,resolved_at\nI1,\n");
	sandbox_file("b.csv", "incident_id,detected_at,resolved_at\n"
			      "I2,2026-01-01T00:00:00Z,\n");
	sandbox_file("c.csv", "incident_id,resolved_at\nI3,\n");
	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: [a.csv, c.csv], role: "
			    "incidents}\n"
			    "- {name: b, path: b.csv, role: incidents}\n");
	sandbox_load(&s, 2);
	cr_expect_str_eq(sandbox_said(&s),
		"a.csv data-error: source a: none of 2 incidents has a time of "
		"detection (looked for: detected_at created_at opened_at)\n");
	sandbox_free(&s);
}
