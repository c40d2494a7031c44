#include "scene_p.h"

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
