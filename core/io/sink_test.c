#include "io/sink.h"
#include "tmp_p.h"

#include "base/rng.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

TestSuite(sink, .init = tmp_enter, .fini = tmp_leave);

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static bool holds(const char *path, const char *text)
{
	char buffer[256];

	return str_equal(tmp_read(path, buffer, sizeof(buffer)), str_of(text));
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	cr_assert(stat(path, &st) == 0);
	return st.st_mode & 07777;
}

/* The temporary name of `out.txt`. */
static const char *temporary(char buffer[64])
{
	snprintf(buffer, 64, ".out.txt.%ld.tmp", (long)getpid());
	return buffer;
}

Test(sink, a_file_appears_when_it_is_published)
{
	struct sink sink;
	struct err err = {0};
	char name[64];

	cr_assert(sink_open(&sink, "out.txt", &err));
	sink_write(&sink, STR("one "));
	sink_print(&sink, "%d %s", 2, "three");
	cr_expect(sink.written == 11);
	cr_expect(!is_there("out.txt") && is_there(temporary(name)));
	cr_expect(str_equal(sink.temporary, str_of(name)));
	cr_assert(sink_publish(&sink, &err), "%s", err.text);
	cr_expect(holds("out.txt", "one 2 three"));
	cr_expect(!is_there(name));
	sink_drop(&sink);
	cr_expect(is_there("out.txt"));
}

Test(sink, the_temporary_file_lies_in_the_folder_of_the_target)
{
	struct sink sink;
	struct err err = {0};
	char name[64], path[80];

	cr_assert(mkdir("folder", 0755) == 0);
	cr_assert(sink_open(&sink, "folder/out.txt", &err));
	snprintf(path, sizeof(path), "folder/%s", temporary(name));
	cr_expect(is_there(path));
	cr_assert(sink_publish(&sink, &err));
	cr_expect(holds("folder/out.txt", ""));
}

Test(sink, a_dropped_file_leaves_nothing)
{
	struct sink sink;
	struct err err = {0};
	char name[64];

	tmp_write("out.txt", STR("old"));
	cr_assert(sink_open(&sink, "out.txt", &err));
	sink_write(&sink, STR("new"));
	sink_drop(&sink);
	cr_expect(holds("out.txt", "old"));
	cr_expect(!is_there(temporary(name)));
	sink_drop(&sink);
	sink = (struct sink) {0};
	sink_drop(&sink);
	cr_expect(fcntl(STDIN_FILENO, F_GETFD) >= 0);
}

Test(sink, a_replaced_file_keeps_its_mode)
{
	static const mode_t modes[] = {0600, 0640, 0444, 0777};
	struct err err = {0};

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		struct sink sink;
		char name[64];

		tmp_write("out.txt", STR("old"));
		cr_assert(chmod("out.txt", modes[i]) == 0);
		cr_assert(sink_open(&sink, "out.txt", &err));
		cr_expect(mode_of(temporary(name)) == modes[i], "row %zu", i);
		sink_write(&sink, STR("new"));
		cr_assert(sink_publish(&sink, &err), "%s", err.text);
		cr_expect(mode_of("out.txt") == modes[i], "row %zu", i);
		cr_expect(holds("out.txt", "new"), "row %zu", i);
		cr_assert(unlink("out.txt") == 0);
	}
}

Test(sink, a_new_file_follows_the_umask)
{
	struct sink sink;
	struct err err = {0};

	umask(027);
	cr_assert(sink_open(&sink, "out.txt", &err));
	cr_assert(sink_publish(&sink, &err));
	cr_expect(mode_of("out.txt") == 0640);
}

/* Property: whatever the sizes, the file is all that was written, in order. */
Test(sink, pieces_of_any_size_arrive_in_order)
{
	enum { MOST = 400000 };
	static char wanted[MOST], got[MOST + 1];
	struct rng rng = {1};
	struct sink sink;
	struct err err = {0};
	size_t used = 0;

	cr_assert(sink_open(&sink, "out.txt", &err));
	for (;;) {
		uint64_t most = rng_chance(&rng, 50000) ? 150000 : 3000;
		size_t len = rng_below(&rng, most);
		struct str piece = {wanted + used, len};

		if (used + len > MOST)
			break;
		for (size_t i = 0; i < len; i++)
			wanted[used++] = (char)('a' + rng_below(&rng, 26));
		if (rng_chance(&rng, 500000))
			sink_write(&sink, piece);
		else
			sink_print(&sink, "%.*s", STR_ARG(piece));
	}
	cr_expect(sink.written == used);
	cr_assert(sink_publish(&sink, &err));
	cr_expect(str_equal(tmp_read("out.txt", got, sizeof(got)),
		(struct str) {wanted, used}));
}

