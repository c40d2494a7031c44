/*
 * The parts of the result document, "lineal-result/1", each a run of members
 * in the order of report_json.c: one complete JSON document, of which every
 * other format can be made. Names are those of lineal-result(5) and never
 * change their meaning.
 */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "format/jsonwrite.h"
#include "report/report.h"

struct document {
	struct json_writer json;
	const struct result *result;
	const struct report_options *options;
};

void document_inputs(struct document *doc);    /* inputs, sources */
void document_rules(struct document *doc);     /* rules */
void document_findings(struct document *doc);  /* findings and their total */
void document_incidents(struct document *doc); /* incidents, their total */

#endif
