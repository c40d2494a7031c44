/*
 * What a text is, from its first bytes. A guess is always shown to the user,
 * and two equal guesses are refused.
 */
#ifndef FORMAT_SNIFF_H
#define FORMAT_SNIFF_H

#include "base/err.h"

enum syntax {
	SYNTAX_EMPTY, /* nothing but blanks and line ends */
	SYNTAX_CSV,
	SYNTAX_JSON_LINES, /* one object a line */
	SYNTAX_JSON,       /* one array or one object */
	SYNTAX_LINES       /* log lines; never guessed, always declared */
};

/* "csv", "json-lines", ... */
const char *sniff_name(enum syntax syntax);

/* The kind of `text`: a first byte `{` or `[` means JSON; a first line that is
   an object means JSON lines; everything else is CSV. */
enum syntax sniff_syntax(struct str text);

/*
 * Spreadsheets write the separator into a line before the header, "sep=;".
 * The bytes of that line with its end, if `text` begins with one, and its
 * separator; else 0.
 */
size_t sniff_separator_line(struct str text, char *delimiter);

/*
 * The separator of a CSV text, out of comma, semicolon, tab and bar: the one
 * that stands most often in the first record outside quotes. ERR_INPUT if two
 * stand equally often; without any, the file has one column and the comma is
 * returned.
 */
MUST_CHECK bool sniff_delimiter(
	struct str text, uint32_t number, char *delimiter, struct err *err);

#endif
