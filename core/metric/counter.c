#include "metric/counter.h"

#include "metric/gap_list.h"

#include <stdlib.h>

bool counter_share(const struct metric_input *in, struct share *out)
{
	struct share sum = {0, 0};

	for (size_t i = 0; i < in->streams.n; i++) {
		const struct stream *stream = &in->streams.at[i];

		if (__builtin_add_overflow(sum.denominator, stream->expected,
			    &sum.denominator))
			return false;
		sum.numerator += stream->present;
	}
	*out = sum;
	return true;
}

static struct gap_group gap_of(const struct metric_input *in,
	const struct stream *stream, uint64_t denominator)
{
	struct place *place = arena_new(in->a, struct place);
	struct loc loc = facts_place(in->facts, stream->event);

	*place = (struct place) {
		files_path(in->facts->files, loc.file), loc.line};
	return (struct gap_group) {
		.system = symbols_get(in->a, in->facts->strings, stream->key),
		.personal = stream->personal,
		.missing = stream->expected - stream->present,
		.lost = stream->expected - stream->present,
		.of = denominator,
		.places = place,
		.n_places = 1,
		.ranges = stream->ranges,
		.n_ranges = stream->n_ranges};
}

static int compare_gaps(const void *left, const void *right)
{
	const struct gap_group *a = left, *b = right;

	if (a->lost != b->lost)
		return a->lost > b->lost ? -1 : 1;
	return str_compare(a->system, b->system);
}

void counter_fill(const struct metric_input *in, struct share main,
	struct completeness *out)
{
	struct gap_vec VEC(struct gap_group) gaps = {0};

	out->variant = STR("counter");
	out->main = main;
	out->numbers_missing = main.denominator - main.numerator;
	out->streams = in->streams.n;
	for (size_t i = 0; i < in->streams.n; i++)
		if (in->streams.at[i].expected > in->streams.at[i].present)
			vec_push(in->a, &gaps,
				gap_of(in, &in->streams.at[i],
					main.denominator));
	if (gaps.n)
		qsort(gaps.at, gaps.n, sizeof(*gaps.at), compare_gaps);
	out->streams_with_gap = gaps.n;
	out->gaps = gaps.at;
	out->gaps_total = gaps.n;
	out->n_gaps = gaps.n < GAP_LIST_MAX ? gaps.n : GAP_LIST_MAX;
}
