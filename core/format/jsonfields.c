#include "format/jsonfields.h"

#include <stdio.h>
#include <string.h>

bool jsonfields_fail(struct jsonfields *f, enum diag_code code, size_t at,
	const char *format, ...)
{
	va_list args;

	f->code = code;
	f->fault = at;
	va_start(args, format);
	vsnprintf(f->text, sizeof(f->text), format, args);
	va_end(args);
	return false;
}

static bool fail_syntax(
	struct jsonfields *f, const struct jsonpull *pull, const char *expected)
{
	char buffer[40];
	struct str found = jsonpull_found(pull->text, pull->start, buffer);

	return jsonfields_fail(f, DIAG_BAD_JSON, pull->start,
		"expected %s, found %.*s", expected, STR_ARG(found));
}

static bool fail_long_path(struct jsonfields *f, size_t at)
{
	return jsonfields_fail(f, DIAG_FIELD_TOO_BIG, at,
		"the path of a member has more than %d bytes", JSON_PATH_BYTES);
}

static struct str path_of(const struct jsonfields *f)
{
	return (struct str) {f->path, f->path_len};
}

static struct str shown_path(const struct jsonfields *f)
{
	return jsonpull_shown(path_of(f));
}

static bool append(struct jsonfields *f, struct str part)
{
	if (part.len > sizeof(f->path) - f->path_len)
		return false;
	memcpy(f->path + f->path_len, part.s, part.len);
	f->path_len += part.len;
	return true;
}

