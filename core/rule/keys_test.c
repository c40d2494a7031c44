#include "rule/keys.h"

#include "base/rng.h"
#include "sample_p.h"

#include <criterion/criterion.h>

#define WORDS 3

static const char *const names[WORDS] = {"customer", "purpose", "region"};

static const char words[] = "vocabulary:\n"
			    "  keys: {customer: c, purpose: p, region: r}\n";

static void open_log(struct sample *s)
{
	sample_read(s, words);
	for (size_t i = 0; i < WORDS; i++)
		words_need_field(&s->words, names[i], COLUMN_SYM, STR("test"));
	sample_open_log(s);
}

/* The keys of all rows over the first `n` words. */
static struct keys build(struct sample *s, uint32_t n)
{
	static const uint32_t columns[WORDS] = {0, 1, 2};
	struct bits rows = bits_new(&s->a, s->events.n);

	bits_fill(&rows);
	return keys_build(&s->a, &s->facts, columns, n, &rows);
}

/* A key as "C1|marketing". */
static struct str tell_key(
	struct sample *s, const struct keys *keys, uint32_t k)
{
	const sym *parts = keys->parts + (size_t)k * keys->n_words;
	struct str out = STR("");

	for (uint32_t i = 0; i < keys->n_words; i++)
		out = arena_print(&s->a, "%.*s%s%.*s", STR_ARG(out),
			i ? "|" : "",
			STR_ARG(symbols_show(&s->strings, parts[i])));
	return out;
}

/* The keys of a row with their numbers: "0:C1 1:C2". */
static const char *tell_row(struct sample *s, const struct keys *keys, row e)
{
	uint32_t n;
	const uint32_t *of = keys_of(keys, e, &n);
	struct str out = STR("");

	for (uint32_t i = 0; i < n; i++)
		out = arena_print(&s->a, "%.*s%s%u:%.*s", STR_ARG(out),
			i ? " " : "", of[i], STR_ARG(tell_key(s, keys, of[i])));
	return out.s;
}

Test(keys, are_numbered_by_first_sight)
{
	struct sample s;
	struct keys keys;

	open_log(&s);
	sample_row(&s, 0, 0, 0, "customer=C2 purpose=x");
	sample_row(&s, 0, 1, 0, "customer=C1 purpose=x");
	sample_row(&s, 0, 2, 0, "purpose=x");
	sample_row(&s, 0, 3, 0, "customer=C2 purpose=y");
	sample_close_log(&s);
	keys = build(&s, 1);
	cr_expect_eq(keys.n, 2);
	cr_expect_str_eq(tell_row(&s, &keys, 0), "0:C2");
	cr_expect_str_eq(tell_row(&s, &keys, 1), "1:C1");
	cr_expect_str_eq(tell_row(&s, &keys, 2), "");
	cr_expect_str_eq(tell_row(&s, &keys, 3), "0:C2");
	keys = build(&s, 2);
	cr_expect_eq(keys.n, 3);
	cr_expect_str_eq(tell_row(&s, &keys, 0), "0:C2|x");
	cr_expect_str_eq(tell_row(&s, &keys, 2), "");
	cr_expect_str_eq(tell_row(&s, &keys, 3), "2:C2|y");
	sample_free(&s);
}

/* rules.md 6.1: one activation per value, a composite uses the product. */
Test(keys, several_values_are_several_keys)
{
	struct sample s;
	struct keys keys;

	open_log(&s);
	sample_row(&s, 0, 0, 0, "customer=A;B purpose=x");
	sample_row(&s, 0, 1, 0, "customer=B;A purpose=x;y");
	sample_close_log(&s);
	keys = build(&s, 1);
	cr_expect_str_eq(tell_row(&s, &keys, 0), "0:A 1:B");
	cr_expect_str_eq(tell_row(&s, &keys, 1), "1:B 0:A");
	keys = build(&s, 2);
	cr_expect_str_eq(tell_row(&s, &keys, 0), "0:A|x 1:B|x");
	cr_expect_str_eq(tell_row(&s, &keys, 1), "1:B|x 0:A|x 2:B|y 3:A|y");
	cr_expect_eq(keys.n, 4);
	cr_expect_eq(keys.fan_out, 0);
	sample_free(&s);
}

