#include "metric/duplicates.h"

#include "scene_p.h"

#include <criterion/criterion.h>

#define MOST 6

/* Rows "id" or "id of"; the result per row, "" where it counts for nothing. */
struct settled {
	const char *rows[MOST], *want[MOST];
};

static void expect_settled(const struct settled *c, size_t number)
{
	struct scene s;
	const sym *out;

	scene_open(&s, NULL);
	scene_source(&s, "tickets", ROLE_INCIDENTS);
	for (size_t i = 0; i < MOST && c->rows[i]; i++)
		scene_row(&s, ROLE_INCIDENTS, 0, c->rows[i]);
	out = duplicates_settle(&s.a, &s.roles[ROLE_INCIDENTS].cells);
	for (size_t i = 0; i < MOST && c->rows[i]; i++)
		cr_expect(str_equal(symbols_show(&s.strings, out[i]),
				  str_of(c->want[i])),
			"case %zu, row %zu: '%.*s'", number, i,
			STR_ARG(symbols_show(&s.strings, out[i])));
	scene_free(&s);
}

#define OWN(id)    "incident_id=" id
#define OF(id, of) "incident_id=" id "; duplicate_of=" of

Test(duplicates, rows_count_for_nothing_where_the_other_incident_has_its_own)
{
	static const struct settled cases[] = {
		{{OWN("A"), OWN("B")}, {"A", "B"}},
		{{OWN("A"), OF("B", "A")}, {"A", ""}},
		{{OF("B", "A"), OWN("A")}, {"", "A"}},
		{{OF("C", "B"), OF("B", "A"), OWN("A")}, {"", "", "A"}},
		{{OWN("A"), OF("B", "A"), OF("C", "B"), OF("D", "C")},
			{"A", "", "", ""}},
		{{OF("A", "A")}, {"A"}},
		/* An incident may have rows of both kinds. */
		{{OWN("A"), OWN("B"), OF("B", "A")}, {"A", "B", ""}},
		{{OWN("A"), OWN("B"), OF("B", "A"), OF("C", "B")},
			{"A", "B", "", ""}},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_settled(&cases[i], i);
}

Test(duplicates, an_incident_that_only_duplicates_know_is_not_lost)
{
	static const struct settled cases[] = {
		{{OF("B", "X")}, {"X"}},
		{{OF("B", "X"), OF("C", "X")}, {"X", "X"}},
		{{OF("C", "B"), OF("B", "X")}, {"X", "X"}},
		{{OF("B", "X"), OF("B", "Y")}, {"X", "Y"}},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_settled(&cases[i], i);
}

Test(duplicates, a_circle_is_one_incident)
{
	static const struct settled cases[] = {
		{{OF("A", "B"), OF("B", "A")}, {"B", "B"}},
		{{OF("A", "B"), OF("B", "C"), OF("C", "A")}, {"B", "B", "B"}},
		{{OF("D", "A"), OF("A", "B"), OF("B", "A")}, {"A", "A", "A"}},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_settled(&cases[i], i);
}
