/*
 * Days on which nobody works, from a file: one ISO date a line, perhaps a
 * comma and a name behind it, `#` comments, empty lines. It covers the years
 * from its first to its last date.
 */
#ifndef FORMAT_HOLIDAYS_H
#define FORMAT_HOLIDAYS_H

#include "base/err.h"

/* The zero value is a calendar without a holidays file. */
struct holidays {
	const int64_t *days; /* since 1970-01-01, ascending, each once */
	size_t n;
	int64_t first_year, last_year; /* which years the file covers */
};

/*
 * Reads the text of file `number`; the dates may stand in any order. ERR_USAGE
 * with line and column. The days live as long as the arena.
 */
MUST_CHECK bool holidays_read(struct arena *a, struct str text, uint32_t number,
	struct holidays *out, struct err *err);

bool holidays_has(const struct holidays *holidays, int64_t day);

/* The holidays from day `from` on: the first one's index, or `n`. */
size_t holidays_find(const struct holidays *holidays, int64_t from);

#endif
