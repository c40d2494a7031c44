#include "ingest/profile.h"

#include "base/rng.h"

#include <criterion/criterion.h>

struct shelf {
	struct arena a;
	struct zones zones;
	struct diag diag;
	struct profiles profiles;
};

static void shelf_add(struct shelf *s, const char *text)
{
	const struct yaml_node *root;

	s->zones.a = &s->a;
	root = yaml_parse(&s->a, str_of(text), 1, &s->diag);
	cr_assert(root, "%s", text);
	profile_read(&s->a, &s->zones, root, &s->profiles, &s->diag);
}

static void shelf_free(struct shelf *s)
{
	diag_free(&s->diag);
	arena_free(&s->a);
}

/* The example of lineal-config(5). */
static const char servicenow[] =
	"version: 1\n"
	"profile: servicenow-incident\n"
	"needs: [number, incident_state, opened_at]\n"
	"aliases: {number: [Number], incident_state: [State], opened_at: "
	"[Opened], resolved_at: [Resolved]}\n"
	"role: incidents\n"
	"last_per: incident_id\n"
	"tz: UTC\n"
	"null_tokens: [\"\", \"?\"]\n"
	"bind:\n"
	"  ts: sys_updated_at\n"
	"  object_type: {is: incident}\n"
	"  incident_id: number\n"
	"  counter: sys_mod_count\n"
	"vocabulary: servicenow\n"
	"proves: each update that the platform wrote, by whom and when\n"
	"cannot_prove: incidents nobody opened; the true start\n";

Test(profile, a_profile_is_the_keys_of_a_source_and_what_it_needs)
{
	struct shelf s = {0};
	const struct profile *p;

	shelf_add(&s, servicenow);
	cr_expect(s.diag.items.n == 0);
	cr_assert(s.profiles.n == 1);
	p = &s.profiles.at[0];
	cr_expect(str_equal(p->name, STR("servicenow-incident")));
	cr_expect(p->needs.n == 3 && p->needs_one.n == 0);
	cr_assert(p->aliases.n == 4);
	cr_expect(str_equal(p->aliases.at[1].name, STR("incident_state")));
	cr_expect(str_equal(p->aliases.at[1].spellings.at[0], STR("State")));
	cr_expect(str_equal(p->vocabulary, STR("servicenow")));
	cr_expect(p->defaults.roles == 1u << ROLE_INCIDENTS);
	cr_expect(str_equal(p->defaults.last_per.name, STR("incident_id")));
	cr_expect(p->defaults.zone && p->defaults.null_tokens.n == 2);
	cr_assert(p->defaults.bind.n == 4);
	cr_expect(p->defaults.bind.at[0].from_profile);
	cr_expect(str_has_prefix(p->defaults.proves, STR("each update")));
	cr_expect(str_has_prefix(p->defaults.cannot_prove, STR("incidents")));
	shelf_free(&s);
}

static const struct {
	const char *text;
	enum diag_code code;
	const char *said;
} wrong[] = {
	{"version: 2\nprofile: a\nneeds: [x]", DIAG_BAD_VERSION,
		"version must be 1; found '2'"},
	{"profile: a\nneeds: [x]", DIAG_MISSING_KEY,
		"a profile lacks the key \"version\""},
	{"version: 1\nneeds: [x]", DIAG_MISSING_KEY,
		"a profile lacks the key \"profile\""},
	{"version: 1\nprofile: a", DIAG_MISSING_KEY,
		"a profile lacks the key \"needs\""},
	{"version: 1\nprofile: a\nneeds: [x]\npath: a.csv", DIAG_UNKNOWN_KEY,
		"\"path\" is not a key of a profile"},
	{"version: 1\nprofile: a\nneeds: [x]\nname: a", DIAG_UNKNOWN_KEY,
		"\"name\" is not a key of a profile"},
	{"version: 1\nprofile: a\nneeds: [x]\naliases: {x: {y: z}}",
		DIAG_WRONG_TYPE, "the spellings of 'x' must be texts"},
	{"version: 1\nprofile: a\nneeds: [x]\naliases: {x: [y, [z]]}",
		DIAG_WRONG_TYPE, "the spellings of 'x' must be texts"},
	{"version: 1\nprofile: a\nneeds: [x]\ntz: Nowhere", DIAG_BAD_ZONE,
		"'Nowhere' is not a time zone of this system"},
};

