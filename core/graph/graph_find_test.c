#include "graph/graph_find.h"

#include "log_p.h"

#include <criterion/criterion.h>

static const char *const lines[] = {
	"replace account:42 replace account:43 replace contact:42",
	"write account:42 replace invoice:INV-2026-001",
	"replace :bare",
	"read account:43",
};

/* Finds `text` in the lines above. */
static struct graph_match find(struct log *log, const char *text)
{
	struct graph graph;
	struct ref ref = {.mode = REF_REPLACE};

	log_open(log, NULL, 0);
	for (int i = 0; i < 4; i++)
		log_event(log, i, 0, lines[i]);
	/* Ids with the signs in them, as object_id columns may hold them. */
	event_add(&log->events, 9, 0, 1, 0);
	ref.type = log_sym(log, "file");
	ref.id = log_sym(log, "a:b");
	event_add_ref(&log->events, &ref);
	ref.type = log_sym(log, "mail");
	ref.id = log_sym(log, "ann@7");
	event_add_ref(&log->events, &ref);
	ref.id = log_sym(log, "u:x@5");
	event_add_ref(&log->events, &ref);
	log_close(log);
	graph = log_graph(log);
	return graph_find(&log->a, &graph, &log->strings, str_of(text));
}

Test(graph_find, records_and_versions_are_found)
{
	static const struct {
		const char *text;
		enum graph_found found;
		const char *name; /* of the record, NULL: 0 */
		bool has_version;
	} rows[] = {
		{"account:42", GRAPH_FOUND, "account:42", false},
		{"account:42@1", GRAPH_FOUND, "account:42", true},
		{"account:42@2", GRAPH_FOUND, "account:42", true},
		{"account:42@3", GRAPH_UNKNOWN, "account:42", false},
		{"account:42@0", GRAPH_UNKNOWN, "account:42", false},
		{"account:42@99999999999999999999", GRAPH_UNKNOWN, NULL, false},
		{"43", GRAPH_FOUND, "account:43", false},
		{"43@1", GRAPH_FOUND, "account:43", true},
		{"42", GRAPH_AMBIGUOUS, NULL, false},
		{"42@1", GRAPH_AMBIGUOUS, NULL, false},
		{"bare", GRAPH_FOUND, ":bare", false},
		{":bare", GRAPH_FOUND, ":bare", false},
		{"INV-2026-001", GRAPH_FOUND, "invoice:INV-2026-001", false},
		/* less cutting where that names something */
		{"file:a:b", GRAPH_FOUND, "file:a:b", false},
		{"file:a:b@1", GRAPH_FOUND, "file:a:b", true},
		{"a:b", GRAPH_FOUND, "file:a:b", false},
		{"a:b@1", GRAPH_FOUND, "file:a:b", true},
		{"mail:ann@7", GRAPH_FOUND, "mail:ann@7", false},
		{"mail:ann@7@1", GRAPH_FOUND, "mail:ann@7", true},
		{"ann@7", GRAPH_FOUND, "mail:ann@7", false},
		{"u:x@5", GRAPH_FOUND, "mail:u:x@5", false},
		{"u:x@5@1", GRAPH_FOUND, "mail:u:x@5", true},
		{"", GRAPH_UNKNOWN, NULL, false},
		{":", GRAPH_UNKNOWN, NULL, false},
		{"@1", GRAPH_UNKNOWN, NULL, false},
		{"account:", GRAPH_UNKNOWN, NULL, false},
		{"account", GRAPH_UNKNOWN, NULL, false},
		{"account:@1", GRAPH_UNKNOWN, NULL, false},
		{"contact:43", GRAPH_UNKNOWN, NULL, false},
		{"account:42@", GRAPH_UNKNOWN, NULL, false},
		{"account:42@x", GRAPH_UNKNOWN, NULL, false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct log log;
		struct graph_match match = find(&log, rows[i].text);
		struct graph graph = log_graph(&log);
		struct str name = match.record
					  ? graph_record_name(&log.a, &graph,
						    &log.strings, match.record)
					  : STR("");

		cr_expect(match.found == rows[i].found, "row %zu", i);
		cr_expect((match.version != NODE_NONE) == rows[i].has_version,
			"row %zu", i);
		cr_expect(str_equal(name, rows[i].name ? str_of(rows[i].name)
						       : STR("")),
			"row %zu: %s", i, name.s);
		log_free(&log);
	}
}

Test(graph_find, the_types_of_an_ambiguous_id_are_listed)
{
	struct log log;
	struct graph_match match = find(&log, "42");

	cr_assert(match.names.n == 2);
	cr_expect(str_equal(match.names.at[0], STR("account:42")));
	cr_expect(str_equal(match.names.at[1], STR("contact:42")));
	cr_expect(match.record == 0 && match.hint.len == 0);
	log_free(&log);
}

Test(graph_find, unknown_names_give_near_ones)
{
	static const struct {
		const char *text, *hint;
	} rows[] = {
		{"account:24",
			" did you mean \"account:42\" or \"account:43\"?"},
		{"account:24@3",
			" did you mean \"account:42\" or \"account:43\"?"},
		{"INV-2026-010", " did you mean \"INV-2026-001\"?"},
		{"44", " did you mean \"42\" or \"43\"?"},
		{"contact:9", " did you mean \"contact:42\"?"},
		{"contact:999", ""},
		/* the same id under another type, whatever its spelling */
		{"lead:INV-2026-001",
			" did you mean \"invoice:INV-2026-001\"?"},
		{"lead:INV-2026-001@2",
			" did you mean \"invoice:INV-2026-001\"?"},
		{"lead:42", " did you mean \"account:42\" or \"contact:42\"?"},
		{"acount:42",
			" did you mean \"account:42\" or \"contact:42\"?"},
		{"lead:bare", " did you mean \":bare\"?"},
		{"lead:", ""},
		{"nothing like it", ""},
		{"", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct log log;
		struct graph_match match = find(&log, rows[i].text);

		cr_expect(match.found == GRAPH_UNKNOWN, "row %zu", i);
		cr_expect(str_equal(match.hint, str_of(rows[i].hint)),
			"row %zu: %s", i, match.hint.s);
		log_free(&log);
	}
}

Test(graph_find, names_are_printed_as_in_reports)
{
	struct log log;
	struct graph_match match = find(&log, "account:42@2");
	struct graph graph = log_graph(&log);

	cr_expect(str_equal(
		graph_version_name(&log.a, &graph, &log.strings, match.version),
		STR("account:42@2")));
	log_free(&log);
}

Test(graph_find, only_the_first_similar_names_are_looked_at)
{
	enum { MANY = 13000 };
	static const struct {
		const char *text, *hint;
	} rows[] = {
		{"order:0012x4", " did you mean \"order:001204\", "
				 "\"order:001214\" or \"order:001224\"?"},
		/* order:012345 is near, but thousands before it have the
		   same digits */
		{"order:0123456789", ""},
	};
	struct log log;
	struct graph graph;

	log_open(&log, NULL, 0);
	for (int i = 0; i < MANY; i++) {
		char line[32];

		snprintf(line, sizeof(line), "replace order:%06d", i);
		log_event(&log, i, 0, line);
	}
	log_close(&log);
	graph = log_graph(&log);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct graph_match match = graph_find(
			&log.a, &graph, &log.strings, str_of(rows[i].text));

		cr_expect(match.found == GRAPH_UNKNOWN);
		cr_expect(str_equal(match.hint, str_of(rows[i].hint)),
			"row %zu: %s", i, match.hint.s);
	}
	log_free(&log);
}
