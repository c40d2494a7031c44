/*
 * Seeded pseudo-random numbers for generators and property tests, never for
 * results: SplitMix64 (Steele, Lea, Flood 2014). Equal seeds give equal
 * numbers on every machine.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

uint64_t rng_next(struct rng *rng);

/* A number below `n`; `n` is not 0. The bias is below n / 2^64. */
uint64_t rng_below(struct rng *rng, uint64_t n);

/* True with probability `share` / 1,000,000. */
bool rng_chance(struct rng *rng, uint32_t share);

/* The mixing step alone: a hash of one number, for streams that need the
   numbers of row i without making those of the rows before. */
uint64_t rng_mix(uint64_t value);

#endif
