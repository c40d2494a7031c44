/*
 * For tests: one metric alone, as text and as JSON.
 */
#ifndef REPORT_FIGURE_P_H
#define REPORT_FIGURE_P_H

#include "capture_p.h"
#include "report/figure.h"
#include "sample_p.h"

/* Its rows in a report of 100 columns are `want`. */
static inline void expect_rows(const struct figure *figure,
	const struct metrics *metrics, const char *want)
{
	static const struct grid_column columns[] = {
		{NULL, GRID_LEFT}, {NULL, GRID_RIGHT}, {NULL, GRID_LEFT}};
	struct capture c;
	struct grid grid = {.page = &c.page, .columns = columns, .n = 3};

	capture_begin(&c, 100);
	figure->show(&grid, metrics);
	grid_print(&grid, 0);
	capture_expect(&c, want);
}

static inline void write_text(void *ctx, struct str text)
{
	sink_write(ctx, text);
}

/* Its object in the result document is `want`, on one line. */
static inline void expect_object(const struct figure *figure,
	const struct metrics *metrics, const char *want)
{
	struct capture c;
	struct json_writer json;

	capture_begin(&c, 80);
	json = json_writer_init(write_text, &c.sink);
	json_inline(&json);
	json_begin_object(&json);
	figure->write(&json, metrics, &c.options);
	json_end_object(&json);
	capture_expect(&c, want);
}

#endif
