#include "metric/quarters.h"

struct quarters quarters_of(const struct metric_input *in)
{
	const struct facts *facts = in->facts;
	struct quarters quarters = {
		.calendar = in->calendar, .fiscal_start = in->fiscal_start};
	int64_t last;

	if (facts->period_from >= facts->period_to)
		return quarters;
	quarters.first = calendar_quarter(
		in->calendar, in->fiscal_start, facts->period_from);
	last = calendar_quarter(
		in->calendar, in->fiscal_start, facts->period_to - 1);
	quarters.n = (size_t)(last - quarters.first) + 1;
	return quarters;
}

size_t quarters_find(const struct quarters *quarters, int64_t time)
{
	return (size_t)(calendar_quarter(quarters->calendar,
				quarters->fiscal_start, time) -
			quarters->first);
}

size_t quarters_follow(const struct quarters *quarters,
	struct quarter_span *span, int64_t time)
{
	size_t quarter;

	if (time >= span->from && time < span->to)
		return span->quarter;
	quarter = quarters_find(quarters, time);
	/* A day from the edges no change of clocks matters. */
	*span = (struct quarter_span) {
		quarters_start(quarters, quarter) + NS_PER_DAY,
		quarters_start(quarters, quarter + 1) - NS_PER_DAY, quarter};
	return quarter;
}

struct str quarters_name(
	struct arena *a, const struct quarters *quarters, size_t quarter)
{
	char buffer[24];

	return arena_copy(
		a, calendar_quarter_name(quarters->first + (int64_t)quarter,
			   quarters->fiscal_start, buffer));
}

int64_t quarters_start(const struct quarters *quarters, size_t quarter)
{
	return calendar_quarter_start(quarters->calendar,
		quarters->fiscal_start, quarters->first + (int64_t)quarter);
}
