/*
 * The bytes of one input: a regular file is mapped, a pipe, a device or
 * standard input is read to its end. The bytes live until file_close().
 */
#ifndef IO_FILE_H
#define IO_FILE_H

#include "base/err.h"

struct file {
	struct str bytes;
	bool mapped; /* else the bytes lie in `memory` */
	struct arena memory;
};

/*
 * Opens `path`, "-" being standard input. `number` is the file's number in
 * messages. More than `limit` bytes, a directory, a missing or unreadable file
 * are ERR_INPUT; the sentence names the cause and the cure.
 */
MUST_CHECK bool file_open(struct file *file, const char *path, uint32_t number,
	uint64_t limit, struct err *err);

/* Gives the memory of a slice of the bytes of a mapped file back until it is
   read again. */
void file_forget(const struct file *file, struct str bytes);

void file_close(struct file *file);

/* True if file_open() maps what the path leads to. */
bool file_is_regular(const char *path);

/* True if both paths lead to the same regular file, or to the same name where
   nothing is yet. */
bool file_is_same(const char *left, const char *right);

#endif
