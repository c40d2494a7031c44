#include "graph/systems.h"

#include "graph/reach.h"

#include "log_p.h"

#include <string.h>

#include <criterion/criterion.h>

Test(systems, a_pass_takes_64)
{
	static const struct {
		uint32_t n, passes;
	} rows[] = {{0, 0}, {1, 1}, {64, 1}, {65, 2}, {128, 2}, {129, 3},
		{UINT32_MAX, 67108864}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(systems_passes(rows[i].n) == rows[i].passes,
			"row %zu", i);
}

static void scan(struct log *log, uint64_t *masks)
{
	struct effects effects;
	struct err err;

	cr_assert(
		derive_effects(&log->a, &log->facts, NULL, 0, &effects, &err));
	systems_scan(&effects, masks);
}

Test(systems, ancestors_are_added)
{
	static const struct {
		const char *lines[6];
		uint64_t want[6]; /* event i has system i of its own */
	} rows[] = {
		{{"replace a:1", "read a:1", "read a:2"}, {1, 3, 4}},
		{{"replace a:1", "read a:1 replace b:1", "read b:1"},
			{1, 3, 7}},
		/* a replacement forgets, a dependent write does not */
		{{"replace a:1", "replace a:1", "read a:1"}, {1, 2, 6}},
		{{"replace a:1", "write a:1", "read a:1"}, {1, 3, 7}},
		{{"replace a:1", "replace a:1 read a:1", "read a:1"},
			{1, 3, 7}},
		/* a read alone leaves the record as it is */
		{{"replace a:1", "read a:1", "read a:1"}, {1, 3, 5}},
		/* the versions before the event are read */
		{{"replace a:1", "replace b:1", "read a:1 read b:1 write a:1",
			 "read b:1"},
			{1, 2, 7, 10}},
		/* what is deleted is not read, but can be derived from */
		{{"replace a:1", "delete a:1", "read a:1"}, {1, 2, 4}},
		{{"replace a:1", "delete a:1", "write a:1"}, {1, 2, 5}},
		{{"replace a:1", "delete a:1", "replace a:1"}, {1, 2, 4}},
		{{"replace a:1", "replace a:1 delete a:1", "read a:1"},
			{1, 2, 6}},
		{{"", "", ""}, {1, 2, 4}},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct log log;
		uint64_t masks[6];
		size_t n = 0;

		while (n < 6 && rows[i].lines[n]) {
			masks[n] = UINT64_C(1) << n;
			n++;
		}
		log_lines(&log, rows[i].lines, n);
		scan(&log, masks);
		for (size_t j = 0; j < n; j++)
			cr_expect(masks[j] == rows[i].want[j],
				"row %zu, event %zu: %zu", i, j,
				(size_t)masks[j]);
		log_free(&log);
	}
}

/* The own systems of an event and of all events above it in the graph. */
static uint64_t union_above(
	struct log *log, const struct graph *graph, row e, const uint64_t *own)
{
	node start = graph_event(graph, e);
	struct reach reach;
	uint64_t mask = own[e];

	if (!start)
		return mask;
	reach_from(&log->a, graph, &start, 1,
		&(struct reach_options) {.direction = REACH_UP}, &reach);
	for (uint32_t i = 0; i < reach.n; i++)
		if (graph_is_event(graph, reach.items[i].v))
			mask |= own[graph->subject[reach.items[i].v]];
	return mask;
}

/* Property: the masks are the unions over what can be reached upwards. */
Test(systems, agree_with_reaching_upwards)
{
	static const struct log_kind kind = {.ref = 150000, .other = 100000};
	struct rng rng = {31};

	for (int round = 0; round < 10000; round++) {
		struct log log;
		struct graph graph;
		uint64_t own[LOG_EVENTS], masks[LOG_EVENTS];
		bool same = true;

		log_random(&log, &rng, &kind);
		for (row e = 0; e < log.events.n; e++)
			own[e] = rng_next(&rng) & rng_next(&rng) &
				 rng_next(&rng);
		memcpy(masks, own, sizeof(own));
		scan(&log, masks);
		graph = log_graph(&log);
		for (row e = 0; e < log.events.n; e++)
			same &= masks[e] == union_above(&log, &graph, e, own);
		cr_assert(same, "round %d", round);
		log_free(&log);
	}
}

/* Property: for some rows it is enough to look at what they may descend from.
 */
Test(systems, ancestors_are_all_that_is_needed)
{
	static const struct log_kind kind = {.ref = 100000, .other = 100000};
	struct rng rng = {37};

	for (int round = 0; round < 10000; round++) {
		struct log log;
		uint64_t masks[LOG_EVENTS], few[LOG_EVENTS];
		struct bits rows, all;
		struct effects effects;
		struct err err;
		struct derive_log from = {&log.facts, NULL, 0};
		row n = 0;

		log_random(&log, &rng, &kind);
		rows = bits_new(&log.a, log.events.n);
		all = bits_new(&log.a, log.events.n);
		for (row e = 0; e < log.events.n; e++)
			if (rng_chance(&rng, 200000))
				bits_add(&rows, e);
		bits_or(&all, &rows);
		derive_ancestors(&from, &all);
		for (row e = 0; e < log.events.n; e++) {
			masks[e] = rng_next(&rng) & rng_next(&rng);
			if (bits_has(&all, e))
				few[n++] = masks[e];
		}
		cr_assert(derive_effects_among(
			&log.a, &from, &all, &effects, &err));
		systems_scan(&effects, few);
		scan(&log, masks);
		n = 0;
		for (row e = 0; e < log.events.n; e++) {
			if (!bits_has(&all, e))
				continue;
			cr_assert(few[n++] == masks[e], "round %d, row %u",
				round, e);
		}
		log_free(&log);
	}
}
