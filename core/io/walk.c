#include "io/walk.h"

#include "base/glob.h"
#include "io/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A folder to look into (empty: the current one), and the number of the name
   that its entries are to match. */
struct step {
	struct str folder;
	size_t name;
};

/*
 * A walk keeps a stack of steps, so nothing recurses. Results are sorted at the
 * end; until then their order is that of the system.
 */
struct walk {
	struct arena scratch;
	struct str_vec names; /* the pattern cut at '/'; "**" is never last */
	struct steps VEC(struct step) todo;
	struct arena *a; /* of the results */
	struct str_vec *paths;
	bool strict; /* a folder that is not there is a failure */
};

enum entry { ENTRY_OTHER, ENTRY_FILE, ENTRY_FOLDER, ENTRY_LINKED_FOLDER };

enum walk_type walk_type_of(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return WALK_NOTHING;
	return S_ISDIR(st.st_mode) ? WALK_FOLDER : WALK_FILE;
}

bool walk_is_pattern(struct str path)
{
	for (size_t i = 0; i < path.len; i++)
		if (path.s[i] == '*' || path.s[i] == '?' || path.s[i] == '[')
			return true;
	return false;
}

static bool is_deep(struct str name)
{
	return str_equal(name, STR("**"));
}

static struct str join(struct arena *a, struct str folder, struct str name)
{
	const char *slash = folder.len && folder.s[folder.len - 1] != '/' ? "/"
									  : "";

	return arena_print(
		a, "%.*s%s%.*s", STR_ARG(folder), slash, STR_ARG(name));
}

static void add_name(struct walk *walk, struct str name)
{
	vec_push(&walk->scratch, &walk->names, name);
}

static void push(struct walk *walk, struct str folder, size_t name)
{
	struct step step = {folder, name};

	vec_push(&walk->scratch, &walk->todo, step);
}

static void found(struct walk *walk, struct str folder, struct str name)
{
	vec_push(walk->a, walk->paths, join(walk->a, folder, name));
}

/* What a folder's entry is. A link that leads nowhere counts as a file, so
   that opening it names it; pipes, sockets and devices are "other". */
static enum entry entry_type(int folder, const char *name)
{
	struct stat st;

	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return ENTRY_OTHER;
	if (S_ISDIR(st.st_mode))
		return ENTRY_FOLDER;
	if (S_ISLNK(st.st_mode)) {
		if (fstatat(folder, name, &st, 0) != 0)
			return ENTRY_FILE;
		if (S_ISDIR(st.st_mode))
			return ENTRY_LINKED_FOLDER;
	}
	return S_ISREG(st.st_mode) ? ENTRY_FILE : ENTRY_OTHER;
}

/* True if the name of an entry matches the name of the pattern, if `*` may
   stand for it at all. */
static bool matches(struct str wanted, struct str name)
{
	if (name.s[0] == '.' && wanted.s[0] != '.')
		return false;
	if (str_equal(name, STR(".")) || str_equal(name, STR("..")))
		return false;
	return glob_match(wanted, name);
}

static void visit(
	struct walk *walk, struct step step, int folder, const char *entry)
{
	struct str wanted = walk->names.at[step.name], name = str_of(entry);
	bool last = step.name + 1 == walk->names.n;
	enum entry type;

	if (!matches(wanted, name))
		return;
	type = entry_type(folder, entry);
	if (type == ENTRY_FILE && last)
		found(walk, step.folder, name);
	if (type == ENTRY_FOLDER && is_deep(wanted))
		push(walk, join(&walk->scratch, step.folder, name), step.name);
	else if ((type == ENTRY_FOLDER || type == ENTRY_LINKED_FOLDER) &&
		 !last && !is_deep(wanted))
		push(walk, join(&walk->scratch, step.folder, name),
			step.name + 1);
}

static bool fail(struct str folder, int error, struct err *err)
{
	return os_fail(err, ERR_INPUT, 0, "read the folder",
		folder.len ? folder : STR("."), os_cause(error));
}

static bool list(struct walk *walk, struct step step, struct err *err)
{
	DIR *dir = opendir(step.folder.len ? step.folder.s : ".");
	const struct dirent *entry;
	int error;

	if (!dir && !walk->strict && (errno == ENOENT || errno == ENOTDIR))
		return true;
	if (!dir)
		return fail(step.folder, errno, err);
	errno = 0;
	while ((entry = readdir(dir))) {
		visit(walk, step, dirfd(dir), entry->d_name);
		errno = 0;
	}
	error = errno;
	closedir(dir);
	return error == 0 || fail(step.folder, error, err);
}

