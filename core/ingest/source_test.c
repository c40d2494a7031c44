#include "ingest/source.h"

#include <criterion/criterion.h>

struct reading {
	struct arena a;
	struct zones zones;
	struct diag diag;
	struct source source;
};

static void open_reading(struct reading *r, const char *text)
{
	const struct yaml_node *map;

	*r = (struct reading) {0};
	r->zones.a = &r->a;
	map = yaml_parse(&r->a, str_of(text), 1, &r->diag);
	cr_assert(map, "%s", text);
	source_read(&r->a, &r->zones, map, &r->source, &r->diag);
}

static void close_reading(struct reading *r)
{
	diag_free(&r->diag);
	arena_free(&r->a);
}

/* The first source of the example in lineal-config(5), with the keys of the
   others that this version has. */
Test(source, every_key_is_stored)
{
	struct reading r;
	const struct source *s = &r.source;

	open_reading(&r, "name: orders\n"
			 "path: [exports/orders_*.csv, late.csv]\n"
			 "optional: true\n"
			 "role: [transactions, audit_log]\n"
			 "format: events\n"
			 "pattern: '^(?<ts>.*)$'\n"
			 "records: data.items\n"
			 "bind: {ts: booked_at}\n"
			 "lineage: {reads: inputs, writes: [out, more], "
			 "replaces: all, split: ';'}\n"
			 "system: crm\n"
			 "last_per: incident_id\n"
			 "regulatory: {category: Privacy}\n"
			 "reportable: {severity: high}\n"
			 "columns: [a, b]\n"
			 "header: false\n"
			 "tz: Europe/Madrid\n"
			 "date_order: mdy\n"
			 "year_pivot: 50\n"
			 "null_tokens: ['?', '-']\n"
			 "encoding: utf-16le\n"
			 "delimiter: '|'\n"
			 "quotes: loose\n"
			 "dedupe: row\n"
			 "gaps: [{from: 2026-03-01, to: 2026-03-02}]\n"
			 "covers: {from: 2026-01-01, to: 2026-06-30}\n");
	cr_expect(r.diag.items.n == 0);
	cr_expect(str_equal(s->name, STR("orders")));
	cr_expect(s->loc.line == 1 && s->loc.col == 7 && s->span == 6);
	cr_assert(s->paths.n == 2);
	cr_expect(str_equal(s->paths.at[1].name, STR("late.csv")));
	cr_expect(s->paths.at[1].loc.line == 2 && s->paths.at[1].loc.col == 30);
	cr_expect(s->optional);
	cr_expect(s->roles == (1u << ROLE_TRANSACTIONS | 1u << ROLE_AUDIT_LOG));
	cr_expect(str_equal(s->format.name, STR("events")));
	cr_expect(str_equal(s->pattern.name, STR("^(?<ts>.*)$")));
	cr_expect(str_equal(s->records, STR("data.items")));
	cr_expect(s->bind.n == 1 && !s->bind.at[0].from_profile);
	cr_expect(s->lineage.reads.n == 1 && s->lineage.writes.n == 2);
	cr_expect(s->lineage.replaces.n == 1 && s->lineage.split == ';');
	cr_expect(str_equal(s->system, STR("crm")));
	cr_expect(str_equal(s->last_per.name, STR("incident_id")));
	cr_expect(s->regulatory && s->reportable);
	cr_expect(s->columns.n == 2 && s->header == HEADER_NONE);
	cr_expect(s->zone && str_equal(s->tz.name, STR("Europe/Madrid")));
	cr_expect(s->date_order == DATE_MDY && s->year_pivot == 50);
	cr_expect(s->has_null_tokens && s->null_tokens.n == 2);
	cr_expect(s->encoding == ENCODING_UTF_16LE && s->delimiter == '|');
	cr_expect(s->quotes == QUOTES_LOOSE && s->dedupe == DEDUPE_ROW);
	cr_expect(s->gaps.n == 1);
	/* 2026-01-01 is 20454 days after 1970-01-01, 2026-06-30 180 more. */
	cr_expect(s->has_covers && s->covers_from == 20454);
	cr_expect(s->covers_to == 20634);
	close_reading(&r);
}

