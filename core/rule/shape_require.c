/*
 * Fields: every such event carries these values. Shape 1; G(a -> phi) on one
 * row. The edges of the log play no part, and untimed rows are judged.
 *
 * 64 rows are looked at together, see where_bits.c.
 */
#include "rule/check.h"
#include "rule/shape_read.h"

/* All of `all` must hold, and one of `any` if there are some. */
struct plan {
	struct where all;
	struct wheres VEC(struct where) any;
};

static void init(struct rule_reader *reader)
{
	reader->rule->plan = arena_new(reader->v->a, struct plan);
}

static struct where read_fields(
	struct rule_reader *reader, const struct yaml_node *map)
{
	struct test_reader tests = vocabulary_test_reader(reader->v);
	struct where where = {0};

	if (map->kind != YAML_MAP)
		yaml_complain(reader->v->diag, DIAG_WRONG_TYPE, map,
			"expected a map of fields and what must hold for them");
	else if (map->n == 0)
		yaml_complain(reader->v->diag, DIAG_EMPTY_VALUE, map,
			"no field is required");
	else
		where_read(&tests, map, &where);
	return where;
}

static void read_require(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct plan *plan = ((struct rule_reader *)into)->rule->plan;

	(void)key;
	(void)diag;
	plan->all = read_fields(into, value);
}

static void read_require_any(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct plan *plan = r->rule->plan;
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	if (n == 0)
		yaml_complain(diag, DIAG_EMPTY_VALUE, value,
			"`require_any` has no alternative");
	for (uint32_t i = 0; i < n; i++)
		vec_push(r->v->a, &plan->any, read_fields(r, items[i]));
}

static const struct yaml_key own_keys[] = {
	{STR_INIT("require"), false, YAML_MAP_ONLY, read_require, 0},
	{STR_INIT("require_any"), false, YAML_LIST_ONLY, read_require_any, 0},
};

static void finish(struct rule_reader *reader)
{
	struct rule *rule = reader->rule;
	struct plan *plan = rule->plan;

	if (rule->for_thing)
		shape_complain(reader, DIAG_WRONG_TYPE,
			"`require` looks at events, not at a thing");
	shape_check_keys(reader, SHAPE_UNLESS_EVENT);
	rule_use_where(reader, &rule->for_each, &plan->all);
	for (size_t i = 0; i < plan->any.n; i++)
		rule_use_where(reader, &rule->for_each, &plan->any.at[i]);
}

/* Bits of judgement->failing: one for each clause below FAILS_MORE. */
#define FAILS_MORE 62 /* clauses beyond */
#define FAILS_ANY  63 /* the clauses are those of the first alternative */

struct work {
	struct check *check;
	const struct plan *plan;
	struct where_eval *all, **any;
	struct activations activations;
	struct excuses excuses;
};

/* What fails on a row. */
struct failure {
	uint64_t clauses; /* bits; 0: nothing */
	bool absent;      /* the first of them fails on an absent value */
	bool exempt;      /* some field is not asked of this row */
};

/* An event that was made from an incident or outage cannot have a field for
   which its source has no column. */
static bool is_exempt(
	const struct check *check, const struct clause *clause, row e)
{
	const struct facts *facts = check->facts;
	uint32_t column = facts_column(facts, clause->word, where_form(clause));
	const bool *delivers;

	if (!(facts->events->marks[e] & EVENT_DERIVED) || column == WORD_NONE)
		return false;
	delivers = facts->sources[facts_source(facts, e)].delivers;
	return !delivers[column];
}

static struct failure failing_clauses(const struct check *check,
	struct where_eval *eval, const struct where *where, row e)
{
	struct failure failure = {0};

	for (size_t i = 0; i < where->n; i++) {
		bool absent = false;
		enum truth truth = where_eval_clause(eval, i, e, &absent);

		/* An undecidable test fails too: it is no evidence. */
		if (truth == TRUTH_TRUE)
			continue;
		if (is_exempt(check, &where->at[i], e)) {
			failure.exempt = true;
			continue;
		}
		if (!failure.clauses)
			failure.absent = absent;
		failure.clauses |= (uint64_t)1
				   << (i < FAILS_MORE ? i : FAILS_MORE);
	}
	return failure;
}

/* What fails in all alternatives, told by the first. */
static struct failure failing_any(const struct work *work, row e)
{
	const struct wheres *any = &work->plan->any;
	struct failure first = {0}, failure;
	bool exempt = false;

	for (size_t i = 0; i < any->n; i++) {
		failure = failing_clauses(
			work->check, work->any[i], &any->at[i], e);
		if (!failure.clauses && !failure.exempt)
			return failure;
		exempt |= !failure.clauses;
		if (i == 0)
			first = failure;
	}
	if (exempt)
		return (struct failure) {.exempt = true};
	if (any->n)
		first.clauses |= (uint64_t)1 << FAILS_ANY;
	return first;
}

