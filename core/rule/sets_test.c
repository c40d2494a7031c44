#include "rule/sets.h"

#include "base/rng.h"
#include "sample_p.h"

#include <criterion/criterion.h>

/* Opens a log with the columns of all events of a vocabulary. */
static void open_log(struct sample *s, const char *text)
{
	sample_read(s, text);
	cr_assert_str_eq(sample_complaints(s), "", "%s", text);
	for (uint32_t i = 0; i < s->v.events.n; i++) {
		struct form form = {0};

		vec_push(&s->a, &form.events, i);
		form_need(&s->v, &form, STR("test"));
	}
	sample_open_log(s);
}

static struct sets *close_log(struct sample *s)
{
	sample_close_log(s);
	return sets_new(&s->a, &s->v, &s->facts);
}

/* The lines of a set of rows, in the order of their arrival: "0 2 3". */
static const char *tell(struct sample *s, const struct bits *rows)
{
	struct str out = STR("");

	for (uint32_t line = 2; line < s->events.n + 2; line++)
		for (row e = 0; e < s->events.n; e++)
			if (bits_has(rows, e) && s->events.line[e] == line)
				out = arena_print(&s->a, "%.*s%s%u",
					STR_ARG(out), out.len ? " " : "",
					line - 2);
	return out.s;
}

static const char *tell_event(
	struct sample *s, struct sets *sets, const char *name)
{
	uint32_t event = vocabulary_event(&s->v, str_of(name));

	cr_assert_neq(event, WORD_NONE);
	return tell(s, sets_event(sets, event));
}

static const char orders[] =
	"vocabulary:\n"
	"  fields: {risk: risk}\n"
	"  events:\n"
	"    any_row: {}\n"
	"    order: {type: order.booked}\n"
	"    change: {type: [order.booked, order.changed]}\n"
	"    big: {type: order.booked, where: {risk: more than 5}}\n"
	"    of_b: {source: b}\n"
	"    of_nowhere: {source: c}\n"
	"    never: {type: order.lost}\n"
	"    risky: {where: {risk: present}}\n";

static void add_orders(struct sample *s)
{
	sample_row(s, 0, 5, 0, "action=order.booked risk=9");
	sample_row(s, 0, 4, 0, "action=order.changed risk=1");
	sample_row(s, 1, 3, 0, "action=order.booked risk=high");
	sample_row(s, 1, 2, EVENT_MERGED, "action=order.booked risk=9");
	sample_row(s, 0, CELL_ABSENT, 0, "action=order.booked");
	sample_row(s, 1, 1, 0, "risk=7");
}

Test(sets, an_event_has_the_rows_of_its_type_source_and_where)
{
	static const struct {
		const char *event, *rows;
	} rows[] = {
		{"any_row", "0 1 2 4 5"},
		{"order", "0 2 4"},
		{"change", "0 1 2 4"},
		{"big", "0"},
		{"of_b", "2 5"},
		{"of_nowhere", ""},
		{"never", ""},
		{"risky", "0 1 2 5"},
	};
	struct sample s;
	struct sets *sets;

	open_log(&s, orders);
	add_orders(&s);
	sets = close_log(&s);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		cr_expect_str_eq(tell_event(&s, sets, rows[i].event),
			rows[i].rows, "%s", rows[i].event);
		/* A second time from memory. */
		cr_expect_str_eq(tell_event(&s, sets, rows[i].event),
			rows[i].rows, "%s", rows[i].event);
	}
	sample_free(&s);
}

/* Reads an event form as a rule would. */
static struct form form_of(struct sample *s, const char *text)
{
	struct form form;
	const struct yaml_node *node = yaml_parse(
		&s->a, str_of(text), 9, &s->diag);

	cr_assert(form_read(&s->v, node, &form, NULL), "%s", text);
	form_need(&s->v, &form, STR("test"));
	return form;
}

