#include "rule/valuelist.h"

#include "sample_p.h"

#include <criterion/criterion.h>

/* The values of a list as "<a><b>"; "-" if there is none. */
static const char *tell(struct sample *s, const char *name)
{
	struct str out = STR("");

	for (size_t i = 0; i < s->v.lists.n; i++) {
		const struct value_list *list = &s->v.lists.at[i];

		if (!str_equal(list->name, str_of(name)))
			continue;
		for (size_t j = 0; j < list->values.n; j++)
			out = arena_print(&s->a, "%.*s<%.*s>", STR_ARG(out),
				STR_ARG(list->values.at[j]));
		return out.s;
	}
	return "-";
}

Test(valuelist, values_stand_inline_or_in_a_file)
{
	struct sample s;

	sample_read(&s, "vocabulary:\n"
			"  lists:\n"
			"    own_brands: [Norda, ' Alba ']\n"
			"    single: x\n"
			"    none: []\n"
			"    eea: {file: lists/eea.txt}\n");
	cr_expect_str_eq(sample_complaints(&s), "");
	cr_expect_str_eq(tell(&s, "own_brands"), "<Norda><Alba>");
	cr_expect_str_eq(tell(&s, "single"), "<x>");
	cr_expect_str_eq(tell(&s, "none"), "");
	/* Comments, empty lines, CR LF and blanks are no values. */
	cr_expect_str_eq(tell(&s, "eea"), "<IS><NO><LI>");
	cr_expect_str_eq(tell(&s, "others"), "-");
	sample_free(&s);
}

Test(valuelist, what_is_no_list_is_refused)
{
	static const struct {
		const char *text, *complaints;
	} rows[] = {
		{"vocabulary: {lists: {eea: {file: lists/eu.txt}}}",
			"1:34+12 unreadable-file there is no file "
			"'lists/eu.txt'\n"},
		{"vocabulary: {lists: {eea: {file: ../eu.txt}}}",
			"1:34+9 outside-directory '../eu.txt' lies outside\n"},
		{"vocabulary: {lists: {eea: {fil: x}}}",
			"1:27+1 missing-key a list of values lacks the key "
			"\"file\"\n"
			"1:28+3 unknown-key \"fil\" is not a key of a list of "
			"values; did you mean \"file\"?\n"},
		{"vocabulary: {lists: {eea: {file: [lists/eea.txt]}}}",
			"1:34+1 wrong-type expected a text for \"file\", "
			"found a list\n"},
		{"vocabulary: {lists: {eea: [IS, [NO], {LI: 1}]}}",
			"1:32+1 wrong-type a list is [texts] or {file: "
			"NAME}\n"
			"1:38+1 wrong-type a list is [texts] or {file: "
			"NAME}\n"},
		{"vocabulary: {lists: {EEA: [IS]}}",
			"1:22+3 bad-id a name is lower-case letters, digits "
			"and '_', beginning with a letter; found 'EEA'\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;

		sample_read(&s, rows[i].text);
		cr_expect_str_eq(sample_complaints(&s), rows[i].complaints,
			"row %zu", i);
		sample_free(&s);
	}
}

Test(valuelist, a_list_of_the_users_replaces_a_shipped_one)
{
	static const struct {
		bool first_shipped, second_shipped;
		const char *is, *complaints;
	} rows[] = {
		{true, false, "<b>", ""},
		{false, true, "<a>", ""},
		{false, false, "<a>",
			"1:22+1 name-clash 'l' is already defined in another "
			"place\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;

		sample_open(&s);
		sample_declare(&s, "vocabulary: {lists: {l: [a]}}",
			rows[i].first_shipped);
		sample_declare(&s, "vocabulary: {lists: {l: [b]}}",
			rows[i].second_shipped);
		sample_finish(&s);
		cr_expect_str_eq(tell(&s, "l"), rows[i].is, "row %zu", i);
		cr_expect_str_eq(sample_complaints(&s), rows[i].complaints,
			"row %zu", i);
		sample_free(&s);
	}
}
