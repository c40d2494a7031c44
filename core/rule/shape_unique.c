/*
 * No repeated identifier. Shape 3, `unique`; a key constraint. In source
 * sequence the first row with a value is ok and each further one a duplicate;
 * rows that were merged into an equal one, and untimed rows, take part.
 */
#include "rule/check.h"
#include "rule/shape_read.h"

struct plan {
	struct number_vec fields; /* words */
};

static void init(struct rule_reader *reader)
{
	reader->rule->plan = arena_new(reader->v->a, struct plan);
}

static void read_unique(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	struct rule_reader *r = into;
	struct plan *plan = r->rule->plan;
	struct test_reader tests = vocabulary_test_reader(r->v);
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);

	(void)key;
	if (n == 0)
		yaml_complain(diag, DIAG_EMPTY_VALUE, value,
			"`unique` names no field");
	for (uint32_t i = 0; i < n; i++) {
		uint32_t word = where_word(&tests, items[i]);

		if (word != WORD_NONE)
			vec_push(r->v->a, &plan->fields, word);
	}
}

static const struct yaml_key own_keys[] = {
	{STR_INIT("unique"), true, YAML_TEXTS, read_unique, 0},
};

static void finish(struct rule_reader *reader)
{
	const struct rule *rule = reader->rule;
	const struct plan *plan = rule->plan;

	if (rule->for_thing)
		shape_complain(reader, DIAG_WRONG_TYPE,
			"`unique` looks at events, not at a thing");
	if (plan->fields.n > KEY_PARTS_MAX)
		shape_complain(reader, DIAG_TOO_MANY,
			"`unique` names more fields than a key has parts");
	shape_check_keys(reader, SHAPE_UNLESS_EVENT);
	for (size_t i = 0; i < plan->fields.n; i++)
		rule_use_word(reader, &rule->for_each, plan->fields.at[i],
			COLUMN_SYM);
}

/* The rows of the rule's form, merged copies included: a copy is such an event
   if the row it was merged into is, and both have one event id. */
static struct bits rows_with_copies(struct check *check)
{
	const struct event_table *events = check->facts->events;
	struct bits rows =
		sets_form(check->sets, check->a, &check->rule->for_each).rows;
	uint32_t column = words_column(
		check->facts->words, STR("event_id"), COLUMN_SYM);
	struct arena scratch = {0};
	row *first;

	if (column == WORD_NONE)
		return rows;
	first = arena_array(&scratch, row, intern_count(check->facts->strings));
	for (row r = 0; r < events->n; r++) {
		row e = events->by_sequence[r];
		sym id = table_sym(&events->cells, column, e);

		if (id == 0)
			continue;
		if (facts_is_live(check->facts, e))
			first[id] = e + 1;
		else if (first[id] && bits_has(&rows, first[id] - 1))
			bits_add(&rows, e);
	}
	arena_free(&scratch);
	return rows;
}

static void check_all(struct check *check, const struct rule *rule)
{
	const struct event_table *events = check->facts->events;
	struct bits rows = rows_with_copies(check);
	struct activations activations = check_activations(check, &rows);
	const struct plan *plan = rule->plan;
	struct keys keys = check_keys(check, &plan->fields, &activations.rows);
	row *first = arena_array(check->a, row, keys.n);

	for (row r = 0; r < events->n; r++) {
		row e = events->by_sequence[r];
		struct judgement judgement = check_start(e);
		uint32_t n;
		const uint32_t *of;

		if (!bits_has(&activations.rows, e) ||
			check_settles(check, &activations, &judgement))
			continue;
		of = keys_of(&keys, e, &n);
		judgement.verdict = n ? VERDICT_OK : VERDICT_NOT_APPLICABLE;
		if (n && first[of[0]]) {
			judgement.verdict = VERDICT_VIOLATED;
			judgement.reason = REASON_DUPLICATE;
			judgement.partner = first[of[0]] - 1;
		} else if (n) {
			first[of[0]] = e + 1;
		}
		if (n)
			judgement.key = check_key(&keys, of[0]);
		if (check_is_timed(check, e))
			judgement.at = events->time[e];
		check_judge(check, &judgement);
	}
}

static struct str describe(struct arena *a, const struct check *check,
	const struct rule *rule, const struct judgement *judgement)
{
	(void)a;
	(void)check;
	(void)rule;
	(void)judgement;
	return STR("the value was used before");
}

const struct shape shape_unique = {
	.name = STR_INIT("unique"),
	.keys = own_keys,
	.n_keys = 1,
	.n_heads = 1,
	.init = init,
	.finish = finish,
	.check = check_all,
	.describe = describe,
};
