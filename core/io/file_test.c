#include "io/file.h"
#include "tmp_p.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define ANY UINT64_MAX

TestSuite(file, .init = tmp_enter, .fini = tmp_leave);

/* The path under which this process can open its descriptor `fd` again. */
static const char *fd_path(int fd, char buffer[32])
{
	snprintf(buffer, 32, "/proc/self/fd/%d", fd);
	return buffer;
}

/* The reading end of a pipe into which a child writes `n` times 'x'. */
static int pipe_of(size_t n)
{
	int ends[2];
	char piece[1000];

	memset(piece, 'x', sizeof(piece));
	cr_assert(pipe(ends) == 0);
	if (fork() == 0) {
		ssize_t done = 1;

		signal(SIGPIPE, SIG_DFL);
		close(ends[0]);
		for (; n > 0 && done > 0; n -= (size_t)done)
			done = write(ends[1], piece,
				n < sizeof(piece) ? n : sizeof(piece));
		_exit(0);
	}
	close(ends[1]);
	return ends[0];
}

Test(file, a_regular_file_is_mapped)
{
	struct file file;
	struct err err = {0};

	tmp_write("a.csv", STR("id,name\n1,Ana\n"));
	cr_assert(file_open(&file, "a.csv", 1, ANY, &err), "%s", err.text);
	cr_expect(file.mapped);
	cr_expect(str_equal(file.bytes, STR("id,name\n1,Ana\n")));
	cr_expect(file.memory.bytes == 0);
	file_close(&file);
	cr_expect(file.bytes.len == 0 && !file.mapped);
	file_close(&file);
}

Test(file, an_empty_file_is_the_empty_slice)
{
	struct file file;
	struct err err = {0};

	tmp_write("a.csv", STR(""));
	cr_assert(file_open(&file, "a.csv", 1, 0, &err), "%s", err.text);
	cr_expect(file.bytes.len == 0);
	file_close(&file);
}

Test(file, a_file_that_says_it_is_empty_is_read)
{
	struct file file;
	struct err err = {0};

	cr_assert(file_open(&file, "/proc/self/stat", 1, ANY, &err));
	cr_expect(file.bytes.len > 10 && !file.mapped);
	file_close(&file);
}

Test(file, a_pipe_is_read_to_its_end)
{
	static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 200000};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		int fd = pipe_of(sizes[i]);
		char path[32];
		struct file file;
		struct err err = {0};

		cr_assert(file_open(&file, fd_path(fd, path), 1, ANY, &err));
		cr_expect(!file.mapped);
		cr_expect(file.bytes.len == sizes[i], "row %zu: %zu", i,
			file.bytes.len);
		cr_expect(str_find(file.bytes, '\0') == sizes[i]);
		file_close(&file);
		close(fd);
		wait(NULL);
	}
}

Test(file, minus_is_standard_input_from_where_it_stands)
{
	int saved = dup(STDIN_FILENO), fd;
	struct file file;
	struct err err = {0};

	tmp_write("a.csv", STR("skipped\nread\n"));
	fd = open("a.csv", O_RDONLY);
	cr_assert(lseek(fd, 8, SEEK_SET) == 8);
	cr_assert(dup2(fd, STDIN_FILENO) == STDIN_FILENO);
	cr_assert(file_open(&file, "-", 1, ANY, &err));
	cr_expect(str_equal(file.bytes, STR("read\n")));
	file_close(&file);
	/* It is not ours to close. */
	cr_expect(fcntl(STDIN_FILENO, F_GETFD) >= 0);
	dup2(saved, STDIN_FILENO);
}

