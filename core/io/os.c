#define _GNU_SOURCE
#include "io/os.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a path that a sentence shows. */
#define PATH_SHOWN 100

/* True if the call that just failed is to be made again. */
static bool try_again(int fd, short event)
{
	struct pollfd wait = {.fd = fd, .events = event};

	if (errno == EINTR)
		return true;
	if (errno != EAGAIN)
		return false;
	return poll(&wait, 1, -1) >= 0 || errno == EINTR;
}

ssize_t os_read(int fd, char *to, size_t size)
{
	ssize_t n;

	do
		n = read(fd, to, size);
	while (n < 0 && try_again(fd, POLLIN));
	return n;
}

int os_write(int fd, struct str text)
{
	while (text.len > 0) {
		ssize_t n = write(fd, text.s, text.len);

		if (n < 0 && !try_again(fd, POLLOUT))
			return errno;
		if (n == 0)
			return EIO;
		if (n > 0)
			text = str_slice(text, (size_t)n, text.len);
	}
	return 0;
}

static const struct {
	int error;
	const char *text;
} causes[] = {
	{EACCES, "no permission; change its mode or run as its owner"},
	{EDQUOT, "the disk quota is used up; make room or choose another "
		 "folder"},
	{EFBIG, "it would be larger than the system allows"},
	{EIO, "the device reports an error"},
	{EISDIR, "it is a folder, expected a file"},
	{ELOOP, "its symbolic links lead in a circle"},
	{EMFILE, "too many open files; raise the limit with ulimit -n"},
	{ENAMETOOLONG, "the name is too long"},
	{ENOENT, "no such file or folder; check the name"},
	{ENOSPC, "no space left on the device; make room or choose another "
		 "folder"},
	{ENOTDIR, "a part of the path is not a folder"},
	{EPERM, "no permission; change its mode or run as its owner"},
	{EPIPE, "the reader closed the pipe"},
	{EROFS, "the file system is read-only; choose another folder"},
};

const char *os_cause(int error)
{
	/* strerror() may translate; this never does. */
	const char *text = strerrordesc_np(error);

	for (size_t i = 0; i < sizeof(causes) / sizeof(*causes); i++)
		if (causes[i].error == error)
			return causes[i].text;
	return text ? text : "unknown cause";
}

bool os_fail(struct err *err, enum err_kind kind, uint32_t number,
	const char *verb, struct str path, const char *cause)
{
	const char *dots = path.len > PATH_SHOWN ? "..." : "";

	if (path.len > PATH_SHOWN)
		path = str_slice(path, path.len - PATH_SHOWN, PATH_SHOWN);
	/* Not in the middle of a UTF-8 sequence. */
	while (*dots && path.len && (path.s[0] & 0xc0) == 0x80)
		path = str_slice(path, 1, path.len);
	return err_set(err, kind, (struct loc) {.file = number},
		"cannot %s '%s%.*s': %s", verb, dots, STR_ARG(path), cause);
}
