/*
 * Patterns over whole texts, by code points: `*` is any run, `?` any one,
 * `[a-z]` and `[!a-z]` one of a class or one outside it, `\` takes the next
 * character as it is, also in a class. A `-` that is first or last in a class
 * stands for itself. Bytes that are not UTF-8 count as one code point each.
 *
 * A text is matched greedily with one point to return to, the last `*`: at
 * most pattern times text steps, never exponential.
 */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include "base/str.h"

/* True if `pattern` matches all of `text`. A pattern that glob_check() refuses
   matches nothing. */
bool glob_match(struct str pattern, struct str text);

/* The same, whatever the case of the letters A to Z in both. */
bool glob_match_fold(struct str pattern, struct str text);

/* True if `pattern` is well formed: each class closed, not empty, its ranges
   ascending, and no `\` at the end. Else `*bad` is the byte offset of the class
   or of the `\`. */
bool glob_check(struct str pattern, size_t *bad);

#endif
