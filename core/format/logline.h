/*
 * Log lines to records through a PCRE2 pattern with named groups: the groups
 * are the columns, in the order of their numbers. The pattern must match the
 * whole line if it is anchored so by its author; otherwise a match anywhere
 * counts.
 *
 * A line that does not match is refused (no-match); one on which the pattern
 * hits its match, depth or heap limit is refused as pattern-gave-up, which is
 * not the same; so are lines with a NUL byte and lines or fields above their
 * limit, each with its own code. The interpreter of PCRE2 is the judge: the
 * just-in-time compiler answers only where both must agree.
 */
#ifndef FORMAT_LOGLINE_H
#define FORMAT_LOGLINE_H

#include "format/record.h"

struct logline; /* a compiled pattern, immutable and shared by threads */

/*
 * Compiles `pattern` (UTF-8, at most 4 KiB). On failure ERR_USAGE with a
 * sentence, and `*offset` is the code point in the pattern where it went wrong.
 * A pattern without a named group or with limits of its own is refused too.
 * Give it back with logline_free().
 */
MUST_CHECK bool logline_compile(struct logline **out, struct str pattern,
	size_t *offset, struct err *err);

/* Turns the just-in-time compiler off; results must not change. */
void logline_interpret_only(struct logline *pattern);

/* The group names, in the order of the fields; live until logline_free(). */
const struct str *logline_columns(const struct logline *pattern, uint32_t *n);

struct logline_piece {
	struct str text; /* valid UTF-8, which is not checked again */
	uint32_t file;
	uint32_t line;
	uint64_t byte;
};

struct logline_stats {
	uint64_t records, refused;
};

/* Every line that is not blank is taken or refused exactly once, in order; a
   line ends with LF or CR LF. A group that took no part in the match is an
   absent field. `stats` is what this call saw. */
void logline_read(const struct logline *pattern,
	const struct logline_piece *piece, const struct record_limits *limits,
	const struct record_sink *sink, struct logline_stats *stats);

void logline_free(struct logline *pattern);

#endif
