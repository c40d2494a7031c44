#include "io/file.h"

#include "io/os.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_FIRST 65536

struct source {
	struct str name; /* for messages */
	uint32_t number;
	uint64_t limit;
};

static bool fail(const struct source *source, int error, struct err *err)
{
	return os_fail(err, ERR_INPUT, source->number, "read", source->name,
		os_cause(error));
}

static bool fail_size(const struct source *source, struct err *err)
{
	char cause[96];

	snprintf(cause, sizeof(cause),
		"it has more than %" PRIu64 " bytes; split it or raise the "
		"limit",
		source->limit);
	return os_fail(
		err, ERR_INPUT, source->number, "read", source->name, cause);
}

static int open_again(const char *path)
{
	int fd;

	do
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	return fd;
}

static bool map(struct file *file, int fd, size_t size)
{
	void *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);

	if (at == MAP_FAILED)
		return false;
	file->bytes = (struct str) {at, size};
	file->mapped = true;
	return true;
}

static bool read_all(
	struct file *file, int fd, const struct source *source, struct err *err)
{
	size_t cap = READ_FIRST, used = 0;
	char *at = arena_alloc(&file->memory, cap);
	ssize_t n;

	while ((n = os_read(fd, at + used, cap - used)) > 0) {
		used += (size_t)n;
		if (used > source->limit)
			return fail_size(source, err);
		if (used == cap) {
			at = arena_resize(&file->memory, at, cap, cap * 2);
			cap *= 2;
		}
	}
	if (n < 0)
		return fail(source, errno, err);
	file->bytes = (struct str) {at, used};
	return true;
}

static bool take(
	struct file *file, int fd, const struct source *source, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return fail(source, errno, err);
	if (S_ISDIR(st.st_mode))
		return fail(source, EISDIR, err);
	if (fd == STDIN_FILENO || !S_ISREG(st.st_mode))
		return read_all(file, fd, source, err);
	if ((uint64_t)st.st_size > source->limit)
		return fail_size(source, err);
	/* Files of /proc say that they are empty, and some file systems cannot
	   map: both can be read. */
	if (st.st_size > 0 && map(file, fd, (size_t)st.st_size))
		return true;
	return read_all(file, fd, source, err);
}

bool file_open(struct file *file, const char *path, uint32_t number,
	uint64_t limit, struct err *err)
{
	bool is_stdin = strcmp(path, "-") == 0, done;
	struct source source = {
		.name = is_stdin ? STR("standard input") : str_of(path),
		.number = number,
		.limit = limit,
	};
	struct file fresh = {0};
	int fd = is_stdin ? STDIN_FILENO : open_again(path);

	if (fd < 0)
		return fail(&source, errno, err);
	done = take(&fresh, fd, &source, err);
	if (!is_stdin)
		close(fd);
	if (!done) {
		file_close(&fresh);
		return false;
	}
	*file = fresh;
	return true;
}

void file_forget(const struct file *file, struct str bytes)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t from = ((uintptr_t)bytes.s + page - 1) & ~(page - 1);
	uintptr_t end = (uintptr_t)(bytes.s + bytes.len) & ~(page - 1);

	/* The map is read-only and private: its pages come back as they were.
	   Where they cannot be given back, they stay. */
	if (file->mapped && from < end)
		madvise((void *)from, end - from, MADV_DONTNEED);
}

void file_close(struct file *file)
{
	if (file->mapped)
		/* The map is ours; only the slice over it is const. */
		munmap((void *)(uintptr_t)file->bytes.s, file->bytes.len);
	arena_free(&file->memory);
	*file = (struct file) {0};
}

bool file_is_regular(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool file_is_same(const char *left, const char *right)
{
	struct stat a, b;

	if (stat(left, &a) != 0)
		return strcmp(left, right) == 0;
	return stat(right, &b) == 0 && S_ISREG(a.st_mode) &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}
