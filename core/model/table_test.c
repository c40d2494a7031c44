#include "model/table.h"

#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

static const enum column_form forms[] = {
	COLUMN_SYM, COLUMN_TIME, COLUMN_NUMBER, COLUMN_PRESENT, COLUMN_SYM};

#define N_COLUMNS 5
#define MOST_ROWS 120
#define MOST_SYMS 4

/* The obvious version: one struct per row. */
struct plain {
	sym syms[2][MOST_SYMS];
	uint32_t n_syms[2];
	int64_t time, number;
	uint8_t present;
};

static const uint32_t sym_columns[] = {0, 4};

/* A row of random cells, some absent, added to both. */
static struct plain add_row(struct table *table, struct rng *rng)
{
	struct plain plain = {.time = CELL_ABSENT, .number = CELL_ABSENT};
	uint32_t row = table_add(table);

	for (int c = 0; c < 2; c++) {
		plain.n_syms[c] = (uint32_t)rng_below(rng, MOST_SYMS + 1);
		for (uint32_t i = 0; i < plain.n_syms[c]; i++)
			plain.syms[c][i] = 1 + (sym)rng_below(rng, 30);
		table_set_syms(table, sym_columns[c], row, plain.syms[c],
			plain.n_syms[c]);
	}
	if (rng_chance(rng, 700000))
		plain.time = table->columns[1].values[row] =
			(int64_t)rng_below(rng, 1000) - 500;
	if (rng_chance(rng, 700000))
		plain.number = table->columns[2].values[row] =
			(int64_t)rng_next(rng) / 4;
	plain.present = table->columns[3].present[row] = rng_chance(
		rng, 500000);
	return plain;
}

static bool is_same(
	const struct table *table, uint32_t row, const struct plain *plain)
{
	bool same = table->columns[1].values[row] == plain->time &&
		    table->columns[2].values[row] == plain->number &&
		    table->columns[3].present[row] == plain->present;

	for (int c = 0; c < 2; c++) {
		uint32_t n;
		const sym *syms = table_syms(table, sym_columns[c], row, &n);
		sym first = table_sym(table, sym_columns[c], row);

		same &= n == plain->n_syms[c] &&
			memcmp(syms, plain->syms[c], n * sizeof(*syms)) == 0;
		same &= first == (n ? plain->syms[c][0] : 0);
	}
	return same;
}

Test(table, a_new_row_is_absent)
{
	struct arena a = {0};
	struct table table;
	uint32_t n = 9;

	table_init(&table, &a, forms, N_COLUMNS);
	for (uint32_t row = 0; row < 200; row++) {
		cr_expect(table_add(&table) == row);
		cr_expect(table_sym(&table, 0, row) == 0);
		table_syms(&table, 0, row, &n);
		cr_expect(n == 0);
		cr_expect(table.columns[1].values[row] == CELL_ABSENT);
		cr_expect(table.columns[2].values[row] == CELL_ABSENT);
		cr_expect(table.columns[3].present[row] == 0);
	}
	cr_expect(table.n == 200);
	arena_free(&a);
}

Test(table, a_table_may_have_no_columns)
{
	struct arena a = {0};
	struct table table, other;

	table_init(&table, &a, NULL, 0);
	table_init(&other, &a, NULL, 0);
	for (uint32_t row = 0; row < 100; row++)
		cr_expect(table_add(&table) == row);
	table_append(&table, &other, NULL);
	cr_expect(table.n == 100);
	table_append(&other, &table, NULL);
	cr_expect(other.n == 100);
	table_permute(&table, (uint32_t[]) {3, 1}, 2);
	cr_expect(table.n == 2 && table_bytes(&table) == 0);
	arena_free(&a);
}

