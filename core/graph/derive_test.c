#include "graph/derive.h"

#include "log_p.h"

#include <criterion/criterion.h>

static struct effects derive(
	struct log *log, const struct derive_claim *claims, size_t n)
{
	struct effects effects;
	struct err err;

	cr_assert(derive_effects(
		&log->a, &log->facts, claims, n, &effects, &err));
	return effects;
}

/* Expects the effects of a row, as pairs of record number and bits. */
static void expect_effects(const struct effects *effects, row e,
	const struct effect *want, uint32_t n_want)
{
	uint32_t n;
	const struct effect *list = effects_of(effects, e, &n);

	cr_assert(n == n_want, "event %u has %u effects", e, n);
	for (uint32_t i = 0; i < n; i++)
		cr_expect(list[i].record == want[i].record &&
				  list[i].what == want[i].what,
			"event %u, effect %u: %u %u", e, i, list[i].record,
			list[i].what);
}

Test(derive, events_are_taken_in_their_order)
{
	struct log log;
	struct effects effects;

	log_open(&log, NULL, 0);
	log_event(&log, 5, 0, "read a:2");
	log_event(&log, 3, 0, "write a:1");
	log_event(&log, 5, 0, "read a:1");
	log_close(&log);
	effects = derive(&log, NULL, 0);
	cr_expect(effects_rows(&effects) == 3);
	cr_expect(effects.time == log.events.time);
	expect_effects(&effects, 0, &(struct effect) {1, EFFECT_WRITE}, 1);
	expect_effects(&effects, 1, &(struct effect) {2, EFFECT_READ}, 1);
	expect_effects(&effects, 2, &(struct effect) {1, EFFECT_READ}, 1);
	log_free(&log);
}

Test(derive, records_are_pairs_of_type_and_id)
{
	struct log log;
	struct effects effects;
	struct pair pair;

	log_lines(&log,
		(const char *const[]) {
			"read a:1 read b:1 read :1", "read b:1 read a:1"},
		2);
	effects = derive(&log, NULL, 0);
	cr_expect(pairs_count(&effects.records) == 4);
	pair = pairs_get(&effects.records, 2);
	cr_expect(pair.left == symbols_find(&log.strings, STR("b")));
	cr_expect(pair.right == symbols_find(&log.strings, STR("1")));
	cr_expect(pairs_get(&effects.records, 3).left == 0);
	log_free(&log);
}

Test(derive, merged_rows_take_no_part)
{
	struct log log;
	struct effects effects;

	log_open(&log, NULL, 0);
	log_event(&log, 1, 0, "write a:1");
	log_event(&log, 2, EVENT_MERGED, "write a:2");
	log_event(&log, 3, EVENT_DERIVED, "write a:3");
	log_event(&log, CELL_ABSENT, EVENT_MERGED, "write a:4");
	log_close(&log);
	effects = derive(&log, NULL, 0);
	cr_expect(pairs_count(&effects.records) == 3);
	expect_effects(&effects, 1, NULL, 0);
	expect_effects(&effects, 2, &(struct effect) {2, EFFECT_WRITE}, 1);
	cr_expect(effects.n_untimed == 0);
	log_free(&log);
}

Test(derive, untimed_rows_are_counted_if_they_touch_records)
{
	static const enum column_form forms[] = {COLUMN_SYM};
	struct log log;
	struct effects effects;
	struct bits rows;
	row e;

	log_open(&log, forms, 1);
	log_event(&log, CELL_ABSENT, 0, "write a:1 read a:2");
	log_event(&log, CELL_ABSENT, 0, "");
	e = log_event(&log, CELL_ABSENT, 0, "");
	table_set_syms(
		&log.events.cells, 0, e, (sym[]) {log_sym(&log, "7")}, 1);
	log_event(&log, 1, 0, "read a:3");
	log_close(&log);

	rows = bits_new(&log.a, log.events.n);
	bits_fill(&rows);
	effects = derive(&log, NULL, 0);
	cr_expect(effects.n_untimed == 1);
	cr_expect(pairs_count(&effects.records) == 2);
	effects = derive(&log,
		&(struct derive_claim) {&rows, 0, log_sym(&log, "a"), REF_READ},
		1);
	cr_expect(effects.n_untimed == 2);
	log_free(&log);
}

