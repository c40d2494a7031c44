/*
 * Which format a file has: the profile whose columns its header holds. Two
 * that fit are an error, never a guess.
 */
#ifndef INGEST_RECOGNISE_H
#define INGEST_RECOGNISE_H

#include "ingest/input.h"
#include "ingest/profile.h"

/* True if the source leaves its format to be found out: it gives no format,
   role, binding, pattern or columns of its own. */
bool recognise_is_wanted(const struct source *source);

/*
 * The profile that fits the input, or NULL if none does (`*ambiguous` false)
 * or several do (`*ambiguous` true, with a complaint that names them).
 */
const struct profile *recognise(const struct profiles *profiles,
	const struct input *input, bool *ambiguous, struct diag *diag);

#endif
