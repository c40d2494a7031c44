#include "rule/field.h"

#include "sample_p.h"

#include <criterion/criterion.h>

/* A word as "column,column split:; personal ignore_case"; "-" if there is
   none. */
static const char *tell(struct sample *s, const char *name)
{
	uint32_t number = words_find(&s->words, str_of(name));
	const struct word *word;
	struct str out = STR("");

	if (number == WORD_NONE)
		return "-";
	word = &s->words.words.at[number];
	for (size_t i = 0; i < word->spellings.n; i++)
		out = arena_print(&s->a, "%.*s%s%.*s", STR_ARG(out),
			i ? "," : "", STR_ARG(word->spellings.at[i]));
	if (word->split)
		out = arena_print(
			&s->a, "%.*s split:%c", STR_ARG(out), word->split);
	return arena_print(&s->a, "%.*s%s%s%s", STR_ARG(out),
		word->is_key ? " key" : "", word->personal ? " personal" : "",
		word->ignore_case ? " ignore_case" : "")
		.s;
}

Test(field, keys_and_fields_name_their_columns)
{
	static const struct {
		const char *name, *says;
	} rows[] = {
		{"customer", "customer_id,cust_no,contact.id key"},
		{"order_id", "order_no key"},
		{"party", "parties split:; key"},
		{"risk", "risk,risk_class"},
		{"email", "email personal ignore_case"},
		{"labels", "a,b split:|"},
		/* The fields of every event are words by themselves. */
		{"action", "action"},
		{"model_version", "model_version"},
		{"nothing", "-"},
	};
	struct sample s;

	sample_read(&s, "vocabulary:\n"
			"  keys:\n"
			"    customer: [customer_id, cust_no, contact.id]\n"
			"    order_id: order_no\n"
			"    party: {columns: parties, split: \";\"}\n"
			"  fields:\n"
			"    risk: [risk, risk_class]\n"
			"    email: {columns: [email], personal: true, "
			"ignore case: true}\n"
			"    labels: {columns: [a, b], split: \"|\", "
			"personal: false}\n");
	cr_expect_str_eq(sample_complaints(&s), "");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_str_eq(
			tell(&s, rows[i].name), rows[i].says, "row %zu", i);
	sample_free(&s);
}

Test(field, defaults_rename_the_columns_of_every_event)
{
	struct sample s;

	sample_read(&s, "vocabulary: {time: booked_at, event_id: entry_id, "
			"actor: user_id, on behalf of: acting_for}\n");
	cr_expect_str_eq(sample_complaints(&s), "");
	cr_expect_str_eq(tell(&s, "ts"), "booked_at");
	cr_expect_str_eq(tell(&s, "event_id"), "entry_id");
	cr_expect_str_eq(tell(&s, "actor_id"), "user_id");
	cr_expect_str_eq(tell(&s, "on_behalf_of"), "acting_for");
	cr_expect(s.v.event_type == words_find(&s.words, STR("action")));
	sample_free(&s);
}

Test(field, the_type_of_an_event_may_stand_in_another_column)
{
	struct sample s;

	sample_read(&s, "vocabulary: {event_type: kind}\n");
	cr_expect_str_eq(tell(&s, "event_type"), "kind");
	cr_expect(s.v.event_type == words_find(&s.words, STR("event_type")));
	cr_expect_str_eq(tell(&s, "action"), "action");
	sample_free(&s);
}

