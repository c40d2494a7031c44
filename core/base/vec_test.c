#include "base/vec.h"

#include <criterion/criterion.h>

struct numbers VEC(uint64_t);

Test(vec, items_survive_growth)
{
	struct arena a = {0};
	struct numbers numbers = {0};

	for (uint64_t i = 0; i < 100000; i++)
		vec_push(&a, &numbers, i * i);
	cr_assert(numbers.n == 100000 && numbers.cap >= numbers.n);
	for (uint64_t i = 0; i < 100000; i++)
		cr_assert(numbers.at[i] == i * i);
	arena_free(&a);
}

Test(vec, growth_is_by_half_so_pushes_are_cheap)
{
	struct arena a = {0};
	struct numbers numbers = {0};
	size_t moves = 0, cap = 0;

	for (uint64_t i = 0; i < 100000; i++) {
		vec_push(&a, &numbers, i);
		moves += numbers.cap != cap;
		cap = numbers.cap;
	}
	cr_expect(moves < 30, "%zu", moves);
	cr_expect(cap < 100000 * 3 / 2 + 2);
	arena_free(&a);
}

Test(vec, reserved_room_is_not_moved)
{
	struct arena a = {0};
	struct numbers numbers = {0};
	uint64_t *at;

	vec_reserve(&a, &numbers, 1000);
	cr_expect(numbers.n == 0 && numbers.cap >= 1000);
	at = numbers.at;
	for (uint64_t i = 0; i < 1000; i++)
		vec_push(&a, &numbers, i);
	cr_expect(numbers.at == at);
	vec_reserve(&a, &numbers, 10);
	cr_expect(numbers.at == at && numbers.cap >= 1000);
	arena_free(&a);
}

Test(vec, two_vecs_may_share_an_arena)
{
	struct arena a = {0};
	struct numbers numbers = {0};
	struct str_vec texts = {0};

	for (uint64_t i = 0; i < 500; i++) {
		vec_push(&a, &numbers, i);
		vec_push(&a, &texts, arena_print(&a, "%d", (int)i));
	}
	for (uint64_t i = 0; i < 500; i++) {
		cr_assert(numbers.at[i] == i);
		cr_assert(
			str_equal(texts.at[i], arena_print(&a, "%d", (int)i)));
	}
	arena_free(&a);
}