Test(sets, a_form_is_any_of_its_events_with_its_values)
{
	static const struct {
		const char *form, *rows;
		uint64_t undecided;
	} rows[] = {
		{"order", "0 2 4", 0},
		{"[big, of_b]", "0 2 5", 0},
		{"{event: order, where: {risk: at least 9}}", "0", 1},
		{"{event: any_row, where: {risk: not high}}", "0 1 4 5", 0},
		{"{event: [order, of_b], where: {risk: 1..8}}", "5", 1},
		{"{event: never, where: {risk: high}}", "", 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;
		struct form form;
		struct form_rows found;

		sample_read(&s, orders);
		form = form_of(&s, rows[i].form);
		sample_open_log(&s);
		add_orders(&s);
		found = sets_form(close_log(&s), &s.a, &form);
		cr_expect_str_eq(tell(&s, &found.rows), rows[i].rows, "%s",
			rows[i].form);
		cr_expect_eq(
			found.undecided, rows[i].undecided, "%s", rows[i].form);
		sample_free(&s);
	}
}

Test(sets, a_form_without_events_has_no_rows)
{
	struct sample s;
	struct form form = {0};
	struct form_rows found;

	open_log(&s, orders);
	add_orders(&s);
	found = sets_form(close_log(&s), &s.a, &form);
	cr_expect_eq(bits_count(&found.rows), 0);
	sample_free(&s);
}

static const char restricted[] = "vocabulary:\n"
				 "  events: {sent: {type: mail.sent}}\n";

/* A name from several shipped vocabularies means any of them, each for the
   rows of its own profile. */
Test(sets, definitions_of_a_profile_hold_for_its_sources_only)
{
	struct sample s;
	struct sets *sets;
	struct form form = {0};

	sample_open(&s);
	sample_declare(
		&s, "vocabulary: {events: {sent: {type: letter}}}", true);
	vocabulary_declare(&s.v,
		yaml_get(yaml_parse(&s.a, str_of(restricted), 9, &s.diag),
			STR("vocabulary")),
		true, STR("mailer"));
	sample_finish(&s);
	cr_assert_str_eq(sample_complaints(&s), "");
	vec_push(&s.a, &form.events, 0);
	form_need(&s.v, &form, STR("test"));
	sample_open_log(&s);
	sample_row(&s, 0, 1, 0, "action=mail.sent");
	sample_row(&s, 1, 2, 0, "action=mail.sent");
	sample_row(&s, 1, 3, 0, "action=letter");
	sets = close_log(&s);
	sets_restrict(sets, 1, STR("mailer"));
	cr_expect_str_eq(tell_event(&s, sets, "sent"), "1 2");
	cr_expect(sets_may_come_from(sets, &form, 0));
	sample_free(&s);
}

Test(sets, a_form_may_come_from_the_sources_of_its_definitions)
{
	static const struct {
		const char *form;
		bool from_a, from_b;
	} rows[] = {
		{"order", true, true},
		{"of_b", false, true},
		{"of_nowhere", false, false},
		{"[of_nowhere, of_b]", false, true},
		{"[of_b, order]", true, true},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s;
		struct form form;
		struct sets *sets;

		sample_read(&s, orders);
		form = form_of(&s, rows[i].form);
		sample_open_log(&s);
		sets = close_log(&s);
		cr_expect_eq(sets_may_come_from(sets, &form, 0), rows[i].from_a,
			"row %zu", i);
		cr_expect_eq(sets_may_come_from(sets, &form, 1), rows[i].from_b,
			"row %zu", i);
		sample_free(&s);
	}
}

/* ---- against a slow reading ---- */

/* More than one pass takes, and more rows than a word. */
#define EVENTS 66
#define ROWS   70

struct definition {
	const char *types[2], *source, *risk;
	size_t n_types;
};

struct line {
	const char *action, *risk;
	size_t source;
	bool merged;
};

static const char *const actions[] = {NULL, "x", "y", "z"};

/* A random definition, and how it is written. */
static struct str make_event(
	struct arena *a, struct rng *rng, struct definition *d)
{
	static const char *const sources[] = {NULL, NULL, "a", "b"};
	static const char *const risks[] = {NULL, NULL, "high", "low"};
	struct str text = STR("");

	*d = (struct definition) {.types = {actions[1 + rng_below(rng, 3)],
					  actions[1 + rng_below(rng, 3)]},
		.n_types = rng_below(rng, 3),
		.source = sources[rng_below(rng, 4)],
		.risk = risks[rng_below(rng, 4)]};
	if (d->n_types == 1)
		text = arena_print(a, ", type: %s", d->types[0]);
	else if (d->n_types == 2)
		text = arena_print(
			a, ", type: [%s, %s]", d->types[0], d->types[1]);
	if (d->source)
		text = arena_print(
			a, "%.*s, source: %s", STR_ARG(text), d->source);
	if (d->risk)
		text = arena_print(
			a, "%.*s, where: {risk: %s}", STR_ARG(text), d->risk);
	return str_slice(text, 2, text.len);
}

static struct str make_events(
	struct arena *a, struct rng *rng, struct definition *definitions)
{
	struct str text = STR("vocabulary:\n  fields: {risk: risk}\n  events:");

	for (size_t i = 0; i < EVENTS; i++) {
		struct str event = make_event(a, rng, &definitions[i]);

		text = arena_print(a, "%.*s\n    e%zu: {%.*s}", STR_ARG(text),
			i, STR_ARG(event));
	}
	return text;
}

static void add_line(struct sample *s, struct rng *rng, struct line *line)
{
	static const char *const risks[] = {NULL, "high", "low"};
	struct str text = STR("");

	*line = (struct line) {.action = actions[rng_below(rng, 4)],
		.risk = risks[rng_below(rng, 3)],
		.source = rng_below(rng, 2),
		.merged = rng_chance(rng, 200000)};
	if (line->action)
		text = arena_print(&s->a, "action=%s ", line->action);
	if (line->risk)
		text = arena_print(
			&s->a, "%.*srisk=%s", STR_ARG(text), line->risk);
	sample_row(s, line->source,
		rng_chance(rng, 200000) ? CELL_ABSENT
					: (int64_t)rng_below(rng, 5),
		line->merged ? EVENT_MERGED : 0, arena_copy(&s->a, text).s);
}

static bool slow_is_event(const struct definition *d, const struct line *line)
{
	bool typed = d->n_types == 0;

	for (size_t i = 0; i < d->n_types; i++)
		typed |= line->action && strcmp(line->action, d->types[i]) == 0;
	return typed && !line->merged &&
	       (!d->source || (line->source == 1) == (d->source[0] == 'b')) &&
	       (!d->risk || (line->risk && strcmp(line->risk, d->risk) == 0));
}

/* Property: a row is an event if its type, source and values say so, whether
   events are found one by one or all together. */
Test(sets, agree_with_a_look_at_each_row)
{
	struct rng rng = {23};

	for (int round = 0; round < 100; round++) {
		struct arena a = {0};
		struct definition definitions[EVENTS];
		uint32_t events[EVENTS];
		struct line lines[ROWS];
		struct sample s;
		struct sets *sets;

		open_log(&s, make_events(&a, &rng, definitions).s);
		for (size_t i = 0; i < ROWS; i++)
			add_line(&s, &rng, &lines[i]);
		sets = close_log(&s);
		for (uint32_t i = 0; i < EVENTS; i++)
			events[i] = i;
		if (round % 2)
			sets_make(sets, events, EVENTS, 2);
		for (uint32_t i = 0; i < EVENTS; i++) {
			const struct bits *rows = sets_event(sets, i);

			for (row e = 0; e < ROWS; e++)
				cr_assert_eq(bits_has(rows, e),
					slow_is_event(&definitions[i],
						&lines[s.events.line[e] - 2]),
					"round %d, event %u, row %u", round, i,
					e);
		}
		sample_free(&s);
		arena_free(&a);
	}
}
