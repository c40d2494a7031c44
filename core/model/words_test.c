#include "model/words.h"

#include <criterion/criterion.h>

Test(words, event_fields_are_words_under_their_own_names)
{
	struct arena a = {0};
	struct words words;

	words_init(&words, &a);
	cr_expect(words.words.n == words_n_event_fields);
	cr_expect(words_n_event_fields == 31);
	cr_expect(words.needs.n == 0);
	for (uint32_t i = 0; i < words_n_event_fields; i++) {
		const struct word *word = &words.words.at[i];

		cr_expect(words_find(&words, words_event_fields[i]) == i,
			"row %u", i);
		cr_expect(str_equal(word->name, words_event_fields[i]));
		cr_expect(word->spellings.n == 1 &&
			  str_equal(word->spellings.at[0], word->name));
		cr_expect(word->loc.file == 0 && !word->is_key);
	}
	arena_free(&a);
}

Test(words, unknown_words_are_not_found)
{
	static const char *const names[] = {"", "t", "tsx", "TS", "ts "};
	struct arena a = {0};
	struct words words;

	words_init(&words, &a);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		cr_expect(words_find(&words, str_of(names[i])) == WORD_NONE,
			"row %zu", i);
	arena_free(&a);
}

Test(words, a_declared_word_takes_the_place_of_a_built_in_one)
{
	struct arena a = {0};
	struct words words;
	struct word word = {.name = STR("purpose"), .is_key = true};
	uint32_t old, fresh;

	words_init(&words, &a);
	old = words_find(&words, STR("purpose"));
	cr_expect(words_add(&words, &word) == old);
	cr_expect(words.words.n == words_n_event_fields);
	cr_expect(words.words.at[old].is_key);
	word.name = STR("order_id");
	fresh = words_add(&words, &word);
	cr_expect(fresh == words_n_event_fields);
	cr_expect(words_find(&words, STR("order_id")) == fresh);
	arena_free(&a);
}

Test(words, a_word_in_a_form_is_one_column)
{
	static const struct {
		const char *name;
		enum column_form form;
		const char *user;
		uint32_t column;
	} rows[] = {
		{"action", COLUMN_SYM, "R-1", 0},
		{"ts", COLUMN_TIME, "R-1", 1},
		{"action", COLUMN_SYM, "R-2", 0},
		{"action", COLUMN_PRESENT, "R-2", 2},
		{"action", COLUMN_SYM, "R-1", 0},
		{"ts", COLUMN_SYM, "R-3", 3},
	};
	struct arena a = {0};
	struct words words;
	const struct need *need;

	words_init(&words, &a);
	cr_expect(words_column(&words, STR("action"), COLUMN_SYM) == WORD_NONE);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str name = str_of(rows[i].name);
		uint32_t column =
			i % 2 ? words_need(&words, words_find(&words, name),
					rows[i].form, str_of(rows[i].user))
			      : words_need_field(&words, rows[i].name,
					rows[i].form, str_of(rows[i].user));

		cr_expect(column == rows[i].column, "row %zu", i);
		cr_expect(words_column(&words, name, rows[i].form) == column,
			"row %zu", i);
	}
	cr_expect(words.needs.n == 4);
	need = &words.needs.at[0];
	cr_assert(need->users.n == 2);
	cr_expect(str_equal(need->users.at[0], STR("R-1")));
	cr_expect(str_equal(need->users.at[1], STR("R-2")));
	cr_expect(words_column(&words, STR("ts"), COLUMN_NUMBER) == WORD_NONE);
	cr_expect(words_column(&words, STR("no"), COLUMN_SYM) == WORD_NONE);
	arena_free(&a);
}

Test(words, forms_have_names)
{
	cr_expect_str_eq(words_form_name(COLUMN_SYM), "text");
	cr_expect_str_eq(words_form_name(COLUMN_TIME), "time");
	cr_expect_str_eq(words_form_name(COLUMN_NUMBER), "number");
	cr_expect_str_eq(words_form_name(COLUMN_PRESENT), "presence");
}

Test(words, the_instant_of_a_row_is_called_time_unless_it_is_a_users_word)
{
	struct arena a = {0};
	struct words words;
	struct word own = {.name = STR("ts_utc_ns"), .loc = {1, 2, 3}};
	const struct word *all;

	words_init(&words, &a);
	all = words.words.at;
	cr_expect(str_equal(
		words_plain_name(&all[words_find(&words, STR("ts_utc_ns"))]),
		STR("time")));
	cr_expect(str_equal(
		words_plain_name(&all[words_find(&words, STR("actor_id"))]),
		STR("actor_id")));
	cr_expect(str_equal(words_plain_name(&own), STR("ts_utc_ns")));
	arena_free(&a);
}

/* Enters a word of up to two spellings. */
static void enter(struct words *words, const char *name, const char *first,
	const char *second, bool is_personal)
{
	struct word word = {.name = str_of(name), .personal = is_personal};

	vec_push(words->a, &word.spellings, str_of(first));
	if (second)
		vec_push(words->a, &word.spellings, str_of(second));
	words_add(words, &word);
}

static bool is_personal(const struct words *words, const char *name)
{
	return words->words.at[words_find(words, str_of(name))].personal;
}

Test(words, what_is_read_from_a_personal_column_is_personal)
{
	struct arena a = {0};
	struct words words;

	words_init(&words, &a);
	enter(&words, "customer", "mail", "cust_no", false);
	enter(&words, "order", "order_no", NULL, false);
	enter(&words, "client", "cust_no", NULL, false);
	enter(&words, "email", "mail", NULL, true);
	enter(&words, "buyer", "mail", "buyer_no", false);
	enter(&words, "payer", "buyer_no", NULL, false);
	words_class(&words);
	cr_expect(words_is_personal(&words, STR("mail")));
	cr_expect(is_personal(&words, "customer"));
	/* The other column of the customer is not. */
	cr_expect(!words_is_personal(&words, STR("cust_no")));
	cr_expect(!is_personal(&words, "client"));
	cr_expect(is_personal(&words, "buyer"));
	cr_expect(!is_personal(&words, "payer"));
	cr_expect(!is_personal(&words, "order"));
	cr_expect(!is_personal(&words, "actor_id"));
	/* The actor is the mail, and the outcome is not. */
	words_class_bound(&words, STR("actor_id"), STR("mail"));
	words_class_bound(&words, STR("outcome"), STR("result"));
	cr_expect(is_personal(&words, "actor_id"));
	cr_expect(!is_personal(&words, "outcome"));
	arena_free(&a);
}

Test(words, a_column_that_gives_a_personal_field_is_personal)
{
	struct arena a = {0};
	struct words words;

	words_init(&words, &a);
	enter(&words, "who", "actor_id", NULL, true);
	enter(&words, "clerk", "user_name", NULL, false);
	words_class(&words);
	cr_expect(is_personal(&words, "actor_id"));
	words_class_bound(&words, STR("actor_id"), STR("user_name"));
	cr_expect(is_personal(&words, "clerk"));
	arena_free(&a);
}

Test(words, messages_quote_a_mask_for_what_is_personal)
{
	cr_expect(str_equal(words_quoted(false, STR("x")), STR("x")));
	cr_expect(str_equal(words_quoted(true, STR("x")), STR("•••")));
}
