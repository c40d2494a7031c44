#include "model/event.h"

#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

static const enum column_form forms[] = {COLUMN_SYM, COLUMN_NUMBER};

#define N_COLUMNS 2
#define MOST_ROWS 100
#define MOST_REFS 3

/* The obvious version: one struct per event. */
struct plain {
	int64_t time, number;
	uint32_t file, line, n_refs;
	uint8_t marks;
	sym text[2];
	struct ref refs[MOST_REFS];
};

static struct plain random_event(struct rng *rng, uint32_t line)
{
	struct plain p = {
		.time = rng_chance(rng, 200000)
				? CELL_ABSENT
				: (int64_t)rng_below(rng, 6) - 2,
		.number = (int64_t)rng_below(rng, 100),
		.file = 1 + (uint32_t)rng_below(rng, 3),
		.line = line,
		.marks = rng_chance(rng, 150000) ? EVENT_DROPPED
						 : EVENT_DERIVED,
		.text = {1 + (sym)rng_below(rng, 9),
			1 + (sym)rng_below(rng, 9)},
		.n_refs = (uint32_t)rng_below(rng, MOST_REFS + 1),
	};

	for (uint32_t i = 0; i < p.n_refs; i++)
		p.refs[i] = (struct ref) {
			.type = (sym)rng_below(rng, 3),
			.id = 1 + (sym)rng_below(rng, 9),
			.version = (sym)rng_below(rng, 2),
			.mode = (uint8_t)rng_below(rng, 4),
		};
	return p;
}

static void add_event(struct event_table *events, const struct plain *p)
{
	row e = event_add(events, p->time, p->marks, p->file, p->line);

	table_set_syms(&events->cells, 0, e, p->text, 2);
	events->cells.columns[1].values[e] = p->number;
	for (uint32_t i = 0; i < p->n_refs && events->has_refs; i++)
		event_add_ref(events, &p->refs[i]);
}

static bool same_refs(
	const struct event_table *events, row e, const struct plain *p)
{
	uint32_t n;
	const struct ref *refs = event_refs(events, e, &n);

	if (n != (events->has_refs ? p->n_refs : 0))
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (refs[i].type != p->refs[i].type ||
			refs[i].id != p->refs[i].id ||
			refs[i].version != p->refs[i].version ||
			refs[i].mode != p->refs[i].mode)
			return false;
	return true;
}

static bool is_same(
	const struct event_table *events, row e, const struct plain *p)
{
	uint32_t n;
	const sym *text = table_syms(&events->cells, 0, e, &n);

	return events->time[e] == p->time && events->file[e] == p->file &&
	       events->line[e] == p->line && events->marks[e] == p->marks &&
	       n == 2 && text[0] == p->text[0] && text[1] == p->text[1] &&
	       events->cells.columns[1].values[e] == p->number &&
	       same_refs(events, e, p);
}

Test(event, a_table_of_nothing_can_be_built)
{
	for (int has_refs = 0; has_refs < 2; has_refs++) {
		struct arena a = {0};
		struct event_table events, other;

		event_init(&events, &a, forms, N_COLUMNS, has_refs);
		event_init(&other, &a, forms, N_COLUMNS, has_refs);
		event_append(&events, &other, NULL);
		event_build(&events, NULL);
		cr_expect(events.n == 0 && events.n_timed == 0);
		cr_expect(event_bytes(&events) == 0);
		arena_free(&a);
	}
}

Test(event, all_rows_may_be_dropped)
{
	struct arena a = {0};
	struct event_table events;
	row moved[3] = {0};

	event_init(&events, &a, forms, N_COLUMNS, true);
	for (int i = 0; i < 3; i++) {
		event_add(&events, 5, EVENT_DROPPED, 1, 1);
		event_add_ref(&events, &(struct ref) {.id = 1});
	}
	event_build(&events, moved);
	cr_expect(events.n == 0 && events.n_timed == 0);
	for (int i = 0; i < 3; i++)
		cr_expect(moved[i] == ROW_NONE);
	arena_free(&a);
}

Test(event, timed_rows_come_first_in_order_of_time)
{
	static const int64_t times[] = {3, CELL_ABSENT, 1, 3, -7, CELL_ABSENT};
	static const uint32_t lines[] = {5, 3, 1, 4, 2, 6};
	static const row sequence[] = {2, 4, 1, 3, 0, 5};
	static const row want[] = {2, 4, 1, 3, 0, 5};
	struct arena a = {0};
	struct event_table events;
	row moved[6];

	event_init(&events, &a, NULL, 0, false);
	for (uint32_t i = 0; i < 6; i++)
		event_add(&events, times[i], 0, 1, i + 1);
	event_build(&events, moved);
	cr_expect(events.n == 6 && events.n_timed == 4);
	for (uint32_t i = 0; i < 6; i++) {
		cr_expect(events.line[i] == lines[i], "row %u", i);
		cr_expect(events.by_sequence[i] == sequence[i], "row %u", i);
		cr_expect(moved[i] == want[i], "row %u", i);
	}
	arena_free(&a);
}