/* The buffer holds 65,536 bytes; printf() wants one more for its NUL. */
Test(sink, prints_about_the_end_of_the_buffer_are_whole)
{
	static char fill[65536], got[70000];

	memset(fill, 'f', sizeof(fill));
	for (size_t left = 0; left < 8; left++) {
		struct sink sink;
		struct err err = {0};
		struct str text;
		size_t len = sizeof(fill) - left;

		cr_assert(sink_open(&sink, "out.txt", &err));
		sink_write(&sink, (struct str) {fill, len});
		sink_print(&sink, "%s", "12345");
		cr_assert(sink_publish(&sink, &err));
		text = tmp_read("out.txt", got, sizeof(got));
		cr_expect(text.len == len + 5, "%zu left", left);
		cr_expect(
			str_has_suffix(text, STR("ff12345")), "%zu left", left);
	}
}

Test(sink, a_full_device_is_an_error)
{
	static char much[70000];
	struct err err = {0};

	for (size_t len = 1; len < sizeof(much); len += 69000) {
		struct sink sink;

		cr_assert(sink_open(&sink, "/dev/full", &err));
		sink_write(&sink, (struct str) {much, len});
		sink_write(&sink, STR("more"));
		cr_expect(!sink_publish(&sink, &err));
		cr_expect(err.kind == ERR_OUTPUT);
		cr_expect_str_eq(err.text,
			"cannot write '/dev/full': no space left on the "
			"device; make room or choose another folder");
		cr_expect(sink.error == ENOSPC);
	}
}

