#include "metric/stats.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define BISECTIONS 200
/* A term this much smaller than the largest no longer changes the sum. */
#define NEGLIGIBLE 1e-20

void stats_add(struct stats_sum *sum, double value)
{
	double total = sum->total + value;

	if (fabs(sum->total) >= fabs(value))
		sum->lost += (sum->total - total) + value;
	else
		sum->lost += (value - total) + sum->total;
	sum->total = total;
}

double stats_total(const struct stats_sum *sum)
{
	return sum->total + sum->lost;
}

double stats_mean_i64(const int64_t *values, size_t n)
{
	__int128 sum = 0;

	assert(n > 0);
	for (size_t i = 0; i < n; i++)
		sum += values[i];
	return (double)sum / (double)n;
}

static int compare_i64(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

void stats_sort_i64(int64_t *values, size_t n)
{
	if (n > 1)
		qsort(values, n, sizeof(*values), compare_i64);
}

size_t stats_rank(size_t n, unsigned percent)
{
	assert(n > 0 && percent >= 1 && percent <= 100);
	/* Split at the hundreds, so that no product overflows. */
	return n / 100 * percent + (n % 100 * percent + 99) / 100 - 1;
}

double stats_median_i64(const int64_t *sorted, size_t n)
{
	int64_t low, high;

	assert(n > 0);
	low = sorted[(n - 1) / 2];
	high = sorted[n / 2];
	return (double)((__int128)low + high) / 2;
}

struct stats_interval stats_wilson(uint64_t k, uint64_t n, double z)
{
	double size = (double)n, p = (double)k / size, zz = z * z;
	double middle = p + zz / (2 * size);
	double half = z * sqrt(p * (1 - p) / size + zz / (4 * size * size));
	double scale = 1 + zz / size;

	assert(n > 0 && k <= n);
	/* At both ends the limit is exact, whatever rounding makes of it. */
	return (struct stats_interval) {
		k == 0 ? 0 : fmax(0, (middle - half) / scale),
		k == n ? 1 : fmin(1, (middle + half) / scale),
	};
}

static double poisson_term(uint64_t k, double mean)
{
	int sign;

	/* lgamma() writes a global; lgamma_r() does not. */
	return exp(
		(double)k * log(mean) - mean - lgamma_r((double)k + 1, &sign));
}

/* P(X <= n) for a Poisson count X. */
static double poisson_cumulative(uint64_t n, double mean)
{
	uint64_t peak = mean < (double)n ? (uint64_t)mean : n;
	double largest = poisson_term(peak, mean);
	double least = largest * NEGLIGIBLE, term = largest;
	struct stats_sum sum = {largest, 0};

	for (uint64_t k = peak; k > 0 && term > least; k--) {
		term *= (double)k / mean;
		stats_add(&sum, term);
	}
	term = largest;
	for (uint64_t k = peak + 1; k <= n && term > least; k++) {
		term *= mean / (double)k;
		stats_add(&sum, term);
	}
	return stats_total(&sum);
}

/* The mean at which P(X <= n) is `share`; P falls as the mean grows. */
static double poisson_mean_at(uint64_t n, double share)
{
	double low = 0, high = 2 * (double)n + 2, middle = high;
	bool brackets = false;

	for (int i = 0; i < BISECTIONS && !brackets; i++) {
		brackets = poisson_cumulative(n, high) <= share;
		high = brackets ? high : 2 * high;
	}
	assert(brackets);
	for (int i = 0; i < BISECTIONS; i++) {
		middle = low + (high - low) / 2;
		if (middle <= low || middle >= high)
			break;
		if (poisson_cumulative(n, middle) > share)
			low = middle;
		else
			high = middle;
	}
	return middle;
}

struct stats_interval stats_poisson(uint64_t n, double alpha)
{
	assert(alpha > 0 && alpha < 1);
	return (struct stats_interval) {
		n == 0 ? 0 : poisson_mean_at(n - 1, 1 - alpha / 2),
		poisson_mean_at(n, alpha / 2),
	};
}

struct stats_chapman stats_chapman(
	uint64_t first, uint64_t second, uint64_t common, double z)
{
	double a = (double)first, b = (double)second, m = (double)common;
	double total = (a + 1) * (b + 1) / (m + 1) - 1;
	double variance = (a + 1) * (b + 1) * (a - m) * (b - m) /
			  ((m + 1) * (m + 1) * (m + 2));
	double error = sqrt(variance);
	struct stats_chapman out = {
		.total = total,
		.standard_error = error,
		.interval = {total - z * error, total + z * error},
	};

	assert(common <= first && common <= second);
	if (common == 0)
		return out;
	out.has_shares = true;
	out.first = a / total;
	out.second = b / total;
	out.both = (a + b - m) / total;
	return out;
}