static bool append_number(struct jsonfields *f, uint32_t number)
{
	char text[12];
	size_t n = sizeof(text);

	text[--n] = ']';
	do {
		text[--n] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	text[--n] = '[';
	return append(f, (struct str) {text + n, sizeof(text) - n});
}

/* The number of the path that was made last, or 0 if there are too many. */
static sym number_path(struct jsonfields *f)
{
	struct str path = path_of(f);
	struct jsonfields_path *last = &f->known.at[f->last];

	if (str_equal(intern_get(&f->paths, last->next), path))
		return last->next;
	last->next = intern_count(&f->paths) <= JSON_PATHS
			     ? intern_put(&f->paths, path)
			     : intern_find(&f->paths, path);
	return last->next;
}

/* Enters the path of a member or item at byte `at`: its number, or 0 after a
   failure. That of a path met before in this object is its mark. */
static sym enter_path(struct jsonfields *f, size_t at)
{
	sym number = number_path(f);

	if (number == 0) {
		jsonfields_fail(f, DIAG_ROW_TOO_BIG, at,
			"'%.*s' is one more than the %d member paths that are "
			"read",
			STR_ARG(shown_path(f)), JSON_PATHS);
		return 0;
	}
	while (f->known.n <= number)
		vec_push(&f->memory, &f->known, (struct jsonfields_path) {0});
	if (f->known.at[number].seen_in == f->n_objects) {
		jsonfields_fail(f, DIAG_DUPLICATE_MEMBER, at,
			"member path '%.*s' is given twice",
			STR_ARG(shown_path(f)));
		return 0;
	}
	f->known.at[number].seen_in = f->n_objects;
	f->last = number;
	return number;
}

/* The text of the name or string that was read last. */
static struct str text_of(struct jsonfields *f, const struct jsonpull *pull)
{
	struct str text;

	if (!pull->escaped)
		return pull->value;
	/* Unescaping makes no text longer, so there is room for all of it. */
	vec_reserve(&f->memory, &f->unescaped, pull->text.len);
	text.s = f->unescaped.at + f->unescaped.n;
	text.len = jsonpull_unescape(
		pull->value, f->unescaped.at + f->unescaped.n);
	f->unescaped.n += text.len;
	return text;
}

static bool has_nul(const struct jsonpull *pull, struct str text)
{
	return pull->escaped && str_find(text, '\0') < text.len;
}

static bool read_name(struct jsonfields *f, const struct jsonpull *pull)
{
	struct str name = text_of(f, pull);

	if (has_nul(pull, name))
		return jsonfields_fail(f, DIAG_NUL_BYTE, pull->start,
			"a NUL character in a member name");
	if (name.len == 0)
		name = STR("\"\"");
	f->path_len = f->levels[f->depth - 1].path_len;
	if (!append(f, f->depth > 1 ? STR(".") : STR("")) || !append(f, name))
		return fail_long_path(f, pull->start);
	f->member = enter_path(f, pull->start);
	return f->member != 0;
}

/* Makes the path of the next item if the innermost container is an array. */
static bool begin_value(struct jsonfields *f, size_t at)
{
	struct jsonfields_level *level = &f->levels[f->depth - 1];

	if (!level->is_array)
		return true;
	f->path_len = level->path_len;
	return append_number(f, level->n_items++) || fail_long_path(f, at);
}

static void open_level(struct jsonfields *f, bool is_array)
{
	f->levels[f->depth++] = (struct jsonfields_level) {
		f->path_len, 0, is_array};
}

static bool read_container(
	struct jsonfields *f, const struct jsonpull *pull, bool is_array)
{
	if (!begin_value(f, pull->start))
		return false;
	open_level(f, is_array);
	return true;
}

/* A value of the path that was made last becomes a leaf. */
static bool add_leaf(struct jsonfields *f, const struct jsonpull *pull,
	struct jsonfields_leaf leaf)
{
	if (has_nul(pull, leaf.value))
		return jsonfields_fail(f, DIAG_NUL_BYTE, pull->start,
			"a NUL character in field '%.*s'",
			STR_ARG(shown_path(f)));
	if (leaf.value.len > f->field_limit)
		return jsonfields_fail(f, DIAG_FIELD_TOO_BIG, pull->start,
			"field '%.*s' has %zu bytes; at most %llu are read",
			STR_ARG(shown_path(f)), leaf.value.len,
			(unsigned long long)f->field_limit);
	vec_push(&f->memory, &f->leaves, leaf);
	return true;
}

static bool read_leaf(struct jsonfields *f, const struct jsonpull *pull,
	enum json_event event)
{
	bool is_item = f->levels[f->depth - 1].is_array;
	struct jsonfields_leaf leaf = {f->member, pull->value};

	if (is_item) {
		if (!begin_value(f, pull->start))
			return false;
		leaf.path = enter_path(f, pull->start);
		if (leaf.path == 0)
			return false;
	}
	if (event == JSON_NULL)
		leaf.value = (struct str) {NULL, 0};
	if (event == JSON_STRING)
		leaf.value = text_of(f, pull);
	return add_leaf(f, pull, leaf);
}

static bool read_event(
	struct jsonfields *f, struct jsonpull *pull, enum json_event event)
{
	switch (event) {
	case JSON_BAD:
		return fail_syntax(f, pull, pull->expected);
	case JSON_NAME:
		return read_name(f, pull);
	case JSON_OPEN_OBJECT:
	case JSON_OPEN_ARRAY:
		return read_container(f, pull, event == JSON_OPEN_ARRAY);
	case JSON_CLOSE:
		f->depth--;
		return true;
	default:
		return read_leaf(f, pull, event);
	}
}

/* The fields of the last object are made absent again. */
static void clear(struct jsonfields *f)
{
	for (size_t i = 0; i < f->leaves.n; i++) {
		uint32_t column = f->known.at[f->leaves.at[i].path].column;

		if (column > 0)
			f->fields.at[column - 1] = (struct str) {0};
	}
	f->leaves.n = 0;
	f->unescaped.n = 0;
	f->path_len = 0;
	f->depth = 0;
	f->last = 0;
	f->n_objects++;
	if (f->known.n == 0)
		vec_push(&f->memory, &f->known, (struct jsonfields_path) {0});
}

static bool read_leaves(struct jsonfields *f, struct str raw)
{
	struct jsonpull pull = jsonpull_init(raw);
	enum json_event event = jsonpull_next(&pull);

	if (event == JSON_BAD && pull.start > pull.at)
		return fail_syntax(f, &pull, pull.expected);
	if (event != JSON_OPEN_OBJECT)
		return fail_syntax(f, &pull, "an object");
	open_level(f, false);
	while (f->depth > 0)
		if (!read_event(f, &pull, jsonpull_next(&pull)))
			return false;
	return jsonpull_next(&pull) == JSON_END ||
	       fail_syntax(f, &pull, pull.expected);
}

/* Puts the leaves where their columns are; new columns are made. */
static void fill(struct jsonfields *f)
{
	for (size_t i = 0; i < f->leaves.n; i++) {
		sym path = f->leaves.at[i].path;

		if (f->known.at[path].column == 0)
			f->known.at[path].column = intern_put(
				f->columns, intern_get(&f->paths, path));
	}
	while (f->fields.n + 1 < intern_count(f->columns))
		vec_push(&f->memory, &f->fields, (struct str) {0});
	for (size_t i = 0; i < f->leaves.n; i++) {
		const struct jsonfields_leaf *leaf = &f->leaves.at[i];

		f->fields.at[f->known.at[leaf->path].column - 1] = leaf->value;
	}
}

bool jsonfields_read(struct jsonfields *f, struct str raw)
{
	clear(f);
	if (!read_leaves(f, raw))
		return false;
	fill(f);
	return true;
}

void jsonfields_free(struct jsonfields *f)
{
	arena_free(&f->memory);
	intern_free(&f->paths);
	*f = (struct jsonfields) {0};
}
