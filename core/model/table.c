#include "model/table.h"

#include <string.h>

#define TABLE_FIRST 64

void table_init(struct table *table, struct arena *a,
	const enum column_form *forms, uint32_t n_columns)
{
	*table = (struct table) {.a = a, .n_columns = n_columns};
	table->columns = arena_array(a, struct column, n_columns);
	for (uint32_t i = 0; i < n_columns; i++)
		table->columns[i].form = forms[i];
}

static void resize_column(
	struct arena *a, struct column *column, size_t old, size_t cap)
{
	switch (column->form) {
	case COLUMN_SYM:
		column->syms = arena_resize(
			a, column->syms, old * sizeof(sym), cap * sizeof(sym));
		break;
	case COLUMN_TIME:
	case COLUMN_NUMBER:
		column->values = arena_resize(a, column->values,
			old * sizeof(int64_t), cap * sizeof(int64_t));
		break;
	case COLUMN_PRESENT:
		column->present = arena_resize(a, column->present, old, cap);
		break;
	}
}

static void reserve(struct table *table, uint32_t want)
{
	uint32_t cap = table->cap < TABLE_FIRST ? TABLE_FIRST : table->cap;

	if (want <= table->cap)
		return;
	while (cap < want)
		cap = cap > UINT32_MAX / 3 * 2 ? UINT32_MAX : cap + cap / 2;
	for (uint32_t i = 0; i < table->n_columns; i++)
		resize_column(table->a, &table->columns[i], table->cap, cap);
	table->cap = cap;
}

static void clear_cell(struct column *column, uint32_t row)
{
	if (column->form == COLUMN_SYM)
		column->syms[row] = 0;
	else if (column->form == COLUMN_PRESENT)
		column->present[row] = 0;
	else
		column->values[row] = CELL_ABSENT;
}

uint32_t table_add(struct table *table)
{
	uint32_t row = table->n;

	reserve(table, row + 1);
	for (uint32_t i = 0; i < table->n_columns; i++)
		clear_cell(&table->columns[i], row);
	table->n++;
	return row;
}

void table_set_syms(struct table *table, uint32_t column, uint32_t row,
	const sym *syms, uint32_t n)
{
	sym *cell = &table->columns[column].syms[row];

	if (n <= 1) {
		*cell = n ? syms[0] : 0;
		return;
	}
	*cell = SYM_LIST | (uint32_t)table->lists.n;
	vec_push(table->a, &table->lists, n);
	for (uint32_t i = 0; i < n; i++)
		vec_push(table->a, &table->lists, syms[i]);
}

const sym *table_syms(
	const struct table *table, uint32_t column, uint32_t row, uint32_t *n)
{
	const sym *cell = &table->columns[column].syms[row];

	if (*cell & SYM_LIST) {
		const sym *list = &table->lists.at[*cell & ~SYM_LIST];

		*n = list[0];
		return list + 1;
	}
	*n = *cell != 0;
	return cell;
}

sym table_sym(const struct table *table, uint32_t column, uint32_t row)
{
	uint32_t n;
	const sym *syms = table_syms(table, column, row, &n);

	return n ? syms[0] : 0;
}

static void append_syms(struct table *table, uint32_t c,
	const struct table *from, const sym *map)
{
	sym *to = table->columns[c].syms + table->n;
	const sym *cells = from->columns[c].syms;
	uint32_t base = (uint32_t)table->lists.n;

	for (uint32_t i = 0; i < from->n; i++)
		to[i] = cells[i] & SYM_LIST ? cells[i] + base : map[cells[i]];
}

static void append_lists(
	struct table *table, const struct table *from, const sym *map)
{
	size_t i = 0;

	while (i < from->lists.n) {
		uint32_t n = from->lists.at[i++];

		vec_push(table->a, &table->lists, n);
		for (uint32_t j = 0; j < n; j++, i++)
			vec_push(table->a, &table->lists,
				map[from->lists.at[i]]);
	}
}

void table_append(struct table *table, const struct table *from, const sym *map)
{
	if (from->n == 0)
		return;
	reserve(table, table->n + from->n);
	for (uint32_t c = 0; c < table->n_columns; c++) {
		struct column *to = &table->columns[c];
		const struct column *cells = &from->columns[c];

		if (to->form == COLUMN_SYM)
			append_syms(table, c, from, map);
		else if (to->form == COLUMN_PRESENT)
			memcpy(to->present + table->n, cells->present, from->n);
		else
			memcpy(to->values + table->n, cells->values,
				from->n * sizeof(int64_t));
	}
	append_lists(table, from, map);
	table->n += from->n;
}

static void permute_column(
	struct column *column, void *spare, const uint32_t *order, uint32_t n)
{
	sym *syms = spare;
	int64_t *values = spare;
	uint8_t *present = spare;

	if (column->form == COLUMN_SYM) {
		for (uint32_t i = 0; i < n; i++)
			syms[i] = column->syms[order[i]];
		memcpy(column->syms, syms, n * sizeof(*syms));
	} else if (column->form == COLUMN_PRESENT) {
		for (uint32_t i = 0; i < n; i++)
			present[i] = column->present[order[i]];
		memcpy(column->present, present, n);
	} else {
		for (uint32_t i = 0; i < n; i++)
			values[i] = column->values[order[i]];
		memcpy(column->values, values, n * sizeof(*values));
	}
}

void table_permute(struct table *table, const uint32_t *order, uint32_t n)
{
	struct arena scratch = {0};
	void *spare = arena_array(&scratch, int64_t, n);

	if (n)
		for (uint32_t c = 0; c < table->n_columns; c++)
			permute_column(&table->columns[c], spare, order, n);
	table->n = n;
	arena_free(&scratch);
}

/* True if an earlier column has the same cells in memory. */
static bool is_shared(const struct table *table, uint32_t c)
{
	const struct column *column = &table->columns[c];

	for (uint32_t i = 0; i < c; i++)
		if (column->form == table->columns[i].form &&
			column->syms == table->columns[i].syms &&
			column->present == table->columns[i].present &&
			(column->syms || column->present))
			return true;
	return column->form == COLUMN_PRESENT && column->syms;
}

size_t table_bytes(const struct table *table)
{
	static const size_t sizes[] = {[COLUMN_SYM] = sizeof(sym),
		[COLUMN_TIME] = sizeof(int64_t),
		[COLUMN_NUMBER] = sizeof(int64_t),
		[COLUMN_PRESENT] = sizeof(uint8_t)};
	size_t row = 0;

	for (uint32_t c = 0; c < table->n_columns; c++)
		if (!is_shared(table, c))
			row += sizes[table->columns[c].form];
	return row * table->n + table->lists.n * sizeof(sym);
}
