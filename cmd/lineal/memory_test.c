#include "lineal/memory.h"

#include <sys/resource.h>

#include <criterion/criterion.h>

Test(memory, the_group_is_found_in_both_versions)
{
	static const struct {
		const char *groups, *path, *folder, *file;
	} rows[] = {
		{"0::/a/b\n", "/a/b", "/sys/fs/cgroup", "memory.max"},
		{"0::/\n", "/", "/sys/fs/cgroup", "memory.max"},
		{"5:cpu,memory:/m\n1:name=systemd:/\n", "/m",
			"/sys/fs/cgroup/memory", "memory.limit_in_bytes"},
		{"4:memory:/m:n\n0::/u\n", "/m:n", "/sys/fs/cgroup/memory",
			"memory.limit_in_bytes"},
		{"0::/u\n4:memory:/m\n", "/m", "/sys/fs/cgroup/memory",
			"memory.limit_in_bytes"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *folder = "", *file = "";
		struct str path = STR("");

		cr_expect(memory_find_group(str_of(rows[i].groups), &path,
				  &folder, &file),
			"row %zu", i);
		cr_expect(str_equal(path, str_of(rows[i].path)), "row %zu", i);
		cr_expect_str_eq(folder, rows[i].folder, "row %zu", i);
		cr_expect_str_eq(file, rows[i].file, "row %zu", i);
	}
}

Test(memory, without_a_group_none_is_found)
{
	static const char *const rows[] = {"", "\n", "0", "0:", "0::\n",
		"3:cpu:/\n", "7:memory2:/\n", ":::"};
	const char *folder, *file;
	struct str path;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(!memory_find_group(
				  str_of(rows[i]), &path, &folder, &file),
			"row %zu", i);
}

Test(memory, a_machine_has_some)
{
	cr_expect(memory_of_machine() >= 1 << 20);
	cr_expect(memory_peak() >= 1 << 16);
}

Test(memory, a_limit_can_be_undone_and_never_raises)
{
	struct rlimit before, now;

	memory_unlimit();
	getrlimit(RLIMIT_DATA, &before);
	memory_limit(UINT64_C(1) << 30);
	getrlimit(RLIMIT_DATA, &now);
	cr_expect(now.rlim_cur >= 1 << 30 && now.rlim_cur < before.rlim_cur);
	cr_expect(now.rlim_max == before.rlim_max);
	memory_unlimit();
	getrlimit(RLIMIT_DATA, &now);
	cr_expect(now.rlim_cur == before.rlim_cur);
	memory_limit(UINT64_MAX - 1);
	getrlimit(RLIMIT_DATA, &now);
	cr_expect(now.rlim_cur == before.rlim_cur);
}
