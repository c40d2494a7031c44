/*
 * Byte slices. A slice borrows: it owns nothing, and whoever hands one out
 * says how long it lives. The zero slice is the empty text. Comparison is by
 * bytes, never by locale.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *s;
	size_t len;
};

/* A slice over a string literal; `text` must be a literal. */
#define STR(text) ((struct str) {"" text, sizeof(text) - 1})
/* The same where an initialiser of a static table needs a constant. */
#define STR_INIT(text)                    \
	{                                 \
		"" text, sizeof(text) - 1 \
	}
/* The two arguments of a `%.*s` conversion. */
#define STR_ARG(str) (int)(str).len, (str).s

/* A slice over a NUL-terminated text, which it borrows. */
struct str str_of(const char *text);

bool str_equal(struct str left, struct str right);

/* Negative, 0 or positive, by bytes; a prefix sorts before the longer text. */
int str_compare(struct str left, struct str right);

/* str_compare() over two `struct str`, for qsort() and bsearch(). */
int str_compare_items(const void *left, const void *right);

/* Equality that ignores the case of the letters A to Z only. */
bool str_equal_fold(struct str left, struct str right);

bool str_has_prefix(struct str str, struct str prefix);
bool str_has_suffix(struct str str, struct str suffix);

/* Position of the first `byte`, or `str.len`. */
size_t str_find(struct str str, char byte);

/* Position of the first `part`, or `str.len`. */
size_t str_find_text(struct str str, struct str part);

/* The part from `start`, at most `len` bytes; both are clipped to `str`. */
struct str str_slice(struct str str, size_t start, size_t len);

/* `str` without blanks (space and tab) at either end. */
struct str str_trim(struct str str);

/*
 * Cuts `*rest` at the first `byte`: returns the part before it and leaves the
 * part behind it. Without one it returns all and leaves the empty slice with
 * `s` NULL, so `while (rest.s)` visits every part of a list.
 */
struct str str_cut(struct str *rest, char byte);

/* The digits 0 to 9 and no other character, whatever the locale. */
static inline bool str_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The letter of the other case range for A to Z, else `c` itself. */
static inline char str_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

#endif
