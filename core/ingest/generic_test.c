#include "ingest/generic.h"

#include "sandbox_p.h"

TestSuite(generic, .init = tmp_enter, .fini = tmp_leave);

static const struct {
	const char *text;
	const char *said; /* behind "read as a generic file: " */
} headers[] = {
	/* The names of lineal-inputs(5), "Files of no known format". */
	{"ts\n2026-01-01T00:00:00Z\n", "ts is ts"},
	{"time\n2026-01-01T00:00:00Z\n", "ts is time"},
	{"timestamp\n1608100000\n", "ts is timestamp"},
	{"date\n2026-01-01\n", "ts is date"},
	{"DateTime\n2026-01-01 00\n", "no column known"},
	{"DateTime\n2026-01-01 00:00:00\n", "ts is DateTime"},
	{"created\n2026-01-01T00:00:00Z\n", "ts is created"},
	{"Created At\n29/2/2016 01:16\n", "ts is Created At"},
	{"occurred_at\n6/21/2025 16:14\n", "ts is occurred_at"},
	{"updated\n3/4/2025 16:14\n", "ts is updated"},
	{"updated_at\n12/Mar/24 9:41 AM\n", "ts is updated_at"},
	{"Complete Timestamp\n2026-01-01T00:00:00Z\n",
		"ts is Complete Timestamp"},
	{"Start_Time_Stamp\n2026-01-01T00:00:00Z\n", "ts is Start_Time_Stamp"},
	{"when\n2026-01-01T00:00:00Z\n", "no column known"},
	{"timestamps\n2026-01-01T00:00:00Z\n", "no column known"},
	/* The first column whose values are all readable. */
	{"date,created\nsoon,2026-01-01\n", "ts is created"},
	{"date,created\n2026-01-01,2026-01-01\nlater,2026-01-02\n",
		"ts is created"},
	{"updated,ts\n2026-01-01,2026-01-01\n", "ts is updated"},
	{"date,created\n,2026-01-01\n", "ts is created"},
	{"date,created\n,2026-01-01\n2026-01-02,2026-01-01\n", "ts is date"},
	/* A null word is no value. */
	{"date\n2026-01-01\nNULL\n \n0001-01-01T00:00:00Z\n", "ts is date"},
	{"date\nNULL\n", "no column known"},
	/* Beyond what 64 bits of nanoseconds hold. */
	{"date\n2300-01-01T00:00:00Z\n", "no column known"},
	{"event_id,id\na,b\n", "event_id is event_id"},
	{"ID,uuid\na,b\n", "event_id is ID"},
	{"uuid,number,key\na,b,c\n", "event_id is uuid"},
	{"key,number\na,b\n", "event_id is number"},
	{"Key\na\n", "event_id is Key"},
	{"user,actor\na,b\n", "actor_id is actor"},
	{"user_id,user\na,b\n", "actor_id is user"},
	{"actor_id,user_id\na,b\n", "actor_id is user_id"},
	{"Actor Id\na\n", "actor_id is Actor Id"},
	{"operation,event_type\na,b\n", "action is event_type"},
	{"event,activity,action\na,b,c\n", "action is action"},
	{"activity,event\na,b\n", "action is activity"},
	{"operation\na\n", "action is operation"},
	{"sequence,seq_no,seq\n1,2,3\n", "counter is seq"},
	{"Sequence,Seq No\n1,2\n", "counter is Seq No"},
	{"sequence\n1\n", "counter is sequence"},
	{"ts,id,user,action,seq\n2026-01-01,1,u,read,1\n",
		"ts is ts, event_id is id, actor_id is user, action is action, "
		"counter is seq"},
	{"q\n1\n", "no column known"},
	{"[{\"time\": \"2026-01-01\", \"id\": 7}]",
		"ts is time, event_id is id"},
	{"{\"x\": 1, \"time\": \"2026-01-01\"}\n{\"user\": \"u\"}\n",
		"ts is time, actor_id is user"},
};

Test(generic, the_usual_names_are_taken_and_said)
{
	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++) {
		struct sandbox s;

		sandbox_file("in.txt", headers[i].text);
		sandbox_open(&s);
		sandbox_argument(&s, "", "in.txt");
		sandbox_load(&s, 1);
		cr_assert(diag_count(&s.diag, DIAG_ASSUMED) == 1, "row %zu", i);
		cr_expect_str_eq(s.diag.items.at[0].text.s,
			arena_print(&s.a,
				"no known format; read as a generic file: %s",
				headers[i].said)
				.s,
			"row %zu: %s", i, s.diag.items.at[0].text.s);
		cr_expect(s.diag.items.at[0].code == DIAG_ASSUMED);
		cr_expect(s.diag.items.at[0].loc.line == 1);
		sandbox_free(&s);
	}
}

Test(generic, an_unknown_header_is_answered_by_what_can_be_declared)
{
	static const struct {
		const char *text, *help;
	} rows[] = {
		{"[2026-01-01T00:00:00Z] u1 read A1\n",
			"write `bind:` for its columns in lineal.yaml, or "
			"`pattern:` if it is a log of lines; lineal-inputs(5)"},
		{"{\"x\": 1}\n",
			"write `bind:` for its columns in lineal.yaml"},
		{"time,x\n2026-01-01,1\n", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sandbox s;

		sandbox_file("in.txt", rows[i].text);
		sandbox_open(&s);
		sandbox_argument(&s, "", "in.txt");
		sandbox_load(&s, 1);
		cr_assert(diag_count(&s.diag, DIAG_ASSUMED) == 1, "row %zu", i);
		cr_expect(str_equal(s.diag.items.at[0].help,
				  str_of(rows[i].help)),
			"row %zu", i);
		sandbox_free(&s);
	}
}

Test(generic, what_was_taken_is_read)
{
	struct sandbox s;

	sandbox_file("log.csv", "Time Stamp,ID,User,Activity,Seq\n"
				"2026-01-01T08:00:00Z,e1,ann,read,7\n");
	sandbox_open(&s);
	sandbox_need(&s, "actor_id", COLUMN_SYM);
	sandbox_need(&s, "action", COLUMN_SYM);
	sandbox_need(&s, "counter", COLUMN_NUMBER);
	sandbox_argument(&s, "", "log.csv");
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_events(&s),
		"2026-01-01T08:00:00Z log.csv:2 [e1] [ann] [read] [7]\n");
	sandbox_free(&s);
}