Test(table, a_cell_keeps_its_last_symbols)
{
	static const struct {
		sym syms[3];
		uint32_t n;
	} rows[] = {{{5, 6, 7}, 3}, {{8}, 1}, {{1, 1}, 2}, {{0}, 0}, {{9}, 1}};
	struct arena a = {0};
	struct table table;

	table_init(&table, &a, forms, N_COLUMNS);
	table_add(&table);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint32_t n;
		const sym *syms;

		table_set_syms(&table, 0, 0, rows[i].syms, rows[i].n);
		syms = table_syms(&table, 0, 0, &n);
		cr_expect(n == rows[i].n, "row %zu", i);
		cr_expect(memcmp(syms, rows[i].syms, n * sizeof(sym)) == 0,
			"row %zu", i);
	}
	arena_free(&a);
}

Test(table, absent_and_unreadable_are_no_values)
{
	cr_expect(!cell_is_value(CELL_ABSENT));
	cr_expect(!cell_is_value(CELL_UNREADABLE));
	cr_expect(cell_is_value(CELL_UNREADABLE + 1));
	cr_expect(cell_is_value(0));
	cr_expect(cell_is_value(INT64_MAX));
}

Test(table, bytes_are_those_of_the_columns)
{
	struct arena a = {0};
	struct table table;

	table_init(&table, &a, forms, N_COLUMNS);
	for (int i = 0; i < 10; i++)
		table_add(&table);
	cr_expect(table_bytes(&table) == 10 * (4 + 8 + 8 + 1 + 4));
	table_set_syms(&table, 0, 3, (sym[]) {1, 2}, 2);
	cr_expect(table_bytes(&table) == 10 * 25 + 3 * 4);
	arena_free(&a);
}

/* Property: the cells are those of an array of structs, also after rows were
   left out and moved. */
Test(table, agrees_with_an_array_of_rows)
{
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct arena a = {0};
		struct rng rng = {seed};
		struct table table;
		struct plain plain[MOST_ROWS];
		uint32_t order[MOST_ROWS];
		uint32_t n = (uint32_t)rng_below(&rng, MOST_ROWS), kept = 0;
		bool same = true;

		table_init(&table, &a, forms, N_COLUMNS);
		for (uint32_t i = 0; i < n; i++)
			plain[i] = add_row(&table, &rng);
		for (uint32_t i = 0; i < n; i++)
			same &= is_same(&table, i, &plain[i]);
		for (uint32_t i = n; i-- > 0;)
			if (rng_chance(&rng, 800000))
				order[kept++] = i;
		table_permute(&table, order, kept);
		same &= table.n == kept;
		for (uint32_t i = 0; i < kept; i++)
			same &= is_same(&table, i, &plain[order[i]]);
		cr_assert(same, "seed %zu", (size_t)seed);
		arena_free(&a);
	}
}

/* Property: parts appended in order are one table, symbols mapped. */
Test(table, appended_parts_are_one_table)
{
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct arena a = {0}, part_arena = {0};
		struct rng rng = {seed};
		struct table table, part;
		struct plain plain[MOST_ROWS];
		sym map[31];
		uint32_t n = 0;
		bool same = true;

		for (sym s = 0; s < 31; s++)
			map[s] = s * 3;
		table_init(&table, &a, forms, N_COLUMNS);
		while (n + 30 < MOST_ROWS) {
			uint32_t more = (uint32_t)rng_below(&rng, 30);

			table_init(&part, &part_arena, forms, N_COLUMNS);
			for (uint32_t i = 0; i < more; i++)
				plain[n + i] = add_row(&part, &rng);
			table_append(&table, &part, map);
			n += more;
			arena_free(&part_arena);
			if (more == 0)
				break;
		}
		same &= table.n == n;
		for (uint32_t i = 0; i < n; i++) {
			for (int j = 0; j < 2 * MOST_SYMS; j++)
				plain[i].syms[j / MOST_SYMS][j % MOST_SYMS] *=
					3;
			same &= is_same(&table, i, &plain[i]);
		}
		cr_assert(same, "seed %zu", (size_t)seed);
		arena_free(&a);
	}
}
