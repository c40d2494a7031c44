#include "ingest/part.h"

void part_free(struct part *part)
{
	symbols_free(&part->strings);
	intern_free(&part->columns);
	unmapped_free(&part->unmapped);
	diag_free(&part->diag);
	arena_free(&part->a);
	*part = (struct part) {0};
}
