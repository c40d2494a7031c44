/*
 * For tests: one part of the text report alone.
 */
#ifndef REPORT_SECTION_P_H
#define REPORT_SECTION_P_H

#include "capture_p.h"
#include "report/section.h"
#include "sample_p.h"

typedef void (*section_fn)(struct page *page, const struct result *result);

/* What the section writes at a width is `want`. */
static inline void expect_section(section_fn section,
	const struct result *result, unsigned width, const char *want)
{
	struct capture c;

	capture_begin(&c, width);
	c.options.max_examples = 20;
	section(&c.page, result);
	capture_expect(&c, want);
}

#endif
