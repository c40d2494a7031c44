#include "shape_random_p.h"

#define WORDS                                                         \
	"{keys: {k: [k]}, fields: {id: [id], n: [n], draft: [draft]," \
	" ids: {columns: [ids], split: \",\"}},"                      \
	" events: {a: {type: [a, ax]}, b: {type: b},"                 \
	" big: {type: a, where: {n: more than 5}},"                   \
	" ours: {type: a, source: crm}, x: {type: [x, ax]}}}"

Test(shape_unique, the_first_row_in_source_sequence_has_the_value)
{
	static const struct scene_row rows[] = {
		{"for_each: a, unique: id",
			"+0h a id=1 | +1h a id=2 | +2h a id=1 | +3h a id=1",
			"2 ok, 2 violated: duplicate @3 1, duplicate @4 1"},
		/* Not the order in time: the second row came first. */
		{"for_each: a, unique: id", "+9h a id=1 | +0h a id=1",
			"1 ok, 1 violated: duplicate @2 1"},
		/* Sources are taken by name. */
		{"for_each: a, unique: id",
			"+0h a id=1 source_name=log | +9h a id=1 "
			"source_name=crm",
			"1 ok, 1 violated: duplicate @1 1"},
		{"for_each: a, unique: id", "untimed a id=1 | +0h a id=1",
			"1 ok, 1 violated: duplicate @2 1"},
		{"for_each: a, unique: id", "+0h b id=1 | +1h a id=1", "1 ok"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_unique, an_absent_value_is_not_applicable)
{
	static const struct scene_row rows[] = {
		{"for_each: a, unique: id", "+0h a | +1h a | +2h a id=1",
			"1 ok, 2 not_applicable"},
		{"for_each: a, unique: [id, n]",
			"+0h a id=1 | +1h a id=1 | +2h a id=1 n=1 | +3h a n=1",
			"1 ok, 3 not_applicable"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_unique, several_fields_are_one_value)
{
	static const struct scene_row rows[] = {
		{"for_each: a, unique: [id, n]",
			"+0h a id=1 n=1 | +1h a id=1 n=2 | +2h a id=2 n=1 | "
			"+3h a id=1 n=2",
			"3 ok, 1 violated: duplicate @4 1 2"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_unique, each_of_several_values_is_judged)
{
	static const struct scene_row rows[] = {
		{"for_each: a, unique: ids",
			"+0h a ids=1,2 | +1h a ids=3,2 | +2h a ids=3",
			"3 ok, 2 violated: duplicate @2 2, duplicate @3 3"},
		{"for_each: a, unique: ids, unless: {draft: yes}",
			"+0h a ids=1,2 draft=yes | +1h a ids=1",
			"1 ok, 2 not_applicable"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_unique, a_row_does_not_repeat_itself)
{
	struct scene s;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: a, unique: ids");
	scene_says(&s, "+0h a ids=1,1");
	cr_expect(s.outcomes[0].verdicts[VERDICT_VIOLATED] == 0);
	scene_free(&s);
}

Test(shape_unique, merged_copies_take_part)
{
	static const struct scene_row rows[] = {
		{"for_each: a, unique: id",
			"+0h a id=1 | +0h a id=1 merged | +0h b id=1 merged",
			"1 ok, 1 violated: duplicate @2 1"},
		/* What a copy is does not depend on other rows of its id. */
		{"for_each: a, unique: event_id",
			"+0h a event_id=1 | +1h b event_id=1 | "
			"+0h a event_id=1 merged",
			"1 ok, 1 violated: duplicate @3 1"},
		{"for_each: big, unique: id",
			"+0h a id=1 n=9 | +0h a id=1 n=9 merged | "
			"+0h a id=1 n=2 merged",
			"1 ok, 1 violated: duplicate @2 1"},
		{"for_each: {event: a, where: {n: 9}}, unique: id",
			"+0h a id=1 n=9 | +0h a id=1 n=9 merged | "
			"+0h a id=1 n=2 merged",
			"1 ok, 1 violated: duplicate @2 1"},
		{"for_each: ours, unique: id",
			"+0h a id=1 source_name=crm | +0h a id=1 merged "
			"source_name=crm | +0h a id=1 merged",
			"1 ok, 1 violated: duplicate @2 1"},
		{"for_each: a, unique: id, where: {n: 9}",
			"+0h a id=1 n=9 | +0h a id=1 n=9 merged | "
			"+0h a id=1 n=2 merged",
			"1 ok, 1 violated: duplicate @2 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_unique, exceptions_are_rows_or_other_events_with_the_key)
{
	static const struct scene_row rows[] = {
		{"for_each: a, unique: id, unless: {draft: yes}",
			"+0h a id=1 draft=yes | +1h a id=1 | +2h a id=1",
			"1 ok, 1 violated, 1 not_applicable: duplicate @3 1"},
		{"for_each: a, unique: id, where: {n: 1..5}",
			"+0h a id=1 n=? | +1h a id=1 n=1 | +2h a id=1 n=1",
			"1 ok, 1 violated, 1 unknown: duplicate @3 1"},
		{"for_each: a, unique: id, unless: x, same: k",
			"+0h a id=1 k=1 | +1h a id=1 k=2 | +2h a id=1 k=3 | "
			"+3h a id=1 | untimed x k=2 | +4h b k=3",
			"1 ok, 1 violated, 1 unknown, 1 not_applicable: "
			"duplicate @3 1"},
	};

	SCENE_EXPECT(WORDS, rows);
}

Test(shape_unique, the_finding_names_the_first_row)
{
	struct scene s;
	const struct judgement *found;

	scene_open(&s, WORDS);
	scene_rule(&s, "for_each: a, unique: id");
	scene_says(&s, "+5h a id=1 | +3h a id=1 | +1h a id=1 | untimed a id=1");
	found = s.outcomes[0].judgements.at;
	cr_assert(s.outcomes[0].judgements.n == 3);
	for (size_t i = 0; i < 3; i++)
		cr_expect(s.events.line[found[i].partner] == 1);
	cr_expect(found[0].at == SCENE_AT(3));
	cr_expect(found[2].at == CELL_ABSENT);
	scene_free(&s);
}

Test(shape_unique, a_key_has_a_bounded_number_of_parts)
{
	static const struct scene_mistake rows[] = {
		{"for_each: a, unique: [n, n, n, n, n, n, n, n, n, n, n, n, n, "
		 "n, n, n]",
			"none"},
		{"for_each: a, unique: [n, n, n, n, n, n, n, n, n, n, n, n, n, "
		 "n, n, n, n]",
			"too-many"},
		{"for_each: a, unique: nothing", "unknown-word"},
	};

	SCENE_EXPECT_MISTAKES(WORDS, rows);
}

/* ---- against a slow reading of the manual ---- */

struct unique {
	struct drawn_rule common;
	bool by_key; /* unique: k, else [seq, n] */
	bool unless_event;
};

/* A row of the rule, copies too. */
static bool is_activation(
	const struct unique *u, const struct drawn_log *log, int i)
{
	return drawn_is_kept(log, i) && (log->rows[i].kinds & DRAWN_A) &&
	       !drawn_is_dropped(log, &u->common, i);
}

static bool same_value(const struct unique *u, const struct drawn_log *log,
	int i, int j, int value)
{
	const struct drawn_row *left = &log->rows[i], *right = &log->rows[j];

	if (u->by_key)
		return drawn_has_key(log, j, value);
	return left->seq == right->seq && left->n == right->n;
}

/* The first row in source sequence that has the value, or `of` itself. */
static int first_with(
	const struct unique *u, const struct drawn_log *log, int of, int value)
{
	int first = of;

	for (int i = 0; i < log->n; i++)
		if (is_activation(u, log, i) &&
			drawn_settled(log, &u->common, i) == VERDICT_N &&
			!(u->unless_event && log->rows[i].keys == 0) &&
			same_value(u, log, of, i, value) &&
			drawn_is_earlier(log, i, first))
			first = i;
	return first;
}

static void read_value(const struct unique *u, const struct drawn_log *log,
	int i, int value, struct tally *tally)
{
	struct told told = tally_told(i, value);
	enum verdict verdict = drawn_settled(log, &u->common, i);
	int first = first_with(u, log, i, value);

	told.at = drawn_time(log, i);
	told.partner = first + 1;
	told.reason = REASON_DUPLICATE;
	if (verdict != VERDICT_N)
		;
	else if (u->unless_event && log->rows[i].keys == 0)
		verdict = VERDICT_UNKNOWN;
	else if (first == i)
		verdict = VERDICT_OK;
	else if (u->unless_event && drawn_is_excused(log, i))
		verdict = VERDICT_NOT_APPLICABLE;
	else
		verdict = VERDICT_VIOLATED;
	tally_add(tally, verdict, &told);
}

static struct tally read_unique_rule(
	const struct unique *u, const struct drawn_log *log)
{
	struct tally tally = {0};

	for (int i = 0; i < log->n; i++) {
		const struct drawn_row *r = &log->rows[i];
		enum verdict settled = drawn_settled(log, &u->common, i);
		bool absent = u->by_key ? r->keys == 0
					: r->seq == DRAWN_NONE || r->n == '-';

		if (!is_activation(u, log, i))
			continue;
		if (absent)
			tally_add(&tally,
				settled == VERDICT_N ? VERDICT_NOT_APPLICABLE
						     : settled,
				NULL);
		else if (!u->by_key)
			read_value(u, log, i, r->seq < 0 ? '-' - '0' : r->seq,
				&tally);
		for (int k = 1; u->by_key && k <= DRAWN_KEYS; k++)
			if (drawn_has_key(log, i, k))
				read_value(u, log, i, k, &tally);
	}
	return tally;
}

/* Property: `unique` is its definition, read row by row. */
Test(shape_unique, verdicts_are_those_of_the_definition)
{
	static const struct drawn_style style = {.kinds = DRAWN_A | DRAWN_X,
		.untimed = 200000,
		.merged = 200000,
		.edges = 200000};
	static const enum verdict verdicts[] = {VERDICT_OK, VERDICT_VIOLATED,
		VERDICT_UNKNOWN, VERDICT_NOT_APPLICABLE};
	static const enum reason reasons[] = {REASON_DUPLICATE};
	struct rng rng = {3};
	struct met met = {0};

	for (int i = 0; i < 4000; i++) {
		struct unique u = {.by_key = rng_chance(&rng, 500000),
			.unless_event = rng_chance(&rng, 300000)};
		struct drawn_text text = {0};
		struct drawn_log log;
		struct tally want;
		struct scene s;

		drawn_rule(&rng, &u.common);
		u.common.has_unless &= !u.unless_event;
		drawn_add(&text, "for_each: a, unique: %s",
			u.by_key ? "k" : "[seq, n]");
		drawn_add_rule(&text, &u.common, u.unless_event);
		if (u.unless_event)
			drawn_add(&text, ", unless: x, same: k");
		drawn_log(&rng, &style, &log);
		want = read_unique_rule(&u, &log);
		scene_open(&s, DRAWN_WORDS);
		scene_rule(&s, text.at);
		tally_expect(&s, &log, text.at, &want);
		met_add(&met, &want);
		scene_free(&s);
	}
	MET_EXPECT(&met, verdicts, reasons);
}
