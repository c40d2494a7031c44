#include "report/report.h"

#include "report/page.h"
#include "report/section.h"

/* To add a part: section_x.c with such a function, and a row here. */
static void (*const sections[])(
	struct page *page, const struct result *result) = {
	section_head,
	section_inputs,
	section_metrics,
	section_rules,
	section_findings,
	section_gaps,
	section_incidents,
	section_unchecked,
};

static void write(struct sink *sink, const struct result *result,
	const struct report_options *options)
{
	struct page page = {.sink = sink, .options = options};

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		sections[i](&page, result);
		arena_free(&page.a);
	}
}

const struct report report_text = {
	.name = STR_INIT("text"),
	.ending = STR_INIT(".txt"),
	.write = write,
};