Test(derive, claims_come_after_refs_and_in_their_order)
{
	static const enum column_form forms[] = {COLUMN_SYM};
	struct log log;
	struct effects effects;
	struct bits some, all;
	sym order, lead;
	struct derive_claim claims[4];
	row e;

	log_open(&log, forms, 1);
	order = log_sym(&log, "order");
	lead = log_sym(&log, "lead");
	e = log_event(&log, 0, 0, "read order:9");
	table_set_syms(&log.events.cells, 0, e,
		(sym[]) {log_sym(&log, "7"), log_sym(&log, "9")}, 2);
	log_event(&log, 1, 0, "");
	e = log_event(&log, 2, 0, "");
	table_set_syms(
		&log.events.cells, 0, e, (sym[]) {log_sym(&log, "7")}, 1);
	log_close(&log);
	some = bits_new(&log.a, log.events.n);
	all = bits_new(&log.a, log.events.n);
	bits_add(&some, 0);
	bits_fill(&all);
	claims[0] = (struct derive_claim) {&some, 0, lead, REF_REPLACE};
	claims[1] = (struct derive_claim) {&all, 0, order, REF_WRITE};
	claims[2] = (struct derive_claim) {&all, WORD_NONE, lead, REF_READ};
	claims[3] = (struct derive_claim) {&some, 0, order, REF_WRITE};

	effects = derive(&log, claims, 4);
	expect_effects(&effects, 0,
		(struct effect[]) {
			{1, EFFECT_READ | EFFECT_WRITE}, /* order 9 */
			{2, EFFECT_REPLACE},             /* lead 7 */
			{3, EFFECT_REPLACE},             /* lead 9 */
			{4, EFFECT_WRITE},               /* order 7 */
		},
		4);
	expect_effects(&effects, 1, NULL, 0);
	expect_effects(&effects, 2, &(struct effect) {4, EFFECT_WRITE}, 1);
	log_free(&log);
}

Test(derive, version_texts_are_whole_numbers_in_range)
{
	static const struct {
		const char *line;
		size_t n_named;
		uint64_t ordinal, n_unreadable;
	} rows[] = {
		{"read a:1", 0, 0, 0},
		{"read a:1@0", 1, 0, 0},
		{"read a:1@007", 1, 7, 0},
		{"read a:1@4611686018427387903", 1, EFFECT_VERSION_MAX, 0},
		{"read a:1@4611686018427387904", 0, 0, 1},
		{"read a:1@99999999999999999999", 0, 0, 1},
		{"read a:1@x", 0, 0, 1},
		{"read a:1@-1", 0, 0, 1},
		{"delete a:1@x", 0, 0, 0},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct log log;
		struct effects effects;

		log_lines(&log, &rows[i].line, 1);
		effects = derive(&log, NULL, 0);
		cr_expect(effects.reads.n == rows[i].n_named, "row %zu", i);
		cr_expect(effects.n_unreadable == rows[i].n_unreadable,
			"row %zu", i);
		if (effects.reads.n)
			cr_expect(
				effects.reads.at[0].ordinal == rows[i].ordinal,
				"row %zu", i);
		log_free(&log);
	}
}

Test(derive, the_graph_outlives_the_effects)
{
	struct log log;
	struct graph graph;

	log_lines(&log,
		(const char *const[]) {
			"replace a:1", "read a:1 write b:1", "read b:1"},
		3);
	graph = log_graph(&log);
	cr_expect(graph.n_rows == 3);
	cr_expect(graph_records(&graph) == 3);
	cr_expect(graph.n_nodes == 1 + 3 + 3);
	cr_expect(log_version(&log, &graph, "b:1@0") != NODE_NONE);
	cr_expect(log_version(&log, &graph, "b:1@1") != NODE_NONE);
	log_free(&log);
}

Test(derive, the_graph_tells_what_was_left_out)
{
	struct log log;
	struct graph graph;

	log_open(&log, NULL, 0);
	log_event(&log, CELL_ABSENT, 0, "write a:1");
	log_event(&log, CELL_ABSENT, 0, "write a:1@x");
	log_event(&log, 3, 0, "read a:1@x read a:1@y read a:1@z");
	log_close(&log);
	graph = log_graph(&log);
	cr_expect(graph.n_untimed == 2);
	cr_expect(graph.n_unreadable == 3);
	cr_expect(graph.up.n_edges == 1);
	log_free(&log);
}

Test(derive, a_table_without_refs_gives_an_empty_graph)
{
	struct log log = {0};
	struct graph graph;

	event_init(&log.events, &log.a, NULL, 0, false);
	event_add(&log.events, 4, 0, 1, 1);
	event_add(&log.events, CELL_ABSENT, 0, 1, 2);
	log_close(&log);
	graph = log_graph(&log);
	cr_expect(graph.n_nodes == 1 && graph.up.n_edges == 0);
	cr_expect(graph.n_rows == 1 && graph.n_untimed == 0);
	cr_expect(graph_event(&graph, 0) == NODE_NONE);
	log_free(&log);
}
