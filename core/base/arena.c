#include "base/arena.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The sanitizer builds shrink this, so that an overrun meets a red zone. */
#ifndef ARENA_BLOCK
#define ARENA_BLOCK 65536
#endif

/* Many arenas, those of small files among them, hold little. */
#define ARENA_FIRST (ARENA_BLOCK / 16)

#define ARENA_ALIGN 16

/*
 * Small pieces are cut from a bump block. A piece of a quarter block or more
 * gets a block of its own, which arena_resize() can hand to realloc().
 */
struct arena_block {
	struct arena_block *older, *newer;
	size_t size;
	_Alignas(ARENA_ALIGN) char data[];
};

static size_t round_up(size_t size)
{
	return (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
}

static bool is_large(size_t size)
{
	return size >= ARENA_BLOCK / 4;
}

/* Reason: the one failure that cannot be reported by parameter. */
static _Noreturn void out_of_memory(size_t size)
{
	fprintf(stderr, "lineal: out of memory (%zu more bytes wanted)\n",
		size);
	abort();
}

static struct arena_block *block_of(void *data)
{
	return (struct arena_block *)((char *)data -
				      offsetof(struct arena_block, data));
}

static void link_block(struct arena *a, struct arena_block *block)
{
	if (block->newer)
		block->newer->older = block;
	else
		a->last = block;
	if (block->older)
		block->older->newer = block;
}

static struct arena_block *add_block(struct arena *a, size_t size)
{
	struct arena_block *block = NULL;

	if (size <= SIZE_MAX - sizeof(*block))
		block = calloc(1, sizeof(*block) + size);
	if (!block)
		out_of_memory(size);
	block->size = size;
	block->older = a->last;
	link_block(a, block);
	a->bytes += sizeof(*block) + size;
	return block;
}

/* The bytes of the next bump block: as many as the arena has, so that blocks
   grow with it. */
static size_t bump_size(const struct arena *a, size_t piece)
{
	size_t size = a->bytes < ARENA_FIRST ? ARENA_FIRST : a->bytes;

	return size < piece || size > ARENA_BLOCK ? ARENA_BLOCK : size;
}

/* `size` bytes of the bump block from an address that is a multiple of
   `align`; `size` is less than a quarter block. */
static void *bump(struct arena *a, size_t size, size_t align)
{
	size_t pad = -(uintptr_t)a->next & (align - 1);
	void *piece;

	if ((size_t)(a->end - a->next) < size + pad) {
		struct arena_block *block = add_block(a, bump_size(a, size));

		a->next = block->data;
		a->end = block->data + block->size;
		pad = 0;
	}
	piece = a->next + pad;
	a->next += pad + size;
	return piece;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t rounded = round_up(size ? size : 1);

	if (rounded < size)
		out_of_memory(size);
	if (is_large(rounded))
		return add_block(a, rounded)->data;
	return bump(a, rounded, ARENA_ALIGN);
}

void *arena_pack(struct arena *a, size_t size)
{
	return is_large(round_up(size)) ? arena_alloc(a, size)
					: bump(a, size, 1);
}

static void *resize_large(struct arena *a, void *at, size_t size)
{
	struct arena_block *block = block_of(at), *moved = NULL;

	if (size <= SIZE_MAX - sizeof(*block))
		moved = realloc(block, sizeof(*block) + size);
	if (!moved)
		out_of_memory(size);
	a->bytes += size - moved->size;
	moved->size = size;
	link_block(a, moved);
	return moved->data;
}

void *arena_resize(struct arena *a, void *at, size_t old, size_t size)
{
	size_t rounded = round_up(size ? size : 1);
	void *fresh;

	assert(at || old == 0);
	if (rounded < size)
		out_of_memory(size);
	if (at && is_large(round_up(old)) && is_large(rounded))
		return resize_large(a, at, rounded);
	if (at && size <= old)
		return at;
	fresh = arena_alloc(a, size);
	if (old)
		memcpy(fresh, at, old);
	return fresh;
}

void arena_release(struct arena *a, void *at, size_t size)
{
	struct arena_block *block;

	if (!at || !is_large(round_up(size)))
		return;
	block = block_of(at);
	if (block->newer)
		block->newer->older = block->older;
	else
		a->last = block->older;
	if (block->older)
		block->older->newer = block->newer;
	a->bytes -= sizeof(*block) + block->size;
	free(block);
}

struct str arena_copy(struct arena *a, struct str str)
{
	char *copy = arena_pack(a, str.len + 1);

	if (str.len)
		memcpy(copy, str.s, str.len);
	return (struct str) {copy, str.len};
}

struct str arena_print_list(struct arena *a, const char *format, va_list args)
{
	va_list again;
	int len;
	char *text;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	assert(len >= 0);
	text = arena_alloc(a, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	return (struct str) {text, (size_t)len};
}

struct str arena_print(struct arena *a, const char *format, ...)
{
	va_list args;
	struct str text;

	va_start(args, format);
	text = arena_print_list(a, format, args);
	va_end(args);
	return text;
}

void arena_free(struct arena *a)
{
	struct arena_block *block = a->last;

	while (block) {
		struct arena_block *older = block->older;

		free(block);
		block = older;
	}
	*a = (struct arena) {0};
}
