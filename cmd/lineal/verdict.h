/*
 * What a run amounts to: its exit status, its word, and the one line that says
 * both.
 */
#ifndef LINEAL_VERDICT_H
#define LINEAL_VERDICT_H

#include "lineal/run.h"

/* True if more rows were rejected than --max-rejects allows. */
bool verdict_too_many_rejects(const struct run *run);

/* Counts verdicts, decides word and status, and fills them into the result. */
void verdict_decide(struct run *run);

/* The verdict line, without its end. */
struct str verdict_line(struct arena *a, const struct run *run);

#endif
