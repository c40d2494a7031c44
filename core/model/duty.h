/*
 * Legal duties that were open for a time, and the systems on whose data they
 * depend: what outages are held against.
 */
#ifndef MODEL_DUTY_H
#define MODEL_DUTY_H

#include "base/intern.h"

struct duty {
	int64_t start, end; /* open from start to end, ns */
	int64_t due, done;  /* done: CELL_ABSENT if never */
	bool missed;
	uint64_t *systems; /* bits, numbers in `duties->systems` */
};

struct duties {
	const struct duty *at;
	size_t n;
	const sym *systems; /* names of all systems of the log */
	size_t n_systems;
	size_t n_words; /* 64-bit words per duty */
	bool any_rule;  /* some rule counts as obligation and was evaluated */
};

static inline bool duty_has(const struct duty *duty, size_t system)
{
	return (duty->systems[system / 64] >> (system % 64) & 1) != 0;
}

#endif
