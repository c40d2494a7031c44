/*
 * Memory with one lifetime: everything taken from an arena is given back by
 * one arena_free(). Fresh memory is zeroed. An arena belongs to one thread.
 * Allocation never fails: when memory is out, or the limit of the process on
 * it is reached (RLIMIT_DATA), the program prints one line on stderr and ends
 * with ARENA_EXIT, so no caller needs a branch for it. A zero `struct arena`
 * is an empty arena; the owner calls arena_free() on it. Arenas of little are
 * small: blocks grow with the arena, from 4 to 64 KiB, and to 2 MiB where much
 * is in it already. What fills a huge page of the system lies in such pages.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>

/* The status of a program that ran out of memory: its result is incomplete. */
enum { ARENA_EXIT = 3 };

struct arena_block;

struct arena {
	struct arena_block *last; /* newest block, linked to the older ones */
	char *next, *end;         /* free part of the bump block */
	size_t bytes;             /* taken from the system, in all */
};

/* `size` zeroed bytes, aligned to 16; `size` 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);

/* `size` zeroed bytes without alignment, packed behind the last ones. */
void *arena_pack(struct arena *a, size_t size);

/*
 * `at`, which holds `old` bytes of this arena, made `size` bytes long and
 * perhaps moved; the bytes beyond `old` have no stated value. NULL with `old`
 * 0 is a first allocation. A large piece moves without leaving its old copy.
 */
void *arena_resize(struct arena *a, void *at, size_t old, size_t size);

/* Gives a piece of `size` bytes back early; only a large one is freed. */
void arena_release(struct arena *a, void *at, size_t size);

/*
 * A copy of `str` that lives as long as the arena, with a NUL behind it.
 * Copies are packed without alignment.
 */
struct str arena_copy(struct arena *a, struct str str);

/* The printf() text of `format`, living as long as the arena. */
struct str arena_print(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct str arena_print_list(struct arena *a, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Gives back everything; the arena is empty and usable again. */
void arena_free(struct arena *a);

/* One zeroed object, or an array of `n`, of `type`. */
#define arena_new(a, type)      ((type *)arena_alloc(a, sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc(a, sizeof(type) * (n)))

#endif
