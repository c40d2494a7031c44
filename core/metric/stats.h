/*
 * Statistics of counts and of lists of numbers: sums, means, percentiles, and
 * the intervals of shares and counts. Pure functions without state; nothing
 * here allocates or can fail. Lists of durations are int64 nanoseconds and
 * are summed and compared exactly, so their order never changes a result.
 */
#ifndef METRIC_STATS_H
#define METRIC_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The usual 95 %: the normal quantile, and the share outside. */
#define STATS_Z95     1.959963984540054
#define STATS_ALPHA95 0.05

struct stats_interval {
	double low, high;
};

/*
 * A sum that keeps what rounding loses beside it (Neumaier, "Rundungsfehler-
 * analyse einiger Verfahren zur Summation endlicher Summen", 1974). Zero is
 * the empty sum; read it with stats_total().
 */
struct stats_sum {
	double total, lost;
};

void stats_add(struct stats_sum *sum, double value);
double stats_total(const struct stats_sum *sum);

/* The mean of `n` > 0 values; the sum is exact, the order without effect. */
double stats_mean_i64(const int64_t *values, size_t n);

/* Ascending. */
void stats_sort_i64(int64_t *values, size_t n);

/*
 * Where the nearest-rank percentile stands in a sorted list of `n` > 0 items:
 * position ceil(percent / 100 * n) counted from 1, given as an index from 0.
 * `percent` is 1..100; the arithmetic is exact.
 */
size_t stats_rank(size_t n, unsigned percent);

/* The middle value of `n` > 0 sorted ones, or the mean of the middle two. */
double stats_median_i64(const int64_t *sorted, size_t n);

/*
 * The score interval of a share of `k` in `n`, 0 <= k <= n, n > 0, inside
 * 0..1 (Wilson, "Probable inference, the law of succession, and statistical
 * inference", 1927).
 */
struct stats_interval stats_wilson(uint64_t k, uint64_t n, double z);

/*
 * The exact limits of the mean of a Poisson count of which `n` were seen; the
 * lower one is 0 for n = 0 (Garwood, "Fiducial limits for the Poisson
 * distribution", 1936). By bisection on the cumulative sum, whose terms run
 * outwards from the largest; time grows with the square root of `n`.
 * `alpha` is the share outside, above 0 and below 1.
 */
struct stats_interval stats_poisson(uint64_t n, double alpha);

/*
 * How many things there are when one list holds some, an independent list
 * holds others, and `common` are in both (Chapman, "Some properties of the
 * hypergeometric distribution with applications to zoological sample
 * censuses", 1951). An estimate; lists that fail together make it too low.
 */
struct stats_chapman {
	double total, standard_error;
	struct stats_interval interval; /* total -+ z standard errors */
	bool has_shares;                /* false without a common member */
	double first, second, both;     /* share of the total in each list */
};

/* `common` is at most the smaller of the two. */
struct stats_chapman stats_chapman(
	uint64_t first, uint64_t second, uint64_t common, double z);

#endif
