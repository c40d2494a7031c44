#include "lineal/library.h"

#include "format/text.h"
#include "io/file.h"
#include "io/walk.h"

#include <limits.h>
#include <unistd.h>

#define LIBRARY_MAX_BYTES (1 << 20)
#define LIBRARY_MAX_FILES 1000

struct str library_folder(struct str path)
{
	size_t end = path.len;

	while (end > 0 && path.s[end - 1] != '/')
		end--;
	return str_slice(path, 0, end ? end - 1 : 0);
}

struct str library_join(struct arena *a, struct str folder, struct str path)
{
	if (folder.len == 0 || str_equal(folder, STR(".")) ||
		(path.len && path.s[0] == '/'))
		return arena_copy(a, path);
	return arena_print(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(path));
}

static struct str program_folder(struct arena *a)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path));

	if (len <= 0 || (size_t)len == sizeof(path))
		return STR("");
	return arena_copy(a, library_folder((struct str) {path, (size_t)len}));
}

void library_init(struct library *library, struct arena *a, struct files *files,
	struct diag *diag)
{
	struct str program = program_folder(a);
	struct str candidates[] = {
		arena_print(a, "%.*s/../share/lineal", STR_ARG(program)),
		arena_print(a, "%.*s/..", STR_ARG(program)),
		STR(LINEAL_SHARE),
	};

	*library = (struct library) {.a = a, .files = files, .diag = diag};
	for (size_t i = 0; i < 3; i++) {
		struct str probe = library_join(
			a, candidates[i], STR("rules/baseline.yaml"));

		if (walk_type_of(probe.s) == WALK_FILE) {
			library->share = candidates[i];
			return;
		}
	}
	library->share = candidates[2];
}

static const struct library_file *complain(struct library *library,
	struct loc from, struct str printed, const char *what)
{
	diag_add(library->diag, DIAG_UNREADABLE_FILE, from, "%.*s: %s",
		STR_ARG(printed), what);
	return NULL;
}

static const struct library_file *known(
	const struct library *library, struct str open_path)
{
	for (size_t i = 0; i < library->read.n; i++)
		if (str_equal(library->read.at[i].open_path, open_path))
			return &library->read.at[i];
	return NULL;
}

static const struct library_file *add(struct library *library,
	struct str open_path, struct str printed, struct str text)
{
	struct library_file file = {
		.open_path = arena_copy(library->a, open_path), .text = text};

	file.folder = arena_copy(library->a, library_folder(file.open_path));
	file.number = files_add(library->a, library->files,
		arena_copy(library->a, printed), text);
	/* Readers keep pointers to files. */
	vec_reserve(library->a, &library->read, LIBRARY_MAX_FILES);
	vec_push(library->a, &library->read, file);
	return &library->read.at[library->read.n - 1];
}

static const struct library_file *read_text(struct library *library,
	struct str open_path, struct str printed, struct loc from)
{
	const struct library_file *old = known(library, open_path);
	struct file file = {0};
	struct str path = arena_copy(library->a, open_path), text;
	struct err err;

	if (old)
		return old;
	if (library->read.n == LIBRARY_MAX_FILES)
		return complain(
			library, from, printed, "more than 1000 rule files");
	if (!file_open(&file, path.s, 0, LIBRARY_MAX_BYTES, &err))
		return complain(library, from, printed, err.text);
	text = arena_copy(library->a, file.bytes);
	file_close(&file);
	return add(library, open_path, printed, text);
}

const struct library_file *library_yaml(struct library *library,
	struct str open_path, struct str printed, struct loc from)
{
	const struct library_file *found = read_text(
		library, open_path, printed, from);
	struct library_file *file;

	if (!found || found->root)
		return found;
	file = &library->read.at[found - library->read.at];
	file->root = yaml_parse(
		library->a, file->text, file->number, library->diag);
	if (file->root && file->root->kind != YAML_MAP) {
		yaml_complain(library->diag, DIAG_WRONG_TYPE, file->root,
			"expected a map that begins with `version: 1`");
		file->root = NULL;
	}
	return file;
}

const struct library_file *library_shipped(
	struct library *library, const char *path, struct loc from)
{
	struct str open_path = library_join(
		library->a, library->share, str_of(path));
	struct str printed = arena_print(library->a, "share/lineal/%s", path);
	struct str name = str_of(path);
	const struct library_file *file =
		str_has_suffix(name, STR(".yaml"))
			? library_yaml(library, open_path, printed, from)
			: read_text(library, open_path, printed, from);

	if (file)
		library->read.at[file - library->read.at].shipped = true;
	return file;
}

struct str_vec library_list(struct library *library, const char *folder)
{
	struct str path = library_join(
		library->a, library->share, str_of(folder));
	struct str_vec found = {0}, names = {0};
	struct err err;

	if (!walk_folder(library->a, path, &found, &err))
		return names;
	for (size_t i = 0; i < found.n; i++)
		if (str_has_suffix(found.at[i], STR(".yaml")))
			vec_push(library->a, &names,
				arena_print(library->a, "%s/%.*s", folder,
					STR_ARG(str_slice(found.at[i],
						path.len + 1,
						found.at[i].len))));
	return names;
}

static const struct library_file *by_number(
	const struct library *library, uint32_t number)
{
	for (size_t i = 0; i < library->read.n; i++)
		if (library->read.at[i].number == number)
			return &library->read.at[i];
	return NULL;
}

/* By its name, or behind a link. */
static bool lies_outside(struct str folder, struct str name, struct str path)
{
	if (name.len == 0 || name.s[0] == '/' ||
		str_find_text(name, STR("..")) < name.len)
		return true;
	return walk_type_of(path.s) != WALK_NOTHING &&
	       !walk_lies_inside(folder.len ? folder.s : ".", path.s);
}

bool library_beside(void *ctx, uint32_t file, struct str name, struct str *text,
	uint32_t *number, struct err *err)
{
	struct library *library = ctx;
	const struct library_file *from = by_number(library, file), *found;
	struct loc loc = {file, 0, 0};
	struct str folder = from ? from->folder : STR("");
	struct str path = library_join(library->a, folder, name);
	struct file bytes = {0};

	if (lies_outside(folder, name, path))
		return err_set(err, ERR_OUTSIDE, loc,
			"'%.*s' lies outside the folder of this file",
			STR_ARG(name));
	if (!file_open(&bytes, path.s, file, LIBRARY_MAX_BYTES, err))
		return false;
	*text = arena_copy(library->a, bytes.bytes);
	file_close(&bytes);
	if (!text_is_utf8(*text, &(size_t) {0}))
		return err_set(err, ERR_USAGE, loc, "'%.*s' is not UTF-8",
			STR_ARG(name));
	found = add(library, path, path, *text);
	*number = found->number;
	return true;
}
