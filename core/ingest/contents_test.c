#include "ingest/contents.h"

#include "sandbox_p.h"

#include "base/rng.h"

TestSuite(contents, .init = tmp_enter, .fini = tmp_leave);

static void report(struct sandbox *s)
{
	struct gathered g;

	gather(&s->a, &s->request.gather, &g, &s->diag);
	for (size_t i = 0; i < g.inputs.n; i++)
		contents_digest(&g.inputs.at[i], g.inputs.at[i].bytes.len);
	contents_report(&g.inputs, &s->diag);
	gather_close(&g);
}

Test(contents, the_largest_comes_first_and_equal_ones_stay_in_order)
{
	static const size_t want[] = {3, 1, 2, 0};
	struct arena a = {0};
	struct input inputs[] = {{.bytes = STR("")}, {.bytes = STR("ab")},
		{.bytes = STR("cd")}, {.bytes = STR("efg")}};
	struct input_list list = {inputs, 4, 4};
	const size_t *order = contents_order(&a, &list);

	for (size_t i = 0; i < 4; i++)
		cr_expect(order[i] == want[i], "place %zu", i);
	arena_free(&a);
}

Test(contents, the_same_content_twice_is_said_once_for_each_copy)
{
	struct sandbox s;

	sandbox_file("a.csv", "x\n1\n");
	sandbox_file("b.csv", "x\n1\n");
	sandbox_file("c.csv", "x\n1\n");
	sandbox_file("d.csv", "x\n2\n");
	/* Two empty files are no copies. */
	sandbox_file("e.csv", "");
	sandbox_file("f.csv", "");
	sandbox_open(&s);
	sandbox_sources(&s, "- {name: a, path: '*.csv', role: events}\n");
	report(&s);
	cr_expect_str_eq(sandbox_said(&s),
		"b.csv same-content: the same content as a.csv\n"
		"c.csv same-content: the same content as a.csv\n");
	sandbox_free(&s);
}

/* Property: each copy is said to be the first file before it of its bytes, as
   comparing every two files finds it. */
Test(contents, copies_are_those_that_comparing_every_two_finds)
{
	struct rng rng = {3};

	for (int round = 0; round < 20; round++) {
		int contents[20];
		struct sandbox s;
		struct str want = STR("");

		sandbox_open(&s);
		for (int i = 0; i < 20; i++) {
			char path[] = {(char)('a' + i), '\0'};
			char text[] = {(char)('0' + rng_below(&rng, 6)), '\0'};
			int j = 0;

			sandbox_file(path, text);
			contents[i] = text[0];
			while (contents[j] != contents[i])
				j++;
			if (j < i)
				want = arena_print(&s.a,
					"%.*s%s same-content: the same content "
					"as %c\n",
					STR_ARG(want), path, 'a' + j);
		}
		sandbox_sources(&s, "- {name: a, path: '?', role: events}\n");
		report(&s);
		cr_expect(str_equal(str_of(sandbox_said(&s)), want),
			"round %d: %s", round, s.text.at);
		sandbox_free(&s);
	}
}