Test(sink, an_incomplete_file_leaves_the_old_one)
{
	struct rlimit limit = {100, RLIM_INFINITY}, saved;
	struct sink sink;
	struct err err = {0};
	char name[64];
	bool done;

	tmp_write("out.txt", STR("old"));
	cr_assert(getrlimit(RLIMIT_FSIZE, &saved) == 0);
	signal(SIGXFSZ, SIG_IGN);
	cr_assert(sink_open(&sink, "out.txt", &err));
	for (int i = 0; i < 50; i++)
		sink_write(&sink, STR("12345678"));
	cr_assert(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	done = sink_publish(&sink, &err);
	cr_assert(setrlimit(RLIMIT_FSIZE, &saved) == 0);
	cr_expect(!done);
	cr_expect_str_eq(err.text,
		"cannot write 'out.txt': it would be larger than the system "
		"allows");
	cr_expect(holds("out.txt", "old"));
	cr_expect(!is_there(temporary(name)));
}

Test(sink, a_failed_rename_leaves_no_temporary_file)
{
	struct sink sink;
	struct err err = {0};
	char name[64];

	cr_assert(sink_open(&sink, "out.txt", &err));
	cr_assert(mkdir("out.txt", 0755) == 0);
	cr_expect(!sink_publish(&sink, &err));
	cr_expect_str_eq(err.text,
		"cannot write 'out.txt': it is a folder, expected a file");
	cr_expect(!is_there(temporary(name)));
}

Test(sink, what_cannot_be_opened_is_named)
{
	static const struct {
		const char *path, *text;
	} rows[] = {
		{"folder", "cannot write 'folder': it is a folder, expected a "
			   "file"},
		{"none/out.txt", "cannot write 'none/out.txt': no such file or "
				 "folder; check the name"},
		{"old.txt/out.txt", "cannot write 'old.txt/out.txt': a part of "
				    "the path is not a folder"},
		{"", "cannot write '': no such file or folder; check the "
		     "name"},
	};

	tmp_write("old.txt", STR("old"));
	cr_assert(mkdir("folder", 0755) == 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sink sink = {.used = 17};
		struct err err = {0};

		cr_expect(!sink_open(&sink, rows[i].path, &err));
		cr_expect_str_eq(
			err.text, rows[i].text, "row %zu: %s", i, err.text);
		cr_expect(err.kind == ERR_OUTPUT);
		cr_expect(sink.used == 17, "row %zu", i);
	}
}

Test(sink, a_file_of_the_temporary_name_is_not_touched)
{
	struct sink sink;
	struct err err = {0};
	char name[64];

	tmp_write(temporary(name), STR("of another"));
	cr_expect(!sink_open(&sink, "out.txt", &err));
	cr_expect(strstr(err.text, "unfinished run; remove it"));
	cr_expect(strstr(err.text, name));
	cr_expect(holds(name, "of another"));
}

Test(sink, a_link_stays_and_its_file_is_replaced)
{
	struct sink sink;
	struct err err = {0};
	struct stat st;

	cr_assert(mkdir("real", 0755) == 0);
	tmp_write("real/out.txt", STR("old"));
	cr_assert(symlink("real/out.txt", "link") == 0);
	cr_assert(sink_open(&sink, "link", &err));
	sink_write(&sink, STR("new"));
	cr_assert(sink_publish(&sink, &err));
	cr_expect(lstat("link", &st) == 0 && S_ISLNK(st.st_mode));
	cr_expect(holds("real/out.txt", "new"));
}

Test(sink, a_pipe_is_written_directly)
{
	struct sink sink;
	struct err err = {0};
	char buffer[16];
	int fd;

	cr_assert(mkfifo("pipe", 0600) == 0);
	fd = open("pipe", O_RDONLY | O_NONBLOCK);
	cr_assert(sink_open(&sink, "pipe", &err));
	cr_expect(sink.temporary.len == 0);
	sink_write(&sink, STR("hello"));
	cr_assert(sink_publish(&sink, &err));
	cr_expect(read(fd, buffer, sizeof(buffer)) == 5);
	cr_expect(read(fd, buffer, sizeof(buffer)) == 0);
	close(fd);
}

Test(sink, a_reader_that_goes_away_is_an_error)
{
	struct sink sink;
	struct err err = {0};
	int fd;

	signal(SIGPIPE, SIG_IGN);
	cr_assert(mkfifo("pipe", 0600) == 0);
	fd = open("pipe", O_RDONLY | O_NONBLOCK);
	cr_assert(sink_open(&sink, "pipe", &err));
	close(fd);
	sink_write(&sink, STR("hello"));
	cr_expect(!sink_publish(&sink, &err));
	cr_expect_str_eq(
		err.text, "cannot write 'pipe': the reader closed the pipe");
	cr_expect(sink.error == EPIPE);
}

Test(sink, minus_is_standard_output_and_stays_open)
{
	int saved = dup(STDOUT_FILENO), fd;
	struct sink sink;
	struct err err = {0};
	bool done;

	fd = open("out.txt", O_WRONLY | O_CREAT, 0644);
	cr_assert(dup2(fd, STDOUT_FILENO) == STDOUT_FILENO);
	cr_assert(sink_open(&sink, "-", &err));
	sink_write(&sink, STR("first "));
	cr_assert(sink_publish(&sink, &err));
	cr_assert(sink_open(&sink, "-", &err));
	sink_write(&sink, STR("dropped"));
	sink_drop(&sink);
	cr_assert(sink_open(&sink, "-", &err));
	sink_write(&sink, STR("second"));
	done = sink_publish(&sink, &err);
	dup2(saved, STDOUT_FILENO);
	cr_expect(done);
	cr_expect(holds("out.txt", "first second"));
}

Test(sink, a_failure_of_standard_output_is_told)
{
	int saved = dup(STDOUT_FILENO), fd = open("/dev/full", O_WRONLY);
	struct sink sink;
	struct err err = {0};
	bool done;

	cr_assert(dup2(fd, STDOUT_FILENO) == STDOUT_FILENO);
	cr_assert(sink_open(&sink, "-", &err));
	sink_write(&sink, STR("x"));
	done = sink_publish(&sink, &err);
	dup2(saved, STDOUT_FILENO);
	cr_expect(!done);
	cr_expect_str_eq(err.text,
		"cannot write 'standard output': no space left on the device; "
		"make room or choose another folder");
}

Test(sink, streams_of_the_process_are_written_to_and_stay_open)
{
	struct sink sink;
	struct err err = {0};
	int kept = dup(STDERR_FILENO);
	int fd = open("errors.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600);

	cr_assert(fd >= 0 && kept >= 0 && dup2(fd, STDERR_FILENO) >= 0);
	cr_assert(sink_open(&sink, "/dev/stderr", &err));
	sink_write(&sink, STR("first "));
	cr_expect(sink_publish(&sink, &err));
	/* The file was not replaced: later writes reach the same one. */
	cr_expect(write(STDERR_FILENO, "second", 6) == 6);
	dup2(kept, STDERR_FILENO);
	cr_expect(holds("errors.txt", "first second"));
}