/* "A;B;A" names two customers, and a rule judges each once. */
Test(keys, a_value_that_a_row_repeats_is_one_key)
{
	struct sample s;
	struct keys keys;

	open_log(&s);
	sample_row(&s, 0, 0, 0, "customer=A;B;A purpose=x;x");
	sample_row(&s, 0, 1, 0, "customer=A;A");
	sample_close_log(&s);
	keys = build(&s, 1);
	cr_expect_str_eq(tell_row(&s, &keys, 0), "0:A 1:B");
	cr_expect_str_eq(tell_row(&s, &keys, 1), "0:A");
	keys = build(&s, 2);
	cr_expect_str_eq(tell_row(&s, &keys, 0), "0:A|x 1:B|x");
	sample_free(&s);
}

Test(keys, without_words_every_row_has_the_one_key)
{
	struct sample s;
	struct keys keys;
	uint32_t n;

	open_log(&s);
	sample_row(&s, 0, 0, 0, "customer=C1");
	sample_row(&s, 0, 1, 0, "");
	sample_close_log(&s);
	keys = build(&s, 0);
	cr_expect_eq(keys.n, 1);
	for (row e = 0; e < 2; e++) {
		cr_expect_eq(keys_of(&keys, e, &n)[0], 0);
		cr_expect_eq(n, 1);
	}
	sample_free(&s);
}

Test(keys, rows_outside_and_words_without_column_have_none)
{
	struct sample s;
	struct keys keys;
	struct bits rows;
	const uint32_t columns[] = {0, WORD_NONE};

	open_log(&s);
	sample_row(&s, 0, 0, 0, "customer=C1");
	sample_row(&s, 0, 1, 0, "customer=C2");
	sample_close_log(&s);
	rows = bits_new(&s.a, 2);
	bits_add(&rows, 1);
	keys = keys_build(&s.a, &s.facts, columns, 1, &rows);
	cr_expect_eq(keys.n, 1);
	cr_expect_str_eq(tell_row(&s, &keys, 0), "");
	cr_expect_str_eq(tell_row(&s, &keys, 1), "0:C2");
	keys = keys_build(&s.a, &s.facts, columns, 2, &rows);
	cr_expect_eq(keys.n, 0);
	cr_expect_str_eq(tell_row(&s, &keys, 1), "");
	sample_free(&s);
}

/* Adds a row with `n` values x0, x1, ... of each of the first `words` words. */
static void add_wide_row(struct sample *s, uint32_t n, uint32_t n_words)
{
	row e = sample_row(s, 0, 0, 0, "");
	sym syms[2000];

	for (uint32_t i = 0; i < n; i++) {
		struct str text = arena_print(&s->a, "x%u", i);

		syms[i] = symbols_put(&s->strings, text);
	}
	for (uint32_t w = 0; w < n_words; w++)
		table_set_syms(&s->events.cells, w, e, syms, n);
}

Test(keys, a_row_has_at_most_a_thousand)
{
	static const struct {
		uint32_t values, words, keys, fan_out;
	} rows[] = {
		{1000, 1, 1000, 0},
		{1001, 1, 1000, 1},
		{10, 3, 1000, 0},
		{11, 3, 1000, 1},
		{31, 2, 961, 0},
		{32, 2, 1000, 1},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;
		struct keys keys;
		uint32_t n;

		open_log(&s);
		add_wide_row(&s, rows[i].values, rows[i].words);
		sample_close_log(&s);
		keys = build(&s, rows[i].words);
		keys_of(&keys, 0, &n);
		cr_expect_eq(n, rows[i].keys, "row %zu", i);
		cr_expect_eq(keys.n, rows[i].keys, "row %zu", i);
		cr_expect_eq(keys.fan_out, rows[i].fan_out, "row %zu", i);
		cr_expect_eq(keys.fan_out_row, 0, "row %zu", i);
		sample_free(&s);
	}
}

/* ---- against the obvious way ---- */

struct cell {
	const char *values[2];
	size_t n;
};

static size_t find(const struct str_vec *texts, struct str text)
{
	size_t i = 0;

	while (i < texts->n && !str_equal(texts->at[i], text))
		i++;
	return i;
}

/* All keys of a row as texts, each once, the first word running fastest. */
static void slow_keys(struct arena *a, const struct cell *cells, uint32_t n,
	struct str_vec *out)
{
	size_t combinations = 1;

