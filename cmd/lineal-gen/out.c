#include "lineal-gen/out.h"

#include "lineal-gen/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID_DIGITS 9

static const struct loc nowhere = {0, 0, 0};

static bool fail(struct err *err, const struct folder *folder, const char *name,
	int error)
{
	return err_set(err, ERR_OUTPUT, nowhere, "cannot write '%.*s%s%s': %s",
		STR_ARG(folder->path), *name ? "/" : "", name, strerror(error));
}

/* Makes the folder `path` and its parents; what exists already is no error
   here, opening it will tell. */
static void make_folders(struct str path)
{
	char part[4096];

	if (path.len >= sizeof(part))
		return;
	for (size_t i = 1; i <= path.len; i++) {
		if (i < path.len && path.s[i] != '/')
			continue;
		memcpy(part, path.s, i);
		part[i] = '\0';
		mkdir(part, 0777);
	}
}

bool folder_open(struct folder *folder, struct str path, struct err *err)
{
	/* The path is an argument of the program, so a NUL stands behind it. */
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

	folder->path = path;
	make_folders(path);
	folder->fd = openat(AT_FDCWD, path.s, flags);
	if (folder->fd < 0)
		return fail(err, folder, "", errno);
	return true;
}

void folder_close(struct folder *folder)
{
	close(folder->fd);
}

void folder_remove(const struct folder *folder, const char *name)
{
	unlinkat(folder->fd, name, 0);
}

bool out_open(struct out *out, struct arena *a, const struct folder *folder,
	struct str name, struct err *err)
{
	int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;

	*out = (struct out) {.folder = folder};
	snprintf(out->name, sizeof(out->name), "%.*s", STR_ARG(name));
	snprintf(out->temporary, sizeof(out->temporary), ".%.*s.tmp",
		STR_ARG(name));
	out->fd = openat(folder->fd, out->temporary, flags, 0666);
	if (out->fd < 0)
		return fail(err, folder, out->name, errno);
	out->buffer = arena_array(a, char, OUT_BUFFER);
	return true;
}

static void flush(struct out *out)
{
	size_t done = 0;

	while (done < out->used && out->error == 0) {
		ssize_t n = write(
			out->fd, out->buffer + done, out->used - done);

		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			out->error = errno;
	}
	out->used = 0;
}

bool out_publish(struct out *out, struct err *err)
{
	int folder = out->folder->fd;

	flush(out);
	if (close(out->fd) != 0 && out->error == 0)
		out->error = errno;
	if (out->error == 0 &&
		renameat(folder, out->temporary, folder, out->name) != 0)
		out->error = errno;
	if (out->error == 0)
		return true;
	unlinkat(folder, out->temporary, 0);
	return fail(err, out->folder, out->name, out->error);
}

void out_room(struct out *out)
{
	if (out->used > OUT_BUFFER - OUT_ROW_MAX)
		flush(out);
}

void out_row(struct out *out)
{
	out_room(out);
	out->rows++;
}

void out_text(struct out *out, struct str text)
{
	while (text.len > 0) {
		struct str part = str_slice(text, 0, OUT_ROW_MAX);

		out_room(out);
		out_str(out, part);
		text = str_slice(text, part.len, text.len);
	}
}

void out_row_again(struct out *out, size_t start)
{
	char copy[OUT_ROW_MAX];
	struct str row = {copy, out->used - start};

	memcpy(copy, out->buffer + start, row.len);
	out_row(out);
	out_str(out, row);
}

static bool needs_quotes(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.s[i] == ',' || text.s[i] == '"' || text.s[i] == '\n')
			return true;
	return false;
}

void out_field(struct out *out, struct str text)
{
	if (!needs_quotes(text)) {
		if (text.len > 0)
			out_str(out, text);
		return;
	}
	out_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.s[i] == '"')
			out_char(out, '"');
		out_char(out, text.s[i]);
	}
	out_char(out, '"');
}

void out_padded(struct out *out, uint64_t value, int width)
{
	char digits[20];
	int n = 0;

	for (; value > 0; value /= 10)
		digits[n++] = (char)('0' + value % 10);
	while (n < width)
		digits[n++] = '0';
	while (n > 0)
		out_char(out, digits[--n]);
}

void out_number(struct out *out, uint64_t value)
{
	out_padded(out, value, 1);
}

void out_hex(struct out *out, uint64_t value)
{
	static const char digits[] = "0123456789abcdef";

	for (int shift = 60; shift >= 0; shift -= 4)
		out_char(out, digits[value >> shift & 15]);
}

static void put_time(struct out *out, int64_t ms, bool millis)
{
	int64_t day = clock_day(ms);

	if (day != out->day) {
		clock_print_day(day, out->day_text);
		out->day = day;
	}
	out_str(out, (struct str) {out->day_text, sizeof(out->day_text)});
	out_char(out, 'T');
	out->used += (size_t)clock_print_time(
		ms, millis, out->buffer + out->used);
	out_char(out, 'Z');
}

void out_seconds(struct out *out, int64_t ms)
{
	put_time(out, ms, false);
}

void out_millis(struct out *out, int64_t ms)
{
	put_time(out, ms, true);
}

void out_id(struct out *out, struct id id)
{
	if (id.prefix.len == 0)
		return;
	out_str(out, id.prefix);
	if (id.number != OUT_NO_NUMBER)
		out_padded(out, id.number, ID_DIGITS);
}
