/*
 * Completeness by counters, where there is no system of record: how many of
 * the numbers that the counted objects must have are in the log.
 */
#ifndef METRIC_COUNTER_H
#define METRIC_COUNTER_H

#include "metric/metric.h"

/* Sums the streams of all rules that count as completeness; denominator 0
   without any. False, `out` untouched, if together they span more numbers than
   64 bits count. */
bool counter_share(const struct metric_input *in, struct share *out);

/* Fills the variant "counter" with the share `main`: what is missing, and one
   gap per stream that lacks a number, widest first, then by key. */
void counter_fill(const struct metric_input *in, struct share main,
	struct completeness *out);

#endif
