#include "ingest/sourcename.h"

struct str source_name_of_file(struct arena *a, struct str path)
{
	size_t start = path.len, len = 0;
	char *name;

	while (start > 0 && path.s[start - 1] != '/')
		start--;
	path = str_slice(path, start, path.len);
	path = str_slice(path, 0, str_find(path, '.'));
	name = arena_alloc(a, path.len + 2);
	if (path.len == 0 || str_is_digit(path.s[0]))
		name[len++] = 'f';
	for (size_t i = 0; i < path.len && len < 64; i++) {
		char c = str_lower(path.s[i]);

		name[len++] = (c >= 'a' && c <= 'z') || str_is_digit(c) ? c
									: '_';
	}
	if (name[0] == '_')
		name[0] = 'f';
	return (struct str) {name, len};
}

struct str source_name_of_format(struct arena *a, struct str format)
{
	struct str name = arena_copy(a, format);
	char *bytes = arena_alloc(a, name.len + 1);

	for (size_t i = 0; i < name.len; i++)
		bytes[i] = name.s[i] == '-' ? '_' : name.s[i];
	return (struct str) {bytes, name.len};
}

void source_names_take(struct source_names *names, struct str name)
{
	sym number = intern_put(&names->taken, name);
	struct next_numbers *next = &names->next;

	/* One is put for each name, and one for the empty text before them. */
	while (next->n <= number)
		vec_push(&names->taken.texts, next, 2);
}

struct str source_names_add(
	struct arena *a, struct source_names *names, struct str name)
{
	sym number = intern_find(&names->taken, name);
	struct str unique = name;

	/* What was taken once stays taken, so the count goes on. */
	while (intern_find(&names->taken, unique))
		unique = arena_print(
			a, "%.*s_%u", STR_ARG(name), names->next.at[number]++);
	source_names_take(names, unique);
	return unique;
}

void source_names_free(struct source_names *names)
{
	intern_free(&names->taken);
	*names = (struct source_names) {0};
}