	for (uint32_t w = 0; w < n; w++)
		combinations *= cells[w].n;
	for (size_t c = 0; c < combinations; c++) {
		struct str text = STR("");
		size_t rest = c;

		for (uint32_t w = 0; w < n; w++) {
			text = arena_print(a, "%.*s%s%s", STR_ARG(text),
				w ? "|" : "",
				cells[w].values[rest % cells[w].n]);
			rest /= cells[w].n;
		}
		if (find(out, text) == out->n)
			vec_push(a, out, text);
	}
}

static void make_row(struct sample *s, struct rng *rng, struct cell *cells)
{
	static const char *const values[] = {"a", "b", "c"};
	struct str line = STR("");

	for (uint32_t w = 0; w < WORDS; w++) {
		size_t first = rng_below(rng, 3);

		cells[w].n = rng_below(rng, 3);
		cells[w].values[0] = values[first];
		cells[w].values[1] = values[rng_below(rng, 3)];
		if (cells[w].n)
			line = arena_print(&s->a, "%.*s%s=%s%s%s ",
				STR_ARG(line), names[w], cells[w].values[0],
				cells[w].n > 1 ? ";" : "",
				cells[w].n > 1 ? cells[w].values[1] : "");
	}
	sample_row(s, 0, s->events.n, 0, arena_copy(&s->a, line).s);
}

#define ROWS 9

/* Property: numbers and lists are those of a list of texts that is searched
   from end to end. */
Test(keys, agree_with_texts_in_a_list)
{
	struct rng rng = {7};

	for (int round = 0; round < 600; round++) {
		struct sample s;
		struct cell cells[ROWS][WORDS];
		struct str_vec seen = {0};
		uint32_t n = 1 + (uint32_t)rng_below(&rng, WORDS);
		struct keys keys;

		open_log(&s);
		for (row e = 0; e < ROWS; e++)
			make_row(&s, &rng, cells[e]);
		sample_close_log(&s);
		keys = build(&s, n);
		for (row e = 0; e < ROWS; e++) {
			struct str_vec texts = {0};
			struct str want = STR("");

			slow_keys(&s.a, cells[e], n, &texts);
			for (size_t i = 0; i < texts.n; i++) {
				size_t k = find(&seen, texts.at[i]);

				if (k == seen.n)
					vec_push(&s.a, &seen, texts.at[i]);
				want = arena_print(&s.a, "%.*s%s%zu:%.*s",
					STR_ARG(want), i ? " " : "", k,
					STR_ARG(texts.at[i]));
			}
			cr_assert_str_eq(tell_row(&s, &keys, e),
				arena_copy(&s.a, want).s, "round %d, row %u",
				round, e);
		}
		cr_assert_eq(keys.n, seen.n);
		sample_free(&s);
	}
}

/* Property: rows that were not asked for have no key, and the places of the
   groups are those of the rows counted one by one. */
Test(keys, of_some_rows_stand_in_groups)
{
	static const uint32_t columns[WORDS] = {0, 1, 2};
	struct rng rng = {8};

	for (int round = 0; round < 300; round++) {
		struct sample s;
		struct cell cells[WORDS];
		uint32_t n = (uint32_t)rng_below(&rng, WORDS + 1), sum = 0;
		uint32_t counts[100] = {0};
		const uint32_t *start;
		struct keys keys;
		struct bits rows;

		open_log(&s);
		for (row e = 0; e < 70 + (row)round % 7; e++)
			make_row(&s, &rng, cells);
		sample_close_log(&s);
		rows = bits_new(&s.a, s.events.n);
		for (row e = 0; e < s.events.n; e++)
			if (rng_chance(&rng, 400000))
				bits_add(&rows, e);
		keys = keys_build(&s.a, &s.facts, columns, n, &rows);
		for (row e = 0; e < s.events.n; e++) {
			uint32_t n_of;
			const uint32_t *of = keys_of(&keys, e, &n_of);

			cr_assert(n_of == 0 || bits_has(&rows, e));
			cr_assert(n > 0 || n_of == bits_has(&rows, e));
			for (uint32_t i = 0; i < n_of; i++)
				counts[of[i]]++;
		}
		start = keys_starts(&s.a, &keys);
		for (uint32_t k = 0; k < keys.n; k++) {
			cr_assert(start[k] == sum, "round %d", round);
			sum += counts[k];
		}
		cr_assert(start[keys.n] == sum);
		sample_free(&s);
	}
}
