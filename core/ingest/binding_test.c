#include "ingest/binding.h"

#include <criterion/criterion.h>

static struct binding_vec read(
	struct arena *a, const char *text, bool from_profile, struct diag *diag)
{
	const struct yaml_node *map = yaml_parse(a, str_of(text), 1, diag);
	struct binding_vec out = {0};

	cr_assert(map, "%s", text);
	binding_read(a, map, from_profile, &out, diag);
	return out;
}

Test(binding, a_field_has_a_column_a_constant_or_words)
{
	struct arena a = {0};
	struct diag diag = {0};
	struct binding_vec b = read(&a,
		"ts: booked at\n"
		"object_type: {is: order}\n"
		"purpose: {is: ''}\n"
		"action: {column: verb, words: {INS: create, UPD: update}}\n",
		false, &diag);

	cr_expect(diag.items.n == 0);
	cr_assert(b.n == 4);
	cr_expect(str_equal(b.at[0].field, STR("ts")));
	cr_expect(str_equal(b.at[0].column, STR("booked at")));
	cr_expect(!b.at[0].is_constant && !b.at[0].has_words);
	cr_expect(b.at[0].loc.line == 1 && b.at[0].loc.col == 5);
	cr_expect(b.at[0].span == 9);
	cr_expect(b.at[1].is_constant);
	cr_expect(str_equal(b.at[1].constant, STR("order")));
	cr_expect(b.at[1].column.len == 0);
	cr_expect(b.at[2].is_constant && b.at[2].constant.len == 0);
	cr_expect(str_equal(b.at[3].column, STR("verb")));
	cr_assert(b.at[3].has_words && b.at[3].words.n == 2);
	cr_expect(str_equal(b.at[3].words.at[1].raw, STR("UPD")));
	cr_expect(str_equal(b.at[3].words.at[1].word, STR("update")));
	arena_free(&a);
	diag_free(&diag);
}

Test(binding, an_empty_map_of_words_still_maps)
{
	struct arena a = {0};
	struct diag diag = {0};
	struct binding_vec b = read(
		&a, "action: {column: verb, words: {}}\n", true, &diag);

	cr_assert(b.n == 1);
	cr_expect(b.at[0].has_words && b.at[0].words.n == 0);
	cr_expect(b.at[0].from_profile);
	arena_free(&a);
	diag_free(&diag);
}

static const struct {
	const char *text, *said;
	enum diag_code code;
	uint32_t line, col;
} wrong[] = {
	{"ts: [a, b]",
		"'ts' must be bound to a column, {is: TEXT} or {column, words}",
		DIAG_WRONG_TYPE, 1, 5},
	{"ts: {words: {a: b}}",
		"the binding of 'ts' needs either a column or `is`",
		DIAG_MISSING_KEY, 1, 5},
	{"ts: {is: a, column: b}",
		"the binding of 'ts' needs either a column or `is`",
		DIAG_MISSING_KEY, 1, 5},
	{"ts: {colum: b, is: x}", "\"colum\" is not a key of a binding",
		DIAG_UNKNOWN_KEY, 1, 6},
	{"action: {column: verb, words: {a: [b]}}",
		"the word for 'a' must be a text", DIAG_WRONG_TYPE, 1, 35},
	{"action: {column: [v]}",
		"expected a text for \"column\", found a list", DIAG_WRONG_TYPE,
		1, 18},
};

Test(binding, what_is_no_binding_is_complained_about)
{
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct arena a = {0};
		struct diag diag = {0};
		const struct diag_item *item;

		read(&a, wrong[i].text, false, &diag);
		cr_assert(diag.items.n > 0, "row %zu", i);
		item = &diag.items.at[0];
		cr_expect_str_eq(item->text.s, wrong[i].said, "row %zu: %s", i,
			item->text.s);
		cr_expect(item->code == wrong[i].code, "row %zu", i);
		cr_expect(item->loc.line == wrong[i].line &&
				  item->loc.col == wrong[i].col,
			"row %zu: %u:%u", i, item->loc.line, item->loc.col);
		arena_free(&a);
		diag_free(&diag);
	}
}

Test(binding, a_field_is_found_by_its_name)
{
	struct arena a = {0};
	struct diag diag = {0};
	struct binding_vec b = read(&a, "ts: a\nold: b\n", false, &diag);
	struct binding more = {.field = STR("new"), .column = STR("c")};

	binding_add(&a, &b, &more);
	cr_expect(binding_find(&b, STR("ts")) == &b.at[0]);
	cr_expect(binding_find(&b, STR("old")) == &b.at[1]);
	cr_expect(binding_find(&b, STR("new")) == &b.at[2]);
	cr_expect(!binding_find(&b, STR("t")));
	arena_free(&a);
	diag_free(&diag);
}