Test(source, what_is_not_given_is_open)
{
	struct reading r;
	const struct source *s = &r.source;

	open_reading(&r, "name: a\npath: a.csv\n");
	cr_expect(r.diag.items.n == 0);
	cr_expect(!s->optional && s->roles == 0 && s->format.name.len == 0);
	cr_expect(s->bind.n == 0 && s->header == HEADER_OPEN && !s->zone);
	cr_expect(s->date_order == DATE_UNKNOWN && s->year_pivot == -1);
	cr_expect(!s->has_null_tokens && s->encoding == ENCODING_SNIFF);
	cr_expect(s->delimiter == 0 && s->quotes == QUOTES_OPEN);
	cr_expect(s->dedupe == DEDUPE_OPEN && !s->has_covers);
	close_reading(&r);
}

static const struct {
	const char *text;
	enum diag_code code;
	uint32_t line, col;
	const char *said;
} wrong[] = {
	{"name: a", DIAG_MISSING_KEY, 1, 1, "a source lacks the key \"path\""},
	{"path: a", DIAG_MISSING_KEY, 1, 1, "a source lacks the key \"name\""},
	{"name: a\npath: []", DIAG_EMPTY_VALUE, 2, 7,
		"expected at least one text"},
	{"name: a\npath: a\nrolle: events", DIAG_UNKNOWN_KEY, 3, 1,
		"\"rolle\" is not a key of a source"},
	{"name: Orders\npath: a", DIAG_BAD_ID, 1, 7,
		"a source name is lower-case letters, digits and '_', "
		"beginning with a letter; found 'Orders'"},
	{"name: 1st\npath: a", DIAG_BAD_ID, 1, 7,
		"a source name is lower-case letters, digits and '_', "
		"beginning with a letter; found '1st'"},
	{"name: a-b\npath: a", DIAG_BAD_ID, 1, 7,
		"a source name is lower-case letters, digits and '_', "
		"beginning with a letter; found 'a-b'"},
	{"name: a\npath: a\nrole: [events, log]", DIAG_UNKNOWN_VALUE, 3, 16,
		"expected one of events, audit_log, transactions, incidents, "
		"outages, costs, register, found 'log'"},
	{"name: a\npath: a\ntz: Mars/Base", DIAG_BAD_ZONE, 3, 5,
		"'Mars/Base' is not a time zone of this system"},
	{"name: a\npath: a\ndate_order: '-'", DIAG_UNKNOWN_VALUE, 3, 13,
		"expected one of dmy, mdy, ymd, found '-'"},
	{"name: a\npath: a\nyear_pivot: 100", DIAG_BAD_NUMBER, 3, 13,
		"expected a whole number from 0 to 99, found '100'"},
	{"name: a\npath: a\nencoding: latin9", DIAG_UNKNOWN_VALUE, 3, 11,
		"expected one of utf-8, utf-16le, utf-16be, windows-1252, "
		"iso-8859-1, found 'latin9'"},
	{"name: a\npath: a\nquotes: both", DIAG_UNKNOWN_VALUE, 3, 9,
		"expected one of rfc4180, loose, found 'both'"},
	{"name: a\npath: a\ndedupe: all", DIAG_UNKNOWN_VALUE, 3, 9,
		"expected one of none, row, id, found 'all'"},
	{"name: a\npath: a\nheader: no", DIAG_UNKNOWN_VALUE, 3, 9,
		"expected true or false, found 'no'"},
	{"name: a\npath: a\ndelimiter: ', '", DIAG_WRONG_TYPE, 3, 12,
		"'delimiter' must be one byte (or the word tab); found ', '"},
	{"name: a\npath: a\ndelimiter: '§'", DIAG_WRONG_TYPE, 3, 12,
		"'delimiter' must be one byte (or the word tab); found '§'"},
	{"name: a\npath: a\ndelimiter: '\"'", DIAG_WRONG_TYPE, 3, 12,
		"a quote or a line end cannot separate cells"},
	{"name: a\npath: a\ndelimiter: \"\\n\"", DIAG_WRONG_TYPE, 3, 12,
		"a quote or a line end cannot separate cells"},
	{"name: a\npath: a\ndelimiter: \"\\r\"", DIAG_WRONG_TYPE, 3, 12,
		"a quote or a line end cannot separate cells"},
	{"name: a\npath: a\nbind: {ts: [a]}", DIAG_WRONG_TYPE, 3, 12,
		"'ts' must be bound to a column, {is: TEXT} or {column, "
		"words}"},
	{"name: a\npath: a\nlineage: {read: x}", DIAG_UNKNOWN_KEY, 3, 11,
		"\"read\" is not a key of lineage"},
	{"name: a\npath: a\ncovers: 2026", DIAG_WRONG_TYPE, 3, 9,
		"expected a map for \"covers\", found a text"},
	{"name: a\npath: a\nskew: 5s", DIAG_NOT_SUPPORTED, 3, 7,
		"'skew' is not supported by this version"},
	{"name: a\npath: a\njoin: []", DIAG_NOT_SUPPORTED, 3, 7,
		"'join' is not supported by this version"},
};

