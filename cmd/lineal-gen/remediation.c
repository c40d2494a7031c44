#include "lineal-gen/remediation.h"

#include <stdlib.h>

#define DAY ((double)CLOCK_DAY)

/* A survival that is one half but for rounding is one half. */
#define HALF (0.5L + 1e-12L)

/* By length; repairs that compare equal are the same. */
static int compare(const void *left, const void *right)
{
	const struct repair *a = left, *b = right;

	if (a->ms != b->ms)
		return a->ms < b->ms ? -1 : 1;
	return (a->open > b->open) - (a->open < b->open);
}

/* Mean, median and nearest-rank percentile of the closed repairs, whose
   lengths `ms` are sorted. */
static void measure_closed(const int64_t *ms, size_t n, struct remediation *out)
{
	size_t lower = (n - 1) / 2, upper = n / 2;
	size_t rank = (9 * n + 9) / 10; /* 9 n / 10, rounded up */
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += ms[i];
	out->mean = (double)sum / (double)n / DAY;
	out->median = (double)(ms[lower] + ms[upper]) / 2 / DAY;
	out->p90 = (double)ms[rank - 1] / DAY;
}

/* A repair censored at the time of a fix is still at risk then, so all fixes
   of one length count against those that are at least as long. */
static void measure_survival(
	const struct repair *repairs, size_t n, struct remediation *out)
{
	long double survival = 1;
	size_t i = 0;

	while (i < n && !out->km_reached) {
		size_t at_risk = n - i, fixed = 0;
		int64_t ms = repairs[i].ms;

		for (; i < n && repairs[i].ms == ms; i++)
			fixed += !repairs[i].open;
		survival *= (long double)(at_risk - fixed) /
			    (long double)at_risk;
		if (fixed > 0 && survival <= HALF) {
			out->km_reached = true;
			out->km_median = (double)ms / DAY;
		}
	}
}

void remediation_measure(
	struct repair *repairs, size_t n, struct remediation *out)
{
	struct arena scratch = {0};
	int64_t *closed = arena_array(&scratch, int64_t, n);

	if (n > 0)
		qsort(repairs, n, sizeof(repairs[0]), compare);
	for (size_t i = 0; i < n; i++)
		if (repairs[i].open)
			out->open++;
		else
			closed[out->closed++] = repairs[i].ms;
	if (out->closed > 0)
		measure_closed(closed, out->closed, out);
	measure_survival(repairs, n, out);
	arena_free(&scratch);
}