Test(file, the_limit_is_the_last_size_that_passes)
{
	struct file file = {.bytes = STR("kept")};
	struct err err = {0};
	char path[32];
	int fd;

	tmp_write("a.csv", STR("12345"));
	cr_expect(file_open(&file, "a.csv", 4, 5, &err));
	file_close(&file);
	file.bytes = STR("kept");
	cr_expect(!file_open(&file, "a.csv", 4, 4, &err));
	cr_expect_str_eq(err.text,
		"cannot read 'a.csv': it has more than 4 bytes; split it or "
		"raise the limit");
	cr_expect(err.kind == ERR_INPUT && err.loc.file == 4);
	fd = pipe_of(100000);
	cr_expect(!file_open(&file, fd_path(fd, path), 4, 99999, &err));
	cr_expect(strstr(err.text, "more than 99999 bytes"));
	cr_expect(str_equal(file.bytes, STR("kept")));
	close(fd);
	wait(NULL);
	fd = pipe_of(100000);
	cr_expect(file_open(&file, fd_path(fd, path), 4, 100000, &err));
	file_close(&file);
	close(fd);
	wait(NULL);
}

Test(file, what_cannot_be_read_is_named)
{
	static const struct {
		const char *path, *text;
	} rows[] = {
		{"none.csv", "cannot read 'none.csv': no such file or folder; "
			     "check the name"},
		{"a.csv/b", "cannot read 'a.csv/b': a part of the path is not "
			    "a folder"},
		{"folder", "cannot read 'folder': it is a folder, expected a "
			   "file"},
		{"circle", "cannot read 'circle': its symbolic links lead in "
			   "a circle"},
	};

	tmp_write("a.csv", STR("x"));
	cr_assert(mkdir("folder", 0755) == 0);
	cr_assert(symlink("circle", "circle") == 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct file file = {0};
		struct err err = {0};

		cr_expect(!file_open(&file, rows[i].path, 3, ANY, &err));
		cr_expect_str_eq(
			err.text, rows[i].text, "row %zu: %s", i, err.text);
		cr_expect(err.kind == ERR_INPUT && err.loc.file == 3);
	}
}

Test(file, a_file_without_permission_is_named)
{
	struct file file = {0};
	struct err err = {0};

	tmp_write("a.csv", STR("x"));
	cr_assert(chmod("a.csv", 0) == 0);
	cr_assert(chmod(".", 0755) == 0);
	/* Root may read everything. */
	if (geteuid() == 0)
		cr_assert(seteuid(65534) == 0);
	cr_expect(!file_open(&file, "a.csv", 1, ANY, &err));
	cr_expect_str_eq(err.text,
		"cannot read 'a.csv': no permission; change its mode or run "
		"as its owner");
	if (getuid() == 0)
		cr_assert(seteuid(0) == 0);
}

Test(file, two_names_of_one_file_are_the_same)
{
	tmp_write("a.csv", STR("x"));
	tmp_write("b.csv", STR("x"));
	cr_assert(symlink("a.csv", "link") == 0);
	cr_assert(link("a.csv", "hard") == 0);
	cr_expect(file_is_same("a.csv", "./a.csv"));
	cr_expect(file_is_same("a.csv", "link"));
	cr_expect(file_is_same("hard", "link"));
	cr_expect_not(file_is_same("a.csv", "b.csv"));
	cr_expect_not(file_is_same("a.csv", "none"));
	cr_expect_not(file_is_same("none", "nothing"));
	cr_expect(file_is_same("none", "none"));
	/* A folder or device is no file that could be lost. */
	cr_expect_not(file_is_same(".", "."));
	cr_expect_not(file_is_same("/dev/null", "/dev/null"));
}

Test(file, only_files_of_a_folder_are_regular)
{
	tmp_write("a.csv", STR("x"));
	cr_assert(symlink("a.csv", "link") == 0);
	cr_expect(file_is_regular("a.csv"));
	cr_expect(file_is_regular("link"));
	cr_expect_not(file_is_regular("none"));
	cr_expect_not(file_is_regular("."));
	cr_expect_not(file_is_regular("/dev/null"));
	cr_expect_not(file_is_regular("-"));
}
