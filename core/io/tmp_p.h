/*
 * A folder of its own for one test: TestSuite(x, .init = tmp_enter,
 * .fini = tmp_leave). The test runs inside it, so its paths are relative.
 */
#ifndef IO_TMP_P_H
#define IO_TMP_P_H

#include "base/str.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static inline void tmp_enter(void)
{
	char name[] = "/tmp/lineal-test-XXXXXX";

	cr_assert(mkdtemp(name));
	cr_assert(chdir(name) == 0);
}

/* Removes the folder with all that is in it. */
static inline void tmp_leave(void)
{
	char name[PATH_MAX];
	char *roots[] = {getcwd(name, sizeof(name)), NULL};
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	cr_assert(fts);
	while ((entry = fts_read(fts)))
		if (entry->fts_info != FTS_D)
			cr_expect(remove(entry->fts_path) == 0, "%s",
				entry->fts_path);
	fts_close(fts);
}

/* Makes the file `path` with the bytes `text`. */
static inline void tmp_write(const char *path, struct str text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	cr_assert(fd >= 0, "%s", path);
	cr_assert(write(fd, text.s, text.len) == (ssize_t)text.len);
	cr_assert(close(fd) == 0);
}

/* The bytes of `path`, at most `size`, in `buffer`. */
static inline struct str tmp_read(const char *path, char *buffer, size_t size)
{
	int fd = open(path, O_RDONLY);
	size_t used = 0;
	ssize_t n;

	cr_assert(fd >= 0, "%s", path);
	while ((n = read(fd, buffer + used, size - used)) > 0)
		used += (size_t)n;
	cr_assert(n == 0);
	close(fd);
	return (struct str) {buffer, used};
}

#endif
