#define _GNU_SOURCE /* mremap() */
#include "base/arena.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* The sanitizer builds shrink this, so that an overrun meets a red zone. */
#ifndef ARENA_BLOCK
#define ARENA_BLOCK 65536
#endif

/* Many arenas, those of small files among them, hold little. */
#define ARENA_FIRST (ARENA_BLOCK / 16)

#define ARENA_ALIGN 16

/*
 * Small pieces are cut from a bump block. A piece of a quarter block or more
 * gets a block of its own, which arena_resize() can hand to realloc() or, as a
 * map, to mremap().
 */
struct arena_block {
	struct arena_block *older, *newer;
	size_t size;
	_Alignas(ARENA_ALIGN) char data[];
};

#define HUGE_PAGE    ((size_t)2 << 20)
#define LARGEST_PAGE ((size_t)64 << 10) /* of the ordinary ones, on arm64 */

/* What fills a huge page. */
#define HUGE_BLOCK (HUGE_PAGE - sizeof(struct arena_block))

/*
 * Blocks from this size on are maps of their own in huge pages: one fault for
 * 2 MiB where ordinary pages take 512, and growth without copying. The address
 * sanitizer sees no overrun of a map; its builds say SIZE_MAX.
 */
#ifndef ARENA_MAPPED
#define ARENA_MAPPED HUGE_BLOCK
#endif

/* An arena that holds so much gets bump blocks of a huge page each. */
#define ARENA_MUCH ((size_t)32 << 20)

static size_t round_up(size_t size)
{
	return (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
}

static bool is_large(size_t size)
{
	return size >= ARENA_BLOCK / 4;
}

/*
 * Reason: the one failure that cannot be reported by parameter. The lock is
 * never given back, so that of several threads one tells. Nothing else is
 * tidied up: that could take memory.
 */
static _Noreturn void out_of_memory(size_t size)
{
	struct rlimit limit;

	flockfile(stderr);
	if (getrlimit(RLIMIT_DATA, &limit) == 0 &&
		limit.rlim_cur != RLIM_INFINITY)
		fprintf(stderr,
			"lineal: error[out-of-memory]: the limit of %llu MiB "
			"is reached; raise it with --max-memory, or check "
			"fewer or smaller inputs at a time\n",
			(unsigned long long)limit.rlim_cur >> 20);
	else
		fprintf(stderr,
			"lineal: error[out-of-memory]: the system has no %zu "
			"more bytes\n",
			size);
	_exit(ARENA_EXIT);
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

/* ---- maps ---- */

static bool is_mapped(size_t size)
{
	return size >= ARENA_MAPPED;
}

/* The bytes of the map of a block that holds `size` bytes; 0 if no number says
   so many. */
static size_t map_size(size_t size)
{
	size_t room = LARGEST_PAGE - 1 + sizeof(struct arena_block);

	if (size > SIZE_MAX - HUGE_PAGE - room)
		return 0;
	return (size + room) & ~(LARGEST_PAGE - 1);
}

/* An address range of `size` bytes that begins with a huge page and cannot be
   used yet; NULL if there is none. */
static char *reserve(size_t size)
{
	char *from = mmap(NULL, size + HUGE_PAGE, PROT_NONE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	size_t before;

	if (from == MAP_FAILED)
		return NULL;
	before = -(uintptr_t)from & (HUGE_PAGE - 1);
	if (before)
		munmap(from, before);
	munmap(from + before + size, HUGE_PAGE - before);
	return from + before;
}

static struct arena_block *map_block(size_t size)
{
	size_t bytes = map_size(size);
	char *at = bytes ? reserve(bytes) : NULL;

	if (!at)
		return NULL;
	if (mmap(at, bytes, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
		    0) == MAP_FAILED) {
		munmap(at, bytes);
		return NULL;
	}
	/* Without huge pages all works, and slower. */
	madvise(at, bytes, MADV_HUGEPAGE);
	return (struct arena_block *)at;
}

/* The block in a map for `size` bytes, moved page by page where its map cannot
   grow where it is. */
static struct arena_block *remap_block(struct arena_block *block, size_t size)
{
	size_t old = map_size(block->size), bytes = map_size(size);
	void *moved;
	char *at;

	if (!bytes)
		return NULL;
	moved = mremap(block, old, bytes, 0);
	if (moved != MAP_FAILED)
		return moved;
	at = reserve(bytes);
	if (!at)
		return NULL;
	moved = mremap(block, old, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, at);
	if (moved != MAP_FAILED)
		return moved;
	munmap(at, bytes);
	return NULL;
}

/* ---- blocks ---- */

static void free_block(struct arena_block *block)
{
	if (is_mapped(block->size))
		munmap(block, map_size(block->size));
	else
		free(block);
}

static struct arena_block *add_block(struct arena *a, size_t size)
{
	struct arena_block *block = NULL;

	if (is_mapped(size))
		block = map_block(size);
	else if (size <= SIZE_MAX - sizeof(*block))
		block = calloc(1, sizeof(*block) + size);
	if (!block)
		out_of_memory(size);
	block->size = size;
	block->older = a->last;
	link_block(a, block);
	a->bytes += sizeof(*block) + size;
	return block;
}

static void drop_block(struct arena *a, struct arena_block *block)
{
	if (block->newer)
		block->newer->older = block->older;
	else
		a->last = block->older;
	if (block->older)
		block->older->newer = block->newer;
	a->bytes -= sizeof(*block) + block->size;
	free_block(block);
}

/* The bytes of the next bump block: as many as the arena has, so that blocks
   grow with it. */
static size_t bump_size(const struct arena *a, size_t piece)
{
	size_t size = a->bytes < ARENA_FIRST ? ARENA_FIRST : a->bytes;

	if (size >= ARENA_MUCH && is_mapped(HUGE_BLOCK))
		return HUGE_BLOCK;
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

/* Between the two kinds of blocks there is no way but to copy. */
static void *copy_block(struct arena *a, struct arena_block *block, size_t size)
{
	struct arena_block *fresh = add_block(a, size);

	memcpy(fresh->data, block->data,
		size < block->size ? size : block->size);
	drop_block(a, block);
	return fresh->data;
}

static void *resize_large(struct arena *a, void *at, size_t size)
{
	struct arena_block *block = block_of(at), *moved = NULL;

	if (is_mapped(size) != is_mapped(block->size))
		return copy_block(a, block, size);
	if (is_mapped(size))
		moved = remap_block(block, size);
	else if (size <= SIZE_MAX - sizeof(*block))
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
	if (!at || !is_large(round_up(size)))
		return;
	drop_block(a, block_of(at));
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

		free_block(block);
		block = older;
	}
	*a = (struct arena) {0};
}
