/*
 * What judging each rule and computing each metric took, for --profile-rules.
 * Times differ from run to run, so they are never part of a report.
 */
#ifndef LINEAL_PROFILE_H
#define LINEAL_PROFILE_H

#include "lineal/run.h"

/* The processor time of the calling thread, ns. */
int64_t profile_clock(void);

/* One line per rule and metric on stderr, the dearest first, if asked for. */
void profile_print(const struct run *run);

#endif
