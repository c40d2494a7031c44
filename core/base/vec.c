#include "base/vec.h"

#define VEC_FIRST 8

void *vec_grow(struct arena *a, void *at, size_t *cap, size_t size, size_t want)
{
	size_t room = *cap < VEC_FIRST ? VEC_FIRST : *cap + *cap / 2;

	if (room < want)
		room = want;
	at = arena_resize(a, at, *cap * size, room * size);
	*cap = room;
	return at;
}
