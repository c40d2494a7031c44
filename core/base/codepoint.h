/*
 * Code points in and out of UTF-8 (RFC 3629): shortest forms only, no
 * surrogates, nothing above U+10FFFF. Whoever meets a byte that is not part of
 * a valid sequence takes it as one character of its own.
 */
#ifndef BASE_CODEPOINT_H
#define BASE_CODEPOINT_H

#include "base/str.h"

/*
 * Reads the code point at `*at`, which is below `text.len`, and moves `*at`
 * behind it. False if no valid sequence begins there: `*point` is then that one
 * byte, and `*at` stands behind it.
 */
bool codepoint_next(struct str text, size_t *at, uint32_t *point);

/* Writes `point`, a valid code point, to `to`; the result is its bytes, 1 to 4,
   and no more are touched. */
size_t codepoint_put(char *to, uint32_t point);

#endif
