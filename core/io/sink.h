/*
 * One output, buffered. A file is written under a temporary name in its own
 * folder and renamed into place when it is complete; until then the old file
 * stays. Writing never fails visibly: the first failure is kept and
 * sink_publish() reports it, so that writers need no error branches.
 */
#ifndef IO_SINK_H
#define IO_SINK_H

#include "base/err.h"

struct sink {
	int fd; /* -1 after sink_publish() or sink_drop() */
	struct arena memory;
	struct str path, temporary; /* no temporary: written directly */
	bool is_owned;              /* no stream of the process: is closed */
	char *buffer;
	size_t used;
	uint64_t written; /* bytes given to sink_write() so far */
	int error;        /* errno of the first failure, or 0 */
};

/* Opens `path`. ERR_OUTPUT names the cause. "-" and /dev/stdout are standard
   output, /dev/stderr is standard error: whatever they lead to is written
   directly, as is a path that is a pipe or device. Of a link, the file that it
   leads to is replaced. A reader that goes away is EPIPE in `error` where the
   program ignores SIGPIPE. */
MUST_CHECK bool sink_open(struct sink *sink, const char *path, struct err *err);

void sink_write(struct sink *sink, struct str text);
void sink_print(struct sink *sink, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Flushes, syncs, renames into place (keeping the mode of a file that is
 * replaced) and closes. ERR_OUTPUT if any step failed; the temporary file is
 * then gone and the old file untouched, except that the very last step, the
 * sync of the folder, comes after the rename. Afterwards the sink holds nothing
 * but `error`, and sink_drop() does nothing more.
 */
MUST_CHECK bool sink_publish(struct sink *sink, struct err *err);

/* Closes and removes the temporary file; nothing is published. */
void sink_drop(struct sink *sink);

#endif
