#include "rule/keys.h"

#include <assert.h>
#include <string.h>

/* A table from key tuples to dense numbers: open addressing over the tuples
   themselves, so that no text is made. */
struct builder {
	struct arena *a; /* of the result */
	struct arena scratch;
	uint32_t n_words;
	uint32_t *direct; /* one word: per symbol its key + 1; or NULL */
	struct sym_parts VEC(sym) parts;
	uint32_t n;
	uint32_t *slots; /* key number + 1; 0: free */
	size_t n_slots;
	struct list_vec VEC(uint32_t) lists;
	struct last_vec VEC(uint32_t) lasts; /* per key: last list, plus 1 */
	uint64_t fan_out;
	row fan_out_row;
};

static uint64_t hash_tuple(const sym *tuple, uint32_t n)
{
	uint64_t hash = 0x9e3779b97f4a7c15u;

	for (uint32_t i = 0; i < n; i++) {
		hash ^= tuple[i];
		hash *= 0xff51afd7ed558ccdu;
		hash ^= hash >> 32;
	}
	return hash;
}

/*
 * Slots that are written before they are read. A page that is read first is the
 * shared page of zeros, so that its first write is a second fault, in which the
 * other threads are interrupted. Measured on two threads: a rule with 3.6
 * million rows takes 185 ms instead of 465.
 */
static uint32_t *written_slots(struct arena *a, size_t n)
{
	uint32_t *slots = arena_array(a, uint32_t, n);

	memset(slots, 0, n * sizeof(*slots));
	return slots;
}

static void grow(struct builder *b)
{
	size_t n = b->n_slots ? b->n_slots * 2 : 64, mask = n - 1;
	uint32_t *old = b->slots;

	b->slots = written_slots(&b->scratch, n);
	for (uint32_t k = 0; k < b->n; k++) {
		size_t i = hash_tuple(b->parts.at + (size_t)k * b->n_words,
				   b->n_words) &
			   mask;

		while (b->slots[i])
			i = (i + 1) & mask;
		b->slots[i] = k + 1;
	}
	arena_release(&b->scratch, old, b->n_slots * sizeof(*old));
	b->n_slots = n;
}

static bool is_tuple(const struct builder *b, uint32_t k, const sym *tuple)
{
	const sym *parts = b->parts.at + (size_t)k * b->n_words;

	assert(k < b->n && b->parts.at);
	for (uint32_t i = 0; i < b->n_words; i++)
		if (parts[i] != tuple[i])
			return false;
	return true;
}

static uint32_t add(struct builder *b, const sym *tuple)
{
	vec_reserve(b->a, &b->parts, b->parts.n + b->n_words);
	memcpy(b->parts.at + b->parts.n, tuple, b->n_words * sizeof(*tuple));
	b->parts.n += b->n_words;
	return b->n++;
}

/* The number of a tuple, a new one if it was not seen. */
static uint32_t put(struct builder *b, const sym *tuple)
{
	size_t i;

	if (b->direct) {
		if (b->direct[*tuple] == 0)
			b->direct[*tuple] = add(b, tuple) + 1;
		return b->direct[*tuple] - 1;
	}
	if ((size_t)b->n * 2 >= b->n_slots)
		grow(b);
	i = hash_tuple(tuple, b->n_words) & (b->n_slots - 1);
	while (b->slots[i]) {
		if (is_tuple(b, b->slots[i] - 1, tuple))
			return b->slots[i] - 1;
		i = (i + 1) & (b->n_slots - 1);
	}
	b->slots[i] = b->n + 1;
	return add(b, tuple);
}

/* The values of each part of a row's key. */
struct row_parts {
	const sym *syms[KEY_PARTS_MAX];
	uint32_t n[KEY_PARTS_MAX];
};

/* Moves to the next combination of the parts; false after the last. */
static bool next(
	uint32_t *index, const struct row_parts *parts, uint32_t n_words)
{
	for (uint32_t i = 0; i < n_words; i++) {
		if (++index[i] < parts->n[i])
			return true;
		index[i] = 0;
	}
	return false;
}

/* Adds a key of row `e` to the list that is being made, if it is not there. */
static void list(struct builder *b, uint32_t key, row e)
{
	while (b->lasts.n <= key)
		vec_push(&b->scratch, &b->lasts, 0);
	if (b->lasts.at[key] == e + 1)
		return;
	b->lasts.at[key] = e + 1;
	vec_push(b->a, &b->lists, key);
}

