/*
 * The parts of the text report, in the order of report_text.c. Each writes its
 * own heading and leaves out what it has nothing to say about. Every line
 * begins with words or blanks of ours, never with data.
 */
#ifndef REPORT_SECTION_H
#define REPORT_SECTION_H

#include "report/page.h"

/* Verdict, what fails worst, and the run in a few lines: enough for a log. */
void section_head(struct page *page, const struct result *result);

/* Rows of each file, and what each source covers. */
void section_inputs(struct page *page, const struct result *result);

void section_metrics(struct page *page, const struct result *result);

/* The verdicts of all rules, thresholds among them, and remarks on rules. */
void section_rules(struct page *page, const struct result *result);

/* Findings by severity with their witness, at most options->max_examples per
   rule. */
void section_findings(struct page *page, const struct result *result);

/* What the audit trail lacks, by impact. */
void section_gaps(struct page *page, const struct result *result);

/* Incidents without an end, the oldest first. */
void section_incidents(struct page *page, const struct result *result);

/* Rules and metrics that judged nothing, and what no log can prove. */
void section_unchecked(struct page *page, const struct result *result);

/* The colour of a severity. */
const char *section_color(enum severity severity);

#endif
