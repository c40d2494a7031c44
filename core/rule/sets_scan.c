#include "rule/sets_scan.h"

#include "base/jobs.h"
#include "sets_p.h"

#define PER_PASS 64

/* The sanitizer builds shrink this, so that small logs have several jobs. */
#ifndef SETS_SCAN_WORDS
#define SETS_SCAN_WORDS 4096
#endif

/* A type that some definition names, and its class. Rows of other types have
   class 0. */
struct classes {
	uint16_t *of; /* per symbol below `n_syms` */
	size_t n_syms;
	size_t n;
};

/* Up to 64 definitions, a bit each. */
struct pass {
	const struct sets *sets;
	const struct sets_target *targets;
	size_t n;
	uint32_t column; /* of the type */
	struct classes classes;
	/* Per source and class: the definitions that a row may be of. */
	uint64_t *masks;
};

/* ---- the table of a pass ---- */

static sym type_of(const struct pass *pass, size_t target, size_t i)
{
	const struct event_definition *definition =
		pass->targets[target].definition;

	return symbols_find(
		pass->sets->facts->strings, definition->types.at[i]);
}

static size_t n_types(const struct pass *pass, size_t target)
{
	return pass->targets[target].definition->types.n;
}

static void number_types(struct arena *a, struct pass *pass)
{
	struct classes *classes = &pass->classes;
	sym last = 0;

	for (size_t t = 0; t < pass->n; t++)
		for (size_t i = 0; i < n_types(pass, t); i++)
			if (type_of(pass, t, i) > last)
				last = type_of(pass, t, i);
	classes->n_syms = (size_t)last + 1;
	classes->of = arena_array(a, uint16_t, classes->n_syms);
	classes->n = 1;
	for (size_t t = 0; t < pass->n; t++)
		for (size_t i = 0; i < n_types(pass, t); i++) {
			sym type = type_of(pass, t, i);

			if (type && classes->of[type] == 0)
				classes->of[type] = (uint16_t)classes->n++;
		}
}

static void allow(struct pass *pass, size_t target, size_t source)
{
	uint64_t *masks = &pass->masks[source * pass->classes.n];
	uint64_t bit = (uint64_t)1 << target;

	if (n_types(pass, target) == 0)
		for (size_t c = 0; c < pass->classes.n; c++)
			masks[c] |= bit;
	for (size_t i = 0; i < n_types(pass, target); i++) {
		sym type = type_of(pass, target, i);

		if (type && pass->column != WORD_NONE)
			masks[pass->classes.of[type]] |= bit;
	}
}

static void fill_masks(struct arena *a, struct pass *pass)
{
	const struct sets *sets = pass->sets;
	size_t n = sets->facts->n_sources;

	pass->masks = arena_array(a, uint64_t, n * pass->classes.n);
	for (size_t s = 0; s < n; s++)
		for (size_t t = 0; t < pass->n; t++)
			if (sets_may_define(
				    sets, pass->targets[t].definition, s))
				allow(pass, t, s);
}

/* ---- the rows ---- */

static uint64_t mask_of(const struct pass *pass, row e)
{
	const struct facts *facts = pass->sets->facts;
	sym type = facts_sym(facts, pass->column, e);
	size_t class = type < pass->classes.n_syms ? pass->classes.of[type] : 0;

	if (!facts_is_live(facts, e))
		return 0;
	return pass->masks[facts_source(facts, e) * pass->classes.n + class];
}

/* Per definition the rows of word `w` that may be its events; `rows` is zero
   before. Which of them are not zero then. */
static uint64_t sort_word(const struct pass *pass, size_t w, uint64_t *rows)
{
	size_t first = w * 64, n = pass->sets->facts->events->n;
	uint64_t touched = 0;

	for (size_t i = 0; i < 64 && first + i < n; i++) {
		uint64_t mask = mask_of(pass, (row)(first + i));

		touched |= mask;
		for (; mask; mask &= mask - 1)
			rows[__builtin_ctzll(mask)] |= (uint64_t)1 << i;
	}
	return touched;
}

static void scan_words(void *ctx, size_t index)
{
	const struct pass *pass = ctx;
	const struct facts *facts = pass->sets->facts;
	struct arena scratch = {0};
	struct where_eval *evals[PER_PASS];
	uint64_t rows[PER_PASS] = {0};
	size_t end = ((size_t)facts->events->n + 63) / 64;

	for (size_t t = 0; t < pass->n; t++)
		evals[t] = where_eval_new(
			&scratch, facts, &pass->targets[t].definition->where);
	if (end > (index + 1) * SETS_SCAN_WORDS)
		end = (index + 1) * SETS_SCAN_WORDS;
	for (size_t w = index * SETS_SCAN_WORDS; w < end; w++) {
		uint64_t touched = sort_word(pass, w, rows);

		for (; touched; touched &= touched - 1) {
			int t = __builtin_ctzll(touched);

			pass->targets[t].rows->words[w] |=
				where_eval_word(evals[t], w, rows[t]).yes;
			rows[t] = 0;
		}
	}
	arena_free(&scratch);
}

static void scan_pass(struct pass *pass, unsigned jobs)
{
	struct arena scratch = {0};
	size_t n_words = ((size_t)pass->sets->facts->events->n + 63) / 64;

	number_types(&scratch, pass);
	fill_masks(&scratch, pass);
	jobs_run(jobs, (n_words + SETS_SCAN_WORDS - 1) / SETS_SCAN_WORDS,
		scan_words, pass);
	arena_free(&scratch);
}

void sets_scan(const struct sets *sets, const struct sets_target *targets,
	size_t n, unsigned jobs)
{
	for (size_t i = 0; i < n; i += PER_PASS) {
		struct pass pass = {.sets = sets,
			.targets = targets + i,
			.n = n - i < PER_PASS ? n - i : PER_PASS,
			.column = facts_column(
				sets->facts, sets->v->event_type, COLUMN_SYM)};

		scan_pass(&pass, jobs);
	}
}
