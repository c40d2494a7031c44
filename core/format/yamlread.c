#include "format/yamlread.h"

#include <assert.h>
#include <inttypes.h>

#include "base/near.h"
#include "base/number.h"

struct diag_item *yaml_complain(struct diag *diag, enum diag_code code,
	const struct yaml_node *node, const char *format, ...)
{
	struct arena scratch = {0};
	struct diag_item *item;
	struct str text;
	va_list args;

	va_start(args, format);
	text = arena_print_list(&scratch, format, args);
	va_end(args);
	item = diag_add(diag, code, node->loc, "%.*s", STR_ARG(text));
	if (item)
		item->span = node->span;
	arena_free(&scratch);
	return item;
}

const struct yaml_node *const *yaml_items(
	const struct yaml_node *const *value, uint32_t *n)
{
	if ((*value)->kind != YAML_LIST) {
		*n = 1;
		return value;
	}
	*n = (*value)->n;
	return (*value)->items;
}

static const char *kind_name(enum yaml_kind kind)
{
	return kind == YAML_LIST  ? "a list"
	       : kind == YAML_MAP ? "a map"
				  : "a text";
}

/* The byte of a key as tables have it. */
static char fold_byte(char byte)
{
	return byte == ' ' || byte == '-' ? '_' : byte;
}

static struct str folded(struct arena *a, struct str key)
{
	char *copy = arena_array(a, char, key.len);

	for (size_t i = 0; i < key.len; i++)
		copy[i] = fold_byte(key.s[i]);
	return (struct str) {copy, key.len};
}

static bool is_folded(struct str name, struct str key)
{
	if (name.len != key.len)
		return false;
	for (size_t i = 0; i < key.len; i++)
		if (name.s[i] != fold_byte(key.s[i]))
			return false;
	return true;
}

/* Adds what is near to `word` as a help line. */
static void hint(struct diag *diag, struct diag_item *item, struct str word,
	const struct str *names, size_t n)
{
	struct arena scratch = {0};

	diag_help(diag, item, str_trim(near_hint(&scratch, word, names, n)));
	arena_free(&scratch);
}

/* One map that is being read. */
struct map_reader {
	const struct yaml_key *keys;
	size_t n_keys;
	bool fold;
	const char *what;
	struct diag *diag;
	const struct yaml_member *seen[YAML_TABLE_KEYS]; /* by key */
};

static size_t find_key(const struct map_reader *r, struct str name)
{
	size_t i = 0;

	while (i < r->n_keys && !(r->fold ? is_folded(r->keys[i].name, name)
					  : str_equal(r->keys[i].name, name)))
		i++;
	return i;
}

static void complain_unknown(
	struct map_reader *r, const struct yaml_member *member)
{
	struct arena scratch = {0};
	struct str names[YAML_TABLE_KEYS];
	struct str key = r->fold ? folded(&scratch, member->key) : member->key;
	struct diag_item *item = diag_add(r->diag, DIAG_UNKNOWN_KEY,
		member->key_loc, "\"%.*s\" is not a key of %s",
		STR_ARG(member->key), r->what);

	if (item)
		item->span = member->key_span;
	for (size_t i = 0; i < r->n_keys; i++)
		names[i] = r->keys[i].name;
	hint(r->diag, item, key, names, r->n_keys);
	arena_free(&scratch);
}

static void complain_twice(struct map_reader *r,
	const struct yaml_member *first, const struct yaml_member *member)
{
	struct diag_item *item = diag_add(r->diag, DIAG_DUPLICATE_KEY,
		member->key_loc,
		"\"%.*s\" is given twice, first in line %u as \"%.*s\"",
		STR_ARG(member->key), first->key_loc.line, STR_ARG(first->key));

	if (item)
		item->span = member->key_span;
}

static bool check_scalars(const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	uint32_t n;
	const struct yaml_node *const *items = yaml_items(&value, &n);
	bool fine = true;

	for (uint32_t i = 0; i < n; i++) {
		if (items[i]->kind == YAML_SCALAR)
			continue;
		yaml_complain(diag, DIAG_WRONG_TYPE, items[i],
			"expected texts for \"%.*s\", found %s",
			STR_ARG(key->name), kind_name(items[i]->kind));
		fine = false;
	}
	return fine;
}

static bool check_form(const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	enum yaml_kind wanted = key->form == YAML_TEXT ? YAML_SCALAR : YAML_MAP;

	if (key->form == YAML_TEXTS)
		return check_scalars(key, value, diag);
	if (key->form == YAML_ANY || key->form == YAML_LIST_ONLY ||
		value->kind == wanted)
		return true;
	yaml_complain(diag, DIAG_WRONG_TYPE, value,
		"expected %s for \"%.*s\", found %s", kind_name(wanted),
		STR_ARG(key->name), kind_name(value->kind));
	return false;
}