/* Puts every combination of the parts of row `e`, at least one. */
static uint32_t put_product(
	struct builder *b, const struct row_parts *parts, row e)
{
	uint32_t index[KEY_PARTS_MAX] = {0};
	uint32_t start = (uint32_t)b->lists.n, tried = 0;
	sym tuple[KEY_PARTS_MAX] = {0};

	vec_push(b->a, &b->lists, 0);
	do {
		if (tried++ == KEYS_FAN_OUT) {
			if (b->fan_out++ == 0)
				b->fan_out_row = e;
			break;
		}
		for (uint32_t j = 0; j < b->n_words; j++)
			tuple[j] = parts->syms[j][index[j]];
		list(b, put(b, tuple), e);
	} while (next(index, parts, b->n_words));
	b->lists.at[start] = (uint32_t)b->lists.n - start - 1;
	return SYM_LIST | start;
}

static uint32_t key_of_row(struct builder *b, const struct facts *facts,
	const uint32_t *columns, row e)
{
	struct row_parts parts;
	sym tuple[KEY_PARTS_MAX] = {0};
	bool several = false;

	for (uint32_t j = 0; j < b->n_words; j++) {
		if (columns[j] == WORD_NONE)
			return KEYS_NONE;
		parts.syms[j] = table_syms(
			&facts->events->cells, columns[j], e, &parts.n[j]);
		if (parts.n[j] == 0)
			return KEYS_NONE;
		several |= parts.n[j] > 1;
		tuple[j] = parts.syms[j][0];
	}
	return several ? put_product(b, &parts, e) : put(b, tuple);
}

/*
 * A single word needs no hash: its symbols are dense. An array over all of them
 * pays where the rows are not few. Measured on 18 rules and 768,000 rows, with
 * unique and references that need keys for few rows: 10 ms instead of 84.
 */
static void choose_table(
	struct builder *b, const struct facts *facts, size_t n_rows)
{
	size_t n_syms = symbols_count(facts->strings);

	if (b->n_words == 1 && n_rows >= n_syms / 8)
		b->direct = written_slots(&b->scratch, n_syms);
}

/* The same as key_of_row() for one word through the array: most cells hold one
   symbol. */
static uint32_t key_of_cell(struct builder *b, const struct facts *facts,
	const uint32_t *columns, row e)
{
	sym cell = facts->events->cells.columns[*columns].syms[e];

	if (cell & SYM_LIST)
		return key_of_row(b, facts, columns, e);
	return cell ? put(b, &cell) : KEYS_NONE;
}

struct keys keys_build(struct arena *a, const struct facts *facts,
	const uint32_t *columns, uint32_t n_columns, const struct bits *rows)
{
	struct builder b = {.a = a, .n_words = n_columns};
	size_t n_rows = bits_count(rows), n = 0;
	bool is_direct;
	uint32_t *of_rank = arena_array(a, uint32_t, n_rows);

	choose_table(&b, facts, n_rows);
	is_direct = b.direct && columns[0] != WORD_NONE;
	for (size_t w = 0; n_columns && w < bits_words(rows); w++)
		for (uint64_t rest = rows->words[w]; rest; rest &= rest - 1) {
			row e = (row)(w * 64 + (size_t)__builtin_ctzll(rest));

			of_rank[n++] =
				is_direct ? key_of_cell(&b, facts, columns, e)
					  : key_of_row(&b, facts, columns, e);
		}
	arena_free(&b.scratch);
	return (struct keys) {.n = n_columns == 0 ? 1 : b.n,
		.n_words = n_columns,
		.parts = b.parts.at,
		.rows = *rows,
		.ranks = bits_ranks(a, rows),
		.of_rank = of_rank,
		.lists = b.lists.at,
		.fan_out = b.fan_out,
		.fan_out_row = b.fan_out_row};
}

uint32_t *keys_starts(struct arena *a, const struct keys *keys)
{
	uint32_t *start = arena_array(a, uint32_t, (size_t)keys->n + 1);
	size_t n_rows = bits_count(&keys->rows);

	for (size_t i = 0; i < n_rows; i++) {
		uint32_t key = keys->of_rank[i], n = 1;
		const uint32_t *of = &key;

		if (key == KEYS_NONE)
			continue;
		if (key & SYM_LIST) {
			of = &keys->lists[key & ~SYM_LIST];
			n = *of++;
		}
		for (uint32_t j = 0; j < n; j++)
			start[of[j] + 1]++;
	}
	for (uint32_t k = 0; k < keys->n; k++)
		start[k + 1] += start[k];
	return start;
}
