#include "base/arena.h"

#include "base/rng.h"

#include <string.h>
#include <sys/resource.h>

#include <criterion/criterion.h>

static bool is_all(const char *at, size_t size, char byte)
{
	for (size_t i = 0; i < size; i++)
		if (at[i] != byte)
			return false;
	return true;
}

Test(arena, memory_is_zeroed_and_aligned)
{
	static const size_t sizes[] = {
		0, 1, 15, 16, 17, 100, 16383, 16384, 16385, 65536, 1000000};
	struct arena a = {0};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		char *at = arena_alloc(&a, sizes[i]);

		cr_assert(at);
		cr_expect((uintptr_t)at % 16 == 0, "row %zu", i);
		cr_expect(is_all(at, sizes[i], 0), "row %zu", i);
		memset(at, 'x', sizes[i]);
		/* A packed copy between must not spoil the alignment. */
		arena_copy(&a, STR("odd"));
	}
	arena_free(&a);
}

/* Property: pieces never overlap, whatever is resized or given back. */
Test(arena, pieces_keep_their_bytes)
{
	enum { PIECES = 40, STEPS = 4000 };
	struct {
		char *at;
		size_t size;
	} pieces[PIECES] = {0};
	struct arena a = {0};
	struct rng rng = {3};

	for (int step = 0; step < STEPS; step++) {
		size_t i = rng_below(&rng, PIECES);
		size_t most = rng_chance(&rng, 100000) ? 60000 : 400;
		size_t size = rng_below(&rng, most), kept = pieces[i].size;
		char byte = (char)('A' + i);

		cr_assert(is_all(pieces[i].at, kept, byte), "step %d", step);
		if (rng_chance(&rng, 200000)) {
			arena_release(&a, pieces[i].at, kept);
			pieces[i].at = arena_alloc(&a, size);
		} else {
			pieces[i].at = arena_resize(
				&a, pieces[i].at, kept, size);
			kept = kept < size ? kept : size;
			cr_assert(is_all(pieces[i].at, kept, byte));
		}
		pieces[i].size = size;
		memset(pieces[i].at, byte, size);
	}
	arena_free(&a);
}

Test(arena, a_copy_has_a_nul_behind_it)
{
	struct arena a = {0};
	struct str empty = arena_copy(&a, (struct str) {0});
	struct str copy = arena_copy(&a, STR("a\0b"));

	cr_expect(empty.len == 0 && empty.s && *empty.s == '\0');
	cr_expect(copy.len == 3 && memcmp(copy.s, "a\0b", 4) == 0);
	arena_free(&a);
}

/* A copy is a piece like any other: it may be resized and given back, also
   where the NUL behind it makes it a large one. */
Test(arena, a_copy_of_any_size_can_be_resized)
{
	static char text[16500];
	struct arena a = {0};

	memset(text, 't', sizeof(text));
	for (size_t len = 1; len < sizeof(text); len++) {
		struct str copy = arena_copy(&a, (struct str) {text, len});
		char *at = (char *)(uintptr_t)copy.s;

		at = arena_resize(&a, at, len + 1, 2 * len + 1);
		cr_assert(is_all(at, len, 't'), "%zu bytes", len);
		arena_release(&a, at, 2 * len + 1);
		len = len == 300 ? 16300 : len;
	}
	arena_free(&a);
}

Test(arena, a_large_piece_moves_without_its_old_copy)
{
	struct arena a = {0};
	size_t size = 100000;
	char *at = arena_alloc(&a, size);

	for (int i = 0; i < 6; i++) {
		at = arena_resize(&a, at, size, size * 2);
		size *= 2;
	}
	cr_expect(a.bytes >= size && a.bytes < size + 1000);
	at = arena_resize(&a, at, size, 100000);
	cr_expect(a.bytes < 102000);
	arena_release(&a, at, 100000);
	cr_expect(a.bytes == 0);
	arena_free(&a);
}

/* From 2 MiB on blocks are maps. */
Test(arena, a_piece_grows_and_shrinks_through_every_kind_of_block)
{
	static const size_t sizes[] = {100, 20000, 1 << 20, 2 << 20,
		(2 << 20) + 1, 5 << 20, 64 << 20, 3 << 20, 1 << 20, 9 << 20,
		50};
	struct arena a = {0};
	size_t size = 0, kept;
	char *at = NULL;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		kept = size < sizes[i] ? size : sizes[i];
		at = arena_resize(&a, at, size, sizes[i]);
		size = sizes[i];
		cr_assert((uintptr_t)at % 16 == 0, "row %zu", i);
		cr_assert(is_all(at, kept, 'a'), "row %zu", i);
		memset(at, 'a', size);
		/* A neighbour, so that the next growth has to move. */
		cr_assert(is_all(arena_alloc(&a, 2 << 20), 2 << 20, 0));
	}
	arena_free(&a);
	cr_expect(a.bytes == 0);
}

