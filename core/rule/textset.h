/*
 * Sets of texts as sorted arrays, found by bisection: by bytes, or folded, so
 * that the case of the letters A to Z does not count.
 */
#ifndef RULE_TEXTSET_H
#define RULE_TEXTSET_H

#include "base/vec.h"

/* Puts the texts into the order that textset_has() needs. */
void textset_sort(struct str_vec *texts, bool fold);

/* True if `text` is one of the texts, which were sorted with the same `fold`.
 */
bool textset_has(const struct str_vec *texts, bool fold, struct str text);

#endif
