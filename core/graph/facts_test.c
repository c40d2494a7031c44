#include "graph/facts.h"

#include <criterion/criterion.h>

Test(facts, a_row_knows_its_source_and_place)
{
	static const uint32_t source_of_file[] = {1, 0, 1};
	struct arena a = {0};
	struct event_table events;
	struct facts facts = {
		.events = &events, .source_of_file = source_of_file};
	struct loc loc;

	event_init(&events, &a, NULL, 0, false);
	event_add(&events, 0, 0, 1, 7);
	event_add(&events, 0, EVENT_MERGED | EVENT_DERIVED, 2, 8);
	event_add(&events, 0, EVENT_DERIVED, 3, 9);
	for (row e = 0; e < 3; e++) {
		cr_expect(facts_source(&facts, e) == source_of_file[e]);
		loc = facts_place(&facts, e);
		cr_expect(loc.file == e + 1 && loc.line == e + 7);
		cr_expect(facts_is_live(&facts, e) == (e != 1));
	}
	arena_free(&a);
}

Test(facts, sources_are_found_by_name)
{
	static const struct source_facts sources[] = {
		{.name = STR_INIT("audit")}, {.name = STR_INIT("orders")}};
	struct facts facts = {.sources = sources, .n_sources = 2};

	cr_expect(facts_find_source(&facts, STR("audit")) == 0);
	cr_expect(facts_find_source(&facts, STR("orders")) == 1);
	cr_expect(facts_find_source(&facts, STR("order")) == 2);
	cr_expect(facts_find_source(&facts, STR("")) == 2);
}

Test(facts, a_column_belongs_to_a_word_and_a_form)
{
	struct arena a = {0};
	struct words words;
	struct facts facts = {.words = &words};
	uint32_t ts, action;

	words_init(&words, &a);
	ts = words_find(&words, STR("ts"));
	action = words_find(&words, STR("action"));
	words_need(&words, ts, COLUMN_SYM, STR("R-1"));
	words_need(&words, action, COLUMN_SYM, STR("R-1"));
	words_need(&words, ts, COLUMN_TIME, STR("R-1"));
	cr_expect(facts_column(&facts, ts, COLUMN_SYM) == 0);
	cr_expect(facts_column(&facts, action, COLUMN_SYM) == 1);
	cr_expect(facts_column(&facts, ts, COLUMN_TIME) == 2);
	cr_expect(facts_column(&facts, action, COLUMN_TIME) == WORD_NONE);
	arena_free(&a);
}

Test(facts, a_text_is_the_first_of_its_cell)
{
	static const enum column_form forms[] = {COLUMN_SYM};
	struct arena a = {0};
	struct symbols strings = {0};
	struct event_table events;
	struct facts facts = {.strings = &strings, .events = &events};
	sym list[2];

	list[0] = symbols_put(&strings, STR("one"));
	list[1] = symbols_put(&strings, STR("two"));
	event_init(&events, &a, forms, 1, false);
	for (int i = 0; i < 3; i++)
		event_add(&events, 0, 0, 1, 1);
	table_set_syms(&events.cells, 0, 1, list + 1, 1);
	table_set_syms(&events.cells, 0, 2, list, 2);
	cr_expect(facts_text(&a, &facts, 0, 0).len == 0);
	cr_expect(str_equal(facts_text(&a, &facts, 0, 1), STR("two")));
	cr_expect(str_equal(facts_text(&a, &facts, 0, 2), STR("one")));
	cr_expect(facts_text(&a, &facts, WORD_NONE, 2).len == 0);
	symbols_free(&strings);
	arena_free(&a);
}
