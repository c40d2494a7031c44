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

void targets_check(struct run *run)
{
	const struct settings *s = &run->settings;
	struct arena a = {0};
	struct str_vec paths = {0};

	if (s->rejects_path.len)
		vec_push(&a, &paths, s->rejects_path);
	for (size_t i = 0; i < s->outputs.n; i++)
		if (!str_equal(s->outputs.at[i].path, STR("-")))
			vec_push(&a, &paths, s->outputs.at[i].path);
	for (size_t i = 0; i < paths.n; i++) {
		if (is_read(run, &a, paths.at[i]))
			complain(run, paths.at[i], "a file that is read");
		for (size_t j = 0; j < i; j++)
			if (is_same(&a, paths.at[i], paths.at[j]))
				complain(run, paths.at[i],
					"the place of another output");
	}
	arena_free(&a);
}
