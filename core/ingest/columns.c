#include "ingest/columns.h"

/* `name` without blanks and underscores, in lower case. */
static struct str fold(struct arena *a, struct str name)
{
	char *text = arena_array(a, char, name.len);
	size_t len = 0;

	for (size_t i = 0; i < name.len; i++)
		if (name.s[i] != ' ' && name.s[i] != '_')
			text[len++] = str_lower(name.s[i]);
	return (struct str) {text, len};
}

/* "labels" of "labels[3]"; empty for what is no item. */
static struct str list_of(struct str name)
{
	size_t open = name.len;

	if (name.len == 0 || name.s[name.len - 1] != ']')
		return STR("");
	while (open > 0 && name.s[open - 1] != '[')
		open--;
	if (open < 2 || open + 1 == name.len)
		return STR("");
	return str_slice(name, 0, open - 1);
}

static void add_number(
	struct arena *a, struct column_lists *lists, sym name, uint32_t column)
{
	while (lists->n <= name)
		vec_push(a, lists, (struct column_numbers) {0});
	vec_push(a, &lists->at[name], column);
}

uint32_t columns_add(struct columns *columns, struct str name)
{
	struct arena *a = &columns->a, scratch = {0};
	struct str list = list_of(name);
	uint32_t number = (uint32_t)columns->names.n;

	vec_push(a, &columns->names, arena_copy(a, name));
	add_number(a, &columns->exact, intern_put(&columns->exact_names, name),
		number);
	if (list.len)
		add_number(a, &columns->items,
			intern_put(&columns->exact_names, list), number);
	add_number(a, &columns->folded,
		intern_put(&columns->folded_names, fold(&scratch, name)),
		number);
	arena_free(&scratch);
	return number;
}

/* The list of `name` in `names`; number 0 is the empty name or no name. */
static const struct column_numbers *find(const struct column_lists *lists,
	const struct intern *names, struct str name)
{
	sym number = intern_find(names, name);

	if ((number == 0 && name.len) || number >= lists->n ||
		lists->at[number].n == 0)
		return NULL;
	return &lists->at[number];
}

const struct column_numbers *columns_exact(
	const struct columns *columns, struct str name)
{
	return find(&columns->exact, &columns->exact_names, name);
}

const struct column_numbers *columns_items(
	const struct columns *columns, struct str name)
{
	return find(&columns->items, &columns->exact_names, name);
}

const struct column_numbers *columns_folded(
	const struct columns *columns, struct str name)
{
	struct arena scratch = {0};
	const struct column_numbers *found = find(
		&columns->folded, &columns->folded_names, fold(&scratch, name));

	arena_free(&scratch);
	return found;
}

/* The next byte of a folded name, or -1 at its end. */
static int next_folded(struct str *rest)
{
	while (rest->len) {
		char c = str_lower(rest->s[0]);

		*rest = str_slice(*rest, 1, rest->len);
		if (c != ' ' && c != '_')
			return (unsigned char)c;
	}
	return -1;
}

bool columns_same_name(struct str left, struct str right)
{
	int c;

	do {
		c = next_folded(&left);
		if (c != next_folded(&right))
			return false;
	} while (c >= 0);
	return true;
}

void columns_free(struct columns *columns)
{
	intern_free(&columns->exact_names);
	intern_free(&columns->folded_names);
	arena_free(&columns->a);
	*columns = (struct columns) {0};
}
