/*
 * Raw words that a binding does not list, counted per field. Joining the counts
 * of pieces in their order gives those of one serial run.
 */
#ifndef INGEST_UNMAPPED_H
#define INGEST_UNMAPPED_H

#include "base/diag.h"
#include "base/intern.h"
#include "model/words.h"

struct unmapped_field {
	struct str field; /* borrowed */
	struct intern words;
	struct unmapped_counts VEC(uint64_t) counts; /* by number of the word */
};

struct unmapped {
	struct arena a;
	struct unmapped_fields VEC(struct unmapped_field) fields;
};

/* The one copy of `raw` among the words of `field`, entered at first sight with
   a count of 0; lives as long as `unmapped`. */
struct str unmapped_put(
	struct unmapped *unmapped, struct str field, struct str raw);

/* Counts `raw`, which stands for no word of `field`, `count` times. */
void unmapped_add(struct unmapped *unmapped, struct str field, struct str raw,
	uint64_t count);

/* Adds what `from` has counted. */
void unmapped_join(struct unmapped *unmapped, const struct unmapped *from);

/* Says each word with its count, in the order of first sight, about a file; of
   personal fields only how many words there are. */
void unmapped_report(const struct unmapped *unmapped, const struct words *words,
	uint32_t file, struct diag *diag);

void unmapped_free(struct unmapped *unmapped);

#endif