/* The key of a member that may be read, or NULL after a complaint. */
static const struct yaml_key *key_of(
	struct map_reader *r, const struct yaml_member *member)
{
	size_t i = find_key(r, member->key);

	if (i == r->n_keys) {
		complain_unknown(r, member);
		return NULL;
	}
	if (r->seen[i]) {
		complain_twice(r, r->seen[i], member);
		return NULL;
	}
	r->seen[i] = member;
	return check_form(&r->keys[i], member->value, r->diag) ? &r->keys[i]
							       : NULL;
}

/* Reason: the table, its length and how it is read belong together, and a
   call reads as one sentence.
   NOLINTNEXTLINE(readability-function-size) */
void yaml_read_map(const struct yaml_node *map, const struct yaml_key *keys,
	size_t n_keys, bool fold, const char *what, void *into,
	struct diag *diag)
{
	struct map_reader r = {.keys = keys,
		.n_keys = n_keys,
		.fold = fold,
		.what = what,
		.diag = diag};

	assert(n_keys <= YAML_TABLE_KEYS);
	if (map->kind != YAML_MAP) {
		yaml_complain(diag, DIAG_WRONG_TYPE, map,
			"expected a map for %s, found %s", what,
			kind_name(map->kind));
		return;
	}
	for (uint32_t i = 0; i < map->n; i++) {
		const struct yaml_key *key = key_of(&r, &map->members[i]);

		if (key && key->read)
			key->read(into, key, map->members[i].value, diag);
	}
	for (size_t i = 0; i < n_keys && !map->partial; i++)
		if (keys[i].required && !r.seen[i])
			yaml_complain(diag, DIAG_MISSING_KEY, map,
				"%s lacks the key \"%.*s\"", what,
				STR_ARG(keys[i].name));
}

/* Complains about a list or map where a text is wanted. */
static bool is_text(
	const struct yaml_node *node, const char *wanted, struct diag *diag)
{
	if (node->kind == YAML_SCALAR)
		return true;
	yaml_complain(diag, DIAG_WRONG_TYPE, node, "expected %s, found %s",
		wanted, kind_name(node->kind));
	return false;
}

bool yaml_bool(const struct yaml_node *node, bool *out, struct diag *diag)
{
	bool is_true;

	if (!is_text(node, "true or false", diag))
		return false;
	is_true = str_equal(node->text, STR("true"));
	if (!is_true && !str_equal(node->text, STR("false"))) {
		yaml_complain(diag, DIAG_UNKNOWN_VALUE, node,
			"expected true or false, found '%.*s'",
			STR_ARG(node->text));
		return false;
	}
	*out = is_true;
	return true;
}

bool yaml_integer(const struct yaml_node *node, int64_t least, int64_t most,
	int64_t *out, struct diag *diag)
{
	int64_t value;

	if (!is_text(node, "a whole number", diag))
		return false;
	if (!number_read_i64(node->text, &value) || value < least ||
		value > most) {
		yaml_complain(diag, DIAG_BAD_NUMBER, node,
			"expected a whole number from %" PRId64 " to %" PRId64
			", found '%.*s'",
			least, most, STR_ARG(node->text));
		return false;
	}
	*out = value;
	return true;
}

static struct str join(struct arena *a, const struct str *names, size_t n)
{
	struct str list = STR("");

	for (size_t i = 0; i < n; i++)
		list = arena_print(a, "%.*s%s%.*s", STR_ARG(list),
			i == 0 ? "" : ", ", STR_ARG(names[i]));
	return list;
}

bool yaml_choice(const struct yaml_node *node, const struct str *names,
	size_t n, size_t *out, struct diag *diag)
{
	struct arena scratch = {0};
	struct diag_item *item;
	size_t i = 0;

	if (!is_text(node, "a word", diag))
		return false;
	while (i < n && !str_equal(names[i], node->text))
		i++;
	if (i < n) {
		*out = i;
		return true;
	}
	item = yaml_complain(diag, DIAG_UNKNOWN_VALUE, node,
		"expected one of %.*s, found '%.*s'",
		STR_ARG(join(&scratch, names, n)), STR_ARG(node->text));
	arena_free(&scratch);
	hint(diag, item, node->text, names, n);
	return false;
}

void yaml_read_version(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)into;
	(void)key;
	if (!str_equal(value->text, STR("1")))
		yaml_complain(diag, DIAG_BAD_VERSION, value,
			"version must be 1; found '%.*s'",
			STR_ARG(value->text));
}

void yaml_read_unsupported(void *into, const struct yaml_key *key,
	const struct yaml_node *value, struct diag *diag)
{
	(void)into;
	yaml_complain(diag, DIAG_NOT_SUPPORTED, value,
		"'%.*s' is not supported by this version", STR_ARG(key->name));
}