/* A name without wildcards is looked up, not searched for. */
static void look_up(struct walk *walk, struct step step)
{
	struct str name = walk->names.at[step.name];
	struct str path = join(&walk->scratch, step.folder, name);

	if (step.name + 1 < walk->names.n)
		push(walk, path, step.name + 1);
	else if (walk_type_of(path.s) == WALK_FILE)
		found(walk, step.folder, name);
}

static bool take(struct walk *walk, struct step step, struct err *err)
{
	struct str name = walk->names.at[step.name];

	if (!walk_is_pattern(name)) {
		look_up(walk, step);
		return true;
	}
	if (is_deep(name)) /* no folder at all is "any number" too */
		push(walk, step.folder, step.name + 1);
	return list(walk, step, err);
}

/* Sorts the paths from number `first` on and drops repeats. */
static void sort_paths(struct str_vec *paths, size_t first)
{
	size_t n = first;

	if (paths->n > first)
		qsort(paths->at + first, paths->n - first, sizeof(*paths->at),
			str_compare_items);
	for (size_t i = first; i < paths->n; i++)
		if (n == first || !str_equal(paths->at[n - 1], paths->at[i]))
			paths->at[n++] = paths->at[i];
	paths->n = n;
}

static bool run(struct walk *walk, struct err *err)
{
	size_t first = walk->paths->n;

	while (walk->todo.n > 0)
		if (!take(walk, walk->todo.at[--walk->todo.n], err)) {
			walk->paths->n = first;
			return false;
		}
	sort_paths(walk->paths, first);
	return true;
}

static bool check_name(struct str pattern, struct str name, struct err *err)
{
	size_t bad;

	if (!walk_is_pattern(name) || glob_check(name, &bad))
		return true;
	return err_set(err, ERR_USAGE, (struct loc) {0},
		"the pattern '%.*s' is not well formed at '%.*s'",
		STR_ARG(pattern), STR_ARG(str_slice(name, bad, name.len)));
}

static bool ends_deep(const struct walk *walk)
{
	size_t n = walk->names.n;

	return n > 0 && is_deep(walk->names.at[n - 1]);
}

/* Cuts a pattern into names. Two "**" in a row are one, and one at the end
   means all files below. */
static bool cut_names(struct walk *walk, struct str pattern, struct err *err)
{
	struct str rest = pattern;

	while (rest.s) {
		struct str name = str_cut(&rest, '/');
		bool again = is_deep(name) && ends_deep(walk);

		if (!check_name(pattern, name, err))
			return false;
		if (name.len > 0 && !again)
			add_name(walk, name);
	}
	if (ends_deep(walk))
		add_name(walk, STR("*"));
	return true;
}

bool walk_pattern(struct arena *a, struct str pattern, struct str_vec *paths,
	struct err *err)
{
	struct walk walk = {.a = a, .paths = paths};
	bool absolute = str_has_prefix(pattern, STR("/")), done;

	/* No file has a name that ends in '/'. */
	if (pattern.len == 0 || str_has_suffix(pattern, STR("/")))
		return true;
	push(&walk, absolute ? STR("/") : STR(""), 0);
	done = cut_names(&walk, pattern, err) && run(&walk, err);
	arena_free(&walk.scratch);
	return done;
}

bool walk_folder(struct arena *a, struct str folder, struct str_vec *paths,
	struct err *err)
{
	struct walk walk = {.a = a, .paths = paths, .strict = true};
	bool done;

	while (folder.len > 1 && folder.s[folder.len - 1] == '/')
		folder.len--;
	push(&walk, arena_copy(&walk.scratch, folder), 0);
	done = cut_names(&walk, STR("**"), err) && run(&walk, err);
	arena_free(&walk.scratch);
	return done;
}

bool walk_identify(const char *path, struct walk_identity *out)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return false;
	*out = (struct walk_identity) {st.st_dev, st.st_ino};
	return true;
}

bool walk_same_file(const char *left, const char *right)
{
	struct walk_identity a, b;

	return walk_identify(left, &a) && walk_identify(right, &b) &&
	       a.device == b.device && a.number == b.number;
}

bool walk_lies_inside(const char *folder, const char *path)
{
	char outer[PATH_MAX], inner[PATH_MAX];
	size_t len;

	if (!realpath(folder, outer) || !realpath(path, inner))
		return false;
	len = strlen(outer);
	return strncmp(outer, inner, len) == 0 &&
	       (inner[len] == '/' || (len == 1 && outer[0] == '/'));
}
