/*
 * From outcomes to the result: metrics, thresholds, incidents, notes.
 */
#ifndef LINEAL_SUMMARY_H
#define LINEAL_SUMMARY_H

#include "lineal/run.h"

/* The inputs that the command line names: arguments from `first` on, --source
   and --files-from. */
void summary_inputs(struct run *run, size_t first, struct named_paths *paths);

/* Computes the metrics and judges their thresholds; each threshold becomes a
   rule of the result. */
void summary_measure(struct run *run);

/* Fills everything else of the result but the verdict. */
void summary_fill(struct run *run);

#endif
