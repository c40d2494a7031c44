/*
 * The list of rejected rows, as CSV: file, line, column, byte, kind, raw.
 */
#ifndef LINEAL_REJECTS_H
#define LINEAL_REJECTS_H

#include "lineal/run.h"

/* Writes the file of --rejects; true if none is wanted. False after a line on
   stderr. */
bool rejects_write(struct run *run);

#endif
