/*
 * CSV (RFC 4180) to records, strictly. `scan` takes regular records, many at a
 * time; any other goes the plain way alone: `split` finds where it ends (LF,
 * CR LF or CR outside quotes), so that line and byte of every record and error
 * are known. If its fields stand in the text as they are, it is cut into
 * slices; one with doubled quotes goes through libcsv.
 *
 * A record with a stray quote, a NUL byte, too few or too many fields is
 * refused with its line and reading goes on; a quote that is never closed ends
 * the reading, and nothing after it is accepted. Empty lines are skipped.
 */
#ifndef FORMAT_ROWS_H
#define FORMAT_ROWS_H

#include "format/record.h"
#include "format/split.h"

struct rows_dialect {
	char delimiter;    /* no quote, line end or NUL */
	bool loose_quotes; /* inside quotes a backslash escapes: the next byte
			      stands for itself; "" is a quote here too */
};

/* A piece of a file that starts at the first byte of a record. */
struct rows_piece {
	struct str text;    /* valid UTF-8, else columns are doubtful */
	uint32_t file;      /* number in messages */
	uint32_t line;      /* of its first byte, from 1 */
	uint64_t byte;      /* offset of its first byte */
	uint32_t n_columns; /* each record must have so many; 0: any number */
};

enum rows_end {
	ROWS_DONE,
	ROWS_UNCLOSED, /* a quote is never closed; `refuse` has told */
	ROWS_ODD       /* a record could not be parsed (see rows_read_part) */
};

/* Line ends seen outside quotes; more than one kind is worth a warning. */
struct rows_stats {
	uint64_t records; /* taken and refused */
	uint64_t lf, crlf, cr;
	uint64_t refused;
};

/*
 * Reads the whole piece. Every record is taken or refused exactly once, in
 * order; `stats` is what this call saw. A byte order mark is not expected.
 * Fields of a record that is taken are never absent. The place of a refused
 * record is the stray quote or the NUL byte, else the record's first byte; its
 * `raw` is cut at the limit of a record.
 */
enum rows_end rows_read(const struct rows_piece *piece,
	const struct rows_dialect *dialect, const struct record_limits *limits,
	const struct record_sink *sink, struct rows_stats *stats);

/*
 * The same for one of several pieces that were cut by rows_cut(): quoting that
 * is not RFC 4180 makes the cuts doubtful, so at the first such record (or an
 * unclosed quote) it stops with ROWS_ODD, and the caller throws away what all
 * pieces delivered and reads the file again with rows_read().
 */
enum rows_end rows_read_part(const struct rows_piece *piece,
	const struct rows_dialect *dialect, const struct record_limits *limits,
	const struct record_sink *sink, struct rows_stats *stats);

/*
 * Cuts `whole` into pieces of about equal size (at least CHUNK_MIN bytes), each
 * starting at the first byte of a record, by quote parity: a quote changes
 * between inside and outside, wherever it stands. Line and byte of each piece
 * are filled in. The array lives as long as the arena.
 */
struct rows_piece *rows_cut(struct arena *a, const struct rows_piece *whole,
	const struct split_wish *wish, size_t *n);

/* Length of the first record of `text` with its line end and the empty lines
   before it; all of it if the text ends first. */
size_t rows_first(struct str text, const struct rows_dialect *dialect);

#endif
