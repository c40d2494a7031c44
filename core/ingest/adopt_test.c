#include "ingest/adopt.h"

#include "sandbox_p.h"

TestSuite(adopt, .init = tmp_enter, .fini = tmp_leave);

static void open_shelf(struct sandbox *s)
{
	sandbox_open(s);
	sandbox_profile(s, "version: 1\nprofile: ev-log\nneeds: [at, verb]\n"
			   "bind: {ts: at, action: verb}\ntz: UTC\n");
	sandbox_profile(s, "version: 1\nprofile: other\nneeds: [x, y]\n");
}

Test(adopt, files_of_one_profile_form_one_source)
{
	struct sandbox s;

	sandbox_file("a.csv", "at,verb\n2026-01-01 00:00:00,read\n");
	sandbox_file("b.csv", "AT,Verb,more\n2026-01-02 00:00:00,read,x\n");
	sandbox_file("c.csv", "x,y\n1,2\n");
	open_shelf(&s);
	sandbox_argument(&s, "", "c.csv");
	sandbox_argument(&s, "", "b.csv");
	sandbox_argument(&s, "", "a.csv");
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_inputs(&s),
		"a.csv ev_log ev-log 1=1+0+0+0 untimed 0\n"
		"b.csv ev_log ev-log 1=1+0+0+0 untimed 0\n"
		"c.csv other other 1=1+0+0+0 untimed 1\n");
	cr_expect_str_eq(sandbox_said(&s), "");
	sandbox_free(&s);
}

Test(adopt, a_file_of_no_known_format_is_a_source_named_after_it)
{
	struct sandbox s;

	sandbox_file("Crm Cases-1.csv", "q\n1\n");
	open_shelf(&s);
	sandbox_argument(&s, "", "./Crm Cases-1.csv");
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_inputs(&s),
		"Crm Cases-1.csv crm_cases_1 generic 1=1+0+0+0 untimed 1\n");
	cr_expect(diag_count(&s.diag, DIAG_ASSUMED) == 1);
	sandbox_free(&s);
}

Test(adopt, equal_names_are_numbered)
{
	struct sandbox s;

	cr_assert(mkdir("d", 0755) == 0 && mkdir("e", 0755) == 0);
	sandbox_file("a.csv", "q\n1\n");
	sandbox_file("d/a.csv", "q\n2\n");
	sandbox_file("e/a.csv", "q\n3\n");
	sandbox_file("known.csv", "q\n4\n");
	open_shelf(&s);
	sandbox_sources(&s, "- {name: a_2, path: known.csv, role: events}\n");
	sandbox_argument(&s, "", "e");
	sandbox_argument(&s, "", "d");
	sandbox_argument(&s, "", "a.csv");
	sandbox_argument(&s, "", "known.csv");
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_inputs(&s),
		"a.csv a generic 1=1+0+0+0 untimed 1\n"
		"known.csv a_2 declared 1=1+0+0+0 untimed 1\n"
		"d/a.csv a_3 generic 1=1+0+0+0 untimed 1\n"
		"e/a.csv a_4 generic 1=1+0+0+0 untimed 1\n");
	sandbox_free(&s);
}

Test(adopt, a_claimed_source_takes_the_format_of_its_files)
{
	struct sandbox s;

	sandbox_file("a.csv", "at,verb\n2026-01-01 00:00:00,read\n");
	open_shelf(&s);
	sandbox_sources(&s, "- {name: mine, path: a.csv}\n");
	sandbox_load(&s, 1);
	cr_expect_str_eq(
		sandbox_inputs(&s), "a.csv mine ev-log 1=1+0+0+0 untimed 0\n");
	sandbox_free(&s);
}

Test(adopt, the_files_of_a_source_must_agree)
{
	struct sandbox s;

	sandbox_file("a.csv", "at,verb\n2026-01-01 00:00:00,read\n");
	sandbox_file("b.csv", "x,y\n1,2\n");
	sandbox_file("c.csv", "q\n1\n");
	sandbox_file("d.csv", "at,verb\n2026-01-02 00:00:00,read\n");
	open_shelf(&s);
	sandbox_sources(&s, "- {name: mine, path: '*.csv'}\n");
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_inputs(&s),
		"a.csv mine ev-log 1=1+0+0+0 untimed 0\n"
		"b.csv mine ev-log 0=0+0+0+0 untimed 0\n"
		"c.csv mine ev-log 0=0+0+0+0 untimed 0\n"
		"d.csv mine ev-log 1=1+0+0+0 untimed 0\n");
	cr_expect_str_eq(sandbox_said(&s),
		"b.csv:1 ambiguous-format: this file looks like other, but the "
		"others of source mine like ev-log\n"
		"c.csv:1 ambiguous-format: this file looks like generic, but "
		"the others of source mine like ev-log\n");
	sandbox_free(&s);
}

