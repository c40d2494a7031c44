/*
 * The files that a run writes. None may be one that it reads: an output in the
 * place of an input would destroy the evidence. No two may be one.
 */
#ifndef LINEAL_TARGETS_H
#define LINEAL_TARGETS_H

#include "lineal/run.h"

/* Complains about each output that is another output, or a file that has been
   read so far; for before any is written. */
void targets_check(struct run *run);

#endif