Test(source, what_is_wrong_is_said_at_its_place)
{
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct reading r;
		const struct diag_item *item;

		open_reading(&r, wrong[i].text);
		cr_assert(r.diag.items.n == 1, "row %zu", i);
		item = &r.diag.items.at[0];
		cr_expect(item->code == wrong[i].code, "row %zu", i);
		cr_expect(item->loc.line == wrong[i].line &&
				  item->loc.col == wrong[i].col,
			"row %zu: %u:%u", i, item->loc.line, item->loc.col);
		cr_expect_str_eq(item->text.s, wrong[i].said, "row %zu: %s", i,
			item->text.s);
		close_reading(&r);
	}
}

Test(source, a_tab_can_be_written_in_three_ways)
{
	static const char *const texts[] = {"name: a\npath: a\ndelimiter: tab",
		"name: a\npath: a\ndelimiter: '\\t'",
		"name: a\npath: a\ndelimiter: \"\\t\""};

	for (size_t i = 0; i < 3; i++) {
		struct reading r;

		open_reading(&r, texts[i]);
		cr_expect(r.diag.items.n == 0, "row %zu", i);
		cr_expect(r.source.delimiter == '\t', "row %zu", i);
		close_reading(&r);
	}
}

/* ---- defaults of a profile ---- */

/* A source with every key that a profile may give. */
static const char full[] = "name: full\npath: x\n"
			   "role: incidents\npattern: p\nrecords: r\n"
			   "bind: {ts: at, actor_id: who}\n"
			   "lineage: {reads: [i], split: ','}\nsystem: s\n"
			   "last_per: incident_id\nregulatory: {a: b}\n"
			   "reportable: {a: b}\ncolumns: [x]\nheader: false\n"
			   "tz: UTC\ndate_order: dmy\nyear_pivot: 0\n"
			   "null_tokens: ['?']\nencoding: iso-8859-1\n"
			   "delimiter: ';'\nquotes: loose\ndedupe: id\n"
			   "gaps: [{from: 2026-03-01, to: 2026-03-02}]\n"
			   "covers: {from: 2026-01-01, to: 2026-06-30}\n";

Test(source, an_open_key_takes_the_default)
{
	struct reading from, r;
	const struct source *s = &r.source;

	open_reading(&from, full);
	from.source.proves = STR("p");
	from.source.cannot_prove = STR("c");
	open_reading(&r, "name: a\npath: a.csv\n");
	source_inherit(&r.a, &r.source, &from.source);
	cr_expect(str_equal(s->name, STR("a")) && s->paths.n == 1);
	cr_expect(str_equal(s->paths.at[0].name, STR("a.csv")));
	cr_expect(s->roles == 1u << ROLE_INCIDENTS);
	cr_expect(s->pattern.name.len == 1 && s->records.len == 1);
	cr_expect(s->bind.n == 2 && s->lineage.reads.n == 1);
	cr_expect(s->lineage.split == ',' && s->system.len == 1);
	cr_expect(s->last_per.name.len > 0 && s->regulatory && s->reportable);
	cr_expect(s->columns.n == 1 && s->header == HEADER_NONE && s->zone);
	cr_expect(s->date_order == DATE_DMY && s->year_pivot == 0);
	cr_expect(s->has_null_tokens && s->null_tokens.n == 1);
	cr_expect(s->encoding == ENCODING_ISO_8859_1 && s->delimiter == ';');
	cr_expect(s->quotes == QUOTES_LOOSE && s->dedupe == DEDUPE_ID);
	cr_expect(s->gaps.n == 1 && s->has_covers && s->covers_from == 20454);
	cr_expect(s->covers_to == 20634);
	cr_expect(s->proves.len == 1 && s->cannot_prove.len == 1);
	close_reading(&r);
	close_reading(&from);
}

