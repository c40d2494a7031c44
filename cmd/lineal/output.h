/*
 * One output of a command: opened, written, published, and complained about on
 * stderr if any of that fails.
 */
#ifndef LINEAL_OUTPUT_H
#define LINEAL_OUTPUT_H

#include "io/sink.h"

typedef void (*output_fn)(struct sink *sink, void *ctx);

/* True if all that `write` wrote is at `path` ("-" is standard output). A
   reader of standard output that goes away ends the program by SIGPIPE, one of
   another pipe is a failure. */
bool output_publish(struct str path, output_fn write, void *ctx);

#endif
