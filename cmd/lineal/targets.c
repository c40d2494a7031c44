#include "lineal/targets.h"

#include "io/file.h"

static bool is_same(struct arena *a, struct str left, struct str right)
{
	return file_is_same(arena_copy(a, left).s, arena_copy(a, right).s);
}

static bool is_read(const struct run *run, struct arena *a, struct str path)
{
	const struct library_files *read = &run->library.read;

	for (size_t i = 0; i < run->loaded.inputs.n; i++)
		if (is_same(a, path, run->loaded.inputs.at[i].opened))
			return true;
	for (size_t i = 0; i < read->n; i++)
		if (is_same(a, path, read->at[i].open_path))
			return true;
	return false;
}

static void complain(struct run *run, struct str path, const char *what)
{
	struct loc nowhere = {0};

	diag_add(&run->diag, DIAG_BAD_OPTION, nowhere,
		"'%.*s' would be written, but is %s", STR_ARG(path), what);
}

static void add(struct arena *a, struct str_vec *paths, struct str path)
{
	vec_push(a, paths, path);
}

/* Where the run writes, "-" for standard output included. */
static struct str_vec paths_of(const struct settings *s, struct arena *a)
{
	struct str_vec paths = {0};

	for (size_t i = 0; i < s->outputs.n; i++)
		add(a, &paths, s->outputs.at[i].path);
	if (s->rejects_path.len)
		add(a, &paths, s->rejects_path);
	return paths;
}

static bool is_among(
	struct arena *a, struct str path, const struct str *paths, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_same(a, path, paths[i]))
			return true;
	return false;
}

void targets_check(struct run *run)
{
	struct arena a = {0};
	struct str_vec paths = paths_of(&run->settings, &a);

	for (size_t i = 0; i < paths.n; i++) {
		struct str path = paths.at[i];

		if (str_equal(path, STR("-")))
			continue;
		if (is_read(run, &a, path))
			complain(run, path, "a file that is read");
		if (is_among(&a, path, paths.at, i))
			complain(run, path, "the place of another output");
	}
	arena_free(&a);
}
