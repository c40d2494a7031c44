/*
 * N independent jobs on T threads; the only module that makes threads. A job
 * writes only what belongs to its own index: an arena, a table, a diag list.
 * jobs_run() returns when all are done, and the caller joins the results in
 * index order, so nothing depends on which thread ran what.
 */
#ifndef BASE_JOBS_H
#define BASE_JOBS_H

#include <stddef.h>

typedef void (*job_fn)(void *ctx, size_t index);

/* Runs job(ctx, 0) .. job(ctx, n - 1) on at most `threads` threads; with
   `threads` 1 (or if none can be made) on the calling one, in order. */
void jobs_run(unsigned threads, size_t n, job_fn job, void *ctx);

/* Processors this process may use, 1 to 16. */
unsigned jobs_default(void);

#endif
