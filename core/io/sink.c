#include "io/sink.h"

#include "io/os.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SINK_BUFFER 65536

/* The first failure is the cause; later ones follow from it. */
static void note(struct sink *sink, int error)
{
	if (sink->error == 0)
		sink->error = error;
}

static int open_again(const char *path, int flags, mode_t mode)
{
	int fd;

	do
		fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, mode);
	while (fd < 0 && errno == EINTR);
	return fd;
}

/* The part of `path` up to its last '/', which is included. */
static struct str folder_of(struct str path)
{
	while (path.len && path.s[path.len - 1] != '/')
		path.len--;
	return path;
}

static struct str temporary_of(struct arena *a, struct str path)
{
	struct str folder = folder_of(path);
	struct str name = str_slice(path, folder.len, path.len);

	return arena_print(a, "%.*s.%.*s.%ld.tmp", STR_ARG(folder),
		STR_ARG(name), (long)getpid());
}

static bool is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

/* Opens the temporary file beside `path`; `old` describes the file that will
   be replaced, or is NULL. */
static void open_temporary(
	struct sink *sink, const char *path, const struct stat *old)
{
	char target[PATH_MAX];

	/* A link stays: what it leads to is replaced. */
	if (is_link(path) && realpath(path, target))
		path = target;
	sink->path = arena_copy(&sink->memory, str_of(path));
	sink->temporary = temporary_of(&sink->memory, sink->path);
	/* Never more open than the old file, not even for a moment. */
	sink->fd = open_again(sink->temporary.s, O_CREAT | O_EXCL,
		old ? old->st_mode & 0666 : 0666);
	if (sink->fd < 0)
		note(sink, errno);
	else if (old && fchmod(sink->fd, old->st_mode & 07777) != 0)
		note(sink, errno);
}

static void open_path(struct sink *sink, const char *path)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;

	/* The name of its temporary file would be a good one. */
	if (*path == '\0') {
		note(sink, ENOENT);
	} else if (exists && S_ISDIR(st.st_mode)) {
		note(sink, EISDIR);
	} else if (exists && !S_ISREG(st.st_mode)) {
		sink->path = arena_copy(&sink->memory, str_of(path));
		sink->fd = open_again(path, 0, 0);
		if (sink->fd < 0)
			note(sink, errno);
	} else {
		open_temporary(sink, path, exists ? &st : NULL);
	}
}

static bool fail(const struct sink *sink, const char *path, struct err *err)
{
	if (sink->error == EEXIST)
		return os_fail(err, ERR_OUTPUT, 0, "write", sink->temporary,
			"it is left from an unfinished run; remove it");
	return os_fail(err, ERR_OUTPUT, 0, "write", str_of(path),
		os_cause(sink->error));
}

/* The streams of the process. Their /dev names may lead to a file, which must
   not be replaced under the process that has it open. */
static bool borrow_stream(struct sink *sink, const char *path)
{
	static const struct {
		const char *path, *name;
		int fd;
	} streams[] = {
		{"-", "standard output", STDOUT_FILENO},
		{"/dev/stdout", "standard output", STDOUT_FILENO},
		{"/dev/stderr", "standard error", STDERR_FILENO},
	};

	for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++) {
		if (strcmp(path, streams[i].path) != 0)
			continue;
		sink->fd = streams[i].fd;
		sink->path = str_of(streams[i].name);
		return true;
	}
	return false;
}

bool sink_open(struct sink *sink, const char *path, struct err *err)
{
	struct sink fresh = {.fd = -1};

	fresh.is_owned = !borrow_stream(&fresh, path);
	if (fresh.is_owned)
		open_path(&fresh, path);
	if (fresh.error != 0) {
		fail(&fresh, path, err);
		sink_drop(&fresh);
		return false;
	}
	fresh.buffer = arena_alloc(&fresh.memory, SINK_BUFFER);
	*sink = fresh;
	return true;
}

static void put(struct sink *sink, struct str text)
{
	if (sink->error == 0)
		note(sink, os_write(sink->fd, text));
}

static void flush(struct sink *sink)
{
	put(sink, (struct str) {sink->buffer, sink->used});
	sink->used = 0;
}

void sink_write(struct sink *sink, struct str text)
{
	sink->written += text.len;
	if (text.len > SINK_BUFFER - sink->used)
		flush(sink);
	if (text.len > SINK_BUFFER) {
		put(sink, text);
	} else if (text.len > 0) {
		memcpy(sink->buffer + sink->used, text.s, text.len);
		sink->used += text.len;
	}
}

void sink_print(struct sink *sink, const char *format, ...)
{
	size_t room = SINK_BUFFER - sink->used;
	struct arena scratch = {0};
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(sink->buffer + sink->used, room, format, args);
	va_end(args);
	if (len >= 0 && (size_t)len < room) {
		sink->used += (size_t)len;
		sink->written += (size_t)len;
		return;
	}
	va_start(args, format);
	sink_write(sink, arena_print_list(&scratch, format, args));
	va_end(args);
	arena_free(&scratch);
}

/* A folder that may not be read, or whose file system has no sync for it, is
   left alone: the file itself is synced by now. */
static int sync_folder(struct sink *sink)
{
	struct str folder = folder_of(sink->path);
	const char *name = folder.len ? arena_copy(&sink->memory, folder).s
				      : ".";
	int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), error = 0;

	if (fd < 0)
		return errno == EACCES ? 0 : errno;
	if (fsync(fd) != 0 && errno != EINVAL)
		error = errno;
	close(fd);
	return error;
}

static void finish_file(struct sink *sink)
{
	const char *temporary = sink->temporary.s;

	if (sink->error == 0 && fsync(sink->fd) != 0)
		note(sink, errno);
	if (close(sink->fd) != 0)
		note(sink, errno);
	if (sink->error == 0 && rename(temporary, sink->path.s) != 0)
		note(sink, errno);
	if (sink->error != 0)
		unlink(temporary);
	else
		note(sink, sync_folder(sink));
}

/* A borrowed stream stays open for others; closing a copy of it shows what a
   network file system or a quota only tells at the end. */
static void finish_stream(struct sink *sink)
{
	int fd = sink->is_owned ? sink->fd : dup(sink->fd);

	if (fd < 0 || close(fd) != 0)
		note(sink, errno);
}

static void forget(struct sink *sink)
{
	arena_free(&sink->memory);
	*sink = (struct sink) {.fd = -1, .error = sink->error};
}

bool sink_publish(struct sink *sink, struct err *err)
{
	bool done;

	flush(sink);
	if (sink->temporary.len)
		finish_file(sink);
	else
		finish_stream(sink);
	done = sink->error == 0;
	if (!done)
		fail(sink, sink->path.s, err);
	forget(sink);
	return done;
}

void sink_drop(struct sink *sink)
{
	if (sink->is_owned && sink->fd >= 0)
		close(sink->fd);
	if (sink->temporary.len && sink->fd >= 0)
		unlink(sink->temporary.s);
	forget(sink);
}
