#include "section_p.h"

Test(section_incidents, open_ones_are_listed_by_age)
{
	struct result result = sample_result();

	expect_section(section_incidents, &result, 80,
		"\n"
		"Open incidents, oldest first\n"
		"  detected              regulatory  incident\n"
		"  2026-03-01T00:00:00Z  yes         INC-2, "
		"exports/incidents.csv:3\n"
		"  2026-03-01T01:00:00Z  no          INC-3, "
		"exports/incidents.csv:4\n");
}

Test(section_incidents, without_open_ones_it_is_left_out)
{
	struct result result = sample_result();

	result.n_incidents = 1;
	expect_section(section_incidents, &result, 80, "");
	result.n_incidents = 0;
	result.incidents = NULL;
	expect_section(section_incidents, &result, 80, "");
}

Test(section_incidents, equal_ages_are_ordered_by_identifier)
{
	struct incident incidents[12];
	struct result result = {.incidents = incidents,
		.n_incidents = 12,
		.incidents_total = 1212};
	struct capture c;
	struct str have;

	for (size_t i = 0; i < 12; i++)
		incidents[i] = (struct incident) {
			.id = i == 11 ? STR("I-0") : STR("I-1"),
			.detected = SAMPLE_MARCH,
			.is_open = true,
			.place = {STR("i.csv"), (uint32_t)i + 2}};
	capture_begin(&c, 80);
	section_incidents(&c.page, &result);
	have = capture_end(&c);
	cr_expect(str_find_text(have, STR("incident\n"
					  "  2026-03-01T00:00:00Z  no          "
					  "I-0, i.csv:13\n"
					  "  2026-03-01T00:00:00Z  no          "
					  "I-1, i.csv:2\n"
					  "  2026-03-01T00:00:00Z  no          "
					  "I-1, i.csv:3\n")) < have.len,
		"%.*s", STR_ARG(have));
	cr_expect(str_has_suffix(
		have, STR(", i.csv:10\n"
			  "  and 2 more in the JSON result\n"
			  "  and 1,200 incidents, open or not, that are only "
			  "counted\n")));
	capture_free(&c);
}
