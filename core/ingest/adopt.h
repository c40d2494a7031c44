/*
 * The format of each input, and by it the source of a file that no source of
 * the project file claims: all files of one profile form one source, a file of
 * no known format forms one of its own.
 */
#ifndef INGEST_ADOPT_H
#define INGEST_ADOPT_H

#include "ingest/gather.h"
#include "ingest/sourcename.h"

struct adopter {
	struct arena *a;
	const struct profiles *profiles;
	const struct input_limits *limits;
	/* Sources are appended; `profiles` has room for one per input. */
	struct gathered *out;
	struct diag *diag;
	/* Private: what adopt_begin() sets up. */
	struct source_names names;
	uint32_t *made; /* per profile: 1 + the source of its files, or 0 */
};

/* To be called once all sources of the project file are in `out`: gives each
   the profile that its `format` names. adopt_end() gives the memory back. */
void adopt_begin(struct adopter *adopter);
void adopt_end(struct adopter *adopter);

/* Gives an unclaimed input, whose header was read, to the source of its format,
   which is made on first use. */
void adopt_unclaimed(struct adopter *adopter, struct input *input);

/* Finds out the format of an input whose source leaves it open. All inputs of a
   source must agree; one that does not is marked failed. */
void adopt_claimed(struct adopter *adopter, struct input *input);

/* Binds what the source of an input leaves open to the usual columns of its
   header, as for a file of no known format. */
void adopt_generic(struct adopter *adopter, const struct input *input);

/* What reports call the format of a source. */
struct str adopt_format_name(const struct gathered *gathered, uint32_t source);

#endif
