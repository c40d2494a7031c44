/*
 * System calls with their retries, and their failures put into words. A call
 * that a signal interrupts, or that a descriptor which does not wait refuses,
 * is made again.
 */
#ifndef IO_OS_H
#define IO_OS_H

#include "base/err.h"

#include <sys/types.h>

/* Reads at most `size` bytes; 0 at the end, -1 with `errno` on failure. */
ssize_t os_read(int fd, char *to, size_t size);

/* Writes all of `text`; 0, or the errno of the failure. */
int os_write(int fd, struct str text);

/* What the errno `error` means and what helps, in the same words everywhere;
   a constant. */
const char *os_cause(int error);

/* Fills `err` with "cannot VERB 'PATH': CAUSE" at file `number` (or 0) and
   returns false. A long path is shown by its end. */
bool os_fail(struct err *err, enum err_kind kind, uint32_t number,
	const char *verb, struct str path, const char *cause);

#endif
