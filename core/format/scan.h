/*
 * Regular CSV records, fast. A record is regular if it can be cut by looking at
 * quotes, separators and line ends alone: it has the wanted number of fields,
 * ends in LF or CR LF, is not larger than any limit, and holds no NUL byte, no
 * line end in quotes and no quote but those around whole fields. The scan never
 * judges any other record: it leaves it, from its first byte, to the plain way
 * of `rows`, and goes on behind it.
 *
 * A scan borrows its text and its arena and belongs to one thread.
 */
#ifndef FORMAT_SCAN_H
#define FORMAT_SCAN_H

#include "base/arena.h"

/* The bytes that are looked at in one go; the sanitizer builds shrink it, so
   that records lie across windows. */
#ifndef SCAN_WINDOW
#define SCAN_WINDOW 8192
#endif

struct scan_request {
	struct str text;
	char delimiter;     /* no quote, line end or NUL */
	uint32_t n_columns; /* at least 1 */
	size_t largest;     /* bytes of a record; a larger one is not regular */
	size_t window;      /* bytes; rounded up to whole blocks */
	unsigned way;       /* below scan_ways(); 0 is the best one */
};

struct scan;

/* Lives as long as the arena. */
struct scan *scan_new(struct arena *a, const struct scan_request *request);

/* One regular record. */
struct scan_record {
	const struct str *fields; /* until the next call; slices of the text */
	size_t len;               /* without the line end */
	bool crlf;                /* else LF */
};

/* True if the record that begins at byte `at` of the text is regular. `at` lies
   behind the record that was asked for before. */
bool scan_next(struct scan *scan, size_t at, struct scan_record *record);

/* The ways to look at bytes that this processor has, the best one first. */
unsigned scan_ways(void);

#endif
