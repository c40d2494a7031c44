/*
 * Typed growable arrays in an arena. A vec is any struct made by VEC(type);
 * the zero value is empty. The items move when the vec grows, so keep numbers
 * into it, not pointers.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

/* Reason: the type stands alone, where parentheses would not be C.
   NOLINTBEGIN(bugprone-macro-parentheses) */
#define VEC(type)              \
	{                      \
		type *at;      \
		size_t n, cap; \
	}
/* NOLINTEND(bugprone-macro-parentheses) */

/* The array `at` of `*cap` items of `size` bytes, grown to hold `want`. */
void *vec_grow(
	struct arena *a, void *at, size_t *cap, size_t size, size_t want);

static inline void *vec_room(
	struct arena *a, void *at, size_t *cap, size_t size, size_t want)
{
	return want <= *cap ? at : vec_grow(a, at, cap, size, want);
}

/* Makes room for `want` items in all. */
#define vec_reserve(a, vec, want)     \
	((void)((vec)->at = vec_room( \
			a, (vec)->at, &(vec)->cap, sizeof(*(vec)->at), want)))

/* Appends `item`; the vec's memory lives as long as the arena `a`. */
#define vec_push(a, vec, item)              \
	(vec_reserve(a, vec, (vec)->n + 1), \
		(void)((vec)->at[(vec)->n++] = (item)))

/* The usual vec of slices. */
struct str_vec VEC(struct str);

#endif
