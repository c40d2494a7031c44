#include "rule/definition.h"

#include "scene_p.h"

#define WORDS                                                         \
	"{fields: {n: [n]}, events: {any: {}, typed: {type: [a, b]}," \
	" told: {type: a, where: {n: 1..5}}, ours: {source: crm}}}"

static void expect_rows(
	struct scene *s, const char *name, const char *among, const char *want)
{
	struct definition_reader reader = {&s->facts, &s->v, s->sets};
	uint32_t event = vocabulary_event(&s->v, str_of(name));
	struct bits in = bits_new(&s->log, s->events.n);
	struct bits rows = bits_new(&s->log, s->events.n);
	char text[16] = "";
	size_t len = 0;

	for (row e = 0; e < s->events.n; e++)
		if (str_find(str_of(among), (char)('0' + s->events.line[e])) <
			str_of(among).len)
			bits_add(&in, e);
	definition_add_rows(
		&reader, &s->v.events.at[event].definitions.at[0], &in, &rows);
	for (row e = 0; e < s->events.n; e++)
		if (bits_has(&rows, e))
			text[len++] = (char)('0' + s->events.line[e]);
	cr_expect(str_equal(str_of(text), str_of(want)), "%s: %s", name, text);
}

Test(definition, rows_match_by_source_type_and_fields)
{
	struct scene s;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: [any, typed, told, ours], require: {n: 1}");
	scene_log(&s, "+0h a n=1 | +1h b n=1 | +2h c n=1 | +3h a n=9 | "
		      "+4h a n=? | +5h a n=2 merged | "
		      "+6h c source_name=crm | untimed a n=3");
	scene_judge(&s);
	/* In the order of events: that of crm counts from 06:00. */
	expect_rows(&s, "any", "12345678", "12345678");
	expect_rows(&s, "typed", "12345678", "124568");
	expect_rows(&s, "told", "12345678", "168");
	expect_rows(&s, "ours", "12345678", "7");
	expect_rows(&s, "typed", "2347", "24");
	expect_rows(&s, "any", "", "");
	scene_free(&s);
}

Test(definition, a_type_that_no_row_has_matches_nothing)
{
	struct scene s;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: typed, require: {n: 1}");
	scene_log(&s, "+0h  | +1h c");
	scene_judge(&s);
	expect_rows(&s, "typed", "12", "");
	scene_free(&s);
}
