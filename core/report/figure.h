/*
 * How the metrics of a result are reported: each with its object in the result
 * document and its rows in the text report, in one file.
 */
#ifndef REPORT_FIGURE_H
#define REPORT_FIGURE_H

#include "format/jsonwrite.h"
#include "report/grid.h"

/* Adding a metric: figure_x.c with these two functions, a row in
   figure_table[] (figure.c), and a test. Without the functions the report says
   that this version does not compute it. */
struct figure {
	struct str name; /* its member of "metrics" */
	/* Writes the members of its object. */
	void (*write)(struct json_writer *json, const struct metrics *metrics,
		const struct report_options *options);
	/* Adds rows of name, value and basis. */
	void (*show)(struct grid *grid, const struct metrics *metrics);
};

extern const struct figure figure_completeness, figure_rate, figure_remediation,
	figure_downtime, figure_roi;

/* All of them in the order of the result document. */
extern const struct figure *const figure_table[];
extern const size_t figure_count;

/* A row of a `show` function. `value` is a number or "n/a", `basis` what it
   rests on. */
void figure_row(struct grid *grid, const char *name, struct str value,
	struct str basis);

/* The same for a part of a figure, such as a system or a quarter: `kind` names
   what `key`, which is data, is one of; it may be empty. */
void figure_part(struct grid *grid, const char *kind, struct str key,
	struct str value, struct str basis);

/* What completeness rests on, with its numbers: "1,966 of 2,000 transactions
   are in the log"; why it is not known, if it is not. */
struct str figure_completeness_basis(
	struct page *page, const struct completeness *c);

/* The most rows of one breakdown in the text report, and the row that says how
   many more there are, if any. */
#define FIGURE_PARTS 20
void figure_more(struct grid *grid, size_t n, const char *noun);

#endif
