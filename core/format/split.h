/*
 * Where CSV records end (RFC 4180): a state machine over bytes that stops at
 * quotes, line ends (LF, CR LF, CR) and NUL bytes only and skips what lies
 * between them eight bytes at a time. It finds where a record ends and where it
 * is wrong; its fields are the business of `rows`.
 *
 * A quote opens a field at the field's first byte. Any other quote outside a
 * quoted field is stray and changes nothing; behind a closing quote that is
 * followed by text, the field goes on unquoted.
 */
#ifndef FORMAT_SPLIT_H
#define FORMAT_SPLIT_H

#include "base/arena.h"

/* The fewest bytes that are worth a piece of their own. The sanitizer builds
   shrink it, so that small texts are cut. */
#ifndef CHUNK_MIN
#define CHUNK_MIN 1048576
#endif

enum split_end {
	SPLIT_LF,
	SPLIT_CRLF,
	SPLIT_CR,
	SPLIT_TEXT_END, /* no line end: the text is over */
	SPLIT_UNCLOSED  /* the text is over inside a quoted field */
};

#define SPLIT_NONE SIZE_MAX

/* One record; offsets from its first byte, SPLIT_NONE where there is none. */
struct split_record {
	size_t len;     /* without the line end */
	size_t next;    /* with it: where the next record starts */
	size_t opened;  /* with SPLIT_UNCLOSED: the quote that was opened */
	size_t stray;   /* first quote that neither begins nor ends a field */
	size_t nul;     /* first NUL byte */
	uint32_t lines; /* line ends, in quotes and at its end */
	enum split_end end;
	bool escapes; /* a field in quotes holds "" (loose: or a backslash) */
};

/* The first record of `text`; an empty line is a record of length 0. With
   `loose`, a backslash inside quotes takes the next byte's meaning away. */
struct split_record split_record(struct str text, char delimiter, bool loose);

struct split_part {
	size_t start;   /* first byte of a record */
	uint64_t lines; /* line ends before it */
};

/* How a text is cut. */
struct split_wish {
	size_t parts;     /* at most so many */
	unsigned threads; /* that count quotes */
};

/*
 * Cuts `text`, which starts outside quotes, into parts of about equal size, by
 * parity: each quote changes between inside and outside, so the
 * number of quotes before a place tells which it is. Exact if the quoting is
 * RFC 4180; else exact up to the first record that is not. The array has
 * `*n` >= 1 items and lives as long as the arena.
 */
struct split_part *split_parts(struct arena *a, struct str text,
	const struct split_wish *wish, size_t *n);

#endif
