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
	size_t n_syms = intern_count(facts->strings), n = 0;
	uint64_t *counts = arena_array(a, uint64_t, n_syms);
	struct seen *seen;

	for (size_t e = bits_next(rows, 0); e < rows->n;
		e = bits_next(rows, e + 1)) {
		sym value = column == WORD_NONE
				    ? 0
				    : table_sym(&facts->events->cells, column,
					      (row)e);

		n += counts[value]++ == 0;
	}
	seen = arena_array(a, struct seen, n);
	n = 0;
	for (size_t i = 0; i < n_syms; i++)
		if (counts[i])
			seen[n++] = (struct seen) {(sym)i, counts[i],
				intern_get(facts->strings, (sym)i)};
	qsort(seen, n, sizeof(*seen), compare_seen);
	*out = seen;
	return n;
}

struct str miss_values(struct arena *a, const struct facts *facts,
	uint32_t word, const struct bits *rows)
{
	struct arena scratch = {0};
	struct seen *seen;
	uint32_t column = facts_column(facts, word, COLUMN_SYM);
	bool personal = facts->words->words.at[word].personal;
	size_t n = count_values(&scratch, facts, column, rows, &seen);
	struct str text = STR("values seen:");

	if (personal || n == 0) {
		text = arena_print(a, "%zu different values seen", n);
		arena_free(&scratch);
		return text;
	}
	for (size_t i = 0; i < n && i < MISS_VALUES; i++)
		text = arena_print(a, "%.*s%s %.*s (%llu)", STR_ARG(text),
			i ? "," : "",
			STR_ARG(seen[i].value ? seen[i].text : STR("(absent)")),
			(unsigned long long)seen[i].count);
	if (n > MISS_VALUES)
		text = arena_print(
			a, "%.*s, %zu others", STR_ARG(text), n - MISS_VALUES);
	arena_free(&scratch);
	return text;
}

/* The form had rows: which clause of `where` took the last ones away? */
static struct str describe_clause(struct check *check, struct bits *rows)
{
	struct arena scratch = {0};
	const struct facts *facts = check->facts;
	const struct where *where = &check->rule->where;
	struct where_eval *eval = where_eval_new(&scratch, facts, where);
	struct str text = STR("");

	for (size_t i = 0; i < where->n && text.len == 0; i++) {
		const struct clause *clause = &where->at[i];
		const struct word *word = &facts->words->words.at[clause->word];
		struct bits left = bits_new(&scratch, rows->n);
		bool ignored;

		for (size_t e = bits_next(rows, 0); e < rows->n;
			e = bits_next(rows, e + 1))
			if (where_eval_clause(eval, i, (row)e, &ignored) !=
				TRUTH_FALSE)
				bits_add(&left, e);
		if (bits_next(&left, 0) == left.n)
			text = arena_print(check->a,
				"no event has %.*s = %.*s; %.*s",
				STR_ARG(word->name), STR_ARG(clause->text),
				STR_ARG(miss_values(
					check->a, facts, clause->word, rows)));
		*rows = left;
	}
	arena_free(&scratch);
	return text;
}

struct str miss_describe(struct check *check)
{
	const struct facts *facts = check->facts;
	const struct rule *rule = check->rule;
	const struct form *form =
		rule->for_thing ? &check->v->things.at[rule->thing].starts_with
				: &rule->for_each;
	struct bits all = bits_new(check->a, facts->events->n);
	struct bits rows = sets_form(check->sets, check->a, form).rows;

	bits_fill(&all);
	if (form->events.n == 0)
		return arena_print(check->a, "no row has a key of %.*s",
			STR_ARG(check->v->things.at[rule->thing].name));
	if (bits_next(&rows, 0) < rows.n)
		return describe_clause(check, &rows);
	if (facts_column(facts, check->v->event_type, COLUMN_SYM) == WORD_NONE)
		return arena_print(
			check->a, "no row is a %.*s", STR_ARG(form->text));
	return arena_print(check->a,
		"no row is a %.*s; of the event type, %.*s",
		STR_ARG(form->text),
		STR_ARG(miss_values(
			check->a, facts, check->v->event_type, &all)));
}
