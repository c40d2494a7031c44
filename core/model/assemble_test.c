#include "model/assemble.h"

#include "base/rng.h"

#include <string.h>

#include <criterion/criterion.h>

#define N_COLUMNS 6
#define N_SYMS    9
#define MOST      4 /* pieces */

static const enum column_form forms[N_COLUMNS] = {COLUMN_SYM, COLUMN_NUMBER,
	COLUMN_PRESENT, COLUMN_SYM, COLUMN_TIME, COLUMN_SYM};

/* One log twice: as pieces that lack columns, and as pieces that have all. */
struct twins {
	struct arena a;
	struct event_table small[MOST], full[MOST];
	struct event_piece pieces[MOST];
	sym map[MOST][N_SYMS];
	uint32_t columns[MOST][N_COLUMNS];
	size_t n;
	bool has_refs;
};

static void add_cell(
	struct twins *t, size_t p, uint32_t c, row e, struct rng *rng)
{
	uint32_t number = t->columns[p][c];
	struct column *small = &t->small[p].cells.columns[c];
	struct column *full = &t->full[p].cells.columns[number];
	uint32_t n = (uint32_t)rng_below(rng, 4);
	sym syms[3];

	for (uint32_t i = 0; i < n; i++)
		syms[i] = 1 + (sym)rng_below(rng, N_SYMS - 1);
	if (small->form == COLUMN_SYM) {
		table_set_syms(&t->small[p].cells, c, e, syms, n);
		table_set_syms(&t->full[p].cells, number, e, syms, n);
	} else if (small->form == COLUMN_PRESENT) {
		small->present[e] = full->present[e] = n > 1;
	} else if (n) {
		small->values[e] = full->values[e] = (int64_t)syms[0];
	}
}

static void add_row(struct twins *t, size_t p, struct rng *rng)
{
	int64_t time = rng_chance(rng, 200000) ? CELL_ABSENT
					       : (int64_t)rng_below(rng, 20);
	uint8_t marks = rng_chance(rng, 150000) ? EVENT_DROPPED : EVENT_DERIVED;
	uint32_t line = (uint32_t)rng_below(rng, 1000);
	row e = event_add(&t->small[p], time, marks, 1 + (uint32_t)p, line);

	event_add(&t->full[p], time, marks, 1 + (uint32_t)p, line);
	for (uint32_t c = 0; c < t->small[p].cells.n_columns; c++)
		add_cell(t, p, c, e, rng);
	for (size_t i = rng_below(rng, 3); t->has_refs && i > 0; i--) {
		struct ref ref = {(sym)rng_below(rng, N_SYMS),
			(sym)rng_below(rng, N_SYMS),
			(sym)rng_below(rng, N_SYMS),
			(uint8_t)rng_below(rng, 4)};

		event_add_ref(&t->small[p], &ref);
		event_add_ref(&t->full[p], &ref);
	}
}

static void add_piece(struct twins *t, struct rng *rng)
{
	size_t p = t->n++;
	enum column_form mine[N_COLUMNS];
	uint32_t n = 0;

	for (uint32_t c = 0; c < N_COLUMNS; c++)
		if (rng_chance(rng, 700000)) {
			mine[n] = forms[c];
			t->columns[p][n++] = c;
		}
	for (sym s = 1; s < N_SYMS; s++)
		t->map[p][s] = 1 + (sym)rng_below(rng, 30);
	event_init(&t->small[p], &t->a, mine, n, t->has_refs);
	event_init(&t->full[p], &t->a, forms, N_COLUMNS, t->has_refs);
	for (size_t i = rng_below(rng, 40); i > 0; i--)
		add_row(t, p, rng);
	t->pieces[p] = (struct event_piece) {.events = &t->small[p],
		.columns = t->columns[p],
		.map = t->map[p]};
}

static void expect_cells(
	const struct table *got, const struct table *want, uint64_t seed)
{
	for (uint32_t c = 0; c < N_COLUMNS; c++)
		for (row e = 0; e < want->n; e++) {
			const struct column *one = &got->columns[c];
			const struct column *two = &want->columns[c];
			uint32_t n, m;

			if (forms[c] == COLUMN_SYM) {
				const sym *a = table_syms(got, c, e, &n);
				const sym *b = table_syms(want, c, e, &m);

				cr_assert(
					n == m && memcmp(a, b,
							  n * sizeof(*a)) == 0,
					"seed %d", (int)seed);
			} else if (forms[c] == COLUMN_PRESENT) {
				cr_assert(one->present[e] == two->present[e]);
			} else {
				cr_assert(one->values[e] == two->values[e]);
			}
		}
}

