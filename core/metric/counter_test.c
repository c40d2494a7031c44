#include "metric/gap_list.h"
#include "scene_p.h"

#include <criterion/criterion.h>

static void open_log(struct scene *s)
{
	scene_open(s, NULL);
	scene_event(s, scene_source(s, "log", ROLE_EVENTS), "action=update");
}

/* The published stream 3, 4, 6, 7, 7, 10 lacks 5, 8 and 9; two more streams
   have all of their 4 numbers. */
Test(counter, numbers_and_streams_are_counted)
{
	static const int64_t ranges[] = {5, 5, 8, 9};
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;
	struct stream *stream;

	open_log(&s);
	scene_stream(&s, 4, 4);
	stream = scene_stream(&s, 5, 8);
	stream->ranges = ranges;
	stream->n_ranges = 2;
	stream->personal = true;
	scene_stream(&s, 4, 4);
	scene_compute(&s);
	cr_expect(str_equal(c->variant, STR("counter")));
	cr_expect(c->main.numerator == 13 && c->main.denominator == 16);
	cr_expect(c->numbers_missing == 3);
	cr_expect(c->streams == 3 && c->streams_with_gap == 1);
	cr_assert(c->n_gaps == 1 && c->gaps_total == 1);
	cr_expect(c->gaps->missing == 3 && c->gaps->lost == 3);
	cr_expect(c->gaps->of == 16 && c->gaps->personal);
	cr_expect(c->gaps->ranges == ranges && c->gaps->n_ranges == 2);
	cr_expect(c->gaps->n_places == 1);
	scene_free(&s);
}

Test(counter, the_widest_gap_stands_first_and_equal_ones_by_key)
{
	static const struct {
		const char *key;
		uint64_t lost;
	} rows[] = {{"b", 2}, {"d", 1}, {"c", 9}, {"a", 2}};
	static const char *const want[] = {"c", "a", "b", "d"};
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	open_log(&s);
	for (size_t i = 0; i < 4; i++)
		scene_stream(&s, 1, 1 + rows[i].lost)->key = symbols_put(
			&s.strings, str_of(rows[i].key));
	scene_compute(&s);
	cr_assert(c->n_gaps == 4);
	for (size_t i = 0; i < 4; i++)
		cr_expect(str_equal(c->gaps[i].system, str_of(want[i])),
			"gap %zu", i);
	scene_free(&s);
}

Test(counter, more_numbers_than_can_be_counted_have_no_share)
{
	struct scene s;
	const struct completeness *c = &s.metrics.completeness;

	open_log(&s);
	s.in.rule = (struct share) {1, 2};
	scene_stream(&s, 1, UINT64_MAX);
	scene_stream(&s, 1, 1);
	scene_compute(&s);
	cr_expect(c->main.denominator == 0 && c->variant.len == 0);
	cr_expect(str_equal(c->why,
		STR("the counters span more numbers than can be counted")));
	scene_free(&s);
}

Test(counter, at_most_a_thousand_gaps_are_kept)
{
	for (size_t n = GAP_LIST_MAX - 1; n < GAP_LIST_MAX + 2; n++) {
		struct scene s;
		const struct completeness *c = &s.metrics.completeness;

		open_log(&s);
		for (size_t i = 0; i < n; i++)
			scene_stream(&s, 0, 1);
		scene_compute(&s);
		cr_expect(c->gaps_total == n && c->streams_with_gap == n);
		cr_expect(c->n_gaps == (n < 1000 ? n : 1000), "%zu", n);
		scene_free(&s);
	}
}
