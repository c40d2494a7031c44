#include "section_p.h"

Test(section_inputs, files_have_their_rows_and_sources_their_events)
{
	struct result result = sample_result();

	expect_section(section_inputs, &result, 80,
		"\n"
		"Inputs\n"
		"   read  accepted  duplicate  rejected  untimed  source  file\n"
		"  2,000     1,990          5         5        3  orders  "
		"exports/orders.csv\n"
		"                                                         "
		"(declared)\n"
		"     11        11          0         0        0  audit   "
		"logs/audit.csv (sf-elf)\n"
		"\n"
		"  source  events\n"
		"  orders  2026-03-01T00:00:00Z to 2026-03-01T17:00:00Z\n"
		"  audit   2026-03-01T00:00:01Z to 2026-03-01T18:00:00Z; "
		"covers\n"
		"          2026-02-01T00:00:00Z to 2026-03-02T00:00:00Z "
		"(declared)\n"
		"  no event with a time in costs\n"
		"  unless said, a source covers 2026-01-01T00:00:00Z to "
		"2026-06-30T23:59:59Z\n"
		"    (assumed)\n");
}

Test(section_inputs, without_inputs_it_is_left_out)
{
	struct result result = {0};

	expect_section(section_inputs, &result, 80, "");
}

Test(section_inputs, a_declared_source_alone_stands_for_itself)
{
	struct result result = sample_result();

	result.inputs = &sample_inputs[0];
	result.n_inputs = 1;
	result.sources = &sample_sources[1];
	result.n_sources = 1;
	expect_section(section_inputs, &result, 80,
		"\n"
		"Inputs\n"
		"   read  accepted  duplicate  rejected  untimed  source  file\n"
		"  2,000     1,990          5         5        3  audit   "
		"exports/orders.csv\n"
		"                                                         "
		"(declared)\n"
		"\n"
		"  source  events\n"
		"  audit   2026-03-01T00:00:01Z to 2026-03-01T18:00:00Z\n"
		"  unless said, a source covers 2026-02-01T00:00:00Z to "
		"2026-03-02T00:00:00Z\n"
		"    (declared)\n");
}

/* 43 files: the last three in one row, so that the rows still add up. */
Test(section_inputs, long_lists_are_cut)
{
	static struct input_facts inputs[43];
	struct source_facts sources[42] = {0};
	struct result result = {.inputs = inputs,
		.n_inputs = 43,
		.sources = sources,
		.n_sources = 42};
	struct capture c;
	struct str have;

	for (size_t i = 0; i < 43; i++)
		inputs[i] = (struct input_facts) {.path = STR("a.csv"),
			.format = STR("csv"),
			.rows = {1007, 1000, 4, 2, 1},
			.untimed = 1};
	for (size_t i = 0; i < 42; i++)
		sources[i] = (struct source_facts) {
			.name = STR("s"), .first = CELL_ABSENT};
	capture_begin(&c, 80);
	section_inputs(&c.page, &result);
	have = capture_end(&c);
	cr_expect(
		str_find_text(have,
			STR("\n"
			    "  1,007     1,000          4         2         1 "
			    "       1  s       a.csv (csv)\n"
			    "  3,021     3,000         12         6         3 "
			    "       3          and 3 more\n")) < have.len,
		"%.*s", STR_ARG(have));
	cr_expect(str_find_text(have, STR(" s s and 2 more sources\n")) <
			  have.len,
		"%.*s", STR_ARG(have));
	capture_free(&c);
}

Test(section_inputs, without_any_time_no_span_is_claimed)
{
	static const struct input_facts inputs[] = {{.path = STR_INIT("a.csv"),
		.format = STR_INIT("csv"),
		.rows = {2, 2, 0, 0, 0},
		.untimed = 2}};
	struct source_facts sources[] = {{.name = STR("crm"),
		.first = CELL_ABSENT,
		.last = CELL_ABSENT,
		.start = CELL_ABSENT,
		.end = CELL_ABSENT}};
	struct result result = {.inputs = inputs,
		.n_inputs = 1,
		.sources = sources,
		.n_sources = 1};

	expect_section(section_inputs, &result, 80,
		"\n"
		"Inputs\n"
		"  read  accepted  untimed  source  file\n"
		"     2         2        2  crm     a.csv (csv)\n"
		"\n"
		"  no event with a time in crm\n");
}
