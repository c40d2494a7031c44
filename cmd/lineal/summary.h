/*
 * From outcomes to the result: metrics, thresholds, incidents, notes.
 */
#ifndef LINEAL_SUMMARY_H
#define LINEAL_SUMMARY_H

#include "lineal/run.h"

/* The inputs that the command line names: arguments from `first` on, --source
   and --files-from. */
void summary_inputs(struct run *run, size_t first, struct named_paths *paths);

/* What metrics are made from, before any rule is judged: their results live in
   the arena. */
struct metric_input summary_input(struct run *run, struct arena *a);

/* Computes the metrics and judges their thresholds; each threshold becomes a
   rule of the result. */
void summary_measure(struct run *run);

/* Fills everything else of the result but the verdict. */
void summary_fill(struct run *run);

#endif
