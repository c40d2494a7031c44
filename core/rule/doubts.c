#include "rule/doubts.h"

#include "format/timestamp.h"
#include "rule/evaluate.h"
#include "rule/miss.h"

struct teller {
	struct arena a;
	const struct facts *facts;
	const struct rule *rule;
	const struct outcome *outcome;
	struct diag *diag;
};

static void complain_rule(struct teller *t, enum diag_code code, struct str why)
{
	struct yaml_node node = {.loc = t->rule->loc, .span = t->rule->span};

	yaml_complain(t->diag, code, &node, "rule %.*s: %.*s",
		STR_ARG(t->rule->id), STR_ARG(why));
}

/* ---- years without holidays ---- */

static void tell_holidays(struct teller *t)
{
	const struct holidays *holidays = &t->rule->calendar->holidays;
	char buffer[40];
	struct str day;

	if (!t->outcome->lacks_holidays)
		return;
	day = str_slice(
		timestamp_print(t->outcome->without_holidays, buffer), 0, 10);
	complain_rule(t, DIAG_HOLIDAYS,
		arena_print(&t->a,
			"its calendar knows the holidays of %lld to %lld, but "
			"not of %.*s; such periods may end too early",
			(long long)holidays->first_year,
			(long long)holidays->last_year, STR_ARG(day)));
}

/* ---- values that are nowhere ---- */

/* The test says which texts the field may have. */
static bool names_values(const struct teller *t, const struct clause *clause)
{
	return clause->test->kind == TEST_EQUALS && !clause->test->negated &&
	       facts_column(t->facts, clause->word, COLUMN_SYM) != WORD_NONE;
}

static bool is_seen(const struct teller *t, const struct clause *clause)
{
	struct arena scratch = {0};
	struct clause only = *clause;
	struct where where = {&only, 1, 0};
	struct where_eval *eval = where_eval_new(&scratch, t->facts, &where);
	size_t n = t->facts->events->n;
	bool seen = false;

	for (size_t w = 0; w * 64 < n && !seen; w++) {
		size_t left = n - w * 64;
		struct truths found = where_eval_word(eval, w,
			left < 64 ? ((uint64_t)1 << left) - 1 : UINT64_MAX);

		for (uint64_t rest = found.yes | found.undecided; rest && !seen;
			rest &= rest - 1)
			seen = facts_is_live(t->facts,
				(row)(w * 64 + (size_t)__builtin_ctzll(rest)));
	}
	arena_free(&scratch);
	return seen;
}

/* Rules share the events of the vocabulary, and so their tests. */
static bool is_told(const struct teller *t, struct loc loc)
{
	for (size_t i = 0; i < t->diag->items.n; i++) {
		const struct diag_item *item = &t->diag->items.at[i];

		if (item->code == DIAG_NEVER_MATCHES &&
			item->loc.file == loc.file &&
			item->loc.line == loc.line && item->loc.col == loc.col)
			return true;
	}
	return false;
}

static void tell_unseen(struct teller *t, const struct where *where)
{
	for (size_t i = 0; i < where->n; i++) {
		const struct clause *clause = &where->at[i];
		const struct word *word =
			&t->facts->words->words.at[clause->word];
		struct yaml_node node = {
			.loc = clause->loc, .span = clause->span};
		struct bits rows;

		if (!names_values(t, clause) || is_told(t, clause->loc) ||
			is_seen(t, clause))
			continue;
		rows = sets_live_rows(&t->a, t->facts);
		diag_help(t->diag,
			yaml_complain(t->diag, DIAG_NEVER_MATCHES, &node,
				"no event in this log has %.*s = %.*s",
				STR_ARG(words_plain_name(word)),
				STR_ARG(clause->text)),
			miss_values(&t->a, t->facts, clause->word, &rows));
	}
}

/* What the rule asks for; an exception need not occur. */
static void tell_values(struct teller *t)
{
	tell_unseen(t, &t->rule->where);
	for (size_t i = 0; i < t->rule->uses.n; i++)
		if (t->rule->uses.at[i].word == WORD_NONE)
			tell_unseen(t, &t->rule->uses.at[i].form.where);
}

static void tell_rule(struct teller *t)
{
	if (t->outcome->not_evaluable)
		complain_rule(t, DIAG_NOT_EVALUABLE, t->outcome->why);
	else if (evaluate_never_matched(t->rule, t->outcome))
		complain_rule(t, DIAG_NEVER_MATCHED, t->outcome->why);
	else
		tell_values(t);
	tell_holidays(t);
}

void doubts_tell(const struct facts *facts, const struct rules *rules,
	const struct outcome *outcomes, struct diag *diag)
{
	struct teller teller = {.facts = facts, .diag = diag};

	for (size_t i = 0; i < rules->n; i++) {
		teller.rule = &rules->at[i];
		teller.outcome = &outcomes[i];
		if (!teller.rule->shipped &&
			teller.rule->status != RULE_DEPRECATED)
			tell_rule(&teller);
	}
	arena_free(&teller.a);
}
