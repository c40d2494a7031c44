/*
 * JSON records (RFC 8259) through our own lexer, which keeps the text of
 * numbers as written. A record is one object; nested members become columns
 * with dotted paths: {"a": {"b": 1}, "c": [{"d": 2}]} has `a.b` and `c[0].d`.
 * Strings are unescaped, numbers stay text, `true` and `false` are words,
 * `null` is an absent field; empty objects and arrays have no column. A name
 * stands in its path as it is, even with a '.' or '[' in it, and an empty name
 * as `""`; so {"a.b": 1} and {"a": {"b": 1}} have the same column, and a record
 * with both gives it twice.
 *
 * Columns are numbered by first sight in records that were taken, in the
 * `columns` table of the caller (column k has number k + 1 there), so records
 * may have different members and the table grows. A path given twice, bad
 * syntax, bad UTF-16 escapes, a NUL character, nesting above 64, something
 * that is not an object: the record is refused with line and column. In JSON
 * lines reading goes on with the next line, in an array with the next element
 * if the end of the bad one can be found, else it stops.
 *
 * Hostile input is bounded: a path has at most JSON_PATH_BYTES, and one call
 * takes at most JSON_PATHS different ones; a record above that is refused. Who
 * reads a text in pieces checks the merged table against JSON_PATHS and gives
 * the text up above it, so that the pieces do not matter.
 */
#ifndef FORMAT_JSONREAD_H
#define FORMAT_JSONREAD_H

#include "base/intern.h"
#include "format/record.h"

#define JSON_PATH_BYTES 1024
#define JSON_PATHS      65536

struct json_piece {
	struct str text; /* valid UTF-8 */
	uint32_t file;
	uint32_t line; /* of the first byte, from 1 */
	uint64_t byte;
};

/* Of one call. */
struct json_stats {
	uint64_t records; /* taken and refused */
	uint64_t refused;
};

/* One object a line, which ends with LF or CR LF; blank lines are skipped.
   Every other line is taken or refused exactly once, in order. */
void jsonread_lines(const struct json_piece *piece, struct intern *columns,
	const struct record_limits *limits, const struct record_sink *sink,
	struct json_stats *stats);

/*
 * The elements of the array at the dotted path `records` of member names
 * (empty: the top-level array, or the top-level object as the one record).
 * False with ERR_INPUT if the document is broken outside the elements or its
 * brackets do not match, the path leads to no array or to two, or bytes stand
 * behind the document; records delivered before that are then not to be
 * trusted.
 */
MUST_CHECK bool jsonread_array(const struct json_piece *piece,
	struct str records, struct intern *columns,
	const struct record_limits *limits, const struct record_sink *sink,
	struct json_stats *stats, struct err *err);

#endif
