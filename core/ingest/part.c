#include "ingest/part.h"

/* The longest raw text kept of a refused record. */
#define REJECT_RAW_MAX 4096

void part_free_tables(struct part *part)
{
	symbols_free(&part->strings);
	arena_free(&part->tables);
	part->events = (struct event_table) {0};
	for (size_t i = 0; i < ROLE_N; i++)
		part->roles[i] = (struct role_table) {0};
	part->rejects = (struct kept_rejects) {0};
}

void part_free(struct part *part)
{
	part_free_tables(part);
	intern_free(&part->columns);
	unmapped_free(&part->unmapped);
	diag_free(&part->diag);
	arena_free(&part->a);
	*part = (struct part) {0};
}

void part_keep_reject(struct part *part, const struct reject *reject)
{
	struct kept_reject kept = {
		.loc = reject->loc, .byte = reject->byte, .code = reject->code};

	kept.raw = arena_copy(
		&part->tables, str_slice(reject->raw, 0, REJECT_RAW_MAX));
	vec_push(&part->tables, &part->rejects, kept);
}