static void expect_refs(
	const struct event_table *got, const struct event_table *want)
{
	for (row e = 0; e < want->n; e++) {
		uint32_t n, m;
		const struct ref *a = event_refs(got, e, &n);
		const struct ref *b = event_refs(want, e, &m);

		cr_assert(n == m);
		for (uint32_t i = 0; i < n; i++)
			cr_assert(a[i].type == b[i].type &&
				  a[i].id == b[i].id &&
				  a[i].version == b[i].version &&
				  a[i].mode == b[i].mode);
	}
}

static void expect_equal(const struct event_table *got,
	const struct event_table *want, uint64_t seed)
{
	cr_assert(got->n == want->n && got->n_timed == want->n_timed);
	for (row e = 0; e < want->n; e++) {
		cr_assert(got->time[e] == want->time[e], "seed %d", (int)seed);
		cr_assert(got->file[e] == want->file[e]);
		cr_assert(got->line[e] == want->line[e]);
		cr_assert(got->marks[e] == want->marks[e]);
		cr_assert(got->by_sequence[e] == want->by_sequence[e]);
	}
	expect_cells(&got->cells, &want->cells, seed);
	if (got->has_refs)
		expect_refs(got, want);
}

/* Appends the pieces in groups, some of them twice and once taken back. */
static void append_all(
	struct twins *t, struct event_table *whole, struct rng *rng)
{
	unsigned jobs = 1 + (unsigned)rng_below(rng, 3);
	size_t done = 0;

	event_init(whole, &t->a, forms, N_COLUMNS, t->has_refs);
	while (done < t->n) {
		size_t n = 1 + rng_below(rng, t->n - done);
		struct event_end end = assemble_end(whole);

		if (rng_chance(rng, 300000)) {
			assemble_append(whole, t->pieces, t->n, jobs);
			assemble_cut(whole, &end);
		}
		assemble_append(whole, t->pieces + done, n, jobs);
		done += n;
	}
}

/* Property: the same table as by appending and building. */
Test(assemble, agrees_with_appending)
{
	static const uint32_t same_as[] = {0, 1, 2, 3, 4, 5};

	for (uint64_t seed = 0; seed < 400; seed++) {
		struct rng rng = {seed};
		struct twins t = {.has_refs = rng_chance(&rng, 500000)};
		struct event_table got, want;
		row *moved, *plain;

		for (size_t i = rng_below(&rng, MOST + 1); i > 0; i--)
			add_piece(&t, &rng);
		append_all(&t, &got, &rng);
		event_init(&want, &t.a, forms, N_COLUMNS, t.has_refs);
		for (size_t i = 0; i < t.n; i++)
			event_append(&want, &t.full[i], t.map[i]);
		/* Rows may also be dropped after they were appended. */
		for (row e = 0; e < want.n; e++)
			if (rng_chance(&rng, 50000))
				got.marks[e] = want.marks[e] |= EVENT_DROPPED;
		plain = arena_array(&t.a, row, want.n);
		moved = assemble_build(&t.a, &got, same_as, 2);
		event_build(&want, plain);
		cr_assert(memcmp(moved, plain, want.n * sizeof(*moved)) == 0);
		expect_equal(&got, &want, seed);
		arena_free(&t.a);
	}
}

Test(assemble, columns_share_their_memory)
{
	static const enum column_form shared[] = {
		COLUMN_SYM, COLUMN_SYM, COLUMN_PRESENT};
	static const uint32_t same_as[] = {0, 0, 0}, columns[] = {0};
	static const sym map[] = {0, 7};
	struct arena a = {0};
	struct event_table got, from;
	struct event_piece piece = {&from, columns, map, 0, 0, 0};
	sym one = 1;

	event_init(&from, &a, shared, 1, false);
	event_add(&from, 5, 0, 1, 1);
	event_add(&from, 4, 0, 1, 2);
	table_set_syms(&from.cells, 0, 1, &one, 1);
	event_init(&got, &a, shared, 3, false);
	assemble_append(&got, &piece, 1, 1);
	assemble_build(&a, &got, same_as, 1);
	cr_expect(table_sym(&got.cells, 0, 0) == 7);
	cr_expect(table_sym(&got.cells, 1, 0) == 7);
	cr_expect(table_sym(&got.cells, 1, 1) == 0);
	cr_expect(column_is_present(&got.cells.columns[2], 0));
	cr_expect(!column_is_present(&got.cells.columns[2], 1));
	arena_free(&a);
}
