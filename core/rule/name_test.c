#include "rule/name.h"

#include <criterion/criterion.h>
#include <string.h>

static const char letters[] =
	"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnop";

Test(name, names_are_lower_case_and_ids_upper_case)
{
	static const struct {
		const char *text;
		bool is_name, is_id;
	} rows[] = {
		{"customer", true, false},
		{"order_id", true, false},
		{"a", true, false},
		{"z9_", true, false},
		{"", false, false},
		{"9a", false, false},
		{"_a", false, false},
		{"order-id", false, false},
		{"order id", false, false},
		{"orderId", false, false},
		{"a.b", false, false},
		{"\u00e4", false, false},
		{"{", false, false},
		{"`", false, false},
		{"TRX-010", false, true},
		{"A", false, true},
		{"Z9-", false, true},
		{"-A", false, false},
		{"9A", false, false},
		{"TRX_010", false, false},
		{"Trx", false, false},
		{"[", false, false},
		{"@", false, false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		cr_expect_eq(name_is_name(str_of(rows[i].text)),
			rows[i].is_name, "row %zu", i);
		cr_expect_eq(name_is_id(str_of(rows[i].text)), rows[i].is_id,
			"row %zu", i);
	}
}

Test(name, names_have_at_most_64_bytes)
{
	cr_expect(name_is_name((struct str) {letters, 64}));
	cr_expect_not(name_is_name((struct str) {letters, 65}));
}

Test(name, keys_of_the_language_have_three_spellings)
{
	static const struct {
		const char *written;
		bool same;
	} rows[] = {
		{"must_be_followed_by", true},
		{"must be followed by", true},
		{"must-be-followed-by", true},
		{"must-be followed_by", true},
		{"mustbefollowedby", false},
		{"Must_be_followed_by", false},
		{"must_be_followed_b", false},
		{"must.be.followed.by", false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_eq(name_is_key(str_of(rows[i].written),
				     STR("must_be_followed_by")),
			rows[i].same, "row %zu", i);
	/* In the name of a key nothing folds. */
	cr_expect_not(name_is_key(STR("a_b"), STR("a b")));
}

static struct yaml_member member(const char *name)
{
	return (struct yaml_member) {
		.key = str_of(name), .key_loc = {1, 2, 3}, .key_span = 4};
}

Test(name, bad_names_are_complained_about_at_their_place)
{
	struct diag diag = {0};
	struct yaml_member good = member("good"), bad = member("Not good");

	cr_expect(name_check(&good, &diag));
	cr_expect_eq(diag.items.n, 0);
	cr_expect_not(name_check(&bad, &diag));
	cr_expect_eq(diag.items.n, 1);
	cr_expect(diag.items.at[0].code == DIAG_BAD_ID);
	cr_expect_eq(diag.items.at[0].loc.line, 2);
	cr_expect_eq(diag.items.at[0].span, 4);
	cr_expect_str_eq(diag.items.at[0].text.s,
		"a name is lower-case letters, digits and '_', beginning with "
		"a letter; found 'Not good'");
	diag_free(&diag);
}

Test(name, shipped_definitions_give_way)
{
	static const struct {
		bool is_shipped, old_is_shipped, replaces;
		size_t complaints;
	} rows[] = {
		{true, true, false, 0},
		{true, false, false, 0},
		{false, true, true, 0},
		{false, false, false, 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct diag diag = {0};
		struct yaml_member m = member("order");

		cr_expect_eq(name_replaces(&m, rows[i].is_shipped,
				     rows[i].old_is_shipped, &diag),
			rows[i].replaces, "row %zu", i);
		cr_expect_eq(diag_count(&diag, DIAG_NAME_CLASH),
			rows[i].complaints, "row %zu", i);
		diag_free(&diag);
	}
}

Test(name, an_unknown_name_comes_with_near_ones)
{
	struct diag diag = {0};
	struct arena a = {0};
	struct str_vec names = {0};
	struct yaml_node node = {
		.text = STR("ordr"), .loc = {1, 5, 6}, .span = 4};

	vec_push(&a, &names, STR("order"));
	vec_push(&a, &names, STR("invoice"));
	name_complain_unknown(&diag, &node, "event", &names);
	names.n = 0;
	name_complain_unknown(&diag, &node, "event", &names);
	cr_assert_eq(diag.items.n, 2);
	cr_expect(diag.items.at[0].code == DIAG_UNKNOWN_WORD);
	cr_expect_eq(diag.items.at[0].loc.col, 6);
	cr_expect_str_eq(diag.items.at[0].text.s, "there is no event 'ordr'");
	cr_expect_str_eq(diag.items.at[0].help.s, "did you mean \"order\"?");
	cr_expect_str_eq(diag.items.at[1].help.s,
		"declare it: `vocabulary: {events: {ordr: {type: ACTION}}}`");
	arena_free(&a);
	diag_free(&diag);
}

Test(name, what_has_no_near_name_is_to_be_declared)
{
	static const struct {
		const char *what, *name, *help;
	} rows[] = {
		{"event", "sent",
			"declare it: `vocabulary: {events: {sent: {type: "
			"ACTION}}}`"},
		{"key or field", "reason",
			"declare it: `vocabulary: {fields: {reason: COLUMN}}`, "
			"or under `keys` if rows with one value belong "
			"together"},
		{"list", "lands",
			"declare it: `vocabulary: {lists: {lands: [VALUE, "
			"VALUE]}}`"},
		/* no name at all */
		{"event", "Sent on", ""},
		{"calendar", "de", ""},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct diag diag = {0};
		struct str_vec names = {0};
		struct yaml_node node = {.text = str_of(rows[i].name)};

		name_complain_unknown(&diag, &node, rows[i].what, &names);
		cr_expect(
			str_equal(diag.items.at[0].help, str_of(rows[i].help)),
			"row %zu", i);
		diag_free(&diag);
	}
}
