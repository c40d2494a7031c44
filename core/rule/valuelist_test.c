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
		{"vocabulary: {lists: {eea: {fil: x}}}",
			"1:27+1 wrong-type a list is [values] or {file: "
			"NAME}\n"},
		{"vocabulary: {lists: {eea: {file: lists/eea.txt, x: y}}}",
			"1:27+1 wrong-type a list is [values] or {file: "
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

Test(valuelist, two_lists_of_one_name_are_a_clash)
{
	struct sample s;

	sample_open(&s);
	sample_declare(&s, "vocabulary: {lists: {l: [a]}}", false);
	sample_declare(&s, "vocabulary: {lists: {l: [b]}}", false);
	sample_finish(&s);
	cr_expect_str_eq(sample_complaints(&s),
		"1:22+1 name-clash 'l' is already defined in another place\n");
	cr_expect_str_eq(tell(&s, "l"), "<a>");
	sample_free(&s);
}
