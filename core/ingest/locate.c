#include "ingest/locate.h"

#include "ingest/owners.h"
#include "io/walk.h"

#include <stdlib.h>

struct locator {
	struct arena *a;
	const struct gather_request *request;
	struct located_list found;
	struct diag *diag;
};

/* `path` without the root folder it lies in. */
static struct str printed_path(const struct locator *l, struct str path)
{
	struct str root = l->request->root;

	while (str_has_prefix(path, STR("./")))
		path = str_slice(path, 2, path.len);
	if (root.len && path.len > root.len + 1 && str_has_prefix(path, root) &&
		path.s[root.len] == '/')
		return arena_copy(
			l->a, str_slice(path, root.len + 1, path.len));
	return arena_copy(l->a, path);
}

static void add_file(struct locator *l, struct str path, uint32_t source)
{
	struct located file = {
		.open = arena_copy(l->a, path), .source = source};
	bool is_stdin = str_equal(path, STR("-"));

	file.printed = is_stdin ? l->request->stdin_name
				: printed_path(l, path);
	vec_push(l->a, &l->found, file);
}

static struct str join(struct arena *a, struct str folder, struct str path)
{
	if (folder.len == 0 || str_equal(folder, STR(".")) ||
		(path.len && path.s[0] == '/') || str_equal(path, STR("-")))
		return arena_copy(a, path);
	return arena_print(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(path));
}

static void complain_nothing(struct locator *l, const struct source *source,
	const struct name_at *path)
{
	enum diag_code code = source->optional ? DIAG_OPTIONAL_MISSING
					       : DIAG_CANNOT_READ;
	struct diag_item *item = diag_add(l->diag, code, path->loc,
		"source %.*s: no file matches '%.*s'", STR_ARG(source->name),
		STR_ARG(path->name));

	if (!item)
		return;
	item->span = path->span;
	if (!source->optional)
		diag_help(l->diag, item,
			STR("paths are relative to the project file; "
			    "`optional: true` allows none"));
}

static void complain_pattern(
	struct locator *l, const struct name_at *path, const struct err *err)
{
	enum diag_code code = err->kind == ERR_USAGE ? DIAG_BAD_GLOB
						     : DIAG_CANNOT_READ;
	struct diag_item *item = diag_add(
		l->diag, code, path->loc, "%s", err->text);

	if (item)
		item->span = path->span;
}

/* The files of one pattern; `quiet`: finding none is no complaint. */
static struct str_vec expand(struct locator *l, const struct source *source,
	const struct name_at *path, bool quiet)
{
	struct str pattern = join(l->a, l->request->folder, path->name);
	struct str_vec found = {0};
	struct err err;

	if (str_equal(path->name, STR("-")))
		vec_push(l->a, &found, path->name);
	else if (!walk_pattern(l->a, pattern, &found, &err))
		complain_pattern(l, path, &err);
	else if (found.n == 0 && !quiet)
		complain_nothing(l, source, path);
	return found;
}

static void expand_source(struct locator *l, uint32_t number, bool quiet)
{
	const struct source *source = &l->request->sources.at[number];

	for (size_t i = 0; i < source->paths.n; i++) {
		struct str_vec found = expand(
			l, source, &source->paths.at[i], quiet);

		for (size_t j = 0; j < found.n; j++)
			add_file(l, found.at[j], number);
	}
}

static uint32_t source_of_name(const struct locator *l, struct str name)
{
	for (size_t i = 0; i < l->request->sources.n; i++)
		if (str_equal(l->request->sources.at[i].name, name))
			return (uint32_t)i;
	return LOCATE_UNCLAIMED;
}

/* The files of a path of the command line: those below a folder, or itself. */
static struct str_vec expand_named(struct locator *l, struct str path)
{
	struct str_vec found = {0};
	struct err err;

	if (walk_type_of(path.s) != WALK_FOLDER)
		vec_push(l->a, &found, path);
	else if (!walk_folder(l->a, path, &found, &err))
		diag_add(l->diag, DIAG_CANNOT_READ, err.loc, "%s", err.text);
	return found;
}

static void add_named(struct locator *l, const struct named_path *named,
	const struct owners *owners)
{
	struct str_vec found = expand_named(l, arena_copy(l->a, named->path));

	for (size_t i = 0; i < found.n; i++)
		add_file(l, found.at[i],
			named->source.len ? source_of_name(l, named->source)
					  : owners_find(owners, found.at[i]));
}

static int compare_files(const void *left, const void *right)
{
	const struct located *a = left, *b = right;
	int order = str_compare(a->printed, b->printed);

	if (order == 0)
		order = str_compare(a->open, b->open);
	if (order != 0)
		return order;
	return a->source < b->source ? -1 : a->source > b->source;
}

/* Two files may print alike: one below the root folder, one beside it. */
static bool is_repeat(const struct located *a, const struct located *b)
{
	return str_equal(a->printed, b->printed) &&
	       (str_equal(a->open, b->open) ||
		       walk_same_file(a->open.s, b->open.s));
}

static void complain_claims(struct locator *l, const struct located *first,
	const struct located *second)
{
	const struct source *sources = l->request->sources.at;

	diag_add(l->diag, DIAG_NAME_CLASH, sources[second->source].loc,
		"file %.*s belongs to two sources, %.*s and %.*s",
		STR_ARG(first->printed), STR_ARG(sources[first->source].name),
		STR_ARG(sources[second->source].name));
}

/* The same file counts once; two sources that claim it are an error. One that
   is claimed goes before one that is not. */
static void drop_repeats(struct locator *l)
{
	struct located_list *all = &l->found;
	size_t n = 0;

	if (all->n)
		qsort(all->at, all->n, sizeof(*all->at), compare_files);
	for (size_t i = 0; i < all->n; i++) {
		struct located *last = n ? &all->at[n - 1] : NULL;

		if (!last || !is_repeat(last, &all->at[i]))
			all->at[n++] = all->at[i];
		else if (last->source == LOCATE_UNCLAIMED)
			last->source = all->at[i].source;
		else if (last->source != all->at[i].source &&
			 all->at[i].source != LOCATE_UNCLAIMED)
			complain_claims(l, last, &all->at[i]);
	}
	all->n = n;
}

/* The files of the command line; what was found so far is what sources hold. */
static void locate_named(struct locator *l)
{
	struct located_list held = l->found;
	struct owners owners;

	owners_init(&owners, &held);
	l->found = (struct located_list) {0};
	for (size_t i = 0; i < l->request->paths.n; i++)
		add_named(l, &l->request->paths.at[i], &owners);
	owners_free(&owners);
	drop_repeats(l);
}

void locate(struct arena *a, const struct gather_request *request,
	struct located_list *out, struct diag *diag)
{
	struct locator l = {a, request, {0}, diag};
	bool has_paths = request->paths.n > 0;

	for (uint32_t i = 0; i < request->sources.n; i++)
		expand_source(&l, i, has_paths);
	drop_repeats(&l);
	if (has_paths)
		locate_named(&l);
	*out = l.found;
}
