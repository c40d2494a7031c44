#include "ingest/steps.h"

#include "base/rng.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#define N_FIELDS  4
#define N_WANTED  6
#define N_RECORDS 40

/* A part that is filled one way, and what reads into it. */
struct filler {
	struct part part;
	struct value_reader reader;
};

struct drawn {
	struct source source;
	struct value_rules rules;
	struct cell cells[N_WANTED][3];
	uint32_t columns[N_WANTED][3][2];
	struct wanted wanted[N_WANTED];
	enum column_form forms[N_WANTED];
};

static void draw_cell(struct drawn *d, size_t w, size_t c, struct rng *rng)
{
	struct cell *cell = &d->cells[w][c];
	uint32_t *columns = d->columns[w][c];

	columns[0] = (uint32_t)rng_below(rng, N_FIELDS);
	columns[1] = (uint32_t)rng_below(rng, N_FIELDS);
	*cell = (struct cell) {.kind = CELL_COLUMNS,
		.columns = columns,
		.n_columns = rng_chance(rng, 150000) ? 2 : 1};
	if (rng_chance(rng, 250000))
		*cell = (struct cell) {.kind = CELL_CONSTANT,
			.constant = rng_chance(rng, 500000) ? STR("fixed")
							    : STR("E-0001")};
	else if (rng_chance(rng, 50000))
		*cell = (struct cell) {.kind = CELL_LINE};
}

static void draw(struct drawn *d, struct rng *rng)
{
	static const enum column_form forms[] = {COLUMN_SYM, COLUMN_SYM,
		COLUMN_PRESENT, COLUMN_NUMBER, COLUMN_TIME};

	*d = (struct drawn) {0};
	source_init(&d->source);
	d->rules = (struct value_rules) {.source = &d->source,
		.oldest = INT64_MIN,
		.newest = INT64_MAX,
		.null_max = source_null_max(&d->source)};
	for (size_t w = 0; w < N_WANTED; w++) {
		uint32_t n = 1 + (uint32_t)rng_below(rng, 3);

		for (size_t c = 0; c < n; c++)
			draw_cell(d, w, c, rng);
		d->forms[w] = forms[rng_below(rng, 5)];
		d->wanted[w] = (struct wanted) {.cells = d->cells[w],
			.n = n,
			.form = d->forms[w],
			.split = rng_chance(rng, 200000) ? ';' : 0,
			.is_key = rng_chance(rng, 300000),
			.name = STR("word")};
	}
}

static struct str draw_field(struct rng *rng)
{
	static const char *const texts[] = {"", "", "a", " a ", "b", "a;b",
		"null", "NULL", "nullx", "E-0001", "E-0002", "12", " 7", "-3",
		"1x", "2026-01-02T03:04:05Z", "soon", ";", " "};

	return str_of(texts[rng_below(rng, sizeof(texts) / sizeof(*texts))]);
}

static void start(struct filler *f, const struct drawn *d)
{
	*f = (struct filler) {0};
	f->reader = (struct value_reader) {
		.part = &f->part, .rules = &d->rules};
	event_init(&f->part.events, &f->part.tables, d->forms, N_WANTED, false);
	values_widen(&f->reader, N_FIELDS);
}

static void expect_same(const struct filler *one, const struct filler *other)
{
	const struct table *a = &one->part.events.cells;
	const struct table *b = &other->part.events.cells;

	cr_assert(symbols_count(&one->part.strings) ==
		  symbols_count(&other->part.strings));
	cr_assert(one->part.diag.items.n == other->part.diag.items.n);
	for (uint32_t c = 0; c < N_WANTED; c++)
		for (uint32_t e = 0; e < a->n; e++) {
			uint32_t n, m;

			if (a->columns[c].form == COLUMN_SYM) {
				const sym *x = table_syms(a, c, e, &n);
				const sym *y = table_syms(b, c, e, &m);

				cr_assert(n == m &&
					  memcmp(x, y, n * sizeof(*x)) == 0);
			} else if (a->columns[c].form == COLUMN_PRESENT) {
				cr_assert(a->columns[c].present[e] ==
					  b->columns[c].present[e]);
			} else {
				cr_assert(a->columns[c].values[e] ==
					  b->columns[c].values[e]);
			}
		}
}

/* Property: the same cells, symbols and complaints as by values_fill(). */
Test(steps, agree_with_filling_each_column)
{
	for (uint64_t seed = 0; seed < 600; seed++) {
		struct rng rng = {seed};
		struct drawn d;
		struct filler fast, plain;
		struct step at[N_WANTED];
		struct steps steps = {at, N_WANTED};

		draw(&d, &rng);
		start(&fast, &d);
		start(&plain, &d);
		for (uint32_t w = 0; w < N_WANTED; w++)
			at[w] = steps_of(&d.wanted[w], w);
		for (uint32_t i = 0; i < N_RECORDS; i++) {
			struct str fields[N_FIELDS];
			struct record record = {fields,
				1 + (uint32_t)rng_below(&rng, N_FIELDS), i + 1,
				0, {0}};
			row e = event_add(&fast.part.events, 0, 0, 1, i + 1);

			event_add(&plain.part.events, 0, 0, 1, i + 1);
			for (uint32_t k = 0; k < N_FIELDS; k++)
				fields[k] = draw_field(&rng);
			values_begin(&fast.reader, &record);
			values_begin(&plain.reader, &record);
			steps_run(&steps, &fast.reader, &fast.part.events.cells,
				e);
			for (uint32_t w = 0; w < N_WANTED; w++)
				values_fill(&plain.reader, &d.wanted[w],
					&plain.part.events.cells, w, e);
		}
		expect_same(&fast, &plain);
		part_free(&fast.part);
		part_free(&plain.part);
	}
}