Test(profile, what_is_wrong_is_said)
{
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct shelf s = {0};

		shelf_add(&s, wrong[i].text);
		cr_assert(s.diag.items.n == 1, "row %zu", i);
		cr_expect(
			s.diag.items.at[0].code == wrong[i].code, "row %zu", i);
		cr_expect_str_eq(s.diag.items.at[0].text.s, wrong[i].said,
			"row %zu: %s", i, s.diag.items.at[0].text.s);
		shelf_free(&s);
	}
}

Test(profile, a_profile_is_found_by_its_name)
{
	struct shelf s = {0};

	shelf_add(&s, "version: 1\nprofile: a\nneeds: [x]");
	shelf_add(&s, "version: 1\nprofile: ab\nneeds: [y]");
	cr_expect(profile_find(&s.profiles, STR("ab")) == &s.profiles.at[1]);
	cr_expect(profile_find(&s.profiles, STR("a")) == &s.profiles.at[0]);
	cr_expect(!profile_find(&s.profiles, STR("b")));
	shelf_free(&s);
}

/* The columns of a header written as "a|b|c". */
static struct columns split(const char *text)
{
	struct columns columns = {0};
	struct str rest = str_of(text);

	while (rest.s)
		columns_add(&columns, str_cut(&rest, '|'));
	return columns;
}

static const struct {
	const char *header;
	bool fits;
} headers[] = {
	{"number|incident_state|opened_at", true},
	{"Number|State|Opened", true},
	{"x|Opened At|INCIDENT STATE|y|nUmBeR", true},
	/* An alias counts for its own name only. */
	{"number|incident_state|Resolved", false},
	{"number|incident_state", false},
	{"number|incident_state|opened", true},
	{"number|incident_state|opened_at2", false},
	{"", false},
};

Test(profile, a_header_fits_if_it_has_all_that_is_needed)
{
	struct shelf s = {0};

	shelf_add(&s, servicenow);
	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++) {
		struct columns columns = split(headers[i].header);

		cr_expect(profile_fits(&s.profiles.at[0], &columns) ==
				  headers[i].fits,
			"row %zu", i);
		columns_free(&columns);
	}
	shelf_free(&s);
}

Test(profile, one_of_needs_one_must_be_there)
{
	static const char *const yes[] = {"EVENT_TYPE|TIMESTAMP|REQUEST_ID",
		"EVENT_TYPE|TIMESTAMP|TIMESTAMP_DERIVED"};
	static const char *const no[] = {"EVENT_TYPE|TIMESTAMP",
		"REQUEST_ID|TIMESTAMP_DERIVED|TIMESTAMP"};
	struct shelf s = {0};

	shelf_add(&s, "version: 1\nprofile: sf-elf\n"
		      "needs: [EVENT_TYPE, TIMESTAMP]\n"
		      "needs_one: [REQUEST_ID, TIMESTAMP_DERIVED]\n");
	for (size_t i = 0; i < 2; i++) {
		struct columns columns = split(yes[i]);

		cr_expect(profile_fits(&s.profiles.at[0], &columns), "row %zu",
			i);
		columns_free(&columns);
		columns = split(no[i]);
		cr_expect(!profile_fits(&s.profiles.at[0], &columns), "row %zu",
			i);
		columns_free(&columns);
	}
	shelf_free(&s);
}

