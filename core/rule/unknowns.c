#include "rule/unknowns.h"

#include "format/timestamp.h"

/* By file and line; of the events that one row makes, the first. */
static bool stands_before(const struct event_table *events, row a, row b)
{
	if (events->file[a] != events->file[b])
		return events->file[a] < events->file[b];
	if (events->line[a] != events->line[b])
		return events->line[a] < events->line[b];
	return a < b;
}

void unknowns_add(
	struct unknowns *unknowns, const struct event_table *events, row event)
{
	uint32_t i = unknowns->n;

	unknowns->count++;
	if (i == UNKNOWN_ROWS &&
		!stands_before(events, event, unknowns->rows[i - 1]))
		return;
	if (i < UNKNOWN_ROWS)
		unknowns->n++;
	else
		i--;
	for (; i > 0 && stands_before(events, event, unknowns->rows[i - 1]);
		i--)
		unknowns->rows[i] = unknowns->rows[i - 1];
	unknowns->rows[i] = event;
}

/* ---- why ---- */

struct teller {
	struct arena *a;
	const struct facts *facts;
	const struct rule *rule;
	const struct outcome *outcome;
	struct str names; /* "purpose, case" */
};

static void add_name(struct teller *t, uint32_t number)
{
	struct str name = words_plain_name(&t->facts->words->words.at[number]);
	struct str rest = t->names;

	while (rest.len)
		if (str_equal(str_trim(str_cut(&rest, ',')), name))
			return;
	t->names = arena_print(t->a, "%.*s%s%.*s", STR_ARG(t->names),
		t->names.len ? ", " : "", STR_ARG(name));
}

static void add_names(struct teller *t, const struct number_vec *words)
{
	for (size_t i = 0; i < words->n; i++)
		add_name(t, words->at[i]);
}

static void add_clauses(struct teller *t, const struct where *where)
{
	for (size_t i = 0; i < where->n; i++)
		add_name(t, where->at[i].word);
}

/* The fields of `where` and `unless`, and those that the shape reads as
   numbers or times. */
static struct str why_unreadable(struct teller *t)
{
	const struct rule *rule = t->rule;

	add_clauses(t, &rule->where);
	add_clauses(t, &rule->unless_where);
	for (size_t i = 0; i < rule->uses.n; i++)
		if (rule->uses.at[i].word != WORD_NONE &&
			(rule->uses.at[i].column == COLUMN_NUMBER ||
				rule->uses.at[i].column == COLUMN_TIME))
			add_name(t, rule->uses.at[i].word);
	return arena_print(t->a,
		"a value of %.*s cannot be read as the rule needs it",
		STR_ARG(t->names));
}

static struct str why_no_key(struct teller *t)
{
	const struct number_vec *same = &t->rule->same;

	add_names(t, same->n ? same : &t->outcome->key_words);
	return arena_print(
		t->a, "the row has no value for %.*s", STR_ARG(t->names));
}

static struct str why_no_time(struct teller *t)
{
	if (t->rule->starting_from == WORD_NONE)
		return STR("the row has no readable time");
	add_name(t, t->rule->starting_from);
	return arena_print(t->a,
		"the row has no readable time, or none in %.*s",
		STR_ARG(t->names));
}

static struct str why_untimed(struct teller *t)
{
	(void)t;
	return STR("a row without a readable time could be the one that "
		   "decides");
}

static struct str why_before_log(struct teller *t)
{
	char buffer[40];

	return arena_print(t->a,
		"what is missing may lie before the log, which begins at %.*s",
		STR_ARG(timestamp_print(t->outcome->log_start, buffer)));
}

static struct str (*const tellers[REASON_N])(struct teller *t) = {
	[REASON_UNREADABLE] = why_unreadable,
	[REASON_NO_KEY] = why_no_key,
	[REASON_NO_TIME] = why_no_time,
	[REASON_UNTIMED] = why_untimed,
	[REASON_BEFORE_LOG_START] = why_before_log,
};

/* ---- the list ---- */

static void fill_places(struct arena *a, const struct facts *facts,
	const struct unknowns *unknowns, struct unknown_reason *out)
{
	struct place *places = arena_array(a, struct place, unknowns->n);

	for (uint32_t i = 0; i < unknowns->n; i++) {
		struct loc loc = facts_place(facts, unknowns->rows[i]);

		places[i] = (struct place) {
			files_path(facts->files, loc.file), loc.line};
	}
	out->places = places;
	out->n_places = unknowns->n;
}

const struct unknown_reason *unknowns_list(struct arena *a,
	const struct facts *facts, const struct rule *rule,
	const struct outcome *outcome, size_t *n)
{
	struct unknown_reason *list = arena_array(
		a, struct unknown_reason, REASON_N);

	*n = 0;
	for (size_t i = 0; i < REASON_N; i++) {
		const struct unknowns *unknowns = &outcome->unknowns[i];
		struct teller teller = {a, facts, rule, outcome, {0}};

		if (unknowns->count == 0)
			continue;
		list[*n].reason = (enum reason)i;
		list[*n].count = unknowns->count;
		if (tellers[i])
			list[*n].why = tellers[i](&teller);
		fill_places(a, facts, unknowns, &list[(*n)++]);
	}
	return list;
}