Test(arena, growth_within_a_map_keeps_no_old_copy)
{
	struct arena a = {0};
	size_t size = 4 << 20;
	char *at = arena_alloc(&a, size);

	memset(at, 'a', size);
	for (int i = 0; i < 4; i++) {
		at = arena_resize(&a, at, size, size * 2);
		cr_assert(is_all(at, 4 << 20, 'a'));
		size *= 2;
		cr_expect(a.bytes >= size && a.bytes < size + 1000);
	}
	arena_release(&a, at, size);
	cr_expect(a.bytes == 0 && !a.last);
	arena_free(&a);
}

Test(arena, much_in_small_pieces_is_zeroed_and_given_back)
{
	enum { PIECE = 8000, PIECES = 5000 };
	struct arena a = {0};

	for (int i = 0; i < PIECES; i++) {
		char *at = arena_alloc(&a, PIECE);

		cr_assert(is_all(at, PIECE, 0), "piece %d", i);
		memset(at, 'x', PIECE);
	}
	cr_expect(a.bytes < (size_t)PIECE * PIECES * 9 / 8);
	arena_free(&a);
	cr_expect(a.bytes == 0);
}

/* 2 GiB pass through; a sanitizer delays what is given back. */
Test(arena, released_memory_goes_back_to_the_system)
{
	enum { TIMES = 64 };
	struct arena a = {0};
	struct rusage usage;
	size_t size = 32 << 20;

	for (int i = 0; i < TIMES; i++) {
		char *at = arena_resize(
			&a, arena_alloc(&a, size / 2), size / 2, size);

		memset(at, 'x', size);
		if (i % 2)
			arena_release(&a, at, size);
		else
			arena_free(&a);
	}
	getrusage(RUSAGE_SELF, &usage);
	cr_expect(usage.ru_maxrss < 1 << 20, "%ld KiB", usage.ru_maxrss);
	arena_free(&a);
}

Test(arena, small_pieces_share_a_block)
{
	struct arena a = {0};
	size_t before;

	arena_alloc(&a, 1);
	before = a.bytes;
	arena_copy(&a, STR("x"));
	cr_expect(a.bytes <= before + 256);
	arena_release(&a, arena_alloc(&a, 1), 1);
	arena_release(&a, NULL, 1000000);
	arena_free(&a);
}

/* A block holds at least 16 bytes beside its header of 32, and the free rest of
   each is smaller than what came before. */
Test(arena, blocks_grow_with_what_is_in_them)
{
	struct arena a = {0};

	arena_alloc(&a, 16);
	cr_expect(a.bytes <= 4096 + 32, "%zu bytes", a.bytes);
	for (size_t i = 1; i < 1000; i++)
		arena_alloc(&a, 16);
	cr_expect(
		a.bytes >= 16000 && a.bytes <= 3 * 16000, "%zu bytes", a.bytes);
	arena_free(&a);
}

/* 10000 is above the first block of 4096 and below a large piece of 16384. */
Test(arena, a_piece_above_the_first_block_gets_one_that_holds_it)
{
	struct arena a = {0};
	char *at = arena_alloc(&a, 10000);

	cr_assert(a.bytes >= 10000, "%zu bytes", a.bytes);
	memset(at, 'x', 10000);
	arena_free(&a);
}

Test(arena, printed_text_is_whole)
{
	struct arena a = {0};
	struct str text = arena_print(&a, "%s-%d", "a", 7);
	struct str wide = arena_print(&a, "%*d", 20000, 5);

	cr_expect(str_equal(text, STR("a-7")));
	cr_expect(text.s[3] == '\0');
	cr_expect(wide.len == 20000 && wide.s[19999] == '5');
	cr_expect(arena_print(&a, "%s", "").len == 0);
	arena_free(&a);
}

Test(arena, a_freed_arena_is_empty_and_usable)
{
	struct arena a = {0};

	arena_free(&a);
	arena_alloc(&a, 10);
	arena_free(&a);
	cr_expect(a.bytes == 0 && !a.last);
	cr_expect(arena_new(&a, int));
	arena_free(&a);
}

Test(arena, more_than_all_memory_ends_the_program, .exit_code = ARENA_EXIT)
{
	struct arena a = {0};

	arena_alloc(&a, SIZE_MAX);
}

Test(arena, growth_beyond_all_memory_ends_the_program, .exit_code = ARENA_EXIT)
{
	struct arena a = {0};

	arena_resize(&a, arena_alloc(&a, 100000), 100000, SIZE_MAX - 20);
}

/* The address sanitizer takes more than any limit before a test begins. */
#ifndef __SANITIZE_ADDRESS__
Test(arena, the_limit_of_the_process_ends_the_program, .exit_code = ARENA_EXIT)
{
	struct rlimit limit = {100 << 20, 100 << 20};
	struct arena a = {0};

	setrlimit(RLIMIT_DATA, &limit);
	for (int i = 0; i < 50; i++)
		arena_alloc(&a, 3 << 20);
}
#endif
