#include "ingest/profile.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <stdio.h>

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

static const struct {
	const char *left, *right;
	bool same;
} names[] = {
	{"Case ID", "case_id", true},
	{"AssociatedAdminUnitNames", "associated admin unit names", true},
	{"AssociatedAdminUnitNames", "AssociatedAdminUnitsNames", false},
	{"sys_updated_at", "SysUpdatedAt", true},
	{"__a__", "A", true},
	{" _", "", true},
	{"", "", true},
	{"a", "", false},
	{"ab", "a", false},
	{"a", "a_b", false},
	{"a-b", "ab", false},
	{"Σ Time Spent", "Σtime_spent", true},
	/* Only A to Z fold. */
	{"É", "é", false},
};

Test(profile, names_are_compared_without_case_blanks_and_underscores)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct str left = str_of(names[i].left);
		struct str right = str_of(names[i].right);

		cr_expect(profile_same_name(left, right) == names[i].same,
			"row %zu", i);
		cr_expect(profile_same_name(right, left) == names[i].same,
			"row %zu", i);
	}
}

/* The columns of a header written as "a|b|c". */
static size_t split(const char *text, struct str columns[16])
{
	struct str rest = str_of(text);
	size_t n = 0;

	while (rest.s)
		columns[n++] = str_cut(&rest, '|');
	return n;
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
		struct str columns[16];
		size_t n = split(headers[i].header, columns);

		cr_expect(profile_fits(&s.profiles.at[0], columns, n) ==
				  headers[i].fits,
			"row %zu", i);
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
	struct str columns[16];

	shelf_add(&s, "version: 1\nprofile: sf-elf\n"
		      "needs: [EVENT_TYPE, TIMESTAMP]\n"
		      "needs_one: [REQUEST_ID, TIMESTAMP_DERIVED]\n");
	for (size_t i = 0; i < 2; i++) {
		size_t n = split(yes[i], columns);

		cr_expect(profile_fits(&s.profiles.at[0], columns, n),
			"row %zu", i);
		n = split(no[i], columns);
		cr_expect(!profile_fits(&s.profiles.at[0], columns, n),
			"row %zu", i);
	}
	shelf_free(&s);
}

static const struct {
	const char *name, *header;
	enum column_match match;
	size_t column;
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
		struct str columns[16];
		size_t n = split(columns_of[i].header, columns), column = 99;
		enum column_match match = profile_column(&s.profiles.at[0],
			str_of(columns_of[i].name), columns, n, &column);

		cr_expect(match == columns_of[i].match, "row %zu", i);
		if (match == COLUMN_FOUND)
			cr_expect(column == columns_of[i].column, "row %zu", i);
	}
	shelf_free(&s);
}

/* The slow version: all columns that any spelling names, repeats left out. */
static enum column_match slow_column(
	struct str name, const struct str *columns, size_t n, size_t *column)
{
	struct str spellings[2] = {name, STR("")};
	size_t n_spellings = 2;
	size_t found = 0;

	if (str_equal(name, STR("opened_at")))
		spellings[1] = STR("Opened");
	else if (str_equal(name, STR("number")))
		spellings[1] = STR("Number");
	else
		n_spellings = 1;
	for (size_t i = 0; i < n; i++)
		if (str_equal(columns[i], name)) {
			*column = i;
			return COLUMN_FOUND;
		}
	for (size_t i = 0; i < n; i++) {
		bool fits = false, again = false;

		for (size_t j = 0; j < n_spellings; j++)
			fits |= profile_same_name(columns[i], spellings[j]);
		for (size_t j = 0; j < i; j++)
			again |= str_equal(columns[j], columns[i]);
		if (!fits || again)
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
		"Opened", "opened", "x", "number"};
	struct rng rng = {1};
	struct shelf s = {0};

	shelf_add(&s, servicenow);
	for (int i = 0; i < 20000; i++) {
		struct str columns[4], name = str_of(pool[rng_below(&rng, 7)]);
		size_t n = rng_below(&rng, 5), fast = 0, slow = 0;
		enum column_match match, want;

		for (size_t j = 0; j < n; j++)
			columns[j] = str_of(pool[rng_below(&rng, 7)]);
		match = profile_column(
			&s.profiles.at[0], name, columns, n, &fast);
		want = slow_column(name, columns, n, &slow);
		cr_assert(match == want, "case %d", i);
		if (match == COLUMN_FOUND)
			cr_assert(fast == slow, "case %d", i);
	}
	shelf_free(&s);
}
