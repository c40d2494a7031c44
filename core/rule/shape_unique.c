/*
 * No repeated identifier. Shape 3, `unique`; a key constraint. In source
 * sequence the first row with a value is ok and each further one a duplicate;
 * rows that were merged into an equal one, and untimed rows, take part.
 */
#include "rule/check.h"
#include "rule/definition.h"
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

/* ---- rows that were merged ---- */

static struct bits merged_rows(const struct check *check, struct arena *a)
{
	const struct facts *facts = check->facts;
	struct bits rows = bits_new(a, facts->events->n);

	for (row e = 0; e < facts->events->n; e++)
		if (!facts_is_live(facts, e))
			bits_add(&rows, e);
	return rows;
}

static void drop_unlike(
	const struct check *check, const struct where *where, struct bits *rows)
{
	struct arena scratch = {0};
	struct where_eval *eval = where_eval_new(&scratch, check->facts, where);

	for (size_t e = bits_next(rows, 0); e < rows->n;
		e = bits_next(rows, e + 1))
		if (where_eval_row(eval, (row)e) != TRUTH_TRUE)
			bits_drop(rows, e);
	arena_free(&scratch);
}

/* The rows of the rule's form, with those that were merged and that no set of
   named events holds. */
static struct bits rows_with_copies(struct check *check)
{
	struct arena scratch = {0};
	const struct form *form = &check->rule->for_each;
	struct bits rows = check_form(check, form).rows;
	struct bits merged = merged_rows(check, &scratch);
	struct bits copies = bits_new(&scratch, rows.n);
	struct definition_reader reader = {check->facts, check->v, check->sets};

	for (size_t i = 0; i < form->events.n; i++) {
		const struct event_definitions *all =
			&check->v->events.at[form->events.at[i]].definitions;

		for (size_t j = 0; j < all->n; j++)
			definition_add_rows(
				&reader, &all->at[j], &merged, &copies);
	}
	drop_unlike(check, &form->where, &copies);
	bits_or(&rows, &copies);
	arena_free(&scratch);
	return rows;
}

/* ---- verdicts ---- */

struct work {
	struct check *check;
	struct activations activations;
	struct excuses excuses;
	struct keys keys;
	row *first; /* per value: the row that had it first, or ROW_NONE */
};

static void judge_value(
	const struct work *work, row e, uint32_t k, struct judgement *judgement)
{
	row *first = &work->first[k];

	judgement->key = check_key(&work->keys, k);
	if (bits_has(&work->excuses.keyless, e)) {
		judgement->verdict = VERDICT_UNKNOWN;
		judgement->reason = REASON_NO_KEY;
	} else if (*first == ROW_NONE || *first == e) {
		judgement->verdict = VERDICT_OK;
		*first = e;
	} else if (bits_has(&work->excuses.rows, e)) {
		judgement->verdict = VERDICT_NOT_APPLICABLE;
	} else {
		judgement->verdict = VERDICT_VIOLATED;
		judgement->reason = REASON_DUPLICATE;
		judgement->partner = *first;
	}
	check_judge(work->check, judgement);
}

/* One verdict per value of the row; one if it has none. */
static void judge_row(const struct work *work, row e)
{
	struct check *check = work->check;
	uint32_t n, i = 0;
	const uint32_t *of = keys_of(&work->keys, e, &n);

	do {
		struct judgement judgement = check_start(e);

		if (check_is_timed(check, e))
			judgement.at = check->facts->events->time[e];
		if (check_settles(check, &work->activations, &judgement))
			continue;
		if (n) {
			judge_value(work, e, of[i], &judgement);
			continue;
		}
		judgement.verdict = VERDICT_NOT_APPLICABLE;
		check_judge(check, &judgement);
	} while (++i < n);
}

/* ---- values that stand alone ---- */

/* Symbols that more than one of the rows has, or a row with several. */
static struct bits repeated(struct check *check, const struct bits *rows,
	const struct table *cells, uint32_t column)
{
	size_t n_syms = symbols_count(check->facts->strings);
	struct bits seen = bits_new(check->scratch, n_syms);
	struct bits again = bits_new(check->scratch, n_syms);

	for (size_t e = bits_next(rows, 0); e < rows->n;
		e = bits_next(rows, e + 1)) {
		uint32_t n;
		const sym *syms = table_syms(cells, column, (row)e, &n);

		for (uint32_t i = 0; i < n; i++) {
			if (n > 1 || bits_has(&seen, syms[i]))
				bits_add(&again, syms[i]);
			bits_add(&seen, syms[i]);
		}
	}
	return again;
}

/* The rows among these whose one value no other row has; `*absent` are those
   without a value. */
static uint64_t alone(const struct bits *again, const sym *cells,
	uint64_t among, uint64_t *absent)
{
	uint64_t out = 0;

	*absent = 0;
	for (; among; among &= among - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(among);
		sym cell = cells[bit];

		if (cell == 0)
			*absent |= (uint64_t)1 << bit;
		else if (!(cell & SYM_LIST) && !bits_has(again, cell))
			out |= (uint64_t)1 << bit;
	}
	return out;
}

/*
 * Nearly every value stands alone. Two bits a symbol find those, and their rows
 * are counted; gives the rows that are left to be judged in their order.
 * Measured on 547,000 rows: 7.7 ms instead of 48.6.
 */
static struct bits count_alone(struct work *work, uint32_t column)
{
	struct check *check = work->check;
	const struct table *cells = &check->facts->events->cells;
	const struct bits *rows = &work->activations.rows;
	struct bits again = repeated(check, rows, cells, column);
	struct bits left = bits_new(check->scratch, rows->n);

	for (size_t w = 0; w < bits_words(rows); w++) {
		uint64_t open = rows->words[w] &
				~check_settled_word(&work->activations, w);
		uint64_t ok, absent;

		ok = alone(&again, cells->columns[column].syms + w * 64, open,
			&absent);
		if (work->excuses.keyless.n)
			ok &= ~work->excuses.keyless.words[w];
		check_count(check, VERDICT_OK, bits_count_word(ok));
		check_count(
			check, VERDICT_NOT_APPLICABLE, bits_count_word(absent));
		left.words[w] = rows->words[w] & ~ok & ~absent;
	}
	return left;
}

static void check_all(struct check *check, const struct rule *rule)
{
	const struct event_table *events = check->facts->events;
	const struct plan *plan = rule->plan;
	struct bits rows = rows_with_copies(check), left;
	struct work work = {
		.check = check, .activations = check_activations(check, &rows)};
	uint32_t column = facts_column(
		check->facts, plan->fields.at[0], COLUMN_SYM);

	work.excuses = check_excuses(check, &work.activations.rows);
	left = work.activations.rows;
	if (plan->fields.n == 1 && column != WORD_NONE)
		left = count_alone(&work, column);
	work.keys = check_keys(check, &plan->fields, &left);
	work.first = check_no_rows(check, work.keys.n);
	for (row r = 0; r < events->n; r++) {
		row e = events->by_sequence[r];

		if (bits_has(&left, e))
			judge_row(&work, e);
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
