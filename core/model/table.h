/*
 * Rows as columns: each column is an array of one kind of cell, indexed by the
 * row. Built by appending rows, then permuted once, then read-only. Columns
 * move while rows are added, so keep row numbers, not pointers.
 */
#ifndef MODEL_TABLE_H
#define MODEL_TABLE_H

#include "base/bits.h"
#include "base/sym.h"
#include "base/vec.h"
#include "model/words.h"

/* An absent or unreadable time or number. */
#define CELL_ABSENT     INT64_MIN
#define CELL_UNREADABLE (INT64_MIN + 1)

/* True for a time or number that can be computed with. */
static inline bool cell_is_value(int64_t cell)
{
	return cell > CELL_UNREADABLE;
}

/*
 * A symbol with this bit is a list: the rest is a position in `lists`, where
 * the number of symbols stands, then the symbols.
 */
#define SYM_LIST UINT32_C(0x80000000)

struct column {
	enum column_form form;
	sym *syms;        /* COLUMN_SYM; 0 is absent */
	int64_t *values;  /* COLUMN_TIME, COLUMN_NUMBER */
	uint8_t *present; /* COLUMN_PRESENT, unless it has the symbols of a
			     column of text, which tell the same */
};

/* True if a cell of a COLUMN_PRESENT column has a value. */
static inline bool column_is_present(const struct column *column, uint32_t row)
{
	return column->syms ? column->syms[row] != 0 : column->present[row];
}

struct table {
	struct arena *a;
	uint32_t n, cap;
	struct column *columns;
	uint32_t n_columns;
	struct sym_vec VEC(sym) lists;
};

/* An empty table with the given forms of columns, living in the arena. */
void table_init(struct table *table, struct arena *a,
	const enum column_form *forms, uint32_t n_columns);

/* Adds a row of absent cells and gives its number. */
uint32_t table_add(struct table *table);

/* Puts `n` symbols into a cell; n 0 leaves it absent. */
void table_set_syms(struct table *table, uint32_t column, uint32_t row,
	const sym *syms, uint32_t n);

/* The symbols of a cell: `*n` of them, 0 if it is absent. The result lives
   until the table changes. */
const sym *table_syms(
	const struct table *table, uint32_t column, uint32_t row, uint32_t *n);

/* The only or first symbol of a cell, 0 if it is absent. */
sym table_sym(const struct table *table, uint32_t column, uint32_t row);

/* Appends the rows of `from`, which has the same columns; symbol s there is
   `map[s]` here. */
void table_append(
	struct table *table, const struct table *from, const sym *map);

/* Row i becomes what row order[i] was, for n rows; `order` may leave rows
   out. */
void table_permute(struct table *table, const uint32_t *order, uint32_t n);

/* Bytes that the columns take. */
size_t table_bytes(const struct table *table);

#endif
