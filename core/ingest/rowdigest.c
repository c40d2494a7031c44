#include "ingest/rowdigest.h"

#include <string.h>

/* Where column `number` belongs; of equal names the older one comes first. */
static size_t place_of(const struct rowdigest *rowdigest,
	const struct columns *columns, struct str name)
{
	size_t low = 0, high = rowdigest->by_name.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint32_t other = rowdigest->by_name.at[middle];

		if (str_compare(columns->names.at[other], name) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void insert(struct rowdigest *rowdigest, const struct columns *columns,
	uint32_t number)
{
	struct column_numbers *all = &rowdigest->by_name;
	size_t at = place_of(rowdigest, columns, columns->names.at[number]);

	vec_push(&rowdigest->a, all, number);
	memmove(all->at + at + 1, all->at + at,
		(all->n - 1 - at) * sizeof(*all->at));
	all->at[at] = number;
}

void rowdigest_add_columns(
	struct rowdigest *rowdigest, const struct columns *columns)
{
	while (rowdigest->by_name.n < columns->names.n)
		insert(rowdigest, columns, (uint32_t)rowdigest->by_name.n);
	vec_reserve(&rowdigest->a, &rowdigest->cells, 2 * columns->names.n);
}

struct digest128 rowdigest_of(struct rowdigest *rowdigest,
	const struct columns *columns, const struct record *record)
{
	struct str_vec *cells = &rowdigest->cells;

	cells->n = 0;
	for (size_t i = 0; i < rowdigest->by_name.n; i++) {
		uint32_t column = rowdigest->by_name.at[i];

		if (column >= record->n || !record->fields[column].s)
			continue;
		cells->at[cells->n++] = columns->names.at[column];
		cells->at[cells->n++] = record->fields[column];
	}
	return digest_fields(cells->at, cells->n);
}

void rowdigest_free(struct rowdigest *rowdigest)
{
	arena_free(&rowdigest->a);
	*rowdigest = (struct rowdigest) {0};
}
