#include "graph/effects.h"

#include <criterion/criterion.h>

static const int64_t times[8] = {0, 1, 2, 3, 4, 5, 6, 7};

Test(effects, a_record_stands_once_per_row)
{
	struct arena a = {0};
	struct effects effects;
	const struct effect *list;
	uint32_t n;

	effects_start(&effects, &a, times);
	effects_add(&effects, 1, 5, REF_READ, EFFECT_NO_VERSION);
	effects_add(&effects, 1, 6, REF_DELETE, EFFECT_NO_VERSION);
	effects_add(&effects, 1, 5, REF_WRITE, EFFECT_NO_VERSION);
	effects_add(&effects, 1, 5, REF_READ, EFFECT_NO_VERSION);
	effects_add(&effects, 2, 5, REF_REPLACE, EFFECT_NO_VERSION);
	effects_close_row(&effects);
	effects_close_row(&effects);
	effects_add(&effects, 1, 6, REF_READ, EFFECT_NO_VERSION);
	effects_close_row(&effects);
	effects_end(&effects);

	cr_expect(effects_rows(&effects) == 3);
	list = effects_of(&effects, 0, &n);
	cr_assert(n == 3);
	cr_expect(list[0].record == 1);
	cr_expect(list[0].what == (EFFECT_READ | EFFECT_WRITE));
	cr_expect(list[1].record == 2 && list[1].what == EFFECT_DELETE);
	cr_expect(list[2].record == 3 && list[2].what == EFFECT_REPLACE);
	effects_of(&effects, 1, &n);
	cr_expect(n == 0);
	list = effects_of(&effects, 2, &n);
	cr_assert(n == 1);
	cr_expect(list[0].record == 2 && list[0].what == EFFECT_READ);
	effects_of(&effects, 3, &n);
	cr_expect(n == 0);
	effects_of(&effects, ROW_NONE, &n);
	cr_expect(n == 0);
	arena_free(&a);
}

Test(effects, named_versions_are_kept_with_their_row)
{
	struct arena a = {0};
	struct effects effects;
	const struct effect *list;
	uint32_t n;

	effects_start(&effects, &a, times);
	effects_close_row(&effects);
	effects_add(&effects, 1, 5, REF_READ, 3);
	effects_add(&effects, 1, 6, REF_WRITE, 0);
	effects_add(&effects, 1, 5, REF_READ, 4);
	effects_add(&effects, 1, 5, REF_REPLACE, EFFECT_VERSION_MAX);
	effects_add(&effects, 1, 5, REF_DELETE, 9);
	effects_close_row(&effects);
	effects_end(&effects);

	list = effects_of(&effects, 1, &n);
	cr_assert(n == 2);
	cr_expect(list[0].what ==
		  (EFFECT_NAMED | EFFECT_REPLACE | EFFECT_DELETE));
	cr_expect(list[1].what == EFFECT_WRITE);
	cr_assert(effects.reads.n == 2 && effects.writes.n == 2);
	cr_expect(effects.reads.at[0].e == 1);
	cr_expect(effects.reads.at[0].record == 1);
	cr_expect(effects.reads.at[0].ordinal == 3);
	cr_expect(effects.reads.at[1].ordinal == 4);
	cr_expect(effects.writes.at[0].record == 2);
	cr_expect(effects.writes.at[0].ordinal == 0);
	cr_expect(effects.writes.at[1].ordinal == EFFECT_VERSION_MAX);
	arena_free(&a);
}

Test(effects, inputs_and_outputs_are_those_of_the_version_graph)
{
	static const struct {
		enum ref_mode mode;
		uint64_t version;
		bool input, output;
	} rows[] = {
		{REF_READ, EFFECT_NO_VERSION, true, false},
		{REF_READ, 3, true, false},
		{REF_WRITE, EFFECT_NO_VERSION, true, true},
		{REF_WRITE, 3, true, true},
		{REF_REPLACE, EFFECT_NO_VERSION, false, true},
		{REF_REPLACE, 3, false, true},
		{REF_DELETE, EFFECT_NO_VERSION, false, false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena a = {0};
		struct effects effects;
		const struct effect *list;
		uint32_t n;

		effects_start(&effects, &a, times);
		effects_add(&effects, 0, 1, rows[i].mode, rows[i].version);
		effects_close_row(&effects);
		effects_end(&effects);
		list = effects_of(&effects, 0, &n);
		cr_assert(n == 1);
		cr_expect(effect_is_input(list) == rows[i].input, "row %zu", i);
		cr_expect(
			effect_is_output(list) == rows[i].output, "row %zu", i);
		arena_free(&a);
	}
}

Test(effects, the_zero_value_is_empty)
{
	struct effects effects = {0};
	uint32_t n = 9;

	cr_expect(effects_rows(&effects) == 0);
	cr_expect(effects_of(&effects, 0, &n) == NULL);
	cr_expect(n == 0);
	cr_expect(!effects_is_full(&effects));
}

/* Each effect makes at most three nodes, and so does each named read. */
Test(effects, the_limit_leaves_room_for_all_node_numbers)
{
	struct effects effects = {0};

	effects.items.n = EFFECTS_MAX - 1;
	cr_expect(!effects_is_full(&effects));
	effects.reads.n = 1;
	cr_expect(effects_is_full(&effects));
	cr_expect((uint64_t)EFFECTS_MAX * 3 + 1 < UINT32_MAX - 1);
}