static struct failure failing_row(const struct work *work, row e)
{
	struct failure all = failing_clauses(
		work->check, work->all, &work->plan->all, e);
	struct failure any;

	if (all.clauses)
		return all;
	any = failing_any(work, e);
	any.exempt |= all.exempt;
	return any;
}

static void judge_row(const struct work *work, row e)
{
	struct check *check = work->check;
	struct judgement judgement = check_start(e);
	struct failure failure;

	if (check_settles(check, &work->activations, &judgement))
		return;
	failure = failing_row(work, e);
	judgement.failing = failure.clauses;
	if (bits_has(&work->excuses.keyless, e)) {
		judgement.verdict = VERDICT_UNKNOWN;
		judgement.reason = REASON_NO_KEY;
	} else if (failure.clauses == 0) {
		judgement.verdict = failure.exempt ? VERDICT_NOT_APPLICABLE
						   : VERDICT_OK;
	} else if (bits_has(&work->excuses.rows, e)) {
		judgement.verdict = VERDICT_NOT_APPLICABLE;
	} else {
		judgement.verdict = VERDICT_VIOLATED;
		judgement.reason = failure.absent ? REASON_MISSING
						  : REASON_WRONG_VALUE;
	}
	if (check_is_timed(check, e))
		judgement.at = check->facts->events->time[e];
	check_judge(check, &judgement);
}

/* The rows among these for which every field is as it must be. */
static uint64_t fulfilled(const struct work *work, size_t w, uint64_t among)
{
	uint64_t all = where_eval_word(work->all, w, among).yes, any = 0;

	for (size_t i = 0; i < work->plan->any.n; i++)
		any |= where_eval_word(work->any[i], w, all & ~any).yes;
	return work->plan->any.n ? any : all;
}

/* Most rows are as they must be: they are counted, and only the others judged
   one by one. */
static void judge_word(const struct work *work, size_t w)
{
	uint64_t rows = work->activations.rows.words[w];
	uint64_t open = rows & ~check_settled_word(&work->activations, w);
	uint64_t ok;

	if (work->excuses.keyless.n)
		open &= ~work->excuses.keyless.words[w];
	ok = fulfilled(work, w, open);
	check_count(work->check, VERDICT_OK, bits_count_word(ok));
	for (uint64_t rest = rows & ~ok; rest; rest &= rest - 1)
		judge_row(work, (row)(w * 64 + (size_t)__builtin_ctzll(rest)));
}

static void check_all(struct check *check, const struct rule *rule)
{
	struct arena scratch = {0};
	const struct plan *plan = rule->plan;
	struct work work = {.check = check,
		.plan = plan,
		.activations = check_activations(check, NULL),
		.all = where_eval_new(&scratch, check->facts, &plan->all),
		.any = arena_array(&scratch, struct where_eval *, plan->any.n)};
	const struct bits *rows = &work.activations.rows;

	work.excuses = check_excuses(check, rows);
	for (size_t i = 0; i < plan->any.n; i++)
		work.any[i] = where_eval_new(
			&scratch, check->facts, &plan->any.at[i]);
	for (size_t w = 0; w < bits_words(rows); w++)
		if (rows->words[w])
			judge_word(&work, w);
	arena_free(&scratch);
}

/* The fields that fail, with what they must be. */
static struct str describe_fields(struct arena *a, const struct check *check,
	const struct where *where, uint64_t failing)
{
	struct str text = STR("");

	for (size_t i = 0; i < where->n && i < FAILS_MORE; i++) {
		const struct clause *clause = &where->at[i];
		const struct word *word =
			&check->facts->words->words.at[clause->word];

		if (!(failing >> i & 1))
			continue;
		text = arena_print(a, "%.*s%s%.*s", STR_ARG(text),
			text.len ? ", " : "", STR_ARG(words_plain_name(word)));
		if (clause->text.len)
			text = arena_print(a, "%.*s (must be: %.*s)",
				STR_ARG(text), STR_ARG(clause->text));
	}
	if (failing >> FAILS_MORE & 1)
		text = arena_print(
			a, "%.*s%sothers", STR_ARG(text), text.len ? ", " : "");
	return text;
}

static struct str describe(struct arena *a, const struct check *check,
	const struct rule *rule, const struct judgement *judgement)
{
	const struct plan *plan = rule->plan;
	bool is_any = judgement->failing >> FAILS_ANY & 1;
	struct str text = describe_fields(a, check,
		is_any ? &plan->any.at[0] : &plan->all, judgement->failing);

	if (is_any && plan->any.n > 1)
		return arena_print(a,
			"none of %zu alternatives holds; the first fails in "
			"%.*s",
			plan->any.n, STR_ARG(text));
	return arena_print(a, "fails in %.*s", STR_ARG(text));
}

const struct shape shape_require = {
	.name = STR_INIT("require"),
	.keys = own_keys,
	.n_keys = 2,
	.n_heads = 2,
	.init = init,
	.finish = finish,
	.check = check_all,
	.describe = describe,
};
