/*
 * For tests: one part of the result document alone.
 */
#ifndef REPORT_DOCUMENT_P_H
#define REPORT_DOCUMENT_P_H

#include "capture_p.h"
#include "report/document.h"
#include "sample_p.h"

static inline void write_json_text(void *ctx, struct str text)
{
	sink_write(ctx, text);
}

/* What the part writes into an object, on one line, is `want`. */
static inline void expect_part(void (*part)(struct document *doc),
	const struct result *result, bool full_privacy, const char *want)
{
	struct capture c;
	struct document doc = {.result = result, .options = &c.options};

	capture_begin(&c, 80);
	c.options.full_privacy = full_privacy;
	doc.json = json_writer_init(write_json_text, &c.sink);
	json_inline(&doc.json);
	json_begin_object(&doc.json);
	part(&doc);
	json_end_object(&doc.json);
	capture_expect(&c, want);
}

#endif
