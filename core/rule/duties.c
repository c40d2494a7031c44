#include "rule/duties.h"

#include "graph/systems.h"

bool duties_is_obligation(const struct rule *rule)
{
	for (size_t i = 0; i < rule->counts_as.n; i++)
		if (str_equal(rule->counts_as.at[i], STR("obligation")))
			return true;
	return false;
}

struct builder {
	struct arena *a;
	struct arena scratch;
	const struct duties_request *request;
	struct duty_vec VEC(struct duty) duties;
	struct sym_names VEC(sym) systems;
	uint32_t *number; /* per symbol: system number + 1 */
	size_t n_words;
	/* The rows that matter, what they do, and their masks in one pass. */
	struct bits rows;
	const uint32_t *ranks;
	struct effects effects;
	uint64_t *masks;
};

/* ---- systems ---- */

static void add_system(struct builder *b, sym name)
{
	if (name == 0 || b->number[name])
		return;
	vec_push(b->a, &b->systems, name);
	b->number[name] = (uint32_t)b->systems.n;
}

static uint32_t system_column(const struct facts *facts)
{
	return words_column(facts->words, STR("src_system"), COLUMN_SYM);
}

static void find_systems(struct builder *b)
{
	const struct facts *facts = b->request->facts;
	const struct table *outages = &facts->roles[ROLE_OUTAGES].cells;
	uint32_t column = system_column(facts);

	for (row e = 0; column != WORD_NONE && e < facts->events->n; e++)
		add_system(b, facts_sym(facts, column, e));
	for (uint32_t i = 0; i < outages->n; i++)
		add_system(b, table_sym(outages, OUTAGE_SYSTEM, i));
	b->n_words = systems_passes((uint32_t)b->systems.n);
}

/* The systems of each row that matters and its ancestors, of one pass. */
static void fill_masks(struct builder *b, size_t pass)
{
	const struct facts *facts = b->request->facts;
	uint32_t column = system_column(facts);
	size_t n = 0;

	for (size_t e = bits_next(&b->rows, 0); e < b->rows.n;
		e = bits_next(&b->rows, e + 1)) {
		sym name = facts_sym(facts, column, (row)e);
		size_t system = name ? b->number[name] - 1 : 0;

		b->masks[n++] = name && system / SYSTEMS_PER_PASS == pass
					? (uint64_t)1
						  << system % SYSTEMS_PER_PASS
					: 0;
	}
	systems_scan(&b->effects, b->masks);
}

/* ---- rows ---- */

/* The first parts of the keys of obligations. */
static struct bits first_parts(struct arena *a, const struct facts *facts,
	const struct outcome *outcome)
{
	struct bits parts = bits_new(a, symbols_count(facts->strings));

	for (size_t i = 0; i < outcome->obligations.n; i++)
		bits_add(&parts, outcome->obligations.at[i].key[0]);
	return parts;
}

static bool has_part(const struct facts *facts, uint32_t column, row e,
	const struct bits *parts)
{
	sym cell = facts->events->cells.columns[column].syms[e];
	uint32_t n;
	const sym *syms;

	if (!(cell & SYM_LIST))
		return bits_has(parts, cell);
	syms = table_syms(&facts->events->cells, column, e, &n);
	for (uint32_t i = 0; i < n; i++)
		if (bits_has(parts, syms[i]))
			return true;
	return false;
}

/* Live rows that may carry the key of an obligation: the first part tells.
   Without any part all of them do. */
static struct bits rows_of_rule(
	struct builder *b, struct arena *a, const struct outcome *outcome)
{
	const struct facts *facts = b->request->facts;
	struct bits rows = bits_new(a, facts->events->n), parts;
	uint32_t column;

	if (outcome->obligations.n == 0)
		return rows;
	if (outcome->key_words.n == 0)
		return sets_live_rows(a, facts);
	column = facts_column(facts, outcome->key_words.at[0], COLUMN_SYM);
	if (column == WORD_NONE)
		return rows;
	parts = first_parts(a, facts, outcome);
	for (row e = 0; e < rows.n; e++)
		if (has_part(facts, column, e, &parts) &&
			facts_is_live(facts, e))
			bits_add(&rows, e);
	return rows;
}

static bool derive(struct builder *b, struct err *err)
{
	const struct claims *claims = b->request->claims;
	struct derive_log log = {b->request->facts, claims->at, claims->n};

	derive_ancestors(&log, &b->rows);
	b->ranks = bits_ranks(&b->scratch, &b->rows);
	b->masks = arena_array(&b->scratch, uint64_t, bits_count(&b->rows));
	return derive_effects_among(
		&b->scratch, &log, &b->rows, &b->effects, err);
}

