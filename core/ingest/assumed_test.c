#include "ingest/assumed.h"

#include "sandbox_p.h"

TestSuite(assumed, .init = tmp_enter, .fini = tmp_leave);

/* Berlin is an hour ahead of UTC in winter. */
static void assume_zone(struct sandbox *s, const char *zone)
{
	s->request.gather.assumed_zone_name = str_of(zone);
	if (*zone)
		s->request.gather.assumed_zone = zones_find(
			&s->zones, str_of(zone));
}

static const char *listed(struct sandbox *s)
{
	const struct loaded *out = &s->out;

	sandbox_clear(s);
	for (size_t i = 0; i < out->sources.n; i++) {
		const struct source_facts *facts = &out->source_facts[i];

		sandbox_add(s, "%.*s\n", STR_ARG(facts->name));
		for (size_t j = 0; j < facts->assumed.n; j++)
			sandbox_add(
				s, "- %.*s\n", STR_ARG(facts->assumed.at[j]));
	}
	return s->text.at;
}

static const struct {
	const char *text, *keys, *zone, *said;
} rows[] = {
	/* Nothing: all is declared, or the text says it itself. */
	{"ts;id\n5/3/2024 09:00;1\n",
		"role: events, delimiter: ';', tz: UTC, date_order: dmy", "UTC",
		"s\n"},
	{"ts\n2024-03-05T09:00:00Z\n1709629200\n", "role: events", "UTC",
		"s\n"},
	{"{\"ts\": \"2024-03-05T09:00:00+01:00\"}\n", "role: events", "UTC",
		"s\n"},
	{"x 2024-03-05T09:00:00Z\n", "pattern: 'x (?<ts>.*)'", "UTC", "s\n"},
	/* The separator. */
	{"ts,id\n2024-03-05T09:00:00Z,1\n", "role: events", "",
		"s\n- separator comma\n"},
	{"ts;id\n2024-03-05T09:00:00Z;1\n", "role: events", "",
		"s\n- separator semicolon\n"},
	{"ts\tid\n2024-03-05T09:00:00Z\t1\n", "role: events", "",
		"s\n- separator tab\n"},
	{"ts|id\n2024-03-05T09:00:00Z|1\n", "role: events", "",
		"s\n- separator bar\n"},
	{"sep=;\nts;id\n2024-03-05T09:00:00Z;1\n", "role: events", "",
		"s\n- separator semicolon, by the first line\n"},
	{"sep=^\nts^id\n2024-03-05T09:00:00Z^1\n", "role: events", "",
		"s\n- separator '^', by the first line\n"},
	{"sep=;\nts;id\n2024-03-05T09:00:00Z;1\n",
		"role: events, delimiter: ';'", "", "s\n"},
	/* The encoding: E4 is no UTF-8. */
	{"ts\n2024-03-05T09:00:00Z\n\xE4\n", "role: events", "",
		"s\n- encoding windows-1252\n"},
	{"ts\n2024-03-05T09:00:00Z\n\xE4\n",
		"role: events, encoding: iso-8859-1", "", "s\n"},
	/* Day and month, zone. */
	{"ts\n29/3/2024 09:00\n", "role: events, tz: UTC", "",
		"s\n- day before month in ts\n"},
	{"ts\n3/29/2024 09:00\n", "role: events", "Europe/Berlin",
		"s\n- month before day in ts\n"
		"- zone Europe/Berlin where times have none, by --assume-tz\n"},
	{"ts\n2024-03-05\n", "role: events", "+02:00",
		"s\n- zone +02:00 where times have none, by --assume-tz\n"},
	/* Without a zone the time is not read at all. */
	{"ts\n2024-03-05 09:00\n", "role: events", "", "s\n"},
	/* The format. */
	{"when,verb\n2024-03-05 09:00,x\n", "optional: true", "Europe/Berlin",
		"s\n- format crm, by the header\n- separator comma\n"
		"- zone UTC where times have none, by the format\n"},
	{"when,verb\n2024-03-05 09:00,x\n", "format: crm", "",
		"s\n- separator comma\n"
		"- zone UTC where times have none, by the format\n"},
	{"when,verb\n2024-03-05 09:00,x\n", "format: crm, tz: UTC", "",
		"s\n- separator comma\n"},
	{"time,id\n2024-03-05T09:00:00Z,x\n", "optional: true", "",
		"s\n- no known format: ts is time, event_id is id\n"
		"- separator comma\n"},
	{"time,id\n2024-03-05T09:00:00Z,x\n", "format: generic", "",
		"s\n- ts is time, event_id is id\n- separator comma\n"},
	{"x\ny\n", "optional: true", "",
		"s\n- no known format: no column known\n"},
	/* What is refused was not used. */
	{"ts,id\n1\n", "role: events, lineage: {reads: in}", "", "s\n"},
	{"", "optional: true", "", "s\n"},
};

Test(assumed, only_what_nobody_declared_is_listed)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sandbox s;

		sandbox_file("in.txt", rows[i].text);
		sandbox_open(&s);
		assume_zone(&s, rows[i].zone);
		sandbox_profile(&s,
			"version: 1\nprofile: crm\nneeds: [when, verb]\n"
			"tz: UTC\nbind: {ts: when, action: verb}\n");
		sandbox_sources(
			&s, arena_print(&s.a, "- {name: s, path: in.txt, %s}\n",
				    rows[i].keys)
				    .s);
		sandbox_load(&s, 1);
		cr_expect_str_eq(
			listed(&s), rows[i].said, "row %zu: %s", i, listed(&s));
		sandbox_free(&s);
	}
}

Test(assumed, each_text_stands_once_for_each_source)
{
	struct sandbox s;

	sandbox_file("a.csv", "when,verb\n2024-03-05 09:00,x\n");
	sandbox_file("b.csv", "when;verb\n2024-03-06 09:00;x\n");
	sandbox_file("c.csv", "when,verb\n2024-03-07T09:00:00Z,x\n");
	sandbox_file("d.csv", "q,id\nv,w\n");
	/* Of these nothing is known: one is empty, one has a bad header. */
	sandbox_file("e.csv", "");
	sandbox_file("f.csv", "a,\"b\n");
	sandbox_open(&s);
	sandbox_profile(&s, "version: 1\nprofile: crm\nneeds: [when, verb]\n"
			    "tz: UTC\nbind: {ts: when, action: verb}\n");
	sandbox_argument(&s, "", "a.csv");
	sandbox_argument(&s, "", "b.csv");
	sandbox_argument(&s, "", "c.csv");
	sandbox_argument(&s, "", "d.csv");
	sandbox_argument(&s, "", "e.csv");
	sandbox_argument(&s, "", "f.csv");
	sandbox_load(&s, 2);
	cr_expect_str_eq(listed(&s),
		"crm\n- format crm, by the header\n- separator comma\n"
		"- separator semicolon\n"
		"- zone UTC where times have none, by the format\n"
		"d\n- no known format: event_id is id\n- separator comma\n"
		"e\nf\n");
	sandbox_free(&s);
}
