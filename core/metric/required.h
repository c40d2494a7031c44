/*
 * The fields that a log event must have: by default those of metric/trail.h,
 * else those that the parameters name. Each field is one bit.
 */
#ifndef METRIC_REQUIRED_H
#define METRIC_REQUIRED_H

#include "metric/sides.h"

/* Asks for the columns that say whether a field is there. */
void required_need(struct words *words, const struct metric_params *params);

struct required {
	uint32_t always;         /* bits, see enum trail_field */
	uint32_t update;         /* also these where an update is recorded */
	const uint32_t *present; /* per log event: bits of what is not empty */
};

/* The fields, and which log events have them; lives as long as the arena. */
struct required required_find(struct arena *a, const struct facts *facts,
	const struct metric_params *params, const struct side *log);

#endif
