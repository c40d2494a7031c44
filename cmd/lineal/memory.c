#include "lineal/memory.h"

#include "base/number.h"
#include "io/file.h"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#define SYSTEM_FILE 65536 /* bytes; those of /proc and /sys are small */

/* ---- how much there is ---- */

/* The text of a file of the system; empty where it cannot be read. */
static struct str read_system(struct arena *a, const char *path)
{
	struct file file = {0};
	struct str text;
	struct err err;

	if (!file_open(&file, path, 0, SYSTEM_FILE, &err))
		return STR("");
	text = arena_copy(a, file.bytes);
	file_close(&file);
	return text;
}

/* True if `name` is one of the comma-separated `names`. */
static bool is_listed(struct str names, struct str name)
{
	while (names.s)
		if (str_equal(str_cut(&names, ','), name))
			return true;
	return false;
}

bool memory_find_group(struct str groups, struct str *path, const char **folder,
	const char **file)
{
	bool found = false;

	/* "4:memory,cpu:/path", or "0::/path" for all of version 2. */
	while (groups.s) {
		struct str rest = str_cut(&groups, '\n');
		struct str number = str_cut(&rest, ':');
		struct str names = str_cut(&rest, ':');
		bool is_first = is_listed(names, STR("memory"));

		if (!is_first && (found || !str_equal(number, STR("0")) ||
					 names.len || !rest.len))
			continue;
		found = true;
		*path = rest;
		*folder = is_first ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup";
		*file = is_first ? "memory.limit_in_bytes" : "memory.max";
	}
	return found;
}

/* The least of the limits of a group and of all that it lies in. Within a
   container the path may be one of the host; its root is then the group. */
static uint64_t least_of_groups(struct arena *a, uint64_t least)
{
	struct str path;
	const char *folder, *file;
	uint64_t bytes;

	if (!memory_find_group(
		    read_system(a, "/proc/self/cgroup"), &path, &folder, &file))
		return least;
	for (;;) {
		struct str text;

		while (path.len && path.s[path.len - 1] == '/')
			path.len--;
		text = read_system(a,
			arena_print(a, "%s%.*s/%s", folder, STR_ARG(path), file)
				.s);
		text = str_cut(&text, '\n');
		if (number_read_u64(text, &bytes) && bytes < least)
			least = bytes;
		if (!path.len)
			return least;
		while (path.len && path.s[path.len - 1] != '/')
			path.len--;
	}
}

uint64_t memory_of_machine(void)
{
	long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
	uint64_t machine = pages > 0 && page > 0
				   ? (uint64_t)pages * (uint64_t)page
				   : UINT64_C(1) << 32;
	struct arena scratch = {0};
	uint64_t least = least_of_groups(&scratch, machine);

	arena_free(&scratch);
	return least;
}

/* ---- the limit ---- */

/* Private bytes that the process has, the sixth number of statm in pages. */
static uint64_t taken(void)
{
	struct arena scratch = {0};
	struct str text = read_system(&scratch, "/proc/self/statm");
	uint64_t pages = 0;

	for (int i = 0; i < 5; i++)
		str_cut(&text, ' ');
	if (!number_read_u64(str_cut(&text, ' '), &pages))
		pages = 0;
	arena_free(&scratch);
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* The user's own limit; all zero until memory_limit() looked. */
static struct rlimit before;

/* Larger blocks are maps of their own. The threshold of the library would rise
   to 32 MiB with the first ones that are freed, and what the pieces of an input
   give back would stay with the process while the table is made of them. */
#define MAPPED_BYTES (128 << 10)

void memory_return(void)
{
	mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
}

void memory_limit(uint64_t bytes)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_DATA, &before) != 0 ||
		__builtin_add_overflow(bytes, taken(), &bytes) ||
		bytes >= before.rlim_cur)
		return;
	limit = before;
	limit.rlim_cur = bytes;
	setrlimit(RLIMIT_DATA, &limit);
}

void memory_unlimit(void)
{
	if (before.rlim_max)
		setrlimit(RLIMIT_DATA, &before);
}

uint64_t memory_peak(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (uint64_t)usage.ru_maxrss * 1024;
}
