#include "base/rng.h"

uint64_t rng_mix(uint64_t value)
{
	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
	value = (value ^ value >> 27) * 0x94d049bb133111ebu;
	return value ^ value >> 31;
}

uint64_t rng_next(struct rng *rng)
{
	rng->state += 0x9e3779b97f4a7c15u;
	return rng_mix(rng->state);
}

uint64_t rng_below(struct rng *rng, uint64_t n)
{
	return (uint64_t)((unsigned __int128)rng_next(rng) * n >> 64);
}

bool rng_chance(struct rng *rng, uint32_t share)
{
	return rng_below(rng, 1000000) < share;
}
