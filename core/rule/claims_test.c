#include "rule/claims.h"

#include "scene_p.h"

#define WORDS                                               \
	"{keys: {c: [c], o: {columns: [o], split: \",\"}}," \
	" things: {customer: {key: c}, order: {key: o}},"   \
	" events: {booked: {type: booked, reads: customer," \
	" writes: order}, imported: {type: imported,"       \
	" replaces: [customer, order]}, seen: {type: seen}}}"

/* Opens a scene with the columns that claims need, and a log. */
static void open(struct scene *s, const char *words, const char *log)
{
	scene_open(s, words);
	claims_need(&s->v);
	scene_log(s, log);
	scene_judge(s);
}

static struct claims build(struct scene *s)
{
	return claims_build(&s->log, &s->v, &s->facts, s->sets, &s->strings);
}

static void expect_claim(struct scene *s, const struct derive_claim *claim,
	enum ref_mode mode, const char *thing, const char *lines)
{
	struct str text = STR("");

	for (size_t e = bits_next(claim->rows, 0); e < claim->rows->n;
		e = bits_next(claim->rows, e + 1))
		text = arena_print(&s->log, "%.*s%s%u", STR_ARG(text),
			text.len ? " " : "", s->events.line[e]);
	cr_expect(claim->mode == mode);
	cr_expect(str_equal(
		symbols_show(&s->strings, claim->type), str_of(thing)));
	cr_expect(str_equal(text, str_of(lines)), "%s: %.*s", thing,
		STR_ARG(text));
}

Test(claims, events_touch_the_records_of_their_things)
{
	struct scene s;
	struct claims claims;

	open(&s, WORDS,
		"+0h booked c=1 o=1 | +1h imported c=2 | +2h booked o=2,3 | "
		"+3h seen c=1 | untimed booked | +5h booked merged");
	claims = build(&s);
	cr_assert(claims.n == 4);
	expect_claim(&s, &claims.at[0], REF_READ, "customer", "1 3 5");
	expect_claim(&s, &claims.at[1], REF_WRITE, "order", "1 3 5");
	expect_claim(&s, &claims.at[2], REF_REPLACE, "customer", "2");
	expect_claim(&s, &claims.at[3], REF_REPLACE, "order", "2");
	cr_expect(claims.at[0].key_column ==
		  words_column(&s.words, STR("c"), COLUMN_SYM));
	cr_expect(claims.at[1].key_column ==
		  words_column(&s.words, STR("o"), COLUMN_SYM));
	scene_free(&s);
}

Test(claims, columns_are_asked_for_only_where_records_are_touched)
{
	struct scene s;

	scene_open(&s, "{keys: {c: [c], d: [d]}, fields: {n: [n], m: [m]}, "
		       "things: {t: {key: c}, u: {key: d}}, "
		       "events: {a: {where: {n: 1}, writes: t}, "
		       "b: {where: {m: 1}}}}");
	claims_need(&s.v);
	cr_expect(words_column(&s.words, STR("c"), COLUMN_SYM) != WORD_NONE);
	cr_expect(words_column(&s.words, STR("n"), COLUMN_SYM) != WORD_NONE);
	cr_expect(words_column(&s.words, STR("d"), COLUMN_SYM) == WORD_NONE);
	cr_expect(words_column(&s.words, STR("m"), COLUMN_SYM) == WORD_NONE);
	cr_expect(s.v.events.at[0].used && !s.v.events.at[1].used);
	scene_free(&s);
}

/* Two formats define one name; each touches its own thing. */
Test(claims, each_definition_claims_for_its_own_rows)
{
	struct scene s;
	struct claims claims;

	scene_start(&s);
	scene_declare(&s,
		"{keys: {c: [c], o: [o]}, things: {customer: {key: "
		"c}, order: {key: o}}}",
		true, "");
	scene_declare(&s, "{events: {change: {type: upd, writes: customer}}}",
		true, "north");
	scene_declare(&s,
		"{events: {change: {type: [upd, mod], writes: "
		"order}}}",
		true, "south");
	scene_resolve(&s);
	claims_need(&s.v);
	scene_log(&s, "speaks n north | speaks s south | "
		      "+0h upd c=1 o=1 source_name=n | "
		      "+1h upd c=1 o=1 source_name=s | "
		      "+2h mod c=1 o=1 source_name=s | "
		      "+3h mod c=1 o=1 source_name=n | +4h upd");
	scene_judge(&s);
	claims = build(&s);
	cr_assert(claims.n == 2);
	expect_claim(&s, &claims.at[0], REF_WRITE, "customer", "1");
	expect_claim(&s, &claims.at[1], REF_WRITE, "order", "2 3");
	scene_free(&s);
}

/* The claims as the graph takes them. */
Test(claims, become_effects)
{
	struct scene s;
	struct claims claims;
	struct effects effects;
	struct err err;
	const struct effect *of;
	uint32_t n;

	open(&s, WORDS, "+0h booked c=1 o=1,2 | +1h imported c=1");
	claims = build(&s);
	cr_assert(derive_effects(
		&s.log, &s.facts, claims.at, claims.n, &effects, &err));
	of = effects_of(&effects, 0, &n);
	cr_assert(n == 3);
	cr_expect(of[0].what == EFFECT_READ);
	cr_expect(of[1].what == EFFECT_WRITE && of[2].what == EFFECT_WRITE);
	of = effects_of(&effects, 1, &n);
	cr_assert(n == 1);
	cr_expect(of[0].what == EFFECT_REPLACE && of[0].record == 1);
	scene_free(&s);
}
