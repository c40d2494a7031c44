#include "io/os.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <criterion/criterion.h>

#define MANY 300000

static char pattern_byte(size_t i)
{
	return (char)(i * 31 % 251);
}

/* A child that reads the pipe slowly and exits 0 if all bytes were right. */
static pid_t start_reader(const int ends[2])
{
	pid_t child = fork();
	char piece[7000];
	size_t seen = 0;
	ssize_t n;

	if (child != 0)
		return child;
	close(ends[1]);
	while ((n = os_read(ends[0], piece, sizeof(piece))) > 0)
		for (ssize_t i = 0; i < n; i++)
			if (piece[i] != pattern_byte(seen++))
				_exit(1);
	_exit(n == 0 && seen == MANY ? 0 : 2);
}

Test(os, a_pipe_that_does_not_wait_is_waited_for)
{
	static char bytes[MANY];
	int ends[2], status;
	pid_t child;

	for (size_t i = 0; i < MANY; i++)
		bytes[i] = pattern_byte(i);
	cr_assert(pipe(ends) == 0);
	cr_assert(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
	cr_assert(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0);
	child = start_reader(ends);
	close(ends[0]);
	cr_expect(os_write(ends[1], (struct str) {bytes, MANY}) == 0);
	close(ends[1]);
	cr_assert(waitpid(child, &status, 0) == child);
	cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

Test(os, a_failed_call_gives_its_errno)
{
	char byte;

	cr_expect(os_write(-1, STR("x")) == EBADF);
	cr_expect(os_write(-1, STR("")) == 0);
	cr_expect(os_read(-1, &byte, 1) == -1 && errno == EBADF);
}

Test(os, every_cause_has_words)
{
	static const int common[] = {EACCES, EDQUOT, EFBIG, EIO, EISDIR, ELOOP,
		EMFILE, ENAMETOOLONG, ENOENT, ENOSPC, ENOTDIR, EPERM, EPIPE,
		EROFS};

	for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++) {
		const char *text = os_cause(common[i]);

		cr_expect(*text >= 'a' && *text <= 'z', "row %zu: %s", i, text);
		cr_expect(
			text[strlen(text) - 1] != '.', "row %zu: %s", i, text);
		cr_expect(strlen(text) < 100, "row %zu: %s", i, text);
	}
	for (int i = -1; i < 200; i++)
		cr_expect(*os_cause(i) != '\0', "errno %d", i);
	cr_expect_str_eq(os_cause(9999), "unknown cause");
}

Test(os, a_failure_names_thing_and_cause)
{
	struct err err = {0};

	cr_expect(!os_fail(
		&err, ERR_INPUT, 7, "read", STR("a/b.csv"), os_cause(ENOENT)));
	cr_expect(err.kind == ERR_INPUT);
	cr_expect(err.loc.file == 7 && err.loc.line == 0);
	cr_expect_str_eq(err.text,
		"cannot read 'a/b.csv': no such file or folder; check the "
		"name");
}

Test(os, a_long_path_is_shown_by_its_end)
{
	char path[3 * 200 + 1];
	struct err err = {0};

	for (size_t i = 0; i < 200; i++)
		memcpy(path + 3 * i, "€", 3);
	os_fail(&err, ERR_OUTPUT, 0, "write",
		(struct str) {path, sizeof(path) - 1}, "no");
	/* 100 bytes begin inside a character, whose rest is left out. */
	cr_expect(strncmp(err.text, "cannot write '...€", 19) == 0);
	cr_expect_str_eq(
		err.text + strlen("cannot write '...") + 3 * 33, "': no");
}