/* ---- one rule ---- */

/* Which key value of the keys an obligation has. */
static uint32_t key_of(const struct keys *keys, const struct obligation *duty)
{
	uint32_t n;
	const uint32_t *of = keys_of(keys, duty->event, &n);

	for (uint32_t i = 0; i < n; i++) {
		const sym *parts = keys->parts + (size_t)of[i] * keys->n_words;
		bool same = true;

		for (uint32_t j = 0; j < keys->n_words; j++)
			same &= parts[j] == duty->key[j];
		if (same)
			return of[i];
	}
	return KEYS_NONE;
}

static void add_duties(struct builder *b, const struct outcome *outcome)
{
	for (size_t i = 0; i < outcome->obligations.n; i++) {
		const struct obligation *from = &outcome->obligations.at[i];
		struct duty duty = {.start = from->start,
			.end = from->end,
			.due = from->due,
			.done = from->done,
			.missed = from->missed,
			.systems = arena_array(b->a, uint64_t, b->n_words)};

		vec_push(b->a, &b->duties, duty);
	}
}

/* ORs the masks of all rows of a key into the duties with that key. */
static void add_masks(struct builder *b, const struct outcome *outcome,
	const struct keys *keys, size_t first, size_t pass)
{
	struct arena scratch = {0};
	uint64_t *of_key = arena_array(&scratch, uint64_t, keys->n);

	for (size_t e = bits_next(&keys->rows, 0); e < keys->rows.n;
		e = bits_next(&keys->rows, e + 1)) {
		uint32_t n;
		const uint32_t *of = keys_of(keys, (row)e, &n);
		uint64_t mask = b->masks[bits_rank(&b->rows, b->ranks, e)];

		for (uint32_t i = 0; i < n; i++)
			of_key[of[i]] |= mask;
	}
	for (size_t i = 0; i < outcome->obligations.n; i++) {
		uint32_t k = key_of(keys, &outcome->obligations.at[i]);

		if (k != KEYS_NONE)
			b->duties.at[first + i].systems[pass] |= of_key[k];
	}
	arena_free(&scratch);
}

static struct keys keys_of_rule(struct builder *b, struct arena *a,
	const struct outcome *outcome, const struct bits *rows)
{
	const struct facts *facts = b->request->facts;
	uint32_t columns[KEY_PARTS_MAX];

	for (size_t i = 0; i < outcome->key_words.n; i++)
		columns[i] = facts_column(
			facts, outcome->key_words.at[i], COLUMN_SYM);
	return keys_build(
		a, facts, columns, (uint32_t)outcome->key_words.n, rows);
}

static void add_rule(struct builder *b, const struct outcome *outcome,
	const struct bits *rows)
{
	struct arena scratch = {0};
	struct keys keys = keys_of_rule(b, &scratch, outcome, rows);
	size_t first = b->duties.n;

	add_duties(b, outcome);
	for (size_t pass = 0; pass < b->n_words; pass++) {
		if (b->n_words > 1)
			fill_masks(b, pass);
		add_masks(b, outcome, &keys, first, pass);
	}
	arena_free(&scratch);
}

static bool counts(const struct duties_request *request, size_t i)
{
	return duties_is_obligation(&request->rules->at[i]) &&
	       !request->outcomes[i].not_evaluable;
}

bool duties_build(struct arena *a, const struct duties_request *request,
	struct duties *duties, struct err *err)
{
	const struct facts *facts = request->facts;
	size_t n = request->rules->n;
	struct builder b = {.a = a, .request = request};
	struct bits *rows = arena_array(&b.scratch, struct bits, n);
	bool any = false, ok;

	b.number = arena_array(
		&b.scratch, uint32_t, symbols_count(facts->strings));
	b.rows = bits_new(&b.scratch, facts->events->n);
	find_systems(&b);
	for (size_t i = 0; i < n; i++) {
		if (!counts(request, i))
			continue;
		any = true;
		rows[i] = rows_of_rule(&b, &b.scratch, &request->outcomes[i]);
		bits_or(&b.rows, &rows[i]);
	}
	ok = derive(&b, err);
	if (ok && b.n_words == 1)
		fill_masks(&b, 0);
	for (size_t i = 0; i < n && ok; i++)
		if (counts(request, i) && request->outcomes[i].obligations.n)
			add_rule(&b, &request->outcomes[i], &rows[i]);
	arena_free(&b.scratch);
	if (!ok)
		return false;
	*duties = (struct duties) {.at = b.duties.at,
		.n = b.duties.n,
		.systems = b.systems.at,
		.n_systems = b.systems.n,
		.n_words = b.n_words,
		.any_rule = any};
	return true;
}
