/* The readers of `rows` with what tests choose: how the fast way looks at the
   text, which changes nothing that is delivered. */
#ifndef FORMAT_ROWS_P_H
#define FORMAT_ROWS_P_H

#include "format/rows.h"

struct rows_how {
	bool part;     /* as rows_read_part() */
	size_t window; /* bytes (see scan.h); 0: every record the plain way */
	unsigned way;  /* below scan_ways() */
};

enum rows_end rows_read_how(const struct rows_piece *piece,
	const struct rows_dialect *dialect, const struct record_limits *limits,
	const struct record_sink *sink, struct rows_stats *stats,
	const struct rows_how *how);

#endif
