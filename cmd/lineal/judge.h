/*
 * The second half of the pipeline: facts to verdicts, measures and the result.
 * Rules and the counts of the metrics are jobs beside each other, those with
 * most rows first.
 */
#ifndef LINEAL_JUDGE_H
#define LINEAL_JUDGE_H

#include "lineal/run.h"

/* Judges all rules, measures all metrics, fills the result. */
void judge_all(struct run *run);

/* What rules and vocabulary know as records: fills run->effects. */
bool judge_derive(struct run *run) MUST_CHECK;

#endif