Test(field, what_is_no_word_is_refused)
{
	static const struct {
		const char *text, *complaints;
	} rows[] = {
		{"vocabulary: {keys: {Customer: c}}",
			"1:21+8 bad-id a name is lower-case letters, digits "
			"and '_', beginning with a letter; found "
			"'Customer'\n"},
		{"vocabulary: {fields: {risk: {split: \";\"}}}",
			"1:29+1 missing-key the definition of a word lacks "
			"the key \"columns\"\n"},
		{"vocabulary: {keys: {customer: {columns: c, personal: "
		 "true}}}",
			"1:44+8 unknown-key \"personal\" is not a key of the "
			"definition of a word\n"},
		{"vocabulary: {keys: {customer: [c, {d: e}, [f]]}}",
			"1:35+1 wrong-type expected texts for \"columns\", "
			"found a map\n"
			"1:43+1 wrong-type expected texts for \"columns\", "
			"found a list\n"},
		{"vocabulary: {fields: {risk: []}}",
			"1:29+1 empty-value expected the name of a column, "
			"found an empty list\n"},
		{"vocabulary: {fields: {risk: {columns: []}}}",
			"1:39+1 empty-value expected the name of a column, "
			"found an empty list\n"},
		{"vocabulary: {fields: {risk: {columns: r, split: ab}}}",
			"1:49+2 wrong-type `split` must be one byte; found "
			"'ab'\n"},
		{"vocabulary: {fields: {risk: {columns: r, personal: "
		 "yes}}}",
			"1:52+3 unknown-value expected true or false, found "
			"'yes'\n"},
		{"vocabulary: {fields: {risk: {columns: r, personel: "
		 "true}}}",
			"1:42+8 unknown-key \"personel\" is not a key of the "
			"definition of a word; did you mean \"personal\"?\n"},
		{"vocabulary: {fields: [risk]}",
			"1:22+1 wrong-type expected a map for \"fields\", "
			"found a list\n"},
		{"vocabulary: {time: [a, b]}",
			"1:20+1 wrong-type expected a text for \"time\", "
			"found a list\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;

		sample_read(&s, rows[i].text);
		cr_expect_str_eq(sample_complaints(&s), rows[i].complaints,
			"row %zu", i);
		sample_free(&s);
	}
}

/* Reads two files; what the word `w` is afterwards, and what is wrong. */
static void expect_two(const char *first, bool first_shipped,
	const char *second, bool second_shipped, const char *says,
	const char *complaints)
{
	struct sample s;

	sample_open(&s);
	sample_declare(&s, first, first_shipped);
	sample_declare(&s, second, second_shipped);
	sample_finish(&s);
	cr_expect_str_eq(tell(&s, "w"), says, "%s, %s", first, second);
	cr_expect_str_eq(
		sample_complaints(&s), complaints, "%s, %s", first, second);
	sample_free(&s);
}

Test(field, a_name_of_the_users_replaces_a_shipped_one)
{
	const char *a = "vocabulary: {keys: {w: a}}";
	const char *b = "vocabulary: {fields: {w: b}}";
	const char *clash = "1:23+1 name-clash 'w' is already defined in "
			    "another place\n";

	expect_two(a, true, b, false, "b", "");
	expect_two(a, false, b, true, "a key", "");
	expect_two(a, true, b, true, "a key", "");
	expect_two(a, false, b, false, "a key", clash);
}

Test(field, two_defaults_of_the_users_may_not_differ)
{
	static const struct {
		const char *second;
		bool first_shipped, second_shipped;
		const char *is, *complaints;
	} rows[] = {
		{"actor: b", false, false, "a",
			"1:21+1 name-clash `actor` is already 'a' in another "
			"place\n"},
		{"actor: a", false, false, "a", ""},
		{"actor: b", true, false, "b", ""},
		{"actor: b", false, true, "a", ""},
		{"fields: {actor_id: b}", false, false, "a",
			"1:23+8 name-clash 'actor_id' is already defined in "
			"another place\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;

		sample_open(&s);
		sample_declare(
			&s, "vocabulary: {actor: a}", rows[i].first_shipped);
		sample_declare(&s,
			arena_print(&s.a, "vocabulary: {%s}", rows[i].second).s,
			rows[i].second_shipped);
		sample_finish(&s);
		cr_expect_str_eq(
			tell(&s, "actor_id"), rows[i].is, "row %zu", i);
		cr_expect_str_eq(sample_complaints(&s), rows[i].complaints,
			"row %zu", i);
		sample_free(&s);
	}
}