Test(adopt, a_generic_source_stays_generic)
{
	struct sandbox s;

	sandbox_file("a.csv", "q,id\n1,k\n");
	sandbox_file("b.csv", "at,verb\n2026-01-01 00:00:00,read\n");
	open_shelf(&s);
	sandbox_sources(&s, "- {name: mine, path: '*.csv'}\n");
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_inputs(&s),
		"a.csv mine generic 1=1+0+0+0 untimed 1\n"
		"b.csv mine generic 0=0+0+0+0 untimed 0\n");
	cr_expect_str_eq(sandbox_said(&s),
		"a.csv:1 assumed: no known format; read as a generic file: "
		"event_id is id\n"
		"b.csv:1 ambiguous-format: this file looks like ev-log, but "
		"the others of source mine like generic\n");
	sandbox_free(&s);
}

Test(adopt, a_file_that_fits_two_formats_is_refused)
{
	struct sandbox s;

	sandbox_file("a.csv", "at,verb,x,y\n2026-01-01 00:00:00,read,1,2\n");
	open_shelf(&s);
	sandbox_argument(&s, "", "a.csv");
	sandbox_load(&s, 1);
	cr_expect_str_eq(
		sandbox_inputs(&s), "a.csv a generic 0=0+0+0+0 untimed 0\n");
	cr_expect_str_eq(sandbox_said(&s),
		"a.csv:1 ambiguous-format: the header fits several formats: "
		"ev-log, other | write `format:` for this source in "
		"lineal.yaml\n");
	sandbox_free(&s);
}

Test(adopt, a_format_settles_what_two_would_fit)
{
	struct sandbox s;

	sandbox_file("a.csv", "at,verb,x,y\n2026-01-01 00:00:00,read,1,2\n");
	open_shelf(&s);
	sandbox_sources(&s, "- {name: a, path: a.csv, format: ev-log}\n");
	sandbox_load(&s, 1);
	cr_expect_str_eq(
		sandbox_inputs(&s), "a.csv a ev-log 1=1+0+0+0 untimed 0\n");
	cr_expect_str_eq(sandbox_said(&s), "");
	sandbox_free(&s);
}

Test(adopt, a_pinned_generic_format_binds_what_is_left_open)
{
	struct sandbox s;

	sandbox_file("a.csv",
		"when,user,id,date\n2026-01-01T00:00:00Z,ann,k,2026-02-02\n");
	sandbox_file("b.csv",
		"when,user,id,date\n2026-01-02T00:00:00Z,bob,l,2026-02-02\n");
	open_shelf(&s);
	sandbox_need(&s, "actor_id", COLUMN_SYM);
	sandbox_sources(&s, "- {name: a, path: '*.csv', format: generic, "
			    "bind: {ts: when}}\n");
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_events(&s),
		"2026-01-01T00:00:00Z a.csv:2 [k] [ann]\n"
		"2026-01-02T00:00:00Z b.csv:2 [l] [bob]\n");
	cr_expect_str_eq(sandbox_said(&s),
		"a.csv:1 assumed: read as a generic file: event_id is id, "
		"actor_id is user\n");
	sandbox_free(&s);
}

Test(adopt, an_unknown_format_is_said_with_what_is_near)
{
	struct sandbox s;

	sandbox_file("a.csv", "q\n1\n");
	open_shelf(&s);
	sandbox_sources(&s, "- {name: a, path: a.csv, format: ev-lgo}\n");
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_said(&s),
		"lineal.yaml:1:34 unknown-format: there is no format 'ev-lgo' "
		"| did you mean \"ev-log\"?\n");
	sandbox_free(&s);
}

Test(adopt, an_empty_file_has_no_format_of_its_own)
{
	struct sandbox s;

	sandbox_file("a.csv", "");
	sandbox_file("b.csv", "at,verb\n2026-01-01 00:00:00,read\n");
	open_shelf(&s);
	sandbox_sources(&s, "- {name: mine, path: '*.csv'}\n");
	sandbox_load(&s, 1);
	cr_expect_str_eq(sandbox_inputs(&s),
		"a.csv mine ev-log 0=0+0+0+0 untimed 0\n"
		"b.csv mine ev-log 1=1+0+0+0 untimed 0\n");
	cr_expect_str_eq(sandbox_said(&s), "");
	sandbox_free(&s);
}