Test(event, refs_belong_to_the_newest_event)
{
	struct arena a = {0};
	struct event_table events;
	uint32_t n;
	const struct ref *refs;

	event_init(&events, &a, NULL, 0, true);
	event_add(&events, 2, 0, 1, 1);
	event_add(&events, 1, 0, 1, 2);
	event_add_ref(&events, &(struct ref) {1, 2, 3, REF_WRITE});
	event_add_ref(&events, &(struct ref) {4, 5, 0, REF_DELETE});
	event_add(&events, 0, 0, 1, 3);
	event_refs(&events, 0, &n);
	cr_expect(n == 0);
	refs = event_refs(&events, 1, &n);
	cr_assert(n == 2);
	cr_expect(refs[0].id == 2 && refs[1].mode == REF_DELETE);
	event_refs(&events, 2, &n);
	cr_expect(n == 0);
	event_build(&events, NULL);
	refs = event_refs(&events, 1, &n);
	cr_assert(n == 2);
	cr_expect(refs[0].version == 3 && refs[1].id == 5);
	arena_free(&a);
}

Test(event, bytes_are_those_of_the_rows)
{
	struct arena a = {0};
	struct event_table events;

	event_init(&events, &a, forms, N_COLUMNS, true);
	for (int i = 0; i < 10; i++)
		event_add(&events, i, 0, 1, 1);
	cr_expect(event_bytes(&events) == 10 * (8 + 4 + 4 + 1 + 4 + 4 + 12));
	event_add_ref(&events, &(struct ref) {.id = 1});
	cr_expect(event_bytes(&events) == 10 * 37 + 16);
	arena_free(&a);
}

/* The rows that stay, in their order, by insertion. */
static uint32_t slow_order(const struct plain *plain, uint32_t n,
	uint32_t *order, uint32_t *n_timed)
{
	uint32_t kept = 0;

	*n_timed = 0;
	for (uint32_t i = 0; i < n; i++) {
		bool timed = plain[i].time != CELL_ABSENT;
		uint32_t at;

		if (plain[i].marks & EVENT_DROPPED)
			continue;
		at = timed ? *n_timed : kept;
		while (timed && at > 0 &&
			plain[order[at - 1]].time > plain[i].time)
			at--;
		memmove(order + at + 1, order + at,
			(kept - at) * sizeof(*order));
		order[at] = i;
		kept++;
		*n_timed += timed;
	}
	return kept;
}

static bool is_built(const struct event_table *events, const row *moved,
	const struct plain *plain, uint32_t n)
{
	uint32_t order[MOST_ROWS], n_timed, rank = 0;
	uint32_t kept = slow_order(plain, n, order, &n_timed);
	row place[MOST_ROWS];

	if (events->n != kept || events->n_timed != n_timed)
		return false;
	for (uint32_t i = 0; i < n; i++)
		place[i] = ROW_NONE;
	for (uint32_t i = 0; i < kept; i++) {
		place[order[i]] = i;
		if (!is_same(events, i, &plain[order[i]]))
			return false;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (moved[i] != place[i])
			return false;
		if (place[i] != ROW_NONE &&
			events->by_sequence[rank++] != place[i])
			return false;
	}
	return true;
}

/* Property: the built table is a stable insertion sort of the rows that were
   not dropped. */
Test(event, agrees_with_an_insertion_sort)
{
	for (uint64_t seed = 0; seed < 500; seed++) {
		struct arena a = {0};
		struct rng rng = {seed};
		struct event_table events;
		struct plain plain[MOST_ROWS];
		row moved[MOST_ROWS];
		uint32_t n = (uint32_t)rng_below(&rng, MOST_ROWS);

		event_init(&events, &a, forms, N_COLUMNS, seed % 4 != 0);
		for (uint32_t i = 0; i < n; i++) {
			plain[i] = random_event(&rng, i);
			add_event(&events, &plain[i]);
		}
		event_build(&events, moved);
		cr_assert(is_built(&events, moved, plain, n), "seed %zu",
			(size_t)seed);
		arena_free(&a);
	}
}

static void map_event(struct plain *p, const sym *map)
{
	for (int i = 0; i < 2; i++)
		p->text[i] = map[p->text[i]];
	for (uint32_t i = 0; i < p->n_refs; i++) {
		p->refs[i].type = map[p->refs[i].type];
		p->refs[i].id = map[p->refs[i].id];
		p->refs[i].version = map[p->refs[i].version];
	}
}

/* Property: parts appended in order and built are the table of all rows. */
Test(event, appended_parts_are_one_table)
{
	static const sym map[10] = {0, 9, 8, 7, 6, 5, 4, 3, 2, 1};

	for (uint64_t seed = 0; seed < 500; seed++) {
		struct arena a = {0}, part_arena = {0};
		struct rng rng = {seed};
		struct event_table events, part;
		struct plain plain[MOST_ROWS];
		row moved[MOST_ROWS];
		uint32_t n = 0, parts = (uint32_t)rng_below(&rng, 6);
		bool has_refs = seed % 4 != 0;

		event_init(&events, &a, forms, N_COLUMNS, has_refs);
		while (parts-- > 0) {
			uint32_t end = n + (uint32_t)rng_below(&rng, 18);

			event_init(
				&part, &part_arena, forms, N_COLUMNS, has_refs);
			for (; n < end; n++) {
				plain[n] = random_event(&rng, n);
				add_event(&part, &plain[n]);
				map_event(&plain[n], map);
			}
			event_append(&events, &part, map);
			arena_free(&part_arena);
		}
		event_build(&events, moved);
		cr_assert(is_built(&events, moved, plain, n), "seed %zu",
			(size_t)seed);
		arena_free(&a);
	}
}
