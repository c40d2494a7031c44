/*
 * Encodings to plain UTF-8, checked once: whatever text_decode() returns is
 * valid UTF-8 without a byte order mark. Line ends and NUL bytes stay as they
 * are; they are the business of the record readers.
 */
#ifndef FORMAT_TEXT_H
#define FORMAT_TEXT_H

#include "base/err.h"

enum encoding {
	ENCODING_SNIFF, /* byte order mark, else UTF-8, else Windows-1252 */
	ENCODING_UTF_8,
	ENCODING_UTF_16LE,
	ENCODING_UTF_16BE,
	ENCODING_WINDOWS_1252,
	ENCODING_ISO_8859_1,
	ENCODING_N
};

struct text {
	struct str utf8;        /* borrows the input where nothing changed */
	enum encoding encoding; /* never ENCODING_SNIFF */
	bool had_mark;          /* a byte order mark was dropped */
	bool guessed;           /* Windows-1252 because it was not UTF-8 */
	uint64_t first_bad;     /* if guessed: offset of the first bad byte */
	uint32_t bad_line;      /* if guessed: its line */
};

/* The name as the project file writes it: "utf-8", "windows-1252", ... */
struct str text_encoding_name(enum encoding encoding);

/*
 * Decodes `bytes`, which come from file `number`. A decoded copy lives in the
 * arena. ERR_INPUT with line and column: bytes that are not of the declared
 * encoding, an odd byte or a lone surrogate in UTF-16, a byte that Windows-1252
 * does not assign, a UTF-32 mark.
 */
MUST_CHECK bool text_decode(struct arena *a, struct str bytes,
	enum encoding declared, uint32_t number, struct text *out,
	struct err *err);

/* True if all of `text` is UTF-8; else `*bad` is the first offending byte. */
bool text_is_utf8(struct str text, size_t *bad);

/* The part `i` of `n` of `text`, about equal and cut between code points: the
   first bad byte of `text` is that of the first part that has one. */
struct str text_part(struct str text, size_t i, size_t n);

/* Bytes whose check has been made, perhaps part by part. */
struct text_checked {
	struct str bytes;
	enum encoding declared;
	size_t bad; /* the first that is not UTF-8, or bytes.len; it does not
		       matter where another encoding is declared */
};

/* text_decode() without its check. */
MUST_CHECK bool text_decode_checked(struct arena *a,
	const struct text_checked *checked, uint32_t number, struct text *out,
	struct err *err);

/* Line and column (both from 1, columns in code points) of a byte offset.
   LF, CR LF and a lone CR end a line. */
struct loc text_place(struct str text, size_t offset, uint32_t number);

/* Is a line over behind the byte at `at`? The CR of a CR LF ends none. */
static inline bool text_ends_line(struct str text, size_t at)
{
	if (text.s[at] == '\r')
		return at + 1 == text.len || text.s[at + 1] != '\n';
	return text.s[at] == '\n';
}

/* Code points of a valid UTF-8 text. */
size_t text_length(struct str text);

/* Columns that `text` takes on a terminal. */
size_t text_width(struct str text);

#endif
