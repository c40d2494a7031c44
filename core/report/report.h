/*
 * Reports: a result to bytes. A writer reads the result and nothing else, so
 * every format can be made of every result, now or from a stored one.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "io/sink.h"
#include "model/result.h"

struct report_options {
	unsigned width;        /* columns of text */
	bool color, ascii;     /* text */
	bool full_privacy;     /* personal values as they are */
	uint32_t max_examples; /* findings per rule in text; 0: all */
};

/* Adding an output: report_x.c with such a function and a row in reports[]
   (report.c), a golden case with hostile data, a paragraph in the manual.
   Failures of writing stay in the sink until it is published. */
struct report {
	struct str name;   /* of --format */
	struct str ending; /* of a file name, for --output */
	void (*write)(struct sink *sink, const struct result *result,
		const struct report_options *options);
};

extern const struct report report_text, report_json;

extern const struct report *const report_table[];
extern const size_t report_count;

/* The report of a name, or of the ending of a path; NULL if there is none. */
const struct report *report_find(struct str name);
const struct report *report_of_path(struct str path);

/* What the row of a witness did, as the options allow it to be shown. */
struct str report_event(
	const struct witness *witness, const struct report_options *options);

/* A value that may be personal, as the options allow it to be shown. */
struct str report_value(
	const struct key_value *pair, const struct report_options *options);

/* The system of a gap, or its stream, as the options allow it to be shown. */
struct str report_stream(
	const struct gap_group *gap, const struct report_options *options);

/* Percent with `decimals` decimals, rounded half to even but never up to 100
   or down to 0: "99.99%". "n/a" for a denominator of 0. */
struct str report_percent(struct arena *a, struct share share, int decimals);

/* Said once in every report. */
#define REPORT_DISCLAIMER "Indicator, not legal advice."

#endif
