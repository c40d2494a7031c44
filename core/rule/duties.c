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
	const struct duties_request *request;
	struct duty_vec VEC(struct duty) duties;
	struct sym_names VEC(sym) systems;
	uint32_t *number; /* per symbol: system number + 1 */
	size_t n_words;
	uint64_t *masks; /* per row, of one pass */
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
		add_system(b, table_sym(&facts->events->cells, column, e));
	for (uint32_t i = 0; i < outages->n; i++)
		add_system(b, table_sym(outages, OUTAGE_SYSTEM, i));
	b->n_words = systems_passes((uint32_t)b->systems.n);
}

/* The systems of each row and its ancestors, of one pass of 64. */
static void fill_masks(struct builder *b, size_t pass)
{
	const struct facts *facts = b->request->facts;
	uint32_t column = system_column(facts);

	for (row e = 0; e < facts->events->n; e++) {
		sym name = column == WORD_NONE
				   ? 0
				   : table_sym(
					     &facts->events->cells, column, e);
		size_t system = name ? b->number[name] - 1 : 0;

		b->masks[e] = name && system / SYSTEMS_PER_PASS == pass
				      ? (uint64_t)1 << system % SYSTEMS_PER_PASS
				      : 0;
	}
	systems_scan(b->request->effects, b->masks);
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
	const struct facts *facts = b->request->facts;
	uint64_t *of_key = arena_array(&scratch, uint64_t, keys->n);

	for (row e = 0; e < facts->events->n; e++) {
		uint32_t n;
		const uint32_t *of = keys_of(keys, e, &n);

		for (uint32_t i = 0; i < n; i++)
			of_key[of[i]] |= b->masks[e];
	}
	for (size_t i = 0; i < outcome->obligations.n; i++) {
		uint32_t k = key_of(keys, &outcome->obligations.at[i]);

		if (k != KEYS_NONE)
			b->duties.at[first + i].systems[pass] |= of_key[k];
	}
	arena_free(&scratch);
}

static struct keys keys_of_rule(
	struct builder *b, struct arena *a, const struct outcome *outcome)
{
	const struct facts *facts = b->request->facts;
	uint32_t columns[KEY_PARTS_MAX];
	struct bits rows = bits_new(a, facts->events->n);

	for (size_t i = 0; i < outcome->key_words.n; i++)
		columns[i] = facts_column(
			facts, outcome->key_words.at[i], COLUMN_SYM);
	for (row e = 0; e < facts->events->n; e++)
		if (facts_is_live(facts, e))
			bits_add(&rows, e);
	return keys_build(
		a, facts, columns, (uint32_t)outcome->key_words.n, &rows);
}

static void add_rule(struct builder *b, const struct outcome *outcome)
{
	struct arena scratch = {0};
	struct keys keys = keys_of_rule(b, &scratch, outcome);
	size_t first = b->duties.n;

	add_duties(b, outcome);
	for (size_t pass = 0; pass < b->n_words; pass++) {
		if (b->n_words > 1)
			fill_masks(b, pass);
		add_masks(b, outcome, &keys, first, pass);
	}
	arena_free(&scratch);
}

struct duties duties_build(
	struct arena *a, const struct duties_request *request)
{
	struct arena scratch = {0};
	const struct facts *facts = request->facts;
	struct builder b = {.a = a, .request = request};
	bool any = false;

	b.number = arena_array(
		&scratch, uint32_t, symbols_count(facts->strings));
	b.masks = arena_array(&scratch, uint64_t, facts->events->n);
	find_systems(&b);
	if (b.n_words == 1)
		fill_masks(&b, 0);
	for (size_t i = 0; i < request->rules->n; i++) {
		const struct outcome *outcome = &request->outcomes[i];

		if (!duties_is_obligation(&request->rules->at[i]) ||
			outcome->not_evaluable)
			continue;
		any = true;
		if (outcome->obligations.n)
			add_rule(&b, outcome);
	}
	arena_free(&scratch);
	return (struct duties) {.at = b.duties.at,
		.n = b.duties.n,
		.systems = b.systems.at,
		.n_systems = b.systems.n,
		.n_words = b.n_words,
		.any_rule = any};
}
