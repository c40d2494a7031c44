#include "ingest/lookup.h"

#include "sandbox_p.h"

TestSuite(lookup, .init = tmp_enter, .fini = tmp_leave);

/* The columns that `field` is read from, by the keys of a source and the header
   of a file, as defaults those of the profile, if there is one. */
static const char *found(struct sandbox *s, const char *keys,
	const char *const *header, const char *field)
{
	struct columns columns = {0};
	struct lookup lookup;
	struct column_numbers numbers;

	sandbox_sources(s,
		arena_print(&s->a, "- {name: a, path: a.csv, %s}\n", keys).s);
	if (s->profiles.n)
		source_inherit(&s->a, &s->request.gather.sources.at[0],
			&s->profiles.at[0].defaults);
	for (size_t i = 0; header[i]; i++)
		columns_add(&columns, str_of(header[i]));
	lookup = (struct lookup) {.a = &s->a,
		.source = &s->request.gather.sources.at[0],
		.profile = s->profiles.n ? &s->profiles.at[0] : NULL,
		.columns = &columns};
	numbers = lookup_field(&lookup, str_of(field));
	sandbox_clear(s);
	for (size_t i = 0; i < numbers.n; i++)
		sandbox_add(s, "%s%u", i ? " " : "", numbers.at[i]);
	columns_free(&columns);
	return s->text.at;
}

Test(lookup, a_field_is_found_however_its_column_is_spelt)
{
	static const struct {
		const char *keys, *header[5], *field, *columns;
	} rows[] = {
		{"role: incidents", {"x", "detected_at"}, "detected_at", "1"},
		{"role: incidents", {"Detected At", "x"}, "detected_at", "0"},
		{"role: events", {"Object ID", "x"}, "object_id", "0"},
		/* The exact name wins; two others are no answer. */
		{"role: events", {"Action", "action"}, "action", "1"},
		{"role: events", {"Action", "ACTION"}, "action", ""},
		/* What the project file names is meant exactly. */
		{"bind: {action: verb}", {"Verb", "action"}, "action", ""},
		{"bind: {action: verb}", {"action", "verb"}, "action", "1"},
		{"bind: {action: {is: read}}", {"action"}, "action", ""},
		/* So is a word of its vocabulary. */
		{"role: events", {"Customer"}, "customer", ""},
		{"role: events", {"customer"}, "customer", "0"},
		/* Repeated columns, items of lists, and one of them. */
		{"role: events", {"action", "x", "action"}, "action", "0 2"},
		{"role: events", {"tags[0]", "x", "tags[1]"}, "tags", "0 2"},
		{"bind: {action: 'a[2]'}", {"a", "a", "a"}, "action", "1"},
		{"bind: {action: 'a[4]'}", {"a", "a", "a"}, "action", ""},
		{"bind: {action: 'a[0]'}", {"a", "a", "a"}, "action", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sandbox s;

		sandbox_open(&s);
		cr_expect_str_eq(
			found(&s, rows[i].keys, rows[i].header, rows[i].field),
			rows[i].columns, "row %zu: '%s'", i, s.text.at);
		sandbox_free(&s);
	}
}

Test(lookup, a_profile_finds_columns_by_aliases_and_folded_names)
{
	static const struct {
		const char *header[5], *field, *columns;
	} rows[] = {
		{{"Number", "x"}, "incident_id", "0"},
		{{"x", "N r"}, "incident_id", "1"},
		{{"Number", "nr"}, "incident_id", ""},
		{{"State"}, "state", "0"},
		/* Fields that the profile does not speak of are fields. */
		{{"Created At"}, "created_at", "0"},
		{{"Customer"}, "customer", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sandbox s;

		sandbox_open(&s);
		sandbox_profile(&s,
			"version: 1\nprofile: p\nneeds: [number, state]\n"
			"aliases: {number: [nr]}\nrole: incidents\n"
			"bind: {incident_id: number}\n");
		cr_expect_str_eq(found(&s, "optional: true", rows[i].header,
					 rows[i].field),
			rows[i].columns, "row %zu: '%s'", i, s.text.at);
		sandbox_free(&s);
	}
}
