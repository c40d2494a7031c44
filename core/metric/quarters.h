/*
 * The quarters that the period of a run touches, numbered from 0 in time
 * order: calendar quarters of the default calendar, or fiscal ones.
 */
#ifndef METRIC_QUARTERS_H
#define METRIC_QUARTERS_H

#include "metric/metric.h"

struct quarters {
	const struct calendar *calendar;
	int fiscal_start;
	int64_t first; /* as calendar_quarter() counts */
	size_t n;      /* 0 if the period has no length */
};

struct quarters quarters_of(const struct metric_input *in);

/* The quarter of an instant, which lies in the period. */
size_t quarters_find(const struct quarters *quarters, int64_t time);

/* The inner part of a quarter; zero is none. */
struct quarter_span {
	int64_t from, to;
	size_t quarter;
};

/* The same as quarters_find() for one of many instants that mostly lie near
   each other: `span`, zero at first, remembers where the last one lay. 15 ns
   an instant less. */
size_t quarters_follow(const struct quarters *quarters,
	struct quarter_span *span, int64_t time);

/* "2026Q1" or "FY2026Q1"; lives as long as the arena. */
struct str quarters_name(
	struct arena *a, const struct quarters *quarters, size_t quarter);

/* The first instant of a quarter; that of the next one is its end. */
int64_t quarters_start(const struct quarters *quarters, size_t quarter);

#endif
