#include "rule/miss.h"

#include <stdlib.h>

#define MISS_VALUES 5

struct seen {
	sym value;
	uint64_t count;
	struct str text;
};

/* Most frequent first, then by bytes. */
static int compare_seen(const void *left, const void *right)
{
	const struct seen *a = left, *b = right;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return str_compare(a->text, b->text);
}

static size_t count_values(struct arena *a, const struct facts *facts,
	uint32_t column, const struct bits *rows, struct seen **out)
{
	size_t n_syms = symbols_count(facts->strings), n = 0;
	uint64_t *counts = arena_array(a, uint64_t, n_syms);
	struct seen *seen;

	for (size_t e = bits_next(rows, 0); e < rows->n;
		e = bits_next(rows, e + 1))
		n += counts[table_sym(
			     &facts->events->cells, column, (row)e)]++ == 0;
	seen = arena_array(a, struct seen, n);
	n = 0;
	for (size_t i = 0; i < n_syms; i++)
		if (counts[i])
			seen[n++] = (struct seen) {(sym)i, counts[i],
				symbols_get(a, facts->strings, (sym)i)};
	qsort(seen, n, sizeof(*seen), compare_seen);
	*out = seen;
	return n;
}

static struct str list_values(
	struct arena *a, const struct seen *seen, size_t n)
{
	struct str text = STR("values seen:");

	for (size_t i = 0; i < n && i < MISS_VALUES; i++)
		text = arena_print(a, "%.*s%s %.*s (%llu)", STR_ARG(text),
			i ? "," : "",
			STR_ARG(seen[i].value ? seen[i].text : STR("(absent)")),
			(unsigned long long)seen[i].count);
	if (n > MISS_VALUES)
		text = arena_print(
			a, "%.*s, %zu others", STR_ARG(text), n - MISS_VALUES);
	return text;
}

struct str miss_values(struct arena *a, const struct facts *facts,
	uint32_t word, const struct bits *rows)
{
	struct arena scratch = {0};
	struct seen *seen;
	uint32_t column = facts_column(facts, word, COLUMN_SYM);
	struct str text;
	size_t n;

	if (column == WORD_NONE)
		return STR("");
	n = count_values(&scratch, facts, column, rows, &seen);
	if (facts->words->words.at[word].personal || n == 0)
		text = arena_print(a, "%zu different values seen", n);
	else
		text = list_values(a, seen, n);
	arena_free(&scratch);
	return text;
}

/* Which clause of `where` took the last of the rows away; empty if none did. */
static struct str describe_clause(struct check *check, const struct bits *rows)
{
	struct arena scratch = {0};
	const struct facts *facts = check->facts;
	const struct where *where = &check->rule->where;
	struct where_eval *eval = where_eval_new(&scratch, facts, where);
	struct bits before = *rows;
	struct str text = STR(""), values;

	for (size_t i = 0; i < where->n && text.len == 0; i++) {
		const struct clause *clause = &where->at[i];
		const struct word *word = &facts->words->words.at[clause->word];
		struct bits left = bits_new(&scratch, rows->n);
		bool ignored;

		for (size_t e = bits_next(&before, 0); e < before.n;
			e = bits_next(&before, e + 1))
			if (where_eval_clause(eval, i, (row)e, &ignored) !=
				TRUTH_FALSE)
				bits_add(&left, e);
		values = miss_values(check->a, facts, clause->word, &before);
		if (bits_next(&left, 0) == left.n)
			text = arena_print(check->a,
				"no event has %.*s = %.*s%s%.*s",
				STR_ARG(words_plain_name(word)),
				STR_ARG(clause->text), values.len ? "; " : "",
				STR_ARG(values));
		before = left;
	}
	arena_free(&scratch);
	return text;
}

/* Any row could have activated a thing without births. */
static struct str describe_thing(struct check *check, const struct thing *thing)
{
	struct bits rows = sets_live_rows(check->scratch, check->facts);
	struct str text = STR("");

	if (bits_next(&rows, 0) < rows.n)
		text = describe_clause(check, &rows);
	return text.len ? text
			: arena_print(check->a, "no row has a key of %.*s",
				  STR_ARG(thing->name));
}

/* No row is of the form. */
static struct str describe_form(struct check *check, const struct form *form)
{
	struct bits rows = sets_live_rows(check->scratch, check->facts);
	struct str values = miss_values(
		check->a, check->facts, check->v->event_type, &rows);

	return arena_print(check->a, "no row is a %.*s%s%.*s",
		STR_ARG(form->text), values.len ? "; of the event type, " : "",
		STR_ARG(values));
}

struct str miss_describe(struct check *check)
{
	const struct rule *rule = check->rule;
	const struct form *form = &rule->for_each;
	struct bits rows;

	if (rule->for_thing) {
		const struct thing *thing = &check->v->things.at[rule->thing];

		form = &thing->starts_with;
		if (form->events.n == 0)
			return describe_thing(check, thing);
	}
	rows = sets_form(check->sets, check->scratch, form).rows;
	if (bits_next(&rows, 0) == rows.n)
		return describe_form(check, form);
	return describe_clause(check, &rows);
}