Test(source, a_given_key_overrides_the_default)
{
	struct reading from, r;
	const struct source *s = &r.source;

	open_reading(&from, full);
	open_reading(&r,
		"name: a\npath: a.csv\nrole: events\npattern: q\nrecords: q\n"
		"bind: {ts: when}\nlineage: {writes: [o]}\nsystem: q\n"
		"last_per: severity\ncolumns: [k, l]\nheader: true\n"
		"tz: Europe/Madrid\ndate_order: mdy\nyear_pivot: 69\n"
		"null_tokens: []\nencoding: utf-8\ndelimiter: ','\n"
		"quotes: rfc4180\ndedupe: none\n"
		"gaps: [{from: 2026-04-01, to: 2026-04-02}]\n"
		"covers: {from: 1970-01-01, to: 1970-01-02}\n");
	cr_expect(r.diag.items.n == 0);
	source_inherit(&r.a, &r.source, &from.source);
	cr_expect(s->roles == 1u << ROLE_EVENTS);
	cr_expect(str_equal(s->pattern.name, STR("q")));
	cr_expect(str_equal(s->records, STR("q")));
	/* Bindings are overridden one by one, and given ones come first. */
	cr_assert(s->bind.n == 2);
	cr_expect(str_equal(s->bind.at[0].column, STR("when")));
	cr_expect(str_equal(s->bind.at[1].column, STR("who")));
	cr_expect(s->lineage.reads.n == 0 && s->lineage.split == 0);
	cr_expect(str_equal(s->system, STR("q")) && s->columns.n == 2);
	cr_expect(str_equal(s->last_per.name, STR("severity")));
	cr_expect(s->header == HEADER_FIRST_ROW);
	cr_expect(str_equal(s->tz.name, STR("Europe/Madrid")));
	cr_expect(s->zone != from.source.zone);
	cr_expect(s->date_order == DATE_MDY && s->year_pivot == 69);
	cr_expect(s->has_null_tokens && s->null_tokens.n == 0);
	cr_expect(s->encoding == ENCODING_UTF_8 && s->delimiter == ',');
	cr_expect(s->quotes == QUOTES_RFC4180 && s->dedupe == DEDUPE_NONE);
	cr_expect(s->gaps.at[0].from != from.source.gaps.at[0].from);
	cr_expect(s->covers_from == 0 && s->covers_to == 1);
	close_reading(&r);
	close_reading(&from);
}

Test(source, null_words_are_empty_NULL_and_null_unless_given)
{
	struct reading r;

	open_reading(&r, "name: a\npath: a\n");
	cr_expect(source_is_null(&r.source, STR("")));
	cr_expect(source_is_null(&r.source, STR("NULL")));
	cr_expect(source_is_null(&r.source, STR("null")));
	cr_expect(!source_is_null(&r.source, STR("Null")));
	cr_expect(!source_is_null(&r.source, STR("?")));
	cr_expect(!source_is_null(&r.source, STR("0")));
	close_reading(&r);
	open_reading(&r, "name: a\npath: a\nnull_tokens: ['?', N/A]\n");
	cr_expect(source_is_null(&r.source, STR("")));
	cr_expect(source_is_null(&r.source, STR("?")));
	cr_expect(source_is_null(&r.source, STR("N/A")));
	cr_expect(!source_is_null(&r.source, STR("n/a")));
	cr_expect(!source_is_null(&r.source, STR("NULL")));
	close_reading(&r);
	open_reading(&r, "name: a\npath: a\nnull_tokens: []\n");
	cr_expect(source_is_null(&r.source, STR("")));
	cr_expect(!source_is_null(&r.source, STR("NULL")));
	close_reading(&r);
}

Test(source, a_profile_has_neither_name_nor_path)
{
	size_t n;
	const struct yaml_key *keys = source_keys(&n);

	cr_assert(n > 20);
	for (size_t i = 0; i < n; i++)
		cr_expect(!str_equal(keys[i].name, STR("name")) &&
				  !str_equal(keys[i].name, STR("path")) &&
				  !str_equal(keys[i].name, STR("optional")),
			"key %zu", i);
}
