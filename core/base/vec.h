/*
 * Typed growable arrays in an arena. A vec is any struct made by VEC(type);
 * the zero value is empty. The items move when the vec grows, so keep numbers
 * into it, not pointers.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

/* The type stands alone: parentheses would not be C. */
/* NOLINTNEXTLINE(bugprone-macro-parentheses) */
#define VEC(type)              \
	{                      \
		type *at;      \
		size_t n, cap; \
	}

/* Appends `item`; the vec's memory lives as long as the arena `a`. */
#define vec_push(a, vec, item)                     \
	do {                                       \
		vec_reserve(a, vec, (vec)->n + 1); \
		(vec)->at[(vec)->n++] = (item);    \
	} while (0)

/* Makes room for `want` items in all. */
#define vec_reserve(a, vec, want)                                       \
	do {                                                            \
		if ((want) > (vec)->cap)                                \
			(vec)->at = vec_grow(a, (vec)->at, &(vec)->cap, \
				sizeof(*(vec)->at), want);              \
	} while (0)

/* The array `at` of `*cap` items of `size` bytes, grown to hold `want`. */
void *vec_grow(
	struct arena *a, void *at, size_t *cap, size_t size, size_t want);

/* The usual vec of slices. */
struct str_vec VEC(struct str);

#endif
