#include "metric/rate.h"

#include "format/timestamp.h"

static int64_t month_number(struct rate_date date)
{
	return date.year * 12 + date.month - 1;
}

static bool begins_quarter(struct rate_date date, int first_month)
{
	/* Both months are 1..12: adding 12 keeps the difference positive. */
	return date.day == 1 && (date.month - first_month + 12) % 3 == 0;
}

int64_t rate_quarters(
	struct rate_date start, struct rate_date end, int first_month)
{
	int64_t months = month_number(end) - month_number(start);

	if (!begins_quarter(start, first_month) ||
		!begins_quarter(end, first_month) || months < 0)
		return 0;
	return months / 3;
}

double rate_exposure(int64_t quarters, int64_t length_ns)
{
	if (quarters > 0)
		return (double)quarters;
	return (double)length_ns / (double)NS_PER_DAY / RATE_QUARTER_DAYS;
}

bool rate_of(uint64_t n, double exposure, double alpha, struct rate *out)
{
	struct stats_interval count;

	/* Also refuses an exposure that is no number. */
	if (!(exposure > 0))
		return false;
	count = stats_poisson(n, alpha);
	out->value = (double)n / exposure;
	out->interval = (struct stats_interval) {
		count.low / exposure, count.high / exposure};
	return true;
}
