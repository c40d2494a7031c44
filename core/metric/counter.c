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

/* A stream that lacks numbers. */
struct lack {
	const struct stream *stream;
	struct str key;
	uint64_t lost;
};

static int compare_lacks(const void *left, const void *right)
{
	const struct lack *a = left, *b = right;

	if (a->lost != b->lost)
		return a->lost > b->lost ? -1 : 1;
	return str_compare(a->key, b->key);
}

/* The streams that lack most first: `*n` of them. */
static struct lack *sorted_lacks(
	const struct metric_input *in, struct arena *a, size_t *n)
{
	struct lack *all = arena_array(a, struct lack, in->streams.n);

	*n = 0;
	for (size_t i = 0; i < in->streams.n; i++) {
		const struct stream *stream = &in->streams.at[i];

		if (stream->expected > stream->present)
			all[(*n)++] = (struct lack) {stream,
				symbols_show(in->facts->strings, stream->key),
				stream->expected - stream->present};
	}
	if (*n)
		qsort(all, *n, sizeof(*all), compare_lacks);
	return all;
}

void counter_fill(const struct metric_input *in, struct share main,
	struct completeness *out)
{
	struct arena scratch = {0};
	size_t n;
	struct lack *lacks = sorted_lacks(in, &scratch, &n);
	size_t kept = n < GAP_LIST_MAX ? n : GAP_LIST_MAX;
	struct gap_group *gaps = arena_array(in->a, struct gap_group, kept);

	out->variant = STR("counter");
	out->main = main;
	out->numbers_missing = main.denominator - main.numerator;
	out->streams = in->streams.n;
	for (size_t i = 0; i < kept; i++)
		gaps[i] = gap_of(in, lacks[i].stream, main.denominator);
	out->streams_with_gap = n;
	out->gaps = gaps;
	out->gaps_total = n;
	out->n_gaps = kept;
	arena_free(&scratch);
}