static const struct {
	const char *name, *header;
	enum column_match match;
	uint32_t column;
} columns_of[] = {
	{"number", "x|number", COLUMN_FOUND, 1},
	{"number", "x|NUMBER", COLUMN_FOUND, 1},
	{"number", "x|Number", COLUMN_FOUND, 1},
	{"number", "x|y", COLUMN_NOT_FOUND, 0},
	/* The exact name wins over all others. */
	{"number", "Number|number|NUMBER", COLUMN_FOUND, 1},
	/* A repeated name is one column, many-valued. */
	{"number", "Number|x|Number", COLUMN_FOUND, 0},
	{"number", "NUMBER|Number", COLUMN_TWICE, 0},
	{"opened_at", "Opened|Opened At", COLUMN_TWICE, 0},
	{"opened_at", "x|Opened", COLUMN_FOUND, 1},
	{"Opened", "opened_at", COLUMN_NOT_FOUND, 0},
};

Test(profile, a_column_is_found_by_exact_then_folded_name_or_alias)
{
	struct shelf s = {0};

	shelf_add(&s, servicenow);
	for (size_t i = 0; i < sizeof(columns_of) / sizeof(*columns_of); i++) {
		struct columns columns = split(columns_of[i].header);
		uint32_t column = 99;
		enum column_match match = profile_column(&s.profiles.at[0],
			str_of(columns_of[i].name), &columns, &column);

		cr_expect(match == columns_of[i].match, "row %zu", i);
		if (match == COLUMN_FOUND)
			cr_expect(column == columns_of[i].column, "row %zu", i);
		columns_free(&columns);
	}
	shelf_free(&s);
}

/* The slow version: all columns that any spelling names, repeats left out. */
static enum column_match slow_column(
	struct str name, const struct str_vec *columns, uint32_t *column)
{
	struct str spelling = str_equal(name, STR("opened_at")) ? STR("Opened")
			      : str_equal(name, STR("number"))  ? STR("Number")
								: name;
	size_t found = 0;

	for (uint32_t i = 0; i < columns->n; i++)
		if (str_equal(columns->at[i], name)) {
			*column = i;
			return COLUMN_FOUND;
		}
	for (uint32_t i = 0; i < columns->n; i++) {
		bool fits = columns_same_name(columns->at[i], name) ||
			    columns_same_name(columns->at[i], spelling);

		for (uint32_t j = 0; j < i; j++)
			fits &= !str_equal(columns->at[j], columns->at[i]);
		if (!fits)
			continue;
		found++;
		*column = i;
	}
	return found == 0   ? COLUMN_NOT_FOUND
	       : found == 1 ? COLUMN_FOUND
			    : COLUMN_TWICE;
}

/* Property: a column is found as by comparing every spelling with every
   column. */
Test(profile, finding_a_column_agrees_with_the_slow_version)
{
	static const char *const pool[] = {"opened_at", "Opened At", "OPENED",
		"Opened", "opened", "x", "number", "Number", "_"};
	struct rng rng = {1};
	struct shelf s = {0};

	shelf_add(&s, servicenow);
	for (int i = 0; i < 20000; i++) {
		struct columns columns = {0};
		struct str name = str_of(pool[rng_below(&rng, 9)]);
		size_t n = rng_below(&rng, 5);
		uint32_t fast = 0, slow = 0;
		enum column_match match;

		for (size_t j = 0; j < n; j++)
			columns_add(&columns, str_of(pool[rng_below(&rng, 9)]));
		match = profile_column(
			&s.profiles.at[0], name, &columns, &fast);
		cr_assert(match == slow_column(name, &columns.names, &slow),
			"case %d", i);
		cr_assert(match != COLUMN_FOUND || fast == slow, "case %d", i);
		columns_free(&columns);
	}
	shelf_free(&s);
}

Test(profile, it_mentions_what_it_needs_and_what_has_aliases)
{
	struct shelf s = {0};

	shelf_add(&s, servicenow);
	cr_expect(profile_mentions(&s.profiles.at[0], STR("opened_at")));
	cr_expect(profile_mentions(&s.profiles.at[0], STR("resolved_at")));
	cr_expect(!profile_mentions(&s.profiles.at[0], STR("Opened")));
	cr_expect(!profile_mentions(&s.profiles.at[0], STR("actor_id")));
	shelf_free(&s);
}
