/*
 * Fields: every such event carries these values. Shape 1; G(a -> phi) on one
 * row. The edges of the log play no part, and untimed rows are judged.
 */
#include "rule/check.h"
#include "rule/shape_read.h"

/* `require` is one alternative, `require_any` several: one must hold. */
struct plan {
	struct wheres VEC(struct where) alternatives;
};

static void init(struct rule_reader *reader)
{
	reader->rule->plan = arena_new(reader->v->a, struct plan);
}

static void add_alternative(
	struct rule_reader *reader, const struct yaml_node *map)
{
	struct plan *plan = reader->rule->plan;
	struct test_reader tests = vocabulary_test_reader(reader->v);
	struct where where = {0};

	if (map->kind != YAML_MAP) {
		yaml_complain(reader->v->diag, DIAG_WRONG_TYPE, map,
			"expected a map of fields and what must hold for them");
		return;
	}
	if (map->n == 0)
		yaml_complain(reader->v->diag, DIAG_EMPTY_VALUE, map,
			"no field is required");
	where_read(&tests, map, &where);
	vec_push(reader->v->a, &plan->alternatives, where);
}

static void read_require(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)key;
	(void)diag;
	add_alternative(into, value);
}

static void read_require_any(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	if (n == 0)
		yaml_complain(diag, DIAG_EMPTY_VALUE, value,
			"`require_any` has no alternative");
	for (uint32_t i = 0; i < n; i++)
		add_alternative(into, items[i]);
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
	for (size_t i = 0; i < plan->alternatives.n; i++)
		rule_use_where(
			reader, &rule->for_each, &plan->alternatives.at[i]);
}

/* The clauses of an alternative that fail, as bits, and whether the first of
   them fails on an absent value. */
static uint64_t failing_clauses(struct where_eval *eval,
	const struct where *where, row e, bool *first_absent)
{
	uint64_t failing = 0;

	for (size_t i = 0; i < where->n; i++) {
		bool absent = false;
		enum truth truth = where_eval_clause(eval, i, e, &absent);

		/* An undecidable test fails too: it is no evidence. */
		if (truth == TRUTH_TRUE)
			continue;
		if (!failing)
			*first_absent = absent;
		failing |= (uint64_t)1 << (i < 63 ? i : 63);
	}
	return failing;
}

static void judge_row(struct check *check, struct where_eval **evals, row e,
	const struct activations *activations)
{
	const struct plan *plan = check->rule->plan;
	struct judgement judgement = check_start(e);
	bool absent = false, ignored;

	if (check_settles(check, activations, &judgement))
		return;
	for (size_t i = 0; i < plan->alternatives.n; i++) {
		uint64_t failing = failing_clauses(evals[i],
			&plan->alternatives.at[i], e, i ? &ignored : &absent);

		if (failing == 0) {
			judgement.verdict = VERDICT_OK;
			check_judge(check, &judgement);
			return;
		}
		if (i == 0)
			judgement.failing = failing;
	}
	judgement.verdict = VERDICT_VIOLATED;
	judgement.reason = absent ? REASON_MISSING : REASON_WRONG_VALUE;
	if (check_is_timed(check, e))
		judgement.at = check->facts->events->time[e];
	check_judge(check, &judgement);
}

static void check_all(struct check *check, const struct rule *rule)
{
	struct arena scratch = {0};
	const struct plan *plan = rule->plan;
	struct activations activations = check_activations(check, NULL);
	size_t n = plan->alternatives.n;
	struct where_eval **evals = arena_array(
		&scratch, struct where_eval *, n);

	for (size_t i = 0; i < n; i++)
		evals[i] = where_eval_new(
			&scratch, check->facts, &plan->alternatives.at[i]);
	for (size_t e = bits_next(&activations.rows, 0); e < activations.rows.n;
		e = bits_next(&activations.rows, e + 1))
		judge_row(check, evals, (row)e, &activations);
	arena_free(&scratch);
}

static struct str describe(struct arena *a, const struct check *check,
	const struct rule *rule, const struct judgement *judgement)
{
	const struct plan *plan = rule->plan;
	const struct where *where = &plan->alternatives.at[0];
	struct str text = STR("");

	for (size_t i = 0; i < where->n && i < 63; i++) {
		const struct clause *clause = &where->at[i];
		const struct word *word =
			&check->facts->words->words.at[clause->word];

		if (!(judgement->failing >> i & 1))
			continue;
		text = arena_print(a, "%.*s%s%.*s", STR_ARG(text),
			text.len ? ", " : "", STR_ARG(word->name));
		if (clause->text.len)
			text = arena_print(a, "%.*s (must be: %.*s)",
				STR_ARG(text), STR_ARG(clause->text));
	}
	if (plan->alternatives.n > 1)
		return arena_print(a,
			"none of %zu alternatives holds; the first fails in "
			"%.*s",
			plan->alternatives.n, STR_ARG(text));
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
